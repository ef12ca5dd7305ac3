use super::{
    Activation, AtZero, Data, Distribution, Draws, Experiment, Generator, Initializer, InputScale, Inputs, Mode,
    SettingError, Split, names,
};

/// Experiments with a name, worth seeing side by side or one by one.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// What `--preset` takes.
    pub name: &'static str,
    /// What it shows, in one line.
    pub summary: &'static str,
    /// One or several.
    pub experiments: Vec<Experiment>,
}

/// The article's standard deviations: Glorot's for layers of 100 units, He's, and twice He's.
const SIGMAS: [f64; 3] = [0.10, 0.14, 0.28];

impl Preset {
    /// All of them, in the order they are offered.
    pub fn all() -> Vec<Self> {
        vec![
            Self {
                name: "article_sigmoid",
                summary: "sigmoid, σ 0.10, 0.14, 0.28: outputs crowd around 0.5 for small σ, and spread for large",
                experiments: of_sigmas(&article(Activation::Sigmoid)),
            },
            Self {
                name: "article_tanh",
                summary: "tanh, σ 0.10, 0.14, 0.28: outputs shrink layer by layer, settle, saturate at ±1",
                experiments: of_sigmas(&article(Activation::Tanh)),
            },
            Self {
                name: "article_relu",
                summary: "relu, σ 0.10, 0.14, 0.28: outputs shrink, keep their size, explode",
                experiments: of_sigmas(&article(Activation::Relu)),
            },
            Self {
                name: "article_sigmoid_glorot",
                summary: "sigmoid with Glorot's normal: every layer crowds around 0.5, whatever the image",
                experiments: vec![with(article(Activation::Sigmoid), Initializer::GlorotNormal { gain: 1.0 })],
            },
            Self {
                name: "article_tanh_glorot",
                summary: "tanh with Glorot's normal: the spread falls slowly, and hardly anything saturates",
                experiments: vec![with(article(Activation::Tanh), Initializer::GlorotNormal { gain: 1.0 })],
            },
            Self {
                name: "article_relu_he",
                summary: "relu with He's normal: outputs keep their size from layer to layer",
                experiments: vec![with(article(Activation::Relu), Initializer::HeNormal { gain: 1.0 })],
            },
            Self {
                name: "intoli_relu",
                summary: "the published relu figure, number by number: TensorFlow 1's draws, shared by all layers",
                experiments: of_sigmas(&Experiment {
                    draws: Draws::Shared,
                    generator: Generator::Tensorflow1,
                    ..article(Activation::Relu)
                }),
            },
            Self {
                name: "cs231n_tanh",
                summary: "ten tanh layers of 500: σ 0.01 collapses to zero, σ = 1 / sqrt(fan_in) holds",
                experiments: cs231n().into(),
            },
            Self {
                name: "vanishing_sigmoid",
                summary: "thirty sigmoid layers: the gradient falls to about a quarter in each on its way back",
                experiments: vec![deep(Activation::Sigmoid, Initializer::GlorotNormal { gain: 1.0 }, 1000, 30, 100)],
            },
            Self {
                name: "dying_relu_depth",
                summary: "fifty relu layers with He's normal: about 40 of 100 units are dead at the end, by depth alone",
                experiments: vec![deep(Activation::Relu, Initializer::HeNormal { gain: 1.0 }, 2000, 50, 100)],
            },
            Self {
                name: "dying_relu_bias",
                summary: "relu with σ 0.05 and bias −0.1: about 80 of 100 units are dead in layer 3, all in layer 4",
                experiments: vec![Experiment {
                    bias: -0.1,
                    ..deep(Activation::Relu, Initializer::RandomNormal { mean: 0.0, sigma: 0.05 }, 1000, 5, 100)
                }],
            },
            Self {
                name: "selu_lecun",
                summary: "selu with LeCun's normal: layer after layer drawn to mean 0 and std 1, its fixed point",
                experiments: vec![selu()],
            },
            Self {
                name: "pytorch_default_relu",
                summary: "relu with PyTorch's default for nn.Linear: half the units are dead in layer 6",
                experiments: vec![deep(Activation::Relu, Initializer::TorchLinearDefault, 1000, 6, 80)],
            },
        ]
    }

    /// The one of this name.
    ///
    /// # Errors
    /// If there is none.
    pub fn named(name: &str) -> Result<Self, SettingError> {
        let all = Self::all();
        // With what its weights are drawn from, as the article has it.
        let plain = names::plain(name);
        let short = plain.strip_suffix("normal").filter(|short| short.starts_with("article")).unwrap_or(&plain);
        let found = all.iter().position(|preset| names::plain(preset.name) == short);
        match found.and_then(|at| all.into_iter().nth(at)) {
            Some(preset) => Ok(preset),
            None => {
                let known: Vec<_> = Self::all().iter().map(|preset| preset.name).collect();
                let meant = names::near(name, known.iter().copied());
                let (flag, given) = ("--preset", name.to_owned());
                Err(SettingError::UnknownName { flag, given, meant, known: known.join(", ") })
            }
        }
    }
}

/// The article's own network: a linear layer before the five hidden ones.
fn article(activation: Activation) -> Experiment {
    Experiment { linear_first: true, activation, ..Experiment::article() }
}

fn with(experiment: Experiment, initializer: Initializer) -> Experiment {
    Experiment { initializer, ..experiment }
}

fn of_sigmas(experiment: &Experiment) -> Vec<Experiment> {
    SIGMAS.map(|sigma| with(experiment.clone(), Initializer::RandomNormal { mean: 0.0, sigma })).into()
}

/// On the first test images.
fn deep(activation: Activation, initializer: Initializer, images: usize, layers: usize, width: usize) -> Experiment {
    let article = Experiment::article();
    let inputs = Inputs { images, ..article.inputs };
    Experiment { inputs, widths: vec![width; layers], activation, initializer, ..article }
}

/// The course's `randn(fan_in, fan_out) * 0.01` and `randn(fan_in, fan_out) / sqrt(fan_in)`, on `randn(1000, 500)`.
fn cs231n() -> [Experiment; 2] {
    let inputs =
        Inputs { data: Data::Gaussian { dim: 500 }, split: Split::Test, images: 1000, scale: InputScale::Unit };
    let distribution = Distribution::UntruncatedNormal;
    [
        Initializer::RandomNormal { mean: 0.0, sigma: 0.01 },
        Initializer::VarianceScaling { scale: 1.0, mode: Mode::FanIn, distribution },
    ]
    .map(|initializer| Experiment { inputs: inputs.clone(), ..deep(Activation::Tanh, initializer, 1000, 10, 500) })
}

fn selu() -> Experiment {
    let selu = Activation::Selu { at_zero: AtZero::Below };
    let mut experiment = deep(selu, Initializer::LecunNormal { gain: 1.0 }, 1000, 20, 500);
    experiment.inputs.scale = InputScale::Standardized;
    experiment
}
