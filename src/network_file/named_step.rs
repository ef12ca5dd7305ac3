//! Arrays with names, as a state_dict has them, become steps.

use super::chain::in_chain;
use super::error::Flaw;
use super::named_tensor::{NamedTensor, words};
use super::natural_order::natural_order;
use super::step::{DenseStep, NetworkStep};
use super::tensor_name::{Role, TensorName, is_attention, without_prefix};
use crate::subject::{LayerNorm, NormPlace};

/// How the note begins that the orientation of a square kernel is a guess.
pub(super) const ROWS: &str = "The rows of";
/// What is added to a variance where the file does not say it: PyTorch's.
pub(super) const TORCH_EPSILON: f64 = 1e-5;
/// And Keras's.
pub(super) const KERAS_EPSILON: f64 = 1e-3;

/// Arrays of one layer.
struct LayerArrays {
    name: String,
    arrays: Vec<(Option<Role>, NamedTensor)>,
}

/// The steps that these arrays are the weights of. Where the order means nothing they are put into the order of their names.
///
/// # Errors
/// If they do not follow from one another.
pub(super) fn steps_of(
    tensors: Vec<NamedTensor>,
    is_ordered: bool,
    epsilon: f64,
) -> Result<(Vec<NetworkStep>, Vec<String>), Flaw> {
    let mut layers = grouped(tensors);
    if !is_ordered {
        layers.sort_by(|one, other| natural_order(&one.name, &other.name));
    }
    let mut names: Vec<_> = layers.iter().map(|layer| layer.name.clone()).collect();
    without_prefix(&mut names);
    for (layer, name) in layers.iter_mut().zip(names) {
        // A layer that stands alone may have no name.
        layer.name = if name.is_empty() { "dense".to_owned() } else { name };
    }
    let attention = layers.iter().map(|layer| layer.name.clone()).find(|name| is_attention(name));
    let mut notes = Vec::new();
    let mut steps = Vec::new();
    for layer in layers {
        let mut others = Vec::new();
        if let Some(step) = step(layer, epsilon, (&mut notes, &mut others))? {
            steps.push(step);
        }
        steps.extend(others.into_iter().map(|(weights, bias)| (NetworkStep::Weights(weights, bias), false)));
    }
    let foreign = steps.iter().any(|(step, _)| matches!(step, NetworkStep::Foreign(_)));
    let plain = |steps: Vec<(NetworkStep, bool)>| steps.into_iter().map(|(step, _)| step).collect::<Vec<_>>();
    let steps = match attention {
        _ if foreign => plain(steps),
        // Its layers are dense ones that do not follow one another.
        Some(name) => in_chain(steps.clone()).unwrap_or_else(|_| {
            let first = NetworkStep::Foreign(format!("{name}, of an attention"));
            std::iter::once(first).chain(plain(steps)).collect()
        }),
        None => in_chain(steps)?,
    };
    Ok((with_activations(steps, &mut notes), notes))
}

fn grouped(tensors: Vec<NamedTensor>) -> Vec<LayerArrays> {
    let mut layers: Vec<LayerArrays> = Vec::new();
    for tensor in tensors {
        let TensorName { layer, role } = TensorName::of(&tensor.name);
        if role == Some(Role::Count) {
            continue;
        }
        // Arrays whose names say nothing: a vector after a matrix is its bias.
        let (layer, role) = match (role, tensor.shape.len()) {
            (None, 1) if layers.last().is_some_and(|last| last.arrays.len() == 1 && last.arrays[0].0.is_none()) => {
                (layers.last().map_or(layer, |last| last.name.clone()), Some(Role::Bias))
            }
            _ => (layer, role),
        };
        match layers.iter_mut().find(|known| known.name == layer) {
            Some(known) => known.arrays.push((role, tensor)),
            None => layers.push(LayerArrays { name: layer, arrays: vec![(role, tensor)] }),
        }
    }
    layers
}

/// The step, and whether its kernel's orientation is only a guess; weights of what is none go to the others.
fn step(
    layer: LayerArrays,
    epsilon: f64,
    (notes, others): (&mut Vec<String>, &mut Vec<(NamedTensor, Option<NamedTensor>)>),
) -> Result<Option<(NetworkStep, bool)>, Flaw> {
    let LayerArrays { name, mut arrays } = layer;
    let mut take = |wanted: &[Role]| -> Option<(Role, NamedTensor)> {
        let at = arrays.iter().position(|(role, _)| role.is_some_and(|role| wanted.contains(&role)))?;
        let (role, tensor) = arrays.remove(at);
        Some((role?, tensor))
    };
    let weight = take(&[Role::Weight, Role::Kernel]);
    let (bias, mean, variance) = (take(&[Role::Bias]), take(&[Role::Mean]), take(&[Role::Variance]));
    let vector = |found: Option<(Role, NamedTensor)>| found.map(|(_, tensor)| tensor);
    if let (Some(mean), Some(variance)) = (vector(mean), vector(variance)) {
        let scale = vector(weight);
        return Ok(Some((batch_norm(name, (mean, variance), (scale, vector(bias)), epsilon)?, false)));
    }
    let (role, weight) = match weight {
        Some((role, weight)) => (Some(role), weight),
        None => match arrays.iter().position(|(role, _)| role.is_none()) {
            Some(at) => (None, arrays.remove(at).1),
            // A bias alone is nothing that could be placed.
            None => {
                return Ok(
                    vector(bias).map(|bias| (NetworkStep::Foreign(format!("{}, without weights", bias.name)), false))
                );
            }
        },
    };
    let bias = vector(bias);
    if let Some((_, other)) = arrays.first() {
        let what = format!("{name}, with {} ({})", other.name, words(&other.shape));
        others.push((weight, bias));
        let more = arrays.into_iter().map(|(_, other)| other).filter(|other| other.shape.len() > 1);
        others.extend(more.map(|other| (other, None)));
        return Ok(Some((NetworkStep::Foreign(what), false)));
    }
    match (weight.shape.len(), bias) {
        (2, bias) => dense(name, role, weight, bias, notes).map(Some),
        (1, Some(bias)) if bias.shape == weight.shape => {
            let (scale, shift) = (weight.flat(), bias.flat());
            let norm = LayerNorm { place: NormPlace::PreActivation, scale, shift, epsilon };
            Ok(Some((NetworkStep::LayerNorm { name, norm }, false)))
        }
        // What export writes beside weights: z, h and images are matrices, numbers of a training are not.
        (_, bias) => {
            let what = format!("{name}, whose weights have the shape {}", words(&weight.shape));
            others.push((NamedTensor { name, ..weight }, bias));
            Ok(Some((NetworkStep::Foreign(what), false)))
        }
    }
}

/// A normalisation over images as it is at inference.
pub(super) fn batch_norm(
    name: String,
    (mean, variance): (NamedTensor, NamedTensor),
    (scale, shift): (Option<NamedTensor>, Option<NamedTensor>),
    epsilon: f64,
) -> Result<NetworkStep, Flaw> {
    let count = mean.values.len();
    let lengths = [Some(&variance), scale.as_ref(), shift.as_ref()];
    if lengths.into_iter().flatten().any(|other| other.values.len() != count) {
        return Err(Flaw(format!("the arrays of {name} must have the same length")));
    }
    let at = |array: &Option<NamedTensor>, index: usize, otherwise: f64| {
        array.as_ref().map_or(otherwise, |array| f64::from(array.values[index]))
    };
    let (mut scales, mut shifts) = (Vec::new(), Vec::new());
    for index in 0..count {
        let factor = at(&scale, index, 1.0) / (f64::from(variance.values[index]) + epsilon).sqrt();
        scales.push(factor);
        shifts.push(at(&shift, index, 0.0) - f64::from(mean.values[index]) * factor);
    }
    Ok(NetworkStep::Affine { name, scale: scales, shift: shifts })
}

fn dense(
    name: String,
    role: Option<Role>,
    weight: NamedTensor,
    bias: Option<NamedTensor>,
    notes: &mut Vec<String>,
) -> Result<(NetworkStep, bool), Flaw> {
    let (rows, columns) = (weight.shape[0], weight.shape[1]);
    let units = bias.as_ref().map(|bias| bias.values.len());
    let turned = match (role, units) {
        _ if rows == columns => role == Some(Role::Weight),
        (_, Some(units)) if units == columns && units != rows => false,
        (_, Some(units)) if units == rows && units != columns => true,
        (_, Some(units)) => {
            return Err(Flaw(format!(
                "{name} has {units} biases, but its weights have the shape {rows} × {columns}: one of these numbers must be \
                 equal"
            )));
        }
        (role, None) => role == Some(Role::Weight),
    };
    let is_guess = role.is_none() && (rows == columns || units.is_none());
    let kernel = weight.matrix()?;
    if kernel.is_empty() {
        return Err(Flaw(format!("{name} is empty: its weights have the shape {rows} × {columns}")));
    }
    if units.is_some_and(|units| units != rows && units != columns) {
        return Err(Flaw(format!("{name} has another number of biases than of units")));
    }
    if is_guess && rows == columns {
        notes.push(format!("{ROWS} {name} are taken for its inputs: its shape and its name do not say it."));
    }
    let kernel = if turned { kernel.reversed_axes().as_standard_layout().into_owned() } else { kernel };
    let bias = bias.map(NamedTensor::flat);
    Ok((NetworkStep::Dense(DenseStep { name, kernel, bias, initializer: None }), is_guess))
}

/// Between dense layers there is an activation that nobody names: after a normalisation that follows the layer at once, unless
/// the numbers of a `Sequential` say otherwise.
fn with_activations(steps: Vec<NetworkStep>, notes: &mut Vec<String>) -> Vec<NetworkStep> {
    let last = steps.iter().rposition(|step| matches!(step, NetworkStep::Dense(_))).unwrap_or(0);
    let mut all = Vec::new();
    let mut is_open: Option<String> = None;
    for (index, step) in steps.into_iter().enumerate() {
        match &step {
            NetworkStep::Dense(dense) => {
                if is_open.take().is_some() {
                    all.push(NetworkStep::Unnamed);
                }
                is_open = (index < last).then(|| dense.name.clone());
            }
            NetworkStep::Affine { name, .. } | NetworkStep::LayerNorm { name, .. } => {
                if let Some(dense) = &is_open {
                    match place(dense).zip(place(name)) {
                        Some((dense, norm)) if norm == dense + 2 => {
                            all.push(NetworkStep::Unnamed);
                            is_open = None;
                        }
                        Some(_) => {}
                        None => notes
                            .push(format!("{name} is taken to stand before the activation: its name does not say it.")),
                    }
                }
            }
            _ => {}
        }
        all.push(step);
    }
    all
}

/// A name's place in a `Sequential`.
fn place(name: &str) -> Option<u64> {
    name.rsplit('.').next()?.parse().ok()
}
