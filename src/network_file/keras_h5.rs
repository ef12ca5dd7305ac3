//! Keras's .h5: a whole model of Keras 2, or weights alone, of Keras 2 or 3.

use serde_json::Value;

use super::error::Flaw;
use super::hdf5::Hdf5;
use super::keras_config;
use super::keras_graph::{KerasLayer, layers};
use super::named_step::{KERAS_EPSILON, steps_of};
use super::named_tensor::NamedTensor;
use super::natural_order::natural_order;
use super::step::NetworkStep;

/// The network's steps, what is to be said of them, and whether their activations are named.
///
/// # Errors
/// If it is damaged, or no network.
pub(super) fn steps(bytes: Vec<u8>) -> Result<(Vec<NetworkStep>, Vec<String>, bool), Flaw> {
    let mut file = Hdf5::new(bytes)?;
    let root = file.group("").ok_or_else(|| Flaw::damaged("it has no groups"))?;
    if let Some(config) = Hdf5::text(&root, "model_config") {
        let version = file.group("model_weights").and_then(|weights| Hdf5::text(&weights, "keras_version"));
        let version = version.or_else(|| Hdf5::text(&root, "keras_version"));
        return model(&mut file, &config, version.is_some_and(|version| version.starts_with('3')));
    }
    let names = if let Some(layers) = Hdf5::texts(&root, "layer_names") {
        let mut tensors = Vec::new();
        for layer in layers {
            tensors.extend(of_layer(&mut file, &layer, &layer)?);
        }
        steps_of(tensors, true, KERAS_EPSILON)
    } else if let Some(layers) = file.group("layers").or_else(|| file.group("_layer_checkpoint_dependencies")) {
        let arrays = file.arrays(&layers)?;
        steps_of(named(&arrays), false, KERAS_EPSILON)
    } else {
        let arrays = file.arrays(&root)?;
        steps_of(arrays, false, KERAS_EPSILON)
    };
    names.map(|(steps, notes)| (steps, notes, false))
}

/// A whole model.
fn model(file: &mut Hdf5, config: &str, is_keras_3: bool) -> Result<(Vec<NetworkStep>, Vec<String>, bool), Flaw> {
    let config: Value =
        serde_json::from_str(config).map_err(|error| Flaw::damaged(format!("its model_config is no JSON: {error}")))?;
    let (layers, branch): (Vec<KerasLayer<'_>>, _) = layers(&config);
    let mut steps: Vec<_> = branch.into_iter().map(NetworkStep::Foreign).collect();
    for layer in &layers {
        let arrays = of_layer(file, &format!("model_weights/{}", layer.name), layer.name)?;
        keras_config::append(&mut steps, layer, arrays, is_keras_3)?;
    }
    Ok((steps, Vec::new(), true))
}

/// The arrays of a layer's group, in the order in which it names them.
fn of_layer(file: &mut Hdf5, path: &str, layer: &str) -> Result<Vec<NamedTensor>, Flaw> {
    let Some(group) = file.group(path) else { return Ok(Vec::new()) };
    let mut arrays = Vec::new();
    for weight in Hdf5::texts(&group, "weight_names").unwrap_or_default() {
        let own = weight.rsplit('/').next().unwrap_or_default().to_owned();
        let array = file.array(&group, &weight, &format!("{layer}/{own}"))?;
        arrays.push(array.ok_or_else(|| Flaw::damaged(format!("{weight} is missing")))?);
    }
    Ok(arrays)
}

/// Arrays that Keras 3 only numbers (`dense/vars/0`), with the names that it has for them in layers of this class.
fn named(arrays: &[NamedTensor]) -> Vec<NamedTensor> {
    let count = |layer: &str| {
        let of_layer = |array: &&NamedTensor| array.name.rsplit_once("/vars/").is_some_and(|(own, _)| own == layer);
        arrays.iter().filter(of_layer).count()
    };
    let rename = |array: &NamedTensor| {
        let Some((layer, number)) = array.name.rsplit_once("/vars/") else { return array.clone() };
        let names: &[&str] = match count(layer) {
            4 => &["gamma", "beta", "moving_mean", "moving_variance"],
            3 if layer.contains("normalization") => &["mean", "variance", "count"],
            _ => &["kernel", "bias"],
        };
        let own = number.parse().ok().and_then(|number: usize| names.get(number)).copied().unwrap_or(number);
        NamedTensor { name: format!("{layer}/{own}"), ..array.clone() }
    };
    let mut renamed: Vec<_> = arrays.iter().map(rename).collect();
    renamed.sort_by(|one, other| natural_order(&one.name, &other.name));
    renamed
}
