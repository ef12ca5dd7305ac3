use std::f64::consts::TAU;

/// Means over pairs of pre-activations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairMeans {
    /// E[phi(u) phi(v)]
    pub values: f64,
    /// E[phi'(u) phi'(v)]
    pub slopes: f64,
}

/// Means over u, v ~ N(0, variance) of a correlation in -1..=1, of a function that is z above 0 and slope z below: the arc-cosine
/// kernels of degrees 1 and 0 (Cho and Saul 2009), and what a line adds to them.
pub fn of_ramp(slope: f64, variance: f64, correlation: f64) -> PairMeans {
    let share = 0.5 - correlation.acos() / TAU;
    let ramps = share * correlation + ((1.0 - correlation) * (1.0 + correlation)).max(0.0).sqrt() / TAU;
    let bend = (1.0 - slope).powi(2);
    PairMeans { values: variance * (bend * ramps + slope * correlation), slopes: bend * share + slope }
}
