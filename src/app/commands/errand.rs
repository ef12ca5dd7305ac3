/// What is to be done with a scene file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Errand {
    /// Show what a file holds.
    #[default]
    Open,
    /// Write a file of what is shown.
    Save,
}
