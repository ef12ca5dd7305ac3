use super::TrainingSeen;
use crate::experiment::NetworkFramework as Framework;
use crate::insight::{Rank, Sentence, Topic};
use crate::number;
use crate::trainer::EpochFigures;
use crate::training::Optimizer;

/// A gradient that is less than this share of the largest has vanished.
const VANISHED: f64 = 1e-2;
/// Only smaller gradients are hidden: a step of plain gradient descent at rate 0.1 would move a weight by less than a millionth.
const SMALL: f64 = 1e-5;
/// Updates that are no further apart are alike.
const ALIKE: f64 = 10.0;

/// An optimizer that divides gradients by their size makes updates alike, however small they are: down to its epsilon.
pub(super) fn rule(seen: &TrainingSeen<'_>) -> Option<Sentence> {
    let floor = Floor::of(seen)?;
    let figures = seen.epochs.iter().find(|figures| figures.step > 0)?;
    let sizes: Option<Vec<_>> =
        (0..figures.layers.len()).map(|layer| seen.gradient_of_weight(figures, layer)).collect();
    let ratios: Option<Vec<_>> = figures.layers.iter().map(|layer| layer.update_ratio).collect();
    let (sizes, ratios) = (sizes?, ratios?);
    let least = (0..sizes.len()).min_by(|one, other| sizes[*one].total_cmp(&sizes[*other]))?;
    let most = (0..sizes.len()).max_by(|one, other| sizes[*one].total_cmp(&sizes[*other]))?;
    // Gradients that explode are as far apart, and none of them is small.
    let is_small = sizes[least] > 0.0 && sizes[least] < SMALL;
    let has_vanished = is_small && sizes[least] < VANISHED * sizes[most] && sizes[most].is_finite();
    if !has_vanished || ratios[least].is_nan() || ratios[least] <= 0.0 {
        return None;
    }
    let text = if ratios[most] <= ALIKE * ratios[least] {
        hides(seen, figures, (least, most), &sizes, &ratios, &floor)
    } else if sizes[least] < floor.size {
        format!(
            "{} does not make up for gradients below {}: after step {} the gradient of a weight in layer {} is about {}, and the step \
             moved the weights there by {} of their size, those in layer {} by {}.",
            floor.name,
            floor.words("its "),
            number::count(figures.step),
            least + 1,
            number::short(sizes[least]),
            number::short(ratios[least]),
            most + 1,
            number::short(ratios[most]),
        )
    } else {
        return None;
    };
    Some(Sentence { text, rank: Rank::Notable, about: &[Topic::Updates, Topic::Gradients] })
}

fn hides(
    seen: &TrainingSeen<'_>,
    figures: &EpochFigures,
    (least, most): (usize, usize),
    sizes: &[f64],
    ratios: &[f64],
    floor: &Floor,
) -> String {
    let (epsilon, framework) = (floor.words(""), seen.training.framework.name());
    let end = if sizes[least] < floor.size {
        format!("; the one in layer {} is below {epsilon} ({framework}), and not made up for entirely", least + 1)
    } else {
        format!(", down to {epsilon} ({framework})")
    };
    format!(
        "{} hides how small gradients are: after step {} that of a weight is about {} in layer {} and {} in layer {}, but the updates \
         are {} and {} of the weights, as each gradient is divided by its own size{end}.",
        floor.name,
        number::count(figures.step),
        number::short(sizes[least]),
        least + 1,
        number::short(sizes[most]),
        most + 1,
        number::short(ratios[least]),
        number::short(ratios[most]),
    )
}

/// Below which size gradients are not made up for.
struct Floor {
    name: &'static str,
    size: f64,
    /// Whether epsilon stands inside the root.
    is_root: bool,
}

impl Floor {
    fn of(seen: &TrainingSeen<'_>) -> Option<Self> {
        let optimizer = seen.training.optimizer;
        let (size, is_root) = match optimizer {
            Optimizer::RmsProp { epsilon, .. } if seen.training.framework == Framework::Keras => (epsilon.sqrt(), true),
            Optimizer::RmsProp { epsilon, .. } | Optimizer::Adam { epsilon, .. } | Optimizer::AdamW { epsilon, .. } => {
                (epsilon, false)
            }
            Optimizer::Sgd { .. } | Optimizer::Adagrad { .. } => return None,
        };
        Some(Self { name: optimizer.title(), size, is_root })
    }

    /// `epsilon, 1×10⁻⁷`, or after `its ` `the root of its epsilon, 3×10⁻⁴`
    fn words(&self, its: &str) -> String {
        let root = if self.is_root { "the root of " } else { "" };
        format!("{root}{its}epsilon, {}", number::short(self.size))
    }
}
