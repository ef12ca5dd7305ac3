use egui::{
    Align2, Color32, ColorImage, Label, Pos2, Rect, RichText, ScrollArea, Sense, Stroke, TextureHandle, TextureOptions,
    Ui, pos2, vec2,
};

use super::known::Known;
use crate::app::App;
use crate::app::theme::{self, colors};
use crate::engine::units::{LayerUnits, Unit, UnitImage};
use crate::experiment::Data;
use crate::figure::palette::{self, Background};
use crate::figure::{Bars, unit_reason};
use crate::image_set::PictureForm;
use crate::number;

/// Width of what is beside the map.
pub const WIDTH: f32 = 288.0;
/// Heights of its pictures.
const HISTOGRAM: f32 = 84.0;
const WEIGHTS: f32 = 140.0;
const BARS: f32 = 64.0;
/// Side of an image, and what is written under it.
const IMAGE: f32 = 46.0;
const UNDER: f32 = 16.0;
/// Inputs that are called by their names, at most.
const NAMED: usize = 24;
/// Between the pictures of several colours.
const GAP: f32 = 4.0;

/// A unit's pictures.
pub struct Pictures {
    weights: Option<TextureHandle>,
    most: Vec<Option<TextureHandle>>,
    least: Vec<Option<TextureHandle>>,
    bars: Option<Bars>,
}

impl App {
    /// The chosen unit, beside the map.
    pub(super) fn detail_ui(&mut self, ui: &mut Ui, known: &Known) {
        let layer = &*known.0;
        let Some(unit) = &layer.unit else { return };
        let pictures = self.units.pictures.of(known.clone(), || Pictures::of(ui, unit));
        ScrollArea::vertical().id_salt("unit").auto_shrink(false).show(ui, |ui| {
            let title = format!("Unit {} of layer {}", unit.index, layer.layer + 1);
            ui.label(RichText::new(title).font(theme::semibold(14.0)));
            ui.add(Label::new(unit_reason(layer, unit)).wrap());
            let bias = number::plain(f64::from(layer.biases[unit.index]));
            let [norm, mean, std] = [layer.weight_norms[unit.index], unit.mean, unit.std].map(number::significant);
            quiet_ui(ui, &format!("bias {bias}, ||w|| {norm}; z has mean {mean}, std {std}"));
            ui.add_space(6.0);
            heading_ui(ui, "Pre-activations", "z = h W + b of this unit for every image; zero is marked.");
            histogram_ui(ui, unit, pictures.bars.as_ref());
            heading_ui(ui, "Incoming weights", "Blue is negative, orange positive.");
            match &pictures.weights {
                Some(texture) => weights_ui(ui, unit, texture),
                None => weight_bars_ui(ui, unit, layer),
            }
            heading_ui(ui, "Images that drive it most", "Those with the greatest pre-activations; z is below each.");
            images_ui(ui, &unit.most, &pictures.most);
            heading_ui(ui, "Images that drive it least", "Those with the least pre-activations; z is below each.");
            images_ui(ui, &unit.least, &pictures.least);
        });
    }
}

impl Pictures {
    fn of(ui: &Ui, unit: &Unit) -> Self {
        let pixels = |shown: &UnitImage| {
            let (form, pixels) = shown.picture.as_ref()?;
            let size = [form.columns, form.rows];
            let pixels: Vec<u8> = form.on_screen().map(|place| pixels[place]).collect();
            let image = if form.colors == 1 {
                ColorImage::from_gray(size, &pixels)
            } else {
                ColorImage::from_rgb(size, &pixels)
            };
            Some(ui.load_texture(format!("image {}", shown.image), image, TextureOptions::NEAREST))
        };
        let weights = |form: PictureForm| {
            let (background, most) = (theme::background(ui.visuals()), greatest(&unit.weights));
            let color = |weight: &f32| theme::color(palette::weight(share(*weight, most), background));
            let PictureForm { rows, columns, colors, .. } = form;
            let pixels = form.side_by_side().filter_map(|place| unit.weights.get(place)).map(color).collect();
            ui.load_texture("weights", ColorImage::new([columns * colors, rows], pixels), TextureOptions::NEAREST)
        };
        Self {
            weights: unit.weights_of.map(weights),
            most: unit.most.iter().map(pixels).collect(),
            least: unit.least.iter().map(pixels).collect(),
            bars: Bars::of(&unit.z),
        }
    }
}

/// The greatest size of a finite weight.
fn greatest(weights: &[f32]) -> f32 {
    weights.iter().filter(|weight| weight.is_finite()).fold(0.0, |most, weight| most.max(weight.abs()))
}

/// From -1 to 1.
fn share(weight: f32, most: f32) -> f64 {
    if most > 0.0 && weight.is_finite() { f64::from(weight / most) } else { 0.0 }
}

fn quiet_ui(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).font(theme::regular(12.0)).color(colors(ui.visuals()).quiet);
    ui.add(Label::new(text).wrap());
}

fn heading_ui(ui: &mut Ui, text: &str, hover: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(text).font(theme::semibold(12.5))).on_hover_text(hover);
}

/// How many images have which pre-activation.
fn histogram_ui(ui: &mut Ui, unit: &Unit, bars: Option<&Bars>) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HISTOGRAM + UNDER), Sense::hover());
    let colors = *colors(ui.visuals());
    let plot = rect.with_max_y(rect.bottom() - UNDER);
    let painter = ui.painter();
    painter.hline(plot.x_range(), plot.bottom(), (1.0, colors.line));
    let Some(bars) = bars else {
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, "No finite pre-activations"));
        painter.text(plot.center(), Align2::CENTER_CENTER, "no finite values", theme::regular(12.0), colors.quiet);
        return;
    };
    // Zero is always on the axis.
    let end = bars.low + bars.width * bars.counts.len() as f64;
    let (low, high) = (bars.low.min(0.0), end.max(0.0));
    let reach = if high > low { high - low } else { 1.0 };
    let (low, reach) = (low - 0.03 * reach, 1.06 * reach);
    let x = |z: f64| plot.left() + plot.width() * ((z - low) / reach) as f32;
    let most = bars.counts.iter().copied().max().unwrap_or(1).max(1) as f32;
    for (bin, &count) in bars.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let left = x(bars.low + bin as f64 * bars.width);
        let right = x(bars.low + (bin + 1) as f64 * bars.width).max(left + 2.0);
        let top = plot.bottom() - ((plot.height() - 4.0) * count as f32 / most).max(1.0);
        let bar = Rect::from_min_max(pos2(left, top), pos2((right - 0.5).max(left + 1.0), plot.bottom()));
        painter.rect_filled(bar, 0.0, colors.accent.gamma_multiply(0.75));
    }
    painter.vline(x(0.0), plot.y_range(), (1.5, colors.text));
    let font = theme::regular(11.5);
    painter.text(pos2(x(0.0), plot.bottom() + 2.0), Align2::CENTER_TOP, "0", font.clone(), colors.text);
    let (least, greatest) = (unit.z.first(), unit.z.last());
    for (z, align) in [(least, Align2::LEFT_TOP), (greatest, Align2::RIGHT_TOP)] {
        let Some(&z) = z else { continue };
        let text = number::significant(f64::from(z));
        let edge = if align == Align2::LEFT_TOP { plot.left() } else { plot.right() };
        // Where zero is said there is no room.
        if (x(0.0) - edge).abs() > 44.0 {
            painter.text(pos2(edge, plot.bottom() + 2.0), align, text, font.clone(), colors.quiet);
        }
    }
    let text = format!(
        "Pre-activations of {} images: from {} to {}, mean {}, std {}",
        number::count(unit.images as u64),
        number::significant(least.copied().map_or(f64::NAN, f64::from)),
        number::significant(greatest.copied().map_or(f64::NAN, f64::from)),
        number::significant(unit.mean),
        number::significant(unit.std)
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &text));
    response.on_hover_text(text);
}

/// What the weights are, in words.
fn weights_text(unit: &Unit) -> String {
    let finite = || unit.weights.iter().copied().filter(|weight| weight.is_finite());
    let (least, most) = (finite().fold(f32::INFINITY, f32::min), finite().fold(f32::NEG_INFINITY, f32::max));
    let ends = [least, most].map(|weight| number::significant(f64::from(weight)));
    format!("{} incoming weights from {} to {}", number::count(unit.weights.len() as u64), ends[0], ends[1])
}

/// A picture of the weights of every pixel; one for each colour where there are several.
fn weights_ui(ui: &mut Ui, unit: &Unit, texture: &TextureHandle) {
    const NAMES: [&str; 4] = ["red", "green", "blue", "fourth"];
    let planes = unit.weights_of.map_or(1, |form| form.colors.clamp(1, NAMES.len()));
    let between = GAP * (planes - 1) as f32;
    let [width, height] = texture.size().map(|side| side as f32);
    // As high as usual, unless it were broader than there is room.
    let size = vec2(width, height) * (WEIGHTS / height).min((ui.available_width() - between) / width);
    let under = if planes > 1 { UNDER } else { 0.0 };
    let (rect, response) = ui.allocate_exact_size(size + vec2(between, under), Sense::hover());
    let (share, side) = (1.0 / planes as f32, size.x / planes as f32);
    for (plane, name) in NAMES.iter().enumerate().take(planes) {
        let left = rect.left() + plane as f32 * (side + GAP);
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(side, size.y));
        let part = Rect::from_min_max(pos2(plane as f32 * share, 0.0), pos2((plane + 1) as f32 * share, 1.0));
        ui.painter().image(texture.id(), place, part, Color32::WHITE);
        if planes > 1 {
            let quiet = colors(ui.visuals()).quiet;
            let at = pos2(place.center().x, rect.bottom());
            ui.painter().text(at, Align2::CENTER_BOTTOM, name, theme::regular(11.5), quiet);
        }
    }
    let of_colors = match planes {
        3 => "; red, green and blue side by side",
        4 => "; red, green, blue and the fourth value side by side",
        _ => "",
    };
    let text = format!("{}, as a picture: a weight for every pixel{of_colors}", weights_text(unit));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &text));
    response.on_hover_text(text);
}

/// What the inputs of a layer are called, where that is told in a few words: the columns of a table.
fn names_of_inputs(layer: &LayerUnits) -> Vec<String> {
    let names = match &layer.subject.experiment().inputs.data {
        Data::Set(set) if layer.layer == 0 => set.names_of_values(),
        _ => Vec::new(),
    };
    if names.len() > NAMED { Vec::new() } else { names }
}

/// A bar for every weight, or from the least to the greatest of those that share one.
fn weight_bars_ui(ui: &mut Ui, unit: &Unit, layer: &LayerUnits) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BARS), Sense::hover());
    let background = theme::background(ui.visuals());
    let most = greatest(&unit.weights);
    let y = |share: f64| rect.center().y - share as f32 * rect.height() / 2.0;
    let bars = unit.weights.len().min(rect.width() as usize).max(1);
    let width = rect.width() / bars as f32;
    for bar in 0..bars {
        let of = |bar: usize| bar * unit.weights.len() / bars;
        let weights = &unit.weights[of(bar)..of(bar + 1)];
        let shares = || weights.iter().map(|&weight| share(weight, most));
        let (low, high) = (shares().fold(0.0, f64::min), shares().fold(0.0, f64::max));
        let left = rect.left() + bar as f32 * width;
        for (end, color) in [(low, end_color(-1.0, background)), (high, end_color(1.0, background))] {
            let across = left..=left + (width - 0.5).max(0.5);
            ui.painter().rect_filled(Rect::from_x_y_ranges(across, y(end.max(0.0))..=y(end.min(0.0))), 0.0, color);
        }
    }
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, colors(ui.visuals()).line));
    let text = weights_text(unit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &text));
    response.on_hover_ui(|ui| {
        let names = names_of_inputs(layer);
        let named = names.iter().zip(&unit.weights);
        let named = named.map(|(name, &weight)| format!("\n{name}: {}", number::significant(f64::from(weight))));
        ui.label(format!("{text}, from input 0 at the left{}", named.collect::<String>()));
    });
}

fn end_color(share: f64, background: Background) -> Color32 {
    theme::color(palette::weight(share, background))
}

/// Images side by side, with the pre-activation under each.
fn images_ui(ui: &mut Ui, images: &[UnitImage], textures: &[Option<TextureHandle>]) {
    let colors = *colors(ui.visuals());
    if images.is_empty() {
        quiet_ui(ui, "None has a finite pre-activation.");
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        for (shown, texture) in images.iter().zip(textures) {
            let (rect, response) = ui.allocate_exact_size(vec2(IMAGE, IMAGE + UNDER), Sense::hover());
            let picture = rect.with_max_y(rect.top() + IMAGE);
            match texture {
                Some(texture) => {
                    let size = texture.size_vec2();
                    let picture = Rect::from_center_size(picture.center(), size * (IMAGE / size.max_elem()));
                    let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
                    ui.painter().image(texture.id(), picture, whole, Color32::WHITE);
                }
                None => {
                    let name = number::count(shown.image as u64);
                    ui.painter().rect_stroke(picture, 2.0, (1.0, colors.line), egui::StrokeKind::Inside);
                    ui.painter().text(
                        picture.center(),
                        Align2::CENTER_CENTER,
                        name,
                        theme::regular(12.0),
                        colors.quiet,
                    );
                }
            }
            let z = number::value(f64::from(shown.z));
            let under = pos2(rect.center().x, rect.bottom());
            ui.painter().text(under, Align2::CENTER_BOTTOM, &z, theme::regular(11.5), colors.quiet);
            let class = shown.label.as_ref().map_or_else(String::new, |class| format!(", labelled {class}"));
            let text = format!("Image {}{class}: z = {z}", number::count(shown.image as u64));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &text));
            response.on_hover_text(text);
        }
    });
}
