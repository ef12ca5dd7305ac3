use std::path::PathBuf;

use crate::experiment::{Data, Experiment};
use crate::image_set::{ImageSet, LabelColumn};

/// Data of the user's own that are to be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SetWish {
    /// The file or folder.
    pub path: PathBuf,
    /// Which column of a table has the labels, if that is said.
    pub label_column: Option<LabelColumn>,
}

impl SetWish {
    /// What reads a set again.
    pub fn of(set: &ImageSet) -> Self {
        Self { path: set.path().to_owned(), label_column: set.label_column().cloned() }
    }
}

/// The data that an experiment names, if they were not read yet.
pub fn unread(experiment: &Experiment) -> Option<SetWish> {
    match &experiment.inputs.data {
        Data::Folder(path) => {
            Some(SetWish { path: path.clone(), label_column: experiment.inputs.label_column.clone() })
        }
        Data::Mnist | Data::Set(_) | Data::Gaussian { .. } => None,
    }
}
