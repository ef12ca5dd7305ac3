use std::sync::Arc;

use rayon::prelude::*;

use super::condition::Condition;
use super::evidence::{LessonEvidence, SlotEvidence, TrainingEvidence};
use super::stage::{LessonPlace, LessonStage};
use super::steps::{Lesson, LessonStep};
use crate::data_file::Unresolved;
use crate::dataset::Dataset;
use crate::engine::{Entrant, Failure, Measurement, Measurer, Quantities, materials};
use crate::experiment::{Data, Experiment, NetworkFramework, Split};
use crate::subject::Subject;
use crate::trainer::Course;
use crate::training::{Training, TrainingSettings};

/// What was found of a lesson.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckedLesson {
    /// Its steps, in their order.
    pub steps: Vec<Checked>,
}

/// What was found of a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// Claims that were looked at, over all seeds.
    pub claims: usize,
    /// What is wrong, each a sentence.
    pub problems: Vec<String>,
}

/// Seeds that what is said of networks in general has to hold for, beside the step's own.
const SEEDS: [u32; 4] = [1, 2, 3, 4];

/// What is known of the experiments of a stage.
pub(super) struct MeasuredStage {
    measurements: Vec<Measurement>,
    trainings: Vec<Option<TrainingEvidence>>,
}

impl MeasuredStage {
    /// What is asked of it.
    pub fn evidence(&self) -> LessonEvidence<'_> {
        let slots = self.measurements.iter().zip(&self.trainings);
        let slots =
            slots.map(|(measurement, training)| SlotEvidence { measurement: Some(measurement), training: *training });
        LessonEvidence { slots: slots.collect(), place: 0, is_all: true }
    }

    /// What was measured.
    pub fn subjects(&self) -> Vec<Subject> {
        self.measurements.iter().map(|measurement| measurement.subject.clone()).collect()
    }
}

/// Why a lesson could not be gone through; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum NotChecked {
    /// A step cannot be measured.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// Data of the user's own cannot be read.
    #[error(transparent)]
    Data(#[from] Unresolved),
}

/// Goes through a lesson: measures every step, and asks whether its claims hold. No more than so many images are measured.
///
/// # Errors
/// If images cannot be read.
pub fn check(lesson: &Lesson, images: usize, measurer: &mut Measurer) -> Result<CheckedLesson, NotChecked> {
    let stages = lesson.stages_with_data()?;
    let _kept = training_images(&stages)?;
    let mut checked = CheckedLesson::default();
    for (index, step) in lesson.steps.iter().enumerate() {
        let of_step: Vec<_> = stages.iter().filter(|(place, _)| place.step == index).collect();
        let own = of_step.first().and_then(|(_, stage)| stage.scene.experiments.first()).map_or(0, |first| first.seed);
        let mut found = Checked::default();
        if step.claims.is_empty() {
            found.problems.push(
                "it claims nothing: add `claims`, conditions that hold when what its text says is true".to_owned(),
            );
        }
        let seeds = if step.general { SEEDS.iter().copied().filter(|seed| *seed != own).collect() } else { Vec::new() };
        for seed in std::iter::once(own).chain(seeds) {
            let with_seed = (seed != own).then_some(seed);
            let mut of_seed = Checked::default();
            check_step(step, &of_step, (with_seed, images), measurer, &mut of_seed)?;
            found.claims += of_seed.claims;
            let said =
                |problem: String| with_seed.map_or(problem.clone(), |seed| format!("with seed {seed} {problem}"));
            found.problems.extend(of_seed.problems.into_iter().map(said));
        }
        checked.steps.push(found);
    }
    Ok(checked)
}

/// Training images that stages are trained on, which are decompressed once for all who need them while this is held.
///
/// # Errors
/// If they cannot be read.
pub(super) fn training_images(stages: &[(LessonPlace, LessonStage)]) -> Result<Option<Arc<Dataset>>, Failure> {
    let trained =
        stages.iter().find(|(_, stage)| stage.is_trained).and_then(|(_, stage)| stage.scene.experiments.first());
    match trained.map(|experiment| &experiment.inputs.data) {
        Some(data @ Data::Mnist) => Ok(Some(Dataset::shared(data, Split::Train, usize::MAX)?)),
        Some(Data::Folder(_) | Data::Set(_) | Data::Gaussian { .. }) | None => Ok(None),
    }
}

fn check_step(
    step: &LessonStep,
    stages: &[&(LessonPlace, LessonStage)],
    (seed, images): (Option<u32>, usize),
    measurer: &mut Measurer,
    found: &mut Checked,
) -> Result<(), Failure> {
    let Some((last, before)) = stages.split_last() else { return Ok(()) };
    let quantities = step.quantities();
    // What can be known does not depend on the seed.
    if let (Some((_, stage)), Some(question), None) = (before.first(), &step.question, seed) {
        let known = known(stage, quantities, (seed, images), measurer, &|| true)?;
        let evidence = known.evidence();
        for text in [&step.text, &question.text].into_iter().chain(question.hints.iter().map(|(text, _)| text)) {
            if let Err(unknown) = text.check(&evidence) {
                found.problems.push(format!("has a value that is not known before the answer: {unknown}"));
            }
        }
    }
    let mut stage = last.1.clone();
    if let Some(goal) = &step.until {
        let known_before = known(&stage, quantities, (seed, images), measurer, &|| true)?;
        if seed.is_none() && goal.condition.holds(&known_before.evidence()) == Ok(true) {
            found.problems.push(format!("holds from the beginning: until `{}`", goal.condition.text()));
        }
        let way: Result<Vec<_>, _> =
            stage.scene.experiments.iter().map(|experiment| goal.way.apply(experiment)).collect();
        match way {
            Ok(experiments) => stage.scene.experiments = experiments,
            Err(error) => found.problems.push(format!("has a way that cannot be set: {error}")),
        }
    }
    let known = known(&stage, quantities, (seed, images), measurer, &|| true)?;
    let evidence = known.evidence();
    let goal = step.until.as_ref().map(|goal| (&goal.condition, "the way does not lead to"));
    let claims = step.claims.iter().map(|claim| (claim, "it is not true that"));
    for (condition, what) in claims.chain(goal) {
        found.claims += 1;
        if let Some(problem) = problem_of(condition, &evidence, what) {
            found.problems.push(problem);
        }
    }
    let texts = [Some(&step.text), step.question.as_ref().map(|question| &question.why)];
    for text in texts.into_iter().flatten() {
        if let Err(unknown) = text.check(&evidence) {
            found.problems.push(format!("has a value that is not known: {unknown}"));
        }
    }
    Ok(())
}

fn problem_of(condition: &Condition, evidence: &LessonEvidence<'_>, what: &str) -> Option<String> {
    match condition.holds(evidence) {
        Ok(true) => None,
        Ok(false) => Some(format!("{what} {} (measured: {})", condition.text(), condition.values(evidence))),
        Err(unknown) => Some(format!("cannot be asked whether {}: {unknown}", condition.text())),
    }
}

/// Measures the experiments of a stage, after their training where they are trained; `goes_on` says whether that is to make
/// another step.
///
/// # Errors
/// If images cannot be read.
pub(super) fn known(
    stage: &LessonStage,
    quantities: Quantities,
    (seed, images): (Option<u32>, usize),
    measurer: &mut Measurer,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> Result<MeasuredStage, Failure> {
    let experiments: Vec<_> = stage
        .scene
        .experiments
        .iter()
        .map(|experiment| {
            let mut experiment: Experiment = experiment.clone();
            experiment.seed = seed.unwrap_or(experiment.seed);
            experiment.inputs.images = experiment.inputs.images.min(images);
            experiment
        })
        .collect();
    let (mut subjects, mut trainings) = (experiments.iter().map(Subject::from).collect::<Vec<_>>(), Vec::new());
    if stage.is_trained {
        (subjects, trainings) = trained(experiments, stage.scene.training.as_ref(), measurer, goes_on)?;
    }
    trainings.resize(subjects.len(), None);
    let measurements: Result<_, _> = subjects.iter().map(|subject| measurer.measure_all(subject, quantities)).collect();
    Ok(MeasuredStage { measurements: measurements?, trainings })
}

type Trained = (Vec<Subject>, Vec<Option<TrainingEvidence>>);

/// What networks are after their training, side by side, and what that found.
fn trained(
    experiments: Vec<Experiment>,
    settings: Option<&TrainingSettings>,
    measurer: &mut Measurer,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> Result<Trained, Failure> {
    // It was checked when the lesson was read.
    let training = settings.cloned().unwrap_or_default().apply().unwrap_or(Training::of(NetworkFramework::Keras));
    let entrants: Vec<_> =
        experiments.into_iter().map(|experiment| Entrant { experiment, training, given: None }).collect();
    let materials = materials(&entrants)?;
    let courses: Result<Vec<_>, _> = entrants
        .iter()
        .zip(materials)
        .map(|(entrant, material)| Ok((entrant, entrant.course_with(material, measurer)?)))
        .collect();
    let run = |(entrant, mut course): (&Entrant, Course)| {
        course.keep_little();
        while !course.is_over() && goes_on() {
            // What stopped being finite is over.
            let _ = course.advance();
        }
        course.look();
        (entrant.subject(course.racer()), Some(TrainingEvidence::from(&course)))
    };
    let courses = courses.map_err(|failure: Failure| failure)?;
    Ok(courses.into_par_iter().map(run).unzip())
}

impl LessonStep {
    /// What must be measured for its texts and conditions.
    pub fn quantities(&self) -> Quantities {
        let question = self.question.as_ref().map(|question| {
            let hints = question.hints.iter().map(|(text, _)| text.quantities());
            hints.fold(question.text.quantities().and(question.why.quantities()), Quantities::and)
        });
        let until = self.until.as_ref().map(|goal| goal.condition.quantities());
        let claims = self.claims.iter().map(Condition::quantities);
        claims.chain(question).chain(until).fold(self.text.quantities(), Quantities::and)
    }
}
