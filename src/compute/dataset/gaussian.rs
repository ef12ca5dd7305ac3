use std::ops::Range;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use rand_distr::{Distribution as _, StandardNormal};

/// Image i has ChaCha8's stream of this and i: far from those of the kernels, and the same however many images there are.
const IMAGES: u64 = 1 << 48;
/// The stream of all labels.
const LABELS: u64 = 1 << 49;

/// Fills in images [images, dim], each of independent standard normal values.
pub(super) fn fill(seed: u32, dim: usize, images: Range<usize>, values: &mut [f32]) {
    for (image, values) in images.zip(values.chunks_exact_mut(dim)) {
        let mut random = stream(seed, IMAGES | image as u64);
        values.fill_with(|| StandardNormal.sample(&mut random));
    }
}

/// Labels of the first `images` images, each class as likely as the others.
pub(super) fn labels(seed: u32, images: usize, classes: usize) -> Box<[u8]> {
    let mut random = stream(seed, LABELS);
    (0..images).map(|_| ((u64::from(random.next_u32()) * classes as u64) >> 32) as u8).collect()
}

fn stream(seed: u32, stream: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(u64::from(seed));
    random.set_stream(stream);
    random
}
