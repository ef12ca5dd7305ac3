use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{FontId, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::theme::{self, colors};
use crate::figure::Headline;

/// Size of the text and how many lines it may take, from what is tried first.
const SIZES: [(f32, usize); 3] = [(15.0, 1), (13.0, 1), (12.5, 2)];
/// Its middle, from the top of its place: in line with the tabs.
pub const MIDDLE: f32 = 9.0;

/// The line that names what is shown, in its place: smaller where it is long for that, and then in two lines. Its left edge and
/// its middle stand still. Returns what is left of the place at its right.
pub fn headline_ui(ui: &Ui, headline: &Headline, place: Rect) -> Rect {
    // Experiments side by side may have nothing in common.
    if place.width() <= 0.0 || headline.to_string().is_empty() {
        return place;
    }
    let colors = *colors(ui.visuals());
    let line = |(size, rows): (f32, usize)| {
        let mut job = LayoutJob::default();
        let mut add = |text: &str, font: FontId, color| job.append(text, 0.0, TextFormat::simple(font, color));
        add(&headline.network, theme::regular(size), colors.text);
        add(&headline.law, theme::semibold(size), colors.text);
        add(&headline.images, theme::regular(size), colors.quiet);
        job.wrap = TextWrapping { max_width: place.width(), max_rows: rows, ..TextWrapping::default() };
        ui.painter().layout_job(job)
    };
    let mut galley = line(SIZES[0]);
    for size in &SIZES[1..] {
        if galley.elided {
            galley = line(*size);
        }
    }
    let at = place.left_top() + vec2(0.0, MIDDLE - galley.size().y / 2.0);
    let left = place.with_min_x((at.x + galley.size().x).min(place.right()));
    let response = ui.interact(Rect::from_min_size(at, galley.size()), ui.scope_id().with("headline"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, headline.to_string()));
    ui.painter().galley(at, galley, colors.text);
    response.on_hover_text(format!(
        "{headline}\nUnits of every layer from the pixels to the digits, activation, distribution of the weights, \
         images."
    ));
    left
}
