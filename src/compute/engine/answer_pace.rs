use std::time::Duration;

/// How much longer than estimated the last first answers took: estimates are of another machine, and this one may have other things to
/// do.
#[derive(Clone, Copy, Debug)]
pub struct AnswerPace(f64);

/// Neither a hiccup nor an answer that was nearly there already says more than this.
const BOUNDS: (f64, f64) = (0.25, 16.0);

impl Default for AnswerPace {
    fn default() -> Self {
        Self(1.0)
    }
}

impl AnswerPace {
    /// What can be expected to be done in so many nanoseconds, in those of the estimates.
    pub fn within(self, nanoseconds: f64) -> f64 {
        nanoseconds / self.0
    }

    /// Takes note of what something took that was estimated to take so many nanoseconds.
    pub fn learn(&mut self, estimated: f64, took: Duration) {
        let ratio = took.as_secs_f64() * 1e9 / estimated;
        if ratio.is_finite() {
            self.0 = f64::midpoint(self.0, ratio.clamp(BOUNDS.0, BOUNDS.1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_took_three_times_as_long_will() {
        let mut pace = AnswerPace::default();
        for _ in 0..20 {
            pace.learn(2e6, Duration::from_millis(6));
        }
        assert!((pace.within(6e6) - 2e6).abs() < 10.0);
        pace.learn(0.0, Duration::from_millis(6));
        pace.learn(2e6, Duration::from_secs(1000));
        assert!(pace.within(6e6) > 6e6 / 16.0, "{pace:?}");
    }
}
