use std::path::Path;

use super::other_settings::other_settings;
use crate::experiment::{Settings, folder_name};
use crate::number;
use crate::subject::{Subject, Weights};

/// What tells subjects apart, of each in the words of the field: `σ 0.14`, `he_normal`, `tanh, 10 layers`. Where they are
/// equal there is nothing to say.
pub fn differences(subjects: &[&Subject]) -> Vec<String> {
    let settings: Vec<_> = subjects.iter().map(|subject| settings(subject)).collect();
    let data = names_of_data(&settings);
    let mut words: Vec<Vec<String>> = settings.iter().zip(data).map(|(settings, data)| words(settings, data)).collect();
    for (words, subject) in words.iter_mut().zip(subjects) {
        words.push(trained_words(subject));
    }
    tell_parameters(&mut words);
    let count = words.first().map_or(0, Vec::len);
    // What an initializer has beside others that have none of it is told by its name.
    let is_usual = |at: usize| words.iter().all(|of| of[at].is_empty() || USUAL.contains(&of[at].as_str()));
    let differs = |at: usize| words.iter().any(|other| other[at] != words[0][at]) && !is_usual(at);
    let differing: Vec<_> = (0..count).filter(|&at| differs(at)).collect();
    let of = |words: &Vec<String>| {
        let told = differing.iter().map(|&at| words[at].as_str()).filter(|word| !word.is_empty());
        told.collect::<Vec<_>>().join(", ")
    };
    words.iter().map(of).collect()
}

/// Where initializers have the same name, and parameters in brackets, it is these that tell them apart: `scale 0.8`.
fn tell_parameters(words: &mut [Vec<String>]) {
    let parted = |of: &Vec<String>| {
        let (name, parameters) = of.get(INIT)?.strip_suffix(')')?.split_once('(')?;
        let pairs = parameters.split(", ").map(|pair| pair.split_once('=')).collect::<Option<Vec<_>>>()?;
        Some((
            name.to_owned(),
            pairs.into_iter().map(|(key, value)| [key, value].map(str::to_owned)).collect::<Vec<_>>(),
        ))
    };
    let Some(all) = words.iter().map(parted).collect::<Option<Vec<_>>>() else { return };
    let Some((name, first)) = all.first() else { return };
    let keys = |pairs: &[[String; 2]]| pairs.iter().map(|[key, _]| key.clone()).collect::<Vec<_>>();
    if all.iter().any(|(other, pairs)| other != name || keys(pairs) != keys(first)) {
        return;
    }
    let differs = |at: &usize| all.iter().any(|(_, pairs)| pairs[*at] != first[*at]);
    let differing: Vec<_> = (0..first.len()).filter(differs).collect();
    for (of, (_, pairs)) in words.iter_mut().zip(&all).filter(|_| !differing.is_empty()) {
        let told = differing.iter().map(|&at| format!("{} {}", pairs[at][0], pairs[at][1]));
        of[INIT] = told.collect::<Vec<_>>().join(", ");
    }
}

/// Settings as they are where nobody sets them.
const USUAL: [&str; 6] = ["μ 0", "gain 1", "bias 0", "bias std 0", "independent draws", "native"];

/// A subject's; where its weights were given, what they are called in place of all that draws have.
fn settings(subject: &Subject) -> Settings {
    let experiment = subject.experiment();
    let settings = Settings::from(experiment);
    match subject.weights() {
        Weights::Drawn => settings,
        Weights::Given(weights) => settings_of_given(subject, weights.label()),
        Weights::Trained(trained) => match trained.start() {
            Some(weights) => settings_of_given(subject, weights.label()),
            None => settings,
        },
    }
}

/// How a subject was trained, whatever was drawn; nothing where it was not.
fn trained_words(subject: &Subject) -> String {
    match subject.weights() {
        Weights::Trained(trained) => trained.words().to_owned(),
        Weights::Drawn | Weights::Given(_) => String::new(),
    }
}

/// Of weights that are called so.
fn settings_of_given(subject: &Subject, label: &str) -> Settings {
    let experiment = subject.experiment();
    let settings = Settings::from(experiment);
    Settings {
        init: Some(label.to_owned()),
        seed: settings.seed.filter(|_| !experiment.inputs.data.has_pixels()),
        ..settings.without_draws()
    }
}

/// Where images come from: so much of the end of each path that no two of them are called the same.
fn names_of_data(settings: &[Settings]) -> Vec<String> {
    let paths: Vec<&Path> = settings.iter().map(|settings| settings.data.as_deref().unwrap_or(Path::new(""))).collect();
    let longest = paths.iter().map(|path| path.iter().count()).max().unwrap_or(1);
    let names = |parts| paths.iter().map(|path| folder_name(path, parts)).collect::<Vec<_>>();
    let tells_apart = |names: &Vec<String>| {
        let pairs = || paths.iter().zip(names);
        pairs().all(|(path, name)| pairs().all(|(other, called)| path == other || name != called))
    };
    (1..longest).map(names).find(tells_apart).unwrap_or_else(|| names(longest))
}

/// The place of the initializer among the words.
const INIT: usize = 12;

/// All that is set, each in its place; empty where it does not apply.
fn words(settings: &Settings, data: String) -> Vec<String> {
    let number = |name: &str, value: Option<f64>| {
        value.map_or_else(String::new, |value| format!("{name} {}", number::plain(value)))
    };
    let layers = match (&settings.widths, settings.layers, settings.width) {
        (Some(widths), ..) => widths.iter().map(usize::to_string).collect::<Vec<_>>().join(" → "),
        (None, Some(1), Some(width)) => format!("1 layer of {width}"),
        (None, layers, width) => format!("{} layers of {}", layers.unwrap_or(0), width.unwrap_or(0)),
    };
    let sigma = settings.sigma.as_ref().and_then(|sigmas| sigmas.first().copied());
    let flag = |is: Option<bool>, yes: &str, no: &str| if is == Some(true) { yes } else { no }.to_owned();
    let word = |word: &Option<String>| word.clone().unwrap_or_default();
    let images = settings.images.map_or_else(String::new, |images| format!("{} images", number::count(images as u64)));
    vec![
        data,
        word(&settings.split),
        images,
        word(&settings.input_scale),
        flag(settings.transposed_images, "transposed", ""),
        settings.label_column.as_ref().map_or_else(String::new, |column| format!("labels {column}")),
        number("input dim", settings.input_dim.map(|dim| dim as f64)),
        layers,
        flag(settings.linear_first, "linear first", "no linear layer"),
        word(&settings.activation),
        number("slope", settings.slope),
        number("alpha", settings.alpha),
        word(&settings.init),
        number("σ", sigma),
        number("μ", settings.weight_mean),
        number("gain", settings.gain),
        number("bias", settings.bias.as_ref().and_then(|biases| biases.first().copied())),
        number("bias std", settings.bias_std),
        settings.draws.as_ref().map_or_else(String::new, |draws| format!("{draws} draws")),
        word(&settings.generator),
        settings.seed.map_or_else(String::new, |seed| format!("seed {seed}")),
        other_settings(settings).join(", "),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Activation, Experiment, Initializer};

    fn told(experiments: &[Experiment]) -> Vec<String> {
        let subjects: Vec<_> = experiments.iter().map(Subject::from).collect();
        differences(&subjects.iter().collect::<Vec<_>>())
    }

    #[test]
    fn only_what_differs_is_told() {
        let normal =
            |sigma| Experiment { initializer: Initializer::RandomNormal { mean: 0.0, sigma }, ..Experiment::article() };
        assert_eq!(told(&[normal(0.1), normal(0.14)]), ["σ 0.1", "σ 0.14"]);
        assert_eq!(told(&[normal(0.1), normal(0.1)]), ["", ""]);
        let scaled = |text: &str| Experiment {
            initializer: Initializer::read(text).unwrap_or_else(|error| panic!("{error:?}")),
            ..Experiment::article()
        };
        let [low, high] = ["0.8", "3"].map(|scale| format!("variance_scaling(scale={scale}, mode=fan_avg)"));
        assert_eq!(told(&[scaled(&low), scaled(&high)]), ["scale 0.8", "scale 3"]);
        assert_eq!(told(&[scaled(&low), scaled("variance_scaling")])[0], "variance_scaling(scale=0.8, mode=fan_avg)");
        let he = Experiment { initializer: Initializer::HeNormal { gain: 1.0 }, ..normal(0.1) };
        assert_eq!(told(&[normal(0.1), he.clone()]), ["random_normal, σ 0.1", "he_normal"]);
        let torch = Experiment { initializer: Initializer::TorchLinearDefault, ..normal(0.1) };
        assert_eq!(told(&[he.clone(), torch]), ["he_normal", "torch_linear_default"]);
        let twice = Experiment { initializer: Initializer::HeNormal { gain: 2.0 }, ..normal(0.1) };
        assert_eq!(told(&[he, twice]), ["gain 1", "gain 2"]);
        let deep = Experiment { activation: Activation::Tanh, widths: vec![50; 10], bias: -0.1, ..normal(0.1) };
        assert_eq!(told(&[normal(0.1), deep]), ["5 layers of 100, relu, bias 0", "10 layers of 50, tanh, bias −0.1"]);
    }
    #[test]
    fn folders_of_one_name_are_told_apart_by_those_they_are_in() {
        let of = |folder: &str| {
            let mut experiment = Experiment::article();
            experiment.inputs.data = crate::experiment::Data::Folder(folder.into());
            experiment
        };
        assert_eq!(told(&[of("/x/MNIST/raw"), of("/x/FashionMNIST/raw")]), ["MNIST/raw", "FashionMNIST/raw"]);
        assert_eq!(told(&[of("/x/one/digits"), of("/x/two/digits")]), ["one/digits", "two/digits"]);
        assert_eq!(told(&[of("/x/a/MNIST/raw"), of("/x/b/MNIST/raw")]), ["a/MNIST/raw", "b/MNIST/raw"]);
        assert_eq!(told(&[of("/x/one/digits"), Experiment::article()]), ["digits", "mnist"]);
    }
}
