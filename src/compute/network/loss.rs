use super::BLOCK;
use crate::numeric::elementary::exp;
use crate::numeric::{Arithmetic, Level, Work};

/// Logits of a block of images, class after class, [`BLOCK`] images each.
pub(super) struct Softmax<'a> {
    pub logits: &'a [f32],
    /// Labels of the images, of which there may be fewer.
    pub labels: &'a [u8],
    /// What all logits are multiplied by.
    pub scale: f64,
    /// Where dL/dlogits goes, as the logits lie.
    pub gradient: Option<&'a mut [f64]>,
}

impl Softmax<'_> {
    /// Sum over images of the cross-entropy of the softmax of the logits with the label, `-log softmax(logits)[label]`, in
    /// nats; and, if asked for, its gradient: softmax - one at the label.
    ///
    /// In exact arithmetic an image's gradients add up to 0, and what comes before them may rest on that: where all units of a
    /// layer are alike, nothing else is left of its own. So they are whole multiples of a step, 2^-51 of their size or less,
    /// and add up to 0 in any order, to the bit. At the label there is what all others make, for 1 less a share near 1 would
    /// cancel.
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
            let Some(gradient) = &mut gradient else { continue };
            let mut wanted = [0.0; LANES];
            wanted.iter_mut().zip(labels).for_each(|(wanted, &label)| *wanted = f64::from(label));
            let mut others = [0.0; LANES];
            for (class, (values, logits)) in
                gradient.chunks_exact_mut(BLOCK).zip(logits.chunks_exact(BLOCK)).enumerate()
            {
                let powers = powers::<A>(logits, first, scale, &greatest);
                for lane in 0..LANES {
                    let share = powers[lane] / sums[lane];
                    let other = if wanted[lane] == class as f64 { 0.0 } else { share };
                    values[first + lane] = other;
                    others[lane] += other;
                }
            }
            // Numbers up to a power of two are added to one and a half of it: what is left has its steps.
            let above = others.map(|sum| 1.5 * power_of_two_above(sum));
            let mut others = [0.0; LANES];
            for values in gradient.chunks_exact_mut(BLOCK) {
                for lane in 0..LANES {
                    let value = &mut values[first + lane];
                    *value = (*value + above[lane]) - above[lane];
                    others[lane] += *value;
                }
            }
            for (image, &label) in labels.iter().enumerate() {
                gradient[usize::from(label) * BLOCK + first + image] = -others[image];
            }
            // Places of no image.
            for values in gradient.chunks_exact_mut(BLOCK) {
                values[first + labels.len()..first + LANES].fill(0.0);
            }
        }
        loss
    }
}

/// The least power of two that is more than a positive number; infinite or NaN as that is.
#[inline(always)]
fn power_of_two_above(value: f64) -> f64 {
    2.0 * f64::from_bits(value.to_bits() & 0x7ff0_0000_0000_0000)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten logits of an image each, of all sizes, some of them equal.
    fn logits(images: usize) -> Vec<f32> {
        let mut logits = vec![0.0; 10 * BLOCK];
        for image in 0..images {
            let size = [0.0, 1e-6, 0.3, 1.0, 7.0, 40.0, 300.0, 1e30][image % 8];
            for class in 0..10 {
                let at = ((image * 10 + class) as f64 * 0.7).sin();
                logits[class * BLOCK + image] = (size * if image % 5 == 0 { at.round() } else { at }) as f32;
            }
        }
        logits
    }

    fn gradient(level: Level, logits: &[f32], labels: &[u8]) -> Vec<f64> {
        let mut gradient = vec![7.0; 10 * BLOCK];
        level.run(Softmax { logits, labels, scale: 1.0, gradient: Some(&mut gradient) });
        gradient
    }

    #[test]
    fn an_images_gradients_add_up_to_zero_in_any_order() {
        let labels: Vec<u8> = (0..61).map(|image| (image * 7 % 10) as u8).collect();
        for level in Level::all() {
            let gradient = gradient(level, &logits(61), &labels);
            for image in 0..61 {
                let own = |class: usize| gradient[class * BLOCK + image];
                for orders in [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [9, 4, 1, 6, 0, 3, 8, 2, 7, 5]] {
                    assert_eq!(orders.into_iter().map(own).sum::<f64>(), 0.0, "image {image}, {level:?}");
                }
            }
        }
    }

    /// Term by term, as the formula has it; near a share of 1 what is left of it is the sum of the others.
    #[test]
    fn they_are_the_softmax_less_one_at_the_label() {
        let labels: Vec<u8> = (0..61).map(|image| (image * 7 % 10) as u8).collect();
        let logits = logits(61);
        let gradient = gradient(Level::best(), &logits, &labels);
        for (image, &label) in labels.iter().enumerate() {
            let logit = |class: usize| f64::from(logits[class * BLOCK + image]);
            let greatest = (0..10).map(logit).fold(f64::NEG_INFINITY, f64::max);
            let powers: Vec<f64> = (0..10).map(|class| (logit(class) - greatest).exp()).collect();
            let sum: f64 = powers.iter().sum();
            let others =
                |but: usize| (0..10).filter(move |&class| class != but).map(|class| powers[class] / sum).sum::<f64>();
            for class in 0..10 {
                let is_label = class == usize::from(label);
                let expected = if is_label { -others(class) } else { powers[class] / sum };
                let off = (gradient[class * BLOCK + image] - expected).abs();
                assert!(off <= 2e-15 * others(usize::from(label)) + 1e-300, "image {image}, class {class}: {off}");
            }
        }
        let empty = (0..10).flat_map(|class| &gradient[class * BLOCK + 61..][..3]);
        assert!(empty.into_iter().all(|&value| value == 0.0 || value == 7.0), "places of no image");
    }
}
