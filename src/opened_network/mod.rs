//! A network of a file, to be looked at: with the experiment's images, the activations that the file names, and for those that it
//! does not name the one that is given, or else a guess of what it may be.

mod anew;
mod given_network;
mod guess;
mod loading_code;
mod opener;
mod subject;
mod weights_table;

use std::path::{Path, PathBuf};

pub use given_network::GivenNetwork;
pub use guess::{Guess, nothing_fits};
pub use loading_code::NoLoadingCode;
pub use opener::{FilesWish, NotOpened, OpenedFiles, OpenedOne, WantedFile, opener};
pub use weights_table::{HEADS, LayerWeights};

use crate::experiment::{Activation, Initializer};
use crate::network_file::{NetworkFile, NetworkFileError};
use crate::subject::UnfitWeights;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct OpenedNetwork {
    /// What it says.
    pub file: NetworkFile,
    /// Where it is.
    pub path: PathBuf,
    /// From what its weights were drawn in place of the file's, and from which seed, if they were.
    pub anew: Option<(Initializer, u32)>,
    /// Whether rows and columns of its square kernels were exchanged.
    pub transposed_kernels: bool,
}

/// Why a network cannot be looked at; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum NotLookedAt {
    /// The file gives no network.
    #[error(transparent)]
    File(#[from] NetworkFileError),
    /// It has layers of other kinds.
    #[error(
        "this is no multilayer perceptron: the first layer of another kind is {what}; `initscope check --weights` \
             looks at the weights of its layers alone: {path}"
    )]
    Foreign {
        /// The layer.
        what: String,
        /// The file.
        path: PathBuf,
    },
    /// Its shapes are not those of a network that can be looked at.
    #[error("{problem}{advice}: {path}")]
    Unfit {
        /// What is wrong.
        problem: UnfitWeights,
        /// What to do, if anything.
        advice: String,
        /// The file.
        path: PathBuf,
    },
    /// Draws that images decide.
    #[error(
        "{initializer} scales weights by images, which is done only for one activation and ten classes: choose another: {path}"
    )]
    NotDrawnAnew {
        /// What was to draw them.
        initializer: Initializer,
        /// The file.
        path: PathBuf,
    },
    /// It names another activation than is asked for.
    #[error("--activation {asked} conflicts with the file, which names {named} for {layer}: leave it out: {path}")]
    Conflict {
        /// What is asked for.
        asked: Activation,
        /// What the file names.
        named: Activation,
        /// The layer.
        layer: String,
        /// The file.
        path: PathBuf,
    },
    /// It names none, and none is asked for.
    #[error("the file names no activation: give --activation NAME{guesses}: {path}")]
    Unnamed {
        /// What it may be, in words.
        guesses: String,
        /// The file.
        path: PathBuf,
    },
}

impl OpenedNetwork {
    /// Reads a file.
    ///
    /// # Errors
    /// If it gives no network.
    pub fn read(path: &Path) -> Result<Self, NetworkFileError> {
        Self::read_with(path, false)
    }

    /// The same, with rows and columns of its square kernels exchanged, if that is asked for.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_with(path: &Path, transposed_kernels: bool) -> Result<Self, NetworkFileError> {
        let file = NetworkFile::read_with(path, transposed_kernels)?;
        Ok(Self { file, path: path.to_owned(), anew: None, transposed_kernels })
    }

    /// The same with square kernels the other way round, where neither shapes nor names say which is right.
    fn other_orientation(&self) -> Option<Self> {
        let is_open = self.file.is_orientation_guessed && self.anew.is_none();
        Self::read_with(&self.path, !self.transposed_kernels).ok().filter(|_| is_open)
    }

    /// Whether an activation is to be asked for.
    pub fn lacks_activation(&self) -> bool {
        self.file.activations().contains(&None)
    }
}
