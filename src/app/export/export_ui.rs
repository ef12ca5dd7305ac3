use egui::{Button, Id, Key, RichText, Ui, vec2};

use super::Export;
use super::clipboard::Copied;
use super::dialog_said::Outcome;
use super::work::Order;
use crate::app::commands::Action;
use crate::app::confirmation::confirm;
use crate::app::controls::row::{field_ui, steady_button};
use crate::app::controls::select_again::select_again;
use crate::app::modal::modal_ui;
use crate::app::sentence::sentence;
use crate::app::theme::{self, colors};
use crate::app::views::view;
use crate::app::{App, briefly};
use crate::arrays::LayerValues;
use crate::page::{FileKind, FilmFormat};

/// Width of the settings.
const SETTINGS: f32 = 290.0;
/// Around the dialog.
const AIR: f32 = 80.0;

impl App {
    /// The settings of a figure with a look at it, over the window, while they are asked for.
    pub(in crate::app) fn export_ui(&mut self, ui: &Ui) {
        self.take_export(ui);
        if !self.export.open {
            return;
        }
        let room = ui.content_rect().size() - egui::Vec2::splat(AIR);
        let shown = modal_ui(ui, Id::unique("export"), |ui| {
            ui.set_width(room.x.clamp(SETTINGS, 1240.0));
            ui.label(RichText::new("Export the figure").font(theme::semibold(15.0)));
            ui.add_space(8.0);
            let with_preview = ui.available_width() > SETTINGS + 220.0;
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(SETTINGS);
                    let list = egui::ScrollArea::vertical().max_height((room.y - 60.0).max(120.0));
                    list.show(ui, |ui| {
                        let layers = self.experiment.widths.len();
                        let norms = self.shown.panels.norms;
                        if let Err(sentence) = self.export.options_ui(ui, (layers, norms)) {
                            self.refuse_figure(sentence);
                        }
                        ui.add_space(8.0);
                        self.export_file_ui(ui);
                    });
                });
                if with_preview {
                    ui.add_space(12.0);
                    let size = vec2(ui.available_width(), (room.y - 60.0).min(640.0));
                    self.export_preview_ui(ui, size);
                }
            });
        });
        // What leaves a field leaves the dialog open.
        if shown.should_close() && !self.left_field {
            self.export.open = false;
        }
    }

    /// Where the file is to be, and what can be done.
    fn export_file_ui(&mut self, ui: &mut Ui) {
        let quiet = colors(ui.visuals()).quiet;
        ui.label(RichText::new("File name").color(quiet));
        let ending = self.export.kind.ending();
        let hint = if ending.is_empty() { "/path/to/folder".to_owned() } else { format!("/path/to/figure.{ending}") };
        let field = field_ui(ui, &mut self.export.path, &hint);
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "File name"));
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if std::mem::take(&mut self.export.failed) && ui.memory(|memory| memory.focused().is_none()) {
            select_again(&field, &self.export.path);
        }
        let typed = self.export.typed();
        let replaces = typed.is_some() && self.export.replaceable == typed;
        let mut wanted = entered;
        ui.horizontal_wrapped(|ui| {
            let label = match (self.export.work.is_busy(), replaces) {
                (true, _) => "Writing …",
                (false, true) => "Replace",
                (false, false) if briefly::is_said(ui, exported()) => "Exported",
                (false, false) => "Export file",
            };
            // A film makes what it shows.
            let is_film = matches!(self.export.kind, FileKind::Film(_));
            let lacks = if is_film { None } else { view(self.export.view).content(self).err() };
            let is_possible = typed.is_some() && lacks.is_none() && !self.export.work.is_busy();
            let all = ["Writing …", "Replace", "Exported", "Export file"];
            let export = steady_button(ui, label, &all, theme::regular(13.0));
            let export = ui.add_enabled(is_possible, export).on_hover_text("Write the file.");
            let export = if let Some(why) = lacks { export.on_disabled_hover_text(sentence(why)) } else { export };
            wanted |= export.clicked();
            let browse = ui.add_enabled(!self.export.dialog.is_open(), Button::new("Browse …"));
            if browse.on_hover_text("Open the system's dialog. If none appears, type the path above.").clicked()
                && let Err(sentence) = self.browse_for_export(ui)
            {
                self.refuse_figure(sentence);
            }
            let copy = if briefly::is_said(ui, copied()) { "Copied" } else { "Copy image" };
            let copy = steady_button(ui, copy, &["Copied", "Copy image"], theme::regular(13.0));
            let key = Action::CopyFigure.key(ui).unwrap_or_default();
            let hover = format!("Copy the figure to the clipboard as a picture. Key: {key}");
            if ui.add(copy).on_hover_text(hover).clicked() {
                self.copy_figure(ui);
            }
            self.copy_command_ui(ui);
            if self.has_lesson() {
                let key = Action::LessonPages.key(ui).unwrap_or_default();
                let hover = format!("A handout or a film of the lesson that is open. Key: {key}");
                if ui.button("Lesson …").on_hover_text(hover).clicked() {
                    self.act(ui, Action::LessonPages);
                }
            }
            if ui.button("Close").clicked() {
                self.export.open = false;
            }
        });
        self.export.work.progress_ui(ui, "Stop the film: nothing is written.");
        if replaces {
            ui.label(RichText::new("This file already exists.").small().color(quiet));
        }
        let set = self.export.set();
        self.export.said.ui(ui, &set);
        if let Some(path) = typed.filter(|_| wanted && !self.export.work.is_busy()) {
            let is_folder = self.export.kind == FileKind::Film(FilmFormat::Pictures);
            self.export.said.forget();
            if path.exists() && !replaces && !is_folder {
                self.export.replaceable = Some(path);
                return;
            }
            self.export.replaceable = None;
            let begun = match self.export.kind {
                FileKind::Film(format) => {
                    self.film_order(path, format).and_then(|order| self.export.work.begin_film(ui, order))
                }
                FileKind::Numbers(_) if self.export.has_values() && self.export.values.is_some() => {
                    self.begin_values(ui, path)
                }
                FileKind::Page(_) | FileKind::Numbers(_) => {
                    self.order(path).and_then(|order| self.export.work.begin(ui, order))
                }
            };
            self.export.failed = begun.is_err();
            if let Err(sentence) = begun {
                self.refuse_figure(sentence);
            }
        }
    }

    fn order(&self, path: std::path::PathBuf) -> Result<Order, String> {
        let settings = self.export_settings();
        let what = self.export.view;
        let Export { kind, zoom, texts, .. } = self.export;
        kind.check(&path).map_err(|error| error.to_string())?;
        let content = view(what).content(self)?;
        Ok(Order {
            sheet: settings.sheet().map_err(|error| error.to_string())?,
            fonts: self.export.fonts(),
            scene: self.scene_of(&*content, &settings),
            content,
            kind,
            zoom,
            texts,
            path,
        })
    }

    /// All values of the chosen layer of what is set.
    fn begin_values(&mut self, ctx: &egui::Context, path: std::path::PathBuf) -> Result<(), String> {
        let Export { kind, values, .. } = self.export;
        kind.check(&path).map_err(|error| error.to_string())?;
        let values = LayerValues { layer: values.unwrap_or_default(), quantity: self.shown.layers.quantity };
        let subject = self.subject();
        self.export.work.begin_values(ctx, (values, subject), path)
    }

    /// What became of a file, and what was chosen in the system's dialog.
    fn take_export(&mut self, ui: &Ui) {
        match self.export.dialog.chosen() {
            Some(Ok(path)) => self.export.path = path.to_string_lossy().into_owned(),
            Some(Err(sentence)) => self.refuse_figure(sentence),
            None => {}
        }
        let fonts = [self.export.font.take(), self.export.font_bold.take()];
        for sentence in fonts.into_iter().filter_map(Result::err) {
            self.refuse_figure(sentence);
        }
        match self.export.work.done() {
            Some(Ok(_)) => {
                briefly::begin(ui, exported());
                let done = self.export.done();
                if self.export.open {
                    self.export.say(Outcome::Done(done));
                } else {
                    confirm(ui, done.trim_end_matches('.'));
                }
            }
            Some(Err(sentence)) => {
                self.refuse_figure(sentence);
                self.export.failed = true;
            }
            None => {}
        }
        match self.export.clipboard.done() {
            Some(Ok(())) => {
                briefly::begin(ui, copied());
                confirm(ui, "Copied the figure as an image");
            }
            Some(Err(sentence)) => self.refuse_figure(sentence),
            None => {}
        }
    }

    fn browse_for_export(&mut self, ui: &Ui) -> Result<(), String> {
        let typed = self.export.typed();
        let (name, ending) = (self.export.kind.name(), self.export.kind.ending());
        self.export.dialog.open(ui, move || {
            let mut dialog = rfd::FileDialog::new().add_filter(name, &[ending]).set_title("Export the figure");
            if let Some(folder) = typed.as_ref().and_then(|path| path.parent()).filter(|folder| folder.is_dir()) {
                dialog = dialog.set_directory(folder);
            }
            if let Some(file) = typed.as_ref().and_then(|path| path.file_name()) {
                dialog = dialog.set_file_name(file.to_string_lossy());
            }
            dialog.save_file()
        })
    }

    /// The figure as a picture, on the clipboard.
    pub(in crate::app) fn copy_figure(&mut self, ui: &egui::Context) {
        if !self.export.open {
            self.export.view = self.shown.view;
        }
        if let Err(sentence) = self.copied_figure(ui) {
            self.refuse_figure(sentence);
        }
    }

    fn copied_figure(&mut self, ctx: &egui::Context) -> Result<(), String> {
        let sheet = self.export_settings().sheet().map_err(|error| error.to_string())?;
        let content = view(self.export.view).content(self)?;
        let copied = Copied { content, sheet, fonts: self.export.fonts(), zoom: self.export.zoom };
        self.export.clipboard.copy(ctx, copied)
    }
}

/// That a file was written.
fn exported() -> Id {
    Id::unique("figure exported")
}

/// That the figure is on the clipboard.
fn copied() -> Id {
    Id::unique("figure copied")
}
