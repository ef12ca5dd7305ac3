use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::lists::{self, Numbers, Widths, one_or_several};
use super::setting_values::{each, each_number, find, finite, instead, scale, unknown, within};
use super::{
    Activation, Draws, Experiment, Generator, Initializer, LAYERS, Meaning, SettingError, UnreadableInitializer, Value,
    WIDTHS,
};

/// An experiment as people write it: the command line's flags, and with underscores the keys of files and JSON.
/// Whatever is absent keeps its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, clap::Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Experiment")]
pub struct Settings {
    /// In a file: the experiments that the other keys change. The command line has a flag of its own.
    #[arg(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    /// Inputs: `mnist` (inside the program), `gaussian` draws, or your own: a FILE (IDX, .npz, .csv) or a FOLDER (of IDX files, or
    /// with a folder of pictures for each class)
    #[arg(long, value_name = "mnist|gaussian|FILE|FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// Number of values per input, 1 to 10000 (with `--data gaussian`)
    #[arg(long, value_name = "N", value_parser = lists::whole)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_dim: Option<usize>,
    /// Set of images: `test` (10,000 of MNIST) or `train` (60,000); of your own data that come in one piece `test` is every fifth
    /// image, `train` the others, and `whole` all of them
    #[arg(long, value_name = "test|train|whole")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
    /// Number of images, counted from the first
    #[arg(long, value_name = "N", value_parser = lists::whole)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<usize>,
    /// Pixels from 0 to 1 (`unit`), scaled so that those of the training images have mean 0 and std 1 (`standardized`), from
    /// -0.5 to 0.5 (`centered`), or as they are in the file, from 0 to 255 (`bytes`); of a table each column by itself
    #[arg(long, value_name = "unit|standardized|centered|bytes")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_scale: Option<String>,
    /// Show images with rows and columns exchanged, as a network that was trained column by column expects them
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transposed_images: Option<bool>,
    /// Column of a table (.csv) that has the labels: its name, its number counted from 1, `first`, `last`, or `none`; by default
    /// the table says it
    #[arg(long, value_name = "NAME|N|first|last|none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label_column: Option<String>,
    /// Number of hidden layers, 1 to 100
    #[arg(long, value_name = "N", value_parser = lists::whole)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layers: Option<usize>,
    /// Number of units in every hidden layer, 1 to 1024
    #[arg(long, value_name = "N", value_parser = lists::whole)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<usize>,
    /// Number of units in each hidden layer, instead of --layers and --width
    #[arg(long, value_name = "N,N,...", value_parser = lists::widths)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub widths: Option<Widths>,
    /// Put a linear layer of the first width before the hidden layers, as in the article
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linear_first: Option<bool>,
    /// Activation (see `initscope list activations`); several names make several experiments
    #[arg(long, value_name = "NAME,NAME,...")]
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lists::names")]
    pub activation: Option<String>,
    /// Slope below zero (`leaky_relu`)
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = lists::real)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slope: Option<f64>,
    /// Depth of the negative side (`elu`, `celu`)
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = lists::real)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alpha: Option<f64>,
    /// Initializer, with parameters in brackets (see `initscope list initializers`); several names make several
    /// experiments
    #[arg(long, value_name = "NAME,NAME,...")]
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "lists::names")]
    pub init: Option<String>,
    /// Standard deviation of the weights, if the initializer takes one; several values make several experiments
    #[arg(long, value_name = "X,X,...", allow_hyphen_values = true, value_parser = lists::numbers)]
    #[serde(skip_serializing_if = "Option::is_none", with = "one_or_several")]
    pub sigma: Option<Numbers>,
    /// Mean of the weights, if the initializer takes one
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = lists::real)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight_mean: Option<f64>,
    /// Factor on the weights, if sigma follows from the layer's size
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = lists::real)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gain: Option<f64>,
    /// Bias of every unit, or the mean of random biases; several values make several experiments
    #[arg(long, value_name = "X,X,...", allow_hyphen_values = true, value_parser = lists::numbers)]
    #[serde(skip_serializing_if = "Option::is_none", with = "one_or_several")]
    pub bias: Option<Numbers>,
    /// Standard deviation of random biases
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = lists::real)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bias_std: Option<f64>,
    /// Whether each layer has its own draws, or all share the same ones, as with one seeded Keras initializer
    #[arg(long, value_name = "independent|shared")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draws: Option<String>,
    /// Random numbers of `random_normal`: initscope's own, or those of Keras 2 on TensorFlow 1
    #[arg(long, value_name = "native|tensorflow1")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generator: Option<String>,
    /// Seed of all draws, 0 to 4294967295
    #[arg(long, value_name = "N", value_parser = lists::seed)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u32>,
}

impl Settings {
    /// The base experiment changed by these settings; the first one, if there are several sigmas or biases.
    ///
    /// # Errors
    /// If a name is unknown, a number out of its range, or a parameter does not belong to the initializer.
    pub fn apply(&self, base: &Experiment) -> Result<Experiment, SettingError> {
        let first = |numbers: &Option<Numbers>| numbers.as_ref().and_then(|numbers| numbers.first().copied());
        self.with_numbers(base, first(&self.sigma), first(&self.bias))
    }

    /// The base experiments changed by these settings, one for each activation, initializer, sigma and bias; what comes out equal
    /// comes out once.
    ///
    /// # Errors
    /// If a name is unknown, a number out of its range, or a parameter does not belong to the initializer.
    pub fn apply_all(&self, bases: &[Experiment]) -> Result<Vec<Experiment>, SettingError> {
        let (sigmas, biases) =
            (each_number("--sigma", self.sigma.as_deref())?, each_number("--bias", self.bias.as_deref())?);
        let (activations, inits) = (each(self.activation.as_deref()), each(self.init.as_deref()));
        let mut experiments: Vec<Experiment> = Vec::new();
        let mut refused = None;
        for base in bases {
            for activation in &activations {
                for init in &inits {
                    let one = Self { activation: activation.clone(), init: init.clone(), ..self.clone() };
                    for (sigma, bias) in sigmas.iter().flat_map(|&sigma| biases.iter().map(move |&bias| (sigma, bias)))
                    {
                        let experiment = match one.with_numbers(base, sigma, bias) {
                            // Where there are several initializers, those take it that have one.
                            Err(error @ SettingError::DoesNotApply { flag: "--sigma", .. }) if inits.len() > 1 => {
                                refused = Some(error);
                                one.with_numbers(base, None, bias)?
                            }
                            done => done?,
                        };
                        if !experiments.contains(&experiment) {
                            experiments.push(experiment);
                        }
                    }
                }
            }
        }
        let has_sigma = |experiment: &Experiment| experiment.initializer.number(Meaning::Sigma).is_some();
        match refused {
            Some(error) if !experiments.iter().any(has_sigma) => Err(error),
            _ => Ok(experiments),
        }
    }

    /// The same without what decides only what is drawn.
    #[must_use]
    pub fn without_draws(self) -> Self {
        let none = (None, None, None);
        let (init, draws, generator) = none;
        Self { init, draws, generator, sigma: None, weight_mean: None, gain: None, bias: None, bias_std: None, ..self }
    }

    /// The same without all that the file of a network decides: a network there may be wider than one that is drawn.
    #[must_use]
    pub fn beside_network(self) -> Self {
        let (input_dim, layers, width) = (None, None, None);
        let (widths, linear_first) = (None, None);
        Self { input_dim, layers, width, widths, linear_first, ..self.without_draws() }
    }

    fn with_numbers(
        &self,
        base: &Experiment,
        sigma: Option<f64>,
        bias: Option<f64>,
    ) -> Result<Experiment, SettingError> {
        let activation = self.activation(base.activation)?;
        let initializer = self.initializer(base.initializer, sigma)?;
        let (bias, bias_std) = self.biases(base, initializer, bias)?;
        let draws = match &self.draws {
            None => base.draws,
            Some(name) => find("--draws", name, &Draws::ALL, Draws::name)?,
        };
        Ok(Experiment {
            inputs: self.inputs(&base.inputs)?,
            widths: self.widths(&base.widths)?,
            linear_first: self.linear_first.unwrap_or(base.linear_first),
            activation,
            initializer,
            bias,
            bias_std,
            draws,
            generator: self.generator(base.generator, initializer)?,
            seed: self.seed.unwrap_or(base.seed),
        })
    }

    fn widths(&self, base: &[usize]) -> Result<Vec<usize>, SettingError> {
        if let Some(widths) = &self.widths {
            let others = [("--layers", self.layers), ("--width", self.width)];
            if let Some((flag, _)) = others.into_iter().find(|(_, given)| given.is_some()) {
                let (to, hint) = ("--widths", "the widths already say this");
                return Err(SettingError::DoesNotApply { flag, to, hint });
            }
            if widths.is_empty() {
                return Err(SettingError::Empty { flag: "--widths" });
            }
            within("--widths: number of layers", widths.len(), &LAYERS)?;
            return widths.iter().map(|&width| within("--widths", width, &WIDTHS)).collect();
        }
        let mut widths = base.to_vec();
        if let Some(layers) = self.layers {
            let last = base.last().copied().unwrap_or(*WIDTHS.start());
            widths.resize(within("--layers", layers, &LAYERS)?, last);
        }
        if let Some(width) = self.width {
            widths.fill(within("--width", width, &WIDTHS)?);
        }
        Ok(widths)
    }

    fn activation(&self, base: Activation) -> Result<Activation, SettingError> {
        let given = self.activation.as_deref();
        let mut chosen = match given {
            None => base,
            // Its parameter has a flag, which need not be given again.
            Some(name) if name == base.name() && base.parameter().is_some() => base,
            Some(text) if text.trim().is_empty() => return Err(SettingError::Empty { flag: "--activation" }),
            Some(text) => Activation::read(text, self.slope.is_some())?,
        };
        let inside = given.and_then(|text| text.split_once('(')).map_or("", |(_, inside)| inside);
        let in_brackets = !inside.trim_matches([')', ' ']).is_empty();
        let hint = |belongs| if belongs { "its brackets already set it" } else { "leave it out, or choose another" };
        for (flag, name, value) in [("--slope", "slope", self.slope), ("--alpha", "alpha", self.alpha)] {
            let Some(value) = value else { continue };
            let belongs = chosen.parameter().is_some_and(|(parameter, _)| parameter == name);
            if !belongs || in_brackets {
                let activation = given.unwrap_or(chosen.name()).to_owned();
                return Err(SettingError::NotForActivation { flag, activation, hint: hint(belongs) });
            }
            chosen = chosen.with(name, value)?;
        }
        Ok(chosen)
    }

    /// The base's initializer, or the named one with its framework's defaults, and the flags for its parameters.
    fn initializer(&self, base: Initializer, sigma: Option<f64>) -> Result<Initializer, SettingError> {
        let mut chosen = match &self.init {
            None => base,
            Some(given) if given.trim().is_empty() => return Err(SettingError::Empty { flag: "--init" }),
            Some(given) => Initializer::read(given).map_err(|unreadable| match unreadable {
                UnreadableInitializer::Name(name) => unknown("--init", &name, &Initializer::ALL, Initializer::name),
                UnreadableInitializer::Ambiguous(choices) => {
                    SettingError::Ambiguous { flag: "--init", given: given.clone(), choices }
                }
                UnreadableInitializer::Brackets(problem) => {
                    SettingError::Brackets { flag: "--init", given: given.clone(), problem }
                }
            })?,
        };
        let flags = [
            ("--sigma", Meaning::Sigma, sigma),
            ("--weight-mean", Meaning::Mean, self.weight_mean),
            ("--gain", Meaning::Gain, self.gain),
        ];
        for (flag, meaning, given) in flags {
            let Some(given) = given else { continue };
            let (to, hint) = (chosen.name(), instead(chosen, meaning));
            let mut parameters = chosen.parameters();
            match parameters.iter_mut().find(|parameter| parameter.meaning == meaning).map(|found| &mut found.value) {
                Some(Value::Number(number, range)) if range.contains(given) => **number = given,
                Some(Value::Number(_, range)) => {
                    let allowed = range.words().to_owned();
                    return Err(SettingError::OutOfRange { flag, given: given.to_string(), allowed });
                }
                _ => return Err(SettingError::DoesNotApply { flag, to, hint }),
            }
        }
        Ok(chosen)
    }

    /// Constant and standard deviation of the biases; none where the initializer sets them.
    fn biases(
        &self,
        base: &Experiment,
        initializer: Initializer,
        bias: Option<f64>,
    ) -> Result<(f64, f64), SettingError> {
        if initializer.sets_biases() {
            let given = [("--bias", bias), ("--bias-std", self.bias_std)];
            return match given.into_iter().find(|(_, given)| given.is_some()) {
                Some((flag, _)) => {
                    let hint = "it sets the biases itself";
                    Err(SettingError::DoesNotApply { flag, to: initializer.name(), hint })
                }
                None => Ok((0.0, 0.0)),
            };
        }
        Ok((finite("--bias", bias.unwrap_or(base.bias))?, scale("--bias-std", self.bias_std.unwrap_or(base.bias_std))?))
    }

    /// The named generator; the base's as long as the initializer can use it.
    fn generator(&self, base: Generator, initializer: Initializer) -> Result<Generator, SettingError> {
        let normal = matches!(initializer, Initializer::RandomNormal { .. });
        match &self.generator {
            None => Ok(if normal { base } else { Generator::Native }),
            Some(name) => match find("--generator", name, &Generator::ALL, Generator::name)? {
                Generator::Tensorflow1 if !normal => {
                    let (flag, hint) = ("--generator tensorflow1", "it is for random_normal only");
                    Err(SettingError::DoesNotApply { flag, to: initializer.name(), hint })
                }
                generator => Ok(generator),
            },
        }
    }
}
