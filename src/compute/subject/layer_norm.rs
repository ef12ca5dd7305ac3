use ndarray::Array1;

/// A layer normalisation (Ba, Kiros and Hinton 2016): an image's values over all units get the mean 0 and the variance 1, then each
/// unit is scaled and shifted.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerNorm {
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
