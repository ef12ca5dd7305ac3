use std::path::PathBuf;
use std::sync::Arc;

use super::guess::are_better;
use super::{GivenNetwork, Guess, LayerWeights, OpenedNetwork};
use crate::data_file::{ReadWatch, resolve};
use crate::engine::{Desk, Failure, Measurer, Turn, Wish};
use crate::experiment::{Experiment, Initializer};

/// Files of networks that are to be read.
#[derive(Clone, Debug)]
pub struct FilesWish {
    /// The files.
    pub files: Vec<WantedFile>,
    /// Where an activation is to be guessed that a file does not name: what the network is shown.
    pub guessed_on: Option<Experiment>,
    /// Experiments that they are for, whose data may only be named.
    pub experiments: Vec<Experiment>,
}

/// A file that is to be read.
#[derive(Clone, Debug)]
pub struct WantedFile {
    /// Where it is.
    pub path: PathBuf,
    /// The digest of what it is to hold, if that is known.
    pub digest: Option<String>,
    /// From what its shape is to be drawn anew, and from which seed, in place of its weights.
    pub anew: Option<(Initializer, u32)>,
    /// Whether rows and columns of its square kernels are to be exchanged.
    pub transposed_kernels: bool,
}

/// Networks of files, and the experiments that they are for with their data; or a sentence on why there are none.
pub struct OpenedFiles(pub Result<(Vec<OpenedOne>, Vec<Experiment>), NotOpened>);

/// Why a file gives no network that could be looked at.
#[derive(Clone, Debug)]
pub struct NotOpened {
    /// The sentence.
    pub sentence: String,
    /// What its weights look like all the same, layer by layer, where it has layers of other kinds.
    pub weights: Vec<LayerWeights>,
}

impl From<String> for NotOpened {
    fn from(sentence: String) -> Self {
        Self { sentence, weights: Vec::new() }
    }
}

/// A file's network, and what may be guessed of it, the best first.
pub type OpenedOne = (Arc<GivenNetwork>, Arc<[Guess]>);

impl Wish for FilesWish {
    type Found = OpenedFiles;

    fn is_met_by(&self, _: &OpenedFiles) -> bool {
        true
    }

    /// A file that is opened again may hold something else.
    fn covers(&self, _: &Self) -> bool {
        false
    }
}

/// Who reads files on a thread of its own; `wake` is called when they are read.
///
/// # Errors
/// If the system gives no thread.
pub fn opener(wake: impl Fn() + Send + 'static) -> Result<Desk<FilesWish, OpenedFiles>, Failure> {
    let open = |wish: FilesWish, turn: &Turn<'_>, publish: &mut dyn FnMut(OpenedFiles)| {
        let mut networks = Vec::new();
        // What guesses are made on comes first.
        let guesses = wish.guessed_on.is_some();
        let mut experiments: Vec<_> = wish.guessed_on.into_iter().chain(wish.experiments).collect();
        let go_on = |_| !turn.is_over();
        if let Err(problem) = resolve(&mut experiments, &ReadWatch::new(&go_on)) {
            if turn.is_over() {
                return Err(Failure::Interrupted);
            }
            publish(OpenedFiles(Err(problem.to_string().into())));
            return Ok(());
        }
        let guessed_on = guesses.then(|| experiments.remove(0));
        for file in &wish.files {
            if turn.is_over() {
                return Err(Failure::Interrupted);
            }
            match read(file, guessed_on.as_ref()) {
                Ok(network) => networks.push(network),
                Err(problem) => {
                    publish(OpenedFiles(Err(problem)));
                    return Ok(());
                }
            }
        }
        publish(OpenedFiles(Ok((networks, experiments))));
        Ok(())
    };
    Desk::start("initscope-opener", open, wake, |_| ())
}

fn read(file: &WantedFile, guessed_on: Option<&Experiment>) -> Result<OpenedOne, NotOpened> {
    let WantedFile { path, digest, anew, transposed_kernels } = file;
    let said = |error: &dyn std::fmt::Display| NotOpened::from(error.to_string());
    let opened = OpenedNetwork::read_with(path, *transposed_kernels).map_err(|error| said(&error))?;
    if digest.as_ref().is_some_and(|digest| *digest != opened.file.digest) {
        let sentence = "this file holds another network than it did: open it by itself to look at it all the same";
        return Err(format!("{sentence}: {}", path.display()).into());
    }
    let opened = match *anew {
        Some((initializer, seed)) => opened.drawn_anew(initializer, seed).map_err(|error| said(&error))?,
        None => opened,
    };
    if opened.file.foreign.is_some() {
        let weights = LayerWeights::all(&opened.file);
        return Err(GivenNetwork::new(opened)
            .map_or_else(|error| NotOpened { weights, ..said(&error) }, |_| NotOpened::from(String::new())));
    }
    let is_asked = *transposed_kernels || digest.is_some();
    let network = GivenNetwork::new(opened).map_err(|error| said(&error))?;
    let guessed_on = guessed_on.filter(|_| network.opened().lacks_activation()).map(|shown| network.suited(shown));
    let Some(shown) = guessed_on else { return Ok((Arc::new(network), Vec::new().into())) };
    // On threads that give way to the window.
    let measurer = Measurer::new().map_err(|failure| said(&failure))?;
    let guesses = |network: &GivenNetwork| measurer.pool().install(|| network.guesses(&shown));
    let own = guesses(&network);
    // What neither shapes nor names say is guessed, too, unless somebody said it.
    let mut other = network.opened().other_orientation().filter(|_| !is_asked);
    if let Some(other) = &mut other {
        other
            .file
            .notes
            .push("That is a guess, too: as they are in the file, it gets fewer labelled images right.".to_owned());
    }
    if let Some(turned) = other.and_then(|other| GivenNetwork::new(other).ok()) {
        let of_turned = guesses(&turned);
        if are_better(&of_turned, &own) {
            return Ok((Arc::new(turned), of_turned.into()));
        }
    }
    Ok((Arc::new(network), own.into()))
}
