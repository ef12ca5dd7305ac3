use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ndarray::Array2;
use rayon::prelude::*;

use super::{Failure, Measurer};
use crate::dataset::{DataError, Dataset, Source};
use crate::experiment::{Data, Experiment, Inputs, Split};
use crate::subject::{GivenWeights, NoLoss, Subject, TrainedWeights, Updates, Weights};
use crate::trainer::{Course, EpochOrder, Examples, Material, NonFinite, Racer, Start};
use crate::training::Training;

/// An experiment, and how it is trained.
#[derive(Clone, Debug, PartialEq)]
pub struct Entrant {
    /// What is drawn.
    pub experiment: Experiment,
    /// How it is trained.
    pub training: Training,
    /// The weights that it starts with, where these are given in place of drawn ones.
    pub given: Option<Arc<GivenWeights>>,
}

/// Why a network that was given cannot be trained; each a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTrainable {
    /// Nothing can become smaller.
    #[error("{0} It cannot be trained.")]
    NoLoss(NoLoss),
    /// The trainer knows products, biases and activations.
    #[error("Training goes on only from networks whose layers have no normalisation, and whose outputs are logits.")]
    Functions,
    /// It was trained already, and not by what is known here.
    #[error("Training goes on from weights that were drawn or given.")]
    Trained,
}

/// Why there is no trained network to look at.
#[derive(Debug, thiserror::Error)]
pub enum Untrained {
    /// It could not begin.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// It did not get there.
    #[error("{0}: choose a smaller learning rate, or fewer steps")]
    Ended(NonFinite),
}

/// Sets of images that were loaded for one entrant and serve the next ones.
#[derive(Default)]
struct LoadedSets(Vec<((Data, Split), Arc<Dataset>)>);

impl LoadedSets {
    /// All images of a split of a subject's data; of the training images of MNIST no more than the first `images` need be there.
    fn source(&mut self, subject: &Subject, split: Split, images: usize) -> Result<Source, DataError> {
        let experiment = subject.experiment();
        let inputs = Inputs { split, ..experiment.inputs.clone() };
        let key = (inputs.data.clone(), split);
        Source::of(&Experiment { inputs, ..experiment.clone() }, || {
            if let Some((_, known)) = self.0.iter().find(|(of, set)| *of == key && set.len() >= images) {
                return Ok(Arc::clone(known));
            }
            let loaded = Dataset::shared(&key.0, split, images)?;
            self.0.push((key, Arc::clone(&loaded)));
            Ok(loaded)
        })
        .map(|source| source.with_classes(subject.classes_of_draws()))
    }
}

/// What entrants are trained on, judged by and looked at with. What several need is loaded once.
///
/// # Errors
/// If the images cannot be read.
pub fn materials<'a>(entrants: impl IntoIterator<Item = &'a Entrant>) -> Result<Vec<Material>, Failure> {
    let mut sets = LoadedSets::default();
    entrants.into_iter().map(|entrant| entrant.material_of(&mut sets)).collect()
}

impl Entrant {
    /// An experiment whose weights are drawn.
    pub fn drawn(experiment: Experiment, training: Training) -> Self {
        Self { experiment, training, given: None }
    }

    /// A subject that is trained from its weights.
    ///
    /// # Errors
    /// If they were given, and there is no training from them.
    pub fn of(subject: &Subject, training: Training) -> Result<Self, NotTrainable> {
        let experiment = subject.experiment().clone();
        let given = match subject.weights() {
            Weights::Drawn => return Ok(Self::drawn(experiment, training)),
            Weights::Given(weights) => weights,
            Weights::Trained(_) => return Err(NotTrainable::Trained),
        };
        if let Some(why) = subject.no_loss() {
            return Err(NotTrainable::NoLoss(why));
        }
        if given.functions().is_some_and(|functions| !functions.can_be_trained()) {
            return Err(NotTrainable::Functions);
        }
        Ok(Self { experiment, training, given: Some(Arc::clone(given)) })
    }

    /// What is looked at before the first step.
    pub fn begins_as(&self) -> Subject {
        let drawn = || Subject::from(&self.experiment);
        let of = |weights: &Arc<GivenWeights>| Subject::given(self.experiment.clone(), Arc::clone(weights));
        self.given.as_ref().and_then(|weights| of(weights).ok()).unwrap_or_else(drawn)
    }

    /// Classes that its network tells apart.
    pub fn classes(&self) -> usize {
        match self.begins_as().outputs() {
            // One probability is that of the second of two.
            1 => 2,
            outputs => outputs,
        }
    }

    /// Whether this is what is looked at before the first step.
    pub fn begins_with(&self, subject: &Subject) -> bool {
        let weights = match subject.weights() {
            Weights::Drawn => None,
            Weights::Given(weights) => Some(weights),
            Weights::Trained(_) => return false,
        };
        self.experiment == *subject.experiment() && self.given.as_ref() == weights
    }

    /// Steps that its training has.
    pub fn steps(&self) -> u64 {
        self.training.steps(self.training.images_of(&self.experiment))
    }

    /// What it is trained on, judged by and looked at with.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn material(&self) -> Result<Material, Failure> {
        self.material_of(&mut LoadedSets::default())
    }

    fn material_of(&self, sets: &mut LoadedSets) -> Result<Material, Failure> {
        let subject = self.begins_as();
        let count = self.training.images_of(&self.experiment);
        let inputs = &self.experiment.inputs;
        let watched = sets.source(&subject, inputs.split, inputs.images)?;
        let images = inputs.images.min(watched.len());
        let (train, test) = (sets.source(&subject, Split::Train, count)?, sets.source(&subject, Split::Test, 0)?);
        Ok(Material {
            examples: Arc::new(Examples::Source(train, 0..count)),
            order: Arc::new(EpochOrder::Of(self.training.order, count)),
            judges: Some(Arc::new(Examples::Source(test, Training::judges(&self.experiment)))),
            watched: Arc::new(Examples::Source(watched, 0..images)),
        })
    }

    /// The network that is drawn or given, before its first step.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn start(&self, measurer: &mut Measurer) -> Result<Start, Failure> {
        let (network, _) = measurer.network_and_source(&self.begins_as())?;
        Ok(Start::from(&network))
    }

    /// All of it, before the first step.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn course(&self, measurer: &mut Measurer) -> Result<Course, Failure> {
        self.course_with(self.material()?, measurer)
    }

    /// The same with what it is trained on.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn course_with(&self, material: Material, measurer: &mut Measurer) -> Result<Course, Failure> {
        Ok(Course::new(Arc::new(self.start(measurer)?), self.training, material))
    }

    /// What its network is after the steps that a racer has made: what was drawn, if there are none.
    pub fn subject(&self, racer: &Racer) -> Subject {
        if racer.step() == 0 {
            return self.begins_as();
        }
        self.subject_of(self.trained(racer))
    }

    fn subject_of(&self, trained: TrainedWeights) -> Subject {
        let subject = Subject::trained(self.experiment.clone(), Arc::new(trained));
        subject.unwrap_or_else(|_| unreachable!("a training changes no shapes"))
    }

    /// The weights after the steps that a racer has made.
    pub(super) fn trained(&self, racer: &Racer) -> TrainedWeights {
        let (kernels, biases) = racer.weights();
        let trained = TrainedWeights::new(self.training, racer.step(), kernels, biases);
        let trained = trained.and_then(|trained| trained.from_start(self.given.clone()));
        trained.unwrap_or_else(|_| unreachable!("a training changes no shapes"))
    }

    /// The kernels of the hidden layers as they are.
    pub(super) fn hidden_kernels(&self, racer: &Racer) -> Vec<Array2<f32>> {
        let mut kernels = racer.weights().0;
        kernels.pop();
        kernels.split_off(self.experiment.linear_layers())
    }
}

/// What the networks are after so many steps each, trained side by side; `made` is told after every step of any.
///
/// # Errors
/// If the images cannot be read, or something stops being finite before.
pub fn trained_subjects(
    entrants: &[(Entrant, u64)],
    measurer: &mut Measurer,
    made: &(dyn Fn() + Sync),
) -> Result<Vec<Subject>, Untrained> {
    let mut racers = Vec::new();
    let materials = materials(entrants.iter().map(|(entrant, _)| entrant))?;
    for ((entrant, steps), Material { examples, order, .. }) in entrants.iter().zip(materials) {
        racers.push((entrant, *steps, Racer::new(&entrant.start(measurer)?, entrant.training, examples, order)));
    }
    let train = |(entrant, steps, mut racer): (&Entrant, u64, Racer)| {
        let mut updates = None;
        while racer.step() < steps {
            let before = (racer.step() + 1 == steps).then(|| entrant.hidden_kernels(&racer));
            racer.advance().map_err(Untrained::Ended)?;
            made();
            updates = before.map(|before| Updates::between(steps, &before, &entrant.hidden_kernels(&racer)));
        }
        let Some(updates) = updates else { return Ok(entrant.subject(&racer)) };
        Ok(entrant.subject_of(entrant.trained(&racer).with_updates(Some(Arc::new(updates)))))
    };
    measurer.pool().install(|| racers.into_par_iter().map(train).collect())
}

/// Trains some networks side by side, each on one thread, to their ends or until `stop` is set; what is found after every epoch, at the
/// start and where it is stopped is kept in the courses. `made` is told after every step of any.
pub fn run_courses(courses: &mut [Course], measurer: &Measurer, stop: &AtomicBool, made: &(dyn Fn() + Sync)) {
    measurer.pool().install(|| courses.par_iter_mut().for_each(|course| run_course(course, stop, made)));
}

/// Trains one network on this thread.
pub(super) fn run_course(course: &mut Course, stop: &AtomicBool, made: &(dyn Fn() + Sync)) {
    loop {
        if course.is_due() {
            course.look();
        }
        if course.is_over() || stop.load(Ordering::Relaxed) {
            break;
        }
        // What stopped being finite is over.
        if course.advance().is_ok() {
            made();
        }
    }
    let step = course.racer().step();
    if course.epochs().last().is_none_or(|last| last.step != step) {
        course.look();
    }
}
