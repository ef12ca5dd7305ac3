use std::path::Path;
use std::sync::Arc;

use super::FRAMES;
use super::film_error::FilmError;
use super::film_file::{FilmFile, FrameWriting};
use crate::engine::race::{RaceFound, RaceNumber, RaceWish, RacerFound};
use crate::engine::{Entrant, Measurer};
use crate::figure::training::CurveScale;
use crate::figure::{Figure, Headline, Quantity, Scene, SceneNetwork, Sheet, SheetSettings, View, ViewName};
use crate::layout::{Content as _, LayersContent, TrainingContent};
use crate::number;
use crate::page::{FilmFormat, Fonts, Page};
use crate::subject::Subject;
use crate::training::TrainingSettings;

/// Networks as they are trained, picture by picture: their layers on an axis that stands still, and over them perhaps how far the
/// race is.
#[derive(Clone, Debug)]
pub struct TrainingFilm {
    /// The networks.
    pub entrants: Vec<Entrant>,
    /// The files whose weights they begin with, as the scene names them that the film carries.
    pub networks: Vec<SceneNetwork>,
    /// The steps of the pictures, the first one first.
    pub steps: Vec<u64>,
    /// How layers are drawn.
    pub view: View,
    /// How a picture is made; where it is to show a training, curves, maps or lines stand over the layers.
    pub settings: SheetSettings,
    /// How they are trained, as the scene says it that the film carries.
    pub training: TrainingSettings,
    /// Pixels for every px.
    pub zoom: f64,
    /// Pictures a second, from 0.1 to 50.
    pub fps: f64,
    /// Threads to work with; 0 for as many as there are cores.
    pub jobs: usize,
}

/// How much of a picture's height is for the layers, where something stands over them.
const LAYERS: f64 = 0.5;

/// The steps of so many pictures at most: the first, the last, and between them twice as many from one to the next, or equally many
/// more.
///
/// # Errors
/// If they make no film.
pub fn film_steps((from, to): (u64, u64), frames: usize, scale: CurveScale, all: u64) -> Result<Vec<u64>, FilmError> {
    if !FRAMES.contains(&frames) {
        return Err(super::SweepError::Frames(frames).into());
    }
    if from >= to || to > all {
        return Err(FilmError::Steps(from, to, all));
    }
    let mut steps = Vec::new();
    let (low, high) = (from as f64, to as f64);
    match scale {
        CurveScale::Linear => {
            let share = |frame: usize| frame as f64 / (frames - 1) as f64;
            steps.extend((0..frames).map(|frame| (low + (high - low) * share(frame)).round() as u64));
        }
        CurveScale::Log => {
            // The start comes first; from there on ratios are equal.
            let first = low.max(1.0);
            let left = if from == 0 { frames - 1 } else { frames };
            steps.extend((from == 0).then_some(0));
            let share = |frame: usize| if left < 2 { 1.0 } else { frame as f64 / (left - 1) as f64 };
            steps.extend((0..left).map(|frame| (first * (high / first).powf(share(frame))).round() as u64));
        }
    }
    steps.dedup();
    Ok(steps)
}

impl TrainingFilm {
    /// Trains, measures every picture's networks, and writes the pictures. `go_on` is told what is done, how many of how many parts of
    /// it are, and says whether to go on; what is stopped leaves no film.
    ///
    /// # Errors
    /// If it cannot be made or written, or was stopped.
    pub fn write(
        &self,
        path: &Path,
        format: FilmFormat,
        fonts: &Fonts,
        go_on: &dyn Fn(&str, usize, usize) -> bool,
        made_step: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), FilmError> {
        let sheet = self.settings.sheet()?;
        let film = FilmFile::create(path, format)?;
        let mut measurer = Measurer::with_threads(self.jobs)?;
        let target = self.steps.last().copied().unwrap_or(0);
        let wish =
            RaceWish { entrants: self.entrants.clone(), target, stop_at_loss: None, number: RaceNumber::default() };
        let race = Arc::new(RaceFound::train_all(&wish, &self.steps, &mut measurer, made_step)?);
        if race.racers.iter().any(|racer| racer.step < target && racer.ended.is_none()) {
            return Err(FilmError::Stopped);
        }
        let with_updates = self.view.quantity == Quantity::Updates;
        let subjects =
            self.steps.iter().flat_map(|&step| race.racers.iter().map(move |racer| subject(racer, step, with_updates)));
        let subjects: Vec<Subject> = subjects.collect::<Option<_>>().ok_or(FilmError::Room)?;
        let mut measurements = Vec::new();
        for (done, subject) in subjects.iter().enumerate() {
            if !go_on("measuring", done, subjects.len()) {
                return Err(FilmError::Stopped);
            }
            measurements.push(Arc::new(measurer.measure_all(subject, self.view.quantities(sheet.numbers))?));
        }
        let mut figures = Figure::together(&measurements, self.view).unwrap_or_default().into_iter();
        let (frames, racers) = (self.steps.len(), race.racers.len());
        let pages = self.steps.iter().map(|&step| {
            let layers = LayersContent::of(figures.by_ref().take(racers).collect());
            self.page(&race, &layers, step, &sheet, fonts)
        });
        let scene = self.scene();
        let writing = FrameWriting { fonts, zoom: self.zoom, fps: self.fps, scene: &scene };
        film.write(pages, frames, &writing, &|done| go_on("drawing", done, frames))
    }

    fn page(&self, race: &Arc<RaceFound>, layers: &LayersContent, step: u64, sheet: &Sheet, fonts: &Fonts) -> Page {
        let title_text = sheet.title_text.clone().or_else(|| self.title(step));
        let of_layers = Sheet { show: ViewName::Layers, title_text, ..sheet.clone() };
        if sheet.show != ViewName::Training {
            return layers.page(&of_layers, fonts);
        }
        let (width, height) = sheet.size.unwrap_or((960.0, 1080.0));
        let part = |share: f64| Some((width, share * height));
        // What stands around both is said once.
        let font_size = Some(sheet.font_size.unwrap_or(crate::layout::text_size((width, 0.6 * height))));
        let of_race = Sheet { size: part(1.0 - LAYERS), font_size, ..sheet.clone() };
        let below = Sheet { size: part(LAYERS), font_size, caption: false, legend: false, ..of_layers };
        let race = TrainingContent::new(Arc::clone(race), sheet.training).at(step);
        race.page(&of_race, fonts).over(layers.page(&below, fonts))
    }

    /// Which networks these are, and after which step, where the headline of one does not say it.
    fn title(&self, step: u64) -> Option<String> {
        let headlines = self.entrants.iter().map(|entrant| Headline::of(&entrant.begins_as()));
        let headlines: Vec<_> = headlines.collect();
        if headlines.len() < 2 {
            return None;
        }
        let network = Headline::common(&headlines).network;
        let when = match step {
            0 => "at the start".to_owned(),
            1 => "after 1 step".to_owned(),
            _ => format!("after {} steps", number::count(step)),
        };
        Some(if network.is_empty() { when } else { format!("{}, {when}", network.trim_end_matches([',', ' '])) })
    }

    fn scene(&self) -> String {
        let mut experiments: Vec<_> = self.entrants.iter().map(|entrant| entrant.experiment.clone()).collect();
        // Several rates are several networks of one experiment.
        experiments.dedup();
        Scene {
            view: Some(self.view),
            figure: Some(self.settings.clone()),
            training: Some(self.training.clone()),
            networks: self.networks.clone(),
            ..Scene::of(experiments)
        }
        .to_text()
    }
}

/// What a racer was after a step; one that had stopped being finite before is as it was when it was last seen.
fn subject(racer: &RacerFound, step: u64, with_updates: bool) -> Option<Subject> {
    let of = |step| if with_updates { racer.subject_with_updates(step) } else { racer.subject(step) };
    if let Some(subject) = of(step) {
        return Some(subject);
    }
    racer.ended.filter(|_| step >= racer.step)?;
    let last = racer.snapshots.kept().iter().map(|kept| kept.step()).filter(|&kept| kept <= step).max();
    of(last.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(ends: (u64, u64), frames: usize, scale: CurveScale) -> Vec<u64> {
        film_steps(ends, frames, scale, 1000).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn steps_double_or_are_equally_far_apart() {
        assert_eq!(steps((0, 64), 8, CurveScale::Log), [0, 1, 2, 4, 8, 16, 32, 64]);
        assert_eq!(steps((0, 1000), 5, CurveScale::Linear), [0, 250, 500, 750, 1000]);
        assert_eq!(steps((10, 40), 3, CurveScale::Log), [10, 20, 40]);
        assert_eq!(steps((0, 3), 40, CurveScale::Log), [0, 1, 2, 3], "no step comes twice");
        assert_eq!(steps((0, 1), 2, CurveScale::Log), [0, 1]);
    }

    #[test]
    fn what_is_no_way_is_said() {
        let said = |ends, frames| film_steps(ends, frames, CurveScale::Log, 10).map_err(|error| error.to_string());
        assert!(said((0, 11), 5).is_err_and(|said| said.contains("from 0 to 10")));
        assert!(said((3, 3), 5).is_err());
        assert!(said((0, 10), 1).is_err_and(|said| said.contains("2 to 1000")));
    }
}
