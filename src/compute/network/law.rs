use super::kernel::Bounds;

/// The law of a standard draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// N(0, 1)
    Normal,
    /// N(0, 1), values beyond +-2 drawn again
    NormalCutAt2,
    /// U[-1, 1), in steps of 2^-23
    Uniform,
    /// 0: nothing is drawn
    None,
    /// 1 on the diagonal, else 0
    Identity,
    /// Orthonormal rows or columns, whichever are fewer
    Orthogonal,
    /// N(0, 1), and in every row this share of zeros; fewer of them are among the more
    Sparse {
        /// The share.
        sparsity: f64,
    },
    /// Weights, and the biases as one more row, of randomized asymmetric initialization
    Rai,
    /// N(0, 1), as TensorFlow 1 drew it
    Tensorflow1,
}

impl Law {
    /// What no draw can leave, if that is not known to be far away.
    pub(super) fn bounds(self) -> Bounds {
        match self {
            Self::Uniform => Bounds::Between(-1.0, 1.0),
            Self::NormalCutAt2 => Bounds::Between(-2.0, 2.0),
            Self::Normal
            | Self::Tensorflow1
            | Self::Sparse { .. }
            | Self::Rai
            | Self::None
            | Self::Identity
            | Self::Orthogonal => Bounds::None,
        }
    }
}
