//! Files that hold networks of other programs: NumPy, safetensors, PyTorch, Keras and ONNX, each recognised by its content. All of
//! them give one value, a [`NetworkFile`]. Nothing in a file is ever executed, and what a file claims of itself is checked against
//! its length before any memory is taken.

mod activation_name;
mod archive;
mod assembly;
mod chain;
mod dense_layer;
mod element;
mod error;
mod format;
mod free_memory;
mod hdf5;
mod keras_archive;
mod keras_config;
mod keras_graph;
mod keras_h5;
mod named_step;
mod named_tensor;
mod natural_order;
mod npy;
mod npz;
mod onnx;
mod onnx_chain;
mod onnx_graph;
mod onnx_operator;
mod onnx_tensor;
mod other_weights;
mod pickle;
mod pickle_value;
mod protobuf;
mod read;
mod recognition;
mod safetensors;
mod step;
mod tensor_name;
mod torch_legacy;
mod torch_module;
mod torch_tensor;
mod torch_zip;

pub use dense_layer::DenseLayer;
pub use error::NetworkFileError;
pub use format::{FORMATS, Format};
pub use other_weights::OtherWeights;

use crate::experiment::Activation;

/// What a file says of a network.
#[derive(Clone, Debug)]
pub struct NetworkFile {
    /// Which kind of file it is.
    pub format: &'static str,
    /// Its dense layers, the output layer last, as far as they follow one another.
    pub layers: Vec<DenseLayer>,
    /// What follows the output layer.
    pub ending: Ending,
    /// The first layer that a multilayer perceptron does not have, with what it is; then `layers` are all dense ones there are.
    pub foreign: Option<String>,
    /// Weights of layers of other kinds, from the first of these on.
    pub others: Vec<OtherWeights>,
    /// Normalisations that went into the weights of a layer, by their names.
    pub folded: Vec<String>,
    /// Whether it begins by scaling pixels that reach to 255.
    pub scales_pixels: bool,
    /// What was done to it that a reader of the file should know, a sentence each.
    pub notes: Vec<String>,
    /// Whether the first layer is linear and stands apart from the hidden ones, as in this program's own files.
    pub linear_first: bool,
    /// How many of its kernels are square, so that their shape does not say what their rows are.
    pub squares: usize,
    /// Whether their names do not say it either.
    pub is_orientation_guessed: bool,
    /// A digest of the file's bytes.
    pub digest: String,
}

/// What follows the output layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ending {
    /// Nothing, or nothing that is said.
    Unsaid,
    /// The model ends in logits, as its file says.
    Logits,
    /// A softmax or its logarithm, which was taken off.
    Softmax,
    /// A sigmoid for each unit, which was taken off.
    Sigmoid,
    /// Another activation, which was taken off.
    Other(Activation),
}

impl NetworkFile {
    /// Activations of the hidden layers; `None` where the file does not name them.
    pub fn activations(&self) -> Vec<Option<Activation>> {
        let hidden = self.layers.len().saturating_sub(1);
        self.layers[..hidden].iter().map(|layer| layer.activation).collect()
    }

    /// Inputs of the first layer.
    pub fn inputs(&self) -> usize {
        self.layers.first().map_or(0, |layer| layer.kernel.nrows())
    }

    /// Units of the output layer.
    pub fn outputs(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.kernel.ncols())
    }

    /// That the same shape, drawn anew, lacks the normalisations that went into weights, if there are any.
    pub fn folded_sentence(&self) -> Option<String> {
        let names = self.folded.join(", ");
        let weights = if self.folded.len() == 1 { "which is" } else { "which are" };
        (!names.is_empty())
            .then(|| format!("Drawn anew, the network is without {names}, {weights} in the weights of the file."))
    }

    /// The initializers that the file names, each with the first layer that it draws.
    pub fn named_initializers(&self) -> Vec<(&str, &str)> {
        let mut all: Vec<(&str, &str)> = Vec::new();
        for layer in &self.layers {
            if let Some(named) =
                layer.initializer.as_deref().filter(|named| all.iter().all(|(known, _)| known != named))
            {
                all.push((named, &layer.name));
            }
        }
        all
    }

    /// The initializer of its first hidden layer, if the file names one.
    pub fn initializer(&self) -> Option<&str> {
        self.layers.first().and_then(|layer| layer.initializer.as_deref())
    }
}
