use super::BLOCK;
use super::elementary::exp;
use super::level::{Arithmetic, Level, Work};

/// Logits of a block of images, class after class, [`BLOCK`] images each.
pub(super) struct Softmax<'a> {
    pub logits: &'a [f32],
    /// Of each image, of which there may be fewer.
    pub labels: &'a [u8],
    /// What all logits are multiplied by.
    pub scale: f64,
    /// Where dL/dlogits goes, as the logits lie, and what it is multiplied by.
    pub gradient: Option<(&'a mut [f32], f64)>,
}

impl Softmax<'_> {
    /// Sum over images of the cross-entropy of the softmax of the logits with the label, `-log softmax(logits)[label]`, in
    /// nats, in f64; and, if asked for, its gradient: (softmax - one at the label), rounded at last.
    pub fn cross_entropy(self) -> f64 {
        Level::best().run(self)
    }
}

/// Images that become vectors together.
const LANES: usize = 16;

impl Work for Softmax<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<A: Arithmetic>(self) -> f64 {
        let Self { logits, labels, scale, mut gradient } = self;
        let mut loss = 0.0;
        for (group, labels) in labels.chunks(LANES).enumerate() {
            let first = group * LANES;
            let mut greatest = [f64::NEG_INFINITY; LANES];
            for class in logits.chunks_exact(BLOCK) {
                for (greatest, logit) in greatest.iter_mut().zip(logits_of(class, first, scale)) {
                    *greatest = if logit > *greatest { logit } else { *greatest };
                }
            }
            let mut sums = [0.0; LANES];
            for class in logits.chunks_exact(BLOCK) {
                sums.iter_mut().zip(powers::<A>(class, first, scale, &greatest)).for_each(|(sum, power)| *sum += power);
            }
            for (image, &label) in labels.iter().enumerate() {
                let own = f64::from(logits[usize::from(label) * BLOCK + first + image]) * scale;
                loss += sums[image].ln() + greatest[image] - own;
            }
            let Some((gradient, factor)) = &mut gradient else { continue };
            for (class, values) in gradient.chunks_exact_mut(BLOCK).enumerate() {
                let powers = powers::<A>(&logits[class * BLOCK..][..BLOCK], first, scale, &greatest);
                for (image, &label) in labels.iter().enumerate() {
                    let wanted = if class == usize::from(label) { 1.0 } else { 0.0 };
                    values[first + image] = ((powers[image] / sums[image] - wanted) * *factor) as f32;
                }
            }
        }
        loss
    }
}

/// A class's logits of some images.
#[inline(always)]
fn logits_of(class: &[f32], first: usize, scale: f64) -> [f64; LANES] {
    let mut logits = [0.0; LANES];
    for (logit, &value) in logits.iter_mut().zip(&class[first..first + LANES]) {
        *logit = f64::from(value) * scale;
    }
    logits
}

/// Their exponentials, over those of the greatest.
#[inline(always)]
fn powers<A: Arithmetic>(class: &[f32], first: usize, scale: f64, greatest: &[f64; LANES]) -> [f64; LANES] {
    let mut powers = logits_of(class, first, scale);
    for (power, greatest) in powers.iter_mut().zip(greatest) {
        *power = exp::<A>(*power - greatest);
    }
    powers
}
