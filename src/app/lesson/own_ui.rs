use egui::{Button, Id, Label, RichText, TextEdit, Ui};

use crate::app::App;
use crate::app::modal::modal_ui;
use crate::app::sentence::sentence;
use crate::app::theme::{self, colors};

/// Width of the dialog.
const WIDTH: f32 = 460.0;

impl App {
    /// The dialog that asks for a step of one's own, while it is open.
    pub(in crate::app) fn own_step_ui(&mut self, ui: &Ui) {
        if !self.lesson.own.is_open() {
            return;
        }
        let mut is_wanted = false;
        let mut is_left = false;
        let own = &mut self.lesson.own;
        let shown = modal_ui(ui, Id::unique("own step"), |ui| {
            ui.set_width(WIDTH.min(ui.content_rect().width() - 64.0));
            let colors = *colors(ui.visuals());
            ui.label(RichText::new("Add step").font(theme::semibold(15.0)));
            let about = "What is shown becomes the next step of a lesson: a text file that you can go on writing.";
            ui.add(Label::new(RichText::new(about).font(theme::regular(12.0)).color(colors.quiet)).wrap());
            ui.add_space(4.0);
            let is_new = std::mem::take(&mut own.is_new);
            let fields: [(&str, &mut String, &str, usize); 4] = [
                ("Title", &mut own.title, "What is there to see?", 1),
                ("Text", &mut own.text, "A few lines. {layer5.std} is taken from the measurement.", 4),
                ("Claim", &mut own.claim, "What is true of it: std of layer 5 below 0.1", 1),
                ("Lesson file", &mut own.path, "/path/to/my-lesson.initscope.toml", 1),
            ];
            for (index, (name, text, hint, rows)) in fields.into_iter().enumerate() {
                let label = ui.label(RichText::new(name).color(colors.quiet));
                let edit =
                    if rows > 1 { TextEdit::multiline(text).desired_rows(rows) } else { TextEdit::singleline(text) };
                let field = ui.add(edit.hint_text(hint).desired_width(f32::INFINITY)).labelled_by(label.id);
                if is_new && index == 0 {
                    field.request_focus();
                }
            }
            if let Some(problem) = &own.problem {
                ui.add(Label::new(RichText::new(sentence(problem)).color(colors.alarm)).wrap());
            }
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                is_wanted = ui.add(Button::new("Add")).on_hover_text("Write the step into the file.").clicked();
                is_left = ui.button("Cancel").clicked();
            });
        });
        if is_wanted {
            self.add_own_step(ui);
        } else if is_left || shown.should_close() && !self.left_field {
            // What leaves a field leaves the dialog open.
            self.lesson.own.put(false);
        }
    }
}
