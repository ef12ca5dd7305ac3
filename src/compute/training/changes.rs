use super::{Clipping, Optimizer, Training};
use crate::experiment::NetworkFramework as Framework;

impl Training {
    /// The same with another optimizer, and its framework's rate and decay for that.
    #[must_use]
    pub fn with_optimizer(&self, optimizer: Optimizer) -> Self {
        let learning_rate = optimizer.default_rate(self.framework);
        let weight_decay = optimizer.default_weight_decay(self.framework);
        Self { optimizer, learning_rate, weight_decay, ..*self }
    }

    /// The same as another framework computes it: with its defaults for the optimizer, where no other rate or decay was set, and
    /// without what it does not have. Batches and their order stay.
    #[must_use]
    pub fn in_framework(&self, framework: Framework) -> Self {
        let before = self.framework;
        if framework == before {
            return *self;
        }
        let kept = |set: f64, of: &dyn Fn(Framework) -> f64| if set == of(before) { of(framework) } else { set };
        let clipping = match self.clipping {
            Clipping::NormOfEach(_) if framework == Framework::PyTorch => Clipping::None,
            clipping => clipping,
        };
        Self {
            framework,
            optimizer: self.optimizer.in_framework(before, framework),
            learning_rate: kept(self.learning_rate, &|framework| self.optimizer.default_rate(framework)),
            weight_decay: kept(self.weight_decay, &|framework| self.optimizer.default_weight_decay(framework)),
            l2: if framework == Framework::PyTorch { 0.0 } else { self.l2 },
            clipping,
            ..*self
        }
    }
}

impl Optimizer {
    /// The same one with another framework's defaults, where nothing else was set.
    fn in_framework(self, before: Framework, framework: Framework) -> Self {
        if self == self.with_defaults(before) { self.with_defaults(framework) } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_framework_brings_its_defaults_and_leaves_what_was_set() {
        let keras = Training::of(Framework::Keras);
        let adamw = keras.with_optimizer(Optimizer::all(Framework::Keras)[4]);
        assert_eq!((adamw.learning_rate, adamw.weight_decay), (0.001, 0.004));
        let torch = adamw.in_framework(Framework::PyTorch);
        assert_eq!(torch.optimizer, Optimizer::AdamW { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-8 });
        assert_eq!((torch.weight_decay, torch.batch, torch.order), (0.01, keras.batch, keras.order));
        assert_eq!(torch.in_framework(Framework::Keras), adamw);
        let set = Training { learning_rate: 0.3, l2: 0.1, clipping: Clipping::NormOfEach(1.0), ..keras };
        let torch = set.in_framework(Framework::PyTorch);
        assert_eq!((torch.learning_rate, torch.l2, torch.clipping), (0.3, 0.0, Clipping::None));
        assert_eq!(keras.in_framework(Framework::PyTorch).learning_rate, 0.001, "PyTorch's rate of sgd");
    }
}
