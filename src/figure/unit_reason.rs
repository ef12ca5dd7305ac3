use super::unit_words::{counted, fires, these};
use crate::engine::units::{LayerUnits, Unit};
use crate::experiment::{Activation, FlatPieces};
use crate::number;
use crate::stats::UnitState;

/// Why a unit does what it does, and what would change that.
pub fn unit_reason(layer: &LayerUnits, unit: &Unit) -> String {
    let activation = layer.activation();
    let on = if unit.images < layer.total {
        format!("the first {} images", number::count(unit.images as u64))
    } else {
        these(unit.images)
    };
    let (Some(&least), Some(&greatest)) = (unit.z.first(), unit.z.last()) else {
        return format!("None of its pre-activations on {on} is finite.");
    };
    if unit.non_finite > 0 {
        return format!("{} of its pre-activations on {on} are not finite.", number::count(unit.non_finite as u64));
    }
    let Some(threshold) = activation.threshold() else {
        return format!("The output of {activation} is positive whatever the pre-activation is.");
    };
    let fires = fires(activation);
    let closer = Closer { unit, on: &on, least: f64::from(least), greatest: f64::from(greatest) };
    match (layer.state(unit.index), activation.flat_pieces()) {
        (UnitState::Dead, Some(flat)) => closer.dead(activation, flat),
        (UnitState::NeverPositive, _) => closer.raise("Never positive", threshold, fires),
        (UnitState::AlwaysOn, _) => closer.lower("Always on", threshold, fires),
        (UnitState::Mixed, None) if f64::from(least) > threshold => closer.lower("Positive for each", threshold, fires),
        _ => format!(
            "Mixed: its pre-activations on {on} go from {} to {}, on both sides of {}, above which it {fires}.",
            number::significant(f64::from(least)),
            number::significant(f64::from(greatest)),
            number::plain(threshold)
        ),
    }
}

/// A unit that is looked at closer, with its least and its greatest pre-activation.
struct Closer<'a> {
    unit: &'a Unit,
    on: &'a str,
    least: f64,
    greatest: f64,
}

impl Closer<'_> {
    /// What would bring a dead unit back: the least that has to be added to its bias, or taken from it.
    fn dead(&self, activation: Activation, flat: FlatPieces) -> String {
        let Self { unit, on, least, greatest } = *self;
        let z = || unit.z.iter().map(|&z| f64::from(z));
        let Some(from) = flat.from else {
            let what = if activation == Activation::HardSwish {
                "its slope is no longer 0".to_owned()
            } else {
                format!("it {}", fires(activation))
            };
            return self.raised("Dead", flat.up_to, &what);
        };
        let low = z().filter(|&z| z <= flat.up_to).fold(f64::NEG_INFINITY, f64::max);
        let high = z().filter(|&z| z >= from).fold(f64::INFINITY, f64::min);
        // Infinite where nothing lies on that piece.
        let step = |amount: f64| if amount.is_finite() { round_up(amount) } else { amount };
        let (rise, fall) = (step(flat.up_to - low), step(high - from));
        // What is on neither piece any more; a step may be too long for some.
        let between = |step: f64| z().filter(|z| *z + step > flat.up_to && *z + step < from).count();
        let (limits, ends) = (activation.limits(), [least, greatest].map(number::significant));
        let stuck = match (limits.bounded(), low.is_finite(), high.is_finite()) {
            (Some((lower, _)), true, false) => format!("stuck at {}", number::plain(lower.into())),
            (Some((_, upper)), false, true) => format!("stuck at {}", number::plain(upper.into())),
            _ => "always at a limit".to_owned(),
        };
        let (way, step, back) =
            if rise <= fall { ("raise", rise, between(rise)) } else { ("lower", fall, between(-fall)) };
        format!(
            "Dead, {stuck}: its pre-activations on {on} go from {} to {}, where the slope of {} is 0: {way} its bias by {} and \
             it is no longer 0 for {}.",
            ends[0],
            ends[1],
            activation.name(),
            number::plain(step),
            of_them(back, unit.images)
        )
    }

    /// What has to be added to the bias for it to be positive.
    fn raise(&self, state: &str, threshold: f64, fires: &str) -> String {
        self.raised(state, threshold, &format!("it {fires}"))
    }

    fn raised(&self, state: &str, threshold: f64, what: &str) -> String {
        let beyond = |z: f64| z - threshold;
        // Rounded up, so that it is enough.
        let rise = round_up(-beyond(self.greatest));
        let revived = self.unit.z.iter().filter(|&&z| beyond(f64::from(z)) + rise > 0.0).count();
        format!(
            "{state}: its largest pre-activation on {} is {}: raise its bias by {} and {what} for {}.",
            self.on,
            number::significant(self.greatest),
            number::plain(rise),
            of_them(revived, self.unit.images)
        )
    }

    /// What has to be taken from the bias for it not to be positive any more.
    fn lower(&self, state: &str, threshold: f64, fires: &str) -> String {
        let beyond = |z: f64| z - threshold;
        let fall = round_up(beyond(self.least));
        let lost = self.unit.z.iter().filter(|&&z| beyond(f64::from(z)) - fall <= 0.0).count();
        format!(
            "{state}: its smallest pre-activation on {} is {}: lower its bias by {} and it no longer {fires} for {}.",
            self.on,
            number::significant(self.least),
            number::plain(fall),
            of_them(lost, self.unit.images)
        )
    }
}

/// To three digits, and no less than it was; something even of nothing.
fn round_up(amount: f64) -> f64 {
    let unit = 10.0_f64.powf(amount.max(1e-30).log10().floor() - 2.0);
    let rounded = (amount / unit).ceil() * unit;
    // What lies exactly at the threshold is not beyond it.
    if rounded > amount { rounded } else { rounded + if amount == 0.0 { 0.001 } else { unit } }
}

/// `one image`, `all of them`
fn of_them(images: usize, all: usize) -> String {
    match images {
        1 => "one image".to_owned(),
        images if images == all => "all of them".to_owned(),
        images => counted(images),
    }
}
