use super::preset::Preset;
use super::trained_presets::trained_presets;
use super::{
    Activation, AtZero, Data, Distribution, Draws, Experiment, Generator, Initializer, InputScale, Inputs, Mode,
    SettingError, Split, names,
};

/// The article's standard deviations: Glorot's for layers of 100 units, He's, and twice He's.
const SIGMAS: [f64; 3] = [0.10, 0.14, 0.28];

impl Preset {
    /// All of them, in the order they are offered.
    pub fn all() -> Vec<Self> {
        let mut all = Self::of_measurements();
        all.extend(trained_presets());
        all
    }

    /// Those that show what a network is before it is trained.
    fn of_measurements() -> Vec<Self> {
        vec![
            Self {
                name: "article_sigmoid",
                title: "Sigmoid with three sigmas",
                summary: "Outputs crowd around 0.5 while σ is small, and spread as it grows from 0.10 to 0.28.",
                experiments: of_sigmas(&article(Activation::Sigmoid)),
                first: 0,
            },
            Self {
                name: "article_tanh",
                title: "Tanh with three sigmas",
                summary: "Outputs shrink layer by layer at σ = 0.10, settle at 0.14, and saturate at ±1 at 0.28.",
                experiments: of_sigmas(&article(Activation::Tanh)),
                first: 0,
            },
            Self {
                name: "article_relu",
                title: "ReLU with three sigmas",
                summary: "Outputs shrink at σ = 0.10, keep their size at 0.14, and explode at 0.28.",
                experiments: of_sigmas(&article(Activation::Relu)),
                first: 0,
            },
            Self {
                name: "article_sigmoid_glorot",
                title: "Sigmoid with Glorot’s weights",
                summary: "Every layer crowds around 0.5, whatever the image.",
                experiments: vec![with(article(Activation::Sigmoid), Initializer::GlorotNormal { gain: 1.0 })],
                first: 0,
            },
            Self {
                name: "article_tanh_glorot",
                title: "Tanh with Glorot’s weights",
                summary: "The spread falls slowly from layer to layer, and hardly anything saturates.",
                experiments: vec![with(article(Activation::Tanh), Initializer::GlorotNormal { gain: 1.0 })],
                first: 0,
            },
            Self {
                name: "article_relu_he",
                title: "ReLU with He’s weights",
                summary: "Outputs keep their size from layer to layer.",
                experiments: vec![with(article(Activation::Relu), Initializer::HeNormal { gain: 1.0 })],
                first: 0,
            },
            Self {
                name: "intoli_relu",
                title: "The published ReLU figure",
                summary: "The article’s own numbers, one by one: TensorFlow 1’s draws, shared by all layers.",
                experiments: of_sigmas(&Experiment {
                    draws: Draws::Shared,
                    generator: Generator::Tensorflow1,
                    ..article(Activation::Relu)
                }),
                first: 0,
            },
            Self {
                name: "cs231n_tanh",
                title: "CS231n: collapsing tanh",
                summary: "In ten tanh layers of 500 units, outputs collapse to zero at σ = 0.01 and hold at σ = 1 / √fan_in.",
                experiments: cs231n().into(),
                first: 0,
            },
            Self {
                name: "vanishing_sigmoid",
                title: "Vanishing gradients",
                summary: "Through thirty sigmoid layers, the gradient falls to about a quarter in each on its way back.",
                experiments: vec![deep(Activation::Sigmoid, Initializer::GlorotNormal { gain: 1.0 }, 1000, 30, 100)],
                first: 0,
            },
            Self {
                name: "dying_relu_depth",
                title: "ReLUs that die by depth",
                summary: "After fifty ReLU layers with He’s weights, about 40 of 100 units are dead, by depth alone.",
                experiments: vec![deep(Activation::Relu, Initializer::HeNormal { gain: 1.0 }, 2000, 50, 100)],
                first: 0,
            },
            Self {
                name: "dying_relu_bias",
                title: "ReLUs that die by bias",
                summary: "Without a bias hardly any unit is dead; a bias of −0.1 kills about 80 of 100 in layer 3 and all in layer 4.",
                experiments: dying_by_bias(),
                first: 2,
            },
            Self {
                name: "selu_lecun",
                title: "SELU’s fixed point",
                summary: "With LeCun’s weights, every layer draws outputs to mean 0 and std 1.",
                experiments: vec![selu()],
                first: 0,
            },
            Self {
                name: "pytorch_default_relu",
                title: "ReLU with PyTorch’s default",
                summary: "With the default weights of nn.Linear, half of the units are dead in layer 6.",
                experiments: vec![deep(Activation::Relu, Initializer::TorchLinearDefault, 1000, 6, 80)],
                first: 0,
            },
        ]
    }

    /// The one whose experiments these are.
    pub fn of(experiments: &[Experiment]) -> Option<Self> {
        Self::all().into_iter().find(|preset| preset.experiments == experiments)
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

/// The same network with ever lower biases.
fn dying_by_bias() -> Vec<Experiment> {
    let small = deep(Activation::Relu, Initializer::RandomNormal { mean: 0.0, sigma: 0.05 }, 1000, 5, 100);
    [0.0, -0.05, -0.1].map(|bias| Experiment { bias, ..small.clone() }).into()
}

/// The course's `randn(fan_in, fan_out) * 0.01` and `randn(fan_in, fan_out) / sqrt(fan_in)`, on `randn(1000, 500)`.
fn cs231n() -> [Experiment; 2] {
    let inputs = Inputs {
        data: Data::Gaussian { dim: 500 },
        split: Split::Test,
        images: 1000,
        scale: InputScale::Unit,
        transposed: false,
        label_column: None,
    };
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
