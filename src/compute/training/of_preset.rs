use super::TrainingSettings;
use crate::experiment::Preset;

/// Training images of a preset; the tables that they are compared with have as many.
const IMAGES: usize = 10_000;
const BATCH: usize = 128;

impl TrainingSettings {
    /// How a preset's networks are trained; nothing for one that shows what they are before.
    pub fn of_preset(preset: &Preset) -> Option<Self> {
        let plain = |optimizer: &str, rate: f64, epochs: usize| Self {
            optimizer: Some(optimizer.to_owned()),
            learning_rate: Some(vec![rate]),
            batch: Some(BATCH),
            epochs: Some(epochs),
            train_images: Some(IMAGES),
            ..Self::default()
        };
        match preset.name {
            "train_sigmoid" | "train_relu" | "adam_hides" => Some(plain("adam", 0.001, 3)),
            "train_tanh" | "train_zeros" | "keras_or_pytorch" => Some(plain("sgd", 0.1, 3)),
            "dying_relu_rate" => Some(plain("adam", 0.03, 3)),
            "deep_sigmoid" => Some(plain("sgd", 0.1, 2)),
            "deep_relu" => Some(plain("sgd", 0.01, 3)),
            // Keras 2 adds epsilon outside the root, as PyTorch does; its output layer is a softmax.
            "published_loss" => Some(Self {
                framework: Some("pytorch".to_owned()),
                loss: Some("clipped".to_owned()),
                shuffle: Some(true),
                ..plain("rmsprop(rho=0.9, epsilon=1e-7)", 0.001, 12)
            }),
            // 200 steps.
            "trainable_depth" => Some(Self { train_images: Some(200 * BATCH), ..plain("sgd", 0.01, 1) }),
            _ => None,
        }
    }
}
