/// How a standard draw becomes a weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scaling {
    /// offset + factor * draw
    Linear { offset: f64, factor: f64 },
    /// The quantile, of a normal of this mean and standard deviation between these bounds, of a uniform draw.
    Quantile { mean: f64, sigma: f64, a: f64, b: f64 },
}
