/// The quantiles of a summary.
pub const LEVELS: [f64; 7] = [0.01, 0.05, 0.25, 0.50, 0.75, 0.95, 0.99];

/// A quantile between two neighbouring order statistics, as NumPy has it: from the nearer neighbour.
pub(super) fn between(lower: f64, upper: f64, fraction: f64) -> f64 {
    // An infinite neighbour without weight must not make a NaN.
    if lower == upper || fraction == 0.0 {
        lower
    } else if fraction < 0.5 {
        lower + (upper - lower) * fraction
    } else {
        upper - (upper - lower) * (1.0 - fraction)
    }
}
