use std::f64::consts::SQRT_2;

use super::preset::Preset;
use super::{Activation, Distribution, Experiment, Initializer, Inputs, Mode};

/// The article's standard deviations: Glorot's for layers of 100 units, He's, and twice He's.
const SIGMAS: [f64; 3] = [0.10, 0.14, 0.28];
/// σ_w² of tanh networks from far below the edge of chaos, which is at 1.76 for these biases, to far above it.
const VARIANCES: [f64; 4] = [0.8, 1.5, 2.0, 3.0];
/// The variance of their biases.
const BIAS_VARIANCE: f64 = 0.05;

/// Those that show what becomes of networks while they are trained; how, stands with the settings of trainings.
pub(super) fn trained_presets() -> Vec<Preset> {
    let gain = 1.0;
    let (glorot, he) = (Initializer::GlorotNormal { gain }, Initializer::HeNormal { gain });
    vec![
        of(
            "train_sigmoid",
            "Training sigmoid",
            "After three epochs σ = 0.28 is right on 89 % of the digits, He’s weights on 74 %, Glorot’s on 61 % (seed 10).",
            &initialized(&layers(Activation::Sigmoid, 5), &sigmas_and_more()),
        ),
        of(
            "train_tanh",
            "Training tanh",
            "After three epochs σ = 0.28 is behind with 83 % of the digits right; the others come to 89–90 % (seed 10).",
            &initialized(&layers(Activation::Tanh, 5), &sigmas_and_more()),
        ),
        of(
            "train_relu",
            "Training ReLU",
            "With σ = 0.28 the loss begins near 100, and 73 % end right; the others come to more than 91 % (seed 10).",
            &initialized(&layers(Activation::Relu, 5), &sigmas_and_more()),
        ),
        of(
            "train_zeros",
            "Training zeros",
            "With all weights 0, only the biases of the output layer learn, and the loss stays that of guessing, 2.30.",
            &initialized(&layers(Activation::Relu, 5), &[Initializer::Zeros]),
        ),
        of(
            "dying_relu_rate",
            "ReLUs that die by rate",
            "Adam at 0.03 leaves over half of the units dead on 1,000 test images; three epochs come to 84–90 % right.",
            &initialized(&layers(Activation::Relu, 5), &[he]),
        ),
        of(
            "keras_or_pytorch",
            "Keras or PyTorch by default",
            "In eight ReLU layers, Keras’s default weights learn; with PyTorch’s the loss stays that of guessing, 2.30.",
            &initialized(
                &layers(Activation::Relu, 8),
                &[Initializer::GlorotUniform { gain }, Initializer::TorchLinearDefault],
            ),
        ),
        of(
            "adam_hides",
            "Adam hides it",
            "At first layer 1 has hundreds or thousands of times smaller gradients than layer 7; Adam’s updates are alike.",
            &initialized(&layers(Activation::Sigmoid, 7), &[glorot]),
        ),
        of(
            "deep_sigmoid",
            "Training deep sigmoid",
            "Through twenty sigmoid layers the gradient vanishes on its way back, and two epochs teach nothing.",
            &initialized(&layers(Activation::Sigmoid, 20), &[glorot]),
        ),
        of(
            "deep_relu",
            "Training deep ReLU",
            "Thirty ReLU layers begin to learn by He, LSUV or orthogonal gain √2 (15–75 % right by seed), not by gain 1.",
            &initialized(
                &layers(Activation::Relu, 30),
                &[he, Initializer::Lsuv, Initializer::Orthogonal { gain: SQRT_2 }, Initializer::Orthogonal { gain }],
            ),
        ),
        of(
            "published_loss",
            "The published loss curve",
            "Zeros stay at 2.30; σ = 0.4 starts at 14, its seeds end 10–54 % right; He learns. Theirs was convolutional.",
            &initialized(
                &layers(Activation::Relu, 5),
                &[Initializer::Zeros, Initializer::RandomNormal { mean: 0.0, sigma: 0.4 }, he],
            ),
        ),
        of(
            "trainable_depth",
            "Trainable depth",
            "In 200 steps forty tanh layers learn best near the edge of chaos, σ_w² = 1.76, and nothing at 0.8.",
            &around_the_edge(),
        ),
    ]
}

fn of(name: &'static str, title: &'static str, summary: &'static str, experiments: &[Experiment]) -> Preset {
    Preset { name, title, summary, experiments: experiments.to_vec(), first: 0 }
}

/// So many hidden layers of 100 units; units are counted over the first 1,000 test images.
fn layers(activation: Activation, layers: usize) -> Experiment {
    let article = Experiment::article();
    let inputs = Inputs { images: 1000, ..article.inputs };
    Experiment { inputs, widths: vec![100; layers], activation, ..article }
}

fn initialized(experiment: &Experiment, initializers: &[Initializer]) -> Vec<Experiment> {
    initializers.iter().map(|&initializer| Experiment { initializer, ..experiment.clone() }).collect()
}

/// The article's question: which of these is best?
fn sigmas_and_more() -> Vec<Initializer> {
    let sigmas = SIGMAS.map(|sigma| Initializer::RandomNormal { mean: 0.0, sigma });
    sigmas.into_iter().chain([Initializer::GlorotNormal { gain: 1.0 }, Initializer::HeNormal { gain: 1.0 }]).collect()
}

/// Forty layers of tanh, as in figure 5 of Schoenholz et al. 2017.
fn around_the_edge() -> Vec<Experiment> {
    let distribution = Distribution::UntruncatedNormal;
    let initializers = VARIANCES.map(|scale| Initializer::VarianceScaling { scale, mode: Mode::FanIn, distribution });
    let biased = Experiment { bias_std: BIAS_VARIANCE.sqrt(), ..layers(Activation::Tanh, 40) };
    initialized(&biased, &initializers)
}
