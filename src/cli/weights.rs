use std::io::Write as _;
use std::path::Path;

use serde::Serialize;

use super::Error;
use super::stats::Format;
use super::written::written;
use crate::activation::Limits;
use crate::network_file::{DenseLayer, NetworkFile};
use crate::number;
use crate::stats::{Distribution, Edges};

/// The weights of a file's dense layers, whatever else it holds.
#[derive(Debug)]
pub struct Weights {
    file: NetworkFile,
    path: String,
    is_json: bool,
}

/// A layer's, under the keys that it is published with.
#[derive(Serialize)]
struct WeightsReport {
    name: String,
    inputs: usize,
    units: usize,
    mean: f64,
    std: f64,
    min: f64,
    q50: Option<f64>,
    max: f64,
    zero_fraction: f64,
    non_finite: u64,
    bias_min: Option<f32>,
    bias_max: Option<f32>,
}

/// The whole answer.
#[derive(Serialize)]
struct FileReport<'a> {
    file: &'a str,
    format: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    foreign: Option<&'a str>,
    layers: Vec<WeightsReport>,
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
        Ok(Self { file, path: path.to_string_lossy().into_owned(), is_json })
    }

    /// Writes what they look like to standard output.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn run(&self) -> Result<(), Error> {
        let layers: Vec<_> = self.file.layers.iter().map(WeightsReport::of).collect();
        let text = if self.is_json {
            let (file, format, foreign) = (&self.path[..], self.file.format, self.file.foreign.as_deref());
            serde_json::to_string_pretty(&FileReport { file, format, foreign, layers }).map_err(Error::failed)? + "\n"
        } else {
            self.table(&layers)
        };
        let mut output = std::io::stdout().lock();
        written(output.write_all(text.as_bytes()).and_then(|()| output.flush()))
    }

    fn table(&self, layers: &[WeightsReport]) -> String {
        let mut text = format!("{}, dense layers: {}\n", self.file.format, layers.len());
        if let Some(what) = &self.file.foreign {
            text += &format!("This is no multilayer perceptron: the first layer of another kind is {what}.\n");
        }
        let heads = ["layer", "weights", "mean", "std", "min", "median", "max", "exactly 0", "non-finite", "biases"];
        let rows: Vec<_> =
            std::iter::once(heads.map(str::to_owned)).chain(layers.iter().map(WeightsReport::row)).collect();
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

impl WeightsReport {
    fn of(layer: &DenseLayer) -> Self {
        let (inputs, units) = layer.kernel.dim();
        let free = Limits { lower: None, upper: None };
        let weights = Distribution::of_values(layer.kernel.as_slice().unwrap_or_default(), Edges::of(free, &[]));
        let bias = |better: fn(f32, f32) -> f32| layer.bias.iter().flatten().copied().reduce(better);
        Self {
            name: layer.name.clone(),
            inputs,
            units,
            mean: weights.mean,
            std: weights.std,
            min: weights.min,
            q50: weights.quantiles.map(|quantiles| quantiles[quantiles.len() / 2]),
            max: weights.max,
            zero_fraction: weights.zero_fraction,
            non_finite: weights.non_finite(),
            bias_min: bias(f32::min),
            bias_max: bias(f32::max),
        }
    }

    fn row(&self) -> [String; 10] {
        let biases = match (self.bias_min, self.bias_max) {
            (Some(least), Some(most)) => {
                format!("{} to {}", number::value(f64::from(least)), number::value(f64::from(most)))
            }
            _ => "none".to_owned(),
        };
        [
            self.name.clone(),
            format!("{} × {}", self.inputs, self.units),
            number::value(self.mean),
            number::value(self.std),
            number::value(self.min),
            self.q50.map_or_else(|| "–".to_owned(), number::value),
            number::value(self.max),
            number::percent(self.zero_fraction),
            number::count(self.non_finite),
            biases,
        ]
    }
}
