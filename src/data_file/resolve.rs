//! Experiments whose data are only named, once these are read.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{DataFileError, ReadWatch, read};
use crate::experiment::{Data, Experiment, SettingError};
use crate::image_set::ImageSet;

/// Why experiments have no images; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum Unresolved {
    /// The files cannot be read.
    #[error(transparent)]
    File(#[from] DataFileError),
    /// Their images are none that can be shown.
    #[error("{problem}: {path}")]
    Setting {
        /// What is wrong.
        problem: SettingError,
        /// The file or folder.
        path: PathBuf,
    },
}

/// The file or folder of an experiment's data, if it was not read yet.
pub fn unread(experiment: &Experiment) -> Option<&Path> {
    match &experiment.inputs.data {
        Data::Folder(path) => Some(path),
        Data::Mnist | Data::Set(_) | Data::Gaussian { .. } => None,
    }
}

/// Reads what experiments only name, each file once, and puts it in its place. Returns what was read.
///
/// # Errors
/// If files cannot be read, or whoever watches stops it.
pub fn resolve(experiments: &mut [Experiment], watch: &ReadWatch<'_>) -> Result<Vec<Arc<ImageSet>>, Unresolved> {
    let mut sets: HashMap<PathBuf, Arc<ImageSet>> = HashMap::new();
    let mut in_order = Vec::new();
    for experiment in experiments {
        let Some(path) = unread(experiment).map(Path::to_owned) else { continue };
        let set = match sets.get(&path) {
            Some(set) => Arc::clone(set),
            None => {
                let set = Arc::new(read(&path, watch)?);
                in_order.push(Arc::clone(&set));
                Arc::clone(sets.entry(path.clone()).or_insert(set))
            }
        };
        experiment.inputs =
            experiment.inputs.of_set(set).map_err(|problem| Unresolved::Setting { problem, path: path.clone() })?;
    }
    Ok(in_order)
}
