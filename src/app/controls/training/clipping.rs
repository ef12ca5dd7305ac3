use egui::Ui;

use super::TrainingControls;
use super::rows::{LARGEST, number_row};
use crate::app::controls::row;
use crate::experiment::NetworkFramework as Framework;
use crate::training::Clipping;

impl TrainingControls<'_> {
    /// How large gradients may be.
    pub(super) fn clipping_ui(&mut self, ui: &mut Ui) {
        let chosen = self.training.clipping;
        if !self.details && chosen == Clipping::None {
            return;
        }
        let limit = match chosen {
            Clipping::None => 1.0,
            Clipping::Norm(limit) | Clipping::NormOfEach(limit) | Clipping::Value(limit) => limit,
        };
        let name = |clipping| match clipping {
            Clipping::None => "none",
            Clipping::Norm(_) => "norm of all",
            Clipping::NormOfEach(_) => "norm of each array",
            Clipping::Value(_) => "every entry",
        };
        let about = |clipping| match clipping {
            Clipping::None => "Gradients stay as large as they are.",
            Clipping::Norm(_) => {
                "The norm of all gradients together: global_clipnorm in Keras, clip_grad_norm_ in PyTorch."
            }
            Clipping::NormOfEach(_) => "The norm of the gradients of each array: clipnorm in Keras.",
            Clipping::Value(_) => {
                "Every entry of a gradient, either way: clipvalue in Keras, clip_grad_value_ in PyTorch."
            }
        };
        let is_of_keras = self.training.framework == Framework::Keras;
        let all = [Clipping::None, Clipping::Norm(limit), Clipping::NormOfEach(limit), Clipping::Value(limit)];
        let there = all.into_iter().filter(|clipping| is_of_keras || !matches!(clipping, Clipping::NormOfEach(_)));
        let choices: Vec<_> = there.map(|clipping| (clipping, name(clipping), about(clipping))).collect();
        let hover = "What keeps gradients from being larger than this.";
        let picked = row::choice_ui(ui, "Gradient clipping", hover, (chosen, name(chosen)), &choices);
        self.training.clipping = picked.unwrap_or(chosen);
        let about = about(self.training.clipping);
        if let Clipping::Norm(limit) | Clipping::NormOfEach(limit) | Clipping::Value(limit) =
            &mut self.training.clipping
        {
            number_row(ui, ("Clip at", about), f64::from(f32::MIN_POSITIVE)..=LARGEST, false, limit);
        }
    }
}
