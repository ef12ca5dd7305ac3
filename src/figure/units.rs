use super::palette::{self, Background, Rgb};
use crate::activation::Flat;
use crate::engine::units::{LayerUnits, Matrix};
use crate::experiment::Activation;
use crate::stats::UnitState;

/// The colour of a unit: of its state where that is one of the ends, between them of how often it fires. A unit whose output
/// is NaN for an image has none.
pub fn unit_color(layer: &LayerUnits, unit: usize, background: Background) -> Rgb {
    match layer.state(unit) {
        _ if layer.undefined[unit] => palette::no_number(background),
        UnitState::Dead => palette::dead(background),
        UnitState::NeverPositive => palette::never_positive(background),
        UnitState::AlwaysOn => palette::always_on(background),
        UnitState::Mixed => palette::rate(f64::from(layer.fired[unit]) / layer.images as f64),
    }
}

/// The colour of a column of images x units all of whose units are in one state that is not mixed, or are no numbers; `None` of
/// others.
pub fn stripe(layer: &LayerUnits, matrix: &Matrix, column: usize, background: Background) -> Option<Rgb> {
    let units = || layer.order[matrix.units(column, layer.units())].iter().copied();
    if units().all(|unit| layer.undefined[unit]) {
        return Some(palette::no_number(background));
    }
    let first = units().next().map(|unit| layer.state(unit))?;
    let color = match first {
        UnitState::Dead => palette::dead(background),
        UnitState::NeverPositive => palette::never_positive(background),
        UnitState::AlwaysOn => palette::always_on(background),
        UnitState::Mixed => return None,
    };
    units().all(|unit| layer.state(unit) == first).then_some(color)
}

/// What a colour of units means, and what is to be known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKey {
    /// See [`UnitState::Dead`].
    Dead,
    /// See [`UnitState::NeverPositive`].
    NeverPositive,
    /// See [`UnitState::Mixed`]: a ramp.
    Mixed,
    /// See [`UnitState::AlwaysOn`].
    AlwaysOn,
    /// Outputs that are NaN.
    Undefined,
}

impl UnitKey {
    /// Those that a picture of a layer's units needs, in their order.
    pub fn all(layer: &LayerUnits) -> Vec<Self> {
        let (activation, states) = (layer.activation(), layer.states());
        let mut keys = vec![Self::Dead, Self::NeverPositive, Self::Mixed, Self::AlwaysOn, Self::Undefined];
        keys.retain(|key| match key {
            Self::Dead | Self::AlwaysOn => activation.can_be_dead(),
            Self::NeverPositive => states.never_positive > 0 || is_of_never_positive(activation),
            Self::Mixed => true,
            Self::Undefined => layer.undefined.contains(&true),
        });
        keys
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dead => "dead",
            Self::NeverPositive => "never positive",
            Self::Mixed => "mixed, from seldom to often",
            Self::AlwaysOn => "always on",
            Self::Undefined => "NaN",
        }
    }

    /// What it is, in a sentence.
    pub fn explained(self, activation: Activation) -> String {
        match self {
            Self::Dead => format!("{} A dead unit learns nothing.", dead_is(activation)),
            Self::NeverPositive => {
                format!(
                    "Its output is positive for none of the images, but {} still passes a gradient.",
                    activation.name()
                )
            }
            Self::Mixed => "Its output is positive for some images; lighter is more often.".to_owned(),
            Self::AlwaysOn => "Its output is positive for every image; a ReLU acts as a linear unit.".to_owned(),
            Self::Undefined => "Its output is not a number for some images.".to_owned(),
        }
    }
}

/// Whether never positive is what there is to count: no unit can be dead.
pub(super) fn is_of_never_positive(activation: Activation) -> bool {
    !activation.can_be_dead() && !activation.is_positive()
}

/// What it is for a unit to be dead, in a sentence.
pub fn dead_is(activation: Activation) -> String {
    let name = activation.name();
    match activation.plateaus().flat {
        Flat::Nowhere => format!("No unit can be dead: the slope of {name} is nowhere 0."),
        Flat::NotPositive if activation == Activation::Relu => {
            "The unit fires for none of the images: its derivative is 0 for each.".to_owned()
        }
        Flat::NotPositive => format!("Its output is 0 for each of the images, where the slope of {name} is 0."),
        Flat::NegativeZero => {
            "Its pre-activation is −3 or less for each of the images, where hard_swish is off.".to_owned()
        }
        Flat::At(low, high) => {
            format!("Its output is exactly {low} or {high} for each of the images, where the slope of {name} is 0.")
                .replace('-', "−")
        }
    }
}
