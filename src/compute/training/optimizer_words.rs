use super::Optimizer;
use crate::experiment::NetworkFramework as Framework;

impl Optimizer {
    /// What a step does, as a framework computes it: g is the gradient, η the learning rate, t the step from 1.
    pub fn formula(self, framework: Framework) -> &'static str {
        match (self, framework) {
            (Self::Sgd { momentum: 0.0, .. }, _) => "w ← w − η · g",
            (Self::Sgd { nesterov: false, .. }, Framework::Keras) => "v ← momentum · v − η · g, w ← w + v",
            (Self::Sgd { nesterov: false, .. }, Framework::PyTorch) => "u ← momentum · u + g, w ← w − η · u",
            (Self::Sgd { nesterov: true, .. }, Framework::Keras) => {
                "v ← momentum · v − η · g, w ← w + momentum · v − η · g"
            }
            (Self::Sgd { nesterov: true, .. }, Framework::PyTorch) => {
                "u ← momentum · u + g, w ← w − η · (g + momentum · u)"
            }
            (Self::RmsProp { .. }, Framework::Keras) => "v ← rho · v + (1 − rho) · g², w ← w − η · g / √(v + epsilon)",
            (Self::RmsProp { .. }, Framework::PyTorch) => {
                "v ← rho · v + (1 − rho) · g², w ← w − η · g / (√v + epsilon)"
            }
            (Self::Adagrad { .. }, Framework::Keras) => "s ← s + g², w ← w − η · g / √(s + epsilon)",
            (Self::Adagrad { .. }, Framework::PyTorch) => "s ← s + g², w ← w − η · g / (√s + epsilon)",
            (Self::Adam { .. }, Framework::Keras) => {
                "m ← m + (1 − β₁) · (g − m), v ← v + (1 − β₂) · (g² − v), \
                 w ← w − η · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + epsilon)"
            }
            (Self::Adam { .. }, Framework::PyTorch) => {
                "m ← m + (1 − β₁) · (g − m), v ← v + (1 − β₂) · (g² − v), \
                 w ← w − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + epsilon)"
            }
            (Self::AdamW { .. }, Framework::Keras) => {
                "w ← w − η · decay · w, then as adam: w ← w − η · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + epsilon)"
            }
            (Self::AdamW { .. }, Framework::PyTorch) => {
                "w ← w − η · decay · w, then as adam: w ← w − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + epsilon)"
            }
        }
    }

    /// Where Keras and PyTorch differ.
    pub fn difference(self) -> &'static str {
        match self {
            Self::Sgd { .. } => {
                "The same while the learning rate is constant. After a change, Keras's velocity still holds the old rate, \
                 and PyTorch's step follows at once. Weight decay takes a share of the weights in Keras, and in PyTorch \
                 adds to the gradient, and so to the velocity."
            }
            Self::RmsProp { .. } => {
                "Keras adds epsilon inside the root and forgets in 10 steps, PyTorch outside and in 100: its first steps are \
                 10 learning rates long, Keras's 3.2."
            }
            Self::Adagrad { .. } => {
                "Keras's sum starts at 0.1, so that small gradients move slowly. PyTorch's starts at 0: the first step of \
                 every weight is as long as the learning rate."
            }
            Self::Adam { .. } => {
                "Keras adds epsilon to a root that is not corrected yet: in the first step it counts as 3.2e-6, PyTorch's as \
                 1e-8. Weight decay takes a share of the weights in Keras, and in PyTorch adds to the gradient."
            }
            Self::AdamW { .. } => {
                "Decay takes a share of the weights in both: 0.004 of the learning rate in Keras, 0.01 in PyTorch. Epsilon \
                 stands where it does in adam."
            }
        }
    }
}
