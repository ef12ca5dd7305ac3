use super::Content;
use crate::figure::Sheet;
use crate::page::{FileKind, FilmFormat, Fonts, PageError, Texts, Writing};

/// How a figure becomes the bytes of a file.
#[derive(Clone, Copy)]
pub struct FileOptions<'a> {
    /// What the figure shows, and how.
    pub sheet: &'a Sheet,
    /// What its texts are set in.
    pub fonts: &'a Fonts,
    /// Pixels for every px, where the file has pixels.
    pub zoom: f64,
    /// Texts of an SVG.
    pub texts: Texts,
    /// The scene that the file carries, where it can carry one.
    pub scene: &'a str,
}

/// Why there is no file of a figure; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The page cannot be written.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The table cannot be written.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The JSON cannot be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// It is a film, which has more than one figure.
    #[error("{} holds a film, but this is a single figure: use `initscope animate`", FileKind::Film(*.0).name())]
    Film(FilmFormat),
}

impl dyn Content {
    /// The bytes of a file of this kind.
    ///
    /// # Errors
    /// If they cannot be made, or the kind is that of films.
    pub fn file(&self, kind: FileKind, options: FileOptions<'_>) -> Result<Vec<u8>, FileError> {
        use crate::page::NumbersFormat::{Csv, Json};
        let FileOptions { sheet, fonts, zoom, texts, scene } = options;
        match kind {
            FileKind::Page(format) => {
                let writing = Writing { format, scale: zoom, texts };
                Ok(self.page(sheet, fonts).write(fonts, writing, Some(scene))?)
            }
            FileKind::Numbers(Csv) => Ok(self.data().csv()?),
            FileKind::Numbers(Json) => Ok(self.data().json()?),
            FileKind::Film(format) => Err(FileError::Film(format)),
        }
    }
}
