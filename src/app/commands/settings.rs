/// A setting, by the label of its control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// What stands before the control.
    pub label: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether its control is only there among all settings.
    pub is_detail: bool,
}

/// Settings that always have a control, in the order in which they stand. Parameters of initializers and activations come
/// and go with these.
pub const SETTINGS: &[Setting] = &[
    setting("Preset", "Experiments with a name"),
    setting("Data", "What the network is shown"),
    setting("Images", "How many images the network is shown"),
    detail("Pixels", "How pixels are scaled"),
    setting("Hidden layers", "How deep the network is"),
    setting("Units per layer", "How wide the network is"),
    detail("Units of each layer", "A width for each layer"),
    detail("Linear first layer", "A layer without activation before the others"),
    setting("Activation", "The nonlinearity φ of the hidden layers"),
    setting("Weights", "The distribution that the weights are drawn from"),
    setting("σ", "Standard deviation of the weights"),
    setting("Gain on σ", "A factor on every weight"),
    setting("Bias", "The same bias for every unit"),
    detail("Spread of the biases", "Standard deviation of random biases"),
    setting("Seed", "Which network is drawn"),
    detail("Draws of the layers", "Whether all layers draw the same numbers"),
    detail("Random numbers", "The generator of the draws"),
];

const fn setting(label: &'static str, about: &'static str) -> Setting {
    Setting { label, about, is_detail: false }
}

const fn detail(label: &'static str, about: &'static str) -> Setting {
    Setting { label, about, is_detail: true }
}
