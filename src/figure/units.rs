use super::palette::{self, Background, Rgb};
use crate::engine::units::{LayerUnits, Matrix, Unit};
use crate::experiment::Activation;
use crate::number;
use crate::stats::UnitState;

/// The colour of a unit: of its state where that is one of the ends, between them of how often it fires. A unit whose output
/// is NaN for an image has none.
pub fn unit_color(layer: &LayerUnits, unit: usize, background: Background) -> Rgb {
    match layer.state(unit) {
        _ if layer.undefined[unit] => palette::no_number(background),
        UnitState::Dead => palette::dead(background),
        UnitState::AlwaysOn => palette::always_on(background),
        UnitState::Mixed => palette::rate(f64::from(layer.fired[unit]) / layer.images as f64),
    }
}

/// The colour of a column of images x units all of whose units are dead, or always on, or no numbers; `None` of others.
pub fn stripe(layer: &LayerUnits, matrix: &Matrix, column: usize, background: Background) -> Option<Rgb> {
    let units = || layer.order[matrix.units(column, layer.units())].iter().copied();
    match () {
        () if units().all(|unit| layer.undefined[unit]) => Some(palette::no_number(background)),
        () if units().all(|unit| layer.state(unit) == UnitState::Dead) => Some(palette::dead(background)),
        () if units().all(|unit| layer.state(unit) == UnitState::AlwaysOn) => Some(palette::always_on(background)),
        () => None,
    }
}

/// What there is to see of a layer's units, in a sentence or two.
pub fn units_summary(layer: &LayerUnits) -> String {
    let (states, units) = (layer.states(), layer.units());
    let (images, fires) = (images(layer), fires(layer.experiment.activation));
    let verb = |units: usize| match (units, layer.experiment.activation) {
        (1, _) => fires,
        (_, Activation::Relu) => "fire",
        _ => "are positive",
    };
    let undefined = layer.undefined.iter().filter(|undefined| **undefined).count();
    let name = layer.layer + 1;
    let count = |units: usize| number::count(units as u64);
    let counts = format!(
        "{} of {} units of layer {name} never {} on {images}, {} {} for every one, {} for some.",
        count(states.dead),
        count(units),
        verb(states.dead),
        count(states.always_on),
        verb(states.always_on),
        count(states.mixed)
    );
    let more = match units {
        1 if undefined == 0 => return format!("The only unit of layer {name}: {}.", state_words(layer, 0)),
        _ if undefined == units => {
            return format!("Every unit of layer {name} has outputs that are NaN: whether it {fires} cannot be said.");
        }
        _ if undefined > 0 => format!("{} have outputs that are NaN.", count(undefined)),
        _ if states.dead == units => "Nothing but what is the same for every image reaches the next layer.".to_owned(),
        _ if layer.experiment.activation == Activation::Relu && states.always_on == units => {
            "On these images this relu is the identity.".to_owned()
        }
        _ if layer.alike && units > 1 => "All units fire for the very same images.".to_owned(),
        _ => return counts,
    };
    format!("{counts} {more}")
}

/// A unit in a line: its index, how often it fires, its state, bias and weights.
pub fn unit_words(layer: &LayerUnits, unit: usize) -> String {
    format!(
        "Unit {unit}: {}; bias {}, ||w|| {}",
        state_words(layer, unit),
        number::plain(f64::from(layer.biases[unit])),
        number::significant(layer.weight_norms[unit])
    )
}

/// `dead, never fires on these 300 images`
fn state_words(layer: &LayerUnits, unit: usize) -> String {
    let (fired, images) = (layer.fired[unit], images(layer));
    let fires = fires(layer.experiment.activation);
    if layer.undefined[unit] {
        return "its output is NaN for some images".to_owned();
    }
    match layer.state(unit) {
        UnitState::Dead => format!("dead, never {fires} on {images}"),
        UnitState::AlwaysOn if layer.images == 1 => format!("always on, {fires} for {images}"),
        UnitState::AlwaysOn => format!("always on, {fires} for each of {images}"),
        UnitState::Mixed => {
            let share = number::percent(f64::from(fired) / layer.images as f64);
            format!("mixed, {fires} for {} of {images} ({share})", number::count(u64::from(fired)))
        }
    }
}

/// Why a unit does what it does, and what would change that.
pub fn unit_reason(layer: &LayerUnits, unit: &Unit) -> String {
    let activation = layer.experiment.activation;
    let on = if unit.images < layer.total {
        format!("the first {} images", number::count(unit.images as u64))
    } else {
        these(unit.images)
    };
    let (Some(&least), Some(&greatest)) = (unit.z.first(), unit.z.last()) else {
        return format!("None of its pre-activations on {on} is a finite number.");
    };
    if unit.non_finite > 0 {
        return format!(
            "{} of its pre-activations on {on} are no finite numbers.",
            number::count(unit.non_finite as u64)
        );
    }
    let fires = fires(activation);
    let Some(threshold) = activation.threshold() else {
        return format!("The output of {activation} is positive whatever the pre-activation is.");
    };
    let beyond = |z: f32| f64::from(z) - threshold;
    let state = layer.state(unit.index);
    match state {
        UnitState::Dead => {
            // Rounded up, so that it is enough.
            let rise = round_up(-beyond(greatest));
            let revived = unit.z.iter().filter(|&&z| beyond(z) + rise > 0.0).count();
            format!(
                "Dead: its largest pre-activation on {on} is {}: raise its bias by {} and it {fires} for {}.",
                number::significant(f64::from(greatest)),
                number::plain(rise),
                of_them(revived, unit.images)
            )
        }
        UnitState::AlwaysOn => {
            let fall = round_up(beyond(least));
            let lost = unit.z.iter().filter(|&&z| beyond(z) - fall <= 0.0).count();
            format!(
                "Always on: its smallest pre-activation on {on} is {}: lower its bias by {} and it no longer {fires} for {}.",
                number::significant(f64::from(least)),
                number::plain(fall),
                of_them(lost, unit.images)
            )
        }
        UnitState::Mixed => format!(
            "Mixed: its pre-activations on {on} go from {} to {}, on both sides of {}, above which it {fires}.",
            number::significant(f64::from(least)),
            number::significant(f64::from(greatest)),
            number::plain(threshold)
        ),
    }
}

/// To three digits, and no less than it was; something even of nothing.
fn round_up(amount: f64) -> f64 {
    let unit = 10.0_f64.powf(amount.max(1e-30).log10().floor() - 2.0);
    let rounded = (amount / unit).ceil() * unit;
    // What lies exactly at the threshold is not beyond it.
    if rounded > amount { rounded } else { rounded + if amount == 0.0 { 0.001 } else { unit } }
}

/// What it is to be on.
fn fires(activation: Activation) -> &'static str {
    if activation == Activation::Relu { "fires" } else { "is positive" }
}

/// `these 10,000 images`, or those that are in so far.
fn images(layer: &LayerUnits) -> String {
    if layer.images < layer.total {
        format!("the first {} images so far", number::count(layer.images as u64))
    } else {
        these(layer.images)
    }
}

/// `these 10,000 images`
fn these(images: usize) -> String {
    if images == 1 { "this image".to_owned() } else { format!("these {}", counted(images)) }
}

/// `10,000 images`
fn counted(images: usize) -> String {
    format!("{} image{}", number::count(images as u64), if images == 1 { "" } else { "s" })
}

/// `one image`, `all of them`
fn of_them(images: usize, all: usize) -> String {
    match images {
        1 => "one image".to_owned(),
        images if images == all => "all of them".to_owned(),
        images => counted(images),
    }
}
