use crate::app::App;
use crate::figure::ViewName;
use crate::number;
use crate::training::Length;

impl App {
    /// What happened to the race, or where a scene that was opened had it, in a sentence.
    pub(in crate::app) fn said_of_race(&self) -> Option<String> {
        self.race.begun_anew.clone().or_else(|| self.said_of_scene())
    }

    /// Takes note that what is set is of a scene: one of a network after some steps is not there yet.
    pub(in crate::app) fn note_scene(&mut self) {
        self.race.of_scene = Some(self.experiment.clone());
        self.race.begun_anew = None;
    }

    /// How to get to the step that a scene was looked at, as long as nothing of it is changed.
    fn said_of_scene(&self) -> Option<String> {
        let is_set = self.race.of_scene.as_ref().is_some_and(|of_scene| *of_scene == self.experiment);
        match self.plan.training().length {
            Length::Steps(steps) if is_set && !self.has_race() && self.shown.view != ViewName::Training => {
                let plural = if steps == 1 { "" } else { "s" };
                let steps = number::count(steps);
                Some(format!("This is before {steps} step{plural} of training: Train (Shift+Space) makes them."))
            }
            Length::Steps(_) | Length::Epochs(_) => None,
        }
    }
}
