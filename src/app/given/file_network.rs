use std::sync::Arc;

use crate::experiment::{Activation, Experiment, Initializer};
use crate::number;
use crate::opened_network::{GivenNetwork, Guess, WantedFile};
use crate::subject::Subject;

/// A file that is looked at, and what is set of it.
#[derive(Clone, Debug, PartialEq)]
pub struct FileNetwork {
    /// Its network.
    pub network: Arc<GivenNetwork>,
    /// What its activation may be, the best first, where it names none and images have labels for it.
    pub guesses: Arc<[Guess]>,
    /// Whether the activation is only guessed.
    pub is_guess: bool,
    /// What the same shape is drawn from, for comparison.
    pub initializer: Initializer,
}

impl FileNetwork {
    /// A file that was read; its activation is a guess, if it names none and `is_guess` says so.
    pub fn new(network: Arc<GivenNetwork>, guesses: Arc<[Guess]>, is_guess: bool) -> Self {
        let opened = network.opened();
        let is_guess = is_guess && opened.lacks_activation();
        let named = opened.file.initializer().and_then(|name| Initializer::read(name).ok());
        let is_torch = opened.file.format.starts_with("PyTorch");
        // What Dense and Linear draw from where nobody says anything.
        let usual = if is_torch { Initializer::TorchLinearDefault } else { Initializer::GlorotUniform { gain: 1.0 } };
        Self { initializer: named.unwrap_or(usual), network, guesses, is_guess }
    }

    /// What it is called.
    pub fn label(&self) -> String {
        self.network.opened().label()
    }

    /// What reads the very same once more.
    pub fn wanted_again(&self) -> WantedFile {
        let opened = self.network.opened();
        let (digest, transposed_kernels) = (Some(opened.file.digest.clone()), opened.transposed_kernels);
        WantedFile { path: opened.path.clone(), digest, anew: opened.anew, transposed_kernels }
    }

    /// Whether nothing can be set of its activation.
    pub fn names_activation(&self) -> bool {
        !self.network.opened().lacks_activation()
    }

    /// Whether a subject has its weights.
    pub fn has(&self, subject: &Subject) -> bool {
        let numbers = subject.weights().numbers();
        numbers.is_some_and(|weights| self.network.has(weights, subject.experiment().activation))
    }

    /// That it is shown something else than what was set, since that does not fit it.
    pub fn said_of_other_inputs(&self, shown: &Experiment) -> String {
        let inputs = number::count(self.network.opened().file.inputs() as u64);
        let instead = if shown.inputs.data.has_pixels() { "MNIST’s test images" } else { "draws of as many values" };
        format!("the network of {} takes {inputs} inputs, so it is shown {instead}", self.label())
    }

    /// What the same shape does not have in common with the file when it is drawn anew.
    pub fn said_of_drawn_anew(&self) -> Option<String> {
        let file = &self.network.opened().file;
        let named = file.named_initializers();
        let several = (named.len() > 1).then(|| {
            let each: Vec<_> =
                named.iter().map(|(initializer, layer)| format!("{initializer} from {layer} on")).collect();
            format!("All its layers are drawn by {}; the file names {}.", self.initializer.name(), each.join(", "))
        });
        let said: Vec<_> = file.folded_sentence().into_iter().chain(several).collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// `The weights are those of model.keras.`
    pub fn weights_sentence(&self) -> String {
        format!("The weights are those of {}.", self.label())
    }

    /// What it is shown at first, on inputs that it can take: as it is guessed, or else with relu, where it names no activation.
    pub fn suited(&self, experiment: &Experiment) -> Experiment {
        let suited = self.network.opened().with_own_pixels(&self.network.suited(experiment));
        match self.guesses.first() {
            _ if self.names_activation() => suited,
            Some(guess) => guess.applied_to(&suited),
            None => Experiment { activation: Activation::Relu, ..suited },
        }
    }
}
