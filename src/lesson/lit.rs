use clap::ValueEnum as _;

use crate::figure::ViewName;

/// What a step lights: a control, by the key of its setting, or a view, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lit {
    /// The control of the setting with this key.
    Setting(&'static str),
    /// The tab of a view.
    View(ViewName),
}

/// Keys of settings that have a control.
pub const KEYS: [&str; 33] = [
    "preset",
    "data",
    "images",
    "input_scale",
    "layers",
    "width",
    "widths",
    "linear_first",
    "activation",
    "init",
    "sigma",
    "gain",
    "bias",
    "bias_std",
    "seed",
    "draws",
    "generator",
    "framework",
    "optimizer",
    "learning_rate",
    "schedule",
    "warm_up",
    "batch",
    "epochs",
    "steps",
    "train_images",
    "shuffle",
    "order_seed",
    "weight_decay",
    "l2",
    "loss",
    "clip_norm",
    "clip_value",
];

impl Lit {
    /// What a word names.
    pub fn named(word: &str) -> Option<Self> {
        let key = KEYS.into_iter().find(|key| *key == word).map(Self::Setting);
        key.or_else(|| ViewName::from_str(word, false).ok().map(Self::View))
    }

    /// The word.
    pub fn word(self) -> String {
        match self {
            Self::Setting(key) => key.to_owned(),
            Self::View(view) => view.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned()),
        }
    }
}
