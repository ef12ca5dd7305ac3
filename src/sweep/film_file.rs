use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::film_error::FilmError;
use crate::page::{Animation, AnimationFormat, FilmFormat, Fonts, Page, PageFormat, Texts, Writing, raster};
use crate::whole_file::WholeFile;

/// Where the pictures of a film go.
pub(super) enum FilmFile<'a> {
    Animation(WholeFile, AnimationFormat, &'a Path),
    Pictures(&'a Path),
}

/// How its pictures are written.
pub(super) struct FrameWriting<'a> {
    pub fonts: &'a Fonts,
    /// Pixels for every px.
    pub zoom: f64,
    /// Pictures a second.
    pub fps: f64,
    /// What it carries.
    pub scene: &'a str,
}

impl<'a> FilmFile<'a> {
    /// A file, or a folder for pictures.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn create(path: &'a Path, format: FilmFormat) -> Result<Self, FilmError> {
        match format {
            FilmFormat::Animation(format) => {
                let file = WholeFile::create(path).map_err(|error| unwritable(error, path))?;
                Ok(Self::Animation(file, format, path))
            }
            FilmFormat::Pictures => {
                std::fs::create_dir_all(path).map_err(|error| unwritable(error, path))?;
                Ok(Self::Pictures(path))
            }
        }
    }

    /// Writes so many pages; `go_on` is told how many are done.
    ///
    /// # Errors
    /// If one cannot be made or written, or it was stopped.
    pub fn write(
        self,
        mut pages: impl Iterator<Item = Page>,
        frames: usize,
        writing: &FrameWriting<'_>,
        go_on: &dyn Fn(usize) -> bool,
    ) -> Result<(), FilmError> {
        let FrameWriting { fonts, zoom, fps, scene } = *writing;
        match self {
            Self::Pictures(path) => {
                let digits = frames.to_string().len();
                for (index, page) in pages.enumerate() {
                    if !go_on(index) {
                        return Err(FilmError::Stopped);
                    }
                    let writing = Writing { format: PageFormat::Png, scale: zoom, texts: Texts::Outlined };
                    let bytes = page.write(fonts, writing, Some(scene))?;
                    let name: PathBuf = path.join(format!("frame-{:0digits$}.png", index + 1));
                    let write = || {
                        let mut file = WholeFile::create(&name)?;
                        file.write_all(&bytes)?;
                        file.finish()
                    };
                    write().map_err(|error| unwritable(error, path))?;
                }
            }
            Self::Animation(mut file, format, path) => {
                let Some(first) = pages.next() else { return Ok(()) };
                let first = raster(&first, fonts, zoom)?;
                let (size, timing) = ((first.width, first.height), (frames as u32, fps));
                let mut animation = Animation::begin(io::BufWriter::new(&mut file), format, size, timing, scene)?;
                animation.add(&first)?;
                for (index, page) in pages.enumerate() {
                    if !go_on(index + 1) {
                        return Err(FilmError::Stopped);
                    }
                    animation.add(&raster(&page, fonts, zoom)?)?;
                }
                animation.finish()?;
                file.finish().map_err(|error| unwritable(error, path))?;
            }
        }
        Ok(())
    }
}

fn unwritable(error: io::Error, path: &Path) -> FilmError {
    FilmError::Unwritable { error, path: path.to_owned() }
}
