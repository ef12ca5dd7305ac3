use clap::ValueEnum as _;
use serde::{Deserialize, Serialize};

/// A view, as flags and files name it: what of experiments is shown, in the window's centre or in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum ViewName {
    /// The layers of the experiment's network.
    #[default]
    Layers,
    /// Networks around it, a cell each.
    Landscape,
    /// The units of one layer, a cell each.
    Units,
    /// Images x units of one layer.
    Firing,
    /// Several experiments' layers.
    Compare,
    /// The activation over a layer's pre-activations.
    Activation,
    /// The gradient's norm and the outputs' standard deviation across the layers.
    Norms,
    /// Networks that are trained side by side.
    Training,
    /// Networks of many depths that are trained, a cell each.
    TrainingLandscape,
}

impl ViewName {
    /// All of them, in the order of tabs and lists.
    pub fn all() -> &'static [Self] {
        Self::value_variants()
    }

    /// Whether it shows the units of a layer.
    pub fn is_of_units(self) -> bool {
        matches!(self, Self::Units | Self::Firing)
    }

    /// Whether it is a map of networks.
    pub fn is_landscape(self) -> bool {
        matches!(self, Self::Landscape | Self::TrainingLandscape)
    }

    /// Whether it shows one layer: the chosen one.
    pub fn has_layer(self) -> bool {
        self.is_of_units() || self == Self::Activation
    }

    /// Whether each experiment has a panel, whose numbers say which it is.
    pub fn has_panels(self) -> bool {
        self.takes_several() && self != Self::Training
    }

    /// Whether it shows several experiments together.
    pub fn takes_several(self) -> bool {
        matches!(self, Self::Layers | Self::Compare | Self::Norms | Self::Training)
    }
}
