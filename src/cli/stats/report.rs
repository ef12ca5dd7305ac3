use serde::Serialize;

use super::theory;
use crate::engine::{LayerMeasurement, Measurement};
use crate::experiment::{Activation, InputScale, Settings};
use crate::insight::what_you_see;
use crate::stats::Distribution;

/// A measurement with the keys it is published under.
#[derive(Serialize)]
pub(super) struct Report {
    pub experiment: Settings,
    pub images: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<Input>,
    pub loss: f64,
    /// Where values that are no finite numbers begin, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overflow: Option<String>,
    /// One or two sentences.
    pub what_you_see: Vec<String>,
    pub theory: theory::Theory,
    pub layers: Vec<Layer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_layer: Option<OutputLayer>,
}

/// Images with pixels.
#[derive(Serialize)]
pub(super) struct Input {
    pub dim: usize,
    /// What was taken from each pixel, if anything was, and what it was divided by then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub std: Option<f64>,
}

#[derive(Serialize)]
pub(super) struct OutputLayer {
    pub gradient_l2: f64,
}

#[derive(Serialize)]
pub(super) struct Layer {
    pub layer: usize,
    pub units: usize,
    pub fan_in: usize,
    pub weights: Weights,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pre_activation: Option<Output>,
    pub output: Output,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gradient: Option<Output>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gradient_l2: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight_gradient_l2: Option<f64>,
    pub zero_fraction: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saturated_fraction: Option<f64>,
    pub dead_units: usize,
    pub always_on_units: usize,
    pub mixed_units: usize,
    pub never_positive_units: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theory: Option<Theory>,
}

/// What mean-field theory expects of the layer.
#[derive(Serialize)]
pub(super) struct Theory {
    pub pre_activation_std: f64,
    pub output_mean: f64,
    pub output_std: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gradient_l2: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dead_share: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub always_on_share: Option<f64>,
}

#[derive(Serialize)]
pub(super) struct Weights {
    pub mean: f64,
    pub std: f64,
    pub min: f64,
    pub max: f64,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub quantiles: Option<WeightQuantiles>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spectral_norm: Option<f64>,
    #[serde(skip_serializing_if = "is_zero")]
    pub non_finite: u64,
}

#[derive(Serialize)]
pub(super) struct WeightQuantiles {
    pub q01: f64,
    pub q05: f64,
    pub q25: f64,
    pub q50: f64,
    pub q75: f64,
    pub q95: f64,
    pub q99: f64,
}

#[derive(Serialize)]
pub(super) struct Output {
    pub mean: f64,
    pub std: f64,
    pub min: f64,
    pub max: f64,
    pub q01: f64,
    pub q05: f64,
    pub q25: f64,
    pub q50: f64,
    pub q75: f64,
    pub q95: f64,
    pub q99: f64,
    #[serde(skip_serializing_if = "is_zero")]
    pub non_finite: u64,
}

impl Report {
    pub fn of(measurement: &Measurement) -> Self {
        Self {
            experiment: Settings::from(measurement.experiment()),
            images: measurement.images,
            input: Input::of(measurement),
            loss: measurement.loss,
            overflow: measurement.overflow().map(|overflow| format!("{overflow}: {}", overflow.reason())),
            what_you_see: what_you_see(&measurement.into()),
            theory: theory::Theory::of(measurement),
            layers: measurement
                .layers
                .iter()
                .map(|layer| Layer::of(layer, measurement.experiment().activation))
                .collect(),
            output_layer: measurement.logit_gradient_l2.map(|gradient_l2| OutputLayer { gradient_l2 }),
        }
    }
}

impl Input {
    fn of(measurement: &Measurement) -> Option<Self> {
        let inputs = &measurement.experiment().inputs;
        let used = measurement.standard.filter(|_| inputs.scale == InputScale::Standardized);
        let (mean, std) = (used.map(|standard| standard.mean), used.map(|standard| standard.std));
        inputs.data.has_pixels().then(|| Self { dim: inputs.dim(), mean, std })
    }
}

impl Layer {
    pub fn of(layer: &LayerMeasurement, activation: Activation) -> Self {
        Self {
            layer: layer.layer,
            units: layer.units,
            fan_in: layer.fan_in,
            weights: Weights::of(layer),
            pre_activation: layer.pre_activation.as_ref().map(Output::of),
            output: Output::of(&layer.output),
            gradient: layer.gradient.as_ref().map(|gradient| Output::of(&gradient.distribution)),
            gradient_l2: layer.gradient.as_ref().map(|gradient| gradient.l2),
            weight_gradient_l2: layer.gradient.as_ref().map(|gradient| gradient.weight_l2),
            zero_fraction: layer.output.zero_fraction,
            saturated_fraction: layer.saturated_fraction,
            dead_units: layer.states.dead,
            always_on_units: layer.states.always_on,
            mixed_units: layer.states.mixed,
            never_positive_units: layer.states.never_positive,
            theory: layer.theory.map(|theory| Theory {
                pre_activation_std: theory.pre_activation_std,
                output_mean: theory.output_mean,
                output_std: theory.output_std,
                gradient_l2: theory.gradient_l2,
                // That of units that cannot be dead is no matter of theory.
                dead_share: if activation.can_be_dead() {
                    layer.theory_of_states.map(|states| states.dead)
                } else {
                    Some(0.0)
                },
                always_on_share: layer.theory_of_states.map(|states| states.always_on),
            }),
        }
    }
}

impl Weights {
    fn of(layer: &LayerMeasurement) -> Self {
        let finite = &layer.weights;
        let non_finite = (layer.units * layer.fan_in) as u64 - finite.count;
        let of_all = |figure: f64| if non_finite > 0 { f64::NAN } else { unsigned_zero(figure) };
        Self {
            mean: of_all(finite.mean),
            std: of_all(finite.std()),
            min: of_all(finite.min),
            max: of_all(finite.max),
            quantiles: layer.weight_distribution.as_ref().and_then(|weights| weights.quantiles).map(|quantiles| {
                let [q01, q05, q25, q50, q75, q95, q99] = quantiles.map(unsigned_zero);
                WeightQuantiles { q01, q05, q25, q50, q75, q95, q99 }
            }),
            spectral_norm: layer.spectral_norm,
            non_finite,
        }
    }
}

impl Output {
    fn of(output: &Distribution) -> Self {
        let [q01, q05, q25, q50, q75, q95, q99] = output.quantiles.unwrap_or([f64::NAN; 7]).map(unsigned_zero);
        let [mean, std, min, max] = [output.mean, output.std, output.min, output.max].map(unsigned_zero);
        Self { mean, std, min, max, q01, q05, q25, q50, q75, q95, q99, non_finite: output.non_finite() }
    }
}

/// -0 is 0 to a reader.
fn unsigned_zero(figure: f64) -> f64 {
    figure + 0.0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}
