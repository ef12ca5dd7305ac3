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
}
