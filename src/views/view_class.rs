use super::{Asked, NoView};
use crate::figure::Sheet;
use crate::layout::{ColumnAbout, Content};
use crate::subject::Subject;

/// A kind of view.
pub trait ViewClass: Sync {
    /// As people have it.
    fn label(&self) -> &'static str;

    /// What it shows, in a sentence.
    fn about(&self) -> &'static str;

    /// What the columns of its numbers are.
    fn columns(&self) -> &'static [ColumnAbout];

    /// Whether there is such a figure of a subject.
    ///
    /// # Errors
    /// If there is none.
    fn check(&self, _subject: &Subject, _sheet: &Sheet) -> Result<(), NoView> {
        Ok(())
    }

    /// Measures what it shows on all images.
    ///
    /// # Errors
    /// If the images cannot be read, or there is no such figure.
    fn measure(&self, asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView>;
}
