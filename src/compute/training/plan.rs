use super::{Training, TrainingSettings};
use crate::experiment::{NetworkFramework, SettingError, Split};

/// How networks are trained side by side: in one way, with one learning rate or several.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingPlan {
    training: Training,
    /// At least one; the training has the first.
    rates: Vec<f64>,
    /// Whether each experiment has one of its own, rather than all of them.
    one_each: bool,
}

impl Default for TrainingPlan {
    fn default() -> Self {
        Training::of(NetworkFramework::Keras).into()
    }
}

impl From<Training> for TrainingPlan {
    fn from(training: Training) -> Self {
        Self { training, rates: vec![training.learning_rate], one_each: false }
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
        Ok(Self { training, rates, one_each: settings.has_rate_each() })
    }

    /// What settings say the same: files and the command line do. All training images there are need no word.
    pub fn settings(&self) -> TrainingSettings {
        let settings = TrainingSettings::from(&self.training);
        TrainingSettings {
            learning_rate: Some(self.rates.clone()),
            rate_each: self.one_each.then_some(true),
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

    /// Those of an experiment at a place among all, from 0; one of its own where each has that, the last one's where there are not enough.
    pub fn trainings_of(&self, place: usize) -> impl Iterator<Item = Training> {
        let own = place.min(self.rates.len() - 1);
        let is_its = move |(at, _): &(usize, Training)| !self.one_each || *at == own;
        self.trainings().enumerate().filter(is_its).map(|(_, training)| training)
    }

    /// Whether each experiment has a learning rate of its own.
    pub fn has_one_each(&self) -> bool {
        self.one_each
    }

    /// How many trainings an experiment has.
    pub fn trainings_each(&self) -> usize {
        if self.one_each { 1 } else { self.rates.len() }
    }

    /// The learning rates, at least one.
    pub fn rates(&self) -> &[f64] {
        &self.rates
    }

    /// Changes what all of them have in common. Another learning rate there takes the place of all.
    pub fn set(&mut self, training: Training) {
        if training.learning_rate != self.training.learning_rate {
            self.rates = vec![training.learning_rate];
            self.one_each = false;
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
            self.one_each = false;
        }
    }

    /// Gives each experiment a learning rate, in their order; none are no change.
    pub fn set_one_each(&mut self, rates: &[f64]) {
        self.set_rates(rates);
        if self.rates.len() > 1 {
            self.rates = rates.to_vec();
            self.one_each = true;
        }
    }

    /// Has an experiment more, the last one, with the learning rate of one that is there.
    pub fn add_like(&mut self, place: usize, experiments: usize) {
        if self.one_each {
            let rate = self.rates[place.min(self.rates.len() - 1)];
            self.fill(experiments);
            self.rates.push(rate);
        }
    }

    /// Has one of so many experiments less.
    pub fn remove(&mut self, place: usize, experiments: usize) {
        if self.one_each && place < experiments {
            self.fill(experiments);
            self.rates.remove(place);
            let left = self.rates.clone();
            self.set_one_each(&left);
        }
    }

    /// Two of so many experiments change places.
    pub fn swap(&mut self, one: usize, other: usize, experiments: usize) {
        if self.one_each && one.max(other) < experiments {
            self.fill(experiments);
            self.rates.swap(one, other);
            self.training.learning_rate = self.rates[0];
        }
    }

    fn fill(&mut self, experiments: usize) {
        let last = self.rates[self.rates.len() - 1];
        self.rates.resize(experiments, last);
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

    #[test]
    fn rates_of_experiments_go_with_them() {
        let mut plan = TrainingPlan::default();
        plan.set_one_each(&[0.1, 0.01, 0.1]);
        assert_eq!(TrainingPlan::read(&plan.settings()), Ok(plan.clone()));
        let of = |plan: &TrainingPlan, place| {
            plan.trainings_of(place).map(|training| training.learning_rate).collect::<Vec<_>>()
        };
        assert_eq!([0, 1, 2, 3].map(|place| of(&plan, place)), [[0.1], [0.01], [0.1], [0.1]]);
        plan.add_like(1, 3);
        plan.swap(0, 1, 4);
        assert_eq!((plan.rates(), plan.training().learning_rate), (&[0.01, 0.1, 0.1, 0.01][..], 0.01));
        plan.remove(0, 4);
        assert_eq!(plan.rates(), [0.1, 0.1, 0.01]);
        plan.remove(2, 3);
        assert_eq!((plan.rates(), plan.has_one_each()), (&[0.1][..], false), "all have the same again");
        let settings = TrainingSettings {
            learning_rate: Some(vec![0.1, 0.1]),
            rate_each: Some(true),
            ..TrainingSettings::default()
        };
        assert_eq!(settings.apply_to(2).map(|all| all.len()), Ok(2));
        assert_eq!(settings.apply_to(3), Err(SettingError::RateEach { rates: 2, experiments: 3 }));
    }
}
