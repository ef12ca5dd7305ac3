//! Cells that have no number on the scale of colours: a pattern says why.

use egui::epaint::Mesh;
use egui::{Color32, ColorImage, Painter, Rect, Shape, TextureHandle, TextureOptions, Ui, pos2};

use crate::app::theme;
use crate::figure::Shade;
use crate::figure::palette::{self, Background};

/// Why a cell has no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Rising lines.
    Overflow,
    /// Dots.
    Undefined,
    /// Nothing on the ground.
    Zero,
}

/// Cells side by side with the same pattern: rows from the top, columns from the first to before the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub pattern: Pattern,
    pub row: usize,
    pub from: usize,
    pub to: usize,
}

/// The patterns as textures that repeat.
#[derive(Default)]
pub struct Patterns(Option<(Background, [TextureHandle; 2])>);

/// Pixels of a pattern's tile, and its size in points.
const PIXELS: usize = 16;
const POINTS: f32 = 8.0;

impl Pattern {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 3] = [Self::Overflow, Self::Undefined, Self::Zero];

    /// The pattern of a shade, if it has one.
    pub fn of(shade: Shade) -> Option<Self> {
        match shade {
            Shade::Overflow => Some(Self::Overflow),
            Shade::Undefined => Some(Self::Undefined),
            Shade::Zero => Some(Self::Zero),
            Shade::Unknown | Shade::At(_) => None,
        }
    }

    /// How much of a point of its tile is covered.
    fn ink(self, x: usize, y: usize) -> f32 {
        let (x, y) = (x as f32 + 0.5, y as f32 + 0.5);
        let size = PIXELS as f32;
        match self {
            Self::Overflow => {
                let off = (x + y).rem_euclid(size) - size / 2.0;
                (2.6 - off.abs()).clamp(0.0, 1.0)
            }
            Self::Undefined => {
                let dot = |at: f32| (x - at).hypot(y - at);
                (2.7 - dot(size / 4.0).min(dot(size * 0.75))).clamp(0.0, 1.0)
            }
            Self::Zero => 0.0,
        }
    }
}

/// Where neighbours have the same pattern, together; so many stand side by side.
pub fn runs(shades: &[Shade], columns: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (index, shade) in shades.iter().enumerate() {
        let Some(pattern) = Pattern::of(*shade) else { continue };
        let (row, column) = (index / columns, index % columns);
        match runs.last_mut() {
            Some(run) if run.pattern == pattern && run.row == row && run.to == column => run.to += 1,
            _ => runs.push(Run { pattern, row, from: column, to: column + 1 }),
        }
    }
    runs
}

impl Patterns {
    /// Fills rectangles with a pattern; their ground is there already.
    pub fn paint(&mut self, ui: &Ui, painter: &Painter, pattern: Pattern, rects: impl Iterator<Item = Rect>) {
        if pattern == Pattern::Zero {
            return;
        }
        let textures = self.textures(ui);
        let texture = &textures[usize::from(pattern == Pattern::Undefined)];
        let mut mesh = Mesh::with_texture(texture.id());
        for rect in rects {
            let uv = |at: egui::Pos2| pos2(at.x / POINTS, at.y / POINTS);
            mesh.add_rect_with_uv(rect, Rect::from_min_max(uv(rect.min), uv(rect.max)), Color32::WHITE);
        }
        if !mesh.is_empty() {
            painter.add(Shape::mesh(mesh));
        }
    }

    fn textures(&mut self, ui: &Ui) -> &[TextureHandle; 2] {
        let background = theme::background(ui.visuals());
        if self.0.as_ref().is_none_or(|(on, _)| *on != background) {
            self.0 = None;
        }
        let (_, textures) = self.0.get_or_insert_with(|| {
            let ink = theme::colors(ui.visuals()).quiet;
            let ground = theme::color(palette::no_number(background));
            let texture = |pattern: Pattern| {
                let pixels =
                    (0..PIXELS * PIXELS).map(|at| ground.lerp_to_gamma(ink, pattern.ink(at % PIXELS, at / PIXELS)));
                let image = ColorImage::new([PIXELS, PIXELS], pixels.collect());
                ui.load_texture(format!("{pattern:?}"), image, TextureOptions::LINEAR_REPEAT)
            };
            (background, [texture(Pattern::Overflow), texture(Pattern::Undefined)])
        });
        textures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: usize = 40;

    #[test]
    fn neighbours_of_one_pattern_are_one_run_and_rows_are_apart() {
        let mut shades = vec![Shade::At(0.5); 2 * COLUMNS];
        for at in [3, 4, 5, COLUMNS - 1, COLUMNS] {
            shades[at] = Shade::Overflow;
        }
        shades[6] = Shade::Zero;
        let run = |pattern, row, from, to| Run { pattern, row, from, to };
        let expected = [
            run(Pattern::Overflow, 0, 3, 6),
            run(Pattern::Zero, 0, 6, 7),
            run(Pattern::Overflow, 0, COLUMNS - 1, COLUMNS),
            run(Pattern::Overflow, 1, 0, 1),
        ];
        assert_eq!(runs(&shades, COLUMNS), expected);
    }
}
