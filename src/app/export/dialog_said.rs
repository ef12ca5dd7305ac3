use egui::{Label, RichText, Ui};

use crate::app::sentence::sentence;
use crate::app::theme::colors;

/// What a dialog says of its own work, beside what was set in it then: it stands there until something else is.
pub(super) struct DialogSaid<S>(Option<(Outcome, S)>);

/// What became of the work of a dialog.
pub(super) enum Outcome {
    /// It is done, in a sentence.
    Done(&'static str),
    /// Why it is not.
    Refused(String),
}

impl<S> Default for DialogSaid<S> {
    fn default() -> Self {
        Self(None)
    }
}

impl<S: PartialEq> DialogSaid<S> {
    /// Says what became of it with these settings.
    pub fn say(&mut self, outcome: Outcome, set: S) {
        self.0 = Some((outcome, set));
    }

    /// Says nothing any more.
    pub fn forget(&mut self) {
        self.0 = None;
    }

    /// Whether something is said.
    pub fn is_there(&self) -> bool {
        self.0.is_some()
    }

    /// What is said, unless something else is set by now.
    pub fn ui(&mut self, ui: &mut Ui, set: &S) {
        self.0.take_if(|(_, then)| then != set);
        let colors = *colors(ui.visuals());
        let text = match &self.0 {
            Some((Outcome::Done(said), _)) => RichText::new(*said).small().color(colors.quiet),
            Some((Outcome::Refused(why), _)) => RichText::new(sentence(why)).color(colors.alarm),
            None => return,
        };
        ui.add(Label::new(text).wrap());
    }
}
