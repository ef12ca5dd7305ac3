use super::super::App;
use crate::experiment::Experiment;
use crate::number;
use crate::opened_network::Guess;

impl App {
    /// Keeps what is set in accord with the file that is looked at: what the file decides is as it is there, and images that do not
    /// fit are not taken. An activation that somebody chose is no guess any more.
    pub(in crate::app) fn keep_given(&mut self) {
        let Some(file) = self.given.now.as_mut() else { return };
        if self.given.suited.as_ref() == Some(&self.experiment) {
            return;
        }
        let label = file.label();
        let mut told = None;
        match file.network.subject(&self.experiment) {
            Ok(subject) => {
                let is_other = |last: &Experiment| last.inputs.data != self.experiment.inputs.data;
                let has_other_images = self.given.suited.as_ref().is_some_and(is_other);
                let is_chosen =
                    self.given.suited.as_ref().is_some_and(|last| last.activation != self.experiment.activation);
                if is_chosen && file.names_activation() {
                    told = Some(format!("the file names its activation, which stays as it is there: {label}"));
                } else if is_chosen {
                    file.is_guess = false;
                }
                let wanted = (has_other_images && file.is_guess).then(|| file.wanted_again());
                self.experiment = subject.experiment().clone();
                // Other images may tell activations apart.
                if let Some(wanted) = wanted {
                    self.guess_again(wanted);
                }
            }
            Err(problem) => {
                let inputs = number::count(file.network.opened().file.inputs() as u64);
                self.notice = Some(format!("{problem}: choose data that have {inputs}, as {label} takes them"));
                let before = self.given.suited.clone();
                let suited = before.unwrap_or_else(|| file.network.suited(&self.experiment));
                self.experiment.inputs = suited.inputs;
                self.folder.show(&self.experiment.inputs);
                self.experiment = self.untrained().experiment().clone();
            }
        }
        if let Some(told) = told {
            self.tell(told);
        }
        self.given.suited = Some(self.experiment.clone());
        if let Some(file) = self.given.now.clone() {
            self.given.note(&file);
        }
    }

    /// Looks at the file's network as a guess has it, which is none any more.
    pub(in crate::app) fn choose_guess(&mut self, guess: &Guess) {
        let Some(file) = &mut self.given.now else { return };
        file.is_guess = false;
        self.given.suited = None;
        self.set_experiment(guess.applied_to(&self.experiment));
    }
}
