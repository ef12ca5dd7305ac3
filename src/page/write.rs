use super::{Fonts, Page, PageError, PageFormat, Texts, pdf, png, raster, svg};
use crate::caught::caught;

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
            PageFormat::Pdf => pdf::write(&[self], fonts, scene),
            PageFormat::Png => png::write(&raster(self, fonts, writing.scale)?, writing.scale, &self.title, scene),
        };
        // What embeds fonts does not expect damaged ones.
        caught(write).unwrap_or_else(|_| Err(PageError::of_panic(fonts)))
    }
    /// Pages as one PDF.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn write_pdf(pages: &[Self], fonts: &Fonts) -> Result<Vec<u8>, PageError> {
        if let Some(page) = pages.iter().find(|page| !page.is_drawn()) {
            return Err(PageError::Size { width: page.size.0, height: page.size.1 });
        }
        let write = || pdf::write(&pages.iter().collect::<Vec<_>>(), fonts, None);
        caught(write).unwrap_or_else(|_| Err(PageError::of_panic(fonts)))
    }
}
