/// How a positive figure goes from one layer to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Geometric mean of the factors from layer to layer.
    pub factor: f64,
    /// All of them together.
    pub ratio: f64,
}

impl Trend {
    /// Over so many steps; `None` where there is none, or the figures are not positive numbers.
    pub fn of(from: f64, to: f64, steps: usize) -> Option<Self> {
        let positive = |figure: f64| figure > 0.0 && figure.is_finite();
        // As logarithms: the ratio itself may be beyond f64.
        let log = positive(from).then(|| to.ln() - from.ln()).filter(|_| positive(to) && steps > 0)?;
        Some(Self { factor: (log / steps as f64).exp(), ratio: log.exp() })
    }

    /// More than a tenth less in every layer, or less than a third in all.
    pub fn shrinks(self) -> bool {
        self.factor < 0.9 || self.ratio < 1.0 / 3.0
    }

    /// More than a tenth more in every layer, or more than threefold in all.
    pub fn grows(self) -> bool {
        self.factor > 1.1 || self.ratio > 3.0
    }

    /// By two powers of ten.
    pub fn is_extreme(self) -> bool {
        !(0.01..=100.0).contains(&self.ratio)
    }

    /// What it does, in a word.
    pub fn verb(self) -> &'static str {
        match (self.ratio > 1.0, self.is_extreme()) {
            (true, true) => "explode",
            (true, false) => "grow",
            (false, true) => "vanish",
            (false, false) => "shrink",
        }
    }
}
