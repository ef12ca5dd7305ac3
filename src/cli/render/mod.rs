mod target;

use super::Error;
use super::arguments::{ExperimentFlags, RenderFlags};
use super::network_flag::GivenNetworks;
use super::progress::ProgressLine;
use super::training_flags::{LookedAt, entrants};
use crate::engine::{Entrant, RateSearch, TUNED_STEPS};
use crate::experiment::Preset;
use crate::figure::training::TrainingChart;
use crate::figure::{Quantity, Scene, Sheet, SheetSettings, View, ViewName};
use crate::layout::{Content, FileError, FileOptions};
use crate::page::{FileKind, FontNames, Fonts, Texts, UnknownEnding};
use crate::subject::Subject;
use crate::training::TrainingSettings;
use crate::views::{self, Asked, NoView};
use target::Target;

/// A figure, to be written into a file.
#[derive(Debug)]
pub struct Render {
    scene: Scene,
    drawn: Drawn,
    view: View,
    sheet: Sheet,
    target: Target,
    kind: FileKind,
    zoom: f64,
    texts: Texts,
    fonts: FontNames,
    jobs: usize,
}

/// What a figure is of.
#[derive(Debug)]
enum Drawn {
    /// Networks as they are.
    LookedAt(LookedAt),
    /// Their trainings.
    Race(Vec<Entrant>),
}

impl Render {
    /// # Errors
    /// If the flags make no figure, or the scene cannot be read.
    pub(super) fn new(asked: &ExperimentFlags, flags: RenderFlags) -> Result<Self, Error> {
        let drawing = flags.drawing;
        let scene = asked.scene()?;
        let usage = |error: &dyn std::fmt::Display| Error::Usage(error.to_string());
        let base = scene.figure_settings();
        let base = match &asked.preset {
            // A preset's own figure is one of layers.
            Some(name) if drawing.figure.show.is_none_or(ViewName::takes_several) => {
                base.over(Preset::named(name).map(|preset| SheetSettings::of_preset(&preset)).unwrap_or_default())
            }
            _ => base,
        };
        let flags_of_file = SheetSettings { text: flags.text, zoom: flags.zoom, ..drawing.figure };
        let settings = flags_of_file.over(base).with_fonts(drawing.font.as_deref(), drawing.font_bold.as_deref());
        let sheet = settings.sheet().map_err(|error| usage(&error))?;
        let view = drawing.view.over(scene.layers_view().unwrap_or_default()).map_err(|error| usage(&error))?;
        let target = Target::new(flags.out);
        let kind = kind(flags.format, &target)?;
        let (zoom, texts) = (settings.zoom.unwrap_or(1.0), settings.text.unwrap_or_default());
        let (fonts, jobs) = (settings.fonts(), drawing.jobs.threads());
        let training = flags.training.clone().over(scene.training.clone().unwrap_or_default());
        let networks;
        let drawn = if sheet.show == ViewName::Training {
            let given = asked.given(&scene)?;
            networks = given.as_ref().map(GivenNetworks::of_scene).unwrap_or_default();
            let subjects = given.map_or_else(|| scene.subjects(), |given| given.subjects);
            views::check(&subjects, &sheet).map_err(|error| usage(&error))?;
            let entrants = entrants(&subjects, &training)?;
            views::check_race(entrants.len(), &sheet).map_err(|error| usage(&error))?;
            Drawn::Race(entrants)
        } else if sheet.show == ViewName::TrainingLandscape {
            asked.refuse_network(Some(&scene), "a landscape draws its networks, leave it out")?;
            let entrants = entrants(&scene.subjects(), &training)?;
            views::trained_terrain(&entrants, sheet.training.trained_plane).map_err(|error| usage(&error))?;
            networks = Vec::new();
            Drawn::Race(entrants)
        } else {
            let looked_at = LookedAt::of(asked, &scene, &flags.training)?;
            views::check(&looked_at.before_training(), &sheet).map_err(|error| usage(&error))?;
            networks = looked_at.networks();
            Drawn::LookedAt(looked_at)
        };
        check_updates(view, &sheet, &drawn)?;
        check_start(view, &sheet, &drawn)?;
        let training = (training != TrainingSettings::default()).then_some(training);
        let mut scene = Scene { shown: None, view: Some(view), figure: Some(settings), training, networks, ..scene };
        if let Drawn::LookedAt(LookedAt::Given(given)) = &drawn {
            scene.experiments = given.subjects.iter().map(|subject| subject.experiment().clone()).collect();
        }
        Ok(Self { scene, drawn, view, sheet, target, kind, zoom, texts, fonts, jobs })
    }

    /// Measures, and writes the file.
    ///
    /// # Errors
    /// If the images or the font cannot be read, there is no such figure, or the file cannot be written.
    pub fn run(self) -> Result<(), Error> {
        let fonts = self.fonts.read().map_err(Error::failed)?;
        // Before the work begins it is known that the file can be written.
        let file = self.target.open()?;
        let (subjects, entrants) = match &self.drawn {
            Drawn::LookedAt(looked_at) => (looked_at.subjects(self.jobs)?, &[][..]),
            Drawn::Race(entrants) => (before_training(entrants), &entrants[..]),
        };
        let look = self.sheet.training;
        let seeds = look.several_seeds().filter(|_| self.sheet.show == ViewName::Training && look.chart.has_seeds());
        let steps = |entrant: &Entrant| match look.chart {
            TrainingChart::Rates => RateSearch::USUAL_RUNS * entrant.steps().min(TUNED_STEPS),
            _ => entrant.steps() * seeds.unwrap_or(1) as u64,
        };
        let progress = ProgressLine::of_steps(entrants.iter().map(steps).sum());
        let asked = Asked {
            subjects: &subjects,
            entrants,
            view: self.view,
            sheet: &self.sheet,
            jobs: self.jobs,
            say: &|what, parts, share| progress.say_with_time(what, parts, share),
            made_step: &|| {
                progress.made_step();
                true
            },
        };
        let content = views::class(self.sheet.show).measure(&asked).map_err(Error::failed)?;
        drop(progress);
        file.write(&self.bytes(&*content, &fonts)?)
    }

    fn bytes(&self, content: &dyn Content, fonts: &Fonts) -> Result<Vec<u8>, Error> {
        let scene = self.scene.to_text();
        let (sheet, zoom, texts) = (&self.sheet, self.zoom, self.texts);
        content.file(self.kind, FileOptions { sheet, fonts, zoom, texts, scene: &scene }).map_err(Error::failed)
    }
}

/// The networks that race, each once.
fn before_training(entrants: &[Entrant]) -> Vec<Subject> {
    let mut subjects: Vec<_> = entrants.iter().map(Entrant::begins_as).collect();
    // A network has its rates one after the other.
    subjects.dedup();
    subjects
}

/// Whether there is one network that was something before, where the figure is to have that.
fn check_start(view: View, sheet: &Sheet, drawn: &Drawn) -> Result<(), Error> {
    let has_start = match drawn {
        Drawn::LookedAt(looked_at) => looked_at.len() == 1 && !looked_at.is_untrained(),
        Drawn::Race(_) => false,
    };
    let is_of_layers = sheet.show.takes_several() && !sheet.as_published && view.quantity != Quantity::Updates;
    if sheet.with_start && !(has_start && is_of_layers) {
        return Err(Error::Usage(NoView::NoStart.to_string()));
    }
    Ok(())
}

/// Whether there are updates, where the figure is of them.
fn check_updates(view: View, sheet: &Sheet, drawn: &Drawn) -> Result<(), Error> {
    let are_none = match drawn {
        Drawn::LookedAt(looked_at) => looked_at.is_untrained(),
        Drawn::Race(_) => false,
    };
    if view.quantity == Quantity::Updates && sheet.show.takes_several() && are_none {
        let sentence =
            "--quantity updates shows what the last step of a training changed of the weights: give --steps N, too";
        return Err(Error::Usage(sentence.to_owned()));
    }
    Ok(())
}

/// The kind of file that is asked for, or that its name says.
fn kind(asked: Option<FileKind>, target: &Target) -> Result<FileKind, Error> {
    let kind = match asked {
        Some(kind) => kind,
        None => target.kind().map_err(|UnknownEnding { endings, .. }| {
            let advice = if target.is_output() {
                "give --format with --out -"
            } else {
                "use one of these endings, or give --format"
            };
            Error::Usage(format!("--out must name a file that ends in {endings}: {advice}: {target}"))
        })?,
    };
    match kind {
        FileKind::Page(_) | FileKind::Numbers(_) => Ok(kind),
        FileKind::Film(format) => Err(Error::Usage(format!("--out: {}: {target}", FileError::Film(format)))),
    }
}
