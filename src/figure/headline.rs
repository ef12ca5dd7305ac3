use super::other_settings::unusual_settings;
use crate::experiment::{
    Data, Draws, Experiment, Generator, Initializer, InputScale, Inputs, Meaning, Split, folder_name,
};
use crate::number;
use crate::subject::{GivenWeights, Subject, Weights};
use crate::training::Training;

/// A line that names what is shown in the field's notation; parts differ in weight, and together they are the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// Network and activation: `784 → 100 × 5 → 10, relu, `.
    pub network: String,
    /// The weights' law, and what is unusual about biases and draws: `N(0, 0.100²), bias −0.1, shared draws`; or what weights that
    /// were given are called; or what was drawn, and how it was trained.
    pub law: String,
    /// The images: ` on 10,000 MNIST test images`.
    pub images: String,
}

impl Headline {
    /// Makes the headline of a subject.
    ///
    /// ```
    /// use initscope::experiment::Experiment;
    /// use initscope::figure::Headline;
    ///
    /// let headline = Headline::of(&(&Experiment::article()).into()).to_string();
    /// assert!(headline.starts_with("784 → 100 × 5 → 10, relu"));
    /// ```
    pub fn of(subject: &Subject) -> Self {
        let experiment = subject.experiment();
        let law = match subject.weights() {
            Weights::Drawn => law(experiment.initializer) + &extras(experiment),
            Weights::Given(weights) => of_given(weights, subject.has_biases()),
            Weights::Trained(trained) => {
                let before = match trained.start() {
                    Some(weights) => of_given(weights, weights.biases().is_some()),
                    None => law(experiment.initializer) + &extras(experiment),
                };
                format!("{before}, {}", trained.words())
            }
        };
        Self {
            network: network(subject, &experiment.widths.len().to_string()),
            law,
            images: format!(" on {}", images(&experiment.inputs)),
        }
    }

    /// Makes the headline of a network that is trained: the images are those of its training.
    pub fn of_training(subject: &Subject, training: &Training) -> Self {
        Self { images: format!(" on {}", trained_images(subject.experiment(), training)), ..Self::of(subject) }
    }

    /// What these have in common: parts in which they differ are left out.
    pub fn common(headlines: &[Self]) -> Self {
        let common = |part: fn(&Self) -> &str| {
            let mut parts = headlines.iter().map(part);
            let first = parts.next().unwrap_or_default();
            if parts.all(|other| other == first) { first.to_owned() } else { String::new() }
        };
        let (mut network, law, mut images) =
            (common(|line| &line.network), common(|line| &line.law), common(|line| &line.images));
        // Networks of the same shape may differ in their activations.
        if network.is_empty() {
            let shape = |line: &Self| line.network.split_once(", ").map(|(shape, _)| format!("{shape}, "));
            let shapes: Option<Vec<_>> = headlines.iter().map(shape).collect();
            network = shapes
                .filter(|shapes| shapes.windows(2).all(|pair| pair[0] == pair[1]))
                .map_or_else(String::new, |shapes| shapes[0].clone());
        }
        if law.is_empty() {
            network = network.trim_end_matches([',', ' ']).to_owned();
        }
        if network.is_empty() && law.is_empty() {
            images = images.trim_start_matches(" on ").to_owned();
        }
        Self { network, law, images }
    }

    /// Headline of a landscape of such networks with so many layers: what is mapped over what replaces the law.
    pub(super) fn of_landscape(base: &Experiment, training: Option<&Training>, layers: &str, mapped: &str) -> Self {
        let shown = || images(&base.inputs);
        Self {
            network: network(&base.into(), layers),
            law: mapped.to_owned() + &extras(base),
            images: format!(" on {}", training.map_or_else(shown, |training| training_images(base, training))),
        }
    }
}

/// `weights and biases of model.keras`
fn of_given(weights: &GivenWeights, has_biases: bool) -> String {
    let and_biases = if has_biases { " and biases" } else { "" };
    format!("weights{and_biases} of {}", weights.label())
}

/// `784 → 100 × 5 → 10, relu, `
fn network(subject: &Subject, layers: &str) -> String {
    let experiment = subject.experiment();
    let linear = experiment.linear_first.then(|| format!("{} linear → ", experiment.widths[0]));
    let hidden = match experiment.uniform_width() {
        Some(width) => format!("{width} × {layers}"),
        None => experiment.widths.iter().map(usize::to_string).collect::<Vec<_>>().join(" → "),
    };
    let mut activations: Vec<_> =
        (0..experiment.widths.len()).map(|layer| subject.activation(layer).to_string()).collect();
    activations.dedup();
    format!(
        "{} → {}{hidden} → {}, {}, ",
        experiment.inputs.dim(),
        linear.unwrap_or_default(),
        subject.outputs(),
        if activations.len() > 4 { "several activations".to_owned() } else { activations.join(" → ") }
    )
}

/// `10,000 MNIST test images, standardized`
fn images(inputs: &Inputs) -> String {
    counted_images(inputs, inputs.images, inputs.split)
}

/// What a network is trained on and judged by: `60,000 MNIST training images, judged on 10,000 test images`.
pub fn trained_images(experiment: &Experiment, training: &Training) -> String {
    let judges = Training::judges(experiment).len();
    let others = match experiment.inputs.data {
        Data::Gaussian { .. } => "others",
        _ if judges == 1 => "test image",
        _ => "test images",
    };
    let trained = training_images(experiment, training);
    format!("{trained}, judged on {} {others}", number::count(judges as u64))
}

/// `60,000 MNIST training images`
fn training_images(experiment: &Experiment, training: &Training) -> String {
    counted_images(&experiment.inputs, training.images_of(experiment), Split::Train)
}

/// So many images of some.
fn counted_images(inputs: &Inputs, count: usize, split: Split) -> String {
    let plural = if count == 1 { "" } else { "s" };
    let count = number::count(count as u64);
    let own = match &inputs.data {
        Data::Mnist => None,
        Data::Folder(path) => Some(folder_name(path, 1)),
        Data::Set(set) => Some(folder_name(set.path(), 1)),
        Data::Gaussian { .. } => return format!("{count} Gaussian input{plural}"),
    };
    let split = match split {
        Split::Test => "test ",
        Split::Train => "training ",
        Split::Whole => "",
    };
    let scale = match inputs.scale {
        InputScale::Unit => "",
        InputScale::Standardized => ", standardized",
        InputScale::Centered => ", from −0.5 to 0.5",
        InputScale::Bytes => ", from 0 to 255",
    };
    let order = if inputs.transposed { ", transposed" } else { "" };
    match own {
        None => format!("{count} MNIST {split}image{plural}{scale}{order}"),
        Some(own) => format!("{count} {split}image{plural} of {own}{scale}{order}"),
    }
}

impl std::fmt::Display for Headline {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}{}{}", self.network, self.law, self.images)
    }
}

/// Biases, and all else that is not as usual.
fn extras(experiment: &Experiment) -> String {
    let (bias, std) = (experiment.bias, experiment.bias_std);
    let biases = match (bias != 0.0, std != 0.0) {
        _ if experiment.initializer.sets_biases() => String::new(),
        (_, true) => format!(", bias N({}, {}²)", number::plain(bias), number::plain(std)),
        (true, false) => format!(", bias {}", number::plain(bias)),
        (false, false) => String::new(),
    };
    unusual(experiment).into_iter().fold(biases, |text, part| format!("{text}, {part}"))
}

/// What is not as usual, and stands in headline and caption alike, part by part: draws that are not each layer's own, and settings
/// that have no words of their own.
pub fn unusual(experiment: &Experiment) -> Vec<String> {
    let draws = match (experiment.draws, experiment.generator) {
        (Draws::Independent, Generator::Native) => None,
        (Draws::Shared, Generator::Native) => Some("shared draws"),
        (Draws::Independent, Generator::Tensorflow1) => Some("draws of TensorFlow 1"),
        (Draws::Shared, Generator::Tensorflow1) => Some("shared draws of TensorFlow 1"),
    };
    draws.map(str::to_owned).into_iter().chain(unusual_settings(experiment)).collect()
}

fn law(initializer: Initializer) -> String {
    match initializer {
        Initializer::RandomNormal { mean, sigma } => {
            let sigma = number::sigma(sigma);
            // A power of ten is squared in brackets.
            let sigma = if sigma.contains('×') { format!("({sigma})") } else { sigma };
            format!("N({}, {sigma}²)", number::plain(mean))
        }
        _ => match initializer.number(Meaning::Gain) {
            Some(gain) if gain != 1.0 => format!("{} × {}", number::plain(gain), initializer.name()),
            _ => initializer.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Activation;

    #[test]
    fn what_several_have_in_common_includes_the_shape() {
        let of = |activation| Headline::of(&(&Experiment { activation, ..Experiment::article() }).into());
        let [relu, tanh] = [Activation::Relu, Activation::Tanh].map(of);
        let common = Headline::common(&[relu.clone(), tanh]).to_string();
        assert_eq!(common, "784 → 100 × 5 → 10, N(0, 0.100²) on 10,000 MNIST test images");
        let deep = Experiment { widths: vec![100; 7], ..Experiment::article() };
        let common = Headline::common(&[relu, Headline::of(&(&deep).into())]).to_string();
        assert_eq!(common, "N(0, 0.100²) on 10,000 MNIST test images");
    }
}
