use std::path::Path;

use egui::{Button, ComboBox, PopupCloseBehavior, TextEdit, Ui};

use super::name_ui::name_ui;
use crate::app::controls::row::field_ui;
use crate::app::dialog::{Dialog, typed_path};
use crate::app::lists::{entry_ui, keep_place};
use crate::page::{FontName, InstalledFonts};

/// A font that is chosen: the usual one, an installed one, or a file.
#[derive(Default)]
pub struct FontChoice {
    /// Its name, or its path as it was typed.
    text: String,
    /// Whether a path is typed.
    is_file: bool,
    /// What is looked for in the list.
    wanted: String,
    dialog: Dialog,
}

/// A list as long as this is searched.
const LONG: usize = 12;
/// A list taller than this scrolls.
const LIST_HEIGHT: f32 = 260.0;
const FILE: &str = "From a file …";

impl FontChoice {
    /// What a scene names.
    pub fn set(&mut self, font: Option<&Path>) {
        self.text = font.map_or_else(String::new, |font| font.to_string_lossy().into_owned());
        self.is_file = font.is_some_and(|font| matches!(FontName::of(font), FontName::File(_)));
    }

    /// The font that is meant.
    pub fn name(&self) -> FontName {
        let text = self.text.trim();
        match typed_path(text) {
            Some(path) if self.is_file => FontName::File(path),
            _ => FontName::of(text.as_ref()),
        }
    }

    /// Takes what was chosen in the system's dialog.
    ///
    /// # Errors
    /// A sentence, if the dialog failed.
    pub fn take(&mut self) -> Result<(), String> {
        match self.dialog.chosen() {
            Some(Ok(path)) => self.text = path.to_string_lossy().into_owned(),
            Some(Err(sentence)) => return Err(sentence),
            None => {}
        }
        Ok(())
    }

    /// A list of what there is, and where a file is meant a field for its path.
    ///
    /// # Errors
    /// A sentence, if the system opens no dialog.
    pub fn ui(&mut self, ui: &mut Ui, (name, hover, usual): (&str, &str, &str)) -> Result<(), String> {
        name_ui(ui, name, hover);
        let shown = match self.name() {
            _ if self.is_file => FILE.to_owned(),
            FontName::Bundled => usual.to_owned(),
            FontName::Installed(family) => family,
            FontName::File(_) => FILE.to_owned(),
        };
        let list = ComboBox::from_id_salt(("font", name))
            .width(190.0)
            .height(LIST_HEIGHT)
            .truncate()
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .selected_text(&shown);
        let response = list.show_ui(ui, |ui| self.list_ui(ui, usual)).response;
        keep_place(&response);
        response.accessible_name(name).on_hover_text(hover);
        ui.end_row();
        let mut opened = Ok(());
        if self.is_file {
            ui.label("");
            ui.horizontal(|ui| {
                let browse = Button::new("Browse …");
                let field = ui.scope(|ui| {
                    ui.set_max_width(120.0);
                    field_ui(ui, &mut self.text, "/path/to/font.ttf")
                });
                let label = format!("{name} file");
                field.inner.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &label));
                let browse = ui.add_enabled(!self.dialog.is_open(), browse);
                let label = format!("Browse for the {} file", name.to_lowercase());
                browse.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
                if browse.on_hover_text("Open the system's dialog. If none appears, type the path.").clicked() {
                    opened = self.browse(ui);
                }
            });
            ui.end_row();
        }
        opened
    }

    fn list_ui(&mut self, ui: &mut Ui, usual: &str) {
        let mut picked = None;
        if entry_ui(ui, !self.is_file && self.text.trim().is_empty(), usual).clicked() {
            picked = Some((String::new(), false));
        }
        if entry_ui(ui, self.is_file, FILE).clicked() {
            let path = if self.is_file { self.text.clone() } else { String::new() };
            picked = Some((path, true));
        }
        ui.separator();
        match InstalledFonts::found() {
            None => {
                // The list keeps the height that it opens with.
                ui.set_min_height(LIST_HEIGHT - 20.0);
                look_for_fonts(ui);
                ui.label("Looking for installed fonts …");
            }
            Some(fonts) => {
                let families = fonts.families();
                if families.len() >= LONG {
                    let field = ui.add(TextEdit::singleline(&mut self.wanted).hint_text("Find a font"));
                    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Find a font"));
                }
                let wanted = self.wanted.trim().to_lowercase();
                for family in families.into_iter().filter(|family| family.to_lowercase().contains(&wanted)) {
                    if entry_ui(ui, !self.is_file && self.text == family, &family).clicked() {
                        picked = Some((family, false));
                    }
                }
            }
        }
        if let Some((text, is_file)) = picked {
            self.text = text;
            self.is_file = is_file;
            self.wanted.clear();
            ui.close();
        }
    }

    fn browse(&mut self, ui: &Ui) -> Result<(), String> {
        let typed = typed_path(&self.text);
        self.dialog.open(ui, move || {
            let mut dialog = rfd::FileDialog::new().add_filter("Fonts", &["ttf", "otf", "ttc", "otc"]);
            if let Some(folder) = typed.as_ref().and_then(|path| path.parent()).filter(|folder| folder.is_dir()) {
                dialog = dialog.set_directory(folder);
            }
            dialog.set_title("Choose a font").pick_file()
        })
    }
}

/// Looks for installed fonts on a thread of its own, once: there may be many.
pub fn look_for_fonts(ctx: &egui::Context) {
    let asked = egui::Id::unique("looking for fonts");
    if ctx.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<bool>(asked), true)) {
        return;
    }
    let ctx = ctx.clone();
    // Without a thread the list stays as it is, and a name can still be opened with a scene.
    let _ = std::thread::Builder::new().name("initscope-fonts".to_owned()).spawn(move || {
        InstalledFonts::look_for();
        ctx.request_repaint();
    });
}
