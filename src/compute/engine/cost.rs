//! About what work takes, in nanoseconds of one thread: enough to say beforehand how long it will be.

use std::sync::LazyLock;
use std::time::Duration;

use crate::experiment::Experiment;
use crate::network::{BLOCK, LSUV_IMAGES, Law, Network};

/// A multiplication and an addition of a product.
const PER_WEIGHT: f64 = 0.015;
/// A value's activation and statistics.
const PER_VALUE: f64 = 1.5;
/// A value, looked at once more.
const PER_LOOK: f64 = 0.3;
/// The draw of a weight.
const PER_DRAW: f64 = 8.0;
/// A multiplication and an addition of a QR decomposition.
const PER_REFLECTION: f64 = 0.25;
/// A weight, multiplied as often as its kernel's spectral norm takes.
const PER_NORM: f64 = 40.0;
/// How often LSUV pushes images through a layer, about.
const ROUNDS: f64 = 3.0;
/// Way back over way forward.
const BACK: f64 = 1.0;
/// Sums of dL/dW, with the passes forward and back they take.
const SUMS: f64 = 3.0;
/// What theory expects of a layer, and what it says of the whole.
const PER_LAYER: f64 = 1.5e6;
const OUTLOOK: f64 = 1e8;

/// A block of images on its way forward, measured.
pub(super) fn forward(network: &Network) -> f64 {
    BLOCK as f64 * (network.operations() as f64 / 2.0 * PER_WEIGHT + network.units() as f64 * PER_VALUE)
}

/// Asked once: the answer takes a look into a dozen files.
static THREADS: LazyLock<usize> = LazyLock::new(|| std::thread::available_parallelism().map_or(1, usize::from));

/// Gradients of all images of an experiment and norms of its weights', with all threads there are.
pub fn gradients_take(experiment: &Experiment) -> Duration {
    let shapes = experiment.kernel_shapes();
    let (weights, units) =
        shapes.iter().fold((0, 0), |(weights, units), (fan_in, fan_out)| (weights + fan_in * fan_out, units + fan_out));
    let image = weights as f64 * PER_WEIGHT + units as f64 * PER_VALUE;
    let nanoseconds = experiment.inputs.images as f64 * image * (1.0 + BACK + SUMS) / *THREADS as f64;
    Duration::from_nanos(nanoseconds as u64)
}

/// A block forward and back.
pub(super) fn backward(network: &Network) -> f64 {
    (1.0 + BACK) * forward(network)
}

/// A block's share of dL/dW.
pub(super) fn weight_gradients(network: &Network) -> f64 {
    SUMS * forward(network)
}

/// A block's values, which were kept.
pub(super) fn look(units: usize) -> f64 {
    (BLOCK * units) as f64 * PER_LOOK
}

/// The draws of a kernel of this shape.
pub(super) fn draws(law: Law, (rows, columns): (usize, usize)) -> f64 {
    let drawn = (rows * columns) as f64 * PER_DRAW;
    match law {
        // Once to find the reflections, once to do them.
        Law::Orthogonal => drawn + 4.0 * (rows * columns * rows.min(columns)) as f64 * PER_REFLECTION,
        _ => drawn,
    }
}

/// The spectral norm of a kernel of so many weights.
pub(super) fn spectral_norm(weights: usize) -> f64 {
    weights as f64 * PER_NORM
}

/// LSUV.
pub(super) fn fit(experiment: &Experiment) -> f64 {
    let weights: usize = experiment.kernel_shapes().iter().map(|(fan_in, fan_out)| fan_in * fan_out).sum();
    weights as f64 * experiment.inputs.images.min(LSUV_IMAGES) as f64 * ROUNDS * PER_WEIGHT
}

/// A round of it: one layer, once, on the average.
pub(super) fn fit_round(experiment: &Experiment) -> f64 {
    fit(experiment) / (experiment.kernel_shapes().len() as f64 * ROUNDS)
}

/// Theory, of every layer and of the whole.
pub(super) fn theory(layers: usize, outlook: bool) -> f64 {
    layers as f64 * PER_LAYER + if outlook { OUTLOOK } else { 0.0 }
}
