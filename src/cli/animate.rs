use std::path::PathBuf;

use super::Error;
use super::arguments::{AnimateFlags, ExperimentFlags};
use super::network_flag::GivenNetworks;
use super::progress::ProgressLine;
use super::training_flags::entrants;
use crate::engine::Entrant;
use crate::engine::race::MOST_RACERS;
use crate::figure::training::{CurveScale, TrainingChart};
use crate::figure::{Quantity, SheetSettings, ViewName};
use crate::page::{FilmFormat, FontNames, UnknownEnding};
use crate::sweep::{Film, Sweep, TrainingFilm, film_steps};
use crate::training::TrainingSettings;

/// A film, to be written into a file or a folder.
#[derive(Debug)]
pub struct Animate {
    film: Moved,
    out: PathBuf,
    format: FilmFormat,
    fonts: FontNames,
}

/// What moves in it.
#[derive(Debug)]
enum Moved {
    Setting(Film),
    Step(TrainingFilm),
}

impl Animate {
    /// # Errors
    /// If the flags make no film, or the scene cannot be read.
    pub(super) fn new(asked: &ExperimentFlags, flags: AnimateFlags) -> Result<Self, Error> {
        let usage = |error: &dyn std::fmt::Display| Error::Usage(error.to_string());
        let drawing = flags.drawing;
        let scene = asked.scene()?;
        if flags.sweep.setting().is_some() {
            let why = "a setting moves what is drawn, and weights of a file stay as they are: use --moving step, which trains them";
            asked.refuse_network(Some(&scene), why)?;
        }
        let view = drawing.view.over(scene.layers_view().unwrap_or_default()).map_err(|error| usage(&error))?;
        let flags_of_file = SheetSettings { zoom: flags.zoom, ..drawing.figure };
        if flags_of_file.seeds.is_some() {
            let sentence = "a film shows the race of one seed: leave out --seeds, or draw all seeds as a figure with render --show \
                            training --seeds N";
            return Err(Error::Usage(sentence.to_owned()));
        }
        if flags_of_file.chart == Some(TrainingChart::Rates) {
            let sentence = "a film shows a race, and rates are tried before one: leave out --chart rates, or draw them with render";
            return Err(Error::Usage(sentence.to_owned()));
        }
        let settings = flags_of_file
            .over(scene.figure.clone().unwrap_or_default())
            .with_fonts(drawing.font.as_deref(), drawing.font_bold.as_deref());
        let (fonts, zoom) = (settings.fonts(), settings.zoom.unwrap_or(1.0));
        let sheet = settings.sheet().map_err(|error| usage(&error))?;
        let is_of_steps = flags.sweep.setting().is_none();
        if !sheet.show.takes_several() || sheet.as_published || (sheet.show == ViewName::Training && !is_of_steps) {
            let but = if is_of_steps { ", or use --show training" } else { "" };
            return Err(Error::Usage(format!("a film shows layers: leave out --show and --as-published{but}")));
        }
        if sheet.with_start {
            return Err(Error::Usage("a film begins at the start of what moves: leave out --with-start".to_owned()));
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
        let (fps, jobs) = (flags.fps, drawing.jobs.threads());
        let film = match flags.sweep.setting() {
            Some(setting) => {
                if flags.training != TrainingSettings::default() {
                    return Err(Error::Usage(
                        "a setting moves, and nothing is trained: use --moving step, or leave out the flags of a training"
                            .to_owned(),
                    ));
                }
                if view.quantity == Quantity::Updates {
                    let sentence = "nothing is trained, and so there are no updates: use --moving step";
                    return Err(Error::Usage(sentence.to_owned()));
                }
                let (Some(from), Some(to)) = (flags.from, flags.to) else {
                    return Err(Error::Usage(
                        "a film needs to know from where to where the setting moves: give --from and --to".to_owned(),
                    ));
                };
                let several = scene.experiments.len();
                let [base] = <[_; 1]>::try_from(scene.experiments).map_err(|_| {
                    Error::Usage(format!(
                        "there are {several} experiments, but a film shows one: give only one, for example with a single \
                         --sigma"
                    ))
                })?;
                let sweep = Sweep { setting, from, to, frames: flags.frames };
                sweep.experiments(&base).map_err(|error| usage(&error))?;
                Moved::Setting(Film { sweep, base: base.into(), view, settings, zoom, fps, jobs })
            }
            None => {
                let training = flags.training.over(scene.training.clone().unwrap_or_default());
                let given = asked.given(&scene)?;
                let networks = given.as_ref().map(GivenNetworks::of_scene).unwrap_or_default();
                let subjects = given.map_or_else(|| scene.subjects(), |given| given.subjects);
                let entrants = entrants(&subjects, &training)?;
                if entrants.len() > MOST_RACERS {
                    let several = entrants.len();
                    return Err(Error::Usage(format!(
                        "there are {several} networks, but at most {MOST_RACERS} are trained side by side: give fewer"
                    )));
                }
                let all = entrants.iter().map(Entrant::steps).max().unwrap_or(0);
                let ends = (whole("--from", flags.from, 0)?, whole("--to", flags.to, all)?);
                let scale = settings.time_scale.unwrap_or(CurveScale::Log);
                let steps = film_steps(ends, flags.frames, scale, all).map_err(|error| usage(&error))?;
                // What spaces the pictures does not bend the curves' axis.
                let settings = SheetSettings { time_scale: None, ..settings };
                Moved::Step(TrainingFilm { entrants, networks, steps, view, settings, training, zoom, fps, jobs })
            }
        };
        Ok(Self { film, out: flags.out, format, fonts })
    }

    /// Measures, and writes the film.
    ///
    /// # Errors
    /// If the images or the font cannot be read, or the film cannot be written.
    pub fn run(&self) -> Result<(), Error> {
        let fonts = self.fonts.read().map_err(Error::failed)?;
        let (path, format) = (&self.out, self.format);
        let written = match &self.film {
            Moved::Setting(film) => {
                let progress = ProgressLine::new();
                let go_on = |done: usize, parts: usize| {
                    let what = if 2 * done < parts { "measuring" } else { "drawing" };
                    progress.say(what, done % (parts / 2).max(1), parts / 2);
                    true
                };
                film.write(path, format, &fonts, &go_on)
            }
            Moved::Step(film) => {
                let steps = film.steps.last().map_or(0, |&last| last * film.entrants.len() as u64);
                let progress = ProgressLine::of_steps(steps);
                let say = |what: &str, done: usize, parts: usize| {
                    progress.say(what, done, parts);
                    true
                };
                let made_step = || {
                    progress.made_step();
                    true
                };
                film.write(path, format, &fonts, &say, &made_step)
            }
        };
        written.map_err(Error::failed)
    }
}

/// A step.
fn whole(flag: &str, given: Option<f64>, usual: u64) -> Result<u64, Error> {
    match given {
        None => Ok(usual),
        Some(step) if step >= 0.0 && step.fract() == 0.0 && step < 1e15 => Ok(step as u64),
        Some(step) => {
            Err(Error::Usage(format!("{flag} {step} is no step of a training: use a whole number from 0 on")))
        }
    }
}
