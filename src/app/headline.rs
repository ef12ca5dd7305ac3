use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{FontId, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::theme::{self, colors};
use crate::figure::Headline;

/// Size of the line, where there is little room for it, and where it does not find room even so.
const SIZE: f32 = 15.0;
const SMALL: f32 = 13.0;
const SMALLEST: f32 = 12.5;
/// Little room.
const NARROW: f32 = 640.0;
/// Lines it may take then.
const ROWS: usize = 2;
/// Its middle, from the top of its place: in line with the tabs.
const MIDDLE: f32 = 9.0;

/// The line that names what is shown, in its place. Its size depends on the place alone, so that it stands still while its
/// words change; one that finds no room in a line is broken.
pub fn headline_ui(ui: &Ui, headline: &Headline, place: Rect) {
    if place.width() <= 0.0 {
        return;
    }
    let colors = *colors(ui.visuals());
    let line = |size: f32, rows: usize| {
        let mut job = LayoutJob::default();
        let mut add = |text: &str, font: FontId, color| job.append(text, 0.0, TextFormat::simple(font, color));
        add(&headline.network, theme::regular(size), colors.text);
        add(&headline.law, theme::semibold(size), colors.text);
        add(&headline.images, theme::regular(size), colors.quiet);
        job.wrap = TextWrapping { max_width: place.width(), max_rows: rows, ..TextWrapping::default() };
        ui.painter().layout_job(job)
    };
    let size = if place.width() < NARROW { SMALL } else { SIZE };
    let mut galley = line(size, 1);
    if galley.elided {
        galley = line(SMALLEST, ROWS);
    }
    let at = place.left_top() + vec2(0.0, MIDDLE - galley.size().y / 2.0);
    let response = ui.interact(Rect::from_min_size(at, galley.size()), ui.scope_id().with("headline"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, headline.to_string()));
    ui.painter().galley(at, galley, colors.text);
    response.on_hover_text(format!(
        "{headline}\nUnits of every layer from the pixels to the digits, activation, law of the weights, images."
    ));
}
