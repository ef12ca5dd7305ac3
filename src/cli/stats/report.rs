use serde::Serialize;

use super::layer::LayerReport;
use super::remedies::WhatHelps;
use super::theory;
use crate::engine::Measurement;
use crate::experiment::{Data, InputScale, Settings};
use crate::insight::what_you_see;
use crate::subject::{Subject, Weights};
use crate::training::TrainingSettings;

/// A measurement with the keys it is published under.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    pub experiment: Settings,
    /// What its weights are called, and what each hidden layer does, if they were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkReport>,
    /// How its network was trained, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub training: Option<TrainingSettings>,
    pub images: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<Input>,
    pub loss: f64,
    /// Why there is no loss, if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_loss: Option<String>,
    /// Where values that are no finite numbers begin, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overflow: Option<String>,
    /// One or two sentences.
    pub what_you_see: Vec<String>,
    /// What helps, if that was to be tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_helps: Option<&'a WhatHelps>,
    pub theory: theory::Theory,
    pub layers: Vec<LayerReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_layer: Option<OutputLayer>,
}

/// A network that was given.
#[derive(Serialize)]
pub(super) struct NetworkReport {
    pub name: String,
    /// Of each hidden layer.
    pub activations: Vec<String>,
    pub outputs: usize,
}

/// Images with pixels.
#[derive(Serialize)]
pub(super) struct Input {
    pub dim: usize,
    /// Of data of the user's own the lengths of an image: rows, columns and perhaps colours, or the number of its values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shape: Option<Vec<usize>>,
    /// And what their classes are called, in the order of the outputs; none where there are no labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classes: Option<Vec<String>>,
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

impl<'a> Report<'a> {
    pub fn of((measurement, what_helps): &'a (Measurement, Option<WhatHelps>)) -> Self {
        Self {
            experiment: settings(&measurement.subject),
            network: NetworkReport::of(measurement),
            training: match measurement.subject.weights() {
                Weights::Trained(trained) => Some(TrainingSettings::from(trained.training())),
                Weights::Drawn | Weights::Given(_) => None,
            },
            images: measurement.images,
            input: Input::of(measurement),
            loss: measurement.loss,
            no_loss: measurement.subject.no_loss().map(|why| why.to_string()),
            overflow: measurement.overflow().map(|overflow| format!("{overflow}: {}", overflow.reason())),
            what_you_see: what_you_see(&measurement.into()),
            what_helps: what_helps.as_ref(),
            theory: theory::Theory::of(measurement),
            layers: LayerReport::all(measurement),
            output_layer: measurement.logit_gradient_l2.map(|gradient_l2| OutputLayer { gradient_l2 }),
        }
    }
}

/// What is set, as far as it decides anything of these weights.
fn settings(subject: &Subject) -> Settings {
    let settings = Settings::from(subject.experiment());
    match subject.weights() {
        Weights::Drawn | Weights::Trained(_) => settings,
        Weights::Given(_) => settings.without_draws(),
    }
}

impl NetworkReport {
    fn of(measurement: &Measurement) -> Option<Self> {
        let subject = &measurement.subject;
        let Weights::Given(weights) = subject.weights() else { return None };
        let activations = (0..measurement.layers.len()).map(|layer| subject.activation(layer).to_string()).collect();
        Some(Self { name: weights.label().to_owned(), activations, outputs: subject.outputs() })
    }
}

impl Input {
    fn of(measurement: &Measurement) -> Option<Self> {
        let inputs = &measurement.experiment().inputs;
        let used = measurement.standard.filter(|_| inputs.scale == InputScale::Standardized);
        let (mean, std) = (used.map(|standard| standard.mean), used.map(|standard| standard.std));
        let own = match &inputs.data {
            Data::Set(set) => Some((set.shape().to_vec(), set.classes().to_vec())),
            Data::Mnist | Data::Folder(_) | Data::Gaussian { .. } => None,
        };
        let (shape, classes) = own.unzip();
        inputs.data.has_pixels().then(|| Self { dim: inputs.dim(), shape, classes, mean, std })
    }
}
