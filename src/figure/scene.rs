use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{SheetSettings, View};
use crate::experiment::{Experiment, Preset, Settings};
use crate::page::{Carried, scene_in};
use crate::whole_file::WholeFile;

/// What a scene file holds: experiments and perhaps how they are shown.
///
/// The file is TOML: `version = 1`, a table `[[experiments]]` for each with the command line's flags as keys (underscored;
/// several sigmas are several experiments, and `preset` names what the others change), and perhaps a `[view]` and a `[figure]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// One or several.
    pub experiments: Vec<Experiment>,
    /// How they are shown, if the scene says so.
    pub view: Option<View>,
    /// How a figure of them is made, if the scene says so.
    pub figure: Option<SheetSettings>,
}

/// Why there is no scene; each a sentence that ends in the file's path.
#[derive(Debug, thiserror::Error)]
pub enum SceneError {
    /// The operating system refuses.
    #[error("the scene cannot be read, name a file that is there and can be ({error}): {path}")]
    Unreadable {
        /// What the system says.
        error: std::io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The text is no scene.
    #[error("the scene is not as it must be, put this right ({problem}): {path}")]
    Content {
        /// What is wrong with it.
        problem: String,
        /// The file.
        path: PathBuf,
    },
    /// It was written for another version of the format.
    #[error(
        "the scene is of version {found}, and this program reads version 1: get the program it was made with, or make it again: {path}"
    )]
    Version {
        /// What the file says.
        found: String,
        /// The file.
        path: PathBuf,
    },
    /// A figure that carries no scene.
    #[error("this {kind} carries no scene: open a figure that initscope has made, or a scene file: {path}")]
    NoScene {
        /// What kind of file it is.
        kind: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// The operating system refuses.
    #[error(
        "the scene cannot be written, name a file in a folder that is there and can be written to ({error}): {path}"
    )]
    Unwritable {
        /// What the system says.
        error: std::io::Error,
        /// The file.
        path: PathBuf,
    },
}

const VERSION: i64 = 1;

impl SceneError {
    /// The same of a file.
    fn at(self, file: &Path) -> Self {
        let path = file.to_owned();
        match self {
            Self::Content { problem, .. } => Self::Content { problem, path },
            Self::Version { found, .. } => Self::Version { found, path },
            other => other,
        }
    }
}

/// The file as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "version")]
    _version: i64,
    #[serde(default)]
    experiments: Vec<toml::Table>,
    view: Option<View>,
    figure: Option<SheetSettings>,
}

/// The file as it is written.
#[derive(Serialize)]
struct Written {
    version: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<View>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<SheetSettings>,
    experiments: Vec<Settings>,
}

impl Scene {
    /// Reads a scene file, or the scene that a figure carries: an SVG, PDF, PNG or GIF. A data folder in it is looked for from where the file is.
    ///
    /// # Errors
    /// If it cannot be read, or is not as it must be.
    pub fn read(path: &Path) -> Result<Self, SceneError> {
        let unreadable = |error| SceneError::Unreadable { error, path: path.to_owned() };
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let text = match scene_in(&bytes) {
            Some(Carried::Scene(text)) => text,
            Some(Carried::None(kind)) => return Err(SceneError::NoScene { kind, path: path.to_owned() }),
            None => String::from_utf8(bytes).map_err(|error| unreadable(std::io::Error::other(error)))?,
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder).map_err(|error| error.at(path))
    }

    /// Of a scene's text; data folders are looked for from `folder`.
    ///
    /// # Errors
    /// If it is not as it must be.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, SceneError> {
        let wrong = |problem: String| SceneError::Content { problem, path: PathBuf::new() };
        let said = |error: toml::de::Error| one_line(error.message());
        let file: toml::Table = text.parse().map_err(|error| wrong(place(text, &error) + &said(error)))?;
        match file.get("version") {
            Some(toml::Value::Integer(VERSION)) => {}
            Some(other) => {
                return Err(SceneError::Version { found: one_line(&other.to_string()), path: PathBuf::new() });
            }
            None => return Err(wrong("it must start with version = 1".to_owned())),
        }
        let file = Read::deserialize(file).map_err(|error| wrong(said(error)))?;
        let mut experiments = Vec::new();
        for (number, table) in (1..).zip(file.experiments) {
            let of_table =
                of_table(table, folder).map_err(|problem| wrong(format!("experiment {number}: {problem}")))?;
            experiments.extend(of_table);
        }
        if experiments.is_empty() {
            return Err(wrong("it has no [[experiments]]".to_owned()));
        }
        Ok(Self { experiments, view: file.view, figure: file.figure })
    }

    /// The scene as a file's text; every setting stands in it.
    pub fn to_text(&self) -> String {
        let experiments = self.experiments.iter().map(Settings::from).collect();
        let written = Written { version: VERSION, view: self.view, figure: self.figure.clone(), experiments };
        // All of it is numbers, words and tables of these.
        toml::to_string(&written).unwrap_or_default()
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

/// The experiments of one table.
fn of_table(mut table: toml::Table, folder: &Path) -> Result<Vec<Experiment>, String> {
    let bases = match table.remove("preset") {
        None => vec![Experiment::article()],
        Some(toml::Value::String(name)) => Preset::named(&name).map_err(|error| error.to_string())?.experiments,
        Some(other) => return Err(format!("preset = {} is no name", one_line(&other.to_string()))),
    };
    let mut settings = Settings::deserialize(table).map_err(|error| one_line(error.message()))?;
    let word = |data: &Path| data == Path::new("mnist") || data == Path::new("gaussian");
    settings.data = settings.data.map(|data| if word(&data) { data } else { folder.join(data) });
    settings.apply_all(&bases).map_err(|error| error.to_string())
}

/// Where in the text an error is: `line 3: `.
fn place(text: &str, error: &toml::de::Error) -> String {
    let Some(before) = error.span().and_then(|span| text.get(..span.start)) else { return String::new() };
    format!("line {}: ", before.matches('\n').count() + 1)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
