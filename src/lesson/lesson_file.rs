use std::io::{BufWriter, Write as _};
use std::path::Path;

use super::handout::{Handout, HandoutError};
use super::lesson_film::LessonFilm;
use super::lesson_watch::LessonWatch;
use super::step_figure::HandoutPage;
use super::steps::Lesson;
use crate::page::{AnimationFormat, Fonts, PageFormat};
use crate::whole_file::WholeFile;

/// What a lesson is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonFile {
    /// A page for every step, and the answers: in one PDF, or as numbered SVGs or PNGs in a folder.
    Pages(PageFormat),
    /// A film.
    Film(AnimationFormat),
}

impl LessonFile {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [
        Self::Pages(PageFormat::Pdf),
        Self::Pages(PageFormat::Svg),
        Self::Pages(PageFormat::Png),
        Self::Film(AnimationFormat::Gif),
        Self::Film(AnimationFormat::Apng),
    ];

    /// The kind in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pages(PageFormat::Pdf) => "Handout, PDF",
            Self::Pages(PageFormat::Svg) => "Numbered pages, SVG",
            Self::Pages(PageFormat::Png) => "Numbered pages, PNG",
            Self::Film(AnimationFormat::Gif) => "Film, animated GIF",
            Self::Film(AnimationFormat::Apng) => "Film, animated PNG",
        }
    }

    /// What a file's name ends in, without the dot; nothing for a folder.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pages(PageFormat::Pdf) => "pdf",
            Self::Pages(PageFormat::Svg | PageFormat::Png) => "",
            Self::Film(AnimationFormat::Gif) => "gif",
            Self::Film(AnimationFormat::Apng) => "png",
        }
    }

    /// Whether it is a folder of files.
    pub fn is_folder(self) -> bool {
        self.ending().is_empty()
    }

    /// Whether it has pixels, and not lines that are sharp at any size.
    pub fn has_pixels(self) -> bool {
        match self {
            Self::Pages(PageFormat::Png) | Self::Film(_) => true,
            Self::Pages(PageFormat::Pdf | PageFormat::Svg) => false,
        }
    }

    /// How its pages are set, unless somebody says otherwise.
    pub fn page(self) -> HandoutPage {
        match self {
            Self::Pages(_) => HandoutPage::default(),
            Self::Film(_) => HandoutPage::of_film(),
        }
    }

    /// Measures all steps of a lesson and writes what they show, with so many pixels for every px.
    ///
    /// # Errors
    /// If something cannot be measured, drawn or written, or it was stopped: then nothing is written.
    pub fn write(
        self,
        lesson: &Lesson,
        out: &Path,
        (page, zoom): (&HandoutPage, f64),
        watch: &LessonWatch<'_>,
    ) -> Result<(), HandoutError> {
        let fonts = Fonts::bundled();
        let unwritable = |error| HandoutError::Unwritable { error, path: out.to_owned() };
        // Before the work begins it is known that the file can be written.
        match self {
            Self::Pages(PageFormat::Pdf) => {
                let mut file = WholeFile::create(out).map_err(unwritable)?;
                let bytes = Handout::of(lesson, page, &fonts, watch)?.pdf(&fonts)?;
                file.write_all(&bytes).and_then(|()| file.finish()).map_err(unwritable)
            }
            Self::Pages(format @ (PageFormat::Svg | PageFormat::Png)) => {
                std::fs::create_dir_all(out).map_err(unwritable)?;
                let handout = Handout::of(lesson, page, &fonts, watch)?;
                let ending = if format == PageFormat::Svg { "svg" } else { "png" };
                for index in 0..handout.pages.len() {
                    let bytes = handout.file(index, format, zoom, &fonts)?;
                    let write = || {
                        let mut file = WholeFile::create(&out.join(format!("{:02}.{ending}", index + 1)))?;
                        file.write_all(&bytes)?;
                        file.finish()
                    };
                    write().map_err(unwritable)?;
                }
                Ok(())
            }
            Self::Film(format) => {
                let mut file = WholeFile::create(out).map_err(unwritable)?;
                let film = LessonFilm { lesson, page, zoom };
                film.write(BufWriter::new(&mut file), format, &fonts, watch)?;
                file.finish().map_err(unwritable)
            }
        }
    }
}
