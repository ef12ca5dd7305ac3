use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Color32, CornerRadius, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, TextureHandle, Ui, Vec2,
    WidgetInfo, vec2,
};

use crate::app::painting::texture_ui;
use crate::app::theme::{self, colors};
use crate::experiment::Preset;

/// Height of the picture, and of the title and the sentence under it.
pub const PICTURE: f32 = 84.0;
const WORDS: f32 = 75.0;
/// Around the words.
const MARGIN: f32 = 10.0;
const TITLE: f32 = 13.0;
const SENTENCE: f32 = 11.5;
const ROUNDING: CornerRadius = CornerRadius::same(6);

/// Size of a card of this width.
pub fn size(width: f32) -> Vec2 {
    vec2(width, PICTURE + WORDS)
}

/// A preset as a button: its picture, if there is one yet, its title and its sentence.
pub fn card_ui(ui: &mut Ui, preset: &Preset, picture: Option<&TextureHandle>, width: f32, is_chosen: bool) -> Response {
    let (place, response) = ui.allocate_exact_size(size(width), Sense::click());
    let name = format!("{}. {}", preset.title, preset.summary);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
    if !ui.is_rect_visible(place) {
        return response;
    }
    let colors = *colors(ui.visuals());
    let frame = if response.has_focus() || is_chosen {
        Stroke::new(if response.has_focus() { 2.0 } else { 1.0 }, colors.accent)
    } else {
        Stroke::new(1.0, if response.hovered() { colors.quiet } else { colors.line })
    };
    ui.painter().rect_filled(place, ROUNDING, colors.paper);
    let above = Rect::from_min_size(place.min, vec2(width, PICTURE));
    match picture {
        // Within the frame.
        Some(picture) => texture_ui(ui, picture, above.shrink(1.0)),
        None => {
            let font = theme::regular(SENTENCE);
            ui.painter().text(above.center(), Align2::CENTER_CENTER, "measuring …", font, colors.quiet);
        }
    }
    ui.painter().hline(place.x_range().shrink(1.0), above.bottom(), (1.0, colors.line));
    let room = width - 2.0 * MARGIN;
    let title = line(ui, preset.title, theme::semibold(TITLE), colors.text, (room, 1));
    let sentence = line(ui, preset.summary, theme::regular(SENTENCE), colors.quiet, (room, 3));
    let at = above.left_bottom() + vec2(MARGIN, 7.0);
    let under = at + vec2(0.0, title.size().y + 2.0);
    ui.painter().galley(at, title, colors.text);
    ui.painter().galley(under, sentence, colors.quiet);
    ui.painter().rect_stroke(place, ROUNDING, frame, StrokeKind::Inside);
    response
}

fn line(
    ui: &Ui,
    text: &str,
    font: FontId,
    color: Color32,
    (width, rows): (f32, usize),
) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob::default();
    job.append(text, 0.0, TextFormat::simple(font, color));
    job.wrap = TextWrapping { max_width: width, max_rows: rows, ..TextWrapping::default() };
    ui.painter().layout_job(job)
}
