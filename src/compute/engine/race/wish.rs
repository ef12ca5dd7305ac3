use crate::engine::Entrant;

/// Networks that are trained side by side, at most.
pub const MOST_RACERS: usize = 8;

/// Which networks are trained, and how far. Where they are already further, they begin again with the same draws; where they are
/// not yet there, they go on: a step is a target one more, and the start is the target 0.
#[derive(Clone, Debug, PartialEq)]
pub struct RaceWish {
    /// The networks, at most [`MOST_RACERS`].
    pub entrants: Vec<Entrant>,
    /// Steps that are to be done; each training's own end comes first.
    pub target: u64,
    /// A racer goes no further where the loss of a batch is no more than this.
    pub stop_at_loss: Option<f64>,
    /// Which race it is of.
    pub number: RaceNumber,
}

/// Which race is gone on with. Another number is another race, whatever it is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RaceNumber {
    /// This race.
    pub this: u32,
    /// One that is kept meanwhile as it is, to be gone on with later; all others are forgotten.
    pub kept: Option<u32>,
}
