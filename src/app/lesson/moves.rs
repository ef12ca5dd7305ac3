use std::sync::Arc;

use egui::Context;

use super::lit;
use super::open_lesson::OpenLesson;
use crate::app::App;
use crate::app::commands::Action;
use crate::app::confirmation::confirm;
use crate::data_file::{SetWish, unread};
use crate::experiment::{Data, Experiment};
use crate::figure::ViewName;
use crate::lesson::{BuiltIn, Lesson, LessonAt, LessonPlace, LessonSource, LessonText, Lit};
use crate::subject::Subject;
use crate::training::TrainingPlan;

impl App {
    /// Opens a lesson: where it was left, or at its beginning.
    pub fn open_lesson(&mut self, ctx: &Context, lesson: Lesson, source: LessonSource) {
        self.note_lesson_left();
        self.set_race_aside();
        self.first_start.end();
        let left = self.lesson.left.get(&source).copied();
        let open = OpenLesson::new(source, lesson);
        let place = left.filter(|place| open.stage(*place).is_some()).unwrap_or_default();
        self.lesson.current = Some(open);
        self.lesson.is_open = true;
        self.lesson.is_list_open = false;
        self.enter(ctx, place);
    }

    /// Opens a lesson at its beginning, wherever it was left.
    pub(in crate::app) fn begin_lesson(&mut self, ctx: &Context, lesson: Lesson, source: LessonSource) {
        self.close_lesson();
        self.lesson.left.remove(&source);
        self.open_lesson(ctx, lesson, source);
    }

    /// Opens one that comes with the program.
    pub(in crate::app) fn open_built_in(&mut self, ctx: &Context, name: &str) {
        if let Some(built_in) = BuiltIn::named(name)
            && let Some(lesson) = built_in.lesson()
        {
            self.open_lesson(ctx, lesson.clone(), LessonSource::BuiltIn(name.to_owned()));
        }
    }

    /// The lesson that is shown.
    pub(in crate::app) fn lesson_in_sight(&self) -> Option<&Arc<Lesson>> {
        self.lesson.shown().map(|open| &open.lesson)
    }

    /// Where the lesson that is shown is, for sessions and what is undone.
    pub(in crate::app) fn lesson_at(&self) -> Option<LessonAt> {
        self.lesson.shown().map(OpenLesson::at)
    }

    /// Shows the lesson of the last session where it was, with what was set then.
    pub(in crate::app) fn restore_lesson(&mut self, at: LessonAt) {
        let lesson = match &at.source {
            LessonSource::BuiltIn(name) => BuiltIn::named(name).and_then(BuiltIn::lesson).cloned(),
            // One that is gone, or wrong by now, is not what this session is about.
            LessonSource::File(path) => Lesson::read(path).ok(),
        };
        let Some(lesson) = lesson else { return };
        let mut open = OpenLesson::new(at.source, lesson);
        if open.stage(at.place).is_some() {
            open.place = at.place;
            self.lesson.current = Some(open);
            self.lesson.is_open = true;
        }
    }

    /// Shows what a step of undo had: the lesson that is open at another place, or none.
    pub(in crate::app) fn return_to_lesson(&mut self, at: Option<&LessonAt>) {
        let there = self.lesson.current.as_mut().zip(at).filter(|(open, at)| open.source == at.source);
        let is_there = there.map(|(open, at)| open.place = at.place).is_some();
        if is_there {
            self.set_race_aside();
        }
        self.lesson.is_open = is_there;
    }

    /// Trains what is set, or goes back to before that, where a step of undo led to another place of the lesson.
    pub(in crate::app) fn follow_lesson(&mut self, ctx: &Context, before: Option<&LessonAt>) {
        let at = self.lesson_at();
        if at.is_none() || at.as_ref() == before {
            return;
        }
        let is_trained = self.lesson.shown().and_then(|open| open.stage(open.place)).map(|stage| stage.is_trained);
        if let Some(is_trained) = is_trained {
            self.set_race_of_stage(ctx, is_trained);
        }
    }

    fn note_lesson_left(&mut self) {
        if let Some(LessonAt { source, place }) = self.lesson_at() {
            self.lesson.left.insert(source, place);
        }
    }

    /// Shows what stands at a place of the lesson, which is a step by itself.
    fn enter(&mut self, ctx: &Context, place: LessonPlace) {
        self.note_asked(place);
        let Some(open) = &mut self.lesson.current else { return };
        let Some(stage) = open.stage(place).cloned() else { return };
        open.go_to(place);
        if open.step().lit.iter().any(|lit| lit::is_of_training(*lit)) {
            self.want_controls_of_training();
        }
        lit::show_lit(ctx);
        self.stop_playing();
        self.history.part();
        self.lay_out_scene(stage.scene.clone());
        self.set_race_of_stage(ctx, stage.is_trained);
        self.redraw();
    }

    /// Keeps what the text says of what is shown, before the answer shows something else.
    fn note_asked(&mut self, next: LessonPlace) {
        let is_answer = |open: &OpenLesson| open.is_asking() && next == LessonPlace { is_revealed: true, ..open.place };
        let Some(open) = self.lesson.shown().filter(|open| is_answer(open)) else { return };
        let said = open.step().text.filled(&self.known_of_lesson().evidence());
        if let Some(open) = &mut self.lesson.current {
            open.note_asked(said);
        }
    }

    /// Trains what is set to its end, or goes back to before that.
    fn set_race_of_stage(&mut self, ctx: &Context, is_trained: bool) {
        self.look_at(None);
        match (is_trained, self.has_race()) {
            (true, _) => self.race_to_end(ctx),
            (false, true) => self.rewind_race(ctx),
            (false, false) => {}
        }
    }

    /// Whether there is a next place, and it may be gone to.
    pub(in crate::app) fn can_go_on_in_lesson(&self) -> bool {
        self.lesson.shown().is_some_and(|open| !open.has_open_goal())
    }

    /// Whether a goal is still to be reached.
    pub(in crate::app) fn has_open_goal(&self) -> bool {
        self.lesson.shown().is_some_and(OpenLesson::has_open_goal)
    }

    /// Whether there is a lesson before whose place there is another.
    pub(in crate::app) fn can_go_back_in_lesson(&self) -> bool {
        self.lesson.shown().is_some_and(|open| open.beside(-1).is_some())
    }

    /// Whether a lesson is shown.
    pub(in crate::app) fn has_lesson(&self) -> bool {
        self.lesson.is_open
    }

    /// Whether the question that is shown has an answer at this place, from 0: its key is the question's until the step is left.
    pub(in crate::app) fn has_answer(&self, answer: usize) -> bool {
        let has = |open: &OpenLesson| open.step().question.as_ref().is_some_and(|asked| answer < asked.answers.len());
        self.lesson.shown().is_some_and(has)
    }

    /// Whether it waits for one, and this was not guessed yet.
    pub(in crate::app) fn can_answer(&self, answer: usize) -> bool {
        let is_open = |open: &OpenLesson| open.is_asking() && !open.guesses().contains(&answer);
        self.has_answer(answer) && self.lesson.shown().is_some_and(is_open)
    }

    /// Goes on: from a question to what it asks for, from that to the next step, from a goal that nobody tries to reach to what it
    /// would look like, and from the last step out of the lesson.
    pub(in crate::app) fn go_on_in_lesson(&mut self, ctx: &Context) {
        if self.has_open_goal() {
            self.show_goal(ctx);
            return;
        }
        match self.lesson.shown().map(|open| open.beside(1)) {
            Some(Some(next)) => self.enter(ctx, next),
            // A remote sends a press twice now and then.
            Some(None) if self.lesson.current.as_mut().is_some_and(OpenLesson::asks_to_end) => {
                let key = Action::LessonNext.key(ctx).unwrap_or_default();
                confirm(ctx, &format!("This is the last step: {key} once more closes the lesson"));
            }
            Some(None) => self.end_lesson(ctx),
            None => {}
        }
    }

    /// Goes back to the place before.
    pub(in crate::app) fn go_back_in_lesson(&mut self, ctx: &Context) {
        if let Some(before) = self.lesson.shown().and_then(|open| open.beside(-1)) {
            self.enter(ctx, before);
        }
    }

    /// What the speaker is told of this place: the step's title and text, notes, the right answer, and the title of the step that comes
    /// next; each with its name.
    pub(in crate::app) fn notes_of_lesson(&self) -> Vec<(&'static str, String)> {
        let Some(open) = self.lesson.shown() else { return Vec::new() };
        let step = open.step();
        let known = self.known_of_lesson();
        let filled = |text: &LessonText| {
            let paragraphs = text.filled(&known.evidence()).into_iter();
            let texts = paragraphs.map(|runs| runs.into_iter().map(|run| run.text).collect::<String>());
            texts.collect::<Vec<_>>().join("\n")
        };
        let mut parts = vec![("Step", format!("{}\n{}", step.title, filled(&step.text)))];
        if !step.notes.is_empty() {
            parts.insert(0, ("Notes", step.notes.clone()));
        }
        if let Some(question) = &step.question {
            let right = question.answers.get(question.right).map_or("", String::as_str);
            parts.push(("Question", filled(&question.text)));
            parts.push(("Right answer", format!("{} {right}", question.right + 1)));
        }
        let next = (1..).map_while(|by| open.beside(by)).find(|next| next.step != open.place.step);
        let title = next.and_then(|next| open.lesson.steps.get(next.step)).map(|step| step.title.clone());
        parts.extend(title.map(|title| ("Next", title)));
        parts
    }

    /// Whether the step that is shown lights the control of a setting, by its key.
    pub(in crate::app) fn lights(&self, key: &str) -> bool {
        let lit = self.lesson.shown().map_or(&[][..], |open| &open.step().lit);
        lit.iter().any(|lit| matches!(lit, Lit::Setting(setting) if *setting == key))
    }

    /// Answers the question that is shown.
    pub(in crate::app) fn answer_in_lesson(&mut self, ctx: &Context, answer: usize) {
        if !self.can_answer(answer) {
            return;
        }
        if let Some(open) = &mut self.lesson.current
            && open.note_guess(answer)
        {
            let place = LessonPlace { is_revealed: true, ..open.place };
            self.enter(ctx, place);
        }
    }

    /// Sets what reaches the goal of the step, for those who would rather see it.
    pub(in crate::app) fn show_goal(&mut self, ctx: &Context) {
        let Some(goal) = self.lesson.shown().and_then(|open| open.step().until.clone()) else { return };
        if let Ok(experiment) = goal.way.apply(&self.experiment) {
            self.set_experiment(experiment);
        }
        if let Some(open) = &mut self.lesson.current {
            open.note_reached();
        }
        ctx.request_repaint();
    }

    /// Closes the lesson; what is shown stays.
    pub(in crate::app) fn close_lesson(&mut self) {
        self.note_lesson_left();
        if self.has_lesson() {
            self.leave_race_of_lesson();
        }
        self.lesson.is_open = false;
    }

    /// The same after its last step: next time it begins anew.
    fn end_lesson(&mut self, ctx: &Context) {
        if let Some(at) = self.lesson_at() {
            self.lesson.left.remove(&at.source);
        }
        self.leave_race_of_lesson();
        self.lesson.is_open = false;
        confirm(ctx, "That was the last step: go on by yourself");
    }

    /// Whether something else is set, or looked at in another way, than the story has it.
    pub fn has_left_story(&self) -> bool {
        let Some(open) = self.lesson.shown() else { return false };
        let Some(stage) = open.stage(open.place) else { return false };
        let scene = &stage.scene;
        let slots = self.slots();
        let mut experiments = slots.iter().map(Subject::experiment).zip(&scene.experiments);
        let is_told = slots.len() == scene.experiments.len() && experiments.all(|(one, told)| is_as_told(one, told));
        let plan = scene.training.as_ref().and_then(|settings| TrainingPlan::read(settings).ok()).unwrap_or_default();
        let (shown, told) = (self.shown, stage.shown());
        let is_landscape = told.view == ViewName::Landscape;
        let is_other_look = shown.view != told.view
            || shown.layers != told.layers
            || is_landscape && (shown.plane, shown.mapped) != (told.plane, told.mapped)
            || matches!(told.view, ViewName::Training | ViewName::TrainingLandscape) && shown.training != told.training;
        !is_told || self.plan != plan || is_other_look
    }

    /// Back to the story: what is set, how it is looked at, and what can be undone are as they were when the step began; what was
    /// tried since can be redone.
    pub(in crate::app) fn return_to_story(&mut self, ctx: &Context) {
        let Some(at) = self.lesson_at() else { return };
        self.stop_playing();
        self.keep_history(ctx);
        self.history.undo_within(&at);
        self.enter(ctx, at.place);
    }
}

/// Whether an experiment is what a story tells of, which only names data of the user's own.
fn is_as_told(experiment: &Experiment, told: &Experiment) -> bool {
    match (unread(told), &experiment.inputs.data) {
        (Some(asked), Data::Set(set)) if SetWish::of(set) == asked => {
            let inputs = told.inputs.of_set(Arc::clone(set));
            inputs.is_ok_and(|inputs| *experiment == Experiment { inputs, ..told.clone() })
        }
        _ => experiment == told,
    }
}
