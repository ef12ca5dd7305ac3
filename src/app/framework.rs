use egui::{Context, Id};

use super::briefly;
use crate::experiment::{Code, Experiment};

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

    /// Copies the line, and says so for a moment.
    pub fn copy(self, ctx: &Context, experiment: &Experiment) {
        if let Some(code) = self.code(experiment) {
            ctx.copy_text(code.line);
            briefly::begin(ctx, self.copied());
        }
    }

    /// That its line was copied.
    pub fn copied(self) -> Id {
        Id::unique(("copied", self.name()))
    }
}
