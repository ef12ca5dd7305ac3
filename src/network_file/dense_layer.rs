use ndarray::{ArcArray2, Array1};

use crate::experiment::Activation;
use crate::subject::LayerNorm;

/// A dense layer of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct DenseLayer {
    /// Its name in the file.
    pub name: String,
    /// Weights [inputs, units], shared by all that is made of them.
    pub kernel: ArcArray2<f32>,
    /// A bias per unit; `None` for none at all.
    pub bias: Option<Array1<f32>>,
    /// The activation after it; `None` where the file names none, as after the output layer.
    pub activation: Option<Activation>,
    /// A normalisation of its values, image by image.
    pub norm: Option<LayerNorm>,
    /// Its kernel's initializer, as the file names it.
    pub initializer: Option<String>,
}
