use std::path::PathBuf;
use std::sync::Arc;

use super::{GivenNetwork, Guess, OpenedNetwork};
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
}

/// Networks of files, and the experiments that they are for with their data; or a sentence on why there are none.
pub struct OpenedFiles(pub Result<(Vec<OpenedOne>, Vec<Experiment>), String>);

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
            publish(OpenedFiles(Err(problem.to_string())));
            return Ok(());
        }
        let guessed_on = guesses.then(|| experiments.remove(0));
        for file in &wish.files {
            if turn.is_over() {
                return Err(Failure::Interrupted);
            }
            match read(file, guessed_on.as_ref()) {
                Ok(network) => networks.push(network),
                Err(sentence) => {
                    publish(OpenedFiles(Err(sentence)));
                    return Ok(());
                }
            }
        }
        publish(OpenedFiles(Ok((networks, experiments))));
        Ok(())
    };
    Desk::start("initscope-opener", open, wake, |_| ())
}

fn read(file: &WantedFile, guessed_on: Option<&Experiment>) -> Result<OpenedOne, String> {
    let WantedFile { path, digest, anew } = file;
    let opened = OpenedNetwork::read(path).map_err(|error| error.to_string())?;
    if digest.as_ref().is_some_and(|digest| *digest != opened.file.digest) {
        let sentence = "this file holds another network than it did: open it by itself to look at it all the same";
        return Err(format!("{sentence}: {}", path.display()));
    }
    let opened = match *anew {
        Some((initializer, seed)) => opened.drawn_anew(initializer, seed).map_err(|error| error.to_string())?,
        None => opened,
    };
    let network = GivenNetwork::new(opened).map_err(|error| error.to_string())?;
    let guessed_on = guessed_on.filter(|_| network.opened().lacks_activation()).map(|shown| network.suited(shown));
    let guesses = match guessed_on {
        // On threads that give way to the window.
        Some(shown) => match Measurer::new() {
            Ok(measurer) => measurer.pool().install(|| network.guesses(&shown)),
            Err(failure) => return Err(failure.to_string()),
        },
        None => Vec::new(),
    };
    Ok((Arc::new(network), guesses.into()))
}
