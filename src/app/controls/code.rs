use egui::{RichText, Ui};

use crate::app::action::Action;
use crate::app::framework::Framework;
use crate::app::sentence::sentence;
use crate::app::theme::{self, colors};
use crate::app::{App, briefly};
use crate::experiment::Code;

impl App {
    /// The lines of code that give the same kernels, each a button that copies it.
    pub(super) fn code_ui(&mut self, ui: &mut Ui) {
        let quiet = colors(ui.visuals()).quiet;
        let small = |text: &str| RichText::new(text).font(theme::regular(11.5));
        let clicked = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.spacing_mut().button_padding = egui::vec2(5.0, 1.0);
            let hover = "Copies the line of code that gives these weights, in the framework's words.";
            ui.label(small("Copy for").color(quiet)).on_hover_text(hover);
            let mut clicked = None;
            for framework in Framework::ALL {
                let Some(code) = framework.code(&self.experiment) else { continue };
                let label = if briefly::is_said(ui, framework.copied()) { "copied" } else { framework.name() };
                let button = ui.button(small(label));
                let named = format!("Copy for {}", framework.name());
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &named));
                let action = Action::Copy(framework);
                let key = action.key(ui).unwrap_or_default();
                if button.on_hover_text(format!("{} Key: {key}", about(&code))).clicked() {
                    clicked = Some(action);
                }
            }
            clicked
        });
        if let Some(action) = clicked.inner {
            self.act(ui, action);
        }
    }
}

/// The line, and what it gives.
fn about(code: &Code) -> String {
    format!("{}\n{}.", code.line, sentence(code.note()))
}
