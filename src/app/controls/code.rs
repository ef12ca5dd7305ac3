use egui::{RichText, Ui};

use crate::app::briefly;
use crate::app::sentence::sentence;
use crate::app::theme::{self, colors};
use crate::experiment::{Code, Experiment};

/// The lines of code that give the same kernels, each a button that copies it.
pub fn code_ui(ui: &mut Ui, experiment: &Experiment) {
    let quiet = colors(ui.visuals()).quiet;
    let small = |text: &str| RichText::new(text).font(theme::regular(11.5));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding = egui::vec2(5.0, 1.0);
        let hover = "Copies the line of code that gives these weights, in the framework's words.";
        ui.label(small("Copy for").color(quiet)).on_hover_text(hover);
        for code in experiment.code() {
            let id = ui.scope_id().with(code.framework);
            let label = if briefly::is_said(ui, id) { "copied" } else { code.framework };
            let button = ui.button(small(label));
            let named = format!("Copy for {}", code.framework);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &named));
            if button.on_hover_text(about(&code)).clicked() {
                ui.copy_text(code.line);
                briefly::begin(ui, id);
            }
        }
    });
}

/// The line, and what it gives.
fn about(code: &Code) -> String {
    format!("{}\n{}.", code.line, sentence(code.note()))
}
