use crate::numeric::elementary::exp;
use crate::numeric::{Arithmetic, Level, Work};
use crate::training::Objective;

/// Where Keras clips probabilities.
const CLIP: f64 = 1e-7;

/// The logits of a few images, class after class, image beside image.
pub(super) struct CrossEntropy<'a> {
    /// [classes, width].
    pub logits: &'a [f32],
    pub width: usize,
    /// Labels of the images, of which there may be fewer than the width.
    pub labels: &'a [u32],
    pub objective: Objective,
    /// What gradients are multiplied by: 1 over the images of the batch.
    pub share: f64,
    /// Where dL/dlogits goes, as the logits lie; 0 in places of no image.
    pub gradients: Option<&'a mut [f32]>,
}

/// What a few images' logits say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Verdict {
    /// The sum of their losses, in nats.
    pub loss: f64,
    /// How many have their greatest logit at their label.
    pub right: usize,
}

impl CrossEntropy<'_> {
    /// Loss, gradients and images that are right, in f64 inside.
    pub fn judge(self, level: Level) -> Verdict {
        level.run(self)
    }
}

/// Images that become vectors together.
const TOGETHER: usize = 8;

impl Work for CrossEntropy<'_> {
    type Output = Verdict;

    #[inline(always)]
    fn run<A: Arithmetic>(self) -> Verdict {
        let Self { logits, width, labels, objective, share, mut gradients } = self;
        let mut verdict = Verdict::default();
        for (first, labels) in (0..width).step_by(TOGETHER).zip(labels.chunks(TOGETHER)) {
            let mut greatest = [f64::NEG_INFINITY; TOGETHER];
            for class in logits.chunks_exact(width) {
                for (greatest, logit) in greatest.iter_mut().zip(of(class, first)) {
                    // NaN stays.
                    *greatest = if logit <= *greatest { *greatest } else { logit };
                }
            }
            let mut sums = [0.0; TOGETHER];
            for class in logits.chunks_exact(width) {
                for ((sum, logit), greatest) in sums.iter_mut().zip(of(class, first)).zip(&greatest) {
                    *sum += exp::<A>(logit - greatest);
                }
            }
            // Places of no image have no label and no weight.
            let (mut weights, mut wanted) = ([0.0; TOGETHER], [f64::NAN; TOGETHER]);
            for (image, &label) in labels.iter().enumerate() {
                let own = f64::from(logits[label as usize * width + first + image]);
                (weights[image], wanted[image]) = (share, f64::from(label));
                verdict.loss += match objective {
                    Objective::Exact => sums[image].ln() + (greatest[image] - own),
                    Objective::Clipped => {
                        let probability = (own - greatest[image]).exp() / sums[image];
                        if !(CLIP..=1.0 - CLIP).contains(&probability) {
                            weights[image] = 0.0;
                        }
                        -probability.clamp(CLIP, 1.0 - CLIP).ln()
                    }
                };
                verdict.right += usize::from(own == greatest[image] && is_first(logits, width, first + image, label));
            }
            let Some(gradients) = &mut gradients else { continue };
            let mut others = [0.0; TOGETHER];
            for (class, (gradients, logits)) in
                gradients.chunks_exact_mut(width).zip(logits.chunks_exact(width)).enumerate()
            {
                let logits = of(logits, first);
                for lane in 0..TOGETHER {
                    let power = exp::<A>(logits[lane] - greatest[lane]) / sums[lane];
                    let other = if wanted[lane] == class as f64 { 0.0 } else { power };
                    others[lane] += other;
                    gradients[first + lane] = if weights[lane] == 0.0 { 0.0 } else { (other * weights[lane]) as f32 };
                }
            }
            // At the label, what all others make: 1 less a share near 1 would cancel.
            for (image, &label) in labels.iter().enumerate() {
                let own = if weights[image] == 0.0 { 0.0 } else { -(others[image] * weights[image]) as f32 };
                gradients[label as usize * width + first + image] = own;
            }
        }
        verdict
    }
}

/// A class's logits of some images.
#[inline(always)]
fn of(class: &[f32], first: usize) -> [f64; TOGETHER] {
    let mut logits = [0.0; TOGETHER];
    for (logit, &value) in logits.iter_mut().zip(&class[first..first + TOGETHER]) {
        *logit = f64::from(value);
    }
    logits
}

/// Whether no class before the label has the same logit: of equal ones the first is the answer, as NumPy's argmax has it.
fn is_first(logits: &[f32], width: usize, image: usize, label: u32) -> bool {
    let own = logits[label as usize * width + image];
    logits.chunks_exact(width).take(label as usize).all(|class| class[image] < own)
}
