use super::Range;
use crate::activation::SATURATION_MARGIN;
use crate::experiment::{Activation, STEEP_ENOUGH, Saturation};
use crate::stats::{Density, Distribution, PointMass};
use crate::theory::Phi as _;

/// What an activation makes of a layer's pre-activations: phi and phi' over the very axis that these lie on.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The axis of z, with 0 in its middle.
    pub axis: Range,
    /// (z, phi(z), phi'(z)) from left to right, with both sides of every kink.
    pub curve: Vec<(f64, f64, f64)>,
    /// What phi takes on the axis, with some air.
    pub outputs: Range,
    /// What phi' takes on the axis, and 0, with some air.
    pub slopes: Range,
    /// Where next to no gradient passes: where the activation is off, or saturated.
    pub flat: Vec<(f64, f64)>,
    /// (z, density of the pre-activations as a share of its peak) from left to right, within the axis.
    pub density: Vec<(f64, f64)>,
    /// Pre-activations that all have one value, within the axis.
    pub masses: Vec<PointMass>,
    /// Share of the finite pre-activations that lie beyond the axis.
    pub beyond: f64,
}

/// Steps of the curve from one end of the axis to the other.
const STEPS: i32 = 240;
/// Standard deviations that are on the axis, at least, on both sides of the mean.
const SPREAD: f64 = 4.0;
/// Air above and below, as a share of what is shown.
const AIR: f64 = 0.12;

impl Response {
    /// Follows phi over these pre-activations; without any, over where it turns.
    pub fn of(activation: Activation, z: Option<&Distribution>) -> Self {
        let reach = reach(activation, z);
        let axis = Range { low: -reach, high: reach };
        let curve = curve(activation, reach);
        let ends = |of: fn(&(f64, f64, f64)) -> f64, from: f64| {
            let values = curve.iter().map(of).filter(|value| value.is_finite());
            let (low, high) = values.fold((from, from), |(low, high), value| (low.min(value), high.max(value)));
            let air = AIR * (high - low);
            Range { low: low - air, high: high + air }
        };
        let inside = |at: f64| (-reach..=reach).contains(&at);
        let density = z.map(|z| &z.density);
        let peak = density.map_or(0.0, Density::peak);
        let points = density.into_iter().flat_map(|density| {
            density.values.iter().enumerate().map(|(point, value)| (density.position(point), value / peak))
        });
        Self {
            axis,
            outputs: ends(|point| point.1, 0.0),
            slopes: ends(|point| point.2, 0.0),
            flat: flat(activation, &curve),
            density: points.filter(|(at, _)| inside(*at)).collect(),
            masses: density
                .iter()
                .flat_map(|density| &density.masses)
                .filter(|mass| inside(mass.at))
                .copied()
                .collect(),
            beyond: z.map_or(0.0, |z| beyond(z, axis)),
            curve,
        }
    }
}

/// How far from 0 the axis goes: a round number, so that it seldom changes while the pre-activations move.
fn reach(activation: Activation, z: Option<&Distribution>) -> f64 {
    let spread = z.and_then(|z| {
        let (low, high) = z.finite_range?;
        let farthest = low.abs().max(high.abs());
        let usual = z.mean.abs() + SPREAD * z.std;
        Some(if usual.is_finite() { usual.min(farthest) } else { farthest })
    });
    // A function of no scale of its own is seen at the values' own.
    let own = if activation.is_positively_homogeneous() { 0.0 } else { 4.0 };
    let wanted = spread.unwrap_or(0.0).max(own);
    if wanted == 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(wanted.log10().floor());
    let steps = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    steps.into_iter().map(|step| step * power).find(|&reach| reach >= wanted).unwrap_or(wanted)
}

fn curve(activation: Activation, reach: f64) -> Vec<(f64, f64, f64)> {
    let even = (-STEPS / 2..=STEPS / 2).map(|step| f64::from(step) / f64::from(STEPS / 2) * reach);
    let kinks = activation.kinks().into_iter().chain([0.0]).filter(|kink| kink.abs() < reach);
    let mut at: Vec<f64> = even.chain(kinks.flat_map(|kink| [kink, kink.next_up()])).collect();
    at.sort_by(f64::total_cmp);
    at.dedup();
    let point = |z: f64| {
        let (value, slope) = activation.at(z);
        (z, value, slope)
    };
    at.into_iter().map(point).collect()
}

/// Stretches of the curve where the derivative is 0 by formula, or the output is saturated.
fn flat(activation: Activation, curve: &[(f64, f64, f64)]) -> Vec<(f64, f64)> {
    let limits = activation.limits().bounded().map(|(lower, upper)| (f64::from(lower), f64::from(upper)));
    let margin = f64::from(SATURATION_MARGIN);
    let is_flat = |z: f64, value: f64, slope: f64| match (activation.saturation(), limits) {
        (Some(Saturation::NearLimit), Some((lower, upper))) => value < lower + margin || value > upper - margin,
        (Some(Saturation::NearlyFlat), _) => slope < STEEP_ENOUGH,
        _ => activation.flat_pieces().is_some_and(|flat| flat.contain(z)),
    };
    let mut stretches: Vec<(f64, f64)> = Vec::new();
    let mut before = false;
    for &(z, value, slope) in curve {
        let now = is_flat(z, value, slope);
        match stretches.last_mut().filter(|_| before) {
            Some(stretch) if now => stretch.1 = z,
            None if now => stretches.push((z, z)),
            _ => {}
        }
        before = now;
    }
    stretches.retain(|(from, to)| to > from);
    stretches
}

fn beyond(z: &Distribution, axis: Range) -> f64 {
    let (below, above) = z.bins.cumulative().outside(axis.low, axis.high);
    let finite = (z.count - z.non_finite()) as f64;
    if finite == 0.0 { 0.0 } else { (below + above) / finite }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(activation: Activation) -> Response {
        Response::of(activation, None)
    }

    #[test]
    fn a_relu_is_off_below_zero_and_jumps_there() {
        let relu = response(Activation::Relu);
        assert_eq!(relu.axis, Range { low: -1.0, high: 1.0 });
        assert_eq!(relu.flat, [(-1.0, 0.0)]);
        let zero = relu.curve.iter().position(|point| point.0 == 0.0).unwrap_or_default();
        assert_eq!([relu.curve[zero].2, relu.curve[zero + 1].2], [0.0, 1.0]);
    }

    /// tanh(2.0923) = 0.97.
    #[test]
    fn a_tanh_is_flat_near_both_limits() {
        let tanh = response(Activation::Tanh);
        let [left, right] = tanh.flat[..] else { panic!("{:?}", tanh.flat) };
        assert!((left.1 + 2.0923).abs() < 0.04 && (right.0 - 2.0923).abs() < 0.04, "{left:?} {right:?}");
        assert!(response(Activation::Gelu).flat.is_empty());
    }

    #[test]
    fn clamps_are_flat_where_they_cut() {
        let flat = |activation| response(activation).flat;
        assert_eq!(flat(Activation::HardTanh), [(-4.0, -1.0), (1.0, 4.0)]);
        assert_eq!(flat(Activation::HardSigmoid), [(-4.0, -3.0), (3.0, 4.0)]);
        assert_eq!(flat(Activation::HardSwish), [(-4.0, -3.0)]);
        // Its upper one lies beyond the axis.
        assert_eq!(flat(Activation::Relu6), [(-4.0, 0.0)]);
    }

    /// 1 / (1 + |z|)^2 is 0.06 where |z| is 3.0825.
    #[test]
    fn a_softsign_is_flat_beyond_3_08() {
        let [left, right] = response(Activation::Softsign).flat[..] else { panic!("two stretches") };
        assert!((left.1 + 3.0825).abs() < 0.04 && (right.0 - 3.0825).abs() < 0.04, "{left:?} {right:?}");
    }

    #[test]
    fn a_leaky_relu_is_never_flat_but_without_a_slope() {
        assert!(response(Activation::LeakyRelu { slope: 0.2 }).flat.is_empty());
        assert_eq!(response(Activation::LeakyRelu { slope: 0.0 }).flat.len(), 1);
    }
}
