use super::Quantities;
use crate::dataset::Standard;
use crate::experiment::Experiment;
use crate::stats::{Distribution, Moments, NonFinite, UnitStates};
use crate::subject::Subject;
use crate::theory::{Coverage, LayerPrediction, Outlook, StatesPrediction};

/// What the engine found for a subject: complete for the images that are in so far. Immutable.
#[derive(Clone, Debug)]
pub struct Measurement {
    /// What was measured.
    pub subject: Subject,
    /// Images in so far, from the first.
    pub images: usize,
    /// Mean cross-entropy of the softmax of the logits with the true labels, in nats.
    pub loss: f64,
    /// The hidden layers, from layer 1.
    pub layers: Vec<LayerMeasurement>,
    /// L2 (Frobenius) norm of dL/dlogits over images x 10, if gradients were asked for.
    pub logit_gradient_l2: Option<f64>,
    /// Mean and standard deviation of the training images' pixels; `None` of drawn inputs.
    pub standard: Option<Standard>,
    /// Pre-activations that are no finite numbers, for every kernel, the logits' included.
    pub non_finite: Vec<NonFinite>,
    /// Weights that are no finite numbers, of every kernel.
    pub non_finite_weights: Vec<NonFinite>,
    /// How far mean-field theory holds for this network.
    pub coverage: Coverage,
    /// What it says of the network as a whole, if that was asked for and all images are in.
    pub outlook: Option<Outlook>,
}

/// One hidden layer.
#[derive(Clone, Debug)]
pub struct LayerMeasurement {
    /// Its number, from 1.
    pub layer: usize,
    /// Units.
    pub units: usize,
    /// Inputs of a unit.
    pub fan_in: usize,
    /// The kernel [fan_in, units] that was used.
    pub weights: Moments,
    /// What its weights look like, if that was asked for; the figures of those that are finite are the ones above.
    pub weight_distribution: Option<Distribution>,
    /// What the last step of a training changed of its weights, or the first one where none is made yet, if that was asked for and
    /// is known; zeros where there is no training.
    pub update: Option<Distribution>,
    /// Its spectral norm ||W||, the greatest factor by which it stretches a vector, if it was asked for.
    pub spectral_norm: Option<f64>,
    /// Outputs h = phi(z) over images x units.
    pub output: Distribution,
    /// Pre-activations z over images x units, if they were asked for.
    pub pre_activation: Option<Distribution>,
    /// Gradients, if they were asked for.
    pub gradient: Option<GradientMeasurement>,
    /// What mean-field theory expects, if that was asked for and it covers this network; of gradients only if they were
    /// asked for.
    pub theory: Option<LayerPrediction>,
    /// What theory expects of its units, if the outlook was asked for and theory covers them.
    pub theory_of_states: Option<StatesPrediction>,
    /// Share of saturated outputs; of activations that saturate only.
    pub saturated_fraction: Option<f64>,
    /// Dead, mixed, always-on and never positive units over the images in so far.
    pub states: UnitStates,
}

impl LayerMeasurement {
    /// Whether any of its outputs is a finite number; else no unit has a state.
    pub fn has_states(&self) -> bool {
        self.output.finite_range.is_some()
    }

    /// Whether of all that was measured the quantiles are known, and the counts by size, as far as they are asked for.
    fn has(&self, quantiles: bool, sizes: bool) -> bool {
        let gradient = self.gradient.as_ref().map(|gradient| &gradient.distribution);
        let mut measured = [Some(&self.output), self.pre_activation.as_ref(), gradient].into_iter().flatten();
        measured.all(|values| {
            let of_sizes = values.sizes.as_ref().map(|sizes| !quantiles || sizes.quantiles.is_some());
            (!quantiles || values.quantiles.is_some()) && (!sizes || of_sizes == Some(true))
        })
    }
}

/// Gradients of L, the mean cross-entropy over the images, in one hidden layer.
#[derive(Clone, Debug)]
pub struct GradientMeasurement {
    /// dL/dz over images x units.
    pub distribution: Distribution,
    /// L2 (Frobenius) norm of dL/dz over images x units.
    pub l2: f64,
    /// L2 (Frobenius) norm of dL/dW, [fan_in, units].
    pub weight_l2: f64,
}

impl Measurement {
    /// The subject's experiment.
    pub fn experiment(&self) -> &Experiment {
        self.subject.experiment()
    }

    /// Whether all images of the experiment are in.
    pub fn is_exact(&self) -> bool {
        self.images == self.experiment().inputs.images
    }

    /// Whether it has whatever another of the same subject has, of as many images or more.
    pub fn covers(&self, other: &Self) -> bool {
        self.images >= other.images
            && Quantities::each().into_iter().all(|quantity| self.has(quantity) || !other.has(quantity))
    }

    /// Whether it has all of these.
    pub fn has(&self, quantities: Quantities) -> bool {
        let all = |has: fn(&LayerMeasurement) -> bool| self.layers.iter().all(has);
        let covered = !matches!(self.coverage, Coverage::NotCovered(_));
        (!quantities.pre_activations || all(|layer| layer.pre_activation.is_some()))
            && (!quantities.weights || all(|layer| layer.weight_distribution.is_some()))
            && (!quantities.updates || all(|layer| layer.update.is_some()))
            && (!quantities.gradients || self.subject.no_loss().is_some() || all(|layer| layer.gradient.is_some()))
            && self.layers.iter().all(|layer| layer.has(quantities.quantiles, quantities.sizes))
            && (!quantities.spectral_norms || all(|layer| layer.spectral_norm.is_some()))
            && (!quantities.theory || !covered || all(|layer| layer.theory.is_some()))
            && (!quantities.outlook || self.outlook.is_some())
    }
}
