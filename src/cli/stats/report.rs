use serde::Serialize;

use super::layer::LayerReport;
use super::remedies::WhatHelps;
use super::theory;
use crate::engine::Measurement;
use crate::experiment::{InputScale, Settings};
use crate::insight::what_you_see;
use crate::subject::Weights;
use crate::training::TrainingSettings;

/// A measurement with the keys it is published under.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    pub experiment: Settings,
    /// How its network was trained, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub training: Option<TrainingSettings>,
    pub images: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<Input>,
    pub loss: f64,
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

impl<'a> Report<'a> {
    pub fn of((measurement, what_helps): &'a (Measurement, Option<WhatHelps>)) -> Self {
        Self {
            experiment: Settings::from(measurement.experiment()),
            training: match measurement.subject.weights() {
                Weights::Trained(trained) => Some(TrainingSettings::from(trained.training())),
                Weights::Drawn | Weights::Given(_) => None,
            },
            images: measurement.images,
            input: Input::of(measurement),
            loss: measurement.loss,
            overflow: measurement.overflow().map(|overflow| format!("{overflow}: {}", overflow.reason())),
            what_you_see: what_you_see(&measurement.into()),
            what_helps: what_helps.as_ref(),
            theory: theory::Theory::of(measurement),
            layers: LayerReport::all(measurement),
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
