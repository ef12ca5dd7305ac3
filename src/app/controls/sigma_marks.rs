use egui::{Align2, Rect, Response, Sense, Ui, pos2, vec2};

use super::hover_beside::HoverBeside as _;
use super::row;
use super::sigma_slider::SIGMAS;
use crate::app::theme::{self, colors};
use crate::experiment::Initializer;
use crate::number;

/// Marks on the slider of sigma where Glorot's and He's values lie for a kernel of this shape, with their names under it.
/// Returns the value of a mark that was clicked.
pub fn marks_ui(ui: &mut Ui, slider: &Response, (fan_in, fan_out): (usize, usize)) -> Option<f64> {
    let marks = [
        ("He", Initializer::HeNormal { gain: 1.0 }, Align2::LEFT_TOP),
        ("Glorot", Initializer::GlorotNormal { gain: 1.0 }, Align2::RIGHT_TOP),
    ];
    let (strip, _) = ui.allocate_exact_size(vec2(slider.rect.width(), 14.0), Sense::hover());
    let colors = *colors(ui.visuals());
    let mut placed = Vec::new();
    let mut right = strip.right();
    for (name, initializer, align) in marks {
        let sigma = initializer.sigma(fan_in, fan_out);
        let x = row::position(slider.rect, &SIGMAS, true, sigma);
        let y = slider.rect.center().y;
        ui.painter().vline(x, y + 9.0..=strip.top() + 2.0, (1.5, colors.quiet));
        // Names stand away from one another; at the slider's ends they stay on it.
        let galley = ui.painter().layout_no_wrap(name.to_owned(), theme::regular(11.0), colors.quiet);
        let offset = if align == Align2::RIGHT_TOP { 3.0 } else { -3.0 };
        let anchored = align.anchor_size(pos2(x + offset, strip.top() + 2.0), galley.size());
        let left = anchored.left().clamp(strip.left(), (right - anchored.width()).max(strip.left()));
        right = left - 6.0;
        let rect = Rect::from_min_size(pos2(left, anchored.top()), anchored.size());
        placed.push((name, initializer, sigma, galley, rect));
    }
    let mut clicked = None;
    // As they are read.
    for (name, initializer, sigma, galley, rect) in placed.into_iter().rev() {
        let response = ui.interact(rect, ui.scope_id().with(name), Sense::click());
        let color = if response.hovered() { colors.accent } else { colors.quiet };
        ui.painter().galley_with_override_text_color(rect.min, galley, color);
        let law = initializer.name();
        let value = number::value(sigma);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{name} {value}")));
        let hover = format!("{law}: σ = {value} for {fan_in} inputs and {fan_out} outputs. Click to set it.");
        if response.hover_beside(ui, hover).clicked() {
            clicked = Some(sigma);
        }
    }
    clicked
}
