use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Sweep, SweepError};
use crate::engine::{Failure, Measurer};
use crate::figure::{Figure, Scene, SheetSettings, View};
use crate::layout::{Content as _, LayersContent};
use crate::page::{Animation, FilmFormat, Fonts, PageError, PageFormat, Texts, Writing, raster};
use crate::subject::Subject;
use crate::whole_file::WholeFile;

/// A sweep as it is to be drawn.
#[derive(Clone, Debug)]
pub struct Film {
    /// What is moved.
    pub sweep: Sweep,
    /// What it is moved in.
    pub base: Subject,
    /// How layers are drawn.
    pub view: View,
    /// How a picture is made.
    pub settings: SheetSettings,
    /// Pixels for every px.
    pub zoom: f64,
    /// Pictures a second, from 0.1 to 50.
    pub fps: f64,
    /// Threads to measure with; 0 for as many as there are cores.
    pub jobs: usize,
}

/// Why there is no film; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum FilmError {
    /// The setting cannot be moved so.
    #[error(transparent)]
    Sweep(#[from] SweepError),
    /// The figure cannot be made so.
    #[error(transparent)]
    Sheet(#[from] crate::figure::SheetError),
    /// The images cannot be read.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// A picture cannot be made.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The operating system refuses.
    #[error("the animation cannot be written ({error}): choose a file or a folder that you may write to: {path}")]
    Unwritable {
        /// What the system says.
        error: io::Error,
        /// The file or folder.
        path: PathBuf,
    },
    /// Somebody stopped it.
    #[error("stopped: nothing was written")]
    Stopped,
}

impl Film {
    /// Measures all steps and writes their pictures. `go_on` is told how many of how many parts of the work are done, and says
    /// whether to go on; what is stopped leaves no animation.
    ///
    /// # Errors
    /// If it cannot be made or written, or was stopped.
    pub fn write(
        &self,
        path: &Path,
        format: FilmFormat,
        fonts: &Fonts,
        go_on: &dyn Fn(usize, usize) -> bool,
    ) -> Result<(), FilmError> {
        let experiments = self.sweep.experiments(&self.base)?;
        let sheet = self.settings.sheet()?;
        let (frames, parts) = (experiments.len(), 2 * experiments.len());
        let unwritable = |error: io::Error| FilmError::Unwritable { error, path: path.to_owned() };
        // Before the work begins it is known that the file can be written.
        let file = match format {
            FilmFormat::Animation(format) => Some((WholeFile::create(path).map_err(unwritable)?, format)),
            FilmFormat::Pictures => {
                std::fs::create_dir_all(path).map_err(unwritable)?;
                None
            }
        };
        let mut measurer = Measurer::with_threads(self.jobs)?;
        let mut measurements = Vec::new();
        for (done, experiment) in experiments.iter().enumerate() {
            if !go_on(done, parts) {
                return Err(FilmError::Stopped);
            }
            measurements.push(Arc::new(measurer.measure_all(experiment, self.view.quantities(sheet.numbers))?));
        }
        let figures = Figure::together(&measurements, self.view).unwrap_or_default();
        let scene = Scene {
            experiments: vec![self.base.experiment().clone()],
            shown: None,
            view: Some(self.view),
            figure: Some(self.settings.clone()),
            training: None,
        };
        let scene = scene.to_text();
        let pages = figures.into_iter().map(|figure| LayersContent::of(vec![figure]).page(&sheet, fonts));
        match file {
            None => {
                let digits = frames.to_string().len();
                for (index, page) in pages.enumerate() {
                    if !go_on(frames + index, parts) {
                        return Err(FilmError::Stopped);
                    }
                    let writing = Writing { format: PageFormat::Png, scale: self.zoom, texts: Texts::Outlined };
                    let bytes = page.write(fonts, writing, Some(&scene))?;
                    let name = path.join(format!("frame-{:0digits$}.png", index + 1));
                    let write = || {
                        let mut file = WholeFile::create(&name)?;
                        file.write_all(&bytes)?;
                        file.finish()
                    };
                    write().map_err(unwritable)?;
                }
            }
            Some((mut file, format)) => {
                let mut pages = pages;
                let Some(first) = pages.next() else { return Ok(()) };
                let first = raster(&first, fonts, self.zoom)?;
                let (size, timing) = ((first.width, first.height), (frames as u32, self.fps));
                let mut animation = Animation::begin(io::BufWriter::new(&mut file), format, size, timing, &scene)?;
                animation.add(&first)?;
                for (index, page) in pages.enumerate() {
                    if !go_on(frames + index + 1, parts) {
                        return Err(FilmError::Stopped);
                    }
                    animation.add(&raster(&page, fonts, self.zoom)?)?;
                }
                animation.finish()?;
                file.finish().map_err(unwritable)?;
            }
        }
        Ok(())
    }
}
