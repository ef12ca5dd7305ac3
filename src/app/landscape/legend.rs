use std::sync::Arc;

use egui::{Align2, Galley, Pos2, Sense, Ui, vec2};

use super::map::{edge_line, mark, swatch};
use super::patterns::{Pattern, Patterns, Run};
use crate::app::legend_lines::LegendLines;
use crate::app::theme::{self, colors};
use crate::engine::landscape::{Edge, Place, Plane, Standpoint};
use crate::figure::{Landscape, palette};

/// Height of a line.
const LINE: f32 = 24.0;

/// What a sign on the map means.
enum Sign {
    Mark(Option<bool>),
    Edge(bool),
    Pattern(Pattern),
}

impl Sign {
    /// How wide it is, with the air behind it.
    fn width(&self) -> f32 {
        match self {
            Self::Mark(None) | Self::Edge(false) => 0.0,
            Self::Mark(Some(_)) | Self::Pattern(_) => 24.0,
            Self::Edge(true) => 34.0,
        }
    }
}

/// The signs that are on the map, and what they mean.
pub struct Legend {
    entries: Vec<LegendEntry>,
    lines: LegendLines,
}

struct LegendEntry {
    sign: Sign,
    galley: Arc<Galley>,
    hover: String,
}

impl Legend {
    /// Lays it out in lines that are so wide.
    pub fn new(ui: &Ui, (landscape, point): (&Landscape, &Standpoint), runs: &[Run], width: f32) -> Self {
        let mut signs = vec![present(landscape, point)];
        signs.extend(edge(landscape));
        for pattern in Pattern::ALL {
            if runs.iter().any(|run| run.pattern == pattern) {
                signs.push(of_pattern(pattern, landscape.survey.terrain.training().is_some()));
            }
        }
        let quiet = colors(ui.visuals()).quiet;
        let entry = |(sign, text, hover): (Sign, String, String)| {
            let room = (width - sign.width()).max(40.0);
            LegendEntry { galley: ui.painter().layout(text, theme::regular(12.0), quiet, room), sign, hover }
        };
        let entries: Vec<_> = signs.into_iter().map(entry).collect();
        let size = |entry: &LegendEntry| entry.galley.size() + vec2(entry.sign.width(), 0.0);
        let sizes: Vec<_> = entries.iter().map(size).collect();
        Self { entries, lines: LegendLines::new(&sizes, width, LINE) }
    }

    /// Height of its lines.
    pub fn height(&self) -> f32 {
        self.lines.height()
    }

    /// Draws it from a corner on.
    pub fn ui(self, ui: &Ui, patterns: &mut Patterns, corner: Pos2) {
        let quiet = colors(ui.visuals()).quiet;
        let painter = ui.painter();
        for (index, (LegendEntry { sign, galley, hover }, place)) in
            self.entries.into_iter().zip(self.lines.at(corner)).enumerate()
        {
            let at = place.left_center();
            let indent = sign.width();
            match sign {
                Sign::Mark(None) | Sign::Edge(false) => {}
                Sign::Mark(Some(exact)) => mark(painter, at + vec2(8.0, 0.0), exact),
                Sign::Edge(true) => {
                    // On a colour of the map, or it would not be seen.
                    painter.rect_filled(swatch(at).with_max_x(at.x + 26.0), 2.0, theme::color(palette::map(0.4)));
                    edge_line(painter, &[at + vec2(2.0, 0.0), at + vec2(26.0, 0.0)]);
                }
                Sign::Pattern(pattern) => {
                    let ground = theme::color(palette::no_number(theme::background(ui.visuals())));
                    painter.rect_filled(swatch(at), 0.0, ground);
                    patterns.paint(ui, painter, pattern, std::iter::once(swatch(at)));
                }
            }
            let text = galley.text().to_owned();
            let shown = Align2::LEFT_CENTER.anchor_size(at + vec2(indent, 0.0), galley.size());
            painter.galley(shown.min, galley, quiet);
            let response = ui.interact(place, ui.scope_id().with(("legend", index)), Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
            response.on_hover_text(hover);
        }
    }
}

fn present(landscape: &Landscape, point: &Standpoint) -> (Sign, String, String) {
    let terrain = &landscape.survey.terrain;
    let place = match terrain.place(point) {
        Ok(place) => place,
        Err(why) => {
            let hover = "Click the map to go to a network on it.".to_owned();
            return (Sign::Mark(None), format!("you have no place here: {why}"), hover);
        }
    };
    let Place { x, y, exact, span } = place;
    if !landscape.contains(x, y) {
        let hover = "Click the map to go to a network on it.".to_owned();
        return (Sign::Mark(None), format!("you are beyond the map, at {}", landscape.words_of(place)), hover);
    }
    let differ = "The networks of the map have the same σ_w in every layer.";
    let (text, hover) = match (exact, span) {
        (true, _) => {
            ("you are here".to_owned(), "The place of the present network. It follows every change.".to_owned())
        }
        (false, None) => (
            "you are here, with your hidden layers".to_owned(),
            format!(
                "Between hidden layers the weights have this σ_w = σ √fan_in; those of the first or the last layer have \
                 another, or the distribution has another shape. {differ}"
            ),
        ),
        (false, Some((from, to))) => (
            format!("you are here, with hidden layers from σ_w {from:.2} to {to:.2}"),
            format!("Your hidden layers differ in σ_w = σ √fan_in: the ring stands in their middle. {differ}"),
        ),
    };
    (Sign::Mark(Some(exact)), text, hover)
}

fn edge(landscape: &Landscape) -> Option<(Sign, String, String)> {
    let terrain = &landscape.survey.terrain;
    if terrain.training().is_some() && terrain.plane() == Plane::Depth {
        return Some(depth_scale(landscape.survey.edge.as_deref()?));
    }
    Some(match landscape.survey.edge.as_deref()? {
        Ok(_) => {
            let homogeneous = terrain.base().activation.is_positively_homogeneous();
            let why = if homogeneous {
                " For this activation χ₁ does not depend on the size of the pre-activations, and so not on σ_b; but \
                 they keep that size only without biases."
            } else {
                ""
            };
            (
                Sign::Edge(true),
                "edge of chaos, χ₁ = 1".to_owned(),
                format!(
                    "Mean-field theory of infinitely wide networks: here gradients keep their size from layer to layer; on the \
                     left they vanish, on the right they explode.{why}"
                ),
            )
        }
        Err(why) => (
            Sign::Edge(false),
            format!("no edge of chaos: {why}"),
            "The edge of chaos is where mean-field theory has χ₁ = 1.".to_owned(),
        ),
    })
}

/// How deep theory expects trainable networks to be.
fn depth_scale(edge: &Edge) -> (Sign, String, String) {
    let hover = "Six times ξ_c, in layers: after ξ_c layers the correlation of two images has come 1/e nearer to where it ends, whatever the \
                 images, and gradients have shrunk or grown as much. Networks deeper than about 6 ξ_c could hardly be trained in \
                 Schoenholz et al. 2017; how deep exactly depends on the steps."
        .to_owned();
    match edge {
        Ok(_) => (Sign::Edge(true), "6 ξ_c, how deep theory expects networks to be trainable".to_owned(), hover),
        Err(why) => (Sign::Edge(false), format!("no depth scale: {why}"), hover),
    }
}

fn of_pattern(pattern: Pattern, is_trained: bool) -> (Sign, String, String) {
    let (text, hover) = match pattern {
        Pattern::Overflow if is_trained => {
            ("stopped being finite", "A loss, a gradient or a weight became infinite or not a number in the training.")
        }
        Pattern::Overflow => ("exceeds f32", "Some values of the network are infinite or not numbers."),
        Pattern::Undefined => ("0 / 0", "No gradient reaches the last hidden layer: there is no ratio."),
        Pattern::Zero => ("exactly 0", "Smaller than anything on the logarithmic scale."),
    };
    (Sign::Pattern(pattern), text.to_owned(), hover.to_owned())
}
