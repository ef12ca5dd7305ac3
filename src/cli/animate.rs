use std::path::PathBuf;

use super::Error;
use super::arguments::{AnimateFlags, ExperimentFlags};
use super::progress::ProgressLine;
use crate::figure::SheetSettings;
use crate::page::{FilmFormat, FontNames, UnknownEnding};
use crate::sweep::{Film, Sweep};

/// A film, to be written into a file or a folder.
#[derive(Debug)]
pub struct Animate {
    film: Film,
    out: PathBuf,
    format: FilmFormat,
    fonts: FontNames,
}

impl Animate {
    /// # Errors
    /// If the flags make no film, or the scene cannot be read.
    pub(super) fn new(asked: &ExperimentFlags, flags: AnimateFlags) -> Result<Self, Error> {
        let usage = |error: &dyn std::fmt::Display| Error::Usage(error.to_string());
        let drawing = flags.drawing;
        let scene = asked.scene()?;
        let view = drawing.view.over(scene.layers_view().unwrap_or_default()).map_err(|error| usage(&error))?;
        let several = scene.experiments.len();
        let [base] = <[_; 1]>::try_from(scene.experiments).map_err(|_| {
            Error::Usage(format!(
                "there are {several} experiments, but a film shows one: give only one, for example with a single \
                 --sigma"
            ))
        })?;
        let flags_of_file = SheetSettings { zoom: flags.zoom, ..drawing.figure };
        let settings = flags_of_file
            .over(scene.figure.unwrap_or_default())
            .with_fonts(drawing.font.as_deref(), drawing.font_bold.as_deref());
        let (fonts, zoom) = (settings.fonts(), settings.zoom.unwrap_or(1.0));
        let sheet = settings.sheet().map_err(|error| usage(&error))?;
        if !sheet.show.takes_several() || sheet.as_published {
            return Err(Error::Usage("a film shows layers: leave out --show and --as-published".to_owned()));
        }
        if !(0.1..=50.0).contains(&flags.fps) {
            return Err(Error::Usage(format!("--fps {} is out of range: use 0.1 to 50", flags.fps)));
        }
        if !(0.05..=8.0).contains(&zoom) {
            return Err(Error::Usage(format!("--zoom {zoom} is out of range: use 0.05 to 8")));
        }
        let format = FilmFormat::of(&flags.out).map_err(|UnknownEnding { endings, path }| {
            Error::Usage(format!(
                "--out must name a file that ends in {endings}, or a folder that ends in /: {}",
                path.display()
            ))
        })?;
        let sweep = Sweep { setting: flags.sweep, from: flags.from, to: flags.to, frames: flags.frames };
        sweep.experiments(&base).map_err(|error| usage(&error))?;
        let film =
            Film { sweep, base: base.into(), view, settings, zoom, fps: flags.fps, jobs: drawing.jobs.threads() };
        Ok(Self { film, out: flags.out, format, fonts })
    }

    /// Measures, and writes the film.
    ///
    /// # Errors
    /// If the images or the font cannot be read, or the film cannot be written.
    pub fn run(&self) -> Result<(), Error> {
        let fonts = self.fonts.read().map_err(Error::failed)?;
        let progress = ProgressLine::new();
        let go_on = |done: usize, parts: usize| {
            let what = if 2 * done < parts { "measuring" } else { "drawing" };
            progress.say(what, done % (parts / 2).max(1), parts / 2);
            true
        };
        self.film.write(&self.out, self.format, &fonts, &go_on).map_err(Error::failed)
    }
}
