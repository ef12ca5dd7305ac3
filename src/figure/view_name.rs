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
}

impl ViewName {
    /// Whether it shows one layer: the chosen one.
    pub fn is_of_one_layer(self) -> bool {
        matches!(self, Self::Units | Self::Firing)
    }
}
