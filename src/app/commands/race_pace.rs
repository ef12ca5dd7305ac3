/// How fast a race goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RacePace {
    /// As fast as it can.
    #[default]
    Fast,
    /// So many steps a second.
    PerSecond(u32),
}

impl RacePace {
    /// All that are offered.
    pub const ALL: [Self; 5] =
        [Self::PerSecond(1), Self::PerSecond(10), Self::PerSecond(30), Self::PerSecond(100), Self::Fast];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::PerSecond(1) => "1 step a second",
            Self::PerSecond(10) => "10 steps a second",
            Self::PerSecond(30) => "30 steps a second",
            Self::PerSecond(_) => "100 steps a second",
            Self::Fast => "full speed",
        }
    }
}
