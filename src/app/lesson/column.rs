use egui::style::ScrollStyle;
use egui::{Align, Button, Frame, Id, Label, Layout, Panel, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::text_ui::{Fitting, Shortened, paragraph_ui, text_size};
use crate::app::App;
use crate::app::commands::Action;
use crate::app::theme::{self, colors};

/// Width of the column, as a part of the window's, and its limits.
const PART: f32 = 0.25;
const NARROWEST: f32 = 288.0;
const BROADEST: f32 = 420.0;
/// A window narrower than this has a band at its bottom instead.
const BAND: f32 = 900.0;
/// Width of the column in a presentation, where text is as large for the room as for the figure.
const PRESENTED: f32 = 0.4;
/// Height of the band, as a part of the window's between its bars; in a low window it is so high, if that is no more than this part.
const BAND_PART: f32 = 0.475;
const BAND_HEIGHT: f32 = 178.0;
const MOST_OF_LOW: f32 = 0.55;
/// Where there is less height, what leads on and where one is stand in one line.
const LOW: f32 = 240.0;
/// Width of which step it is, and of the way out.
const COUNT: f32 = 86.0;
/// A title that had less room would say nothing.
const ROOM_FOR_TITLE: f32 = 60.0;
/// Space beside the text.
const AROUND: f32 = 16.0;
/// Where there is so much room, text and question stand beside one another.
const BROAD: f32 = 560.0;
/// Height of what leads on, under the text.
const FEET: f32 = 34.0;

impl App {
    /// Keeps the place of the lesson that is open, at the right of everything, or in a narrow window under it. It is drawn after what
    /// it is about: so it is read, too.
    pub(in crate::app) fn lesson_place(&self, ui: &mut Ui) -> Option<Rect> {
        if !self.has_lesson() {
            return None;
        }
        let room = ui.available_size();
        let panel = if self.presenting.is_on() {
            Panel::right("lesson").exact_size((room.x * PRESENTED).floor())
        } else if room.x < BAND {
            let height = (room.y * BAND_PART).max(BAND_HEIGHT.min(room.y * MOST_OF_LOW));
            Panel::bottom("lesson").exact_size(height.floor())
        } else {
            Panel::right("lesson").exact_size((room.x * PART).clamp(NARROWEST, BROADEST).floor())
        };
        let frame = Frame::new().fill(colors(ui.visuals()).panel);
        Some(panel.frame(frame).resizable(false).show(ui, |ui| ui.max_rect()).inner)
    }

    /// The lesson in its place.
    pub(in crate::app) fn lesson_ui(&mut self, ui: &mut Ui, place: Option<Rect>) {
        let Some(place) = place.filter(|_| self.has_lesson()) else { return };
        let is_low = place.height() < LOW;
        let (above, below) = if is_low { (8.0, 4.0) } else { (12.0, 10.0) };
        let inner = Rect::from_min_max(place.min + vec2(AROUND, above), place.max - vec2(AROUND, below));
        let mut column = ui.new_child(UiBuilder::new().id_salt("lesson").max_rect(inner));
        if let Some(action) = self.lesson_parts_ui(&mut column, is_low) {
            // What is clicked is meant; a key of a remote comes twice now and then.
            if let Some(open) = self.lesson.current.as_mut().filter(|open| open.beside(1).is_none()) {
                open.asks_to_end();
            }
            self.act(ui, action);
        }
    }

    fn lesson_parts_ui(&mut self, ui: &mut Ui, is_low: bool) -> Option<Action> {
        // What there is more of is not to be missed.
        ui.spacing_mut().scroll = ScrollStyle::solid();
        let mut clicked = if is_low { None } else { self.lesson_head_ui(ui) };
        let between = if is_low { 2.0 } else { 8.0 };
        // What leads on stands at the bottom, whatever there is to be read.
        let bottom = ui.max_rect().bottom();
        let height = (bottom - FEET - between - ui.next_widget_position().y).max(20.0);
        let at = self.lesson_at().map(|at| at.place);
        // Where it was answered, the reason is what is to be read.
        let is_answered = at.is_some_and(|at| at.is_revealed);
        let scroll = |part: &str| {
            let scroll =
                ScrollArea::vertical().id_salt(("lesson text", part, at)).auto_shrink(false).max_height(height);
            scroll.stick_to_bottom(is_answered && part != "text")
        };
        if ui.available_width() < BROAD {
            let place = Id::unique(("lesson column", at, ui.available_width() as i32, height as i32));
            let shortened = if is_answered { Shortened::at(ui, place) } else { Shortened::Nothing };
            let all = |ui: &mut Ui| {
                self.lesson_text_ui(ui, shortened);
                self.lesson_question_ui(ui, shortened)
            };
            let shown = scroll("all").show(ui, all);
            if is_answered && shown.content_size.y > height {
                let most = if self.presenting.is_on() { Shortened::Title } else { Shortened::Answers };
                shortened.shorten(ui, place, most);
            }
            clicked = shown.inner.or(clicked);
        } else {
            // A band is broad and low: its parts stand beside one another, in a type with which all of them have room.
            let has_question = self.lesson.shown().is_some_and(|open| open.step().question.is_some());
            let place = (at, self.guessed(), ui.available_width() as i32, height as i32);
            let fit = Fitting::begin(ui, Id::unique(("lesson band", place)));
            let mut used = 0.0_f32;
            ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
                ui.columns(if has_question { 2 } else { 1 }, |columns| {
                    used = scroll("text")
                        .show(&mut columns[0], |ui| ragged(ui, |ui| self.lesson_text_ui(ui, Shortened::Nothing)))
                        .content_size
                        .y;
                    if let Some(right) = columns.get_mut(1) {
                        let shown = scroll("question")
                            .show(right, |ui| ragged(ui, |ui| self.lesson_question_ui(ui, Shortened::Nothing)));
                        used = used.max(shown.content_size.y);
                        clicked = shown.inner.or(clicked);
                    }
                });
            });
            fit.end(ui, used > height);
        }
        let feet = ui.max_rect().with_min_y(bottom - FEET);
        let feet = ui.scope_builder(UiBuilder::new().max_rect(feet), |ui| {
            let clicked = self.lesson_feet_ui(ui, is_low);
            if is_low {
                self.lesson_progress_ui(ui);
            }
            clicked
        });
        feet.inner.or(clicked)
    }

    /// How many guesses were made here.
    fn guessed(&self) -> usize {
        self.lesson.shown().map_or(0, |open| open.guesses().len())
    }

    /// Which lesson it is, where in it one is, and a way out.
    fn lesson_head_ui(&self, ui: &mut Ui) -> Option<Action> {
        let clicked = ui.horizontal(|ui| self.lesson_place_ui(ui)).inner;
        self.lesson_progress_ui(ui);
        ui.add_space(8.0);
        clicked
    }

    /// The same in what is left of a line.
    fn lesson_place_ui(&self, ui: &mut Ui) -> Option<Action> {
        let open = self.lesson.shown()?;
        let colors = *colors(ui.visuals());
        let mut clicked = None;
        let small = |text: String| RichText::new(text).font(theme::regular(12.0)).color(colors.quiet);
        let count = format!("{} of {}", open.place.step + 1, open.lesson.steps.len());
        // What stands at the right has its room first.
        let room = vec2((ui.available_width() - COUNT).max(0.0), 18.0);
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(room);
            if room.x >= ROOM_FOR_TITLE {
                ui.add(Label::new(small(open.lesson.title.clone())).truncate());
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = ui.add(Button::new(small("×".to_owned())).frame(false).min_size(vec2(18.0, 18.0)));
            close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Close the lesson"));
            if close.on_hover_text("Close the lesson; it begins here again. What is shown stays.").clicked() {
                clicked = Some(Action::LessonClose);
            }
            ui.label(small(count));
        });
        clicked
    }

    /// How much of the lesson is done, as a line.
    fn lesson_progress_ui(&self, ui: &mut Ui) {
        let Some(open) = self.lesson.shown() else { return };
        let colors = colors(ui.visuals());
        let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), 3.0), Sense::hover());
        ui.painter().rect_filled(line, 1.5, colors.rail);
        let done = line.width() * (open.place.step + 1) as f32 / open.lesson.steps.len().max(1) as f32;
        ui.painter().rect_filled(Rect::from_min_size(line.min, vec2(done, line.height())), 1.5, colors.accent);
    }

    /// Title and text of the step.
    fn lesson_text_ui(&self, ui: &mut Ui, shortened: Shortened) {
        let Some(open) = self.lesson.shown() else { return };
        let step = open.step();
        let known = self.known_of_lesson();
        let evidence = known.evidence();
        ui.spacing_mut().item_spacing.y = 8.0;
        if shortened == Shortened::Title {
            return;
        }
        ui.label(
            RichText::new(&step.title).font(theme::semibold(text_size(ui) + 3.5)).color(colors(ui.visuals()).text),
        );
        if shortened == Shortened::Text {
            return;
        }
        let told = self.told_before(&evidence);
        let said = open.said_when_asked().or(told.map(|told| &told.text)).cloned();
        for runs in said.unwrap_or_else(|| step.text.filled(&evidence)) {
            paragraph_ui(ui, &runs);
        }
        if told.is_some() {
            let note = "This is said of the story, which is not what is set now.";
            ui.label(RichText::new(note).font(theme::regular(12.0)).color(colors(ui.visuals()).quiet));
        }
    }

    /// Its question, if it has one.
    fn lesson_question_ui(&self, ui: &mut Ui, shortened: Shortened) -> Option<Action> {
        let question = self.lesson.shown()?.step().question.as_ref()?;
        self.question_ui(ui, question, &self.known_of_lesson().evidence(), shortened)
    }

    /// Back and Next, and what keeps one from going on, or leads back to the story; with where one is where there is no other line
    /// for that.
    fn lesson_feet_ui(&self, ui: &mut Ui, with_place: bool) -> Option<Action> {
        let open = self.lesson.shown()?;
        let colors = *colors(ui.visuals());
        let key = |action: Action| action.key(ui).map_or_else(String::new, |key| format!(" Key: {key}"));
        let hover = |text: &str, action: Action| format!("{text}{}", key(action));
        let hovers = [
            hover("Go back to the place before.", Action::LessonBack),
            hover("Set what the story has here. What you tried can be redone.", Action::LessonReturn),
            hover("Set what it would look like, and go on.", Action::LessonSkip),
            hover("Go on.", Action::LessonNext),
        ];
        let [back_hover, return_hover, skip_hover, next_hover] = hovers;
        let has_goal = open.step().until.is_some();
        let (can_go_on, can_go_back) = (self.can_go_on_in_lesson(), self.can_go_back_in_lesson());
        let next = match (open.is_asking(), open.beside(1)) {
            (true, _) => "Show",
            (false, Some(_)) => "Next",
            (false, None) => "Done",
        };
        let has_left = self.has_left_story();
        let mut clicked = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().button_padding = vec2(12.0, 5.0);
            if ui.add_enabled(can_go_back, Button::new("Back")).on_hover_text(back_hover).clicked() {
                clicked = Some(Action::LessonBack);
            }
            let text = RichText::new(next).color(if can_go_on { colors.on_accent } else { colors.quiet });
            let fill = if can_go_on { colors.accent } else { colors.panel };
            let button = ui.add_enabled(can_go_on, Button::new(text).fill(fill).min_size(vec2(64.0, 0.0)));
            let button = button.on_hover_text(next_hover);
            if button.on_disabled_hover_text("This goes on when what the text asks for is reached.").clicked() {
                clicked = Some(Action::LessonNext);
            }
            ui.spacing_mut().button_padding = vec2(6.0, 5.0);
            let quiet = |text: &str, color| {
                Button::new(RichText::new(text.to_owned()).font(theme::regular(12.5)).color(color)).frame(false)
            };
            if !can_go_on {
                if ui.add(quiet("Show me", colors.quiet)).on_hover_text(skip_hover).clicked() {
                    clicked = Some(Action::LessonSkip);
                }
            } else if has_left {
                // Who is asked to move something has not moved away.
                let (said, color) =
                    if has_goal { ("Start the step over", colors.quiet) } else { ("Back to the story", colors.accent) };
                if ui.add(quiet(said, color)).on_hover_text(return_hover).clicked() {
                    clicked = Some(Action::LessonReturn);
                }
            }
            if with_place {
                clicked = self.lesson_place_ui(ui).or(clicked);
            }
        });
        clicked
    }
}

/// Lines that end where their words do: columns would stretch them.
fn ragged<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.with_layout(Layout::top_down(Align::Min), add).inner
}
