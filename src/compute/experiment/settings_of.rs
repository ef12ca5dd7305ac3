use std::path::PathBuf;

use super::{Data, Experiment, Inputs, Meaning, Settings};

/// All that decides what is computed, as people write it.
impl From<&Experiment> for Settings {
    fn from(experiment: &Experiment) -> Self {
        // Without a rest: whatever an experiment gains has a key in files, too.
        let Experiment {
            inputs,
            widths,
            linear_first,
            activation,
            initializer,
            bias,
            bias_std,
            draws,
            generator,
            seed,
        } = experiment;
        let Inputs { data, split, images, scale, transposed, label_column } = inputs;
        let own_biases = !initializer.sets_biases();
        let (pixels, uniform) = (data.has_pixels(), experiment.uniform_width());
        let parameter = |name| activation.parameter().filter(|(has, _)| *has == name).map(|(_, value)| value);
        Self {
            preset: None,
            data: Some(match data {
                Data::Mnist => PathBuf::from("mnist"),
                Data::Gaussian { .. } => PathBuf::from("gaussian"),
                // Files hold text, and a folder's name need not be any.
                Data::Folder(path) => PathBuf::from(path.to_string_lossy().into_owned()),
                Data::Set(set) => PathBuf::from(set.path().to_string_lossy().into_owned()),
            }),
            input_dim: match data {
                Data::Gaussian { dim } => Some(*dim),
                Data::Mnist | Data::Folder(_) | Data::Set(_) => None,
            },
            split: pixels.then(|| split.name().to_owned()),
            images: Some(*images),
            input_scale: pixels.then(|| scale.name().to_owned()),
            // Hardly ever so: files say it where it is.
            transposed_images: (pixels && *transposed).then_some(true),
            label_column: label_column.as_ref().map(ToString::to_string),
            layers: uniform.map(|_| widths.len()),
            width: uniform,
            widths: uniform.is_none().then(|| widths.clone()),
            linear_first: Some(*linear_first),
            activation: Some(match activation.parameter() {
                Some(_) => activation.name().to_owned(),
                None => activation.to_string(),
            }),
            slope: parameter("slope"),
            alpha: parameter("alpha"),
            init: Some(initializer.without_flags()),
            sigma: initializer.number(Meaning::Sigma).map(|sigma| vec![sigma]),
            weight_mean: initializer.number(Meaning::Mean),
            gain: initializer.number(Meaning::Gain),
            bias: own_biases.then(|| vec![*bias]),
            bias_std: own_biases.then_some(*bias_std),
            draws: Some(draws.name().to_owned()),
            generator: Some(generator.name().to_owned()),
            seed: Some(*seed),
        }
    }
}
