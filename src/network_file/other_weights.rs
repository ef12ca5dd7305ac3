use ndarray::ArcArray1;

/// Weights of a layer that a multilayer perceptron does not have, such as a convolution.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherWeights {
    /// How many dense layers stand before it in the file.
    pub place: usize,
    /// Its name in the file.
    pub name: String,
    /// Its lengths, as they stand there.
    pub shape: Vec<usize>,
    /// All its numbers.
    pub values: ArcArray1<f32>,
    /// Its biases, if it has any.
    pub bias: Option<ArcArray1<f32>>,
}
