use super::Tally;

/// How many units of a layer are dead, mixed and always on over the images seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitStates {
    /// The output is never positive; a ReLU never fires.
    pub dead: usize,
    /// The output is positive for some images; or it is NaN for some, so that no more can be said.
    pub mixed: usize,
    /// The output is positive for every image; a ReLU acts as a linear unit.
    pub always_on: usize,
}

/// What a unit does over the images seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitState {
    /// See [`UnitStates::dead`].
    Dead,
    /// See [`UnitStates::mixed`].
    Mixed,
    /// See [`UnitStates::always_on`].
    AlwaysOn,
}

impl UnitState {
    /// Of a unit whose output was positive so many times over `images` images, and NaN for some if `undefined`.
    pub fn of(fired: u32, undefined: bool, images: usize) -> Self {
        match fired {
            0 if !undefined => Self::Dead,
            fired if fired > 0 && fired as usize == images => Self::AlwaysOn,
            _ => Self::Mixed,
        }
    }
}

impl UnitStates {
    /// Of the units of a layer, over the `images` that were tallied.
    pub fn of(tally: &Tally, images: usize) -> Self {
        Self::count(&tally.fired, &tally.undefined, images)
    }

    /// Of units each with how often its output was positive over `images` images, and whether it was NaN for any.
    pub fn count(fired: &[u32], undefined: &[bool], images: usize) -> Self {
        let mut states = Self { dead: 0, mixed: 0, always_on: 0 };
        for (&fired, &undefined) in fired.iter().zip(undefined) {
            match UnitState::of(fired, undefined, images) {
                UnitState::Dead => states.dead += 1,
                UnitState::Mixed => states.mixed += 1,
                UnitState::AlwaysOn => states.always_on += 1,
            }
        }
        states
    }
}
