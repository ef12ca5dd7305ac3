mod read;
mod write;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{SheetSettings, Shown, View, ViewName};
use crate::caught::caught;
use crate::experiment::Experiment;
use crate::page::{Carried, scene_in};
use crate::whole_file::WholeFile;

/// What a scene file holds: experiments and perhaps how they are shown.
///
/// The file is TOML: `version = 2`, a table `[[experiments]]` for each with the command line's flags as keys (underscored;
/// several sigmas are several experiments, and `preset` names what the others change), and perhaps how they
/// are looked at: all of it as `[shown]`, or only how layers are drawn as `[view]`; and a `[figure]`.
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
    /// Reads a scene file, or the scene that a figure carries: an SVG, PDF, PNG or GIF. A data folder in it is looked for from
    /// where the file is.
    ///
    /// # Errors
    /// If it cannot be read, or is not as it must be.
    pub fn read(path: &Path) -> Result<Self, SceneError> {
        let unreadable = |error| SceneError::Unreadable { error, path: path.to_owned() };
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let damaged = |_| SceneError::Damaged { path: path.to_owned() };
        let text = match caught(|| scene_in(&bytes)).map_err(damaged)? {
            Some(Carried::Scene(text)) => text,
            Some(Carried::None(kind)) => return Err(SceneError::NoScene { kind, path: path.to_owned() }),
            None => String::from_utf8(bytes).map_err(|error| unreadable(std::io::Error::other(error)))?,
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        caught(|| Self::parse(&text, folder)).map_err(damaged)?.map_err(|error| error.at(path))
    }

    /// How layers are drawn, whichever way the scene says it.
    pub fn layers_view(&self) -> Option<View> {
        self.view.or(self.shown.as_ref().map(|shown| shown.layers))
    }

    /// How a figure is made: what the scene says of it, and else what is shown.
    pub fn figure_settings(&self) -> SheetSettings {
        // A view of one experiment makes no figure of several.
        let is_of_all =
            |shown: &&Shown| self.experiments.len() == 1 || matches!(shown.view, ViewName::Layers | ViewName::Compare);
        let shown = self.shown.as_ref().filter(is_of_all).map(SheetSettings::of_shown).unwrap_or_default();
        self.figure.clone().unwrap_or_default().over(shown)
    }

    /// Parses a scene's text; data folders are looked for from `folder`.
    ///
    /// # Errors
    /// If it is not as it must be; the path is missing from it.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, SceneError> {
        read::read(text, folder)
    }

    /// The scene as a file's text; every setting stands in it.
    pub fn to_text(&self) -> String {
        write::text(self)
    }

    /// Writes a file, whole or not at all.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), SceneError> {
        let write = || {
            let mut file = WholeFile::create(path)?;
            file.write_all(self.to_text().as_bytes())?;
            file.finish()
        };
        write().map_err(|error| SceneError::Unwritable { error, path: path.to_owned() })
    }
}

impl SceneError {
    /// The same of a file.
    fn at(self, file: &Path) -> Self {
        let path = file.to_owned();
        match self {
            Self::Content { problem, .. } => Self::Content { problem, path },
            Self::Version { place, found, .. } => Self::Version { place, found, path },
            other => other,
        }
    }
}
