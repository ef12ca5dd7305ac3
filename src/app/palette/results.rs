use egui::{Align, Color32, CornerRadius, Label, Layout, RichText, Sense, Shape, Ui, WidgetInfo, vec2};

use super::choice::Choice;
use super::entries::Entry;
use crate::app::theme::{self, colors};

/// What was found, a line each; `can` says which are of use now.
pub fn results_ui(ui: &mut Ui, entries: &[Entry], can: &[bool], choice: &mut Choice) {
    let colors = *colors(ui.visuals());
    if entries.is_empty() {
        ui.label(RichText::new("Nothing here is called that.").color(colors.quiet));
        return;
    }
    ui.spacing_mut().item_spacing.y = 3.0;
    for (index, (entry, can)) in entries.iter().zip(can).enumerate() {
        choice.row_ui(ui, (index, entry), |ui| {
            ui.horizontal(|ui| {
                ui.set_width(ui.available_width());
                let color = if *can { colors.text } else { colors.quiet };
                let label = |text: RichText| Label::new(text).selectable(false);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.add(label(RichText::new(&entry.keys).font(theme::semibold(12.5)).color(color)));
                    ui.add(label(RichText::new(entry.group).font(theme::regular(11.5)).color(colors.quiet)));
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(label(RichText::new(&entry.name).color(color)));
                        ui.add(label(RichText::new(&entry.about).color(colors.quiet)).truncate());
                    });
                });
            });
        });
    }
}

impl Choice {
    /// A line that can be clicked; the chosen one stands on a ground of its own.
    pub fn row_ui(&mut self, ui: &mut Ui, (index, entry): (usize, &Entry), contents: impl FnOnce(&mut Ui)) {
        let ground = ui.painter().add(Shape::Noop);
        let line = ui.scope(contents).response;
        let response = ui.interact(line.rect, ui.scope_id().with(("entry", index)), Sense::click());
        let beside = if entry.keys.is_empty() { &entry.about } else { &entry.keys };
        let named = format!("{} ({beside})", entry.name);
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, self.chosen == Some(index), &named));
        let colors = *colors(ui.visuals());
        let fill = match (self.chosen == Some(index), response.hovered()) {
            (true, _) => colors.accent.gamma_multiply(0.25),
            (false, true) => colors.line.gamma_multiply(0.4),
            (false, false) => Color32::TRANSPARENT,
        };
        ui.painter().set(ground, Shape::rect_filled(line.rect.expand2(vec2(4.0, 1.5)), CornerRadius::same(4), fill));
        if self.chosen == Some(index) && self.is_moved {
            response.scroll_to_me(None);
        }
        if response.clicked() {
            self.clicked = Some(index);
        }
    }
}
