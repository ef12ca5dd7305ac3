use serde::{Deserialize, Serialize};

use crate::experiment::{Distribution, Experiment, Generator, Initializer, Inputs, LAYERS, Meaning, Mode, Value};
use crate::network::{BLOCK, Law};
use crate::subject::{NotDrawn, ToSubject};
use crate::training::Training;

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
    /// sigma of the weights, and the learning rate of networks that are trained: see [`TrainedPlane`](super::TrainedPlane).
    #[serde(skip)]
    #[value(skip)]
    Rate,
}

/// The networks of a landscape, one for every cell: all of them drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Terrain {
    pub(super) plane: Plane,
    /// What they share: with sigma (or sigma_w) 1 for all of them, and with the layers of the deepest.
    pub(super) base: Experiment,
    /// Of the first column, in the units of x.
    pub(super) first: f64,
    /// Between columns.
    pub(super) step: f64,
    /// Cells side by side.
    pub(super) columns: usize,
    /// sigma_b, hidden layers or learning rates of the rows, from the lowest; two at least.
    pub(super) rows: Vec<f64>,
    /// How its networks are trained before anything is found of them; where rows are of learning rates, these go before its own.
    pub(super) training: Option<Training>,
    /// The experiment's own initializer, where the draws on the map are none that it makes.
    pub(super) replaced: Option<Initializer>,
}

/// Why there is no such landscape of a subject, in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoTerrain(pub &'static str);

/// Cells side by side.
const COLUMNS: usize = 40;
/// Images that every network is shown, from the first: whole blocks.
pub const IMAGES: usize = 4 * BLOCK;

/// Images that every network is shown where there are so many: whole blocks of them.
pub(super) fn images_of(available: usize) -> usize {
    available.min(IMAGES) / BLOCK * BLOCK
}

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
        let rows: Vec<f64> = match plane {
            Plane::Biases => (0..ROWS).map(|row| rounded(BIAS_STEP * row as f64, 4)).collect(),
            _ if experiment.widths.len() > ROWS => (1..=*LAYERS.end()).map(|layers| layers as f64).collect(),
            _ => (1..=ROWS).map(|layers| layers as f64).collect(),
        };
        let deepest = rows.len();
        let at = |base, step| Self {
            plane,
            base,
            first: step,
            step,
            columns: COLUMNS,
            rows,
            training: None,
            replaced: None,
        };
        match plane {
            Plane::Rate => return Err(NoTerrain("Only networks that are trained have a learning rate.")),
            Plane::Biases => base.bias_std = 0.0,
            Plane::Depth => {
                let width = experiment.uniform_width().ok_or(NoTerrain(
                    "Depth needs hidden layers that all have the same width, but those of this network differ.",
                ))?;
                base.widths = vec![width; deepest];
                if experiment.initializer.number(Meaning::Sigma).is_some() {
                    step = rounded(STEP / (width as f64).sqrt(), 2);
                    base.initializer = with_sigma(experiment.initializer, 1.0);
                    return Ok(at(base, step));
                }
            }
        }
        base.generator = Generator::Native;
        base.initializer = scaled_by_fan_in(1.0, distribution(experiment.initializer));
        Ok(Self { replaced: replaced(experiment.initializer), ..at(base, step) })
    }

    /// How its networks are trained, for so many steps; nothing where they are not.
    pub fn training(&self) -> Option<&Training> {
        self.training.as_ref()
    }

    /// The experiment's initializer, where the networks have normal draws in the place of its weights.
    pub fn replaced(&self) -> Option<Initializer> {
        self.replaced
    }

    /// Cells side by side.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Hidden layers of a row's networks.
    pub fn layers(&self, row: usize) -> usize {
        match self.plane {
            Plane::Biases | Plane::Rate => self.base.widths.len(),
            Plane::Depth => self.rows[row] as usize,
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
        self.rows.len()
    }

    /// sigma_w or sigma of a column.
    pub fn x(&self, column: usize) -> f64 {
        rounded(self.first + self.step * column as f64, 4)
    }

    /// sigma_b, hidden layers or the learning rate of a row, from the lowest.
    pub fn y(&self, row: usize) -> f64 {
        self.rows[row]
    }

    /// From where to where the columns reach: half a cell beyond the first and the last.
    pub fn x_range(&self) -> (f64, f64) {
        (self.first - 0.5 * self.step, self.first + (self.columns as f64 - 0.5) * self.step)
    }

    /// From where to where the rows reach.
    pub fn y_range(&self) -> (f64, f64) {
        let beyond = |end: f64, next: f64| self.value(self.height(end) + 0.5 * (self.height(end) - self.height(next)));
        let last = self.rows.len() - 1;
        (beyond(self.rows[0], self.rows[1]), beyond(self.rows[last], self.rows[last - 1]))
    }

    /// Where a value of x stands between the edges of the map: 0 at the left, 1 at the right.
    pub fn x_share(&self, x: f64) -> f64 {
        let (left, right) = self.x_range();
        (x - left) / (right - left)
    }

    /// Where a value of y stands between the edges of the map: 0 at the bottom, 1 at the top. All rows are equally high, and what is
    /// between two of them is between their middles.
    pub fn y_share(&self, y: f64) -> f64 {
        let rows = self.rows.len();
        let above = self.rows.partition_point(|&row| row < y).clamp(1, rows - 1);
        let [low, high] = [self.rows[above - 1], self.rows[above]].map(|row| self.height(row));
        ((above as f64 - 0.5) + (self.height(y) - low) / (high - low)) / rows as f64
    }

    /// Equal ways between learning rates are equal ratios.
    fn height(&self, y: f64) -> f64 {
        if self.plane == Plane::Rate { y.ln() } else { y }
    }

    fn value(&self, height: f64) -> f64 {
        if self.plane == Plane::Rate { height.exp() } else { height }
    }

    /// The cell (column, row) that has these values, or is nearest to them.
    pub fn cell_at(&self, x: f64, y: f64) -> (usize, usize) {
        let cell = |share: f64, cells: usize| ((share * cells as f64).max(0.0) as usize).min(cells - 1);
        (cell(self.x_share(x), self.columns), cell(self.y_share(y), self.rows()))
    }

    /// The experiment of a cell (column, row), on the landscape's few images.
    pub fn experiment(&self, (column, row): (usize, usize)) -> Experiment {
        let mut experiment = self.base.clone();
        experiment.initializer = self.initializer(self.x(column));
        match self.plane {
            Plane::Biases => experiment.bias_std = self.y(row),
            Plane::Depth => experiment.widths.truncate(self.layers(row)),
            Plane::Rate => {}
        }
        experiment
    }

    /// How the networks of a row are trained, if they are.
    pub fn training_of(&self, row: usize) -> Option<Training> {
        let training = self.training?;
        let of_rates = self.plane == Plane::Rate;
        Some(if of_rates { Training { learning_rate: self.y(row), ..training } } else { training })
    }

    /// The law of the weights at an x.
    pub fn initializer(&self, x: f64) -> Initializer {
        match self.base.initializer {
            // The square of four digits has eight.
            Initializer::VarianceScaling { distribution, .. } => scaled_by_fan_in(rounded(x * x, 8), distribution),
            other => with_sigma(other, x),
        }
    }
}

/// Variance sigma_w^2 / fan_in.
pub(super) fn scaled_by_fan_in(scale: f64, distribution: Distribution) -> Initializer {
    Initializer::VarianceScaling { scale, mode: Mode::FanIn, distribution }
}

/// The shape of an initializer's law, so that the same draws are scaled; the normal one where it has none of these.
pub(super) fn distribution(initializer: Initializer) -> Distribution {
    match (initializer, initializer.law()) {
        (Initializer::VarianceScaling { distribution, .. }, _) => distribution,
        (Initializer::TruncNormal { .. }, _) | (_, Law::NormalCutAt2) => Distribution::TruncatedNormal,
        (Initializer::TorchLinearDefault, _) | (_, Law::Uniform) => Distribution::Uniform,
        _ => Distribution::UntruncatedNormal,
    }
}

/// An initializer that has no draws that a sigma scales.
pub(super) fn replaced(initializer: Initializer) -> Option<Initializer> {
    let has_draws = match initializer.law() {
        Law::Normal | Law::NormalCutAt2 | Law::Uniform | Law::Tensorflow1 => true,
        Law::None | Law::Identity | Law::Orthogonal | Law::Sparse { .. } | Law::Rai => false,
    };
    (!has_draws).then_some(initializer)
}

pub(super) fn with_sigma(mut initializer: Initializer, sigma: f64) -> Initializer {
    for parameter in initializer.parameters() {
        if let (Meaning::Sigma, Value::Number(number, _)) = (parameter.meaning, parameter.value) {
            *number = sigma;
        }
    }
    initializer
}

/// To so many significant digits: what is meant by 3 x 0.1.
pub(super) fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().unwrap_or(value)
}
