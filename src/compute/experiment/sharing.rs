/// How kernels draw from the seed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Draws {
    /// Every kernel has a stream of its own.
    #[default]
    Independent,
    /// Every kernel takes the first rows x columns standard draws of one stream, as when one Keras initializer with an
    /// integer seed is given to all layers: kernels of equal shape are the same matrix.
    Shared,
}

impl Draws {
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Independent, Self::Shared];

    /// The name on the command line, in files and in the window.
    pub fn name(self) -> &'static str {
        match self {
            Self::Independent => "independent",
            Self::Shared => "shared",
        }
    }
}

/// Where random numbers come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Generator {
    /// ChaCha8, the same on every machine.
    #[default]
    Native,
    /// TensorFlow 1's Philox4x32-10 with Keras 2's graph seed: the draws of figures made with them. For `random_normal`.
    Tensorflow1,
}

impl Generator {
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Native, Self::Tensorflow1];

    /// The name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Tensorflow1 => "tensorflow1",
        }
    }
}
