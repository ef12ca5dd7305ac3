use super::{Distribution, Initializer, Mode, Nonlinearity};

impl Initializer {
    /// The law in the field's notation.
    pub fn formula(self) -> &'static str {
        match self {
            Self::RandomNormal { .. } => "W ~ N(μ, σ²)",
            Self::RandomUniform { .. } => "W ~ U(minval, maxval)",
            Self::TruncatedNormal { .. } => "W ~ N(μ, σ²), cut at μ ± 2σ: std 0.8796 σ",
            Self::Zeros => "W = 0",
            Self::Ones => "W = 1",
            Self::Constant { .. } => "W = value",
            Self::Identity { .. } => "W = gain · I",
            Self::Orthogonal { .. } => "W = gain · Q of the QR of a normal matrix",
            Self::VarianceScaling { distribution, .. } => match distribution {
                Distribution::TruncatedNormal => "W ~ truncated N(0, scale / n)",
                Distribution::UntruncatedNormal => "W ~ N(0, scale / n)",
                Distribution::Uniform => "W ~ U(±sqrt(3 scale / n))",
            },
            Self::GlorotNormal { .. } => "W ~ truncated N(0, 2 / (fan_in + fan_out))",
            Self::GlorotUniform { .. } => "W ~ U(±sqrt(6 / (fan_in + fan_out)))",
            Self::HeNormal { .. } => "W ~ truncated N(0, 2 / fan_in)",
            Self::HeUniform { .. } => "W ~ U(±sqrt(6 / fan_in))",
            Self::LecunNormal { .. } => "W ~ truncated N(0, 1 / fan_in)",
            Self::LecunUniform { .. } => "W ~ U(±sqrt(3 / fan_in))",
            Self::XavierNormal { .. } => "W ~ N(0, gain² · 2 / (fan_in + fan_out))",
            Self::XavierUniform { .. } => "W ~ U(±gain · sqrt(6 / (fan_in + fan_out)))",
            Self::KaimingNormal { .. } => "W ~ N(0, gain² / fan)",
            Self::KaimingUniform { .. } => "W ~ U(±gain · sqrt(3 / fan))",
            Self::TruncNormal { .. } => "W ~ N(μ, σ²) between a and b",
            Self::Sparse { .. } => "W ~ N(0, σ²), a share of each input's weights 0",
            Self::TorchLinearDefault => "W, b ~ U(±1 / sqrt(fan_in))",
            Self::Rai => "W, b ~ N(0, 0.6007² / fan_in), one per unit ~ Beta(2, 1)",
            Self::Lsuv => "W = Q / std(z), layer after layer",
        }
    }

    /// The line of Keras that gives the same law, to copy, if there is one.
    pub fn keras(self) -> Option<String> {
        let scaling = |scale: f64, mode: Mode, distribution: Distribution| {
            let (mode, distribution) = (mode.name(), distribution.name());
            format!("VarianceScaling(scale={scale}, mode=\"{mode}\", distribution=\"{distribution}\")")
        };
        // Keras's have no gain: another is a scale of its square.
        let gained = |name: &str, gain: f64, scale: f64, mode: Mode, distribution: Distribution| match gain {
            1.0 => format!("{name}()"),
            gain => scaling(scale * gain * gain, mode, distribution),
        };
        let (normal, untruncated, uniform) =
            (Distribution::TruncatedNormal, Distribution::UntruncatedNormal, Distribution::Uniform);
        let call = match self {
            Self::RandomNormal { mean, sigma } => format!("RandomNormal(mean={mean}, stddev={sigma})"),
            Self::RandomUniform { minval, maxval } => format!("RandomUniform(minval={minval}, maxval={maxval})"),
            Self::TruncatedNormal { mean, sigma } => format!("TruncatedNormal(mean={mean}, stddev={sigma})"),
            Self::Zeros => "Zeros()".to_owned(),
            Self::Ones => "Ones()".to_owned(),
            Self::Constant { value } => format!("Constant(value={value})"),
            Self::Identity { gain } => format!("Identity(gain={gain})"),
            Self::Orthogonal { gain } => format!("Orthogonal(gain={gain})"),
            Self::VarianceScaling { scale, mode, distribution } => scaling(scale, mode, distribution),
            Self::GlorotNormal { gain } => gained("GlorotNormal", gain, 1.0, Mode::FanAvg, normal),
            Self::GlorotUniform { gain } => gained("GlorotUniform", gain, 1.0, Mode::FanAvg, uniform),
            Self::HeNormal { gain } => gained("HeNormal", gain, 2.0, Mode::FanIn, normal),
            Self::HeUniform { gain } => gained("HeUniform", gain, 2.0, Mode::FanIn, uniform),
            Self::LecunNormal { gain } => gained("LecunNormal", gain, 1.0, Mode::FanIn, normal),
            Self::LecunUniform { gain } => gained("LecunUniform", gain, 1.0, Mode::FanIn, uniform),
            Self::XavierNormal { gain } => scaling(gain * gain, Mode::FanAvg, untruncated),
            Self::XavierUniform { gain } => scaling(gain * gain, Mode::FanAvg, uniform),
            Self::KaimingNormal { a, mode, nonlinearity } => scaling(squared_gain(nonlinearity, a), mode, untruncated),
            Self::KaimingUniform { a, mode, nonlinearity } => scaling(squared_gain(nonlinearity, a), mode, uniform),
            Self::TruncNormal { .. } | Self::Sparse { .. } | Self::TorchLinearDefault | Self::Rai | Self::Lsuv => {
                return None;
            }
        };
        Some(format!("keras.initializers.{call}"))
    }

    /// The line of PyTorch that gives the same law, to copy, if there is one.
    pub fn torch(self) -> Option<String> {
        let init = |call: String| Some(format!("torch.nn.init.{call}"));
        match self {
            Self::RandomNormal { mean, sigma } => init(format!("normal_(layer.weight, mean={mean}, std={sigma})")),
            Self::RandomUniform { minval, maxval } => init(format!("uniform_(layer.weight, a={minval}, b={maxval})")),
            Self::TruncatedNormal { mean, sigma } => {
                let (a, b) = (mean - 2.0 * sigma, mean + 2.0 * sigma);
                init(format!("trunc_normal_(layer.weight, mean={mean}, std={sigma}, a={a}, b={b})"))
            }
            Self::Zeros => init("zeros_(layer.weight)".to_owned()),
            Self::Ones => init("ones_(layer.weight)".to_owned()),
            Self::Constant { value } => init(format!("constant_(layer.weight, {value})")),
            Self::Identity { gain: 1.0 } => init("eye_(layer.weight)".to_owned()),
            Self::Orthogonal { gain } => init(format!("orthogonal_(layer.weight, gain={gain})")),
            Self::GlorotUniform { gain } | Self::XavierUniform { gain } => {
                init(format!("xavier_uniform_(layer.weight, gain={gain})"))
            }
            Self::HeUniform { gain: 1.0 } => init("kaiming_uniform_(layer.weight, nonlinearity=\"relu\")".to_owned()),
            Self::LecunUniform { gain: 1.0 } => {
                init("kaiming_uniform_(layer.weight, nonlinearity=\"linear\")".to_owned())
            }
            Self::XavierNormal { gain } => init(format!("xavier_normal_(layer.weight, gain={gain})")),
            Self::KaimingNormal { a, mode, nonlinearity } => init(kaiming("normal", a, mode, nonlinearity)),
            Self::KaimingUniform { a, mode, nonlinearity } => init(kaiming("uniform", a, mode, nonlinearity)),
            Self::TruncNormal { mean, sigma, a, b } => {
                init(format!("trunc_normal_(layer.weight, mean={mean}, std={sigma}, a={a}, b={b})"))
            }
            Self::Sparse { sparsity, sigma } => {
                init(format!("sparse_(layer.weight, sparsity={sparsity}, std={sigma})"))
            }
            Self::TorchLinearDefault => Some("torch.nn.Linear(fan_in, fan_out)".to_owned()),
            Self::Lsuv => Some(
                "torch.nn.init.orthogonal_(layer.weight); [layer.weight.data.div_(layer(h).std()) for _ in range(10) \
                 if abs(layer(h).var() - 1) >= 0.1]  # h: the layer's inputs for the first 1,000 images"
                    .to_owned(),
            ),
            Self::Identity { .. }
            | Self::VarianceScaling { .. }
            | Self::GlorotNormal { .. }
            | Self::HeNormal { .. }
            | Self::HeUniform { .. }
            | Self::LecunNormal { .. }
            | Self::LecunUniform { .. }
            | Self::Rai => None,
        }
    }

    /// The line of NumPy that gives the same law, to copy, where neither framework has one.
    pub fn numpy(self) -> Option<String> {
        (self == Self::Rai).then(|| {
            "V = np.random.randn(fan_in + 1, fan_out) * 0.6007 / fan_in**0.5; \
             V[np.random.randint(fan_in + 1, size=fan_out), np.arange(fan_out)] = np.random.beta(2, 1, fan_out); \
             W, b = V[:-1], V[-1]"
                .to_owned()
        })
    }
}

/// gain², without the root's rounding error.
fn squared_gain(nonlinearity: Nonlinearity, slope: f64) -> f64 {
    match nonlinearity {
        Nonlinearity::Relu => 2.0,
        Nonlinearity::LeakyRelu => 2.0 / (1.0 + slope * slope),
        other => other.gain(slope).powi(2),
    }
}

fn kaiming(law: &str, a: f64, mode: Mode, nonlinearity: Nonlinearity) -> String {
    let (mode, nonlinearity) = (mode.name(), nonlinearity.name());
    format!("kaiming_{law}_(layer.weight, a={a}, mode=\"{mode}\", nonlinearity=\"{nonlinearity}\")")
}
