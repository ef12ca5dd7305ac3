use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Label, Rect, Ui, UiBuilder};

/// From the top of a line to that of the next, for texts of 13 points and less.
const LINE: f32 = 18.0;

/// A text at the left of its place, in as many lines as that has, in the middle of its height; what is cut is said on hover.
pub fn fitting_ui(ui: &mut Ui, text: &str, (font, color): &(FontId, Color32), place: Rect) {
    if text.is_empty() {
        return;
    }
    let mut job = LayoutJob::default();
    job.append(text, 0.0, TextFormat { line_height: Some(LINE), ..TextFormat::simple(font.clone(), *color) });
    let rows = ((place.height() / LINE) as usize).max(1);
    job.wrap = TextWrapping { max_width: place.width(), max_rows: rows, ..TextWrapping::default() };
    let galley = ui.painter().layout_job(job);
    let height = galley.size().y;
    let is_cut = galley.elided;
    let top = place.center().y - height / 2.0;
    let at = Rect::from_x_y_ranges(place.x_range(), top..=top + height);
    ui.scope_builder(UiBuilder::new().max_rect(at), |ui| {
        let label = ui.add(Label::new(galley));
        if is_cut {
            label.on_hover_text(text);
        }
    });
}
