//! Steps of the experiment that can be undone: what was set whenever nothing was being dragged. The view is no part of it.

use std::time::{Duration, Instant};

use super::App;
use crate::experiment::{Experiment, Inputs};
use crate::subject::Subject;

/// What is set at some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// What the controls say.
    pub experiment: Experiment,
    /// The experiments to choose from, where there are several.
    pub cases: Vec<Experiment>,
    /// What it is compared with, and where it stands among these.
    pub pinned: (Vec<Subject>, usize),
}

/// What was set before, and what was undone.
#[derive(Default)]
pub struct History {
    /// What was set before, oldest first.
    before: Vec<Moment>,
    /// What is set, as it was last noted.
    present: Option<Moment>,
    /// What was undone, the next to redo last.
    after: Vec<Moment>,
    /// When the last step was made.
    stepped: Option<Instant>,
}

/// Steps that are kept.
const STEPS: usize = 200;
/// Parameters that move in quicker succession are moved by one hand, with a key held down.
const QUICK: Duration = Duration::from_millis(500);

impl History {
    /// What is set now, when nothing is being dragged: if that is new, it is a step.
    pub fn note(&mut self, now: Instant, moment: Moment) {
        let Some(present) = self.present.replace(moment) else { return };
        if self.present.as_ref() == Some(&present) {
            return;
        }
        let quick = self.stepped.is_some_and(|stepped| now.saturating_duration_since(stepped) < QUICK);
        let goes_on = quick
            && self.after.is_empty()
            && (self.before.last().zip(self.present.as_ref()))
                .is_some_and(|(from, to)| is_same_knob(from, &present) && is_same_knob(&present, to));
        self.after.clear();
        self.stepped = Some(now);
        if !goes_on {
            self.before.push(present);
            if self.before.len() > STEPS {
                self.before.remove(0);
            }
        }
    }

    /// Whether this is what was noted last.
    fn is_at(&self, moment: &Moment) -> bool {
        self.present.as_ref() == Some(moment)
    }

    /// What was set before the last step.
    pub fn undo(&mut self) -> Option<Moment> {
        let moment = self.before.pop()?;
        self.after.extend(self.present.replace(moment.clone()));
        self.stepped = None;
        Some(moment)
    }

    /// What was undone last.
    pub fn redo(&mut self) -> Option<Moment> {
        let moment = self.after.pop()?;
        self.before.extend(self.present.replace(moment.clone()));
        self.stepped = None;
        Some(moment)
    }

    /// Inputs that could not be read were never there.
    pub fn forget_inputs(&mut self, unread: &Inputs, instead: &Inputs) {
        let moments = self.before.iter_mut().chain(&mut self.present).chain(&mut self.after);
        for inputs in moments.map(|moment| &mut moment.experiment.inputs) {
            if (&inputs.data, inputs.split) == (&unread.data, unread.split) {
                let images = inputs.images.min(instead.available());
                *inputs = Inputs { images, ..instead.clone() };
            }
        }
        self.before.dedup();
        self.after.dedup();
        self.before.pop_if(|last| self.present.as_ref() == Some(last));
    }
}

/// Whether two moments differ in the parameters of one initializer alone.
fn is_same_knob(from: &Moment, to: &Moment) -> bool {
    let (initializer, name) = (to.experiment.initializer, from.experiment.initializer.name());
    let moved = Experiment { initializer, ..from.experiment.clone() };
    let beside = from.cases == to.cases && from.pinned == to.pinned;
    initializer.name() == name && moved == to.experiment && beside
}

impl App {
    /// What is set.
    fn moment(&self) -> Moment {
        let pinned = (self.comparison.pinned().to_vec(), self.comparison.place());
        Moment { experiment: self.experiment.clone(), cases: self.cases.clone(), pinned }
    }

    /// Keeps what is set for those who want to go back to it.
    pub(super) fn keep_history(&mut self, ctx: &egui::Context) {
        if ctx.dragged_id().is_some() {
            return;
        }
        let moment = self.moment();
        if !self.history.is_at(&moment) {
            self.history.note(Instant::now(), moment);
        }
    }

    /// Whether there is something to go back to.
    pub(super) fn can_undo(&self) -> bool {
        !self.history.before.is_empty()
    }

    /// Whether something was undone, and nothing set since.
    pub(super) fn can_redo(&self) -> bool {
        !self.history.after.is_empty()
    }

    /// Back to the experiment before the last change.
    pub(super) fn undo(&mut self) {
        let moment = self.history.undo();
        self.return_to(moment);
    }

    /// Forward to what was undone.
    pub(super) fn redo(&mut self) {
        let moment = self.history.redo();
        self.return_to(moment);
    }

    fn return_to(&mut self, moment: Option<Moment>) {
        if let Some(Moment { experiment, cases, pinned: (pinned, place) }) = moment {
            self.return_to_slots(&pinned, place, &experiment.into());
            self.cases = cases;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Initializer;

    fn moment(sigma: f64, seed: u32) -> Moment {
        let initializer = Initializer::RandomNormal { mean: 0.0, sigma };
        Moment {
            experiment: Experiment { initializer, seed, ..Experiment::article() },
            cases: Vec::new(),
            pinned: (Vec::new(), 0),
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
        assert_eq!([history.undo(), history.undo()], [Some(steps[1].clone()), Some(steps[0].clone())]);
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
}
