//! All that decides what is computed. Plain data; knows nothing of how.

mod activation;
mod call;
mod code;
mod home_path;
mod initializer;
mod inputs;
mod inputs_code;
mod inputs_settings;
mod lists;
mod names;
mod network_code;
mod plateaus;
mod preset;
mod presets;
mod setting_error;
mod setting_values;
mod settings;
mod settings_of;
mod sharing;
mod trained_presets;
mod truncated;

pub use activation::{Activation, AtZero, SELU_DEPTH, SELU_SCALE};
pub(crate) use call::Call as TextCall;
pub use code::Code;
pub use home_path::at_home;
pub use initializer::{
    Choice, Distribution, Initializer, Meaning, Mode, Nonlinearity, Origin, Parameter, Range, UnreadableInitializer,
    Value,
};
pub use inputs::{CLASSES, Data, INPUT_DIMS, InputScale, Inputs, PIXELS, SIDE, Split, folder_name};
pub use lists::{Numbers, Widths, width};
pub use lists::{names as several_names, numbers as several_numbers, one_or_several, real, seed, whole};
pub use names::{is_same as is_same_name, meant, near};
pub use network_code::NetworkFramework;
pub use plateaus::{FlatPieces, STEEP_ENOUGH, Saturation};
pub use preset::Preset;
pub use setting_error::SettingError;
pub(crate) use setting_values::{find as find_name, finite, scale as size, within};
pub use settings::Settings;
pub use sharing::{Draws, Generator};

/// Hidden layers an experiment may have.
pub const LAYERS: std::ops::RangeInclusive<usize> = 1..=100;
/// Units a hidden layer may have.
pub const WIDTHS: std::ops::RangeInclusive<usize> = 1..=1024;

/// All that decides what is computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// The images the network is shown.
    pub inputs: Inputs,
    /// Units of each hidden layer, from layer 1; never empty.
    pub widths: Vec<usize>,
    /// Whether a linear layer of the first width stands before the hidden layers: layer 0, as in the article's network.
    pub linear_first: bool,
    /// The nonlinearity of every hidden layer.
    pub activation: Activation,
    /// The law every weight matrix is drawn from.
    pub initializer: Initializer,
    /// Every bias, or the mean of random ones; without effect where the initializer sets the biases.
    pub bias: f64,
    /// Standard deviation of normal biases, 0 for constant ones; without effect where the initializer sets the biases.
    pub bias_std: f64,
    /// Whether kernels draw each for itself.
    pub draws: Draws,
    /// Where the kernels' random numbers come from.
    pub generator: Generator,
    /// Seed of all draws.
    pub seed: u32,
}

impl Experiment {
    /// The article's case: relu, N(0, 0.10²), five layers of 100, seed 10, all test images.
    pub fn article() -> Self {
        Self {
            inputs: Inputs {
                data: Data::Mnist,
                split: Split::Test,
                images: 10_000,
                scale: InputScale::Unit,
                transposed: false,
                label_column: None,
            },
            widths: vec![100; 5],
            linear_first: false,
            activation: Activation::Relu,
            initializer: Initializer::RandomNormal { mean: 0.0, sigma: 0.10 },
            bias: 0.0,
            bias_std: 0.0,
            draws: Draws::Independent,
            generator: Generator::Native,
            seed: 10,
        }
    }

    /// Shapes (fan_in, fan_out) of the kernels: of the linear first layer, if there is one, of the hidden layers, and of the
    /// output layer.
    pub fn kernel_shapes(&self) -> Vec<(usize, usize)> {
        let linear = self.linear_first.then(|| self.widths[0]);
        let hidden = || linear.into_iter().chain(self.widths.iter().copied());
        std::iter::once(self.inputs.dim())
            .chain(hidden())
            .zip(hidden().chain(std::iter::once(self.inputs.classes())))
            .collect()
    }

    /// Shapes (fan_in, units) of the kernels of the hidden layers.
    pub fn hidden_shapes(&self) -> Vec<(usize, usize)> {
        let shapes = self.kernel_shapes();
        shapes[self.linear_layers()..shapes.len() - 1].to_vec()
    }

    /// Linear layers before the hidden ones: 1 or 0.
    pub fn linear_layers(&self) -> usize {
        usize::from(self.linear_first)
    }

    /// The common width of the hidden layers, if they have one.
    pub fn uniform_width(&self) -> Option<usize> {
        let first = self.widths[0];
        self.widths.iter().all(|&width| width == first).then_some(first)
    }
}
