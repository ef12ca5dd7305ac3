/// A setting, by the label of its control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// What stands before the control.
    pub label: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether its control is only there among all settings.
    pub is_detail: bool,
    /// Keys of what it sets, in files.
    pub keys: &'static [&'static str],
}

/// Settings that always have a control, in the order in which they stand. Parameters of initializers and activations come
/// and go with these.
pub const SETTINGS: &[Setting] = &[
    setting("Preset", "Experiments with a name", &["preset"]),
    setting("Data", "What the network is shown", &["data", "split"]),
    detail("Images", "How many images the network is shown", &["images"]),
    detail("Pixels", "How pixels are scaled", &["input_scale"]),
    setting("Hidden layers", "How deep the network is", &["layers"]),
    setting("Units per layer", "How wide the network is", &["width"]),
    detail("Units of each layer", "A width for each layer", &["widths"]),
    detail("Linear first layer", "A layer without activation before the others", &["linear_first"]),
    setting("Activation", "The nonlinearity φ of the hidden layers", &["activation"]),
    setting("Weights", "The distribution that the weights are drawn from", &["init"]),
    setting("σ", "Standard deviation of the weights", &["sigma"]),
    setting("Gain on σ", "A factor on every weight", &["gain"]),
    setting("Bias", "The same bias for every unit", &["bias"]),
    detail("Spread of the biases", "Standard deviation of random biases", &["bias_std"]),
    setting("Seed", "Which network is drawn", &["seed"]),
    detail("Draws of the layers", "Whether all layers draw the same numbers", &["draws"]),
    detail("Random numbers", "The generator of the draws", &["generator"]),
];

const fn setting(label: &'static str, about: &'static str, keys: &'static [&'static str]) -> Setting {
    Setting { label, about, is_detail: false, keys }
}

const fn detail(label: &'static str, about: &'static str, keys: &'static [&'static str]) -> Setting {
    Setting { label, about, is_detail: true, keys }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Experiment, Settings};

    #[test]
    fn whatever_an_experiment_has_is_found_by_a_name() {
        let keys = |experiment: &Experiment| match serde_json::to_value(Settings::from(experiment)) {
            Ok(serde_json::Value::Object(all)) => all.into_iter().map(|(key, _)| key).collect(),
            _ => Vec::new(),
        };
        let article = Experiment::article();
        let mut all: Vec<String> = keys(&article);
        all.extend(keys(&Experiment { widths: vec![3, 4], ..article }));
        assert!(all.len() > 20, "{all:?}");
        for key in all {
            // A parameter of one initializer.
            let is_own = key == "weight_mean";
            assert!(is_own || SETTINGS.iter().any(|setting| setting.keys.contains(&&*key)), "{key}");
        }
    }
}
