use egui::{Button, Id, Key, RichText, Ui};

use super::hover_beside::HoverBeside as _;
use super::row;
use super::select_again::select_again;
use crate::app::at_right::at_right_ui;
use crate::app::commands::Action;
use crate::app::commands::Errand;
use crate::app::theme::{self, colors};
use crate::app::{App, briefly};

impl App {
    /// Opening and saving, at the end of a line.
    pub(super) fn scene_buttons_ui(&mut self, ui: &mut Ui) {
        let is_saved = briefly::is_said(ui, saved());
        let save = if is_saved { "saved" } else { "Save …" };
        let about = "A scene is a file that holds what is shown: the experiment, its cases, and the view.";
        let opens = "Opens a scene, a figure that carries one, or the network of a file.";
        at_right_ui(ui, "scene", |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.spacing_mut().button_padding = egui::vec2(5.0, 1.0);
            for (errand, label, name) in
                [(Errand::Open, "Open …", "Open scene …"), (Errand::Save, save, "Save scene …")]
            {
                let is_asked = self.scene_file.errand == Some(errand);
                let all = [label, if errand == Errand::Save { "Save …" } else { label }];
                let button = row::steady_button(ui, label, &all, theme::regular(11.5)).selected(is_asked);
                let button = ui.add(button);
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
                let key = Action::Scene(errand).key(ui).unwrap_or_default();
                let opens = if errand == Errand::Open { format!("{opens} ") } else { String::new() };
                if button.hover_beside(ui, format!("{opens}{about} Key: {key}")).clicked() {
                    if is_asked {
                        self.scene_file.errand = None;
                    } else {
                        self.act(ui, Action::Scene(errand));
                    }
                }
            }
        });
    }

    /// The field for a path and what can be done with it, while it is asked for.
    pub(super) fn scene_file_ui(&mut self, ui: &mut Ui) {
        let Some(errand) = self.scene_file.errand else { return };
        let quiet = colors(ui.visuals()).quiet;
        let (name, hover, hint) = match errand {
            Errand::Network => (
                "Network file",
                "The path of the file with a network: .npz, .safetensors, .pt, .pth, .keras, .h5 or .onnx. Enter opens it, Escape \
                 cancels.",
                "/path/to/model.keras",
            ),
            Errand::Open => (
                "Scene file",
                "The path of the scene to open, or of a network. Enter opens it, Escape cancels.",
                "/path/to/scene.initscope.toml",
            ),
            Errand::Save => (
                "Scene file",
                "The path of the scene to save. Enter saves it, Escape cancels.",
                "/path/to/scene.initscope.toml",
            ),
        };
        let label = ui.label(RichText::new(name).color(quiet)).hover_beside(ui, hover);
        let field = row::field_ui(ui, &mut self.scene_file.text, hint);
        let field = field.labelled_by(label.id).hover_beside(ui, hover);
        if std::mem::take(&mut self.scene_file.is_new) {
            select_again(&field, &self.scene_file.text);
            field.scroll_to_me(None);
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let left = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
        let typed = self.scene_file.typed();
        let replaces = self.scene_file.replaces();
        let (label, hover) = match errand {
            Errand::Open | Errand::Network => ("Open", "Show what this file holds."),
            Errand::Save if replaces => ("Replace", "Overwrite the existing file."),
            Errand::Save => ("Save", "Write this file."),
        };
        let mut wanted = entered;
        ui.horizontal(|ui| {
            let button = ui.add_enabled(typed.is_some(), Button::new(label)).hover_beside(ui, hover);
            wanted |= button.on_disabled_hover_text("Type a path first.").clicked();
            let browse = ui.add_enabled(!self.scene_file.dialog.is_open(), Button::new("Browse …"));
            let browse = browse.hover_beside(ui, "Open the system's dialog. If none appears, type the path above.");
            if browse.on_disabled_hover_text("The system's dialog is already open.").clicked()
                && let Err(sentence) = self.scene_file.browse(ui, errand)
            {
                self.notice = Some(sentence);
            }
        });
        if errand != Errand::Save {
            self.recent_scenes_ui(ui);
        }
        if replaces {
            ui.label(RichText::new("This file already exists.").small().color(quiet));
        }
        if left {
            self.scene_file.close(ui);
        }
        if let Some(path) = typed.filter(|_| wanted) {
            match self.do_scene_errand(ui, &path) {
                true => {
                    self.scene_file.close(ui);
                    if errand == Errand::Save {
                        briefly::begin(ui, saved());
                    }
                }
                false => select_again(&field, &self.scene_file.text),
            }
        }
    }
}

impl App {
    /// Files that were opened or saved before, each a button that opens it.
    fn recent_scenes_ui(&mut self, ui: &mut Ui) {
        let mut wanted = None;
        for path in &self.scene_file.recent {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            let button = Button::new(RichText::new(&name).font(theme::regular(12.0))).truncate().frame(false);
            let button = ui.add(button);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Recent: {name}")));
            if button.hover_beside(ui, format!("Opens {}", path.display())).clicked() {
                wanted = Some(path.clone());
            }
        }
        if let Some(path) = wanted
            && !self.open_file(ui, &path)
        {
            self.scene_file.mend(&path);
        }
    }
}

/// That a scene was saved.
fn saved() -> Id {
    Id::unique("scene saved")
}
