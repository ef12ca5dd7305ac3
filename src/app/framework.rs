use egui::{Context, Id};

use super::{App, briefly};
use crate::experiment::{Code, Experiment, NetworkFramework};
use crate::figure::ViewName;

/// What a line of code is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framework {
    /// `tf.keras.initializers`
    Keras,
    /// `torch.nn.init`
    PyTorch,
    /// `numpy.random`
    NumPy,
}

impl Framework {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Keras, Self::PyTorch, Self::NumPy];

    /// As it writes itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keras => "Keras",
            Self::PyTorch => "PyTorch",
            Self::NumPy => "NumPy",
        }
    }

    /// Its line for an experiment's weights, if it has one.
    pub fn code(self, experiment: &Experiment) -> Option<Code> {
        experiment.code().into_iter().find(|code| code.framework == self.name())
    }

    /// Copies the line, if there is one, and says so for a moment beside its buttons; returns whether.
    pub fn copy(self, ctx: &Context, experiment: &Experiment) -> bool {
        let Some(code) = self.code(experiment) else { return false };
        ctx.copy_text(code.line);
        briefly::begin(ctx, self.copied());
        true
    }

    /// That its line was copied.
    pub fn copied(self) -> Id {
        Id::unique(("copied", self.name()))
    }
}

impl App {
    /// The program for the present network, and what it is: one that trains it, too, where its training is looked at or is there.
    pub(super) fn network_to_copy(&self, framework: NetworkFramework) -> (String, &'static str) {
        let is_trained = self.shown.view == ViewName::Training || self.has_race();
        if is_trained && self.unfit().is_none() {
            return (self.own_training().code(&self.experiment, framework), "the network and its training");
        }
        (self.experiment.network_code(framework), "the network")
    }
}
