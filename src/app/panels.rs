/// What is open in the window beside the layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panels {
    /// What can be set.
    pub controls: bool,
    /// All of it, or what is moved most.
    pub details: bool,
    /// The gradient's norm in every layer.
    pub norms: bool,
    /// What mean-field theory says of the network.
    pub theory: bool,
    /// What is to be seen, in words.
    pub words: bool,
    /// The activation with a layer's pre-activations.
    pub activation: bool,
}

impl Default for Panels {
    fn default() -> Self {
        Self { controls: true, details: false, norms: false, theory: false, words: true, activation: false }
    }
}
