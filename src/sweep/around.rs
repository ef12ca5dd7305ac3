use super::SweptSetting;
use crate::experiment::{Experiment, LAYERS};

/// Experiments around one, in the order of the setting that is moved in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Around {
    /// The values of the setting, and the experiments with them.
    pub steps: Vec<(f64, Experiment)>,
    /// Where the one in question stands among them.
    pub start: usize,
}

/// Steps to either side.
const STEPS: i32 = 20;
/// Sigma goes to this factor of itself, and to as little of it; from 0 it goes so far.
const FACTOR: f64 = 2.0;
const FROM_ZERO: f64 = 0.2;
/// A bias goes so far to either side.
const FAR: f64 = 0.5;
/// Layers there are at least at the end.
const DEEP: usize = 10;

/// The values that a setting takes around what it is: sigma, or the gain, from its half to its double in equal ratios; a bias half a
/// unit down and up; the depth from one layer to twice as many, ten at least; seeds from the present one on. `None` where the
/// experiment has no such setting.
fn values(setting: SweptSetting, experiment: &Experiment) -> Option<Vec<f64>> {
    let present = setting.value(experiment)?;
    let both_sides = -STEPS..=STEPS;
    let share = |step: i32| f64::from(step) / f64::from(STEPS);
    Some(match setting {
        SweptSetting::Sigma if present == 0.0 => (0..=STEPS).map(|step| FROM_ZERO * share(step)).collect(),
        SweptSetting::Sigma => both_sides.map(|step| present * FACTOR.powf(share(step))).collect(),
        SweptSetting::Bias => both_sides.map(|step| present + FAR * share(step)).collect(),
        SweptSetting::Depth => {
            let deepest = (2 * experiment.widths.len()).max(DEEP).min(*LAYERS.end());
            (*LAYERS.start()..=deepest).map(|layers| layers as f64).collect()
        }
        SweptSetting::Seed => {
            let first = experiment.seed.min(u32::MAX - STEPS.unsigned_abs() + 1);
            (0..STEPS.unsigned_abs()).map(|step| f64::from(first + step)).collect()
        }
    })
}

/// The least and the greatest of them.
pub fn ends(setting: SweptSetting, experiment: &Experiment) -> Option<(f64, f64)> {
    let values = values(setting, experiment)?;
    let end = |value: Option<&f64>| value.map(|value| rounded(setting, *value));
    end(values.first()).zip(end(values.last()))
}

/// Experiments with a setting moved to either side of what it is, in values no finer than a hand sets them. `None` where the experiment
/// has no such setting, or no other value of it is allowed.
pub fn around(setting: SweptSetting, experiment: &Experiment) -> Option<Around> {
    let present = setting.value(experiment)?;
    let values = values(setting, experiment)?;
    let mut steps: Vec<(f64, Experiment)> = Vec::new();
    let mut start = 0;
    for value in values {
        // What is set stays as exact as it is.
        let is_present = value == present;
        let value = if is_present { present } else { rounded(setting, value) };
        let Ok(there) = setting.set(experiment, value) else { continue };
        if is_present {
            start = steps.len();
        }
        if steps.last().is_none_or(|(last, _)| *last != value) {
            steps.push((value, there));
        }
    }
    (steps.len() > 1).then_some(Around { steps, start })
}

/// Three digits of a sigma, thousandths of a bias.
fn rounded(setting: SweptSetting, value: f64) -> f64 {
    match setting {
        SweptSetting::Sigma => format!("{value:.2e}").parse().unwrap_or(value),
        SweptSetting::Bias => (value * 1e3).round() / 1e3,
        SweptSetting::Depth | SweptSetting::Seed => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Initializer;

    fn ends_and_start(setting: SweptSetting, experiment: &Experiment) -> (f64, f64, f64) {
        let around = around(setting, experiment).unwrap_or_else(|| panic!("{setting:?} can be moved"));
        let value = |at: usize| around.steps[at].0;
        assert!(around.steps.windows(2).all(|pair| pair[0].0 < pair[1].0), "{setting:?} goes up");
        let (first, last) = (value(0), value(around.steps.len() - 1));
        assert_eq!(ends(setting, experiment), Some((first, last)), "{setting:?}");
        (first, value(around.start), last)
    }

    #[test]
    fn sigma_goes_from_half_to_double_and_is_as_exact_as_it_was_where_it_began() {
        let initializer = Initializer::RandomNormal { mean: 0.0, sigma: 0.141_421_356 };
        let experiment = Experiment { initializer, ..Experiment::article() };
        assert_eq!(ends_and_start(SweptSetting::Sigma, &experiment), (0.0707, 0.141_421_356, 0.283));
        let zero = Initializer::RandomNormal { mean: 0.0, sigma: 0.0 };
        let experiment = Experiment { initializer: zero, ..experiment };
        assert_eq!(ends_and_start(SweptSetting::Sigma, &experiment), (0.0, 0.0, 0.2));
        let gain = Initializer::HeNormal { gain: 1.0 };
        assert_eq!(
            ends_and_start(SweptSetting::Sigma, &Experiment { initializer: gain, ..experiment }),
            (0.5, 1.0, 2.0)
        );
    }

    #[test]
    fn depth_begins_at_one_layer_and_a_bias_goes_below_zero() {
        let article = Experiment::article();
        assert_eq!(ends_and_start(SweptSetting::Depth, &article), (1.0, 5.0, 10.0));
        let deep = Experiment { widths: vec![10; 80], ..article.clone() };
        assert_eq!(ends_and_start(SweptSetting::Depth, &deep), (1.0, 80.0, 100.0));
        assert_eq!(ends_and_start(SweptSetting::Bias, &article), (-0.5, 0.0, 0.5));
    }

    #[test]
    fn seeds_go_on_from_the_present_one_and_end_with_the_last_there_is() {
        let seed = |seed| Experiment { seed, ..Experiment::article() };
        assert_eq!(ends_and_start(SweptSetting::Seed, &seed(10)), (10.0, 10.0, 29.0));
        let last = f64::from(u32::MAX);
        assert_eq!(ends_and_start(SweptSetting::Seed, &seed(u32::MAX)), (last - 19.0, last, last));
    }

    #[test]
    fn what_an_experiment_does_not_have_is_not_moved() {
        let zeros = Experiment { initializer: Initializer::Zeros, ..Experiment::article() };
        assert_eq!(around(SweptSetting::Sigma, &zeros), None);
    }
}
