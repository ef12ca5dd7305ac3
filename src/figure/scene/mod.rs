mod command;
mod foreign;
mod plain_words;
mod read;
mod scene_network;
mod write;

pub use plain_words::plain_words;
pub use read::{experiments_of, key_of, one_line, place};

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use scene_network::SceneNetwork;

use super::{SheetSettings, Shown, View};
use crate::experiment::{Data, Experiment};
use crate::subject::Subject;
use crate::training::TrainingSettings;

/// What a scene file holds: experiments and perhaps how they are shown.
///
/// The file is TOML: `version = 2`, a table `[[experiments]]` for each with the command line's flags as keys (underscored;
/// several sigmas are several experiments, and `preset` names what the others change), and perhaps how they
/// are looked at: all of it as `[shown]`, or only how layers are drawn as `[view]`; a `[figure]`; and how they are
/// trained, as `[training]`; the file whose network is looked at, as `[network]`, or several, as `[[network]]`, each with the numbers
/// of its `experiments`; and what data of the user's own were, as `[[data]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// One or several.
    pub experiments: Vec<Experiment>,
    /// How they are shown, if the scene says all of it.
    pub shown: Option<Shown>,
    /// How their layers are drawn, if the scene says no more than that.
    pub view: Option<View>,
    /// How a figure of them is made, if the scene says so.
    pub figure: Option<SheetSettings>,
    /// How they are trained, if the scene says so.
    pub training: Option<TrainingSettings>,
    /// The files whose networks are looked at in place of drawn ones.
    pub networks: Vec<SceneNetwork>,
    /// What data of the user's own were when the scene was made, as far as that is known.
    pub data: Vec<SceneData>,
}

/// Data of the user's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SceneData {
    /// Where they are: a file or a folder.
    pub file: PathBuf,
    /// The digest of what was read there, by which other data of that name are told from them.
    pub digest: String,
}

/// Why there is no scene; each a sentence that ends in the file's path.
#[derive(Debug, thiserror::Error)]
pub enum SceneError {
    /// The operating system refuses.
    #[error("the scene cannot be read ({error}): check that it exists and that you may read it: {path}")]
    Unreadable {
        /// What the system says.
        error: std::io::Error,
        /// The file.
        path: PathBuf,
    },
    /// What reads it fails.
    #[error("the file is damaged and cannot be read: get it again: {path}")]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The text is no scene.
    #[error("the scene has an error ({problem}): correct it: {path}")]
    Content {
        /// What is wrong with it.
        problem: String,
        /// The file.
        path: PathBuf,
    },
    /// It was written for another version of the format.
    #[error(
        "the scene has version {found} ({place}), but this program reads versions 1 and 2: use the program it was made \
         with, or make it again: {path}"
    )]
    Version {
        /// Where in the file that stands.
        place: String,
        /// What the file says.
        found: String,
        /// The file.
        path: PathBuf,
    },
    /// A lesson.
    #[error(
        "this is a lesson, and no scene: open it in the window (`initscope FILE`), or use `initscope lesson check FILE` or \
         `initscope lesson render FILE`: {path}"
    )]
    Lesson {
        /// The file.
        path: PathBuf,
    },
    /// A file of another program's.
    #[error(
        "this is {kind}, and no scene: look at your own network with `initscope check FILE` or `initscope stats --network FILE`, \
         or open a scene (.toml), or a figure that initscope made (.svg, .pdf, .png, .gif): {path}"
    )]
    Foreign {
        /// What kind of file it is.
        kind: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// Images or labels.
    #[error("this looks like a data file: to use your own images, choose it as the data (--data FILE): {path}")]
    DataFile {
        /// The file.
        path: PathBuf,
    },
    /// Neither text nor a figure.
    #[error(
        "this is neither a scene nor a figure: open a scene (.toml), or a figure that initscope made (.svg, .pdf, .png, \
         .gif): {path}"
    )]
    NoText {
        /// The file.
        path: PathBuf,
    },
    /// A figure that carries no scene.
    #[error("this {kind} carries no scene: open a figure that initscope made, or a scene file: {path}")]
    NoScene {
        /// What kind of file it is.
        kind: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// The operating system refuses.
    #[error("the scene cannot be written ({error}): choose a folder that exists and that you may write to: {path}")]
    Unwritable {
        /// What the system says.
        error: std::io::Error,
        /// The file.
        path: PathBuf,
    },
}

/// What programs that read a file must know. A new key that may be absent is no new version: files without it are read by
/// older programs, and one that has it is refused by those with the key's name. Where a key means something else, it is: in
/// version 1, `scale` of a `[view]` said whether the layers share an axis.
const VERSION: i64 = 2;

/// What this program reads.
const READABLE: [i64; 2] = [1, VERSION];

impl Scene {
    /// These experiments, of which the scene says nothing more.
    pub fn of(experiments: Vec<Experiment>) -> Self {
        Self {
            experiments,
            shown: None,
            view: None,
            figure: None,
            training: None,
            networks: Vec::new(),
            data: Vec::new(),
        }
    }

    /// What is looked at: a file says nothing of weights but how they are drawn.
    pub fn subjects(&self) -> Vec<Subject> {
        self.experiments.iter().map(Subject::from).collect()
    }

    /// The place of the file whose network an experiment, counted from 0, is of; none, where its weights are drawn.
    pub fn network_of(&self, experiment: usize) -> Option<usize> {
        self.networks.iter().position(|network| network.is_of(experiment))
    }

    /// What the data of these experiments are now, as far as they were read; and what is known of others.
    pub fn data_now(&self) -> Vec<SceneData> {
        let mut data: Vec<SceneData> = Vec::new();
        for experiment in &self.experiments {
            if let Data::Set(set) = &experiment.inputs.data
                && data.iter().all(|known| known.file != set.path() || known.digest != set.digest())
            {
                data.push(SceneData { file: set.path().to_owned(), digest: set.digest().to_owned() });
            }
        }
        let is_named =
            |path: &Path| self.experiments.iter().any(|experiment| experiment.inputs.data.path() == Some(path));
        let others =
            self.data.iter().filter(|old| is_named(&old.file) && data.iter().all(|known| known.file != old.file));
        let others: Vec<_> = others.cloned().collect();
        data.into_iter().chain(others).collect()
    }

    /// How layers are drawn, whichever way the scene says it.
    pub fn layers_view(&self) -> Option<View> {
        self.view.or(self.shown.as_ref().map(|shown| shown.layers))
    }

    /// How a figure is made: what the scene says of it, and else what is shown.
    pub fn figure_settings(&self) -> SheetSettings {
        // A view of one experiment makes no figure of several.
        // A view of one experiment has no figure of several.
        let is_of_all = |shown: &Shown| self.experiments.len() == 1 || shown.view.takes_several();
        let shown = self.shown.filter(is_of_all).map(|shown| {
            let last = self.experiments.first().map_or(0, |experiment| experiment.widths.len().saturating_sub(1));
            let layer = shown.layer.map_or(last, |layer| layer.min(last));
            let settings = SheetSettings::of_shown(&Shown { layer: Some(layer), ..shown });
            // Another view of the same scene has the same layer.
            SheetSettings { layer: Some(layer + 1), ..settings }
        });
        let shown = shown.unwrap_or_default();
        self.figure.clone().unwrap_or_default().over(shown)
    }
}
