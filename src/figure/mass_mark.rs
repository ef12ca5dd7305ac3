use crate::stats::PointMass;

/// A bar for values that occur exactly, or nearly so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MassMark {
    /// Where, and how much.
    pub mass: PointMass,
    /// On which side of the value the bar stands.
    pub side: Side,
    /// From where to where its values lie, if they are not exactly one: on this axis too near to one another for a shape. The
    /// mass is then where the bar stands.
    pub range: Option<(f64, f64)>,
}

/// Where a mass's bar stands, or a label: beside what is continuous, or across its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Under the value: nothing lies below.
    Below,
    /// Over the value: nothing lies above.
    Above,
    /// In the middle of other values.
    Across,
}
