use super::units::is_of_never_positive;
use crate::activation::Flat;
use crate::engine::units::LayerUnits;
use crate::experiment::Activation;
use crate::number;
use crate::stats::{UnitState, UnitStates};

/// What there is to see of a layer's units, in a sentence or two.
pub fn units_summary(layer: &LayerUnits) -> String {
    let (states, units) = (layer.states(), layer.units());
    let activation = layer.activation();
    let (images, fires) = (images(layer), fires(activation));
    let undefined = layer.undefined.iter().filter(|undefined| **undefined).count();
    let name = layer.layer + 1;
    let count = |units: usize| number::count(units as u64);
    let counts = counts(layer, &states, &images);
    let more = match units {
        1 if undefined == 0 => return format!("The only unit of layer {name}: {}.", state_words(layer, 0)),
        _ if undefined == units => {
            return format!("Every unit of layer {name} has outputs that are NaN: whether it {fires} cannot be said.");
        }
        _ if undefined > 0 => format!("{} have outputs that are NaN.", count(undefined)),
        _ if states.dead == units && !matches!(activation.plateaus().flat, Flat::At(..)) => {
            "Only what is the same for every image reaches the next layer.".to_owned()
        }
        _ if activation == Activation::Relu && states.always_on == units => {
            "On these images this relu is the identity.".to_owned()
        }
        _ if layer.alike && units > 1 && activation.can_be_dead() => {
            "All units fire for the very same images.".to_owned()
        }
        _ => return counts,
    };
    format!("{counts} {more}")
}

/// How many units are in which state.
fn counts(layer: &LayerUnits, states: &UnitStates, images: &str) -> String {
    let activation = layer.activation();
    let count = |units: usize| number::count(units as u64);
    let all = format!("{} units of layer {}", count(layer.units()), layer.layer + 1);
    let is = |units: usize| if units == 1 { "is" } else { "are" };
    if is_of_never_positive(activation) || activation.is_positive() {
        let always = (0..layer.units()).filter(|&unit| layer.fired[unit] as usize == layer.images).count();
        return format!(
            "{} of {all} {} never positive on {images}, {} always, {} on some.",
            count(states.never_positive),
            is(states.never_positive),
            count(always),
            count(layer.units() - always - states.never_positive)
        );
    }
    if activation == Activation::Relu {
        let verb = |units: usize| if units == 1 { "fires" } else { "fire" };
        return format!(
            "{} of {all} never {} on {images}, {} {} for every one, {} for some.",
            count(states.dead),
            verb(states.dead),
            count(states.always_on),
            verb(states.always_on),
            count(states.mixed)
        );
    }
    let mixed = if activation.can_be_never_positive() {
        format!("{} mixed, {} of these never positive", count(states.mixed), count(states.never_positive))
    } else {
        format!("{} mixed", count(states.mixed))
    };
    format!(
        "{} of {all} {} dead on {images}, {} always on, {mixed}.",
        count(states.dead),
        is(states.dead),
        count(states.always_on)
    )
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
    let activation = layer.activation();
    let fires = fires(activation);
    if layer.undefined[unit] {
        return "its output is NaN for some images".to_owned();
    }
    let each = if layer.images == 1 { images.clone() } else { format!("each of {images}") };
    match layer.state(unit) {
        UnitState::Dead => match (activation.plateaus().flat, fired as usize) {
            (Flat::At(_, high), fired) if fired == layer.images => format!("dead, stuck at {high} for {each}"),
            (Flat::At(low, _), 0) => format!("dead, stuck at {low} for {each}").replace('-', "−"),
            (Flat::At(low, high), _) => format!("dead, at {low} or {high} for {each}").replace('-', "−"),
            (Flat::NegativeZero, _) => format!("dead, off for {each}"),
            _ => format!("dead, never {fires} on {images}"),
        },
        UnitState::NeverPositive => format!("never positive on {images}, but not dead"),
        UnitState::AlwaysOn => format!("always on, {fires} for {each}"),
        UnitState::Mixed if fired as usize == layer.images => format!("{fires} for {each}"),
        UnitState::Mixed => {
            let share = number::percent(f64::from(fired) / layer.images as f64);
            format!("mixed, {fires} for {} of {images} ({share})", number::count(u64::from(fired)))
        }
    }
}

/// What it is to be on.
pub(super) fn fires(activation: Activation) -> &'static str {
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
pub(super) fn these(images: usize) -> String {
    if images == 1 { "this image".to_owned() } else { format!("these {}", counted(images)) }
}

/// `10,000 images`
pub(super) fn counted(images: usize) -> String {
    format!("{} image{}", number::count(images as u64), if images == 1 { "" } else { "s" })
}
