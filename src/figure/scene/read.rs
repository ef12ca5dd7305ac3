use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::plain_words::plain_words;
use super::{READABLE, Scene, SceneData, SceneError, SceneNetwork, foreign, scene_network};
use crate::caught::caught;
use crate::experiment::{Data, Experiment, Preset, SettingError, Settings, at_home};
use crate::figure::{SheetSettings, Shown, View};
use crate::page::{Carried, FontName, scene_in};
use crate::regular_file;
use crate::training::TrainingSettings;

/// The file as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "version")]
    _version: i64,
    #[serde(default)]
    experiments: Vec<Settings>,
    shown: Option<Shown>,
    view: Option<View>,
    figure: Option<SheetSettings>,
    training: Option<TrainingSettings>,
    #[serde(default, deserialize_with = "scene_network::deserialize")]
    network: Vec<SceneNetwork>,
    #[serde(default)]
    data: Vec<SceneData>,
    /// What makes a lesson of it, which is read elsewhere.
    #[serde(rename = "lesson")]
    _lesson: Option<IgnoredAny>,
    #[serde(rename = "steps")]
    _steps: Option<IgnoredAny>,
}

/// The most bytes of a scene or of a figure that carries one (256 MiB).
const LARGEST: u64 = 256 << 20;

/// A scene's text, with where in it things stand.
struct SceneText<'a> {
    text: &'a str,
    table: Spanned<DeTable<'a>>,
}

impl Scene {
    /// Reads a scene file, or the scene that a figure carries: an SVG, PDF, PNG or GIF. A data folder in it is looked for from
    /// where the file is.
    ///
    /// # Errors
    /// If it cannot be read, or is not as it must be.
    pub fn read(path: &Path) -> Result<Self, SceneError> {
        let unreadable = |error| SceneError::Unreadable { error, path: path.to_owned() };
        let foreign = |kind| SceneError::Foreign { kind, path: path.to_owned() };
        if let Some(kind) = foreign::by_name(path).filter(|_| path.is_file()) {
            return Err(foreign(kind));
        }
        let bytes = regular_file::read(path, LARGEST).map_err(unreadable)?;
        if let Some(kind) = foreign::by_content(&bytes) {
            return Err(foreign(kind));
        }
        let damaged = |_| SceneError::Damaged { path: path.to_owned() };
        let text = match caught(|| scene_in(&bytes)).map_err(damaged)? {
            Some(Carried::Scene(text)) => text,
            Some(Carried::None(kind)) => return Err(SceneError::NoScene { kind, path: path.to_owned() }),
            None if foreign::is_data(&bytes) => return Err(SceneError::DataFile { path: path.to_owned() }),
            // A byte of zero is in no text.
            None if bytes.contains(&0) => return Err(SceneError::NoText { path: path.to_owned() }),
            None => String::from_utf8(bytes).map_err(|_| SceneError::NoText { path: path.to_owned() })?,
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        caught(|| Self::parse(&text, folder)).map_err(damaged)?.map_err(|error| error.at(path))
    }

    /// Reads a scene's text to its end; data folders are looked for from where the program was started.
    ///
    /// # Errors
    /// If it cannot be read, or is not as it must be.
    pub fn read_from(mut input: impl std::io::Read) -> Result<Self, SceneError> {
        let path = PathBuf::from("-");
        let mut text = String::new();
        match input.read_to_string(&mut text) {
            Ok(_) => Self::parse(&text, Path::new("")).map_err(|error| error.at(&path)),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Err(SceneError::NoText { path }),
            Err(error) => Err(SceneError::Unreadable { error, path }),
        }
    }

    /// Reads a scene's text; data folders are looked for from `folder`.
    ///
    /// ```
    /// use initscope::experiment::Activation;
    /// use initscope::figure::Scene;
    ///
    /// let text = "version = 2\n[[experiments]]\nactivation = 'tanh'\nsigma = [0.1, 0.2]\n";
    /// let scene = Scene::parse(text, std::path::Path::new(""))?;
    /// assert_eq!(scene.experiments.len(), 2);
    /// assert_eq!(scene.experiments[1].activation, Activation::Tanh);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If it is not as it must be; the path is missing from it.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, SceneError> {
        read(text, folder, false)
    }

    /// Reads what a lesson's text says of the scene that it begins with: the article's case, where it says nothing.
    ///
    /// # Errors
    /// If it is not as it must be; the path is missing from it.
    pub fn parse_of_lesson(text: &str, folder: &Path) -> Result<Self, SceneError> {
        read(text, folder, true)
    }
}

impl SceneError {
    /// The same of a file.
    #[must_use]
    pub fn at(self, file: &Path) -> Self {
        let path = file.to_owned();
        match self {
            Self::Content { problem, .. } => Self::Content { problem, path },
            Self::Version { place, found, .. } => Self::Version { place, found, path },
            Self::Lesson { .. } => Self::Lesson { path },
            other => other,
        }
    }
}

fn read(text: &str, folder: &Path, is_lesson: bool) -> Result<Scene, SceneError> {
    let table = DeTable::parse(text).map_err(|error| wrong(text, error.span(), error.message()))?;
    let source = SceneText { text, table };
    let version = source.value(&["version"]);
    match version.map(|value| (value.span(), value.get_ref())) {
        Some((_, DeValue::Integer(number))) if READABLE.iter().any(|known| number.as_str() == known.to_string()) => {}
        Some((span, _)) => {
            let found = one_line(text.get(span.clone()).unwrap_or_default());
            return Err(SceneError::Version { place: place(text, span.start), found, path: PathBuf::new() });
        }
        None => return Err(wrong(text, None, "it must start with version = 2")),
    }
    if !is_lesson && (source.value(&["steps"]).is_some() || source.value(&["lesson"]).is_some()) {
        return Err(SceneError::Lesson { path: PathBuf::new() });
    }
    let file: Read = toml::from_str(text).map_err(|error| source.refused(&error))?;
    let mut experiments = Vec::new();
    for (index, settings) in file.experiments.into_iter().enumerate() {
        let of_table = experiments_of(settings, &[Experiment::article()], folder).map_err(|error| {
            let key = key_of(error.flag());
            let span = source.key_or_table(&["experiments"], Some(index), &key);
            let problem = error.to_string().replacen(&format!("--{}", key.replace('_', "-")), &key, 1);
            wrong(text, span, &format!("experiment {}: {problem}", index + 1))
        })?;
        experiments.extend(of_table);
    }
    if experiments.is_empty() && is_lesson {
        experiments.push(Experiment::article());
    }
    if experiments.is_empty() {
        return Err(wrong(text, None, "it has no [[experiments]]"));
    }
    if let Some(Err(error)) = file.figure.as_ref().map(SheetSettings::sheet) {
        let sentence = error.to_string();
        let flag = sentence.split(' ').next().unwrap_or_default().to_owned();
        let key = key_of(&flag);
        let span = source.key_or_table(&["figure"], None, &key);
        return Err(wrong(text, span, &format!("figure: {}", sentence.replacen(&flag, &key, 1))));
    }
    let mut figure = file.figure;
    if let Some(figure) = &mut figure {
        for font in [&mut figure.font, &mut figure.font_bold].into_iter().flatten() {
            *font = FontName::in_folder(font, folder);
        }
    }
    if let Some(Err(error)) = file.training.as_ref().map(TrainingSettings::apply_all) {
        let key = key_of(error.flag());
        let span = source.key_or_table(&["training"], None, &key);
        let problem = error.to_string().replacen(error.flag(), &key, 1);
        return Err(wrong(text, span, &format!("training: {problem}")));
    }
    let of_none = |network: &SceneNetwork| {
        network.experiments.iter().copied().find(|number| !(1..=experiments.len()).contains(number))
    };
    if let Some(number) = file.network.iter().find_map(of_none) {
        let problem =
            format!("network: there is no experiment {number}, for they are counted from 1 to {}", experiments.len());
        return Err(wrong(text, source.value(&["network"]).map(Spanned::span), &problem));
    }
    if let Some(Err(error)) = file.network.iter().map(SceneNetwork::drawn_anew).find(Result::is_err) {
        let problem = format!("network: {}", error.to_string().replacen("--init", "drawn", 1));
        return Err(wrong(text, source.value(&["network"]).map(Spanned::span), &problem));
    }
    let from_here = |network: SceneNetwork| SceneNetwork { file: folder.join(at_home(&network.file)), ..network };
    let networks = file.network.into_iter().map(from_here).collect();
    let data = file
        .data
        .into_iter()
        .map(|SceneData { file, digest }| SceneData { file: folder.join(at_home(&file)), digest })
        .collect();
    Ok(Scene { experiments, shown: file.shown, view: file.view, figure, training: file.training, networks, data })
}

/// The experiments of one table, which changes these, unless it begins with a preset; data folders are looked for from `folder`.
///
/// # Errors
/// If it makes no experiment.
pub fn experiments_of(
    mut settings: Settings,
    bases: &[Experiment],
    folder: &Path,
) -> Result<Vec<Experiment>, SettingError> {
    let bases = match settings.preset.take() {
        None => bases.to_vec(),
        Some(name) => Preset::named(&name)?.experiments,
    };
    let from_here = |data: PathBuf| match Data::word(&data, folder) {
        Some(word) => PathBuf::from(word),
        // What names nothing is not this folder.
        None if data.as_os_str().is_empty() => data,
        None => folder.join(at_home(&data)),
    };
    settings.data = settings.data.map(from_here);
    settings.apply_all(&bases)
}

impl<'a> SceneText<'a> {
    /// The value at the end of a way of keys.
    fn value(&self, way: &[&str]) -> Option<&Spanned<DeValue<'a>>> {
        let (last, before) = way.split_last()?;
        let mut table = self.table.get_ref();
        for key in before {
            let DeValue::Table(inner) = table.get(*key)?.get_ref() else { return None };
            table = inner;
        }
        table.get(*last)
    }

    /// Where a key's value stands; where there is none, the table it is missing from.
    fn key_or_table(&self, way: &[&str], index: Option<usize>, key: &str) -> Option<Range<usize>> {
        let value = self.value(way)?;
        let value = match (value.get_ref(), index) {
            (DeValue::Array(tables), Some(index)) => tables.get(index)?,
            _ => value,
        };
        match value.get_ref() {
            DeValue::Table(table) => Some(table.get(key).map_or_else(|| value.span(), Spanned::span)),
            _ => Some(value.span()),
        }
    }

    /// What the reader says, with the experiment it says it of.
    fn refused(&self, error: &toml::de::Error) -> SceneError {
        let span = error.span();
        let within = |start: usize| {
            let DeValue::Array(tables) = self.value(&["experiments"])?.get_ref() else { return None };
            // A table that goes on under its heading does not span what stands there.
            tables.iter().rposition(|table| table.span().start <= start)
        };
        let in_experiments = span.as_ref().and_then(|span| within(span.start)).filter(|_| {
            let start = span.as_ref().map_or(0, |span| span.start);
            let other = |key: &str| {
                self.value(&[key]).is_some_and(|table| table.span().start <= start && start < self.end_of(table))
            };
            !other("shown")
                && !other("view")
                && !other("figure")
                && !other("training")
                && !other("network")
                && !other("data")
                && !other("lesson")
        });
        let problem = plain_words(&one_line(error.message()));
        match in_experiments {
            Some(index) => wrong(self.text, span, &format!("experiment {}: {problem}", index + 1)),
            None => wrong(self.text, span, &problem),
        }
    }

    /// Where the last value of a table ends.
    fn end_of(&self, table: &Spanned<DeValue<'a>>) -> usize {
        let end = last_value(table);
        // The rest of the line counts, too, where something could not be read.
        end + self.text.get(end..).and_then(|rest| rest.find('\n')).unwrap_or(0)
    }
}

/// Where the last value in a table, or in one inside it, ends.
fn last_value(table: &Spanned<DeValue<'_>>) -> usize {
    let inner = match table.get_ref() {
        DeValue::Table(inner) => inner.iter().map(|(key, value)| key.span().end.max(last_value(value))).max(),
        _ => None,
    };
    inner.unwrap_or(0).max(table.span().end)
}

/// `--input-scale` is the key `input_scale`.
pub fn key_of(flag: &str) -> String {
    let name = flag.trim_start_matches("--");
    let name: String = name.chars().take_while(|letter| letter.is_ascii_alphabetic() || *letter == '-').collect();
    name.replace('-', "_")
}

fn wrong(text: &str, span: Option<Range<usize>>, problem: &str) -> SceneError {
    let place = span.map_or_else(String::new, |span| place(text, span.start) + ": ");
    SceneError::Content { problem: place + &one_line(problem), path: PathBuf::new() }
}

/// `line 3, column 9`
pub fn place(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |start| start.chars().count()) + 1;
    format!("line {line}, column {column}")
}

/// A text without ends of lines.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
