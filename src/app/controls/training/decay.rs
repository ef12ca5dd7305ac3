use egui::Ui;

use super::TrainingControls;
use super::rows::{LARGEST, number_row};
use crate::app::controls::row;
use crate::experiment::NetworkFramework as Framework;
use crate::training::Objective;

impl TrainingControls<'_> {
    /// What pulls weights to 0, and what is made smaller.
    pub(super) fn decay_ui(&mut self, ui: &mut Ui) {
        let (framework, optimizer) = (self.training.framework, self.training.optimizer);
        let usual = optimizer.default_weight_decay(framework);
        if self.details || usual != 0.0 || self.training.weight_decay != usual {
            let hover = if optimizer.decouples_decay(framework) {
                "The share of all weights and biases that a step takes away, times the learning rate."
            } else {
                "What a step adds to the gradients: this times the weights and biases."
            };
            number_row(ui, ("Weight decay", hover), 0.0..=LARGEST, false, &mut self.training.weight_decay);
        }
        if framework == Framework::Keras && (self.details || self.training.l2 != 0.0) {
            let hover =
                "Keras's kernel_regularizer=L2(c): adds 2 c w to the gradients of kernels, not to those of biases.";
            number_row(ui, ("L2", hover), 0.0..=LARGEST, false, &mut self.training.l2);
        }
        if self.details || self.training.objective != Objective::Exact {
            let about = |objective| match objective {
                Objective::Exact => "From the logits: from_logits=True in Keras, CrossEntropyLoss in PyTorch.",
                Objective::Clipped => {
                    "From probabilities clipped to 1e-7, as Keras after a softmax layer: no image's loss is more than 16.118, \
                     and one whose own class is clipped has no gradient."
                }
            };
            let chosen = self.training.objective;
            let choices = Objective::ALL.map(|objective| (objective, objective.name(), about(objective)));
            let picked = row::choice_ui(ui, "Loss", about(chosen), (chosen, chosen.name()), &choices);
            self.training.objective = picked.unwrap_or(chosen);
        }
    }
}
