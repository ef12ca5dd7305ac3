use crate::experiment::{Activation, Draws as Sharing, Experiment, Initializer};
use crate::subject::{NotDrawn, Subject};
use crate::theory::{
    Coverage, DeepLimit, Draws, ImageMoments, Kernel, LayerPrediction, Outlook, Regions, StatesPrediction, Together,
    born_dead, deep_limit, predict, predict_states,
};

/// What mean-field theory expects of a subject's network.
pub(super) struct Expectations {
    /// How far it holds.
    pub coverage: Coverage,
    kernels: Vec<Kernel>,
}

impl Expectations {
    /// Given the standard deviation of each kernel's weights as they were drawn.
    pub fn of(subject: &Subject, drawn: &[f64]) -> Self {
        let experiment = subject.experiment();
        let initializer = experiment.initializer;
        let shapes = subject.kernel_shapes();
        let (linear, output) = (experiment.linear_layers(), shapes.len() - 1);
        let kernels: Vec<_> = (shapes.iter().enumerate())
            .map(|(index, &(fan_in, fan_out))| Kernel {
                fan_in,
                fan_out,
                weight_std: match initializer {
                    Initializer::Lsuv => drawn[index],
                    _ => initializer.sigma(fan_in, fan_out),
                },
                weight_mean: initializer.mean(fan_in, fan_out),
                bias: if initializer.sets_biases() { 0.0 } else { experiment.bias },
                bias_std: match initializer {
                    // U(-1 / sqrt(fan_in), 1 / sqrt(fan_in)).
                    Initializer::TorchLinearDefault => (3.0 * fan_in as f64).sqrt().recip(),
                    _ => experiment.bias_std,
                },
                activated: (linear..output).contains(&index),
            })
            .collect();
        let weight_mean = kernels.iter().map(|kernel| kernel.weight_mean.abs()).fold(0.0, f64::max);
        let draws = match subject.drawn() {
            Ok(experiment) => draws(experiment),
            Err(NotDrawn::Given) => Draws::Given,
            Err(NotDrawn::Trained) => Draws::Trained,
        };
        let coverage = draws.coverage(weight_mean);
        Self { coverage, kernels }
    }

    /// Predicts every hidden layer for these images, given the L2 norm of dL/dlogits, if it is known; nothing for networks
    /// that theory does not cover.
    pub fn layers(
        &self,
        experiment: &Experiment,
        images: &[ImageMoments],
        logit_gradient_l2: Option<f64>,
    ) -> Vec<LayerPrediction> {
        if let Coverage::NotCovered(_) = self.coverage {
            return Vec::new();
        }
        let mut layers = predict(&experiment.activation, &self.kernels, images, logit_gradient_l2);
        layers.truncate(self.kernels.len() - 1);
        layers.split_off(experiment.linear_layers())
    }

    /// Predicts the units of every hidden layer for these images; nothing of networks with biases or a weight mean, or that
    /// theory does not cover, but for units that cannot be dead, and nothing where outputs are always positive.
    pub fn states(&self, experiment: &Experiment, together: Together) -> Vec<StatesPrediction> {
        let has_biases =
            self.kernels.iter().any(|kernel| kernel.bias != 0.0 || kernel.bias_std != 0.0 || kernel.weight_mean != 0.0);
        let activation = experiment.activation;
        let (Some(threshold), flat) = (activation.threshold(), activation.flat_pieces()) else { return Vec::new() };
        match (self.coverage, flat) {
            (_, None) => vec![StatesPrediction::NONE; experiment.widths.len()],
            (Coverage::NotCovered(_), _) => Vec::new(),
            _ if has_biases || experiment.initializer.sets_biases() => Vec::new(),
            (_, Some(flat)) => predict_states(&activation, Regions { threshold, flat }, &self.kernels, together),
        }
    }

    /// What it says of the network as a whole.
    pub fn outlook(&self, subject: &Subject) -> Outlook {
        let experiment = subject.experiment();
        let limit = match self.coverage {
            Coverage::NotCovered(why) => Err(why),
            Coverage::ExactInTheLimit | Coverage::Approximate(_) => self.deep_limit(experiment),
        };
        let born_dead = subject.drawn().is_ok_and(has_fair_signs).then(|| born_dead(experiment.widths.iter().copied()));
        Outlook { limit, born_dead }
    }

    fn deep_limit(&self, experiment: &Experiment) -> Result<DeepLimit, &'static str> {
        // From hidden layer to hidden layer: neither the first kernel, which sees the images, nor the logits'.
        let between = &self.kernels[1..self.kernels.len() - 1];
        let Some(first) = between.first() else { return Err("There is only one hidden layer.") };
        if between.iter().any(|kernel| kernel.bias != 0.0 || kernel.weight_mean != 0.0) {
            return Err("This needs weights and biases with mean zero.");
        }
        let laws = |kernel: &Kernel| (kernel.weight_std.powi(2) * kernel.fan_in as f64, kernel.bias_std.powi(2));
        let (weight_variance, bias_variance) = laws(first);
        let same = |one: f64, other: f64| (one - other).abs() <= 1e-9 * one.abs().max(other.abs());
        let alike = |kernel: &Kernel| {
            let (weights, biases) = laws(kernel);
            same(weights, weight_variance) && same(biases, bias_variance)
        };
        // What LSUV gives varies by chance, its layers by their depth.
        if experiment.initializer.looks_at_data() || !between.iter().all(alike) {
            return Err("This needs layers that all have the same σ² × fan_in and the same biases.");
        }
        Ok(deep_limit(&experiment.activation, weight_variance, bias_variance))
    }
}

/// How the experiment's weights hang together.
fn draws(experiment: &Experiment) -> Draws {
    match experiment.initializer {
        Initializer::Zeros | Initializer::Ones | Initializer::Constant { .. } => Draws::Constant,
        Initializer::Identity { .. } => Draws::Identity,
        Initializer::Rai => Draws::Asymmetric,
        _ if experiment.draws == Sharing::Shared => Draws::Shared,
        Initializer::Orthogonal { .. } => Draws::Orthogonal,
        Initializer::Sparse { .. } => Draws::Sparse,
        Initializer::Lsuv => Draws::ScaledByData,
        _ => Draws::Independent,
    }
}

/// Whether each relu unit is off for an image with probability 1/2, whatever the others do.
fn has_fair_signs(experiment: &Experiment) -> bool {
    let without_biases = experiment.bias == 0.0 && experiment.bias_std == 0.0 && !experiment.initializer.sets_biases();
    let symmetric = match experiment.initializer {
        Initializer::RandomNormal { mean, sigma } | Initializer::TruncatedNormal { mean, sigma } => {
            mean == 0.0 && sigma > 0.0
        }
        Initializer::RandomUniform { minval, maxval } => minval == -maxval && maxval > 0.0,
        Initializer::TruncNormal { mean, sigma, a, b } => mean == 0.0 && sigma > 0.0 && a == -b && b > 0.0,
        Initializer::Zeros
        | Initializer::Ones
        | Initializer::Constant { .. }
        | Initializer::Identity { .. }
        | Initializer::Sparse { .. }
        | Initializer::TorchLinearDefault
        | Initializer::Rai => false,
        Initializer::VarianceScaling { scale: factor, .. }
        | Initializer::Orthogonal { gain: factor }
        | Initializer::GlorotNormal { gain: factor }
        | Initializer::GlorotUniform { gain: factor }
        | Initializer::HeNormal { gain: factor }
        | Initializer::HeUniform { gain: factor }
        | Initializer::LecunNormal { gain: factor }
        | Initializer::LecunUniform { gain: factor }
        | Initializer::XavierNormal { gain: factor }
        | Initializer::XavierUniform { gain: factor } => factor > 0.0,
        Initializer::KaimingNormal { .. } | Initializer::KaimingUniform { .. } | Initializer::Lsuv => true,
    };
    experiment.activation == Activation::Relu && without_biases && symmetric && experiment.draws == Sharing::Independent
}
