//! A program that sets up a file's network in a framework and loads its weights.

use super::OpenedNetwork;
use crate::experiment::NetworkFramework;
use crate::subject::{Purpose, Subject};

/// Why there is no such program; a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoLoadingCode {
    /// It has a layer normalisation.
    #[error(
        "{0} has a layer normalisation, whose numbers `export` does not write: load the file with the program that wrote it"
    )]
    Normalised(String),
    /// It was drawn in the file's shape.
    #[error(
        "these weights were drawn in the shape of a file: look at the file itself, or at an experiment that is drawn"
    )]
    Drawn,
}

impl OpenedNetwork {
    /// A program for this network, looked at as a subject, which gives what the file's network gives. It loads arrays that `initscope
    /// export` writes, whatever kind of file they come from.
    ///
    /// # Errors
    /// If it has a layer normalisation, or is not the file's.
    pub fn loading_code(&self, subject: &Subject, framework: NetworkFramework) -> Result<String, NoLoadingCode> {
        if self.anew.is_some() {
            return Err(NoLoadingCode::Drawn);
        }
        if let Some(layer) = self.file.layers.iter().find(|layer| layer.norm.is_some()) {
            return Err(NoLoadingCode::Normalised(layer.name.clone()));
        }
        let weights = subject.weights().numbers();
        let has_biases = weights.is_some_and(|weights| weights.biases().is_some());
        let shapes = subject.kernel_shapes();
        let linear = subject.experiment().linear_layers();
        let is_keras = framework == NetworkFramework::Keras;
        let activation = |index: usize| -> Option<String> {
            if index + 1 == shapes.len() {
                return match subject.purpose() {
                    Purpose::Activated(activation) if is_keras => Some(activation.keras()),
                    Purpose::Activated(activation) => Some(activation.pytorch()),
                    Purpose::Logits | Purpose::Logistic => None,
                };
            }
            let activation = subject.activation(index.checked_sub(linear)?);
            Some(if is_keras { activation.keras() } else { activation.pytorch() })
        };
        let arrays = self.path.with_extension("npz");
        let arrays = arrays.file_name().unwrap_or_default().to_string_lossy().replace('.', "_arrays.");
        let file = self.path.to_string_lossy();
        let asked = match self.lacks_activation() {
            true => format!(" --activation '{}'", subject.experiment().activation),
            false => String::new(),
        };
        let mut lines = vec![
            "# The arrays are those that this command writes of the file:".to_owned(),
            format!(
                "#   initscope export --network {}{asked} --data gaussian --images 1 --out {arrays}",
                quoted(&file)
            ),
            "import numpy as np".to_owned(),
            (if is_keras { "import keras" } else { "import torch" }).to_owned(),
            String::new(),
            format!("arrays = np.load(\"{arrays}\")"),
            "layers = [".to_owned(),
        ];
        let mut names = Vec::new();
        for (index, &(inputs, units)) in shapes.iter().enumerate() {
            let biases = match (is_keras, has_biases) {
                (_, true) => "",
                (true, false) => ", use_bias=False",
                (false, false) => ", bias=False",
            };
            lines.push(match is_keras {
                true => format!("    keras.layers.Dense({units}{biases}),"),
                false => format!("    torch.nn.Linear({inputs}, {units}{biases}),"),
            });
            lines.extend(activation(index).map(|activation| format!("    {activation},")));
            // A linear first layer has the number 0.
            names.push((index + 1 - linear).to_string());
        }
        lines.push("]".to_owned());
        lines.push(String::new());
        let inputs = shapes.first().map_or(0, |shape| shape.0);
        if is_keras {
            lines.push(format!("model = keras.Sequential([keras.Input(({inputs},)), *layers])"));
            lines.push("dense = [layer for layer in layers if isinstance(layer, keras.layers.Dense)]".to_owned());
        } else {
            lines.push("model = torch.nn.Sequential(*layers)".to_owned());
            lines.push("dense = [layer for layer in layers if isinstance(layer, torch.nn.Linear)]".to_owned());
        }
        lines.push(format!("for name, layer in zip([{}], dense):", names.join(", ")));
        if is_keras {
            let biases = if has_biases { ", arrays[f\"b{name}\"]" } else { "" };
            lines.push(format!("    layer.set_weights([arrays[f\"W{{name}}\"]{biases}])"));
        } else {
            lines.push("    layer.weight.data = torch.from_numpy(arrays[f\"W{name}\"].T.copy())".to_owned());
            if has_biases {
                lines.push("    layer.bias.data = torch.from_numpy(arrays[f\"b{name}\"])".to_owned());
            }
        }
        lines.push(match subject.purpose() {
            Purpose::Logits => "# The last layer gives logits.".to_owned(),
            Purpose::Logistic => "# The last layer gives the logit of a probability.".to_owned(),
            Purpose::Activated(activation) => format!("# The last layer ends in {activation}."),
        });
        Ok(lines.join("\n") + "\n")
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+".contains(letter);
    if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}
