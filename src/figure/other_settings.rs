use std::sync::LazyLock;

use crate::experiment::{Experiment, Settings};

/// Keys that headlines, captions and differences have words of their own for.
const WORDED: [&str; 24] = [
    "preset",
    "data",
    "input_dim",
    "split",
    "images",
    "input_scale",
    "transposed_images",
    "label_column",
    "layers",
    "width",
    "widths",
    "linear_first",
    "activation",
    "slope",
    "alpha",
    "init",
    "sigma",
    "weight_mean",
    "gain",
    "bias",
    "bias_std",
    "draws",
    "generator",
    "seed",
];

/// All other settings, as files have them: `name value`.
pub fn other_settings(settings: &Settings) -> Vec<String> {
    let Ok(serde_json::Value::Object(all)) = serde_json::to_value(settings) else { return Vec::new() };
    let others = all.into_iter().filter(|(key, _)| !WORDED.contains(&key.as_str()));
    let written = |(key, value): (String, serde_json::Value)| match value {
        serde_json::Value::String(word) => format!("{} {word}", key.replace('_', " ")),
        value => format!("{} {value}", key.replace('_', " ")),
    };
    others.map(written).collect()
}

/// Those that are not as in the article's case.
pub fn unusual_settings(experiment: &Experiment) -> Vec<String> {
    // Headlines are made in every frame that compares, and the article's case is always the same.
    static USUAL: LazyLock<Vec<String>> = LazyLock::new(|| other_settings(&Settings::from(&Experiment::article())));
    other_settings(&Settings::from(experiment)).into_iter().filter(|setting| !USUAL.contains(setting)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_today_has_words_of_its_own() {
        let settings = Settings::from(&Experiment { widths: vec![3, 4], ..Experiment::article() });
        assert_eq!(other_settings(&settings), Vec::<String>::new());
    }
}
