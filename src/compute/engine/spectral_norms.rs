use rayon::prelude::*;

use super::cost;
use super::progress::Phase;
use super::run::Crew;
use crate::network::{Interrupted, Kernel, Network};

/// The spectral norm of every hidden layer's kernel, or, unless they are `wanted`, of those for which it is known already.
pub(super) fn spectral_norms(network: &Network, wanted: bool, crew: Crew<'_>) -> Result<Vec<Option<f64>>, Interrupted> {
    if !wanted {
        return Ok(kernels(network).map(Kernel::known_spectral_norm).collect());
    }
    crew.progress.enter(Phase::SpectralNorms);
    let of = |kernel: &Kernel| {
        let new = kernel.known_spectral_norm().is_none();
        let norm = kernel.spectral_norm(&|| (crew.interrupted)())?;
        if new {
            crew.progress.add(Phase::SpectralNorms, cost::spectral_norm(kernel.len()));
        }
        Ok(Some(norm))
    };
    let kernels: Vec<_> = kernels(network).collect();
    kernels.into_par_iter().map(of).collect()
}

/// About what they will take, in nanoseconds of one thread.
pub(super) fn spectral_norms_cost(network: &Network) -> f64 {
    let new = kernels(network).filter(|kernel| kernel.known_spectral_norm().is_none());
    new.map(|kernel| cost::spectral_norm(kernel.len())).sum()
}

fn kernels(network: &Network) -> impl Iterator<Item = &Kernel> {
    (0..network.layers()).map(|index| network.hidden_kernel(index))
}
