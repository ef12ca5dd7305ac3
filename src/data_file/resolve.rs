//! Experiments whose data are only named, once these are read.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{DataFileError, ReadWatch, SetWish, read_once, unread};
use crate::experiment::{Experiment, SettingError};
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

/// Reads what experiments only name, each file once, and puts it in its place. Returns what was read.
///
/// # Errors
/// If files cannot be read, or whoever watches stops it.
pub fn resolve(experiments: &mut [Experiment], watch: &ReadWatch<'_>) -> Result<Vec<Arc<ImageSet>>, Unresolved> {
    let mut sets: HashMap<SetWish, Arc<ImageSet>> = HashMap::new();
    let mut in_order = Vec::new();
    for experiment in experiments {
        let Some(wish) = unread(experiment) else { continue };
        let set = match sets.get(&wish) {
            Some(set) => Arc::clone(set),
            None => {
                let set = read_once(&wish, watch)?;
                in_order.push(Arc::clone(&set));
                Arc::clone(sets.entry(wish.clone()).or_insert(set))
            }
        };
        experiment.inputs =
            experiment.inputs.of_set(set).map_err(|problem| Unresolved::Setting { problem, path: wish.path })?;
    }
    Ok(in_order)
}
