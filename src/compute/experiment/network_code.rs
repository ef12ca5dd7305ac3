use super::truncated::Truncated;
use super::{Data, Distribution, Draws, Experiment, Initializer, Mode};
use crate::image_set::{after, import_lines};

/// A framework that has networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum NetworkFramework {
    /// Keras 3.
    Keras,
    /// PyTorch.
    #[value(name = "pytorch")]
    PyTorch,
}

impl NetworkFramework {
    /// Its name as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keras => "Keras",
            Self::PyTorch => "PyTorch",
        }
    }
}

/// Standard deviation of a standard normal that is cut at two of its own (Keras's `VarianceScaling`).
const TRUNCATED: &str = "0.87962566103423978";

impl Experiment {
    /// A program that sets up this network in a framework: other numbers of the same law, unless nothing is drawn.
    pub fn network_code(&self, framework: NetworkFramework) -> String {
        let mut loading = self.loading();
        if loading.is_empty() {
            return self.network_program(framework, &[], &[], Vec::new());
        }
        if framework == NetworkFramework::PyTorch {
            loading.push("x = torch.from_numpy(x)".to_owned());
        }
        let Data::Set(set) = &self.inputs.data else { return String::new() };
        let imports: Vec<_> = set.reading().imports.iter().copied().chain(["import numpy as np"]).collect();
        self.network_program(framework, &set.reading().own_imports, &imports, loading)
    }

    /// The same, with more imports, of Python's own modules and of others, and with lines between these and the network.
    pub(crate) fn network_program(
        &self,
        framework: NetworkFramework,
        own_imports: &[&str],
        imports: &[&str],
        before: Vec<String>,
    ) -> String {
        let (framework_import, network) = match framework {
            NetworkFramework::Keras => ("import keras", self.keras_network()),
            NetworkFramework::PyTorch => ("import torch", self.torch_network()),
        };
        let numpy = if network.iter().any(|line| line.contains("np.")) { &["import numpy as np"][..] } else { &[] };
        let mut lines = import_lines(own_imports, &[imports, &[framework_import], numpy].concat());
        lines = after(after(lines, before), network);
        lines.join("\n") + "\n"
    }

    /// `# the last layer gives the logits of the ten digits`
    fn about_logits(&self) -> String {
        let of = match &self.inputs.data {
            Data::Set(set) if set.has_labels() => {
                let names = set.classes();
                let shown: Vec<_> = names.iter().take(12).map(|name| one_line(name)).collect();
                let more = if names.len() > shown.len() { ", ..." } else { "" };
                format!("the {} classes {}{more}", names.len(), shown.join(", "))
            }
            Data::Set(_) => "classes, of which these images have no labels".to_owned(),
            _ => "the ten digits".to_owned(),
        };
        format!("# the last layer gives the logits of {of}")
    }

    /// Units of each layer with a kernel, and whether its activation follows; the last one gives the logits.
    fn layers(&self) -> Vec<(usize, bool)> {
        let linear = self.linear_first.then(|| (self.widths[0], false));
        let hidden = self.widths.iter().map(|&units| (units, true));
        linear.into_iter().chain(hidden).chain([(self.inputs.classes(), false)]).collect()
    }

    fn keras_network(&self) -> Vec<String> {
        let shared = self.draws == Draws::Shared;
        let mut lines = vec![format!("keras.utils.set_random_seed({})", self.seed), String::new()];
        if let Some(own) = self.keras_own() {
            lines.push(String::new());
            lines.extend(own);
            lines.push(String::new());
        }
        let kernel = match self.initializer {
            Initializer::TorchLinearDefault => "keras.initializers.VarianceScaling(scale=1 / 3, mode=\"fan_in\", \
                                                distribution=\"uniform\")"
                .to_owned(),
            Initializer::Lsuv => "keras.initializers.Orthogonal()".to_owned(),
            Initializer::Rai => "\"zeros\"".to_owned(),
            initializer => initializer.keras().unwrap_or_else(|| "own_kernel".to_owned()),
        };
        let kernel =
            match kernel.strip_suffix(')').filter(|_| shared && kernel.starts_with("keras.") && self.is_drawn()) {
                // One seed gives the same numbers to every layer of a shape.
                Some(call) if call.ends_with('(') => format!("{call}seed={})", self.seed),
                Some(call) => format!("{call}, seed={})", self.seed),
                None => kernel,
            };
        let (bias, std) = (self.bias, self.bias_std);
        let biases = match (bias != 0.0, std != 0.0) {
            _ if self.initializer == Initializer::TorchLinearDefault => {
                "keras.initializers.RandomUniform(-inputs ** -0.5, inputs ** -0.5)".to_owned()
            }
            _ if self.initializer.sets_biases() => "\"zeros\"".to_owned(),
            (_, true) => format!("keras.initializers.RandomNormal(mean={bias}, stddev={std})"),
            (true, false) => format!("keras.initializers.Constant({bias})"),
            (false, false) => "\"zeros\"".to_owned(),
        };
        lines.extend([
            String::new(),
            "def dense(inputs, units):".to_owned(),
            format!("    return keras.layers.Dense(units, kernel_initializer={kernel}, bias_initializer={biases})"),
            String::new(),
            String::new(),
            self.about_inputs(),
            "model = keras.Sequential([".to_owned(),
            format!("    keras.Input(({},)),", self.inputs.dim()),
        ]);
        let mut inputs = self.inputs.dim();
        for (units, is_activated) in self.layers() {
            let activation = if is_activated { format!(" {},", self.activation.keras()) } else { String::new() };
            lines.push(format!("    dense({inputs}, {units}),{activation}"));
            inputs = units;
        }
        lines.push(format!("])  {}", self.about_logits()));
        match self.initializer {
            Initializer::Rai => lines.extend(
                [
                    "",
                    "# Randomized asymmetric initialization sets kernels and biases together (Lu et al. 2019).",
                    "for layer in model.layers:",
                    "    if layer.weights:",
                    "        fan_in, units = layer.kernel.shape",
                    "        v = np.random.randn(fan_in + 1, units) * 0.6007 / fan_in**0.5",
                    "        v[np.random.randint(fan_in + 1, size=units), np.arange(units)] = np.random.beta(2, 1, units)",
                    "        layer.set_weights([v[:-1], v[-1]])",
                ]
                .map(str::to_owned),
            ),
            Initializer::Lsuv => lines.extend(
                [
                    "",
                    "",
                    "def lsuv(images):  # the first 1,000 images, as the network is shown them (Mishkin and Matas 2016)",
                    "    h = images",
                    "    for layer in model.layers:",
                    "        for _ in range(10 if layer.weights else 0):",
                    "            variance = float(keras.ops.var(layer(h)))",
                    "            if abs(variance - 1) < 0.1:",
                    "                break",
                    "            layer.kernel.assign(layer.kernel / variance**0.5)",
                    "        h = layer(h)",
                ]
                .map(str::to_owned),
            ),
            _ => {}
        }
        lines
    }

    /// An initializer that Keras does not have.
    fn keras_own(&self) -> Option<Vec<String>> {
        match self.initializer {
            Initializer::TruncNormal { mean, sigma, a, b } => {
                let draw = Truncated { mean, sigma, a, b }.numpy();
                let begin = "def own_kernel(shape, dtype=None):  # Keras cuts at two standard deviations only";
                let end = "    return keras.ops.convert_to_tensor(w, dtype=\"float32\")";
                let draw = draw.into_iter().map(|line| format!("    {line}"));
                Some([begin.to_owned()].into_iter().chain(draw).chain([end.to_owned()]).collect())
            }
            Initializer::Sparse { sparsity, sigma } => Some(vec![
                "def own_kernel(shape, dtype=None):  # as torch.nn.init.sparse_".to_owned(),
                format!("    w = np.random.normal(0, {sigma}, shape)"),
                "    for row in w:".to_owned(),
                format!("        row[np.random.permutation(row.size)[: int(np.ceil({sparsity} * row.size))]] = 0"),
                "    return keras.ops.convert_to_tensor(w, dtype=\"float32\")".to_owned(),
            ]),
            _ => None,
        }
    }

    /// Whether the kernels are drawn.
    fn is_drawn(&self) -> bool {
        !matches!(
            self.initializer,
            Initializer::Zeros | Initializer::Ones | Initializer::Constant { .. } | Initializer::Identity { .. }
        )
    }

    fn torch_network(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.draws == Draws::Independent {
            lines.extend([format!("torch.manual_seed({})", self.seed), String::new()]);
        }
        lines.extend([String::new(), "@torch.no_grad()".to_owned(), "def init(layer):".to_owned()]);
        if self.draws == Draws::Shared && self.is_drawn() {
            lines.push(format!("    torch.manual_seed({})  # the same numbers for every layer", self.seed));
        }
        lines.push("    fan_in, fan_out = layer.in_features, layer.out_features".to_owned());
        lines.extend(self.torch_kernel().into_iter().map(|line| format!("    {line}")));
        let (bias, std) = (self.bias, self.bias_std);
        match (bias != 0.0, std != 0.0) {
            _ if self.initializer.sets_biases() => {}
            (_, true) => lines.push(format!("    torch.nn.init.normal_(layer.bias, mean={bias}, std={std})")),
            (_, false) => lines.push(format!("    torch.nn.init.constant_(layer.bias, {bias})")),
        }
        lines.extend([
            "    return layer".to_owned(),
            String::new(),
            String::new(),
            self.about_inputs(),
            "network = torch.nn.Sequential(".to_owned(),
        ]);
        let mut inputs = self.inputs.dim();
        for (units, is_activated) in self.layers() {
            let activation = if is_activated { format!(" {},", self.activation.pytorch()) } else { String::new() };
            lines.push(format!("    init(torch.nn.Linear({inputs}, {units})),{activation}"));
            inputs = units;
        }
        lines.push(format!(")  {}", self.about_logits()));
        if self.initializer == Initializer::Lsuv {
            lines.extend(
                [
                    "",
                    "",
                    "@torch.no_grad()",
                    "def lsuv(images):  # the first 1,000 images, as the network is shown them (Mishkin and Matas 2016)",
                    "    h = images",
                    "    for layer in network:",
                    "        for _ in range(10 if isinstance(layer, torch.nn.Linear) else 0):",
                    "            if abs(layer(h).var() - 1) < 0.1:",
                    "                break",
                    "            layer.weight.div_(layer(h).std())",
                    "        h = layer(h)",
                ]
                .map(str::to_owned),
            );
        }
        lines
    }

    /// Lines that fill `layer.weight`.
    fn torch_kernel(&self) -> Vec<String> {
        let scaled = |scale: f64, mode: Mode, distribution: Distribution| {
            let n = match mode {
                Mode::FanIn => "fan_in",
                Mode::FanOut => "fan_out",
                Mode::FanAvg => "((fan_in + fan_out) / 2)",
            };
            let std = format!("std = ({scale} / {n}) ** 0.5");
            let draw = match distribution {
                Distribution::TruncatedNormal => format!(
                    "std /= {TRUNCATED}  # cut at two standard deviations, as Keras does\n\
                     torch.nn.init.trunc_normal_(layer.weight, mean=0.0, std=std, a=-2 * std, b=2 * std)"
                ),
                Distribution::UntruncatedNormal => "torch.nn.init.normal_(layer.weight, mean=0.0, std=std)".to_owned(),
                Distribution::Uniform => {
                    "torch.nn.init.uniform_(layer.weight, -(3**0.5) * std, 3**0.5 * std)".to_owned()
                }
            };
            [std].into_iter().chain(draw.lines().map(str::to_owned)).collect()
        };
        let (normal, uniform) = (Distribution::TruncatedNormal, Distribution::Uniform);
        match self.initializer {
            Initializer::TorchLinearDefault => vec!["# torch.nn.Linear's own: W, b ~ U(±1 / sqrt(fan_in))".to_owned()],
            Initializer::Lsuv => vec!["torch.nn.init.orthogonal_(layer.weight)".to_owned()],
            Initializer::Identity { gain } => {
                vec!["torch.nn.init.eye_(layer.weight)".to_owned(), format!("layer.weight.mul_({gain})")]
            }
            Initializer::Rai => [
                "v = torch.randn(fan_out, fan_in + 1) * 0.6007 / fan_in**0.5",
                "beta = torch.distributions.Beta(2.0, 1.0).sample((fan_out,))",
                "v[torch.arange(fan_out), torch.randint(fan_in + 1, (fan_out,))] = beta",
                "layer.weight.copy_(v[:, :-1])",
                "layer.bias.copy_(v[:, -1])",
            ]
            .map(str::to_owned)
            .into(),
            Initializer::TruncNormal { mean, sigma, a, b }
                if (Truncated { mean, sigma, a, b }).torch_shortfall().is_some() =>
            {
                Truncated { mean, sigma, a, b }.torch()
            }
            Initializer::VarianceScaling { scale, mode, distribution } => scaled(scale, mode, distribution),
            Initializer::GlorotNormal { gain } => scaled(gain * gain, Mode::FanAvg, normal),
            Initializer::HeNormal { gain } => scaled(2.0 * gain * gain, Mode::FanIn, normal),
            Initializer::HeUniform { gain } => scaled(2.0 * gain * gain, Mode::FanIn, uniform),
            Initializer::LecunNormal { gain } => scaled(gain * gain, Mode::FanIn, normal),
            Initializer::LecunUniform { gain } => scaled(gain * gain, Mode::FanIn, uniform),
            initializer => initializer.torch().into_iter().collect(),
        }
    }
}

/// A name of a class in a comment.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
