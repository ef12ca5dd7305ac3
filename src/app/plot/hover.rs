use egui::{Pos2, Rangef, Rect, Sense, Ui, pos2, vec2};

use super::columns::Columns;
use super::marks::mean_mark;
use super::mass::Mass;
use super::tooltip::{self, is_behind};
use crate::app::card::card_between_ui;
use crate::figure::{AxisMap, MassMark};
use crate::number;

/// The part of a column that a shape takes.
const BREADTH: f32 = 0.84;

impl Columns<'_> {
    /// Hover, clicks and accessibility of every layer; what is said depends on what the pointer is at. Returns the layer that
    /// was clicked.
    pub fn interact_ui(
        &self,
        ui: &Ui,
        axes: &AxisMap,
        outside: &[(f64, f64)],
        (bottom, states, chosen): (f32, f32, Option<usize>),
    ) -> Option<usize> {
        let mut clicked = None;
        let frame = *self.transform.frame();
        for (index, layer) in self.figure.measurement.layers.iter().enumerate() {
            let reach = vec2(self.width / 2.0, 0.0);
            let top = pos2(self.x(index), frame.top());
            let rect = Rect::from_min_max(top - reach, pos2(top.x, bottom) + reach);
            let response = ui.interact(rect, ui.scope_id().with(("layer", index)), Sense::click());
            let summary = || tooltip::summary(self.figure, index);
            let is_chosen = chosen == Some(index);
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Image, true, is_chosen, summary()));
            if response.clicked() {
                clicked = Some(index);
            }
            let Some(pointer) = ui.pointer_hover_pos().filter(|_| !is_behind(ui)) else { continue };
            // The violin is not as broad as its column.
            let violin = rect.shrink2(vec2(self.width * (1.0 - BREADTH) / 2.0, 0.0));
            card_between_ui(&response, (violin, self.width), Rangef::new(frame.top(), bottom), |ui| {
                if let Some(mark) = self.mass_at(pointer, index, axes) {
                    ui.label(tooltip::mass(self.figure, index, mark, axes.axis(index).bend));
                } else if self.is_at_mean(pointer, index, axes) {
                    ui.label(format!(
                        "Mean of layer {}: {}",
                        layer.layer,
                        number::value(self.figure.shown(index).mean)
                    ));
                } else if pointer.y > bottom - states {
                    ui.label(tooltip::states(self.figure, index));
                    if let Some(bands) = self.seeds.and_then(|seeds| seeds.layers.get(index)) {
                        let written = |units: f64| number::plain(units);
                        let activation = self.figure.measurement.subject.activation(index);
                        if activation.can_be_dead() {
                            ui.label(format!("Dead:{}", self.seeds_text(bands.dead, written)));
                            ui.label(format!("Always on:{}", self.seeds_text(bands.always_on, written)));
                        }
                        if activation.can_be_never_positive() {
                            ui.label(format!("Never positive:{}", self.seeds_text(bands.never_positive, written)));
                        }
                    }
                } else {
                    let y = self.transform.value_from_position(pointer).y;
                    let value = frame.contains(pointer).then(|| axes.axis(index).value(y));
                    tooltip::layer_ui(ui, self.figure, index, (&axes.axis(index), value), outside[index]);
                }
            });
        }
        clicked
    }

    /// The bar of exact values, or nearly so, under the pointer.
    fn mass_at(&self, pointer: Pos2, index: usize, axes: &AxisMap) -> Option<MassMark> {
        let columns = self.figure.columns_on(axes);
        columns.into_iter().nth(index)?.masses.into_iter().find(|mark| {
            let y = axes.axis(index).height(mark.mass.at);
            let mass = Mass::new(y, *mark, self.figure.view.shape);
            mass.rect((index + 1) as f64, self.transform).expand(3.0).contains(pointer)
        })
    }

    /// Whether the pointer is at the mark of a layer's mean.
    fn is_at_mean(&self, pointer: Pos2, index: usize, axes: &AxisMap) -> bool {
        let Some(mean) = self.figure.columns[index].mean else { return false };
        let y = self.transform.position_from_point_y(axes.axis(index).height(mean));
        let (from, to) = mean_mark((index + 1) as f64, self.figure.view.shape, self.transform);
        let x = self.transform.position_from_point_x(from)..=self.transform.position_from_point_x(to);
        x.contains(&pointer.x) && (pointer.y - y).abs() < 5.0
    }
}
