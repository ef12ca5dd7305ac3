use std::sync::Arc;

use egui::{
    Align2, Color32, ColorImage, Context, Id, PointerButton, Rect, Sense, Stroke, TextureHandle, TextureOptions, Ui,
    lerp, pos2,
};

use super::known::Known;
use crate::app::App;
use crate::app::card::card_ui;
use crate::app::painting::{Painted, Painter, texture_ui};
use crate::app::theme::{self, colors};
use crate::engine::units::{LayerUnits, Matrix, Size};
use crate::figure::ViewName;
use crate::figure::palette::Background;
use crate::figure::{images_words, palette, short_classes, stripe, unit_words, units_summary};
use crate::number;

/// Numbers and a name under the picture.
const AXIS: f32 = 40.0;
/// As wide a part of it is what the pointer is at, to each side.
const AT: f32 = 8.0;
/// Over it, where dead and always-on units are told once more: among many columns one is narrow.
const STRIP: f32 = 6.0;

impl App {
    /// Images x units.
    pub(in crate::app) fn firing_ui(&mut self, ui: &mut Ui) {
        self.layer_frame_ui(ui, AXIS, |app, ui, known, rect| {
            let most = ui.input(|input| input.max_texture_side);
            let dots = |points: f32| ((points * ui.pixels_per_point()).round().max(1.0) as usize).min(most);
            // Asked for with the next frame.
            let room = Some(Size { columns: dots(rect.width()), rows: dots(rect.height() - STRIP - 2.0) });
            if app.units.room != room {
                app.units.room = room;
                ui.request_repaint();
            }
            let painted = app.units.matrix.shown().filter(|painted| painted.of.is_of_the_same(known)).cloned()?;
            app.matrix_ui(ui, &painted, rect)
        });
    }

    /// What images x units are painted of by now; of what is known, where that has none.
    pub(super) fn layer_of_firing(&mut self, ui: &Ui, known: Arc<LayerUnits>) -> Arc<LayerUnits> {
        if known.matrix.is_none() {
            return known;
        }
        let painted = self.units.matrix.of(Known(Arc::clone(&known), ui.visuals().dark_mode));
        painted.map_or(known, |painted| Arc::clone(&painted.of.0))
    }

    fn matrix_ui(&mut self, ui: &Ui, painted: &Painted<Known, Textures>, rect: Rect) -> Option<usize> {
        let (layer, textures) = (&*painted.of.0, &painted.picture);
        let matrix = layer.matrix.as_ref()?;
        let strip = rect.with_max_y(rect.top() + STRIP);
        let rect = rect.with_min_y(strip.bottom() + 2.0);
        textures.strip.iter().for_each(|stripes| texture_ui(ui, stripes, strip));
        textures.dots.iter().for_each(|dots| texture_ui(ui, dots, rect));
        axes_ui(ui, layer, matrix, rect);
        let response = ui.interact(rect, Id::unique("images x units"), Sense::click());
        if std::mem::take(&mut self.units.wants_focus) {
            response.request_focus();
        }
        self.unit_keys_ui(ui, &response, (layer, 1));
        let chosen = self.shown.unit.filter(|&unit| unit < layer.units());
        let counted = [layer.images, layer.units()].map(|count| number::count(count as u64));
        response.widget_info(|| {
            let chosen = chosen.map_or_else(String::new, |unit| format!(" {}.", unit_words(layer, unit)));
            let [images, units] = &counted;
            let text = format!("Images × units, {images} × {units}: {}{chosen}", units_summary(layer));
            egui::WidgetInfo::labeled(egui::Role::Image, true, text)
        });
        let place = |x: f32| {
            let share = ((x - rect.left()) / rect.width()).clamp(0.0, 1.0);
            ((share * layer.units() as f32) as usize).min(layer.units() - 1)
        };
        let pointed = response.hover_pos().map(|at| (layer.order[place(at.x)], at.y));
        if response.clicked_by(PointerButton::Primary)
            && let Some((unit, _)) = pointed
        {
            self.shown.unit = Some(unit);
            self.show_in_centre(ViewName::Units);
        }
        let accent = colors(ui.visuals()).accent;
        if let Some(at) = chosen.and_then(|unit| layer.order.iter().position(|&other| other == unit)) {
            let x = lerp(rect.x_range(), (at as f32 + 0.5) / layer.units() as f32);
            let mark =
                [pos2(x, rect.bottom() + 1.0), pos2(x - 4.0, rect.bottom() + 7.0), pos2(x + 4.0, rect.bottom() + 7.0)];
            ui.painter().add(egui::Shape::convex_polygon(mark.to_vec(), accent, Stroke::NONE));
        }
        if let Some((unit, y)) = pointed {
            let share = ((y - rect.top()) / rect.height()).clamp(0.0, 1.0);
            let inputs = &layer.subject.experiment().inputs;
            let class = class_at(matrix, (share * layer.images as f32) as usize);
            let part = response.hover_pos().map_or(rect, |at| rect.with_min_x(at.x - AT).with_max_x(at.x + AT));
            card_ui(&response, part, rect.y_range(), |ui| {
                ui.label(unit_words(layer, unit));
                let quiet = colors(ui.visuals()).quiet;
                let text = if inputs.has_labels() {
                    format!("Images of class {}. Click to look closer.", inputs.class_name(class))
                } else {
                    "Click to look closer.".to_owned()
                };
                ui.label(egui::RichText::new(text).color(quiet));
            });
        }
        pointed.map(|(unit, _)| unit).or(chosen)
    }
}

/// The class of the image at a place among all, which stand by class.
fn class_at(matrix: &Matrix, place: usize) -> usize {
    let ends = matrix.classes.iter().scan(0, |end, count| {
        *end += count;
        Some(*end)
    });
    ends.take_while(|&end| end <= place).count().min(matrix.classes.len() - 1)
}

/// Images x units as pixels; none without a matrix.
#[derive(Default)]
pub struct Textures {
    /// One for every dot.
    dots: Option<TextureHandle>,
    /// One for every column that is a stripe, nothing where there is none.
    strip: Option<TextureHandle>,
}

/// Makes pictures of images x units.
pub(super) fn painter(ctx: Context) -> Painter<Known, Textures> {
    Box::new(move |Known(layer, is_dark)| {
        let background = if *is_dark { Background::Dark } else { Background::Light };
        layer.matrix.as_ref().map(|matrix| Textures::of(&ctx, layer, matrix, background)).unwrap_or_default()
    })
}

impl Textures {
    fn of(ctx: &Context, layer: &LayerUnits, matrix: &Matrix, background: Background) -> Self {
        let Size { columns, rows } = matrix.size;
        let stripe = |column: usize| stripe(layer, matrix, column, background).map(theme::color);
        let stripes: Vec<_> = (0..columns).map(stripe).collect();
        let ramp: Vec<_> = (0..=255_u8).map(|share| theme::color(palette::rate(f64::from(share) / 255.0))).collect();
        let color = |(&share, stripe): (&u8, &Option<Color32>)| stripe.unwrap_or(ramp[usize::from(share)]);
        let dots = matrix.shares.chunks_exact(columns).flat_map(|row| row.iter().zip(&stripes).map(color)).collect();
        let strip = stripes.iter().map(|stripe| stripe.unwrap_or(Color32::TRANSPARENT)).collect();
        let load = |name: &str, rows: usize, pixels: Vec<Color32>| {
            Some(ctx.load_texture(name, ColorImage::new([columns, rows], pixels), TextureOptions::NEAREST))
        };
        Self { dots: load("images x units", rows, dots), strip: load("stripes", 1, strip) }
    }
}

/// Classes at the left, units below.
fn axes_ui(ui: &Ui, layer: &LayerUnits, matrix: &Matrix, rect: Rect) {
    let colors = *colors(ui.visuals());
    let (painter, font) = (ui.painter(), theme::regular(12.0));
    let (mut from, mut widest) = (0, 0.0_f32);
    let inputs = &layer.subject.experiment().inputs;
    let names = short_classes(inputs);
    for (class, &count) in matrix.classes.iter().enumerate().filter(|(_, count)| **count > 0 && inputs.has_labels()) {
        let y = |images: usize| lerp(rect.y_range(), images as f32 / layer.images.max(1) as f32);
        if from > 0 {
            painter.hline(rect.left() - 8.0..=rect.left(), y(from), (1.0, colors.line));
        }
        if y(from + count) - y(from) > 11.0 {
            let at = pos2(rect.left() - 8.0, (y(from) + y(from + count)) / 2.0);
            let name = names.get(class).map_or("", String::as_str);
            widest = widest.max(painter.text(at, Align2::RIGHT_CENTER, name, font.clone(), colors.quiet).width());
        }
        from += count;
    }
    let name = painter.layout_no_wrap(images_words(inputs).to_owned(), font.clone(), colors.quiet);
    // Beside the names of the classes.
    let corner = pos2(rect.left() - (widest + 28.0).max(40.0), rect.center().y + name.size().x / 2.0);
    painter.add(egui::epaint::TextShape::new(corner, name, colors.quiet).with_angle(-std::f32::consts::FRAC_PI_2));
    let ends = [(rect.left(), Align2::LEFT_TOP, 0), (rect.right(), Align2::RIGHT_TOP, layer.units() - 1)];
    // Sorted units have no index that goes up.
    for (x, align, unit) in ends.into_iter().filter(|_| !layer.sorted) {
        painter.text(pos2(x, rect.bottom() + 8.0), align, unit.to_string(), font.clone(), colors.quiet);
    }
    let name = if layer.sorted { "units, by how often they fire" } else { "units" };
    painter.text(pos2(rect.center().x, rect.bottom() + 8.0), Align2::CENTER_TOP, name, font, colors.quiet);
}
