/// What can be done of a presentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presentation {
    /// Begin it, or end it.
    Toggle,
    /// Take back what lies over the picture, stop what moves, and only then end it.
    Leave,
    /// Go to its beginning.
    First,
    /// What comes next.
    Next,
    /// What was before.
    Before,
    /// Show nothing, or all again.
    Black,
    /// Darken all but what is around the pointer.
    Spotlight,
    /// Let all layers but the chosen one step back.
    Highlight,
    /// The speaker's window, for the other screen.
    Notes,
}

impl Presentation {
    /// What it does, in the words of the palette.
    pub fn about(self) -> &'static str {
        match self {
            Self::Toggle => "Present: full screen, large type, only what is needed",
            Self::Leave => "Take back black, spotlight and highlight; then end the presentation",
            Self::First => "Go to the beginning",
            Self::Next => "Next",
            Self::Before => "Back",
            Self::Black => "A black screen, and back",
            Self::Spotlight => "A spotlight around the pointer",
            Self::Highlight => "Highlight one layer (← and → choose it)",
            Self::Notes => "The speaker's window",
        }
    }
}
