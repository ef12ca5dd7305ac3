//! What actions do. A panel asks for an action; it is done when the frame is over, and keys are done before it begins.

use egui::{Context, Event, Key};

use super::App;
use super::commands::keys::{Binding, Keys};
use super::commands::{Action, Presentation, SLOTS};
use super::confirmation::confirm;
use super::controls::key_steps::{is_moved_by_hand, takes_page_keys};
use super::controls::number_rest::is_typing;
use super::modal;
use super::reach::motion;
use super::training::training_look;
use crate::experiment::{Experiment, Preset};
use crate::figure::training::TrainedValue;
use crate::figure::{Arrange, AxisRange, Mapped, ViewName};
use crate::training::TrainingPlan;

impl App {
    /// Asks for an action, which is done when the frame is over.
    pub(super) fn act(&mut self, ctx: &Context, action: Action) {
        self.asked_for.push(action);
        ctx.request_repaint();
    }

    /// Does what was asked for in this frame.
    pub(super) fn do_what_was_asked_for(&mut self, ctx: &Context) {
        for action in std::mem::take(&mut self.asked_for) {
            self.carry_out(ctx, action);
        }
    }

    /// Does what the keys say, unless somebody is typing.
    pub(super) fn shortcuts(&mut self, ui: &egui::Ui) {
        let was_typing = std::mem::replace(&mut self.typing, is_typing(ui));
        // What leaves a field, with what was typed in it left out, means nothing else.
        let leaves = was_typing && ui.input(|input| input.key_pressed(Key::Escape));
        let is_pressed = |event: &Event| matches!(event, Event::Key { pressed: true, .. });
        self.left_field = leaves;
        if leaves || !ui.input(|input| input.events.iter().any(is_pressed)) {
            return;
        }
        if self.closes_scene_file(ui) {
            return;
        }
        let keys = Keys::installed(ui);
        for binding in keys.in_order(self.shown.view, self.presenting.is_on()) {
            // A key of the view in front that has nothing to do there is none of another view's.
            if !matches!(binding.action, Action::Nudge(_)) && keys.means_another_thing_in(&binding, self.shown.view) {
                continue;
            }
            // What is typed is left to whoever types, but for the way into the palette.
            let is_heard = !self.typing || binding.action == Action::Palette && binding.types_nothing();
            if is_heard
                && self.is_key_meant(ui, &binding)
                && ui.input_mut(|input| input.consume_shortcut(&binding.shortcut))
            {
                self.carry_out(ui, binding.action);
            }
        }
        self.say_what_is_in_front(ui);
    }

    /// Whether a key means what it does. Some remotes send arrows, which lead through a lesson, or through cases, and mean nothing at
    /// either end: a room is never shown another sigma by them.
    pub(super) fn is_key_meant(&self, ctx: &Context, binding: &Binding) -> bool {
        let leads = matches!(binding.action, Action::Present(Presentation::Next | Presentation::Before));
        let is_arrow = matches!(binding.shortcut.logical_key, Key::ArrowLeft | Key::ArrowRight);
        if !(leads && is_arrow) {
            return self.is_meant(ctx, binding.action);
        }
        let is_free = ctx.memory(|memory| memory.focused().is_none()) && !egui::Popup::is_any_open(ctx);
        self.in_front().is_none() && is_free && (self.is_black() || self.has_lesson() || self.cases.len() > 1)
    }

    /// Whether a key means an action now; one that has another meaning elsewhere is left to that.
    fn is_meant(&self, ctx: &Context, action: Action) -> bool {
        // What stands behind a dialog is left alone.
        if let Some(front) = self.in_front() {
            return self.is_meant_in(ctx, front, action);
        }
        let nothing_focused = || ctx.memory(|memory| memory.focused().is_none());
        // Such a slider takes only keys that the window has no use for.
        let is_free = || nothing_focused() || is_moved_by_hand(ctx);
        let is_at_race = || is_free() || self.is_time_slider_focused(ctx);
        let no_list_is_open = || !egui::Popup::is_any_open(ctx);
        match action {
            // A list that is open is closed by the same key.
            Action::Stop | Action::Present(Presentation::Leave) => no_list_is_open() && self.is_of_use(ctx, action),
            // Elsewhere the arrows move what they always move.
            Action::LayerBefore | Action::LayerAfter if self.presenting.is_on() => self.presenting.highlights(),
            // The digits of a question are its own until its step is left.
            Action::LessonAnswer(answer) => self.has_answer(answer),
            // Whoever answers once more does not mean a view.
            Action::View(_) if self.presenting.is_on() && self.has_lesson() => false,
            // A map of networks in focus goes to a cell by Enter; the units' has no use for it.
            Action::GoOn => {
                let of_units = self.shown.view.is_of_units() && self.can_go_on_beside();
                self.is_of_use(ctx, action) && (of_units || is_free())
            }
            // A control in focus has a use for it.
            Action::PlayOrStop => {
                let goes_by_itself = self.played().is_some() || self.plays_race() && self.is_racing();
                let is_meant = if self.plays_race() { is_at_race() } else { is_free() };
                goes_by_itself || self.is_of_use(ctx, action) && is_meant && no_list_is_open()
            }
            // A slider, a map and the way from control to control have arrow keys of their own.
            Action::Nudge(_) | Action::KeptStep { .. } => {
                self.is_of_use(ctx, action) && nothing_focused() && no_list_is_open()
            }
            // A slider and a list have these keys, too.
            Action::LessonNext | Action::LessonBack | Action::LessonReturn | Action::LessonSkip => {
                let is_moved = takes_page_keys(ctx) || self.is_time_slider_focused(ctx);
                self.is_of_use(ctx, action) && !is_moved && no_list_is_open()
            }
            _ => self.is_of_use(ctx, action),
        }
    }

    /// Whether an action has something to do.
    pub(super) fn is_of_use(&self, ctx: &Context, action: Action) -> bool {
        match action {
            Action::Stop => self.can_stop() || self.can_leave_chosen(),
            Action::GoOn => self.can_go_on(),
            Action::Nudge(_) => self.can_nudge(),
            Action::Undo => self.can_undo() && ctx.dragged_id().is_none(),
            Action::Redo => self.can_redo() && ctx.dragged_id().is_none(),
            Action::CaseBefore | Action::CaseAfter | Action::CompareCases => self.cases.len() > 1,
            Action::Pin => self.comparison.count() < SLOTS,
            Action::Drop | Action::Swap | Action::Ghost => self.comparison.is_on(),
            Action::Slot(place) | Action::CopyFrom(place) => {
                place != self.comparison.place() && place < self.comparison.count()
            }
            Action::Copy(framework) => framework.code(&self.experiment).is_some(),
            Action::Dismiss => self.notice.is_some() || self.export.says_something(),
            Action::DrawAnew(_) | Action::DrawInstead => self.given.now().is_some(),
            Action::Play(setting) => self.can_play(setting),
            Action::PlayOrStop if self.plays_race() => self.is_racing() || self.can_race(),
            Action::PlayOrStop => self.can_play_or_stop(),
            Action::Race | Action::RaceStep => self.is_racing() || self.can_race(),
            Action::RaceRewind => self.has_race(),
            Action::TakeRates => self.can_take_rates(),
            Action::Newest => self.looked_at().is_some(),
            Action::KeptStep { .. } => self.furthest() > 0,
            Action::Start => self.is_after_start(),
            Action::Rate(_) => self.can_change_rate_from_here(),
            Action::Present(action) => self.can_present(action),
            Action::LessonNext | Action::LessonClose | Action::LessonPages => self.has_lesson(),
            Action::LessonBack => self.can_go_back_in_lesson(),
            Action::LessonReturn => self.has_lesson() && self.has_left_story(),
            Action::LessonSkip => self.has_open_goal(),
            Action::LessonAnswer(answer) => self.can_answer(answer),
            _ => true,
        }
    }

    /// Does an action.
    fn carry_out(&mut self, ctx: &Context, action: Action) {
        // What went wrong before is over when something else is done.
        self.notice = None;
        if let Some(why) = self.refusal(action) {
            self.notice = Some(why);
            return;
        }
        let data = self.own_data();
        self.make_way_for(action);
        match action {
            Action::Reseed => self.experiment.seed = rand::random(),
            Action::StartOver => {
                self.axis.forget_for(Experiment::article());
                if self.part_cases() && self.shown.view == ViewName::Compare {
                    self.show_in_centre(ViewName::Layers);
                }
                self.set_cases(vec![Experiment::article()]);
                self.plan = TrainingPlan::default();
            }
            Action::Undo => {
                let before = self.lesson_at();
                self.undo();
                self.follow_lesson(ctx, before.as_ref());
            }
            Action::Redo => {
                let before = self.lesson_at();
                self.redo();
                self.follow_lesson(ctx, before.as_ref());
            }
            Action::Nudge(nudge) => self.nudge(nudge),
            Action::CaseBefore => self.step_to_case(-1),
            Action::CaseAfter => self.step_to_case(1),
            Action::Copy(framework) => {
                if framework.copy(ctx, &self.experiment) {
                    confirm(ctx, &format!("Copied the line for {}", framework.name()));
                }
            }
            Action::CopyNetwork(framework) => {
                let (code, what) = self.network_to_copy(framework);
                ctx.copy_text(code);
                confirm(ctx, &format!("Copied {what} for {}", framework.name()));
            }
            Action::View(view) => {
                self.show_in_centre(view);
            }
            Action::Plane(plane) => {
                self.show_in_centre(ViewName::Landscape);
                self.shown.plane = plane;
            }
            Action::Mapped(mapped @ (Mapped::Accuracy | Mapped::Loss)) => {
                self.show_in_centre(ViewName::TrainingLandscape);
                self.shown.training.trained_value =
                    if mapped == Mapped::Loss { TrainedValue::Loss } else { TrainedValue::Accuracy };
            }
            Action::TrainedPlane(plane) => {
                self.show_in_centre(ViewName::TrainingLandscape);
                self.shown.training.trained_plane = plane;
            }
            Action::Mapped(mapped) => {
                self.show_in_centre(ViewName::Landscape);
                self.shown.mapped = mapped;
            }
            Action::Sort(sorted) => {
                if !self.shown.view.is_of_units() {
                    self.show_in_centre(ViewName::Units);
                }
                self.shown.sorted = sorted;
            }
            Action::Quantity(quantity) => {
                self.show_layers();
                self.shown.layers.quantity = quantity;
            }
            Action::Show(kind) => {
                self.show_layers();
                self.shown.layers.shape = kind;
            }
            Action::Axes(axes) => {
                self.show_layers();
                self.shown.layers.axes = axes;
            }
            Action::Scale(scale) => {
                self.show_layers();
                self.shown.layers.scale = scale;
            }
            Action::Robust => {
                self.show_layers();
                self.shown.layers.range =
                    if self.shown.layers.range == AxisRange::All { AxisRange::Robust } else { AxisRange::All };
            }
            Action::LockAxis => {
                self.show_in_centre(ViewName::Layers);
                self.shown.locked = !self.shown.locked;
            }
            Action::Theme(theme) => {
                self.theme = theme;
                ctx.set_theme(theme.preference());
            }
            // What is beside the layers is there with them.
            Action::Norms => {
                self.shown.panels.norms = self.show_in_centre(ViewName::Layers) || !self.shown.panels.norms;
            }
            Action::Seeds => self.toggle_seeds(),
            Action::Theory => self.shown.panels.theory = !self.shown.panels.theory,
            Action::Activation => self.shown.panels.activation = !self.shown.panels.activation,
            Action::Verdict => self.shown.panels.verdict = !self.shown.panels.verdict,
            Action::DrawAnew(arrange) => self.show_drawn_anew(arrange),
            Action::DrawInstead => self.draw_instead(),
            Action::LayerBefore => self.step_to_layer(-1),
            Action::LayerAfter => self.step_to_layer(1),
            Action::Words => {
                self.shown.panels.words = self.show_in_centre(ViewName::Layers) || !self.shown.panels.words;
            }
            Action::Numbers => {
                let is_new = !self.has_numbers();
                self.show_layers();
                self.shown.panels.numbers = is_new || !self.shown.panels.numbers;
            }
            Action::Play(setting) => self.toggle_play(ctx, setting),
            // In front of a race it plays that.
            Action::PlayOrStop if self.plays_race() => self.toggle_race(ctx),
            Action::PlayOrStop => self.play_or_stop(ctx),
            Action::Controls => {
                if !self.presenting.toggle_controls() {
                    self.shown.panels.controls = !self.shown.panels.controls;
                }
            }
            Action::Details => self.shown.panels.details = !self.shown.panels.details,
            Action::Scene(errand) => {
                self.show_controls();
                self.scene_file.note_place(ctx);
                self.scene_file.ask(errand);
            }
            Action::Export => self.ask_for_export(ctx),
            Action::CopyFigure => self.copy_figure(ctx),
            Action::CopyCommand => self.copy_command(ctx),
            Action::Pin => self.pin(),
            Action::Slot(place) => self.go_to_slot(place),
            Action::Drop => self.drop_slot(),
            Action::Swap => self.swap_slots(),
            Action::CopyFrom(place) => self.copy_from_slot(place),
            Action::Ghost => {
                let is_new = self.show_in_centre(ViewName::Compare);
                let is_ghost = self.shown.arrange == Arrange::Ghost && !is_new;
                self.shown.arrange = if is_ghost { Arrange::SideBySide } else { Arrange::Ghost };
            }
            Action::CompareCases => self.compare_cases(),
            Action::Present(action) => self.present(ctx, action),
            Action::Stop if self.can_stop() => self.stop(),
            Action::Stop => self.leave_chosen(),
            Action::GoOn => self.go_on(),
            // What the window said is gone already.
            Action::Dismiss => self.export.forget_said(),
            Action::Cards => self.cards = !self.cards,
            Action::Motion => motion::choose(ctx, Some(!motion::is_on(ctx))),
            Action::Palette => {
                modal::close_lists(ctx);
                if self.palette.is_open() {
                    self.close_palette();
                } else {
                    self.palette.put(true);
                }
            }
            Action::Presets => {
                modal::close_lists(ctx);
                self.presets.put(!self.presets.is_open());
            }
            Action::Preset(name) => {
                if let Ok(preset) = Preset::named(name) {
                    self.set_preset(preset);
                    // One of a training shows nothing before it goes on.
                    if self.shown.view == ViewName::Training && !self.is_racing() {
                        self.toggle_race(ctx);
                    }
                }
            }
            Action::Activate(activation) => self.experiment.activation = activation,
            Action::Initialize(name) => self.remembered.choose(name, &mut self.experiment),
            Action::Chart(_)
            | Action::LayerQuantity(_)
            | Action::RacerOf(_)
            | Action::TimeUnit(_)
            | Action::TimeLog
            | Action::LossLog => {
                self.show_in_centre(ViewName::Training);
                self.shown.training = training_look(self.shown.training, action);
            }
            Action::RaceSeeds(seeds) => self.repeat_over(seeds),
            Action::TakeRates => self.take_rates(ctx),
            Action::Race => self.toggle_race(ctx),
            Action::RaceStep => self.step_race(ctx),
            Action::RaceRewind => self.rewind_race(ctx),
            Action::Pace(pace) => self.pace_race(ctx, pace),
            Action::Start => self.toggle_start(),
            Action::Newest => self.look_at(None),
            Action::KeptStep { after, far } => self.look_at_kept_step(after, far),
            Action::Rate(change) => self.change_rate_from_here(ctx, change.factor()),
            Action::Setting(setting) => self.go_to_setting(ctx, setting),
            Action::Lessons => {
                modal::close_lists(ctx);
                self.lesson.put_list(!self.are_lessons_open());
            }
            Action::Lesson(name) => self.open_built_in(ctx, name),
            Action::LessonNext => self.go_on_in_lesson(ctx),
            Action::LessonBack => self.go_back_in_lesson(ctx),
            Action::LessonAnswer(answer) => self.answer_in_lesson(ctx, answer),
            Action::LessonReturn => self.return_to_story(ctx),
            Action::LessonSkip => self.show_goal(ctx),
            Action::LessonClose => self.close_lesson(),
            Action::AddStep => self.ask_for_step(),
            Action::LessonPages => self.ask_for_lesson_pages(ctx),
        }
        if !matches!(action, Action::Undo | Action::Redo) {
            self.say_what_data_are_left(ctx, data);
        }
        self.redraw();
    }
}
