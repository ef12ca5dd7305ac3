use super::Fonts;

/// Why there is no file; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// No such picture.
    #[error(
        "a picture of {width} × {height} pixels cannot be made: use a --zoom or --size that gives 1 to 32,000 on \
         either side"
    )]
    Size {
        /// In pixels.
        width: f64,
        /// In pixels.
        height: f64,
    },
    /// The font's glyphs that are used cannot be taken out.
    #[error("the font cannot be embedded ({0}): use another --font, or make a PNG")]
    Font(String),
    /// The PDF cannot be made.
    #[error("the PDF cannot be made ({0}): try SVG or PNG")]
    Pdf(String),
    /// What writes it fails.
    #[error("the figure cannot be made in this format: try another")]
    Failed,
    /// The PNG cannot be made.
    #[error("the PNG cannot be made ({0}): try SVG or PDF")]
    Png(::png::EncodingError),
    /// The GIF cannot be made.
    #[error("the GIF cannot be made ({0}): try an animated PNG")]
    Gif(gif::EncodingError),
    /// The system does not take it.
    #[error("the file cannot be written ({0}): make room, or choose a folder that you may write to")]
    Unwritten(std::io::Error),
}

impl From<::png::EncodingError> for PageError {
    fn from(error: ::png::EncodingError) -> Self {
        match error {
            ::png::EncodingError::IoError(error) => Self::Unwritten(error),
            error => Self::Png(error),
        }
    }
}

impl From<gif::EncodingError> for PageError {
    fn from(error: gif::EncodingError) -> Self {
        match error {
            gif::EncodingError::Io(error) => Self::Unwritten(error),
            error => Self::Gif(error),
        }
    }
}

impl PageError {
    /// Where something panics over a page: perhaps for the user's font, which else is the only thing that is not our own.
    pub(super) fn of_panic(fonts: &Fonts) -> Self {
        if fonts.has_own() { Self::Font("its tables are damaged".to_owned()) } else { Self::Failed }
    }
}
