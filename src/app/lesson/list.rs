use egui::{Button, Id, Label, RichText, Role, ScrollArea, Ui, WidgetInfo, vec2};

use crate::app::App;
use crate::app::commands::{Action, Errand};
use crate::app::modal::modal_ui;
use crate::app::theme::{self, colors};
use crate::lesson::{BuiltIn, LessonSource};

/// Width of the list.
const WIDTH: f32 = 520.0;

impl App {
    /// Whether they are shown.
    pub(in crate::app) fn are_lessons_open(&self) -> bool {
        self.lesson.is_list_open
    }

    /// The lessons over the window, while they are shown.
    pub(in crate::app) fn lessons_ui(&mut self, ui: &Ui) {
        if !self.lesson.is_list_open {
            return;
        }
        let room = ui.content_rect().size() - vec2(64.0, 64.0);
        let mut clicked = None;
        let shown = modal_ui(ui, Id::unique("lessons"), |ui| {
            ui.set_width(WIDTH.min(room.x));
            let quiet = colors(ui.visuals()).quiet;
            ui.label(RichText::new("Lessons").font(theme::semibold(15.0)));
            ui.add_space(4.0);
            let height = (room.y - 110.0).max(80.0);
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 8.0;
                for (index, built_in) in BuiltIn::all().iter().enumerate() {
                    clicked = self.entry_of_lesson_ui(ui, *built_in, index == 0).or(clicked);
                }
            });
            ui.add_space(4.0);
            let about =
                "A lesson is a scene in steps, in a text file: open one of your own, or add what you see as a step.";
            ui.add(Label::new(RichText::new(about).font(theme::regular(11.5)).color(quiet)).wrap());
            ui.horizontal(|ui| {
                if ui.button("Open …").on_hover_text("Open a lesson's file.").clicked() {
                    clicked = Some(Action::Scene(Errand::Open));
                }
                let key = Action::AddStep.key(ui).unwrap_or_default();
                let hover = format!("Add what is shown as the next step of a lesson of your own. Key: {key}");
                if ui.button("Add step …").on_hover_text(hover).clicked() {
                    clicked = Some(Action::AddStep);
                }
                let key = Action::LessonPages.key(ui).unwrap_or_default();
                let hover = format!("Write the open lesson as pages or as a film. Key: {key}");
                let pages = ui.add_enabled(self.has_lesson(), Button::new("Handout …")).on_hover_text(hover);
                if pages.on_disabled_hover_text("Open a lesson first.").clicked() {
                    clicked = Some(Action::LessonPages);
                }
            });
        });
        if let Some(action) = clicked {
            self.lesson.is_list_open = false;
            self.act(ui, action);
        } else if shown.should_close() {
            self.lesson.is_list_open = false;
        }
    }

    fn entry_of_lesson_ui(&mut self, ui: &mut Ui, built_in: BuiltIn, is_first: bool) -> Option<Action> {
        let lesson = built_in.lesson()?;
        let colors = *colors(ui.visuals());
        let source = LessonSource::BuiltIn(built_in.name.to_owned());
        let at = self.lesson_at().filter(|at| at.source == source).map(|at| at.place);
        let at = at.or_else(|| self.lesson.left.get(&source).copied()).map(|place| place.step + 1);
        let steps = lesson.steps.len();
        let length = match at {
            Some(at) => format!("{at} of {steps}"),
            None => format!("{steps} steps, {} min", lesson.minutes),
        };
        let mut job = egui::text::LayoutJob::default();
        let format = |font, color| egui::text::TextFormat {
            line_height: Some(18.0),
            ..egui::text::TextFormat::simple(font, color)
        };
        job.append(&lesson.title, 0.0, format(theme::semibold(13.5), colors.text));
        job.append(&format!("   {length}\n"), 0.0, format(theme::regular(12.0), colors.quiet));
        job.append(&lesson.summary, 0.0, format(theme::regular(12.5), colors.quiet));
        let button = ui.add(Button::new(job).wrap().frame(false).min_size(vec2(ui.available_width(), 44.0)));
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &lesson.title));
        if button.hovered() {
            let stroke = egui::Stroke::new(1.0, colors.line);
            ui.painter().rect_stroke(button.rect, 5.0, stroke, egui::StrokeKind::Inside);
        }
        if is_first && std::mem::take(&mut self.lesson.is_list_new) {
            button.request_focus();
        }
        button.clicked().then_some(Action::Lesson(built_in.name))
    }
}
