//! What PyTorch saves: a state_dict, one inside a checkpoint, or a whole `Sequential`.

use super::Ending;
use super::activation_name::{self, NamedLayer};
use super::error::Flaw;
use super::named_step::{TORCH_EPSILON, batch_norm, steps_of};
use super::named_tensor::NamedTensor;
use super::pickle_value::{PickleValue, Pickled, Place};
use super::step::{DenseStep, NetworkStep};
use super::torch_tensor::{Storages, TensorReader, TorchTensor};
use crate::subject::{LayerNorm, NormPlace};

/// Keys under which checkpoints keep a state_dict, the likeliest first.
const STATE_DICTS: [&str; 7] = ["state_dict", "model_state_dict", "model", "net", "network", "module", "weights"];
/// Dictionaries in dictionaries, and modules in modules, that are looked into.
const DEEPEST: usize = 4;
/// Modules that are looked into.
const MOST_MODULES: usize = 10_000;

/// Steps, what is to be said of them, and how they end if activations are named.
pub(super) type TorchSteps = (Vec<NetworkStep>, Vec<String>, Option<Ending>);

/// The network's steps.
///
/// # Errors
/// If there is no network, or its arrays are damaged.
pub(super) fn steps(pickled: &Pickled, storages: &mut impl Storages) -> Result<TorchSteps, Flaw> {
    let mut reader = TensorReader::new(storages);
    if is_module(pickled, pickled.whole) {
        let mut steps = Vec::new();
        modules(pickled, pickled.whole, "", DEEPEST, &mut reader, &mut steps)?;
        return Ok((steps, Vec::new(), Some(Ending::Logits)));
    }
    let dict = state_dict(pickled, pickled.whole, DEEPEST).ok_or_else(|| {
        Flaw("there is no network in it: save one with torch.save(model.state_dict(), file)".to_owned())
    })?;
    if is_module(pickled, dict) {
        let mut steps = Vec::new();
        modules(pickled, dict, "", DEEPEST, &mut reader, &mut steps)?;
        return Ok((steps, Vec::new(), Some(Ending::Logits)));
    }
    let mut tensors = Vec::new();
    for &(key, value) in pickled.items(dict).unwrap_or_default() {
        let (Some(name), Some(tensor)) = (pickled.text(key), TorchTensor::of(pickled, value)) else { continue };
        tensors.extend(reader.read(name, &tensor)?.filter(|tensor| !tensor.shape.is_empty()));
    }
    let (steps, notes) = steps_of(tensors, true, TORCH_EPSILON)?;
    Ok((steps, notes, None))
}

/// The dictionary of tensors, or the module, that is the network.
fn state_dict(pickled: &Pickled, place: Place, depth: usize) -> Option<Place> {
    if is_module(pickled, place) {
        return Some(place);
    }
    let items = pickled.items(place)?;
    if items.iter().any(|&(_, value)| TorchTensor::of(pickled, value).is_some()) {
        return Some(place);
    }
    let depth = depth.checked_sub(1)?;
    STATE_DICTS.iter().find_map(|key| state_dict(pickled, pickled.item(place, key)?, depth))
}

fn is_module(pickled: &Pickled, place: Place) -> bool {
    pickled.class(place).is_some_and(|class| class.starts_with("torch.nn.modules."))
}

/// The steps of a module, and of those in it.
fn modules(
    pickled: &Pickled,
    place: Place,
    name: &str,
    depth: usize,
    reader: &mut TensorReader<'_, impl Storages>,
    steps: &mut Vec<NetworkStep>,
) -> Result<(), Flaw> {
    let class = pickled.class(place).and_then(|class| class.rsplit('.').next()).unwrap_or_default();
    let state = pickled.state(place);
    let entry = |key: &str| state.and_then(|state| pickled.item(state, key));
    let number = |key: &str| entry(key).and_then(|value| pickled.real(value));
    let word = |key: &str| entry(key).and_then(|value| pickled.text(value)).map(str::to_owned);
    let titled = || if name.is_empty() { class.to_owned() } else { name.to_owned() };
    let mut array = |of: &str, key: &str| -> Result<Option<NamedTensor>, Flaw> {
        let tensor = entry(of).and_then(|dict| TorchTensor::of(pickled, pickled.item(dict, key)?));
        match tensor {
            Some(tensor) => reader.read(&format!("{}.{key}", titled()), &tensor),
            None => Ok(None),
        }
    };
    match class {
        "Sequential" => {
            let Some(depth) = depth.checked_sub(1) else {
                return Err(Flaw::damaged("its modules are in one another too deep"));
            };
            let inner = entry("_modules").and_then(|modules| pickled.items(modules)).unwrap_or_default();
            for &(key, module) in inner {
                if *pickled.get(module) == PickleValue::None {
                    continue;
                }
                let key = pickled.text(key).unwrap_or_default();
                let name = if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
                reader.visited += 1;
                if reader.visited > MOST_MODULES {
                    return Err(Flaw("it has more than 10,000 modules: nobody could look at so many".to_owned()));
                }
                modules(pickled, module, &name, depth, reader, steps)?;
            }
        }
        "Linear" => {
            let weight = array("_parameters", "weight")?;
            let weight = weight.ok_or_else(|| Flaw::damaged(format!("{} has no weights", titled())))?;
            let bias = array("_parameters", "bias")?.map(NamedTensor::flat);
            let kernel = weight.matrix()?.reversed_axes().as_standard_layout().into_owned();
            if bias.as_ref().is_some_and(|bias| bias.len() != kernel.ncols()) {
                return Err(Flaw::damaged(format!("{} has another number of biases than of units", titled())));
            }
            steps.push(NetworkStep::Dense(DenseStep { name: titled(), kernel, bias, initializer: None }));
        }
        "BatchNorm1d" => {
            let statistics = (array("_buffers", "running_mean")?, array("_buffers", "running_var")?);
            let (Some(mean), Some(variance)) = statistics else {
                steps.push(NetworkStep::Foreign(format!("{}, a BatchNorm1d without running statistics", titled())));
                return Ok(());
            };
            let own = (array("_parameters", "weight")?, array("_parameters", "bias")?);
            steps.push(batch_norm(titled(), (mean, variance), own, number("eps").unwrap_or(1e-5))?);
        }
        "LayerNorm" => {
            let (scale, shift) = (array("_parameters", "weight")?, array("_parameters", "bias")?);
            let Some(scale) = scale.filter(|scale| scale.shape.len() == 1) else {
                steps.push(NetworkStep::Foreign(format!("{}, a LayerNorm that is not over the units alone", titled())));
                return Ok(());
            };
            let scale = scale.flat();
            let shift = shift.map_or_else(|| ndarray::Array1::zeros(scale.len()), NamedTensor::flat);
            if shift.len() != scale.len() {
                return Err(Flaw::damaged(format!("the arrays of {} have different lengths", titled())));
            }
            let epsilon = number("eps").unwrap_or(1e-5);
            let norm = LayerNorm { place: NormPlace::PreActivation, scale, shift, epsilon };
            steps.push(NetworkStep::LayerNorm { name: titled(), norm });
        }
        "Dropout" | "Dropout1d" | "AlphaDropout" | "FeatureAlphaDropout" => steps.push(NetworkStep::Dropout),
        "Flatten" => {}
        class => match activation_name::torch(class, number, word) {
            Some(NamedLayer::Activation(activation)) => steps.push(NetworkStep::Activation(activation)),
            Some(NamedLayer::Softmax) => steps.push(NetworkStep::Softmax),
            None => {
                let what = if name.is_empty() { "the whole of it" } else { name };
                steps.push(NetworkStep::Foreign(format!("{what}, a {class}")));
                let (weights, bias) = (array("_parameters", "weight")?, array("_parameters", "bias")?);
                steps.extend(weights.map(|weights| NetworkStep::Weights(weights, bias)));
            }
        },
    }
    Ok(())
}
