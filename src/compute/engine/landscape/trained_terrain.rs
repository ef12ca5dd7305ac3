use serde::{Deserialize, Serialize};

use super::terrain::{Terrain, distribution, replaced, rounded, scaled_by_fan_in, with_sigma};
use super::{NoTerrain, Plane};
use crate::experiment::{Experiment, Generator, LAYERS, Meaning, Split};
use crate::subject::ToSubject;
use crate::theory::moments;
use crate::training::{Length, Optimizer, Training};

/// The settings that a landscape of trained networks goes over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum TrainedPlane {
    /// sigma_w of the weights, and 10 to 100 hidden layers.
    #[default]
    Depth,
    /// sigma of the weights (sigma_w where the initializer scales by the layer's size), and the learning rate.
    Rate,
}

/// Cells side by side.
const TRAINED_COLUMNS: usize = 12;
/// Hidden layers of the rows: closer together where depth matters most, and those of published tables among them.
const TRAINED_LAYERS: [f64; 12] = [10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0];
/// Learning rates of the rows in halves of a power of ten from 1: 3.2e-5 to 10 for what moves by the gradient, and 3.2e-6 to 1
/// for what divides by its size.
const RATES: std::ops::RangeInclusive<i32> = -9..=2;
const NORMED_RATES: std::ops::RangeInclusive<i32> = -11..=0;
/// Steps of training at most, unless another number is asked for.
pub const TRAINED_STEPS: u64 = 200;
/// Images that judge a network after its training at most, the first of those that judge.
pub const JUDGES: usize = 2000;

impl Terrain {
    /// Around a subject, of networks that are trained: for as many steps as the training says, or 200 where that has more epochs. sigma goes
    /// over what lies around the edge of chaos, more widely beside learning rates.
    ///
    /// # Errors
    /// If it has none.
    pub fn of_training(subject: &impl ToSubject, training: Training, plane: TrainedPlane) -> Result<Self, NoTerrain> {
        let subject = subject.to_subject();
        let like = match plane {
            TrainedPlane::Depth => Plane::Depth,
            TrainedPlane::Rate => Plane::Biases,
        };
        let Self { mut base, .. } = Self::of(&subject, like)?;
        let experiment = subject.experiment();
        if !base.inputs.has_labels() {
            return Err(NoTerrain("These images have no labels: there is nothing to train for."));
        }
        if training.check(&base).is_err() {
            return Err(NoTerrain("Its networks cannot be trained: a batch has more images than there are."));
        }
        let steps = match training.length {
            Length::Steps(steps) => steps,
            Length::Epochs(_) => training.steps(training.images.min(Training::available(&base))).min(TRAINED_STEPS),
        };
        // What judges them.
        base.inputs.split = Split::Test;
        base.inputs.images = Training::judges(&base).len().min(JUDGES);
        let middle = middle_of(experiment);
        let mut training = Training { length: Length::Steps(steps), ..training };
        let by_fan_in = scaled_by_fan_in(1.0, distribution(experiment.initializer));
        let columns = TRAINED_COLUMNS;
        let replaced = replaced(experiment.initializer);
        Ok(match plane {
            TrainedPlane::Depth => {
                let step = rounded(0.1 * middle, 1);
                let first = rounded((0.6 * middle / step).round() * step, 4);
                base.generator = Generator::Native;
                base.initializer = by_fan_in;
                base.widths = vec![base.widths[0]; *LAYERS.end()];
                let rows = TRAINED_LAYERS.to_vec();
                Self { plane: Plane::Depth, base, first, step, columns, rows, training: Some(training), replaced }
            }
            TrainedPlane::Rate => {
                let has_sigma = experiment.initializer.number(Meaning::Sigma).is_some();
                base.bias_std = experiment.bias_std;
                base.generator = experiment.generator;
                base.initializer = if has_sigma { with_sigma(experiment.initializer, 1.0) } else { by_fan_in };
                let shapes = experiment.kernel_shapes();
                let fan_in = shapes[shapes.len().saturating_sub(2)].0 as f64;
                let step = rounded(0.2 * middle / if has_sigma { fan_in.sqrt() } else { 1.0 }, 1);
                let rates = if matches!(training.optimizer, Optimizer::Sgd { .. }) { RATES } else { NORMED_RATES };
                // The rows' own take its place.
                training.learning_rate = 1.0;
                let rows = rates.map(rate).collect();
                let replaced = replaced.filter(|_| !has_sigma);
                Self { plane: Plane::Rate, base, first: step, step, columns, rows, training: Some(training), replaced }
            }
        })
    }
}

/// sigma_w with which a layer keeps about the size of gradients.
fn middle_of(experiment: &Experiment) -> f64 {
    let slope_square = moments(&experiment.activation, experiment.bias, 0.5).slope_square;
    Some(slope_square.sqrt().recip()).filter(|middle| middle.is_finite()).unwrap_or(1.0)
}

/// Halves of a power of ten as people write them: 0.1, 0.32, 1.
fn rate(halves: i32) -> f64 {
    let digits = [1.0, 3.2][halves.rem_euclid(2) as usize];
    format!("{digits}e{}", halves.div_euclid(2)).parse().unwrap_or(digits)
}
