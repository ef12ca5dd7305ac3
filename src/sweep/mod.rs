//! A setting moved from one end to another, or a training, a picture for every step, on an axis that stands still.

mod around;
mod film;
mod film_error;
mod film_file;
mod swept_setting;
mod training_film;

pub use around::{Around, around, ends};
pub use film::Film;
pub use film_error::FilmError;
pub use swept_setting::{SweepError, SweptSetting};
pub use training_film::{TrainingFilm, film_steps};

use crate::experiment::Experiment;
use crate::subject::ToSubject;

/// What is moved, from where to where, in how many pictures.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// What is moved.
    pub setting: SweptSetting,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Pictures, at least two.
    pub frames: usize,
}

/// Pictures there may be.
pub const FRAMES: std::ops::RangeInclusive<usize> = 2..=1000;

impl Sweep {
    /// The experiments of all pictures, one after the other.
    ///
    /// # Errors
    /// If the subject is not drawn, it has no such setting, or a value of it is out of range.
    pub fn experiments(&self, base: &impl ToSubject) -> Result<Vec<Experiment>, SweepError> {
        let base = base.to_subject();
        let base = base.drawn()?;
        if !FRAMES.contains(&self.frames) {
            return Err(SweepError::Frames(self.frames));
        }
        if !self.from.is_finite() || !self.to.is_finite() {
            return Err(SweepError::Ends);
        }
        let all: Vec<_> =
            (0..self.frames).map(|frame| self.setting.set(base, self.value(frame))).collect::<Result<_, _>>()?;
        // Whole numbers may be the same where the ends are not.
        if all.windows(2).all(|pair| pair[0] == pair[1]) {
            return Err(SweepError::Still(self.setting.name()));
        }
        Ok(all)
    }

    /// The value of a picture, from 0: equal ratios where the ends are positive and far apart, else equal steps.
    fn value(&self, frame: usize) -> f64 {
        let share = frame as f64 / (self.frames - 1) as f64;
        let (from, to) = (self.from, self.to);
        let is_far = from > 0.0 && to > 0.0 && (from / to).max(to / from) > 3.0;
        if self.setting == SweptSetting::Sigma && is_far {
            return from * (to / from).powf(share);
        }
        from + (to - from) * share
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Initializer;

    fn sweep(setting: SweptSetting, from: f64, to: f64, frames: usize) -> Sweep {
        Sweep { setting, from, to, frames }
    }

    #[test]
    fn sigma_goes_in_equal_ratios_from_end_to_end() {
        let all = sweep(SweptSetting::Sigma, 0.01, 1.0, 5).experiments(&Experiment::article());
        let sigmas: Vec<_> = (all.unwrap_or_default().iter())
            .map(|experiment| match experiment.initializer {
                Initializer::RandomNormal { sigma, .. } => sigma,
                _ => f64::NAN,
            })
            .collect();
        let ratios: Vec<_> = sigmas.windows(2).map(|pair| pair[1] / pair[0]).collect();
        assert!((sigmas[0] - 0.01).abs() < 1e-12 && (sigmas[4] - 1.0).abs() < 1e-12, "{sigmas:?}");
        assert!(ratios.iter().all(|ratio| (ratio - 10_f64.sqrt()).abs() < 1e-9), "{ratios:?}");
    }

    #[test]
    fn depth_and_seed_are_whole_numbers() {
        let depths = sweep(SweptSetting::Depth, 1.0, 10.0, 4).experiments(&Experiment::article()).unwrap_or_default();
        assert_eq!(depths.iter().map(|experiment| experiment.widths.len()).collect::<Vec<_>>(), [1, 4, 7, 10]);
        let seeds = sweep(SweptSetting::Seed, 1.0, 3.0, 3).experiments(&Experiment::article()).unwrap_or_default();
        assert_eq!(seeds.iter().map(|experiment| experiment.seed).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn what_cannot_be_moved_is_said() {
        let zeros = Experiment { initializer: Initializer::Zeros, ..Experiment::article() };
        let said = |sweep: Sweep, base: &Experiment| sweep.experiments(base).map_err(|error| error.to_string());
        assert!(said(sweep(SweptSetting::Sigma, 0.1, 0.2, 3), &zeros).is_err_and(|said| said.contains("has no sigma")));
        let article = Experiment::article();
        for (setting, from, to) in [(SweptSetting::Sigma, 0.4, 0.4), (SweptSetting::Depth, 3.1, 3.2)] {
            let still = said(sweep(setting, from, to, 4), &article);
            assert!(still.is_err_and(|said| said.contains("nothing would move")), "{from} to {to}");
        }
        assert!(said(sweep(SweptSetting::Depth, 0.0, 3.0, 4), &article).is_err_and(|said| said.contains("1 to 100")));
        assert!(said(sweep(SweptSetting::Bias, f64::NAN, 3.0, 4), &article).is_err());
        assert!(said(sweep(SweptSetting::Bias, 0.0, 3.0, 1), &article).is_err_and(|said| said.contains("2 to 1000")));
    }
}
