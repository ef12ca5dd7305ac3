use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::activation::Limits;
use crate::engine::{LayerMeasurement, Measurement, Quantities};
use crate::stats::{Distribution, Tally};
use crate::subject::Subject;

/// What there is where there is nothing.
static NO_VALUES: LazyLock<Distribution> =
    LazyLock::new(|| Distribution::of(&Tally::none(0), Limits { lower: None, upper: None }));

/// How a measurement is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct View {
    /// Which values of a layer.
    pub quantity: Quantity,
    /// The shape a layer is drawn as.
    pub shape: PlotShape,
    /// How values are laid out on an axis.
    pub scale: Scale,
    /// Whether the layers share an axis.
    pub axes: Axes,
    /// How much of the values an axis shows.
    pub range: AxisRange,
}

impl View {
    /// What must be measured for it, with theory's numbers beside it or without.
    pub fn quantities(&self, theory: bool) -> Quantities {
        Quantities {
            pre_activations: self.quantity == Quantity::PreActivations,
            gradients: self.quantity == Quantity::Gradients,
            weights: self.quantity == Quantity::Weights,
            updates: self.quantity == Quantity::Updates,
            quantiles: self.shape == PlotShape::Box,
            sizes: self.scale != Scale::Linear,
            spectral_norms: false,
            theory,
            outlook: theory,
        }
    }
}

/// Which values of a layer are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Quantity {
    /// h = phi(z)
    #[default]
    Outputs,
    /// z
    PreActivations,
    /// dL/dz
    Gradients,
    /// W
    Weights,
    /// What the last step of a training changed of W
    Updates,
}

impl Quantity {
    /// All of them, those that are looked at most first.
    pub const ALL: [Self; 5] = [Self::Outputs, Self::PreActivations, Self::Gradients, Self::Weights, Self::Updates];

    /// Several of them, in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outputs => "outputs",
            Self::PreActivations => "pre-activations",
            Self::Gradients => "gradients",
            Self::Weights => "weights",
            Self::Updates => "updates",
        }
    }

    /// One of them, with its symbol.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Outputs => "output h",
            Self::PreActivations => "pre-activation z",
            Self::Gradients => "gradient ∂L/∂z",
            Self::Weights => "weight W",
            Self::Updates => "update ΔW",
        }
    }

    /// Whether more images can change it.
    pub fn depends_on_images(self) -> bool {
        !self.is_of_weights()
    }

    /// Whether theory has nothing to say of it, since it is of weights.
    pub fn is_of_weights(self) -> bool {
        matches!(self, Self::Weights | Self::Updates)
    }

    /// Why a network has none on its images, in a sentence; `None` where it has some.
    pub fn lacks(self, subject: &Subject) -> Option<String> {
        match self {
            Self::Gradients => subject.no_loss().map(|why| why.to_string()),
            Self::Updates if subject.updates().is_none() => {
                Some("No step of a training is made: no weight has changed.".to_owned())
            }
            Self::Outputs | Self::PreActivations | Self::Weights | Self::Updates => None,
        }
    }

    /// Those of a measured layer, from 0: no values where the network [lacks](Self::lacks) them, and `None` if they were not
    /// measured.
    pub fn of_layer(self, measurement: &Measurement, index: usize) -> Option<&Distribution> {
        if self.lacks(&measurement.subject).is_some() {
            return Some(&NO_VALUES);
        }
        self.of(measurement.layers.get(index)?)
    }

    /// Whether all layers of a measurement have them, or the network lacks them.
    pub fn is_in(self, measurement: &Measurement) -> bool {
        (0..measurement.layers.len()).all(|index| self.of_layer(measurement, index).is_some())
    }

    /// A layer's; `None` if they were not measured.
    pub fn of(self, layer: &LayerMeasurement) -> Option<&Distribution> {
        match self {
            Self::Outputs => Some(&layer.output),
            Self::PreActivations => layer.pre_activation.as_ref(),
            Self::Gradients => layer.gradient.as_ref().map(|gradient| &gradient.distribution),
            Self::Weights => layer.weight_distribution.as_ref(),
            Self::Updates => layer.update.as_ref(),
        }
    }
}

/// The shape a layer's values are drawn as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum PlotShape {
    /// The density, mirrored.
    #[default]
    Violin,
    /// Counts in equal bins.
    Histogram,
    /// The density, on one side, of all layers at one scale.
    Ridgeline,
    /// Quartiles, and the 1st and 99th percentile.
    Box,
}

impl PlotShape {
    /// Whether shapes stand in the middle of their column; the others begin at its left edge.
    pub fn is_centred(self) -> bool {
        matches!(self, Self::Violin | Self::Box)
    }
}

/// How values are laid out on an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Scale {
    /// Equal differences are equally far apart.
    #[default]
    Linear,
    /// Linear around zero, logarithmic beyond.
    Symlog,
    /// Logarithmic: of the values where none is negative, else of their sizes.
    Log,
}

/// Whether the layers share an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Axes {
    /// One axis for all layers.
    #[default]
    Shared,
    /// Every layer fills the height.
    #[serde(alias = "per_layer")]
    #[value(alias = "per_layer")]
    Own,
}

/// How much of the values an axis shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum AxisRange {
    /// All of them.
    #[default]
    All,
    /// All but 0.5 % at either end; what lies outside is counted.
    Robust,
}
