/// A kind of job that views show what is found of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobName {
    /// The map of networks.
    Survey,
    /// The units of a layer.
    Units,
    /// Other seeds.
    Seeds,
    /// What is compared.
    Companion,
    /// The race with other seeds.
    Repeats,
    /// The rates that suit racers.
    Rates,
}

impl JobName {
    /// What it does, in words for the status bar; nothing where its view says how far it is.
    pub fn doing(self) -> Option<&'static str> {
        match self {
            Self::Survey | Self::Units => None,
            Self::Repeats => Some("training other seeds"),
            Self::Rates => Some("trying learning rates"),
            Self::Seeds => Some("measuring other seeds"),
            Self::Companion => Some("measuring the other experiments"),
        }
    }
}
