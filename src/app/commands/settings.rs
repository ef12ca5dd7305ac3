/// A setting, by the label of its control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// What stands before the control.
    pub label: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether its control is only there among all settings.
    pub is_detail: bool,
    /// Whether it is one of training.
    pub is_of_training: bool,
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
    detail("Transposed images", "Rows and columns of the images exchanged", &["transposed_images"]),
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
    training("Framework", "Whose formulas a training has", &["framework"]),
    training("Optimizer", "What makes updates of gradients", &["optimizer"]),
    training("Learning rate", "How far a step goes", &["learning_rate", "rate_each"]),
    training_detail("Learning rates", "Several learning rates are several racers", &["learning_rate"]),
    training("Schedule", "What becomes of the learning rate", &["schedule"]),
    training_detail("Warm-up steps", "Steps over which the learning rate rises", &["warm_up"]),
    training("Batch", "How many images a step has", &["batch"]),
    training("Length in", "Epochs or steps", &["epochs", "steps"]),
    training("Training images", "How many images the network is trained on", &["train_images"]),
    training("Shuffled", "Whether images come in another order in every epoch", &["shuffle"]),
    training_detail("Order seed", "Seed of the order of the images", &["order_seed"]),
    training_detail("Weight decay", "What pulls weights to 0", &["weight_decay"]),
    training_detail("L2", "Keras's regularizer of kernels", &["l2"]),
    training_detail("Loss", "What is made smaller", &["loss"]),
    training_detail("Gradient clipping", "How large gradients may be", &["clip_norm", "clip_norm_each", "clip_value"]),
];

const fn setting(label: &'static str, about: &'static str, keys: &'static [&'static str]) -> Setting {
    Setting { label, about, is_detail: false, is_of_training: false, keys }
}

const fn detail(label: &'static str, about: &'static str, keys: &'static [&'static str]) -> Setting {
    Setting { label, about, is_detail: true, is_of_training: false, keys }
}

const fn training(label: &'static str, about: &'static str, keys: &'static [&'static str]) -> Setting {
    Setting { label, about, is_detail: false, is_of_training: true, keys }
}

const fn training_detail(label: &'static str, about: &'static str, keys: &'static [&'static str]) -> Setting {
    Setting { label, about, is_detail: true, is_of_training: true, keys }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Experiment, Settings};
    use crate::training::{TrainingPlan, TrainingSettings};

    fn keys_of_training() -> Vec<String> {
        let all = TrainingSettings {
            steps: Some(1),
            train_images: Some(1),
            clip_norm: Some(1.0),
            clip_norm_each: Some(1.0),
            clip_value: Some(1.0),
            ..TrainingPlan::default().settings()
        };
        match serde_json::to_value(all) {
            Ok(serde_json::Value::Object(all)) if all.len() == 17 => all.into_iter().map(|(key, _)| key).collect(),
            other => panic!("{other:?}"),
        }
    }

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
        all.extend(keys_of_training());
        for key in all {
            // A parameter of one initializer.
            let is_own = key == "weight_mean";
            assert!(is_own || SETTINGS.iter().any(|setting| setting.keys.contains(&&*key)), "{key}");
        }
    }
}
