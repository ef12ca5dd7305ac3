use std::sync::Arc;

use serde::Serialize;

use crate::cli::Error;
use crate::engine::{Measurement, Measurer};
use crate::experiment::Settings;
use crate::number;
use crate::remedy::Trials;

/// What helps a network, by trials: what the window says under its sentences.
#[derive(Serialize)]
pub(super) struct WhatHelps {
    /// Images that each change was measured on, from the first; none where nothing was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    images: Option<usize>,
    /// Changes that help, the best first.
    remedies: Vec<TriedRemedy>,
}

#[derive(Serialize)]
struct TriedRemedy {
    name: String,
    effect: String,
    before: f64,
    after: f64,
    experiment: Settings,
}

impl WhatHelps {
    /// Tries what may help a measured network, as far as something is wrong with it.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn of(measurement: &Measurement, measurer: &mut Measurer) -> Result<Self, Error> {
        let Some(trials) = Trials::of(measurement) else { return Ok(Self { images: None, remedies: Vec::new() }) };
        let measure = |request: crate::engine::Request| measurer.measure_all(&request.subject, request.quantities);
        let measured = trials.requests().into_iter().map(measure).map(|measured| measured.map(Arc::new));
        let measured = measured.collect::<Result<Vec<_>, _>>().map_err(Error::failed)?;
        let remedies = trials.effects(&measured).into_iter().map(|(remedy, effect)| {
            let (before, after) = effect.readings();
            let (name, experiment) = (remedy.name.clone(), Settings::from(&remedy.experiment));
            TriedRemedy { name, effect: effect.words(), before, after, experiment }
        });
        Ok(Self { images: Some(trials.images()), remedies: remedies.collect() })
    }

    /// The same in a sentence.
    pub fn words(&self) -> String {
        let Some(images) = self.images else {
            return "What helps: nothing is so wrong that a change was tried.".to_owned();
        };
        let images = number::count(images as u64);
        if self.remedies.is_empty() {
            return format!("What helps: none of the changes that were tried on the first {images} images.");
        }
        let remedies: Vec<_> =
            self.remedies.iter().map(|remedy| format!("{} ({})", remedy.name, remedy.effect)).collect();
        format!("What helps, tried on the first {images} images: {}.", remedies.join("; "))
    }
}
