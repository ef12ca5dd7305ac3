use crate::engine::Failure;
use crate::engine::landscape::NoTerrain;

/// Why there is no such figure; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum NoView {
    /// The view shows one experiment.
    #[error(
        "there are {0} experiments, but this view shows one: give only one, for example with a single --sigma, or \
         use --show layers"
    )]
    Several(usize),
    /// More networks than are trained side by side.
    #[error("there are {0} networks, but at most {1} are trained side by side: give fewer")]
    TooMany(usize, usize),
    /// One landscape shows one training.
    #[error(
        "a landscape of trained networks shows one training, and networks that differ in nothing but σ and the depth: give one experiment \
         and one --learning-rate"
    )]
    SeveralTrainings,
    /// No network of that letter.
    #[error("there is no network {0}: choose one of the first {1} letters, or leave out --racer")]
    NoRacer(char, usize),
    /// The network has fewer layers.
    #[error("--layer {0} does not exist in this network: use 1 to {1}")]
    NoLayer(usize, usize),
    /// Nothing was before a training.
    #[error(
        "--with-start draws what one network was before its training: give --steps N for one network, and no --quantity updates"
    )]
    NoStart,
    /// The experiment has no landscape.
    #[error("there is no landscape: {0}")]
    NoLandscape(#[from] NoTerrain),
    /// The network has nothing of what is to be drawn.
    #[error("{0} Choose another --quantity or --show")]
    Lacks(String),
    /// It cannot be measured.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// There are no images, or nothing that could be drawn.
    #[error("nothing was measured")]
    Nothing,
}
