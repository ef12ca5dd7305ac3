use std::path::PathBuf;

use super::{Data, Experiment, Meaning, Settings};

/// All that decides what is computed, as people write it.
impl From<&Experiment> for Settings {
    fn from(experiment: &Experiment) -> Self {
        let initializer = experiment.initializer;
        let own_biases = !initializer.sets_biases();
        let (pixels, uniform) = (experiment.inputs.data.has_pixels(), experiment.uniform_width());
        let parameter =
            |name| experiment.activation.parameter().filter(|(has, _)| *has == name).map(|(_, value)| value);
        Self {
            preset: None,
            data: Some(match &experiment.inputs.data {
                Data::Mnist => PathBuf::from("mnist"),
                Data::Gaussian { .. } => PathBuf::from("gaussian"),
                // Files hold text, and a folder's name need not be any.
                Data::Folder(folder) => PathBuf::from(folder.to_string_lossy().into_owned()),
            }),
            input_dim: match experiment.inputs.data {
                Data::Gaussian { dim } => Some(dim),
                Data::Mnist | Data::Folder(_) => None,
            },
            split: pixels.then(|| experiment.inputs.split.name().to_owned()),
            images: Some(experiment.inputs.images),
            input_scale: pixels.then(|| experiment.inputs.scale.name().to_owned()),
            layers: uniform.map(|_| experiment.widths.len()),
            width: uniform,
            widths: uniform.is_none().then(|| experiment.widths.clone()),
            linear_first: Some(experiment.linear_first),
            activation: Some(match experiment.activation.parameter() {
                Some(_) => experiment.activation.name().to_owned(),
                None => experiment.activation.to_string(),
            }),
            slope: parameter("slope"),
            alpha: parameter("alpha"),
            init: Some(initializer.without_flags()),
            sigma: initializer.number(Meaning::Sigma).map(|sigma| vec![sigma]),
            weight_mean: initializer.number(Meaning::Mean),
            gain: initializer.number(Meaning::Gain),
            bias: own_biases.then_some(experiment.bias),
            bias_std: own_biases.then_some(experiment.bias_std),
            draws: Some(experiment.draws.name().to_owned()),
            generator: Some(experiment.generator.name().to_owned()),
            seed: Some(experiment.seed),
        }
    }
}
