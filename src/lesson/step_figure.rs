use super::check::known;
use super::handout_text::FIGURE_TEXT;
use super::stage::LessonStage;
use super::steps::LessonStep;
use crate::engine::{Entrant, Failure, Measurer, Quantities};
use crate::figure::{Sheet, SheetSettings, ViewName};
use crate::layout::Look;
use crate::page::{Fonts, Page};
use crate::subject::Subject;
use crate::views::{self, Asked, NoView};

/// How pages are set.
#[derive(Clone, Debug)]
pub struct HandoutPage {
    /// Width and height in px.
    pub size: (f64, f64),
    /// Whose colours they have.
    pub sheet: Sheet,
    /// Threads to measure with; 0 for as many as there are cores.
    pub jobs: usize,
}

/// A4, on its side.
const A4: (f64, f64) = (1122.0, 793.0);

impl Default for HandoutPage {
    fn default() -> Self {
        Self { size: A4, sheet: Sheet::default(), jobs: 0 }
    }
}

/// Its colours and the size of its text.
pub(super) fn look_of(set: &HandoutPage) -> Look {
    Look::of(&set.sheet, set.size)
}

/// Letters of experiments that stand side by side, as texts name them; one alone has none.
fn letters_of(experiments: usize) -> Vec<char> {
    if experiments > 1 { ('A'..).take(experiments).collect() } else { Vec::new() }
}

/// What a step shows, as a page of this size; `goes_on` says whether a training is to make another step.
pub(super) fn figure_of(
    step: &LessonStep,
    stage: &LessonStage,
    size: (f64, f64),
    (set, fonts): (&HandoutPage, &Fonts),
    goes_on: &(dyn Fn() -> bool + Sync),
) -> Result<Page, NoView> {
    let scene = &stage.scene;
    let shown = stage.shown();
    let settings = SheetSettings {
        norms: Some(shown.panels.norms && shown.view == ViewName::Layers),
        ..SheetSettings::of_shown(&shown)
    };
    let named = settings.sheet().unwrap_or_default();
    let last = scene.experiments.first().map_or(0, |experiment| experiment.widths.len().saturating_sub(1));
    let layer = shown.layer.unwrap_or(last).min(last);
    let sheet = Sheet {
        size: Some(size),
        title_text: None,
        layer,
        caption: named.caption && set.sheet.caption,
        theme: set.sheet.theme,
        // What the window hides until a question is answered is not on paper either.
        numbers: named.numbers && shown.panels.numbers,
        letters: letters_of(scene.experiments.len()),
        palette: set.sheet.palette,
        font_size: Some(look_of(set).size * FIGURE_TEXT),
        ..named
    };
    let training = scene.training.clone().unwrap_or_default();
    let trainings = training.apply_all().unwrap_or_default();
    let is_race = sheet.show == ViewName::Training;
    let entrants: Vec<_> = scene
        .experiments
        .iter()
        .flat_map(|experiment| {
            trainings.iter().map(|&training| Entrant { experiment: experiment.clone(), training, given: None })
        })
        .filter(|_| is_race)
        .collect();
    let mut subjects = scene.subjects();
    if stage.is_trained && !is_race {
        subjects = trained(stage, step.quantities(), set.jobs, goes_on)?;
    }
    let asked = Asked {
        subjects: &subjects,
        entrants: &entrants,
        view: shown.layers,
        sheet: &sheet,
        jobs: set.jobs,
        say: &|_, _, _| (),
        made_step: goes_on,
    };
    Ok(views::class(sheet.show).measure(&asked)?.page(&sheet, fonts))
}

fn trained(
    stage: &LessonStage,
    quantities: Quantities,
    jobs: usize,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> Result<Vec<Subject>, Failure> {
    let mut measurer = Measurer::with_threads(jobs)?;
    Ok(known(stage, quantities, (None, usize::MAX), &mut measurer, goes_on)?.subjects())
}
