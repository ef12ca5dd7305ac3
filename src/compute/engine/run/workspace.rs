use ndarray::Array2;

use crate::network::{Scratch, Tape};

/// What one thread needs to push a block through the network and back.
pub(super) struct Workspace {
    /// The block's images.
    pub images: Array2<f32>,
    pub scratch: Scratch,
    pub tape: Option<Tape>,
}

/// What comes out at the end of a network.
pub(super) struct Pushed {
    pub loss: f64,
    pub logit_gradient_squares: f64,
    /// Logits of networks that only scale.
    pub logits: Option<Array2<f32>>,
}
