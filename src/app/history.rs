//! Steps of the experiment that can be undone: what was set whenever nothing was being dragged. To look at it in another way is no
//! step; but a step that brought another view with it, as opening a scene does, is undone with that.

use std::time::{Duration, Instant};

use super::App;
use super::given::FileNetwork;
use crate::experiment::{Experiment, Inputs};
use crate::figure::Shown;
use crate::lesson::LessonAt;
use crate::subject::Subject;
use crate::training::TrainingPlan;

/// What is set at some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// What the controls say.
    pub experiment: Experiment,
    /// The file whose weights it has, if they are not drawn.
    pub given: Option<FileNetwork>,
    /// The experiments to choose from, where there are several.
    pub cases: Vec<Experiment>,
    /// What it is compared with, and where it stands among these.
    pub pinned: (Vec<Subject>, usize),
    /// How networks are trained.
    pub plan: TrainingPlan,
    /// How it was looked at last.
    pub shown: Shown,
    /// Where in a lesson it was set.
    pub lesson: Option<LessonAt>,
}

/// A moment on the other side of a step.
#[derive(Clone, Debug, PartialEq)]
struct Neighbour {
    moment: Moment,
    /// How it was looked at on this side of the step, and on the other.
    step: (Shown, Shown),
}

/// What was set before, and what was undone.
#[derive(Default)]
pub struct History {
    /// What was set before, oldest first.
    before: Vec<Neighbour>,
    /// What is set, as it was last noted.
    present: Option<Moment>,
    /// What was undone, the next to redo last.
    after: Vec<Neighbour>,
    /// When the last step was made.
    stepped: Option<Instant>,
}

/// Steps that are kept.
const STEPS: usize = 200;
/// Parameters that move in quicker succession are moved by one hand, with a key held down.
const QUICK: Duration = Duration::from_millis(500);

impl Moment {
    /// Whether the same is set, however it is looked at.
    fn is_like(&self, other: &Self) -> bool {
        let beside = self.cases == other.cases && self.pinned == other.pinned && self.given == other.given;
        let place = self.lesson == other.lesson;
        // With other seeds more is trained: that is set rather than looked at.
        let seeds = self.shown.training.seeds == other.shown.training.seeds;
        self.experiment == other.experiment && self.plan == other.plan && beside && place && seeds
    }
}

impl History {
    /// What is set now, when nothing is being dragged: if that is new, it is a step.
    pub fn note(&mut self, now: Instant, moment: Moment) {
        let Some(present) = self.present.take() else {
            self.present = Some(moment);
            return;
        };
        if present.is_like(&moment) {
            self.present = Some(moment);
            return;
        }
        let quick = self.stepped.is_some_and(|stepped| now.saturating_duration_since(stepped) < QUICK);
        let is_same_hand = |from: &Neighbour| is_same_knob(&from.moment, &present) && is_same_knob(&present, &moment);
        let goes_on = quick && self.after.is_empty() && self.before.last().is_some_and(is_same_hand);
        self.after.clear();
        self.stepped = Some(now);
        let step = (present.shown, moment.shown);
        self.present = Some(moment);
        if !goes_on {
            self.before.push(Neighbour { moment: present, step });
            if self.before.len() > STEPS {
                self.before.remove(0);
            }
        }
    }

    /// The next step is one by itself, however soon it follows.
    pub fn part(&mut self) {
        self.stepped = None;
    }

    /// Whether this is what was noted last.
    fn is_at(&self, moment: &Moment) -> bool {
        self.present.as_ref() == Some(moment)
    }

    /// What was set before the last step, looked at as now but for what the step changed of that.
    pub fn undo(&mut self) -> Option<Moment> {
        let back = self.before.pop()?;
        let (gone, there) = self.go(back)?;
        self.after.push(gone);
        Some(there)
    }

    /// Goes back to where a place of a lesson was come to: all that was set since can be redone.
    pub fn undo_within(&mut self, at: &LessonAt) {
        while self.before.last().is_some_and(|last| last.moment.lesson.as_ref() == Some(at)) {
            self.undo();
        }
    }

    /// What was undone last, looked at as now but for what the step changed of that.
    pub fn redo(&mut self) -> Option<Moment> {
        let forward = self.after.pop()?;
        let (gone, there) = self.go(forward)?;
        self.before.push(gone);
        Some(there)
    }

    /// Goes to a neighbour; returns the present as the neighbour it becomes.
    fn go(&mut self, to: Neighbour) -> Option<(Neighbour, Moment)> {
        let Neighbour { moment, step: (there, here) } = to;
        let present = self.present.take()?;
        let moment = Moment { shown: present.shown.with_step(here, there), ..moment };
        self.present = Some(moment.clone());
        self.stepped = None;
        Some((Neighbour { moment: present, step: (here, there) }, moment))
    }

    /// Inputs that could not be read were never there.
    pub fn forget_inputs(&mut self, unread: &Inputs, instead: &Inputs) {
        let beside = self.before.iter_mut().chain(&mut self.after).map(|neighbour| &mut neighbour.moment);
        for inputs in beside.chain(&mut self.present).map(|moment| &mut moment.experiment.inputs) {
            if (&inputs.data, inputs.split) == (&unread.data, unread.split) {
                let images = inputs.images.min(instead.available());
                *inputs = Inputs { images, ..instead.clone() };
            }
        }
        self.before.dedup_by(|next, last| next.moment.is_like(&last.moment));
        self.after.dedup_by(|next, last| next.moment.is_like(&last.moment));
        let present = &self.present;
        self.before.pop_if(|last| present.as_ref().is_some_and(|present| present.is_like(&last.moment)));
    }
}

/// Whether two moments differ in the parameters of one initializer alone.
fn is_same_knob(from: &Moment, to: &Moment) -> bool {
    if from.plan != to.plan || from.lesson != to.lesson {
        return false;
    }
    let (initializer, name) = (to.experiment.initializer, from.experiment.initializer.name());
    let moved = Experiment { initializer, ..from.experiment.clone() };
    let beside = from.cases == to.cases && from.pinned == to.pinned && from.given == to.given;
    initializer.name() == name && moved == to.experiment && beside
}

impl App {
    /// What is set, and how it is looked at.
    pub(super) fn moment(&self) -> Moment {
        let pinned = (self.comparison.pinned().to_vec(), self.comparison.place());
        let (shown, plan, lesson) = (self.shown, self.plan.clone(), self.lesson_at());
        let given = self.given.now().cloned();
        Moment { experiment: self.experiment.clone(), given, cases: self.cases.clone(), pinned, plan, shown, lesson }
    }

    /// Keeps what is set for those who want to go back to it.
    pub(super) fn keep_history(&mut self, ctx: &egui::Context) {
        // What plays is one step, when it is over.
        if ctx.dragged_id().is_some() || self.played().is_some() {
            return;
        }
        let moment = self.moment();
        if !self.history.is_at(&moment) {
            self.history.note(Instant::now(), moment);
        }
    }

    /// Keeps what is set as a step by itself, whatever came before and comes after.
    pub(super) fn note_step(&mut self, now: Instant) {
        self.note_step_to(now, self.experiment.clone());
    }

    /// The same with an experiment that was set until now.
    pub(super) fn note_step_to(&mut self, now: Instant, experiment: Experiment) {
        let moment = match self.history.present.clone() {
            // What else may have changed meanwhile is the next step.
            Some(present) => Moment { experiment, shown: self.shown, ..present },
            None => Moment { experiment, ..self.moment() },
        };
        self.history.part();
        if !self.history.is_at(&moment) {
            self.history.note(now, moment);
        }
        self.history.part();
    }

    /// Whether there is something to go back to.
    pub(super) fn can_undo(&self) -> bool {
        !self.history.before.is_empty() || self.played().is_some()
    }

    /// Whether something was undone, and nothing set since.
    pub(super) fn can_redo(&self) -> bool {
        !self.history.after.is_empty()
    }

    /// Back to the experiment before the last change.
    pub(super) fn undo(&mut self) {
        self.stop_playing();
        let there = self.history.undo();
        self.return_to(there);
    }

    /// Forward to what was undone.
    pub(super) fn redo(&mut self) {
        self.stop_playing();
        let there = self.history.redo();
        self.return_to(there);
    }

    fn return_to(&mut self, there: Option<Moment>) {
        let Some(Moment { experiment, given, cases, pinned: (pinned, place), plan, shown, lesson }) = there else {
            return;
        };
        self.let_race_come_back();
        self.return_to_lesson(lesson.as_ref());
        self.plan = plan;
        self.return_to_slots(&pinned, place);
        self.return_to_file(given);
        self.set_experiment(experiment);
        self.cases = cases;
        self.look_as(shown);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Initializer;
    use crate::figure::{Panels, ViewName};

    fn moment(sigma: f64, seed: u32) -> Moment {
        let initializer = Initializer::RandomNormal { mean: 0.0, sigma };
        Moment {
            experiment: Experiment { initializer, seed, ..Experiment::article() },
            given: None,
            cases: Vec::new(),
            pinned: (Vec::new(), 0),
            plan: TrainingPlan::default(),
            shown: Shown::default(),
            lesson: None,
        }
    }

    fn history_of(moments: &[(u64, Moment)]) -> History {
        let (start, mut history) = (Instant::now(), History::default());
        for (millis, moment) in moments {
            history.note(start + Duration::from_millis(*millis), moment.clone());
        }
        history
    }

    #[test]
    fn what_is_undone_can_be_redone_until_something_else_is_set() {
        let steps = [moment(0.1, 1), moment(0.1, 2), moment(0.1, 3)];
        let mut history = history_of(&[(0, steps[0].clone()), (1, steps[1].clone()), (2, steps[2].clone())]);
        let undone = [history.undo(), history.undo()];
        assert_eq!(undone, [Some(steps[1].clone()), Some(steps[0].clone())]);
        assert_eq!(history.undo(), None);
        assert_eq!(history.redo().as_ref(), Some(&steps[1]));
        history.note(Instant::now(), moment(0.1, 4));
        assert_eq!(history.redo(), None);
        assert_eq!(history.undo().as_ref(), Some(&steps[1]));
    }

    #[test]
    fn a_key_that_is_held_down_is_one_step() {
        let run = [(0, moment(0.1, 1)), (1000, moment(0.11, 1)), (1100, moment(0.12, 1)), (1200, moment(0.13, 1))];
        assert_eq!(history_of(&run).undo(), Some(moment(0.1, 1)));
        // Another seed is another step, however soon.
        let other = [(0, moment(0.1, 1)), (1000, moment(0.11, 1)), (1100, moment(0.11, 2))];
        assert_eq!(history_of(&other).undo(), Some(moment(0.11, 1)));
        // And so is a later one.
        let later = [(0, moment(0.1, 1)), (1000, moment(0.11, 1)), (3000, moment(0.12, 1))];
        assert_eq!(history_of(&later).undo(), Some(moment(0.11, 1)));
    }

    #[test]
    fn a_step_that_brought_another_view_is_undone_with_it_and_no_other_view_is() {
        let shown = |view: ViewName| Shown { view, ..Shown::default() };
        let at = |seed: u32, view: ViewName| Moment { shown: shown(view), ..moment(0.1, seed) };
        let steps = [
            (0, at(1, ViewName::Layers)),
            // Only looked at in another way.
            (1000, at(1, ViewName::Units)),
            // A scene, say.
            (2000, at(2, ViewName::Landscape)),
            (3000, at(3, ViewName::Landscape)),
            (4000, at(3, ViewName::Layers)),
        ];
        let mut history = history_of(&steps);
        let there = |moment: Option<Moment>| moment.map(|moment| (moment.experiment.seed, moment.shown.view));
        assert_eq!(there(history.undo()), Some((2, ViewName::Layers)), "it is looked at as now");
        assert_eq!(there(history.undo()), Some((1, ViewName::Units)), "as before the scene");
        assert_eq!(there(history.undo()), None);
        assert_eq!(there(history.redo()), Some((2, ViewName::Landscape)), "as the scene had it");
    }

    #[test]
    fn only_what_a_step_changed_of_the_view_is_undone_with_it() {
        let pinned = |seed: u32, shown: Shown| Moment { shown, ..moment(0.1, seed) };
        let before = Shown::default();
        let step = Shown { view: ViewName::Compare, ..before };
        let later = Shown { sorted: true, panels: Panels { theory: true, ..before.panels }, ..step };
        let mut history = history_of(&[(0, pinned(1, before)), (1000, pinned(2, step)), (2000, pinned(2, later))]);
        let shown = history.undo().map(|moment| moment.shown);
        assert_eq!(shown, Some(Shown { view: ViewName::Layers, ..later }));
    }
}
