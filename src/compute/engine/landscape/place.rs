use super::Plane;
use super::terrain::Terrain;
use crate::experiment::{Experiment, Generator, Initializer, Meaning};
use crate::network::Law;
use crate::subject::Subject;
use crate::theory::moments;

/// What is looked for on a landscape.
#[derive(Clone, Debug, PartialEq)]
pub struct Standpoint {
    /// Its network.
    pub subject: Subject,
    /// The learning rate that it is trained with, where that is one.
    pub rate: Option<f64>,
}

impl From<&Subject> for Standpoint {
    fn from(subject: &Subject) -> Self {
        Self { subject: subject.clone(), rate: None }
    }
}

impl From<&Experiment> for Standpoint {
    fn from(experiment: &Experiment) -> Self {
        Self { subject: experiment.into(), rate: None }
    }
}

impl From<Experiment> for Standpoint {
    fn from(experiment: Experiment) -> Self {
        (&experiment).into()
    }
}

/// Where a subject stands in a landscape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// sigma_w or sigma.
    pub x: f64,
    /// sigma_b, hidden layers, or the learning rate.
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

impl Terrain {
    /// Where what is looked at stands in this landscape.
    ///
    /// # Errors
    /// If theory has no sigma_w of its weights, as where they were given.
    pub fn place(&self, point: &Standpoint) -> Result<Place, NoPlace> {
        let experiment = point.subject.drawn().map_err(|_| NoPlace("its weights are not drawn"))?;
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
            (Plane::Rate, _) => point.rate.ok_or(NoPlace("it is not trained with one learning rate"))?,
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
