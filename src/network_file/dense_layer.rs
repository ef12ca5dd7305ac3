use ndarray::{Array1, Array2};

use crate::experiment::Activation;

/// A dense layer of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct DenseLayer {
    /// Its name in the file.
    pub name: String,
    /// Weights [inputs, units].
    pub kernel: Array2<f32>,
    /// A bias per unit; `None` for none at all.
    pub bias: Option<Array1<f32>>,
    /// The activation after it; `None` where the file names none, as after the output layer.
    pub activation: Option<Activation>,
    /// A normalisation of its values, image by image.
    pub norm: Option<NormAfter>,
    /// Its kernel's initializer, as the file names it.
    pub initializer: Option<String>,
}

/// A layer normalisation (Ba, Kiros and Hinton 2016): an image's values over all units get the mean 0 and the variance 1, then each
/// unit is scaled and shifted.
#[derive(Clone, Debug, PartialEq)]
pub struct NormAfter {
    /// Where it stands.
    pub place: NormPlace,
    /// Factor of each unit.
    pub scale: Array1<f32>,
    /// What is added to each unit.
    pub shift: Array1<f32>,
    /// What is added to the variance.
    pub epsilon: f64,
}

/// Where a normalisation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NormPlace {
    /// Before the activation.
    PreActivation,
    /// After it.
    Output,
}
