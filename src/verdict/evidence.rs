use crate::engine::{LayerMeasurement, Measurement, Quantities, ZRange};
use crate::number;
use crate::subject::GivenWeights;

/// What is known of a given network.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// What was measured of it.
    pub measurement: &'a Measurement,
    /// Its weights.
    pub weights: &'a GivenWeights,
    /// The range of every unit's pre-activations, hidden layer by hidden layer.
    pub ranges: &'a [Vec<ZRange>],
    /// The initializer of every layer, as far as the file names them.
    pub initializers: &'a [Option<String>],
}

impl Evidence<'_> {
    /// What of a measurement it is made of.
    pub const NEEDS: Quantities = Quantities {
        quantiles: false,
        spectral_norms: false,
        weights: false,
        sizes: false,
        theory: false,
        outlook: false,
        ..Quantities::ALL
    };

    /// The kernel of a hidden layer or, after them, of the output layer; counted from 0.
    pub(super) fn kernel(&self, layer: usize) -> usize {
        self.measurement.experiment().linear_layers() + layer
    }

    /// The hidden layers.
    pub(super) fn layers(&self) -> &[LayerMeasurement] {
        &self.measurement.layers
    }

    /// `these 300 images`
    pub(super) fn images(&self) -> String {
        match self.measurement.images {
            1 => "this image".to_owned(),
            images => format!("these {} images", number::count(images as u64)),
        }
    }

    /// `layer 2`, or `the output layer`.
    pub(super) fn name(&self, layer: usize) -> String {
        if layer < self.layers().len() { format!("layer {}", layer + 1) } else { "the output layer".to_owned() }
    }
}

/// A number of units in words: `1 unit`.
pub(super) fn units(count: usize) -> String {
    if count == 1 { "1 unit".to_owned() } else { format!("{} units", number::count(count as u64)) }
}
