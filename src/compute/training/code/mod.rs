//! A program that trains a network in a framework, as text to copy. It follows the one that sets up the network.

mod images;
mod keras;
mod torch;

use super::{BatchOrder, Optimizer, Training};
use crate::experiment::{Data, Experiment, Initializer, NetworkFramework as Framework};
use crate::image_set::after;

impl Training {
    /// A program that sets up an experiment's network and trains it so; it runs as it stands. What it says of its numbers stands above
    /// the training.
    pub fn code(&self, experiment: &Experiment, framework: Framework) -> String {
        let training = self.in_framework(framework);
        let lines = match framework {
            Framework::Keras => keras::lines(&training, experiment),
            Framework::PyTorch => torch::lines(&training, experiment),
        };
        let (own_imports, mut imports) = images::imports(experiment);
        if framework == Framework::PyTorch && experiment.inputs.data == Data::Mnist {
            imports.push("import torchvision");
        }
        let mut text = experiment.network_program(framework, &own_imports, &imports, Vec::new());
        let same = vec![self.what_is_the_same(experiment, framework)];
        let lines = if lines[0].starts_with("def ") { after(same, lines) } else { [same, lines].concat() };
        text += &format!("\n\n{}\n", lines.join("\n"));
        text
    }

    /// Whether the program gives this one's numbers, as a comment.
    fn what_is_the_same(&self, experiment: &Experiment, framework: Framework) -> String {
        let is_drawn = !matches!(
            experiment.initializer,
            Initializer::Zeros | Initializer::Ones | Initializer::Constant { .. } | Initializer::Identity { .. }
        );
        let mut others = Vec::new();
        if is_drawn || experiment.bias_std != 0.0 {
            others.push("other draws of the weights");
        }
        if matches!(self.order, BatchOrder::Shuffled(_)) {
            others.push("another order of the images");
        }
        if matches!(experiment.inputs.data, Data::Gaussian { .. }) {
            others.push("other draws of the inputs");
        }
        let sentence = match &others[..] {
            [] if self.enlarges_rounding(experiment) => format!(
                "# The training: the same numbers as initscope's, up to rounding, which {} enlarges here: all units of a layer are\n\
                 # alike, and what remains of gradients that cancel is divided by its own size.",
                self.optimizer.title()
            ),
            [] => "# The training: the same numbers as initscope's, up to rounding.".to_owned(),
            others => format!("# The training: the same law as initscope's, but {}.", others.join(" and ")),
        };
        if self.framework == framework { sentence } else { self.in_another(framework, &others) }
    }

    /// The same comment where the settings are another framework's.
    fn in_another(&self, framework: Framework, others: &[&str]) -> String {
        let besides = if others.is_empty() { String::new() } else { format!(", with {}", others.join(" and ")) };
        let [theirs, here] = [self.framework, framework].map(Framework::name);
        let mut text = format!(
            "# The training: not initscope's numbers. These settings are {theirs}'s, which computes updates in its own way; here {here}\n\
             # does{besides}."
        );
        let training = self.in_framework(framework);
        let lost = [
            (training.l2 != self.l2).then_some("an L2 penalty"),
            (training.clipping != self.clipping).then_some("clipping the norm of each array"),
        ];
        let lost: Vec<_> = lost.into_iter().flatten().collect();
        if !lost.is_empty() {
            text += &format!("\n# {here} has no setting for {}, which is left out.", lost.join(" and "));
        }
        text
    }

    /// Whether gradients are divided by their size where equal units leave nothing of them but rounding.
    fn enlarges_rounding(&self, experiment: &Experiment) -> bool {
        let is_equal = matches!(experiment.initializer, Initializer::Ones | Initializer::Constant { .. });
        is_equal && !matches!(self.optimizer, Optimizer::Sgd { .. })
    }

    /// Epochs that are begun, with so many images; and the steps, where they end within one.
    fn begun_epochs(&self, images: usize) -> (u64, Option<u64>) {
        let (steps, each) = (self.steps(images), self.steps_per_epoch(images).max(1));
        (steps.div_ceil(each), (!steps.is_multiple_of(each)).then_some(steps))
    }
}
