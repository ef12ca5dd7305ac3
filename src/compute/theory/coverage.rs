/// How far the theory holds for a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// Exact as the layers grow wide; at width n off by terms of order depth / n.
    ExactInTheLimit,
    /// Nearly right, and why not quite.
    Approximate(&'static str),
    /// No prediction, and why.
    NotCovered(&'static str),
}

/// How the weights of a network hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draws {
    /// Every weight drawn by itself, from any law of finite variance: normal, truncated, uniform.
    Independent,
    /// Orthonormal rows or columns.
    Orthogonal,
    /// Most weights of a unit zero, few normal.
    Sparse,
    /// Orthogonal, then scaled by what images do (LSUV).
    ScaledByData,
    /// One positive draw in every unit, the others normal (RAI).
    Asymmetric,
    /// All kernels cut from one stream of draws.
    Shared,
    /// All weights equal: zeros, ones, any constant.
    Constant,
    /// The identity.
    Identity,
    /// Nothing is drawn: the weights come from elsewhere.
    Given,
    /// They were drawn once, and trained since.
    Trained,
}

impl Draws {
    /// How far the theory holds for such weights.
    pub fn coverage(self, weight_mean: f64) -> Coverage {
        match self {
            Self::Independent if weight_mean == 0.0 => Coverage::ExactInTheLimit,
            Self::Independent => Coverage::Approximate(
                "The weights' mean makes all units of a layer fluctuate together, which theory leaves out: good while the \
                 mean is far below sigma.",
            ),
            Self::Orthogonal => Coverage::Approximate(
                "Orthogonal weights keep norms exactly: layers fluctuate less than independent weights of this variance.",
            ),
            Self::Sparse => Coverage::Approximate(
                "With few non-zero weights per unit the sums are not yet normal; their variance is right.",
            ),
            Self::ScaledByData => Coverage::Approximate(
                "The scales follow from the images; theory starts from the weights' variance after scaling.",
            ),
            Self::Asymmetric => {
                Coverage::NotCovered("Weights of a unit have different laws, one of them with a positive mean.")
            }
            Self::Shared => Coverage::NotCovered(
                "The same matrix in every layer: layers are not independent, and what one amplifies the next does again.",
            ),
            Self::Constant => {
                Coverage::NotCovered("All units of a layer do the same: there is nothing to average over.")
            }
            Self::Identity => Coverage::NotCovered("Nothing is drawn: each unit sees one input."),
            Self::Given => Coverage::NotCovered("Mean-field theory is about drawn weights; these were given."),
            Self::Trained => Coverage::NotCovered("Mean-field theory is about drawn weights; these were trained."),
        }
    }
}
