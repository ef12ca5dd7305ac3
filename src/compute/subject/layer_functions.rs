use super::LayerNorm;
use crate::experiment::Activation;

/// What given layers do beside their products, where the experiment's one activation does not say it.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerFunctions {
    /// The activation of every layer but the output layer; without effect on a linear first one.
    pub activations: Vec<Activation>,
    /// A normalisation of each of them, where there is one.
    pub norms: Vec<Option<LayerNorm>>,
    /// What the output layer is for.
    pub purpose: Purpose,
}

impl LayerFunctions {
    /// Whether a training can go on from such layers: they have activations and nothing else, and give logits.
    pub fn can_be_trained(&self) -> bool {
        self.norms.iter().all(Option::is_none) && self.purpose == Purpose::Logits
    }
}

/// What an output layer is for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Purpose {
    /// A logit for each class; if there is one unit alone, a number.
    #[default]
    Logits,
    /// The logit of one probability.
    Logistic,
    /// Something else, which this activation makes of the output layer's values.
    Activated(Activation),
}

/// Why there is no loss, and so no gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoLoss {
    /// It gives one number.
    #[error("There is no loss and no gradient: the network gives one number, and the images have labels of classes.")]
    Regression,
    /// Its outputs are no logits.
    #[error("There is no loss and no gradient: the output layer ends in {0}, so its values are no logits of classes.")]
    Activated(&'static str),
    /// It tells fewer classes apart than there are.
    #[error(
        "There is no loss and no gradient: the network tells {0} classes apart, but the images have labels of {1}."
    )]
    FewClasses(usize, usize),
    /// It gives one probability.
    #[error(
        "There is no loss and no gradient: the network gives one probability, but the images have labels of {0} classes."
    )]
    NotBinary(usize),
    /// The images have no labels.
    #[error("There is no loss and no gradient: these images have no labels.")]
    NoLabels,
}
