use serde::{Deserialize, Serialize};

use super::{Fonts, Page, PageFormat, pdf, png, raster, svg};
use crate::caught::caught;

/// How the texts of an SVG are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Texts {
    /// As outlines, which look the same everywhere.
    #[default]
    Outlined,
    /// As text, which can be searched and edited, with the font's glyphs that are used.
    Text,
    /// As outlines, each where it stands: larger files, for programs that do not know what is drawn once and used often.
    Paths,
}

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Writing {
    /// The format.
    pub format: PageFormat,
    /// Pixels for every px, of pixels.
    pub scale: f64,
    /// Texts of an SVG.
    pub texts: Texts,
}

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
    Png(#[from] ::png::EncodingError),
    /// The GIF cannot be made.
    #[error("the GIF cannot be made ({0}): try an animated PNG")]
    Gif(#[from] gif::EncodingError),
}

impl PageError {
    /// Where something panics over a page: perhaps for the user's font, which else is the only thing that is not our own.
    pub(super) fn of_panic(fonts: &Fonts) -> Self {
        if fonts.has_own() { Self::Font("its tables are damaged".to_owned()) } else { Self::Failed }
    }
}

impl Page {
    /// The page as a file's bytes; it carries the text of `scene`. The same page gives the same bytes.
    ///
    /// # Errors
    /// If it cannot be made, such as a picture too large.
    pub fn write(&self, fonts: &Fonts, writing: Writing, scene: Option<&str>) -> Result<Vec<u8>, PageError> {
        if !self.is_drawn() {
            return Err(PageError::Size { width: self.size.0, height: self.size.1 });
        }
        let write = || match writing.format {
            PageFormat::Svg => svg::write(self, fonts, writing.texts, scene),
            PageFormat::Pdf => pdf::write(self, fonts, scene),
            PageFormat::Png => png::write(&raster(self, fonts, writing.scale)?, writing.scale, &self.title, scene),
        };
        // What embeds fonts does not expect damaged ones.
        caught(write).unwrap_or_else(|_| Err(PageError::of_panic(fonts)))
    }
}
