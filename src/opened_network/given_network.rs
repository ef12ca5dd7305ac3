use std::sync::{Arc, Mutex, PoisonError};

use super::{NotLookedAt, OpenedNetwork};
use crate::experiment::{Activation, Data, Experiment, Inputs, PIXELS};
use crate::subject::{GivenWeights, Subject, UnfitWeights};

/// A file's network, put together: what is looked at on any images and, where the file names none, with any activation. Its weights
/// are made once.
#[derive(Debug)]
pub struct GivenNetwork {
    opened: OpenedNetwork,
    /// The weights that were made last, and the activation that they were made with.
    made: Mutex<(Activation, Arc<GivenWeights>)>,
}

impl GivenNetwork {
    /// The network of a file.
    ///
    /// # Errors
    /// If it is no multilayer perceptron, or its shapes are not those of one that can be looked at.
    pub fn new(opened: OpenedNetwork) -> Result<Self, NotLookedAt> {
        if let Some(what) = &opened.file.foreign {
            return Err(NotLookedAt::Foreign { what: what.clone(), path: opened.path.clone() });
        }
        let activation = opened.named_activation().unwrap_or(Activation::Relu);
        let weights = opened.weights(activation).map_err(|problem| opened.unfit(problem, &Data::Mnist))?;
        Ok(Self { opened, made: Mutex::new((activation, Arc::new(weights))) })
    }

    /// What the file says.
    pub fn opened(&self) -> &OpenedNetwork {
        &self.opened
    }

    /// The network on an experiment's images; with the experiment's activation where the file names none. Inputs that are drawn have
    /// as many values as it takes.
    ///
    /// # Errors
    /// If it does not fit the images.
    pub fn subject(&self, experiment: &Experiment) -> Result<Subject, UnfitWeights> {
        let usual = self.opened.named_activation().unwrap_or(experiment.activation);
        Subject::given(self.opened.fitted(experiment, usual), self.weights(usual)?)
    }

    /// An experiment with inputs that it can take: as they are, if they fit, or else MNIST's test images, or draws.
    pub fn suited(&self, experiment: &Experiment) -> Experiment {
        let inputs = self.opened.file.inputs();
        let mut suited = experiment.clone();
        let has_pixels = suited.inputs.data.has_pixels();
        if matches!(&suited.inputs.data, Data::Set(set) if set.dim() == inputs) {
            return suited;
        }
        if has_pixels && (inputs != PIXELS || matches!(suited.inputs.data, Data::Set(_))) {
            let images = suited.inputs.images;
            let usual = Experiment::article().inputs;
            suited.inputs = if inputs == PIXELS {
                Inputs { images: images.min(usual.available()), ..usual }
            } else {
                Inputs { data: Data::Gaussian { dim: inputs }, images, ..usual }
            };
        } else if !has_pixels && inputs == PIXELS {
            let usual = Experiment::article().inputs;
            suited.inputs = Inputs { images: suited.inputs.images.min(usual.available()), ..usual };
        }
        suited
    }

    /// Whether weights are this network's, looked at with this activation.
    pub fn has(&self, weights: &GivenWeights, activation: Activation) -> bool {
        let usual = self.opened.named_activation().unwrap_or(activation);
        self.weights(usual).is_ok_and(|own| *own == *weights)
    }

    /// Its weights, with this activation wherever the file names none.
    fn weights(&self, usual: Activation) -> Result<Arc<GivenWeights>, UnfitWeights> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.0 != usual && !self.opened.is_plain() {
            *made = (usual, Arc::new(self.opened.weights(usual)?));
        }
        Ok(Arc::clone(&made.1))
    }
}

/// By what the files held, and where they are.
impl PartialEq for GivenNetwork {
    fn eq(&self, other: &Self) -> bool {
        let (one, two) = (&self.opened, &other.opened);
        std::ptr::eq(self, other)
            || (&one.file.digest, &one.path, one.anew, one.transposed_kernels)
                == (&two.file.digest, &two.path, two.anew, two.transposed_kernels)
    }
}
