use serde::{Deserialize, Serialize};

use crate::experiment::{
    Distribution, Experiment, Generator, Initializer, Inputs, LAYERS, Meaning, Mode, Split, Value,
};
use crate::network::{BLOCK, Law};
use crate::subject::{NotDrawn, Subject, ToSubject};
use crate::theory::moments;
use crate::training::{Length, Training};

/// The settings that a landscape goes over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Plane {
    /// sigma_w = sigma sqrt(fan_in) of the weights, and sigma_b, the standard deviation of the biases.
    #[default]
    Biases,
    /// sigma of the weights, and the number of hidden layers.
    Depth,
}

/// The networks of a landscape, one for every cell: all of them drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Terrain {
    plane: Plane,
    /// What they share: with sigma (or sigma_w) 1 for all of them, and with the layers of the deepest.
    base: Experiment,
    /// Of the first column, in the units of x.
    first: f64,
    /// Between columns.
    step: f64,
    /// Cells side by side.
    columns: usize,
    /// Between rows, where these are of layers; and the layers of the lowest.
    layers: usize,
    /// How its networks are trained before anything is found of them.
    training: Option<Training>,
}

/// Why there is no such landscape of a subject, in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoTerrain(pub &'static str);

/// Where a subject stands in a landscape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// sigma_w or sigma.
    pub x: f64,
    /// sigma_b, or hidden layers.
    pub y: f64,
    /// Whether its network is the one that the landscape has there; if not, only the layers between hidden ones agree with it.
    pub exact: bool,
    /// From where to where sigma_w of these goes, where they differ; x is in the middle of their ratios then.
    pub span: Option<(f64, f64)>,
}

/// Why a subject stands nowhere in a landscape, in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoPlace(pub &'static str);

/// Cells side by side.
const COLUMNS: usize = 40;
/// The same where every network is trained.
const TRAINED_COLUMNS: usize = 12;
/// Layers of the rows of these, and from row to row.
const TRAINED_LAYERS: usize = 10;
/// Their steps at most, unless another number is asked for.
pub const TRAINED_STEPS: u64 = 200;
/// Images that every network is shown, from the first: whole blocks.
pub const IMAGES: usize = 4 * BLOCK;

/// Images that every network is shown where there are so many: whole blocks of them.
pub(super) fn images_of(available: usize) -> usize {
    available.min(IMAGES) / BLOCK * BLOCK
}

/// Images that judge a network after its training at most, the first of those that judge.
pub const JUDGES: usize = 2000;

/// Between columns, of sigma_w.
const STEP: f64 = 0.1;
/// Between rows, of sigma_b.
const BIAS_STEP: f64 = 0.05;
/// Rows of sigma_b, and of layers unless the experiment has more.
const ROWS: usize = 40;

impl Terrain {
    /// Around a subject. Subjects that differ in nothing but their place have the same.
    ///
    /// # Errors
    /// If it has none.
    pub fn of(subject: &impl ToSubject, plane: Plane) -> Result<Self, NoTerrain> {
        let subject = subject.to_subject();
        let experiment = subject.drawn().map_err(|why| {
            NoTerrain(match why {
                NotDrawn::Given => {
                    "A landscape draws the weights of every network on it, but those of this one were given."
                }
                NotDrawn::Trained => {
                    "A landscape draws the weights of every network on it, but those of this one were trained."
                }
            })
        })?;
        let images = images_of(experiment.inputs.available());
        if images == 0 {
            return Err(NoTerrain("A landscape shows at least 64 images to every network, but these data have fewer."));
        }
        let inputs = Inputs { images, ..experiment.inputs.clone() };
        let mut base = Experiment { inputs, ..experiment.clone() };
        let mut step = STEP;
        let at = |base, step| Self { plane, base, first: step, step, columns: COLUMNS, layers: 1, training: None };
        match plane {
            Plane::Biases => base.bias_std = 0.0,
            Plane::Depth => {
                let width = experiment.uniform_width().ok_or(NoTerrain(
                    "Depth needs hidden layers that all have the same width, but those of this network differ.",
                ))?;
                let layers = if experiment.widths.len() > ROWS { *LAYERS.end() } else { ROWS };
                base.widths = vec![width; layers];
                if experiment.initializer.number(Meaning::Sigma).is_some() {
                    step = rounded(STEP / (width as f64).sqrt(), 2);
                    base.initializer = with_sigma(experiment.initializer, 1.0);
                    return Ok(at(base, step));
                }
            }
        }
        base.generator = Generator::Native;
        base.initializer = scaled_by_fan_in(1.0, distribution(experiment.initializer));
        Ok(at(base, step))
    }

    /// Around a subject, of networks of 10 to 100 layers that are trained: for as many steps as the training says, or 200 where that has
    /// more epochs. sigma_w goes over what lies around the edge of chaos.
    ///
    /// # Errors
    /// If it has none.
    pub fn of_training(subject: &impl ToSubject, training: Training) -> Result<Self, NoTerrain> {
        let Self { mut base, .. } = Self::of(subject, Plane::Depth)?;
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
        // About where a layer keeps the size of gradients.
        let slope_square = moments(&base.activation, base.bias, 0.5).slope_square;
        let middle = Some(slope_square.sqrt().recip()).filter(|middle| middle.is_finite()).unwrap_or(1.0);
        let step = rounded(0.1 * middle, 1);
        let first = rounded((0.6 * middle / step).round() * step, 4);
        // What judges them.
        base.inputs.split = Split::Test;
        base.inputs.images = Training::judges(&base).len().min(JUDGES);
        base.generator = Generator::Native;
        base.initializer = scaled_by_fan_in(1.0, distribution(base.initializer));
        base.widths = vec![base.widths[0]; *LAYERS.end()];
        let training = Some(Training { length: Length::Steps(steps), ..training });
        let (columns, layers) = (TRAINED_COLUMNS, TRAINED_LAYERS);
        Ok(Self { plane: Plane::Depth, base, first, step, columns, layers, training })
    }

    /// How its networks are trained, for so many steps; nothing where they are not.
    pub fn training(&self) -> Option<&Training> {
        self.training.as_ref()
    }

    /// Cells side by side.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Hidden layers of a row's networks.
    pub fn layers(&self, row: usize) -> usize {
        match self.plane {
            Plane::Biases => self.base.widths.len(),
            Plane::Depth => (row + 1) * self.layers,
        }
    }

    /// What it goes over.
    pub fn plane(&self) -> Plane {
        self.plane
    }

    /// What its networks share.
    pub fn base(&self) -> &Experiment {
        &self.base
    }

    /// Whether x is sigma_w = sigma sqrt(fan_in), the same in every layer; else it is sigma.
    pub fn is_scaled(&self) -> bool {
        self.base.initializer.number(Meaning::Sigma).is_none()
    }

    /// Cells on one another.
    pub fn rows(&self) -> usize {
        match self.plane {
            Plane::Biases => ROWS,
            Plane::Depth => self.base.widths.len() / self.layers,
        }
    }

    /// sigma_w or sigma of a column.
    pub fn x(&self, column: usize) -> f64 {
        rounded(self.first + self.step * column as f64, 4)
    }

    /// sigma_b or hidden layers of a row, from the lowest.
    pub fn y(&self, row: usize) -> f64 {
        match self.plane {
            Plane::Biases => rounded(BIAS_STEP * row as f64, 4),
            Plane::Depth => self.layers(row) as f64,
        }
    }

    /// From where to where the columns reach: half a cell beyond the first and the last.
    pub fn x_range(&self) -> (f64, f64) {
        (self.first - 0.5 * self.step, self.first + (self.columns as f64 - 0.5) * self.step)
    }

    /// From where to where the rows reach.
    pub fn y_range(&self) -> (f64, f64) {
        let half = match self.plane {
            Plane::Biases => 0.5 * BIAS_STEP,
            Plane::Depth => 0.5 * self.layers as f64,
        };
        (self.y(0) - half, self.y(self.rows() - 1) + half)
    }

    /// The cell (column, row) that has these values, or is nearest to them.
    pub fn cell_at(&self, x: f64, y: f64) -> (usize, usize) {
        let share = |value: f64, (low, high): (f64, f64), cells: usize| {
            let cell = (value - low) / (high - low) * cells as f64;
            (cell.max(0.0) as usize).min(cells - 1)
        };
        (share(x, self.x_range(), self.columns), share(y, self.y_range(), self.rows()))
    }

    /// The experiment of a cell (column, row), on the landscape's few images.
    pub fn experiment(&self, (column, row): (usize, usize)) -> Experiment {
        let mut experiment = self.base.clone();
        experiment.initializer = self.initializer(self.x(column));
        match self.plane {
            Plane::Biases => experiment.bias_std = self.y(row),
            Plane::Depth => experiment.widths.truncate(self.layers(row)),
        }
        experiment
    }

    /// The law of the weights at an x.
    pub fn initializer(&self, x: f64) -> Initializer {
        match self.base.initializer {
            // The square of four digits has eight.
            Initializer::VarianceScaling { distribution, .. } => scaled_by_fan_in(rounded(x * x, 8), distribution),
            other => with_sigma(other, x),
        }
    }

    /// Where a subject of this landscape stands.
    ///
    /// # Errors
    /// If theory has no sigma_w of its weights, as where they were given.
    pub fn place(&self, subject: &Subject) -> Result<Place, NoPlace> {
        let experiment = subject.drawn().map_err(|_| NoPlace("its weights are not drawn"))?;
        let initializer = experiment.initializer;
        let shapes = experiment.kernel_shapes();
        // From hidden layer to hidden layer, if there are two.
        let first = experiment.linear_layers() + usize::from(experiment.widths.len() > 1);
        let between = first..shapes.len() - 1;
        let y = match (self.plane, initializer) {
            (Plane::Depth, _) => experiment.widths.len() as f64,
            // U(-1 / sqrt(fan_in), 1 / sqrt(fan_in)).
            (Plane::Biases, Initializer::TorchLinearDefault) => (3.0 * shapes[first].0 as f64).sqrt().recip(),
            (Plane::Biases, _) => experiment.bias_std,
        };
        if !self.is_scaled() {
            let sigma = initializer.number(Meaning::Sigma).ok_or(NoPlace("its weights have no σ of their own"))?;
            return Ok(Place { x: sigma, y, exact: true, span: None });
        }
        if initializer.looks_at_data() {
            return Ok(Place { x: scaled_to_one(experiment)?, y, exact: false, span: None });
        }
        match initializer.law() {
            Law::Rai => return Err(NoPlace("theory has no σ_w for units of which one weight has a law of its own")),
            Law::Identity => return Err(NoPlace("theory has no σ_w for the identity, which is not drawn")),
            Law::None => return Err(NoPlace("theory has no σ_w for weights that are all equal")),
            Law::Normal
            | Law::NormalCutAt2
            | Law::Uniform
            | Law::Orthogonal
            | Law::Sparse { .. }
            | Law::Tensorflow1 => {}
        }
        let sigmas: Vec<_> = (shapes.iter())
            .map(|&(fan_in, fan_out)| initializer.sigma(fan_in, fan_out) * (fan_in as f64).sqrt())
            .collect();
        let ends = |sigmas: &[f64]| {
            sigmas.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), &sigma| (low.min(sigma), high.max(sigma)))
        };
        let alike = |(low, high): (f64, f64)| high - low <= 1e-6 * high;
        let exact = alike(ends(&sigmas))
            && initializer.law() == self.base.initializer.law()
            && initializer.mean(1, 1) == 0.0
            && !initializer.sets_biases()
            && experiment.generator == Generator::Native;
        let between = &sigmas[between];
        if alike(ends(between)) {
            return Ok(Place { x: between[0], y, exact, span: None });
        }
        let middle = between.iter().map(|sigma| sigma.ln()).sum::<f64>() / between.len() as f64;
        Ok(Place { x: middle.exp(), y, exact, span: Some(ends(between)) })
    }
}

/// Variance sigma_w^2 / fan_in.
fn scaled_by_fan_in(scale: f64, distribution: Distribution) -> Initializer {
    Initializer::VarianceScaling { scale, mode: Mode::FanIn, distribution }
}

/// sigma_w between hidden layers whose kernels are scaled until pre-activations have variance 1: sigma_w^2 E[phi^2] + sigma_b^2 is
/// that.
///
/// # Errors
/// If biases alone have more, or there are no two hidden layers.
fn scaled_to_one(experiment: &Experiment) -> Result<f64, NoPlace> {
    if experiment.widths.len() < 2 {
        return Err(NoPlace("its one hidden layer is scaled by the images, so that theory knows no σ_w of it"));
    }
    let of_weights = 1.0 - experiment.bias_std * experiment.bias_std;
    let mean_square = moments(&experiment.activation, experiment.bias, 1.0).square;
    let sigma = (of_weights / mean_square).sqrt();
    if sigma.is_finite() {
        Ok(sigma)
    } else {
        Err(NoPlace("its biases alone spread more than the layers are scaled to"))
    }
}

/// The shape of an initializer's law, so that the same draws are scaled; the normal one where it has none of these.
fn distribution(initializer: Initializer) -> Distribution {
    match (initializer, initializer.law()) {
        (Initializer::VarianceScaling { distribution, .. }, _) => distribution,
        (Initializer::TruncNormal { .. }, _) | (_, Law::NormalCutAt2) => Distribution::TruncatedNormal,
        (Initializer::TorchLinearDefault, _) | (_, Law::Uniform) => Distribution::Uniform,
        _ => Distribution::UntruncatedNormal,
    }
}

fn with_sigma(mut initializer: Initializer, sigma: f64) -> Initializer {
    for parameter in initializer.parameters() {
        if let (Meaning::Sigma, Value::Number(number, _)) = (parameter.meaning, parameter.value) {
            *number = sigma;
        }
    }
    initializer
}

/// To so many significant digits: what is meant by 3 x 0.1.
fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().unwrap_or(value)
}
