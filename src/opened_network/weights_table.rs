//! What the weights of a file look like, layer by layer, whatever else it holds.

use serde::Serialize;

use crate::activation::Limits;
use crate::network_file::{DenseLayer, NetworkFile, OtherWeights};
use crate::number;
use crate::stats::{Distribution, Edges};

/// The weights of a layer, under the keys that they are published with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LayerWeights {
    /// The layer's name in the file.
    pub name: String,
    /// Lengths of its weights: inputs and units of a dense layer, and of another kind as they stand in the file.
    pub shape: Vec<usize>,
    /// Inputs of a dense layer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inputs: Option<usize>,
    /// Its units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<usize>,
    /// Mean of its weights.
    pub mean: f64,
    /// Their standard deviation.
    pub std: f64,
    /// The least.
    pub min: f64,
    /// Their median.
    pub q50: Option<f64>,
    /// The greatest.
    pub max: f64,
    /// Share of those that are exactly 0.
    pub zero_fraction: f64,
    /// How many are no finite numbers.
    pub non_finite: u64,
    /// The least bias.
    pub bias_min: Option<f32>,
    /// The greatest.
    pub bias_max: Option<f32>,
}

/// What stands above the columns.
pub const HEADS: [&str; 10] =
    ["layer", "weights", "mean", "std", "min", "median", "max", "exactly 0", "non-finite", "biases"];

impl LayerWeights {
    /// All layers with weights, in the order of the file.
    pub fn all(file: &NetworkFile) -> Vec<Self> {
        let mut all = Vec::new();
        let mut others = file.others.iter().peekable();
        for (place, layer) in file.layers.iter().enumerate() {
            while let Some(other) = others.next_if(|other| other.place <= place) {
                all.push(Self::of_other(other));
            }
            all.push(Self::of_dense(layer));
        }
        all.extend(others.map(Self::of_other));
        all
    }

    fn of_dense(layer: &DenseLayer) -> Self {
        let (inputs, units) = layer.kernel.dim();
        let of = Self::of(&layer.name, vec![inputs, units], layer.kernel.as_slice().unwrap_or_default());
        Self { inputs: Some(inputs), units: Some(units), ..of }
            .with_biases(layer.bias.as_ref().and_then(|bias| bias.as_slice()))
    }

    fn of_other(other: &OtherWeights) -> Self {
        let of = Self::of(&other.name, other.shape.clone(), other.values.as_slice().unwrap_or_default());
        of.with_biases(other.bias.as_ref().and_then(|bias| bias.as_slice()))
    }

    fn with_biases(self, biases: Option<&[f32]>) -> Self {
        let bias = |better: fn(f32, f32) -> f32| biases.unwrap_or_default().iter().copied().reduce(better);
        Self { bias_min: bias(f32::min), bias_max: bias(f32::max), ..self }
    }

    fn of(name: &str, shape: Vec<usize>, values: &[f32]) -> Self {
        let free = Limits { lower: None, upper: None };
        let weights = Distribution::of_values(values, Edges::of(free, &[]));
        Self {
            name: name.to_owned(),
            shape,
            inputs: None,
            units: None,
            mean: weights.mean,
            std: weights.std,
            min: weights.min,
            q50: weights.quantiles.map(|quantiles| quantiles[quantiles.len() / 2]),
            max: weights.max,
            zero_fraction: weights.zero_fraction,
            non_finite: weights.non_finite(),
            bias_min: None,
            bias_max: None,
        }
    }

    /// As it stands in a table under [`HEADS`].
    pub fn row(&self) -> [String; HEADS.len()] {
        let biases = match (self.bias_min, self.bias_max) {
            (Some(least), Some(most)) => {
                format!("{} to {}", number::value(f64::from(least)), number::value(f64::from(most)))
            }
            _ if self.units.is_some() => "none".to_owned(),
            _ => "–".to_owned(),
        };
        let lengths: Vec<_> = self.shape.iter().map(usize::to_string).collect();
        [
            self.name.clone(),
            lengths.join(" × "),
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
