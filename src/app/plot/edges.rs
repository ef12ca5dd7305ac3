use egui::{Align2, Rect, Stroke, Ui, pos2, vec2};

use super::columns::Columns;
use crate::app::theme::{self, colors};
use crate::figure::{AxisMap, Side};
use crate::number;

impl Columns<'_> {
    /// How much of a layer lies beyond the axis, at the edge it left by. Where columns are narrow, the most of their neighbours
    /// is said for them. Returns where it is said.
    pub fn edges_ui(&self, ui: &Ui, outside: &[(f64, f64)]) -> Vec<Rect> {
        let mut said = Vec::new();
        let colors = colors(ui.visuals());
        let frame = self.transform.frame();
        let stride = self.stride(58.0);
        let count = |index: usize| self.figure.shown(index).count as f64;
        let shares: Vec<_> = (outside.iter().enumerate())
            .map(|(index, (below, above))| (below / count(index), above / count(index)))
            .collect();
        for (group, shares) in shares.chunks(stride).enumerate() {
            let first = group * stride;
            let x = (self.x(first) + self.x(first + shares.len() - 1)) / 2.0;
            let (below, above) =
                shares.iter().fold((0.0_f64, 0.0_f64), |most, share| (most.0.max(share.0), most.1.max(share.1)));
            let least = 0.5 / count(first);
            let edges =
                [(above, "↑", frame.top(), Align2::CENTER_TOP), (below, "↓", frame.bottom(), Align2::CENTER_BOTTOM)];
            for (share, arrow, y, align) in edges {
                // Bins that the edge cuts are shared out: less than one value is none.
                if share >= least {
                    let text = format!("{arrow} {}", number::percent(share));
                    let galley = ui.painter().layout_no_wrap(text, theme::semibold(12.0), colors.text);
                    let rect = align.anchor_size(pos2(x, y), galley.size());
                    let ground = rect.expand2(vec2(4.0, 1.0));
                    ui.painter().rect_filled(ground, 3.0, colors.paper.gamma_multiply(0.9));
                    ui.painter().galley(rect.min, galley, colors.text);
                    said.push(ground);
                }
            }
        }
        said
    }

    /// Says in place of a shape that a layer has no finite outputs.
    pub fn nothing_ui(&self, ui: &Ui) {
        if self.figure.lacks().is_some() {
            return;
        }
        let alarm = colors(ui.visuals()).alarm;
        for index in self.shown(self.stride(30.0)) {
            let output = self.figure.shown(index);
            if output.finite_range.is_none() {
                let text = if output.nan > 0 { "NaN" } else { "∞" };
                let middle = pos2(self.x(index), self.transform.frame().center().y);
                ui.painter().text(middle, Align2::CENTER_CENTER, text, theme::semibold(13.0), alarm);
            }
        }
    }

    /// Where every layer has its own axis: its ends, beside what is said at the edges.
    pub fn own_axes_ui(&self, ui: &Ui, axes: &AxisMap, said: &[Rect]) {
        if axes.shared_axis().is_some() {
            return;
        }
        let colors = colors(ui.visuals());
        let frame = self.transform.frame();
        let stride = self.stride(58.0);
        for index in self.shown(stride) {
            let axis = axes.axis(index);
            for end in axis.ends_of(self.figure.shown(index)).unwrap_or_default() {
                let align = match end.side {
                    Side::Above => Align2::LEFT_BOTTOM,
                    Side::Across if frame.height() < 4.0 * theme::TICK_LINE as f32 => continue,
                    Side::Across => Align2::LEFT_CENTER,
                    Side::Below => Align2::LEFT_TOP,
                };
                let y = self.transform.position_from_point_y(axis.height(end.at)).clamp(frame.top(), frame.bottom());
                let left = self.x(index) - self.width * 0.47;
                ui.painter().hline(left..=left + 6.0, y, Stroke::new(1.0, colors.quiet));
                let galley = ui.painter().layout_no_wrap(end.label, theme::regular(11.5), colors.quiet);
                let place = align.anchor_size(pos2(left + 9.0, y), galley.size());
                ui.painter().galley(beside(place, said, frame.center().y).min, galley, colors.quiet);
            }
        }
    }
}

/// A place for a text, moved away from the edge where something else is said already.
fn beside(place: Rect, said: &[Rect], middle: f32) -> Rect {
    match said.iter().find(|other| other.intersects(place)) {
        None => place,
        Some(other) if other.center().y > middle => place.translate(vec2(0.0, other.top() - place.bottom())),
        Some(other) => place.translate(vec2(0.0, other.bottom() - place.top())),
    }
}
