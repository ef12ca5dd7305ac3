use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::experiment::{Experiment, Initializer, SettingError, Settings};

/// A file of a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SceneNetwork {
    /// Where it is.
    pub file: PathBuf,
    /// The digest of its content, by which another file of that name is told from it; where there is none, whatever it holds now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// An initializer from which the same shape is drawn, in place of the file's weights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<String>,
    /// The seed of these draws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u32>,
    /// Whether rows and columns of its square kernels are exchanged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub transposed_kernels: bool,
    /// Whether the experiments' activation, which the file does not name, is only guessed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub activation_guessed: bool,
    /// The experiments that have its weights, counted from 1; all of them, where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub experiments: Vec<usize>,
}

impl SceneNetwork {
    /// A file by itself, whatever it holds.
    pub fn of(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            digest: None,
            drawn: None,
            seed: None,
            transposed_kernels: false,
            activation_guessed: false,
            experiments: Vec::new(),
        }
    }

    /// From what its shape is drawn in place of the file's weights, and from which seed, if it is.
    ///
    /// # Errors
    /// If there is no such initializer.
    pub fn drawn_anew(&self) -> Result<Option<(Initializer, u32)>, SettingError> {
        let Some(name) = &self.drawn else { return Ok(None) };
        let seed = self.seed.unwrap_or(Experiment::article().seed);
        let settings = Settings { init: Some(name.clone()), ..Settings::default() };
        Ok(Some((settings.apply(&Experiment::article())?.initializer, seed)))
    }

    /// Whether an experiment, counted from 0, has its weights.
    pub fn is_of(&self, experiment: usize) -> bool {
        self.experiments.is_empty() || self.experiments.contains(&(experiment + 1))
    }
}

/// One is a table, several are an array of tables.
pub(super) fn serialize<S: Serializer>(networks: &[SceneNetwork], serializer: S) -> Result<S::Ok, S::Error> {
    match networks {
        [one] => one.serialize(serializer),
        several => several.serialize(serializer),
    }
}

/// A table, or an array of tables.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<SceneNetwork>, D::Error> {
    struct Tables;

    impl<'de> Visitor<'de> for Tables {
        type Value = Vec<SceneNetwork>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a table with file and digest, or several")
        }

        fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Self::Value, A::Error> {
            SceneNetwork::deserialize(MapAccessDeserializer::new(table)).map(|one| vec![one])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, tables: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(tables))
        }
    }

    deserializer.deserialize_any(Tables)
}
