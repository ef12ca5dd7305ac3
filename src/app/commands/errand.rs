/// What is to be done with a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Errand {
    /// Show what a file holds.
    #[default]
    Open,
    /// Show the network that a file holds.
    Network,
    /// Write a file of what is shown.
    Save,
}
