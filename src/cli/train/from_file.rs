use std::path::Path;
use std::sync::Arc;

use ndarray::Array1;

use super::candidate::Candidate;
use crate::arrays::TrainingStart;
use crate::cli::Error;
use crate::cli::arguments::ExperimentFlags;
use crate::cli::network_flag::refuse_what_is_drawn;
use crate::engine::Entrant;
use crate::experiment::{Experiment, SettingError, Settings};
use crate::figure::Headline;
use crate::subject::{GivenWeights, Subject};
use crate::trainer::{Course, EpochOrder, Examples, Material, Racer};
use crate::training::{BatchOrder, Length, Training, TrainingSettings};

/// A network of a file that is trained.
#[derive(Debug)]
pub(super) struct FromFile {
    start: TrainingStart,
    training: Training,
    /// Widths and inputs are the file's, unless it has images of its own.
    experiment: Experiment,
    name: String,
}

/// The weights of a file have no use for these.
const REFUSED: &str = "the weights are those of the --start file, leave it out";

impl FromFile {
    /// # Errors
    /// If flags do not apply, or the file is not as it must be.
    pub fn new(asked: &ExperimentFlags, path: &Path, flags: TrainingSettings) -> Result<Self, Error> {
        refuse_what_is_drawn(&asked.settings, "--start", REFUSED)?;
        let usage = |error: SettingError| Error::Usage(error.to_string());
        let scene = asked.scene()?;
        let [experiment] = <[_; 1]>::try_from(scene.experiments.clone()).map_err(|several| {
            let several = several.len();
            Error::Usage(format!("there are {several} experiments, but the file holds one network: give only one"))
        })?;
        let start = TrainingStart::read(path).map_err(Error::failed)?;
        let settings = flags.over(scene.training.unwrap_or_default());
        let trainings = settings.apply_all().map_err(usage)?;
        let [mut training] = <[_; 1]>::try_from(trainings).map_err(|several| {
            let several = several.len();
            Error::Usage(format!("there are {several} learning rates, but the file holds one network: give only one"))
        })?;
        if let Some(resumed) = &start.resumed {
            let is_said = settings.shuffle.is_some() || settings.order_seed.is_some();
            match resumed.order {
                Some(order) if is_said && order != training.order => {
                    let was = match order {
                        BatchOrder::Shuffled(seed) => format!("--order-seed {seed}"),
                        BatchOrder::AsTheyAre => "--shuffle=false".to_owned(),
                    };
                    return Err(Error::Usage(format!(
                        "the --start file goes on in its own order: give {was}, or leave it out"
                    )));
                }
                Some(order) => training.order = order,
                None => {}
            }
        }
        let file = Self {
            experiment: Experiment { linear_first: start.linear_first, ..experiment },
            start,
            training,
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        };
        file.check()?;
        Ok(file)
    }

    /// Whether there are images to train it on.
    fn check(&self) -> Result<(), Error> {
        let usage = |error: SettingError| Error::Usage(error.to_string());
        match &self.start.examples {
            None => {
                if let Some(why) = self.subject()?.no_loss() {
                    return Err(Error::Failed(format!("{why} It cannot be trained on them: {}", self.name)));
                }
                self.training.check(&self.experiment).map_err(usage)
            }
            Some((_, labels)) => {
                let each = self.start.order.as_ref().map_or(labels.len(), |order| order[0].len());
                self.training.check_batch(each.min(self.training.images)).map_err(usage)
            }
        }
    }

    /// What is looked at where the images are those of the experiment.
    fn subject(&self) -> Result<Subject, Error> {
        let (kernels, biases) = (self.start.kernels.clone(), self.start.biases.clone());
        let weights = GivenWeights::new(self.name.clone(), kernels, Some(biases)).map_err(Error::failed)?;
        Subject::given(self.experiment.clone(), Arc::new(weights)).map_err(Error::failed)
    }

    pub fn begin(&self) -> Result<(Candidate, Course), Error> {
        let start = self.start.start(self.experiment.activation);
        let mut settings = Settings::from(&self.experiment);
        let (material, headline) = match self.start.own_examples() {
            Some(examples) => {
                let widths: Vec<_> = start.biases.iter().map(Array1::len).collect();
                settings = Settings {
                    data: Some(self.name.clone().into()),
                    split: None,
                    images: Some(examples.len()),
                    input_scale: None,
                    transposed_images: None,
                    label_column: None,
                    input_dim: Some(examples.dim()),
                    layers: None,
                    width: None,
                    widths: Some(widths[usize::from(self.start.linear_first)..widths.len() - 1].to_vec()),
                    ..settings
                };
                let chain = std::iter::once(examples.dim()).chain(widths).map(|units| units.to_string());
                let headline = format!(
                    "{}, {}, weights of {} on its own images",
                    chain.collect::<Vec<_>>().join(" → "),
                    self.experiment.activation,
                    self.name
                );
                let count = examples.len().min(self.training.images);
                let order = self.start.own_order().unwrap_or(EpochOrder::Of(self.training.order, count));
                let examples = Arc::new(examples);
                let watched = Arc::clone(&examples);
                (Material { examples, order: Arc::new(order), judges: None, watched }, headline)
            }
            None => {
                let subject = self.subject()?;
                let entrant = Entrant::of(&subject, self.training).map_err(Error::failed)?;
                settings = Settings::from(&entrant.experiment);
                (
                    entrant.material().map_err(Error::failed)?,
                    Headline::of_training(&subject, &self.training).to_string(),
                )
            }
        };
        // What was drawn is the file's business.
        let experiment = Settings {
            init: Some(self.name.clone()),
            sigma: None,
            weight_mean: None,
            gain: None,
            bias: None,
            bias_std: None,
            draws: None,
            generator: None,
            ..settings
        };
        let resumed = self.start.resumed.as_ref();
        let first = resumed.and_then(|resumed| resumed.first.clone()).unwrap_or_else(|| start.kernels.clone());
        let racer = self.racer(&material)?;
        let begun = Arc::new(crate::trainer::Start { kernels: first.clone(), ..start });
        let course = Course::of(racer, begun, self.training, material.clone());
        let before = resumed.map(|resumed| resumed.losses.clone()).unwrap_or_default();
        let candidate = Candidate {
            // It says how many images there are.
            training: Training { images: material.examples.len().min(self.training.images), ..self.training },
            experiment,
            headline,
            told: String::new(),
            activation: self.experiment.activation,
            linear_first: self.start.linear_first,
            before,
            material,
            first,
        };
        Ok((candidate, course))
    }

    fn racer(&self, material: &Material) -> Result<Racer, Error> {
        let start = self.start.start(self.experiment.activation);
        let (examples, order) = (Arc::<Examples>::clone(&material.examples), Arc::clone(&material.order));
        let mut racer = Racer::new(&start, self.training, examples, order);
        let Some(resumed) = &self.start.resumed else { return Ok(racer) };
        if let Length::Steps(steps) = self.training.length
            && steps < resumed.step
        {
            return Err(Error::Usage(format!(
                "--steps {steps} is out of range: the --start file has done {} already, and --steps counts these, too",
                resumed.step
            )));
        }
        let kept = self.start.kept(self.training.optimizer).map_err(Error::failed)?;
        racer.resume(resumed.step, &kept).map_err(Error::failed)?;
        Ok(racer)
    }
}
