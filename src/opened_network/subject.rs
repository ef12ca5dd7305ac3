use std::sync::Arc;

use ndarray::Array1;

use super::{NotLookedAt, OpenedNetwork};
use crate::experiment::{Activation, Data, Experiment, InputScale};
use crate::network_file::{DenseLayer, Ending};
use crate::number;
use crate::subject::{GivenWeights, LayerFunctions, Purpose, Subject, UnfitWeights};

impl OpenedNetwork {
    /// The network on an experiment's images, with an activation for those hidden layers for which the file names none. Inputs
    /// that are drawn have as many values as it takes.
    ///
    /// # Errors
    /// If it is no multilayer perceptron, does not fit the images, or the activation is missing or is another than the file's.
    pub fn subject(&self, experiment: &Experiment, asked: Option<Activation>) -> Result<Subject, NotLookedAt> {
        if let Some(what) = &self.file.foreign {
            return Err(NotLookedAt::Foreign { what: what.clone(), path: self.path.clone() });
        }
        for layer in self.hidden() {
            if let (Some(asked), Some(named)) = (asked, layer.activation)
                && asked != named
                && !self.lacks_activation()
            {
                let (layer, path) = (layer.name.clone(), self.path.clone());
                return Err(NotLookedAt::Conflict { asked, named, layer, path });
            }
        }
        let Some(usual) = asked.or_else(|| self.named_activation()) else {
            let guesses = self.guesses_in_words(experiment);
            return Err(NotLookedAt::Unnamed { guesses, path: self.path.clone() });
        };
        let data = &experiment.inputs.data;
        let weights = self.weights(usual).map_err(|problem| self.unfit(problem, data))?;
        Subject::given(self.fitted(experiment, usual), Arc::new(weights)).map_err(|problem| self.unfit(problem, data))
    }

    /// An experiment with pixels from 0 to 255, if the network scales them by itself, and they are as they usually are.
    pub fn with_own_pixels(&self, experiment: &Experiment) -> Experiment {
        let mut own = experiment.clone();
        let is_usual = own.inputs.data.has_pixels() && own.inputs.scale == InputScale::Unit;
        if self.file.scales_pixels && is_usual {
            own.inputs.scale = InputScale::Bytes;
        }
        own
    }

    /// The activation of its first hidden layer, where the file names those of all.
    pub fn named_activation(&self) -> Option<Activation> {
        let first = self.hidden().get(usize::from(self.file.linear_first)).and_then(|layer| layer.activation);
        (!self.lacks_activation()).then(|| first.unwrap_or(Activation::Linear))
    }

    /// Whether its weights are the same whatever the activation that it does not name is.
    pub(super) fn is_plain(&self) -> bool {
        self.hidden().iter().all(|layer| layer.activation.is_none() && layer.norm.is_none())
            && self.purpose() == Purpose::Logits
    }

    pub(super) fn has_no_norms(&self) -> bool {
        self.hidden().iter().all(|layer| layer.norm.is_none())
    }

    pub(super) fn gives_logits(&self) -> bool {
        self.purpose() == Purpose::Logits
    }

    /// An experiment as this network has it, with this activation wherever the file names none.
    pub(super) fn fitted(&self, experiment: &Experiment, usual: Activation) -> Experiment {
        // What would be drawn decides nothing, and so is what it is by default.
        let Experiment { initializer, bias, bias_std, draws, generator, .. } = Experiment::article();
        let (linear_first, activation) = (self.file.linear_first, usual);
        let drawn = Experiment { initializer, bias, bias_std, draws, generator, ..experiment.clone() };
        let mut experiment = Experiment { linear_first, activation, ..drawn };
        if let Data::Gaussian { dim } = &mut experiment.inputs.data {
            *dim = self.file.inputs();
        }
        experiment
    }

    /// Why it cannot be looked at with these data.
    pub(super) fn unfit(&self, problem: UnfitWeights, data: &Data) -> NotLookedAt {
        let advice = match problem {
            UnfitWeights::Inputs { inputs, .. } => format!("; give {}", other_data(inputs, data)),
            _ => String::new(),
        };
        NotLookedAt::Unfit { problem, advice, path: self.path.clone() }
    }

    fn hidden(&self) -> &[DenseLayer] {
        let layers = &self.file.layers;
        &layers[..layers.len().saturating_sub(1)]
    }

    pub(super) fn weights(&self, usual: Activation) -> Result<GivenWeights, UnfitWeights> {
        let layers = &self.file.layers;
        let kernels: Vec<_> = layers.iter().map(|layer| layer.kernel.clone()).collect();
        let has_biases = layers.iter().any(|layer| layer.bias.is_some());
        let bias = |layer: &DenseLayer| layer.bias.clone().unwrap_or_else(|| Array1::zeros(layer.kernel.ncols()));
        let biases = has_biases.then(|| layers.iter().map(bias).collect());
        let weights = GivenWeights::shared(self.label(), kernels, biases)?;
        let activations: Vec<_> = self.hidden().iter().map(|layer| layer.activation.unwrap_or(usual)).collect();
        let norms: Vec<_> = self.hidden().iter().map(|layer| layer.norm.clone()).collect();
        let purpose = self.purpose();
        // Where the experiment says it all, the weights are those that a training starts from.
        let linear = usize::from(self.file.linear_first);
        let is_plain = activations.iter().skip(linear).all(|&activation| activation == usual)
            && norms.iter().all(Option::is_none)
            && purpose == Purpose::Logits;
        if is_plain { Ok(weights) } else { weights.with_functions(LayerFunctions { activations, norms, purpose }) }
    }

    fn purpose(&self) -> Purpose {
        match self.file.ending {
            Ending::Sigmoid if self.file.outputs() == 1 => Purpose::Logistic,
            Ending::Sigmoid => Purpose::Activated(Activation::Sigmoid),
            Ending::Other(activation) => Purpose::Activated(activation),
            Ending::Unsaid | Ending::Logits | Ending::Softmax => Purpose::Logits,
        }
    }

    /// What else is to be given, where these data have other values than it takes: then it is said at once.
    pub(super) fn other_data_in_words(&self, experiment: &Experiment) -> Option<String> {
        let (inputs, data) = (self.file.inputs(), &experiment.inputs.data);
        let dim = experiment.inputs.dim();
        let has_own = matches!(data, Data::Gaussian { .. });
        (dim != inputs && !has_own).then(|| {
            let [inputs_said, dim] = [inputs, dim].map(|count| number::count(count as u64));
            format!(
                "it takes {inputs_said} inputs, but these images have {dim} values: give {}, too",
                other_data(inputs, data)
            )
        })
    }

    /// Bytes that its weights take in memory.
    pub fn bytes(&self) -> usize {
        4 * self.file.layers.iter().map(|layer| layer.kernel.len()).sum::<usize>()
    }

    /// A sentence on what it is: `PyTorch, 784 → 100 → 10, 79,510 weights and biases`.
    pub fn words(&self) -> String {
        let layers = &self.file.layers;
        let units = layers.iter().map(|layer| layer.kernel.ncols());
        let chain: Vec<_> = std::iter::once(self.file.inputs()).chain(units).map(|units| units.to_string()).collect();
        let numbers: usize =
            layers.iter().map(|layer| layer.kernel.len() + layer.bias.as_ref().map_or(0, Array1::len)).sum();
        format!("{}, {}, {} weights and biases", self.file.format, chain.join(" → "), number::count(numbers as u64))
    }
}

/// Data that have as many values; draws only where nobody named data of their own.
fn other_data(inputs: usize, data: &Data) -> String {
    let inputs = number::count(inputs as u64);
    match data {
        Data::Set(_) | Data::Folder(_) => format!("--data with images of {inputs} values"),
        Data::Mnist | Data::Gaussian { .. } => {
            format!("--data with images of {inputs} values, or --data gaussian to draw as many")
        }
    }
}
