use super::TrainingSettings;

impl TrainingSettings {
    /// These settings, and where they say nothing, others. What goes with another optimizer or framework does not go with these
    /// if they name one of their own.
    #[must_use]
    pub fn over(self, base: Self) -> Self {
        let renames = self.framework.is_some() || self.optimizer.is_some();
        let base = if renames { Self { learning_rate: None, weight_decay: None, ..base } } else { base };
        // Whose rates they are belongs to the rates.
        let base = if renames || self.learning_rate.is_some() { Self { rate_each: None, ..base } } else { base };
        // Another framework has other optimizers, batches and orders.
        let base = match &self.framework {
            Some(framework) if base.framework.as_ref() != Some(framework) => {
                Self { optimizer: None, batch: None, shuffle: None, order_seed: None, l2: None, ..base }
            }
            _ => base,
        };
        let says_length = self.epochs.is_some() || self.steps.is_some();
        let base = if says_length { Self { epochs: None, steps: None, ..base } } else { base };
        let clips = self.clip_norm.is_some() || self.clip_norm_each.is_some() || self.clip_value.is_some();
        let base = if clips { Self { clip_norm: None, clip_norm_each: None, clip_value: None, ..base } } else { base };
        let orders = self.shuffle.is_some() || self.order_seed.is_some();
        let base = if orders { Self { shuffle: None, order_seed: None, ..base } } else { base };
        Self {
            framework: self.framework.or(base.framework),
            optimizer: self.optimizer.or(base.optimizer),
            learning_rate: self.learning_rate.or(base.learning_rate),
            rate_each: self.rate_each.or(base.rate_each),
            schedule: self.schedule.or(base.schedule),
            warm_up: self.warm_up.or(base.warm_up),
            batch: self.batch.or(base.batch),
            epochs: self.epochs.or(base.epochs),
            steps: self.steps.or(base.steps),
            train_images: self.train_images.or(base.train_images),
            shuffle: self.shuffle.or(base.shuffle),
            order_seed: self.order_seed.or(base.order_seed),
            weight_decay: self.weight_decay.or(base.weight_decay),
            l2: self.l2.or(base.l2),
            clip_norm: self.clip_norm.or(base.clip_norm),
            clip_norm_each: self.clip_norm_each.or(base.clip_norm_each),
            clip_value: self.clip_value.or(base.clip_value),
            loss: self.loss.or(base.loss),
        }
    }
}
