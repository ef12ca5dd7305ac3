use egui::{Button, Grid, Id, Key, Label, RichText, Ui};

use super::dialog_said::Outcome;
use super::name_ui::name_ui;
use super::options::{THEMES, choice_ui, pixels_ui};
use crate::app::App;
use crate::app::confirmation::confirm;
use crate::app::controls::row::{field_ui, steady_button};
use crate::app::controls::select_again::select_again;
use crate::app::modal::modal_ui;
use crate::app::theme::{self, colors};
use crate::lesson::LessonFile;

/// Width of the dialog.
const WIDTH: f32 = 460.0;

impl App {
    /// The settings of the pages and films of the lesson that is open, over the window, while they are asked for.
    pub(in crate::app) fn lesson_pages_ui(&mut self, ui: &Ui) {
        self.take_lesson_pages(ui);
        if !self.export.lesson.is_open {
            return;
        }
        let Some(lesson) = self.lesson_in_sight() else {
            self.export.lesson.is_open = false;
            return;
        };
        let (steps, is_one) = (lesson.steps.len(), lesson.steps.len() == 1);
        let about = format!("{}, {steps} step{}", lesson.title, if is_one { "" } else { "s" });
        let shown = modal_ui(ui, Id::unique("lesson pages"), |ui| {
            ui.set_width(WIDTH.min(ui.content_rect().width() - 64.0));
            let quiet = colors(ui.visuals()).quiet;
            ui.label(RichText::new("Handout or film of the lesson").font(theme::semibold(15.0)));
            ui.label(RichText::new(about).font(theme::regular(12.5)).color(quiet));
            ui.add_space(6.0);
            let pages = &mut self.export.lesson;
            Grid::new("lesson pages").num_columns(2).spacing([12.0, 7.0]).min_col_width(64.0).show(ui, |ui| {
                let (mut file, kinds) = (pages.file, LessonFile::ALL.map(|file| (file, file.name())));
                choice_ui(ui, "File", "What is written of the lesson.", &kinds, &mut file);
                if file != pages.file {
                    pages.set_file(file);
                }
                let hover = "For a light or a dark deck, for paper, or with the most contrast.";
                choice_ui(ui, "Colours", hover, &THEMES, &mut pages.theme);
                if pages.file.has_pixels() {
                    let size = pages.file.page().size;
                    let hover =
                        format!("For each px of the size, which is {} × {} px: more are sharper.", size.0, size.1);
                    name_ui(ui, "Pixels", &hover);
                    pixels_ui(ui, &mut pages.zoom);
                    ui.end_row();
                }
            });
            let about = match pages.file {
                LessonFile::Pages(_) if pages.file.is_folder() => {
                    "A file for every step, with its figure, text and question, numbered for a deck. The answers come last."
                }
                LessonFile::Pages(_) => {
                    "A page for every step, with its figure, text and question. The answers come at the end."
                }
                LessonFile::Film(_) => {
                    "The picture of every step with its text beside it, held until it has been read. A question comes \
                     before its answer."
                }
            };
            ui.add(Label::new(RichText::new(about).font(theme::regular(12.0)).color(quiet)).wrap());
            ui.add_space(6.0);
            self.lesson_file_ui(ui);
        });
        // What leaves a field leaves the dialog open.
        if shown.should_close() && !self.left_field {
            self.export.lesson.is_open = false;
        }
    }

    /// Where the file is to be, and what can be done.
    fn lesson_file_ui(&mut self, ui: &mut Ui) {
        let quiet = colors(ui.visuals()).quiet;
        let pages = &mut self.export.lesson;
        let name = if pages.file.is_folder() { "Folder" } else { "File name" };
        ui.label(RichText::new(name).color(quiet));
        let hint = if pages.file.is_folder() {
            "/path/to/folder".to_owned()
        } else {
            format!("/path/to/lesson.{}", pages.file.ending())
        };
        let field = field_ui(ui, &mut pages.path, &hint);
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
        let mut wanted = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if std::mem::take(&mut pages.failed) && ui.memory(|memory| memory.focused().is_none()) {
            select_again(&field, &pages.path);
        }
        let (typed, is_busy) = (pages.typed(), pages.work.is_busy());
        let replaces = typed.is_some() && pages.replaceable == typed;
        ui.horizontal(|ui| {
            let label = match (is_busy, replaces) {
                (true, _) => "Writing …",
                (false, true) => "Replace",
                (false, false) => "Write",
            };
            let write = steady_button(ui, label, &["Writing …", "Replace", "Write"], theme::regular(13.0));
            let hover = "Measure all steps, and write what they show.";
            wanted |= ui.add_enabled(typed.is_some() && !is_busy, write).on_hover_text(hover).clicked();
            let browse = ui.add_enabled(!self.export.lesson.dialog.is_open(), Button::new("Browse …"));
            if browse.on_hover_text("Open the system's dialog. If none appears, type the path above.").clicked()
                && let Err(sentence) = self.browse_for_lesson(ui)
            {
                self.refuse_lesson_pages(sentence);
            }
            if ui.button("Close").on_hover_text("What is being written goes on.").clicked() {
                self.export.lesson.is_open = false;
            }
        });
        let pages = &mut self.export.lesson;
        pages.work.progress_ui(ui, "Stop: nothing is written.");
        if replaces {
            ui.label(RichText::new("This file already exists.").small().color(quiet));
        }
        let set = pages.set();
        pages.said.ui(ui, &set);
        let Some(path) = typed.filter(|_| wanted && !is_busy) else { return };
        pages.said.forget();
        if path.is_file() && !replaces {
            self.export.lesson.replaceable = Some(path);
            return;
        }
        self.export.lesson.replaceable = None;
        let begun = self.lesson_order(path).and_then(|order| self.export.lesson.work.begin_lesson(ui, order));
        self.export.lesson.failed = begun.is_err();
        if let Err(sentence) = begun {
            self.refuse_lesson_pages(sentence);
        }
    }

    /// What became of a lesson's file, and what was chosen in the system's dialog.
    fn take_lesson_pages(&mut self, ui: &Ui) {
        let pages = &mut self.export.lesson;
        match pages.dialog.chosen() {
            Some(Ok(path)) => pages.path = path.to_string_lossy().into_owned(),
            Some(Err(sentence)) => self.refuse_lesson_pages(sentence),
            None => {}
        }
        let pages = &mut self.export.lesson;
        match pages.work.done() {
            Some(Ok(_)) if pages.is_open => pages.say(Outcome::Done(pages.done())),
            Some(Ok(_)) => confirm(ui, "The lesson is written"),
            Some(Err(sentence)) => {
                pages.failed = true;
                self.refuse_lesson_pages(sentence);
            }
            None => {}
        }
    }

    fn browse_for_lesson(&mut self, ui: &Ui) -> Result<(), String> {
        let pages = &mut self.export.lesson;
        let (typed, name, ending) = (pages.typed(), pages.file.name(), pages.file.ending());
        pages.dialog.open(ui, move || {
            let mut dialog = rfd::FileDialog::new().set_title("Handout or film of the lesson");
            if let Some(folder) = typed.as_ref().and_then(|path| path.parent()).filter(|folder| folder.is_dir()) {
                dialog = dialog.set_directory(folder);
            }
            if ending.is_empty() {
                return dialog.pick_folder();
            }
            if let Some(file) = typed.as_ref().and_then(|path| path.file_name()) {
                dialog = dialog.set_file_name(file.to_string_lossy());
            }
            dialog.add_filter(name, &[ending]).save_file()
        })
    }
}
