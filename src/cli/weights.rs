use std::io::Write as _;
use std::path::Path;

use serde::Serialize;

use super::Error;
use super::stats::Format;
use super::written::written;
use crate::network_file::NetworkFile;
use crate::opened_network::{HEADS, LayerWeights};

/// The weights of a file's layers, whatever else it holds.
#[derive(Debug)]
pub struct Weights {
    file: NetworkFile,
    path: String,
    is_json: bool,
}

/// The whole answer.
#[derive(Serialize)]
struct FileReport<'a> {
    file: &'a str,
    format: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    foreign: Option<&'a str>,
    layers: Vec<LayerWeights>,
}

impl Weights {
    /// # Errors
    /// If the file cannot be read, or CSV is asked for.
    pub(super) fn new(path: &Path, format: Format) -> Result<Self, Error> {
        let is_json = match format {
            Format::Json => true,
            Format::Table => false,
            Format::Csv => {
                let sentence = "--format csv is not for check: use --format table or --format json";
                return Err(Error::Usage(sentence.to_owned()));
            }
        };
        let file = NetworkFile::read(path).map_err(Error::failed)?;
        if file.layers.is_empty() && file.others.is_empty() {
            let what = file.foreign.map_or_else(String::new, |what| format!(" ({what})"));
            return Err(Error::Failed(format!("no weights are found in it{what}: {}", path.display())));
        }
        Ok(Self { file, path: path.to_string_lossy().into_owned(), is_json })
    }

    /// Writes what they look like to standard output.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn run(&self) -> Result<(), Error> {
        let layers = LayerWeights::all(&self.file);
        let text = if self.is_json {
            let (file, format, foreign) = (&self.path[..], self.file.format, self.file.foreign.as_deref());
            serde_json::to_string_pretty(&FileReport { file, format, foreign, layers }).map_err(Error::failed)? + "\n"
        } else {
            self.table(&layers)
        };
        let mut output = std::io::stdout().lock();
        written(output.write_all(text.as_bytes()).and_then(|()| output.flush()))
    }

    fn table(&self, layers: &[LayerWeights]) -> String {
        let mut text = format!("{}, layers with weights: {}\n", self.file.format, layers.len());
        if let Some(what) = &self.file.foreign {
            text += &format!("This is no multilayer perceptron: the first layer of another kind is {what}.\n");
        }
        let rows: Vec<_> =
            std::iter::once(HEADS.map(str::to_owned)).chain(layers.iter().map(LayerWeights::row)).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        for row in &rows {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let width = width(column);
                // Names begin, and numbers end, one under the other.
                if column == 0 { format!("{cell:width$}") } else { format!("{cell:>width$}") }
            });
            text += "\n";
            text += cells.collect::<Vec<_>>().join("  ").trim_end();
        }
        text + "\n"
    }
}
