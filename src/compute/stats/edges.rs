use crate::activation::Limits;

/// Where a density ends or jumps, known beforehand: no kernel goes across.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edges {
    /// What no value is less than, if there is such a limit.
    pub lower: Option<f64>,
    /// What no value is greater than, if there is such a limit.
    pub upper: Option<f64>,
    /// Where the density jumps, from the least.
    pub jumps: Vec<f64>,
}

impl Edges {
    /// Limits of the values and jumps between them.
    pub fn of(limits: Limits, jumps: &[f32]) -> Self {
        let [lower, upper] = [limits.lower, limits.upper].map(|limit| limit.map(f64::from));
        Self { lower, upper, jumps: jumps.iter().copied().map(f64::from).collect() }
    }

    /// The same of values times a factor greater than 0.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        let scaled = |value: f64| value * factor;
        Self {
            lower: self.lower.map(scaled),
            upper: self.upper.map(scaled),
            jumps: self.jumps.into_iter().map(scaled).collect(),
        }
    }
}

impl From<Limits> for Edges {
    fn from(limits: Limits) -> Self {
        Self::of(limits, &[])
    }
}
