use super::{Training, TrainingSettings};
use crate::experiment::{NetworkFramework, SettingError, Split};

/// How networks are trained side by side: in one way, with one learning rate or several.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingPlan {
    training: Training,
    /// At least one; the training has the first.
    rates: Vec<f64>,
}

impl Default for TrainingPlan {
    fn default() -> Self {
        Training::of(NetworkFramework::Keras).into()
    }
}

impl From<Training> for TrainingPlan {
    fn from(training: Training) -> Self {
        Self { training, rates: vec![training.learning_rate] }
    }
}

impl TrainingPlan {
    /// What settings say.
    ///
    /// # Errors
    /// If a name is unknown, a number out of its range, or a setting does not apply.
    pub fn read(settings: &TrainingSettings) -> Result<Self, SettingError> {
        let training = settings.apply()?;
        let rates = settings.apply_all()?.iter().map(|training| training.learning_rate).collect();
        Ok(Self { training, rates })
    }

    /// What settings say the same: files and the command line do. All training images there are need no word.
    pub fn settings(&self) -> TrainingSettings {
        let settings = TrainingSettings::from(&self.training);
        TrainingSettings {
            learning_rate: Some(self.rates.clone()),
            train_images: settings.train_images.filter(|images| *images < Split::Train.images()),
            ..settings
        }
    }

    /// The first of the trainings.
    pub fn training(&self) -> &Training {
        &self.training
    }

    /// A training for each learning rate.
    pub fn trainings(&self) -> impl Iterator<Item = Training> {
        self.rates.iter().map(|&learning_rate| Training { learning_rate, ..self.training })
    }

    /// The learning rates, at least one.
    pub fn rates(&self) -> &[f64] {
        &self.rates
    }

    /// Changes what all of them have in common. Another learning rate there takes the place of all.
    pub fn set(&mut self, training: Training) {
        if training.learning_rate != self.training.learning_rate {
            self.rates = vec![training.learning_rate];
        }
        self.training = training;
    }

    /// Takes these learning rates, each once; none are no change.
    pub fn set_rates(&mut self, rates: &[f64]) {
        let mut once: Vec<f64> = Vec::new();
        for rate in rates {
            if !once.contains(rate) {
                once.push(*rate);
            }
        }
        if let Some(first) = once.first() {
            self.training.learning_rate = *first;
            self.rates = once;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::Length;

    #[test]
    fn what_is_written_is_read_again() {
        let mut plan = TrainingPlan::default();
        assert_eq!(TrainingPlan::read(&TrainingSettings::default()), Ok(plan.clone()));
        assert_eq!(plan.settings().train_images, None);
        plan.set(Training { length: Length::Steps(7), images: 100, ..*plan.training() });
        plan.set_rates(&[0.1, 0.01, 0.1]);
        assert_eq!((plan.rates(), plan.training().learning_rate), (&[0.1, 0.01][..], 0.1));
        assert_eq!(TrainingPlan::read(&plan.settings()), Ok(plan.clone()));
        assert_eq!(plan.trainings().map(|training| training.learning_rate).collect::<Vec<_>>(), [0.1, 0.01]);
        plan.set(Training { batch: 5, ..*plan.training() });
        assert_eq!(plan.rates(), [0.1, 0.01]);
        plan.set(Training { learning_rate: 0.5, ..*plan.training() });
        assert_eq!(plan.rates(), [0.5], "one that is set by hand is the only one");
    }
}
