use super::Tally;
use crate::activation::Flat;

/// How many units of a layer are dead, mixed and always on over the images seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitStates {
    /// The derivative at the pre-activation is 0 by formula for every image: nothing can be learnt through the unit.
    pub dead: usize,
    /// Neither dead nor always on; or the output is NaN for some image, so that no more can be said.
    pub mixed: usize,
    /// The output is positive for every image, the unit is not dead, but could be; a ReLU acts as a linear unit.
    pub always_on: usize,
    /// The output is positive for no image, and the unit is not dead: these are among the mixed.
    pub never_positive: usize,
}

/// What a unit does over the images seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitState {
    /// See [`UnitStates::dead`].
    Dead,
    /// See [`UnitStates::never_positive`].
    NeverPositive,
    /// See [`UnitStates::mixed`]; but not never positive.
    Mixed,
    /// See [`UnitStates::always_on`].
    AlwaysOn,
}

/// What was counted of a unit's outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitCounts {
    /// Images for which it was positive.
    pub fired: u32,
    /// Images for which it was one of a flat piece; not needed where that is all that is not positive.
    pub flat: u32,
    /// Whether it was NaN for any.
    pub undefined: bool,
}

impl UnitState {
    /// State of a unit for which this was counted over `images` images, whose activation is `flat` there.
    pub fn of(UnitCounts { fired, flat: on_flat, undefined }: UnitCounts, images: usize, flat: Flat) -> Self {
        let is_dead = match flat {
            Flat::Nowhere => false,
            Flat::NotPositive => fired == 0 && !undefined,
            Flat::At(..) | Flat::NegativeZero => on_flat as usize == images,
        };
        match fired {
            _ if is_dead => Self::Dead,
            0 if !undefined => Self::NeverPositive,
            fired if flat != Flat::Nowhere && fired > 0 && fired as usize == images => Self::AlwaysOn,
            _ => Self::Mixed,
        }
    }
}

impl UnitStates {
    /// Counts the states of a layer's units over the `images` that were tallied.
    pub fn of(tally: &Tally, images: usize) -> Self {
        let counts = tally.fired.iter().zip(&tally.flat).zip(&tally.undefined);
        let counts = counts.map(|((&fired, &flat), &undefined)| UnitCounts { fired, flat, undefined });
        Self::count(counts.map(|counts| UnitState::of(counts, images, tally.plateaus.flat)))
    }

    /// Counts units by what each does.
    pub fn count(each: impl Iterator<Item = UnitState>) -> Self {
        let mut states = Self { dead: 0, mixed: 0, always_on: 0, never_positive: 0 };
        for state in each {
            match state {
                UnitState::Dead => states.dead += 1,
                UnitState::NeverPositive => {
                    states.never_positive += 1;
                    states.mixed += 1;
                }
                UnitState::Mixed => states.mixed += 1,
                UnitState::AlwaysOn => states.always_on += 1,
            }
        }
        states
    }
}
