use serde::{Deserialize, Serialize};

use super::optimizer_text::{flag, framework};
use super::{BatchOrder, Clipping, Length, Objective, Optimizer, Schedule, Training};
use crate::experiment::{
    NetworkFramework as Framework, Numbers, SettingError, find_name, finite, one_or_several, real, seed,
    several_numbers, size, whole, within,
};

/// A training as people write it: the command line's flags, and with underscores the keys of files and JSON. Whatever is absent
/// keeps its value, or has the default of the framework or the optimizer that is chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, clap::Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Training")]
pub struct TrainingSettings {
    /// Framework whose computation and defaults these are
    #[arg(long, value_name = "keras|pytorch")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// Optimizer, with parameters in brackets as in 'sgd(momentum=0.9, nesterov=true)' (see `initscope list optimizers`)
    #[arg(long, value_name = "NAME")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optimizer: Option<String>,
    /// Learning rate; by default the framework's for this optimizer; several values make several networks
    #[arg(long, value_name = "X,X,...", allow_negative_numbers = true, value_parser = several_numbers)]
    #[serde(skip_serializing_if = "Option::is_none", with = "one_or_several")]
    pub learning_rate: Option<Numbers>,
    /// Give each experiment a learning rate of its own: the first of them to the first, the second to the second, and so on
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_each: Option<bool>,
    /// What becomes of the learning rate: `constant`, `cosine` (falls to 0 at the last step), or `step(at=8, factor=0.1)`
    /// (multiplied by the factor after that step)
    #[arg(long, value_name = "constant|cosine|step(at=N, factor=X)")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule: Option<String>,
    /// Number of steps over which the learning rate rises to its value
    #[arg(long, value_name = "STEPS", value_parser = whole)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warm_up: Option<usize>,
    /// Number of images of a step; by default 32 as in Keras, or 1 as in PyTorch
    #[arg(long, value_name = "N", value_parser = whole)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<usize>,
    /// Number of times that all training images are seen; 1 by default
    #[arg(long, value_name = "N", value_parser = whole, conflicts_with = "steps")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epochs: Option<usize>,
    /// Number of steps, in place of --epochs
    #[arg(long, value_name = "N", value_parser = whole)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<usize>,
    /// Number of training images, counted from the first; all by default
    #[arg(long, value_name = "N", value_parser = whole)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub train_images: Option<usize>,
    /// Whether images come in another order in every epoch; by default as in Keras, or not as in PyTorch
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shuffle: Option<bool>,
    /// Seed of the order of the images, which is the same for all networks; 0 by default
    #[arg(long, value_name = "N", value_parser = seed)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_seed: Option<u32>,
    /// Weight decay of all weights and biases: a share of them in Keras and in adamw, added to the gradient elsewhere
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = real)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight_decay: Option<f64>,
    /// Keras's kernel_regularizer=L2(X), which biases do not have
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = real)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub l2: Option<f64>,
    /// Most that the norm of all gradients together may be
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = real, conflicts_with_all = ["clip_norm_each", "clip_value"])]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clip_norm: Option<f64>,
    /// Most that the norm of each array of gradients may be: Keras's clipnorm
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = real, conflicts_with = "clip_value")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clip_norm_each: Option<f64>,
    /// Most that an entry of a gradient may be, either way
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = real)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clip_value: Option<f64>,
    /// Loss: from the logits (`exact`), or from probabilities clipped to 1e-7 as after a softmax layer of Keras (`clipped`)
    #[arg(long, value_name = "exact|clipped")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss: Option<String>,
}

/// Steps and epochs there may be.
const MOST: usize = 1_000_000_000;

impl TrainingSettings {
    /// A framework's default training changed by these settings; the first one, if there are several learning rates.
    ///
    /// # Errors
    /// If a name is unknown, a number out of its range, or a setting does not apply.
    pub fn apply(&self) -> Result<Training, SettingError> {
        let trainings = self.apply_all()?;
        trainings.first().copied().ok_or(SettingError::Empty { flag: "--learning-rate" })
    }

    /// The same, one for each learning rate.
    ///
    /// # Errors
    /// If a name is unknown, a number out of its range, or a setting does not apply.
    pub fn apply_all(&self) -> Result<Vec<Training>, SettingError> {
        let framework = self.framework.as_deref().map_or(Ok(Framework::Keras), framework)?;
        let base = Training::of(framework);
        let optimizer =
            self.optimizer.as_deref().map_or(Ok(base.optimizer), |text| Optimizer::read(text, framework))?;
        let training = Training {
            framework,
            optimizer,
            learning_rate: optimizer.default_rate(framework),
            schedule: self.schedule.as_deref().map_or(Ok(base.schedule), Schedule::read)?,
            warm_up: within("--warm-up", self.warm_up.unwrap_or(0), &(0..=MOST))? as u64,
            batch: within("--batch", self.batch.unwrap_or(base.batch), &(1..=MOST))?,
            length: self.length(base.length)?,
            weight_decay: size(
                "--weight-decay",
                self.weight_decay.unwrap_or_else(|| optimizer.default_weight_decay(framework)),
            )?,
            l2: self.l2(framework)?,
            clipping: self.clipping(framework)?,
            images: within("--train-images", self.train_images.unwrap_or(base.images), &(1..=base.images))?,
            order: self.order(base.order)?,
            objective: match self.loss.as_deref() {
                None => Objective::Exact,
                Some(name) => find_name("--loss", name, &Objective::ALL, Objective::name)?,
            },
        };
        match self.learning_rate.as_deref() {
            None => Ok(vec![training]),
            Some([]) => Err(SettingError::Empty { flag: "--learning-rate" }),
            Some(rates) => {
                let mut trainings: Vec<Training> = Vec::new();
                for &rate in rates {
                    let training = Training { learning_rate: size("--learning-rate", rate)?, ..training };
                    if self.has_rate_each() || !trainings.contains(&training) {
                        trainings.push(training);
                    }
                }
                Ok(trainings)
            }
        }
    }

    /// Those of each of so many experiments: one for each learning rate, or the one that is its own.
    ///
    /// # Errors
    /// If a name is unknown, a number out of its range, or a setting does not apply.
    pub fn apply_to(&self, experiments: usize) -> Result<Vec<Vec<Training>>, SettingError> {
        let trainings = self.apply_all()?;
        if !self.has_rate_each() {
            return Ok(vec![trainings; experiments]);
        }
        if trainings.len() != experiments {
            return Err(SettingError::RateEach { rates: trainings.len(), experiments });
        }
        Ok(trainings.into_iter().map(|training| vec![training]).collect())
    }

    /// Whether learning rates belong to experiments, one to each.
    pub fn has_rate_each(&self) -> bool {
        self.rate_each == Some(true)
    }

    fn length(&self, default: Length) -> Result<Length, SettingError> {
        match (self.epochs, self.steps) {
            (None, None) => Ok(default),
            (Some(epochs), None) => Ok(Length::Epochs(within("--epochs", epochs, &(1..=1_000_000))? as u64)),
            (None, Some(steps)) => Ok(Length::Steps(within("--steps", steps, &(0..=MOST))? as u64)),
            (Some(_), Some(_)) => Err(SettingError::DoesNotApply {
                flag: "--epochs",
                to: "--steps",
                hint: "both say how long the training takes, leave one out",
            }),
        }
    }

    fn l2(&self, framework: Framework) -> Result<f64, SettingError> {
        match (self.l2, framework) {
            (Some(_), Framework::PyTorch) => Err(SettingError::DoesNotApply {
                flag: "--l2",
                to: "--framework pytorch",
                hint: "it has no regularizer of kernels, use --weight-decay",
            }),
            (l2, _) => size("--l2", l2.unwrap_or(0.0)),
        }
    }

    fn clipping(&self, framework: Framework) -> Result<Clipping, SettingError> {
        let given = [self.clip_norm, self.clip_norm_each, self.clip_value];
        if given.iter().flatten().count() > 1 {
            let hint = "gradients are clipped in one way, leave the others out";
            let [flag, to] = match given {
                [Some(_), Some(_), _] => ["--clip-norm", "--clip-norm-each"],
                [Some(_), _, _] => ["--clip-norm", "--clip-value"],
                _ => ["--clip-norm-each", "--clip-value"],
            };
            return Err(SettingError::DoesNotApply { flag, to, hint });
        }
        let above_zero = |flag, limit: f64| {
            if limit > 0.0 {
                return finite(flag, limit);
            }
            Err(SettingError::OutOfRange { flag, given: limit.to_string(), allowed: "a number above 0".to_owned() })
        };
        match given {
            [Some(limit), _, _] => above_zero("--clip-norm", limit).map(Clipping::Norm),
            [_, Some(_), _] if framework == Framework::PyTorch => Err(SettingError::DoesNotApply {
                flag: "--clip-norm-each",
                to: "--framework pytorch",
                hint: "it clips the norm of all gradients together, use --clip-norm",
            }),
            [_, Some(limit), _] => above_zero("--clip-norm-each", limit).map(Clipping::NormOfEach),
            [_, _, Some(limit)] => above_zero("--clip-value", limit).map(Clipping::Value),
            [None, None, None] => Ok(Clipping::None),
        }
    }

    fn order(&self, default: BatchOrder) -> Result<BatchOrder, SettingError> {
        match (self.shuffle, self.order_seed) {
            (Some(false), Some(_)) => Err(SettingError::DoesNotApply {
                flag: "--order-seed",
                to: "--shuffle=false",
                hint: "images come as they are, leave one out",
            }),
            (Some(false), None) => Ok(BatchOrder::AsTheyAre),
            (_, Some(seed)) => Ok(BatchOrder::Shuffled(seed)),
            (Some(true), None) => Ok(BatchOrder::Shuffled(0)),
            (None, None) => Ok(default),
        }
    }
}

/// All that is set, as people write it.
impl From<&Training> for TrainingSettings {
    fn from(training: &Training) -> Self {
        // Without a rest: whatever a training gains has a key in files, too.
        let &Training {
            framework,
            optimizer,
            learning_rate,
            schedule,
            warm_up,
            batch,
            length,
            weight_decay,
            l2,
            clipping,
            images,
            order,
            objective,
        } = training;
        let [epochs, steps] = match length {
            Length::Epochs(epochs) => [Some(epochs as usize), None],
            Length::Steps(steps) => [None, Some(steps as usize)],
        };
        let [clip_norm, clip_norm_each, clip_value] = match clipping {
            Clipping::None => [None; 3],
            Clipping::Norm(limit) => [Some(limit), None, None],
            Clipping::NormOfEach(limit) => [None, Some(limit), None],
            Clipping::Value(limit) => [None, None, Some(limit)],
        };
        let (shuffle, order_seed) = match order {
            BatchOrder::Shuffled(seed) => (true, Some(seed)),
            BatchOrder::AsTheyAre => (false, None),
        };
        Self {
            framework: Some(flag(framework).to_owned()),
            optimizer: Some(optimizer.text(framework)),
            learning_rate: Some(vec![learning_rate]),
            rate_each: None,
            schedule: Some(schedule.to_string()),
            warm_up: Some(warm_up as usize),
            batch: Some(batch),
            epochs,
            steps,
            train_images: Some(images),
            shuffle: Some(shuffle),
            order_seed,
            weight_decay: Some(weight_decay),
            l2: (framework == Framework::Keras).then_some(l2),
            clip_norm,
            clip_norm_each,
            clip_value,
            loss: Some(objective.name().to_owned()),
        }
    }
}
