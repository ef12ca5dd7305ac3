use rayon::prelude::*;

use super::run::Crew;
use crate::network::{Interrupted, Network};
use crate::stats::Distribution;

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
