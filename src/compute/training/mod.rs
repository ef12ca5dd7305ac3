//! How a network is trained, as plain data; knows nothing of how that is computed.

mod agreement;
mod changes;
mod code;
mod of_preset;
mod optimizer;
mod optimizer_text;
mod optimizer_words;
mod over;
mod plan;
mod schedule;
mod training_settings;

use crate::experiment::{Data, Experiment, NetworkFramework as Framework, SettingError, Split};
use crate::image_set::SetPart;

pub use optimizer::{Optimizer, OptimizerParameter, OptimizerValue};
pub use plan::TrainingPlan;
pub use schedule::Schedule;
pub use training_settings::TrainingSettings;

/// How a network is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Training {
    /// Whose computation it is: formulas, and where epsilon, decay and rates stand in them.
    pub framework: Framework,
    /// What makes updates of gradients.
    pub optimizer: Optimizer,
    /// The learning rate before any schedule.
    pub learning_rate: f64,
    /// What becomes of it as steps go by.
    pub schedule: Schedule,
    /// Steps over which it rises to its value, in equal parts; 0 for none.
    pub warm_up: u64,
    /// Images of a step; the last batch of an epoch may have fewer.
    pub batch: usize,
    /// How long it takes.
    pub length: Length,
    /// Weight decay: decoupled in Keras and in AdamW, added to the gradient elsewhere in PyTorch. It reaches all
    /// weights and biases.
    pub weight_decay: f64,
    /// Keras's `kernel_regularizer=L2(c)`: 2 c w is added to the gradients of kernels, but not to those of biases.
    pub l2: f64,
    /// How large gradients may be.
    pub clipping: Clipping,
    /// How many of the first training images; at most as many as there are.
    pub images: usize,
    /// In which order they come.
    pub order: BatchOrder,
    /// What is made smaller.
    pub objective: Objective,
}

/// How long a training takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Times that all images are seen.
    Epochs(u64),
    /// Updates of the weights.
    Steps(u64),
}

/// How large gradients may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clipping {
    /// As large as they are.
    None,
    /// The norm of all of them together: Keras's `global_clipnorm`, PyTorch's `clip_grad_norm_`.
    Norm(f64),
    /// The norm of each array: Keras's `clipnorm`.
    NormOfEach(f64),
    /// Every entry: Keras's `clipvalue`, PyTorch's `clip_grad_value_`.
    Value(f64),
}

/// In which order images come. It is the same for all networks that are trained side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchOrder {
    /// Another one in every epoch, drawn from this seed.
    Shuffled(u32),
    /// As they are.
    AsTheyAre,
}

/// The loss: the mean over a batch's images of the cross-entropy of the softmax of the logits with the label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    /// From the logits: Keras's `from_logits=True`, PyTorch's `CrossEntropyLoss`.
    Exact,
    /// From probabilities that are clipped to 1e-7 and 1 − 1e-7, as Keras does after a softmax layer: no image's loss is
    /// more than 16.118, and an image whose own class is clipped has no gradient.
    Clipped,
}

impl Objective {
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Exact, Self::Clipped];

    /// The name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Clipped => "clipped",
        }
    }
}

/// Draws that judge a network that was trained on draws: the last ones.
const JUDGES: usize = 10_000;

impl Training {
    /// A framework's SGD with its defaults, on all training images.
    pub fn of(framework: Framework) -> Self {
        let optimizer = Optimizer::Sgd { momentum: 0.0, nesterov: false };
        Self {
            framework,
            optimizer,
            learning_rate: optimizer.default_rate(framework),
            schedule: Schedule::Constant,
            warm_up: 0,
            batch: default_batch(framework),
            length: Length::Epochs(1),
            weight_decay: 0.0,
            l2: 0.0,
            clipping: Clipping::None,
            images: Split::Train.images(),
            order: default_order(framework),
            objective: Objective::Exact,
        }
    }

    /// Training images there are for an experiment.
    pub fn available(experiment: &Experiment) -> usize {
        match &experiment.inputs.data {
            Data::Mnist | Data::Folder(_) => Split::Train.images(),
            Data::Set(set) => set.len(SetPart::Train),
            Data::Gaussian { .. } => experiment.inputs.available() - JUDGES,
        }
    }

    /// Training images that an experiment's network sees: as many as MNIST has stand for all there are.
    pub fn images_of(&self, experiment: &Experiment) -> usize {
        let available = Self::available(experiment);
        if self.images >= Split::Train.images() { available } else { self.images.min(available) }
    }

    /// What judges a network of this experiment: the test images, or draws that none is trained on.
    pub fn judges(experiment: &Experiment) -> std::ops::Range<usize> {
        match &experiment.inputs.data {
            Data::Mnist | Data::Folder(_) => 0..Split::Test.images(),
            Data::Set(set) => 0..set.len(SetPart::Test),
            Data::Gaussian { .. } => Self::available(experiment)..experiment.inputs.available(),
        }
    }

    /// Whether an experiment's network can be trained so.
    ///
    /// # Errors
    /// If a batch is larger than all images, or these have no labels.
    pub fn check(&self, experiment: &Experiment) -> Result<(), SettingError> {
        if !experiment.inputs.has_labels() {
            return Err(SettingError::NoLabels);
        }
        self.check_batch(self.images_of(experiment))
    }

    /// Whether there are enough images for a batch.
    ///
    /// # Errors
    /// If there are not.
    pub fn check_batch(&self, images: usize) -> Result<(), SettingError> {
        if self.batch <= images {
            return Ok(());
        }
        let allowed = if images == 1 {
            "1, for there is one training image".to_owned()
        } else {
            format!("1 to {images}, the number of training images")
        };
        Err(SettingError::OutOfRange { flag: "--batch", given: self.batch.to_string(), allowed })
    }

    /// Steps of an epoch with so many images.
    pub fn steps_per_epoch(&self, images: usize) -> u64 {
        images.div_ceil(self.batch.max(1)) as u64
    }

    /// Steps of all of it, with so many images.
    pub fn steps(&self, images: usize) -> u64 {
        match self.length {
            Length::Epochs(epochs) => epochs * self.steps_per_epoch(images),
            Length::Steps(steps) => steps,
        }
    }

    /// The learning rate of a step, counted from 1, of so many.
    pub fn rate(&self, step: u64, steps: u64) -> f64 {
        if step <= self.warm_up {
            return self.learning_rate * step as f64 / self.warm_up as f64;
        }
        self.learning_rate * self.schedule.factor(step, self.warm_up, steps)
    }
}

/// What Keras's `fit` and PyTorch's `DataLoader` take.
fn default_batch(framework: Framework) -> usize {
    match framework {
        Framework::Keras => 32,
        Framework::PyTorch => 1,
    }
}

/// What the same do: Keras shuffles.
fn default_order(framework: Framework) -> BatchOrder {
    match framework {
        Framework::Keras => BatchOrder::Shuffled(0),
        Framework::PyTorch => BatchOrder::AsTheyAre,
    }
}
