use super::scaling::Scaling;
use super::{Law, truncated_normal};
use crate::experiment::{Distribution, Experiment, Generator, Initializer, Mode};

/// Standard deviation of a standard normal cut at +-2; Keras and TensorFlow divide by it so that the cut law has the
/// variance that was asked for (`VarianceScaling`, distribution "truncated_normal").
const STD_OF_NORMAL_CUT_AT_2: f64 = 0.879_625_661_034_239_8;

/// sigma_w of randomized asymmetric initialization with Beta(2, 1) (Lu, Shin, Su and Karniadakis 2019).
pub(super) const RAI_SIGMA: f64 = 0.6007;

impl Initializer {
    /// The law of the standard draws before they are scaled.
    pub fn law(self) -> Law {
        match self {
            Self::RandomNormal { .. } | Self::XavierNormal { .. } | Self::KaimingNormal { .. } => Law::Normal,
            Self::VarianceScaling { distribution, .. } => match distribution {
                Distribution::TruncatedNormal => Law::NormalCutAt2,
                Distribution::UntruncatedNormal => Law::Normal,
                Distribution::Uniform => Law::Uniform,
            },
            Self::TruncatedNormal { .. }
            | Self::GlorotNormal { .. }
            | Self::HeNormal { .. }
            | Self::LecunNormal { .. } => Law::NormalCutAt2,
            Self::RandomUniform { .. }
            | Self::GlorotUniform { .. }
            | Self::HeUniform { .. }
            | Self::LecunUniform { .. }
            | Self::XavierUniform { .. }
            | Self::KaimingUniform { .. }
            | Self::TruncNormal { .. }
            | Self::TorchLinearDefault => Law::Uniform,
            Self::Zeros | Self::Ones | Self::Constant { .. } => Law::None,
            Self::Identity { .. } => Law::Identity,
            Self::Orthogonal { .. } | Self::Lsuv => Law::Orthogonal,
            Self::Sparse { sparsity, .. } => Law::Sparse { sparsity },
            Self::Rai => Law::Rai,
        }
    }

    /// Mean of a weight of a kernel [fan_in, fan_out].
    pub fn mean(self, fan_in: usize, fan_out: usize) -> f64 {
        match self {
            Self::RandomNormal { mean, .. } | Self::TruncatedNormal { mean, .. } => mean,
            Self::RandomUniform { minval, maxval } => minval / 2.0 + maxval / 2.0,
            Self::Ones => 1.0,
            Self::Constant { value } => value,
            Self::Identity { gain } => gain * share_of_diagonal(fan_in, fan_out),
            Self::TruncNormal { mean, sigma, a, b } => truncated_normal::moments_between(mean, sigma, a, b).0,
            Self::Rai => 2.0 / 3.0 / (fan_in + 1) as f64,
            _ => 0.0,
        }
    }

    /// Standard deviation of a weight of a kernel [fan_in, fan_out], after any truncation, the gain included; of laws
    /// with other than independent weights, the root of a weight's mean square about the mean. Of lsuv before it has looked
    /// at data.
    pub fn sigma(self, fan_in: usize, fan_out: usize) -> f64 {
        let (inputs, outputs) = (fan_in as f64, fan_out as f64);
        match self {
            Self::RandomNormal { sigma, .. } => sigma,
            Self::RandomUniform { minval, maxval } => (maxval / 2.0 - minval / 2.0) / 3.0_f64.sqrt(),
            Self::TruncatedNormal { sigma, .. } => sigma * STD_OF_NORMAL_CUT_AT_2,
            Self::Zeros | Self::Ones | Self::Constant { .. } => 0.0,
            Self::Identity { gain } => {
                let share = share_of_diagonal(fan_in, fan_out);
                gain * (share * (1.0 - share)).sqrt()
            }
            Self::Orthogonal { gain } => gain * (1.0 / inputs.max(outputs)).sqrt(),
            Self::Lsuv => (1.0 / inputs.max(outputs)).sqrt(),
            Self::VarianceScaling { scale, mode, .. } => (scale / mode.count(fan_in, fan_out)).sqrt(),
            Self::GlorotNormal { gain }
            | Self::GlorotUniform { gain }
            | Self::XavierNormal { gain }
            | Self::XavierUniform { gain } => gain * (2.0 / (inputs + outputs)).sqrt(),
            Self::HeNormal { gain } | Self::HeUniform { gain } => gain * (2.0 / inputs).sqrt(),
            Self::LecunNormal { gain } | Self::LecunUniform { gain } => gain * (1.0 / inputs).sqrt(),
            Self::KaimingNormal { a, mode, nonlinearity } | Self::KaimingUniform { a, mode, nonlinearity } => {
                kaiming(nonlinearity.gain(a), mode, fan_in, fan_out)
            }
            Self::TruncNormal { mean, sigma, a, b } => truncated_normal::moments_between(mean, sigma, a, b).1,
            Self::Sparse { sparsity, sigma } => sigma * (1.0 - zeros_of(sparsity, fan_out) as f64 / outputs).sqrt(),
            Self::TorchLinearDefault => (1.0 / (3.0 * inputs)).sqrt(),
            Self::Rai => {
                // One of fan_in + 1 is Beta(2, 1), whose mean square is 1/2.
                let share = 1.0 / (inputs + 1.0);
                let mean = self.mean(fan_in, fan_out);
                ((1.0 - share) * RAI_SIGMA * RAI_SIGMA / inputs + share / 2.0 - mean * mean).sqrt()
            }
        }
    }

    /// What becomes of a standard draw for a kernel [fan_in, fan_out].
    pub(super) fn scaling(self, fan_in: usize, fan_out: usize) -> Scaling {
        let offset = match self {
            Self::TruncNormal { mean, sigma, a, b } => return Scaling::Quantile { mean, sigma, a, b },
            Self::Identity { .. } | Self::Rai => 0.0,
            _ => self.mean(fan_in, fan_out),
        };
        let sigma = self.sigma(fan_in, fan_out);
        let factor = match self {
            Self::Identity { gain } | Self::Orthogonal { gain } => gain,
            Self::Rai | Self::Lsuv => 1.0,
            Self::Sparse { sigma, .. } | Self::TruncatedNormal { sigma, .. } => sigma,
            Self::RandomUniform { minval, maxval } => maxval / 2.0 - minval / 2.0,
            _ => match self.law() {
                Law::NormalCutAt2 => sigma / STD_OF_NORMAL_CUT_AT_2,
                Law::Uniform => sigma * 3.0_f64.sqrt(),
                // Of draws whose own standard deviation is 1, or that are all 0.
                Law::Normal
                | Law::Tensorflow1
                | Law::None
                | Law::Identity
                | Law::Orthogonal
                | Law::Sparse { .. }
                | Law::Rai => sigma,
            },
        };
        Scaling::Linear { offset, factor }
    }
}

/// The law of an experiment's standard draws, and where they come from.
pub(super) fn law_of(experiment: &Experiment) -> Law {
    match (experiment.initializer.law(), experiment.generator) {
        (Law::Normal, Generator::Tensorflow1) => Law::Tensorflow1,
        (law, _) => law,
    }
}

fn kaiming(gain: f64, mode: Mode, fan_in: usize, fan_out: usize) -> f64 {
    gain / mode.count(fan_in, fan_out).sqrt()
}

/// Zeros among the outgoing weights of each input unit: PyTorch rounds up.
pub(super) fn zeros_of(sparsity: f64, fan_out: usize) -> usize {
    ((sparsity * fan_out as f64).ceil() as usize).min(fan_out)
}

fn share_of_diagonal(fan_in: usize, fan_out: usize) -> f64 {
    1.0 / fan_in.max(fan_out) as f64
}
