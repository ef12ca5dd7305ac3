use rayon::prelude::*;

use super::LayerMeasurement;
use super::run::Crew;
use crate::network::{Interrupted, Network};
use crate::stats::Distribution;
use crate::subject::{Subject, Updates, Weights};

/// What the weights of every hidden layer look like, with their quantiles.
pub(super) fn weights(network: &Network, crew: Crew<'_>) -> Result<Vec<Distribution>, Interrupted> {
    let of = |index: usize| {
        if (crew.interrupted)() {
            return Err(Interrupted);
        }
        Ok(network.hidden_kernel(index).distribution())
    };
    (0..network.layers()).into_par_iter().map(of).collect()
}

/// Adds what a step of a training changed of them: nothing, where there is no training.
pub(super) fn updates(subject: &Subject, layers: &mut [LayerMeasurement]) {
    match (subject.updates(), subject.weights()) {
        (Some(updates), _) => {
            for (layer, update) in layers.iter_mut().zip(updates.layers()) {
                layer.update = Some(update.clone());
            }
        }
        (None, Weights::Drawn | Weights::Given(_)) => {
            layers.par_iter_mut().for_each(|layer| layer.update = Some(Updates::none(layer.units * layer.fan_in)));
        }
        // It was made, but what it changed was not looked at.
        (None, Weights::Trained(_)) => {}
    }
}
