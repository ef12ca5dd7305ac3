/// What the learning rate is multiplied by while a race goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateChange {
    Tenth,
    Third,
    Triple,
    Tenfold,
}

impl RateChange {
    /// All that are offered.
    pub const ALL: [Self; 4] = [Self::Tenth, Self::Third, Self::Triple, Self::Tenfold];

    /// The number.
    pub fn factor(self) -> f64 {
        match self {
            Self::Tenth => 0.1,
            Self::Third => 1.0 / 3.0,
            Self::Triple => 3.0,
            Self::Tenfold => 10.0,
        }
    }

    /// What it is called on its button.
    pub fn label(self) -> &'static str {
        match self {
            Self::Tenth => "÷ 10",
            Self::Third => "÷ 3",
            Self::Triple => "× 3",
            Self::Tenfold => "× 10",
        }
    }
}
