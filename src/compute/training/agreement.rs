use super::{Schedule, Training};

impl Training {
    /// Whether its first steps, so many of them, are those of another training on so many images: so whoever has made them in one
    /// goes on in the other.
    pub fn agrees_until(&self, other: &Self, step: u64, images: usize) -> bool {
        let (schedule, length) = (self.schedule, self.length);
        if *self != (Self { schedule, length, ..*other }) {
            return false;
        }
        let ends = [self.steps(images), other.steps(images)];
        if ends.iter().any(|end| *end < step) {
            return false;
        }
        let turns = [self.schedule, other.schedule].map(|schedule| match schedule {
            Schedule::Step { at, .. } => Some(at),
            Schedule::Constant => Some(0),
            Schedule::Cosine => None,
        });
        match turns {
            _ if step == 0 => true,
            [None, None] => ends[0] == ends[1],
            // Between these steps neither changes.
            [Some(one), Some(two)] => {
                let factor = |training: &Self, at: u64| training.schedule.factor(at, 0, 0);
                let steps = [1, one, one.saturating_add(1), two, two.saturating_add(1), step];
                let looked_at = steps.into_iter().filter(|at| (1..=step).contains(at));
                looked_at.into_iter().all(|at| factor(self, at) == factor(other, at))
            }
            _ => false,
        }
    }

    /// The same with another rate after so many steps: `factor` times the one that it would have. Nothing, where a schedule
    /// changes the rate already: there is one change in a training.
    pub fn with_rate_after(&self, step: u64, factor: f64) -> Option<Self> {
        let schedule = Schedule::Step { at: step.max(self.warm_up), factor };
        match self.schedule {
            Schedule::Constant => Some(Self { schedule, ..*self }),
            // It has not fallen yet.
            Schedule::Step { at, .. } if at >= step => Some(Self { schedule, ..*self }),
            Schedule::Step { .. } | Schedule::Cosine => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::NetworkFramework;
    use crate::training::Length;

    #[test]
    fn trainings_agree_as_far_as_all_their_rates_do() {
        let constant = Training { length: Length::Steps(100), ..Training::of(NetworkFramework::Keras) };
        let falls = constant.with_rate_after(40, 0.1).unwrap_or(constant);
        assert_eq!(falls.schedule, Schedule::Step { at: 40, factor: 0.1 });
        let agree =
            |one: &Training, two: &Training| (0..=100).take_while(|&step| one.agrees_until(two, step, 60_000)).last();
        assert_eq!(agree(&constant, &falls), Some(40));
        assert_eq!(agree(&falls, &constant), Some(40));
        let later = Training { length: Length::Steps(200), ..falls };
        assert_eq!(agree(&falls, &later), Some(100), "more steps");
        let shorter = Training { length: Length::Steps(30), ..falls };
        assert_eq!(agree(&falls, &shorter), Some(30), "it would be too far already");
        let cosine = Training { schedule: Schedule::Cosine, ..constant };
        assert_eq!(agree(&cosine, &constant), Some(0));
        assert_eq!(agree(&cosine, &Training { length: Length::Steps(101), ..cosine }), Some(0));
        assert_eq!(agree(&cosine, &cosine), Some(100));
        let other = Training { learning_rate: 0.5, ..constant };
        assert_eq!(agree(&constant, &other), None);
    }

    #[test]
    fn a_rate_changes_once() {
        let constant = Training::of(NetworkFramework::PyTorch);
        let falls = constant.with_rate_after(40, 0.1).unwrap_or(constant);
        assert_eq!(falls.rate(40, 100), constant.learning_rate);
        assert_eq!(falls.rate(41, 100), 0.1 * constant.learning_rate);
        assert_eq!(falls.with_rate_after(41, 0.1), None);
        let sooner = falls.with_rate_after(10, 3.0).map(|training| training.schedule);
        assert_eq!(sooner, Some(Schedule::Step { at: 10, factor: 3.0 }));
        assert_eq!(Training { schedule: Schedule::Cosine, ..constant }.with_rate_after(1, 0.5), None);
        let warm = Training { warm_up: 50, ..constant }.with_rate_after(10, 0.5).map(|training| training.schedule);
        assert_eq!(warm, Some(Schedule::Step { at: 50, factor: 0.5 }));
    }
}
