use std::sync::Arc;

use super::desk::{Desk, Turn};
use super::precedence::Precedence;
use super::{Failure, LayerMeasurement, Measurement, Measurer, Quantities, Request, Wish};
use crate::experiment::Experiment;
use crate::network::BLOCK;
use crate::subject::{NotDrawn, Subject};

/// Seeds 1 to this are drawn.
pub const SEEDS: usize = 20;

/// An experiment as other seeds have it.
#[derive(Clone, Debug)]
pub struct Seeds {
    /// What was drawn anew; its own seed does not matter.
    pub experiment: Experiment,
    /// Seeds that are in.
    pub count: usize,
    /// Images each was measured on, from the first.
    pub images: usize,
    /// The hidden layers, from layer 1.
    pub layers: Vec<LayerBands>,
}

/// What the seeds make of one hidden layer.
#[derive(Clone, Copy, Debug)]
pub struct LayerBands {
    /// ||dL/dz|| over images x units.
    pub gradient_l2: Band,
    /// Standard deviation of the outputs over images x units.
    pub output_std: Band,
    /// Dead units.
    pub dead: Band,
    /// Units that are always on.
    pub always_on: Band,
    /// Units that are never positive, and not dead.
    pub never_positive: Band,
}

/// Where a number lies over the seeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The least of all seeds.
    pub least: f64,
    /// As many seeds have less as have more.
    pub median: f64,
    /// The greatest of all seeds.
    pub greatest: f64,
}

impl Band {
    /// The band of at least one number; NaN where one is.
    pub fn of(mut numbers: Vec<f64>) -> Self {
        if numbers.iter().any(|number| number.is_nan()) {
            return Self { least: f64::NAN, median: f64::NAN, greatest: f64::NAN };
        }
        numbers.sort_by(f64::total_cmp);
        let last = numbers.len() - 1;
        Self {
            least: numbers[0],
            median: f64::midpoint(numbers[last / 2], numbers[last.div_ceil(2)]),
            greatest: numbers[last],
        }
    }

    /// All of it times this.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { least: self.least * factor, median: self.median * factor, greatest: self.greatest * factor }
    }
}

impl Seeds {
    /// Gathers one measurement per seed.
    fn of(experiment: &Experiment, measurements: &[Measurement]) -> Self {
        let layer = |index: usize| {
            let band = |number: &dyn Fn(&LayerMeasurement) -> f64| {
                Band::of(measurements.iter().map(|measurement| number(&measurement.layers[index])).collect())
            };
            LayerBands {
                gradient_l2: band(&|layer| layer.gradient.as_ref().map_or(f64::NAN, |gradient| gradient.l2)),
                output_std: band(&|layer| layer.output.std),
                dead: band(&|layer| layer.states.dead as f64),
                always_on: band(&|layer| layer.states.always_on as f64),
                never_positive: band(&|layer| layer.states.never_positive as f64),
            }
        };
        Self {
            experiment: experiment.clone(),
            count: measurements.len(),
            images: measurements.first().map_or(0, |measurement| measurement.images),
            layers: (0..experiment.widths.len()).map(layer).collect(),
        }
    }

    /// Whether they are of this subject, whatever its seed.
    pub fn are_of(&self, subject: &Subject) -> bool {
        subject.drawn().is_ok_and(|experiment| differ_in_seed(&self.experiment, experiment))
    }

    /// The band of a layer's gradient, as so many images would have it: L is a mean over the images, so that ||dL/dz|| over n
    /// of them goes with 1 / sqrt(n).
    pub fn gradient_l2(&self, layer: usize, images: usize) -> Option<Band> {
        let factor = (self.images as f64 / images as f64).sqrt();
        self.layers.get(layer).map(|bands| bands.gradient_l2.times(factor))
    }
}

/// Whether two subjects are drawn, and differ in their seeds at most.
pub fn are_alike(one: &Subject, other: &Subject) -> bool {
    one.drawn().is_ok_and(|one| other.drawn().is_ok_and(|other| differ_in_seed(one, other)))
}

fn differ_in_seed(one: &Experiment, other: &Experiment) -> bool {
    Experiment { seed: other.seed, ..one.clone() } == *other
}

/// Products of all seeds together, so that they take a few seconds.
const PRODUCTS: f64 = 2.5e10;
/// But never fewer images.
const LEAST_IMAGES: usize = 4 * BLOCK;

/// Images that each seed is measured on: all, or whole blocks of the first if all took long.
fn images(experiment: &Experiment) -> usize {
    let products: f64 = experiment.kernel_shapes().iter().map(|&(inputs, units)| (inputs * units) as f64).sum();
    let fast = (PRODUCTS / (SEEDS as f64 * products)) as usize / BLOCK * BLOCK;
    fast.max(LEAST_IMAGES).min(experiment.inputs.images)
}

/// A subject whose other seeds are asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherSeeds(Subject);

impl OtherSeeds {
    /// Other seeds of a subject.
    ///
    /// # Errors
    /// If no seed draws its weights.
    pub fn of(subject: &Subject) -> Result<Self, NotDrawn> {
        subject.drawn()?;
        Ok(Self(subject.clone()))
    }
}

impl Wish for OtherSeeds {
    type Found = Seeds;

    fn is_met_by(&self, found: &Seeds) -> bool {
        found.count == SEEDS && found.are_of(&self.0)
    }

    fn covers(&self, other: &Self) -> bool {
        are_alike(&self.0, &other.0)
    }
}

/// A thread that measures an experiment with other seeds, on the engine's threads while the engine has nothing to do. The
/// newest request replaces any other.
pub type Resampler = Desk<OtherSeeds, Seeds>;

/// Starts it with this measurer, while those who have precedence leave its threads alone. `wake` is called after every answer.
///
/// # Errors
/// If the system gives no thread.
pub(super) fn resampler(
    mut measurer: Measurer,
    precedence: Arc<Precedence>,
    wake: impl Fn() + Send + 'static,
) -> Result<Resampler, Failure> {
    let answer = move |OtherSeeds(subject): OtherSeeds, turn: &Turn<'_>, publish: &mut dyn FnMut(Seeds)| {
        let done = resample(&mut measurer, subject.experiment(), &precedence, &|| turn.is_over(), publish);
        measurer.rest();
        done
    };
    Desk::start("initscope-resampler", answer, wake, |_| ())
}

/// Measures the seeds, one after the other; `publish` is given all that are in after each. A seed that a measurement of the
/// engine interrupted is measured again.
fn resample(
    measurer: &mut Measurer,
    experiment: &Experiment,
    precedence: &Precedence,
    superseded: &(dyn Fn() -> bool + Sync),
    publish: &mut dyn FnMut(Seeds),
) -> Result<(), Failure> {
    let mut few = experiment.clone();
    few.inputs.images = images(experiment);
    let quantities = Quantities { gradients: true, ..Quantities::GLANCE };
    let mut measurements = Vec::new();
    while measurements.len() < SEEDS {
        precedence.wait(superseded);
        if superseded() {
            return Err(Failure::Interrupted);
        }
        let drawn = Experiment { seed: measurements.len() as u32 + 1, ..few.clone() };
        let request = Request { subject: drawn.into(), quantities, at_leisure: true };
        let interrupted = || precedence.is_taken() || superseded();
        match measurer.measure(&request, &interrupted, &mut |measurement| measurements.push(measurement)) {
            Ok(()) => publish(Seeds::of(experiment, &measurements)),
            Err(Failure::Interrupted) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_is_from_the_least_to_the_greatest_with_the_median_between() {
        assert_eq!(Band::of(vec![3.0, 1.0, 2.0]), Band { least: 1.0, median: 2.0, greatest: 3.0 });
        assert_eq!(Band::of(vec![4.0, 1.0, 2.0, 3.0]).median, 2.5);
    }

    #[test]
    fn large_networks_are_measured_on_few_images() {
        assert_eq!(images(&Experiment::article()), 10_000);
        assert_eq!(images(&Experiment { widths: vec![1024; 100], ..Experiment::article() }), LEAST_IMAGES);
    }
}
