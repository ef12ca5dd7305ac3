//! Networks of files in place of drawn ones: how they are opened (`opening`), what the controls may say of them (`fit`, `refusal`),
//! which activation a file may mean that names none (`guesses_ui`), the same shape drawn anew (`drawn_anew`), what is wrong with
//! them (`judge`, `verdict_ui`), and which scenes and sessions name them (`kept`).

mod drawn_anew;
mod file_network;
mod file_ui;
mod fit;
mod guesses_ui;
mod judge;
mod kept;
mod opening;
mod refusal;
mod verdict_ui;
mod weights_ui;

pub use file_network::FileNetwork;
pub use file_ui::{dashes_ui, refused_ui};
pub use judge::{JudgeWish, judge};

use opening::Opening;

use super::App;
use crate::experiment::Experiment;
use crate::opened_network::{Guess, NotOpened};
use crate::subject::{GivenWeights, Subject, Weights};

/// Which files are open.
#[derive(Default)]
pub struct GivenState {
    /// The one whose weights are looked at.
    now: Option<FileNetwork>,
    /// All that are set, pinned, or can be come back to.
    known: Vec<FileNetwork>,
    /// What is being read.
    opening: Option<Opening>,
    /// Weights of a file that is no network which could be looked at, while they are shown.
    weights: Option<NotOpened>,
    /// Whether another dialog stands in their place.
    are_weights_behind: bool,
    /// The experiment as it last suited the file.
    suited: Option<Experiment>,
}

impl GivenState {
    /// The one whose weights are looked at.
    pub fn now(&self) -> Option<&FileNetwork> {
        self.now.as_ref()
    }

    /// Shows the weights of a file that is no network which could be looked at, if it has any.
    fn show_weights(&mut self, file: NotOpened) {
        self.weights = Some(file).filter(|file| !file.weights.is_empty());
        self.are_weights_behind = false;
    }

    /// Whether such weights are shown.
    pub fn shows_weights(&self) -> bool {
        self.weights.is_some() && !self.are_weights_behind
    }

    /// Shows them again, or shows them no more.
    pub fn put_weights(&mut self, is_open: bool) {
        self.are_weights_behind = !is_open;
    }

    /// Takes note of a file, in place of what was known of it.
    fn note(&mut self, file: &FileNetwork) {
        match self.known.iter_mut().find(|known| known.network == file.network) {
            Some(known) => *known = file.clone(),
            None => self.known.push(file.clone()),
        }
    }

    /// The file that weights are of.
    pub fn file_of(&self, subject: &Subject) -> Option<&FileNetwork> {
        let weights: &GivenWeights = match subject.weights() {
            Weights::Drawn => return None,
            Weights::Given(weights) => weights,
            Weights::Trained(trained) => trained.start()?,
        };
        let activation = subject.experiment().activation;
        self.known.iter().find(|file| file.network.has(weights, activation))
    }
}

impl App {
    /// What the controls say, before any training: the file's network, or a drawn one.
    pub(in crate::app) fn untrained(&self) -> Subject {
        self.untrained_of(&self.experiment)
    }

    /// The same on another experiment's images.
    pub(in crate::app) fn untrained_of(&self, experiment: &Experiment) -> Subject {
        let given = self.given.now.as_ref().and_then(|file| file.network.subject(experiment).ok());
        given.unwrap_or_else(|| Subject::from(experiment))
    }

    /// Shows a subject as it was drawn or given.
    pub(in crate::app) fn take_subject(&mut self, subject: &Subject) {
        let file = self.given.file_of(subject).cloned();
        self.return_to_file(file);
        self.set_experiment(subject.experiment().clone());
    }

    /// Looks at a file's weights from now on, or at drawn ones.
    pub(in crate::app) fn return_to_file(&mut self, file: Option<FileNetwork>) {
        if let Some(file) = &file {
            self.given.note(file);
        }
        self.given.now = file;
        self.given.suited = None;
    }

    /// What may be guessed of its activation, the best first.
    pub fn guesses(&self) -> &[Guess] {
        self.given.now.as_ref().map_or(&[], |file| &file.guesses)
    }

    /// What the file is called whose weights are looked at.
    pub fn file_label(&self) -> Option<String> {
        self.given.now.as_ref().map(FileNetwork::label)
    }
}
