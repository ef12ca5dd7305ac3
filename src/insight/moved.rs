use super::words::units;
use super::{Rank, Seen, Sentence, Topic};
use crate::experiment::{Activation, Experiment, Initializer};
use crate::number;
use crate::subject::Subject;

/// The weights' scale moved, and units fire for the very images they fired for before.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let (now, before) = (seen.measurement, seen.before?);
    let same_states = || now.layers.iter().map(|layer| layer.states).eq(before.layers.iter().map(|layer| layer.states));
    let comparable = now.images == before.images && now.overflow().is_none() && before.overflow().is_none();
    if !comparable || !only_scaled(&before.subject, &now.subject) || !same_states() {
        return None;
    }
    let activation = now.experiment().activation;
    let name = match activation {
        Activation::Relu => "ReLU",
        _ if activation.can_be_dead() => activation.name(),
        // Others are never off.
        _ => return None,
    };
    let sigma = |experiment: &Experiment| {
        let shapes = experiment.kernel_shapes();
        let (fan_in, fan_out) = shapes[shapes.len() - 2];
        number::sigma(experiment.initializer.sigma(fan_in, fan_out))
    };
    let (from, to) = (sigma(before.experiment()), sigma(now.experiment()));
    let (dead, all): (usize, usize) =
        now.layers.iter().fold((0, 0), |(dead, all), layer| (dead + layer.states.dead, all + layer.units));
    let dead = if dead == 0 { "none".to_owned() } else { number::count(dead as u64) };
    Some(Sentence {
        text: format!(
            "σ went from {from} to {to} and the same units are off ({dead} of {} dead, as before): without biases, σ only \
             scales a {name} network.",
            units(all)
        ),
        rank: Rank::Answer,
        about: &[Topic::Moved, Topic::Dead],
    })
}

/// Whether two subjects have the same draws, and differ in nothing but positive factors on them, which do nothing but
/// scale what every layer computes.
pub fn only_scaled(one: &Subject, other: &Subject) -> bool {
    let (Ok(one), Ok(other)) = (one.drawn(), other.drawn()) else { return false };
    let rest = Experiment { initializer: other.initializer, ..one.clone() } == *other;
    rest && one != other
        && one.activation.is_positively_homogeneous()
        && (one.bias, one.bias_std) == (0.0, 0.0)
        && one.initializer.law() == other.initializer.law()
        && only_scales(one)
        && only_scales(other)
}

/// Whether every weight is a positive factor times a draw.
fn only_scales(experiment: &Experiment) -> bool {
    let initializer = experiment.initializer;
    // The shape of a law between bounds depends on its sigma.
    let shaped = matches!(initializer, Initializer::TruncNormal { .. });
    let factors = |(fan_in, fan_out): (usize, usize)| {
        initializer.mean(fan_in, fan_out) == 0.0 && initializer.sigma(fan_in, fan_out) > 0.0
    };
    !shaped
        && !initializer.sets_biases()
        && !initializer.looks_at_data()
        && experiment.kernel_shapes().into_iter().all(factors)
}
