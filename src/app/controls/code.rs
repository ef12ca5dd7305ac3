use egui::{RichText, Ui};

use super::hover_beside::HoverBeside as _;
use crate::app::commands::Action;
use crate::app::framework::Framework;
use crate::app::lists::keep_place;
use crate::app::reach::note_entry;
use crate::app::sentence::sentence;
use crate::app::theme::{self, colors};
use crate::app::{App, briefly};
use crate::experiment::{Code, NetworkFramework};

impl App {
    /// The lines of code that give the same kernels, each a button that copies it.
    pub(super) fn code_ui(&mut self, ui: &mut Ui) {
        let quiet = colors(ui.visuals()).quiet;
        let small = |text: &str| RichText::new(text).font(theme::regular(11.5));
        let clicked = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.spacing_mut().button_padding = egui::vec2(4.0, 1.0);
            let hover = "Copy the line of code that gives these weights in this framework.";
            let is_copied = Framework::ALL.into_iter().any(|framework| briefly::is_said(ui, framework.copied()));
            let said = small(if is_copied { "Copied" } else { "Copy for" }).color(quiet);
            // All of one width, so that the buttons stand still.
            let width = ui.painter().layout_no_wrap("Copy for".to_owned(), theme::regular(11.5), quiet).size().x;
            let place = ui.scope(|ui| {
                ui.set_min_width(width);
                ui.label(said)
            });
            place.inner.hover_beside(ui, hover);
            let mut clicked = None;
            for framework in Framework::ALL {
                let Some(code) = framework.code(&self.experiment) else { continue };
                let button = ui.button(small(framework.name()));
                let named = format!("Copy for {}", framework.name());
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &named));
                let action = Action::Copy(framework);
                let key = action.key(ui).unwrap_or_default();
                if button.hover_beside(ui, format!("{} Key: {key}", about(&code))).clicked() {
                    clicked = Some(action);
                }
            }
            clicked.or(network_ui(ui))
        });
        if let Some(action) = clicked.inner {
            self.act(ui, action);
        }
    }
}

/// The programs that set up the whole network, each an entry that copies it.
fn network_ui(ui: &mut Ui) -> Option<Action> {
    let mut clicked = None;
    let hover = "Copy a program that sets up this network, layer by layer, and draws its weights from this distribution; with a \
         race or in the view Training it trains the network, too.";
    let menu = ui.menu_button(RichText::new("Network").font(theme::regular(11.5)), |ui| {
        for (framework, name) in [(NetworkFramework::Keras, "Keras"), (NetworkFramework::PyTorch, "PyTorch")] {
            let action = Action::CopyNetwork(framework);
            let button = ui.button(format!("{name} program"));
            let named = format!("Copy the network for {name}");
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &named));
            note_entry(&button, Some(name));
            let key = action.key(ui).unwrap_or_default();
            if button.hover_beside(ui, format!("{hover} Key: {key}")).clicked() {
                clicked = Some(action);
                ui.close();
            }
        }
    });
    keep_place(&menu.response);
    menu.response.hover_beside(ui, hover);
    clicked
}

/// The line, and what it gives.
fn about(code: &Code) -> String {
    format!("{}\n{}.", code.line, sentence(&code.note()))
}
