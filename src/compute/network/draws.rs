use std::sync::Arc;

use ndarray::{Array1, Array2};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use rand_distr::{Distribution as _, StandardNormal};
use rayon::prelude::*;

use super::initializer::{RAI_SIGMA, law_of, zeros_of};
use super::kernel::{Bounds, Kernel, StandardDraws};
use super::scaling::Scaling;
use super::{Interrupted, Law, orthogonal, philox, truncated_normal};
use crate::experiment::{Draws, Experiment, Initializer};
use crate::subject::GivenWeights;

/// Standard draws of the present network, kept so that a new sigma scales the same network; and the kernels of the last weights
/// that were given, with what is known of them.
#[derive(Default)]
pub struct DrawCache {
    kept: Vec<KeptDraws>,
    pub(super) given: Option<(Arc<GivenWeights>, Vec<Kernel>)>,
}

struct KeptDraws {
    source: DrawSource,
    values: Option<Arc<StandardDraws>>,
}

/// What a kernel's or a bias's draws follow from.
#[derive(Clone, Copy, PartialEq)]
struct DrawSource {
    seed: u32,
    law: Law,
    stream: u64,
    shape: (usize, usize),
}

/// A layer's biases have the stream of its kernel and this; they are drawn each for itself even where kernels share.
const BIASES: u64 = 1 << 32;
/// The stream that kernels share: the first hidden layer's.
const SHARED: u64 = 1;
/// The stream of a linear first layer's kernel.
const LINEAR: u64 = 1 << 33;

/// Who waits for draws.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Whether nobody does any more.
    pub interrupted: &'a (dyn Fn() -> bool + Sync),
    /// Is told the shape of every matrix as soon as it is drawn.
    pub drawn: &'a (dyn Fn((usize, usize)) + Sync),
}

impl DrawCache {
    /// Standard draws; what was drawn before is not drawn again, even where it was interrupted, and equal ones are drawn once.
    fn standard(&mut self, sources: &[DrawSource], watch: Watch<'_>) -> Result<Vec<Arc<StandardDraws>>, Interrupted> {
        let mut before = std::mem::take(&mut self.kept);
        for source in sources {
            if self.kept.iter().all(|kept| kept.source != *source) {
                self.kept.push(match before.iter().position(|kept| kept.source == *source) {
                    Some(at) => before.swap_remove(at),
                    None => KeptDraws { source: *source, values: None },
                });
            }
        }
        let missing = self.kept.par_iter_mut().filter(|kept| kept.values.is_none());
        missing.try_for_each(|kept| kept.draw(watch))?;
        let kept = &self.kept;
        let of =
            |source: &DrawSource| kept.iter().find(|kept| kept.source == *source).and_then(|kept| kept.values.clone());
        Ok(sources.iter().filter_map(of).collect())
    }
}

/// A bias per unit, layer by layer; `None` for none at all.
type Biases = Option<Vec<Array1<f32>>>;

/// Kernels, and the biases if there are any.
///
/// Every kernel has a ChaCha8 stream of its own (hidden layer l: stream l; output layer: stream 0; a linear first layer:
/// stream 2^33), filled in C order,
/// so that adding layers keeps the ones that are there, on every platform and with any number of threads.
pub(super) fn draw(
    experiment: &Experiment,
    cache: &mut DrawCache,
    watch: Watch<'_>,
) -> Result<(Vec<Kernel>, Biases), Interrupted> {
    let &Experiment { initializer, seed, draws, bias, bias_std, .. } = experiment;
    let law = law_of(experiment);
    let shapes = experiment.kernel_shapes();
    let output = shapes.len() - 1;
    let linear = experiment.linear_layers();
    let streams = (0..=output).map(|index| match index {
        index if index == output => 0,
        index if index < linear => LINEAR,
        index => (index - linear + 1) as u64,
    });
    let extra = usize::from(law == Law::Rai);
    let mut sources: Vec<_> = (shapes.iter().zip(streams.clone()))
        .map(|(&(fan_in, fan_out), own)| {
            let stream = match (draws, law) {
                (Draws::Independent, _) => own,
                (Draws::Shared, Law::Tensorflow1) => 0,
                (Draws::Shared, _) => SHARED,
            };
            DrawSource { seed, law, stream, shape: (fan_in + extra, fan_out) }
        })
        .collect();
    let bias_law = match initializer {
        Initializer::TorchLinearDefault => Some(Law::Uniform),
        Initializer::Rai => None,
        _ if bias_std > 0.0 => Some(Law::Normal),
        _ => None,
    };
    if let Some(law) = bias_law {
        let widths = shapes.iter().map(|&(_, fan_out)| fan_out).zip(streams);
        sources.extend(widths.map(|(width, stream)| DrawSource {
            seed,
            law,
            stream: BIASES | stream,
            shape: (1, width),
        }));
    }
    let standard = cache.standard(&sources, watch)?;
    let (kernels, biases) = standard.split_at(shapes.len());
    let scaled_kernels = (kernels.par_iter().zip(&shapes))
        .map(|(draws, &(fan_in, fan_out))| scaled(initializer.scaling(fan_in, fan_out), draws))
        .collect();
    let biases: Vec<_> = biases.iter().map(|draws| draws.values().row(0)).collect();
    let biases = match initializer {
        Initializer::Rai => {
            let last = |draws: &Arc<StandardDraws>| draws.values().row(draws.values().nrows() - 1).to_owned();
            Some(kernels.iter().map(last).collect())
        }
        Initializer::TorchLinearDefault => {
            let limits = shapes.iter().map(|&(fan_in, _)| (1.0 / (fan_in as f64).sqrt()) as f32);
            Some(biases.iter().zip(limits).map(|(draws, limit)| draws * limit).collect())
        }
        _ if bias_std > 0.0 => {
            let (constant, factor) = (bias as f32, bias_std as f32);
            Some(biases.iter().map(|draws| draws.mapv(|draw| constant + factor * draw)).collect())
        }
        _ if bias != 0.0 => Some(shapes.iter().map(|&(_, fan_out)| Array1::from_elem(fan_out, bias as f32)).collect()),
        _ => None,
    };
    Ok((scaled_kernels, biases))
}

/// The kernel of these standard draws.
fn scaled(scaling: Scaling, draws: &Arc<StandardDraws>) -> Kernel {
    match scaling {
        Scaling::Linear { offset, factor } => Kernel::scaled(Arc::clone(draws), offset, factor),
        Scaling::Quantile { mean, sigma, a, b } => {
            let law = truncated_normal::Between::new(mean, sigma, a, b);
            // The middle of the draw's step, so that no share is 0 or 1.
            let weight = |draw| law.value(f64::from(draw) / 2.0 + 0.5 + 0.5_f64.powi(25)) as f32;
            draws.made(scaling, || Kernel::within(draws.values().mapv(weight), Bounds::Between(a, b)))
        }
    }
}

impl KeptDraws {
    fn draw(&mut self, watch: Watch<'_>) -> Result<(), Interrupted> {
        if (watch.interrupted)() {
            return Err(Interrupted);
        }
        let DrawSource { seed, law, stream, shape } = self.source;
        let mut random = ChaCha8Rng::seed_from_u64(u64::from(seed));
        random.set_stream(stream);
        let values = match law {
            Law::Normal => Array2::from_shape_simple_fn(shape, || normal(&mut random)),
            Law::NormalCutAt2 => Array2::from_shape_simple_fn(shape, || {
                loop {
                    let value = normal(&mut random);
                    if value.abs() <= 2.0 {
                        break value;
                    }
                }
            }),
            Law::Uniform => Array2::from_shape_simple_fn(shape, || 2.0 * share(&mut random) - 1.0),
            Law::None => Array2::zeros(shape),
            Law::Identity => Array2::from_shape_fn(shape, |(row, column)| if row == column { 1.0 } else { 0.0 }),
            Law::Orthogonal => orthogonal_kernel(shape, &mut random, watch.interrupted)?,
            Law::Sparse { sparsity } => sparse(shape, sparsity, &mut random),
            Law::Rai => randomized_asymmetric(shape, &mut random),
            Law::Tensorflow1 => {
                // The stream is the upper half of the operation's seed, and must fit there.
                let stream = if stream == LINEAR { 1 << 31 } else { stream };
                let mut normals = philox::normals((stream << 32) | u64::from(seed));
                Array2::from_shape_simple_fn(shape, || normals.next().unwrap_or_default())
            }
        };
        let fan_in = if law == Law::Rai { shape.0 - 1 } else { shape.0 };
        self.values = Some(Arc::new(StandardDraws::new(fan_in, values, law.bounds())));
        (watch.drawn)(shape);
        Ok(())
    }
}

fn normal(random: &mut ChaCha8Rng) -> f32 {
    StandardNormal.sample(random)
}

/// In [0, 1), in steps of 2^-24.
fn share(random: &mut ChaCha8Rng) -> f32 {
    (random.next_u32() >> 8) as f32 / 16_777_216.0
}

/// A number below `count`.
fn index(random: &mut ChaCha8Rng, count: usize) -> usize {
    ((u64::from(random.next_u32()) * count as u64) >> 32) as usize
}

/// Keras's and PyTorch's: Q of a normal matrix with as many rows as the longer side, on its side if need be.
fn orthogonal_kernel(
    (rows, columns): (usize, usize),
    random: &mut ChaCha8Rng,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Array2<f32>, Interrupted> {
    let high = (rows.max(columns), rows.min(columns));
    let normals = Array2::from_shape_simple_fn(high, || f64::from(normal(random)));
    let q = orthogonal::orthonormal(normals, interrupted)?;
    let q = q.mapv(|value| value as f32);
    Ok(if rows < columns { q.t().as_standard_layout().into_owned() } else { q })
}

/// The zeros of a row are the first of its units in a random order, whatever the share.
fn sparse(shape: (usize, usize), sparsity: f64, random: &mut ChaCha8Rng) -> Array2<f32> {
    let mut values = Array2::from_shape_simple_fn(shape, || normal(random));
    let zeros = zeros_of(sparsity, shape.1);
    let mut order: Vec<usize> = Vec::with_capacity(shape.1);
    for mut row in values.rows_mut() {
        order.clear();
        order.extend(0..shape.1);
        for at in 0..shape.1 {
            order.swap(at, at + index(random, shape.1 - at));
        }
        order[..zeros].iter().for_each(|&unit| row[unit] = 0.0);
    }
    values
}

fn randomized_asymmetric(shape: (usize, usize), random: &mut ChaCha8Rng) -> Array2<f32> {
    let (inputs_and_bias, units) = shape;
    let sigma = (RAI_SIGMA / ((inputs_and_bias - 1) as f64).sqrt()) as f32;
    let mut values = Array2::from_shape_simple_fn(shape, || sigma * normal(random));
    for unit in 0..units {
        // The root of a uniform share is Beta(2, 1).
        values[[index(random, inputs_and_bias), unit]] = share(random).sqrt();
    }
    values
}
