use std::path::Path;
use std::sync::Arc;

use super::Sweep;
use super::film_error::FilmError;
use super::film_file::{FilmFile, FrameWriting};
use crate::engine::Measurer;
use crate::figure::{Figure, Scene, SheetSettings, View};
use crate::layout::{Content as _, LayersContent};
use crate::page::{FilmFormat, Fonts};
use crate::subject::Subject;

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
        // Before the work begins it is known that the file can be written.
        let film = FilmFile::create(path, format)?;
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
            view: Some(self.view),
            figure: Some(self.settings.clone()),
            ..Scene::of(vec![self.base.experiment().clone()])
        };
        let scene = scene.to_text();
        let pages = figures.into_iter().map(|figure| LayersContent::of(vec![figure]).page(&sheet, fonts));
        let writing = FrameWriting { fonts, zoom: self.zoom, fps: self.fps, scene: &scene };
        film.write(pages, frames, &writing, &|done| go_on(frames + done, parts))
    }
}
