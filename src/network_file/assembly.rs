//! Steps become layers: what stands between dense layers goes into their kernels, biases and activations.

use ndarray::{ArcArray1, ArcArray2, Array1, Array2};

use super::Ending;
use super::dense_layer::DenseLayer;
use super::error::Flaw;
use super::named_tensor::NamedTensor;
use super::other_weights::OtherWeights;
use super::step::{DenseStep, NetworkStep};
use crate::experiment::Activation;
use crate::subject::{LayerNorm, NormPlace};

/// Layers, and what a reader should know.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    pub layers: Vec<DenseLayer>,
    pub ending: Option<Ending>,
    pub foreign: Option<String>,
    pub others: Vec<OtherWeights>,
    pub folded: Vec<String>,
    pub scales_pixels: bool,
    pub notes: Vec<String>,
    /// What becomes of the values before the next kernel: factors and what is added.
    pending: Option<(String, Vec<f64>, Vec<f64>)>,
    /// What follows the last layer.
    last: After,
    is_dropped: bool,
    is_noisy: bool,
}

/// What follows a layer so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum After {
    #[default]
    Nothing,
    Named(Activation),
    Unnamed,
    Softmax,
}

/// Puts steps together. With `names_activations`, a layer that is followed by none is linear.
///
/// # Errors
/// If shapes do not fit one another.
pub(super) fn assemble(steps: Vec<NetworkStep>, names_activations: bool) -> Result<Assembly, Flaw> {
    let mut assembly = Assembly::default();
    for step in steps {
        if assembly.foreign.is_some() {
            // Weights can still be looked at.
            match step {
                NetworkStep::Dense(dense) => assembly.layers.push(layer(dense)),
                NetworkStep::Weights(weights, bias) => assembly.weights(weights, bias),
                _ => {}
            }
            continue;
        }
        assembly.take(step, names_activations)?;
    }
    assembly.end(names_activations);
    Ok(assembly)
}

fn layer(DenseStep { name, kernel, bias, initializer }: DenseStep) -> DenseLayer {
    DenseLayer { name, kernel: kernel.into_shared(), bias, activation: None, norm: None, initializer }
}

impl Assembly {
    fn take(&mut self, step: NetworkStep, names_activations: bool) -> Result<(), Flaw> {
        match step {
            NetworkStep::Dense(dense) => self.dense(dense, names_activations)?,
            NetworkStep::Activation(Activation::Linear) => {}
            NetworkStep::Activation(activation) => self.activation(After::Named(activation)),
            NetworkStep::Unnamed => self.activation(After::Unnamed),
            NetworkStep::Softmax => self.activation(After::Softmax),
            NetworkStep::Affine { name, scale, shift } => self.affine(name, scale, shift)?,
            NetworkStep::LayerNorm { name, norm } => self.layer_norm(&name, norm),
            NetworkStep::Dropout => self.is_dropped = true,
            NetworkStep::Noise => self.is_noisy = true,
            NetworkStep::Foreign(what) => self.foreign = Some(what),
            NetworkStep::Weights(weights, bias) => self.weights(weights, bias),
        }
        Ok(())
    }

    fn weights(&mut self, NamedTensor { name, shape, values }: NamedTensor, bias: Option<NamedTensor>) {
        let name = name.strip_suffix(".weight").unwrap_or(&name).to_owned();
        let (values, bias) = (ArcArray1::from(values), bias.map(|bias| ArcArray1::from(bias.values)));
        self.others.push(OtherWeights { place: self.layers.len(), name, shape, values, bias });
    }

    fn dense(&mut self, dense: DenseStep, names_activations: bool) -> Result<(), Flaw> {
        let after = std::mem::take(&mut self.last);
        if let Some(before) = self.layers.last_mut() {
            let (units, inputs) = (before.kernel.ncols(), dense.kernel.nrows());
            if units != inputs {
                let (one, other) = (&before.name, &dense.name);
                return Err(Flaw(format!(
                    "{other} takes {inputs} inputs, but {one} before it has {units} units: these numbers must be equal"
                )));
            }
            before.activation = match after {
                After::Named(activation) => Some(activation),
                After::Nothing if names_activations => Some(Activation::Linear),
                After::Nothing | After::Unnamed => None,
                After::Softmax => {
                    self.foreign = Some(format!("a softmax between {} and {}", before.name, dense.name));
                    None
                }
            };
        }
        let mut next = layer(dense);
        if let Some((name, scale, shift)) = self.pending.take() {
            fold_before(&mut next, (&scale, &shift))?;
            self.scales_pixels |= self.layers.is_empty() && are_of_bytes(&scale);
            self.notes.push(format!("{name} was folded into the weights of {}.", next.name));
            self.folded.push(name);
        }
        self.layers.push(next);
        Ok(())
    }

    fn activation(&mut self, after: After) {
        match self.last {
            After::Nothing if self.layers.is_empty() => {
                self.foreign = Some("an activation before the first dense layer".to_owned());
            }
            After::Nothing if self.pending.is_some() => {
                self.foreign = Some("a normalisation that could not be placed".to_owned());
            }
            After::Nothing => self.last = after,
            // A second one that changes nothing, as ReLU after ReLU.
            last if last == after && after == After::Named(Activation::Relu) => {}
            _ => self.foreign = Some("two activations in a row".to_owned()),
        }
    }

    fn affine(&mut self, name: String, scale: Vec<f64>, shift: Vec<f64>) -> Result<(), Flaw> {
        match self.layers.last_mut().filter(|layer| self.last == After::Nothing && layer.norm.is_none()) {
            Some(layer) if self.pending.is_none() => {
                fold_after(layer, &name, (&scale, &shift))?;
                // What is only added is a bias.
                if scale.iter().all(|&scale| scale == 1.0) {
                    return Ok(());
                }
                self.notes.push(format!("{name} was folded into the weights of {}.", layer.name));
                self.folded.push(name);
            }
            _ => self.pending = Some(join(self.pending.take(), (name, scale, shift))?),
        }
        Ok(())
    }

    fn layer_norm(&mut self, name: &str, norm: LayerNorm) {
        let Some(layer) = self.layers.last_mut().filter(|_| self.pending.is_none()) else {
            self.foreign = Some(format!("{name}, a layer normalisation before the first dense layer"));
            return;
        };
        if layer.norm.is_some() || norm.scale.len() != layer.kernel.ncols() {
            self.foreign = Some(format!("{name}, a layer normalisation that is not over the units of {}", layer.name));
            return;
        }
        let place = if self.last == After::Nothing { NormPlace::PreActivation } else { NormPlace::Output };
        layer.norm = Some(LayerNorm { place, ..norm });
        self.notes.push(format!("{name} is applied to the values of {}, image by image.", layer.name));
    }

    fn end(&mut self, names_activations: bool) {
        if self.scales_pixels {
            self.notes.push("It scales pixels by itself, so it takes them from 0 to 255.".to_owned());
        }
        let off =
            [(self.is_dropped, "Dropout"), (self.is_noisy, "Noise")].into_iter().filter(|(is_there, _)| *is_there);
        self.notes.extend(off.map(|(_, what)| format!("{what} is off, as at inference.")));
        if self.foreign.is_none() && self.pending.is_some() {
            self.foreign = Some("a normalisation after the output layer".to_owned());
        }
        if self.foreign.is_none() && self.layers.last().is_some_and(|layer| layer.norm.is_some()) {
            self.foreign = Some("a layer normalisation after the output layer".to_owned());
        }
        self.ending = Some(match self.last {
            After::Nothing if names_activations => Ending::Logits,
            After::Nothing | After::Unnamed => Ending::Unsaid,
            After::Softmax => {
                self.notes
                    .push("The softmax at its end was taken off: the loss is computed from the logits.".to_owned());
                Ending::Softmax
            }
            After::Named(Activation::Sigmoid) => Ending::Sigmoid,
            After::Named(activation) => Ending::Other(activation),
        });
    }
}

/// Whether factors make numbers up to 1 of those up to 255, or from -1 on.
fn are_of_bytes(scale: &[f64]) -> bool {
    let is_it = |scale: &f64| (scale * 255.0 - 1.0).abs() < 1e-4 || (scale * 127.5 - 1.0).abs() < 1e-4;
    scale.iter().all(is_it)
}

/// One number for all becomes one for each.
fn spread<'v>(name: &str, values: &'v [f64], count: usize) -> Result<Box<dyn Iterator<Item = f64> + 'v>, Flaw> {
    match values {
        [one] => Ok(Box::new(std::iter::repeat_n(*one, count))),
        values if values.len() == count => Ok(Box::new(values.iter().copied())),
        values => {
            let found = values.len();
            Err(Flaw(format!("{name} has {found} numbers, but there are {count} values: these numbers must be equal")))
        }
    }
}

/// The layer with what comes after its product: each unit scaled and shifted.
fn fold_after(layer: &mut DenseLayer, name: &str, (scale, shift): (&[f64], &[f64])) -> Result<(), Flaw> {
    let units = layer.kernel.ncols();
    let scale: Array1<f64> = spread(name, scale, units)?.collect();
    let shift: Array1<f64> = spread(name, shift, units)?.collect();
    layer.kernel = round(&(layer.kernel.mapv(f64::from) * &scale));
    let bias = layer.bias.take().map_or_else(|| Array1::zeros(units), |bias| bias.mapv(f64::from));
    layer.bias = Some((bias * scale + shift).mapv(|value| value as f32));
    Ok(())
}

/// The layer with what comes before it: each of its inputs scaled and shifted.
fn fold_before(layer: &mut DenseLayer, (scale, shift): (&[f64], &[f64])) -> Result<(), Flaw> {
    let (inputs, units) = layer.kernel.dim();
    let scale: Array1<f64> = spread(&layer.name, scale, inputs)?.collect();
    let shift: Array1<f64> = spread(&layer.name, shift, inputs)?.collect();
    let kernel = layer.kernel.mapv(f64::from);
    let bias = layer.bias.take().map_or_else(|| Array1::zeros(units), |bias| bias.mapv(f64::from));
    if shift.iter().any(|&shift| shift != 0.0) || bias.iter().any(|&bias| bias != 0.0) {
        layer.bias = Some((bias + shift.dot(&kernel)).mapv(|value| value as f32));
    }
    layer.kernel = round(&(kernel * scale.insert_axis(ndarray::Axis(1))));
    Ok(())
}

fn round(values: &Array2<f64>) -> ArcArray2<f32> {
    values.mapv(|value| value as f32).into_shared()
}

type Pending = (String, Vec<f64>, Vec<f64>);

/// One after the other: (x a + b) c + d.
fn join(one: Option<Pending>, other: Pending) -> Result<Pending, Flaw> {
    let Some((first, a, b)) = one else { return Ok(other) };
    let (second, c, d) = other;
    let count = [a.len(), b.len(), c.len(), d.len()].into_iter().max().unwrap_or(1);
    let each = |values: &[f64]| -> Result<Vec<f64>, Flaw> { Ok(spread(&second, values, count)?.collect()) };
    let (a, b, c, d) = (each(&a)?, each(&b)?, each(&c)?, each(&d)?);
    let scale = a.iter().zip(&c).map(|(a, c)| a * c).collect();
    let shift = b.iter().zip(&c).zip(&d).map(|((b, c), d)| b * c + d).collect();
    Ok((format!("{first} with {second}"), scale, shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scales_pixels(scale: f64) -> bool {
        let dense = DenseStep { name: "fc".to_owned(), kernel: Array2::ones((2, 2)), bias: None, initializer: None };
        let affine = NetworkStep::Affine { name: "first".to_owned(), scale: vec![scale], shift: vec![0.0] };
        assemble(vec![affine, NetworkStep::Dense(dense)], true).is_ok_and(|assembly| assembly.scales_pixels)
    }

    #[test]
    fn a_network_that_divides_by_255_scales_pixels() {
        assert!(scales_pixels(1.0 / 255.0) && scales_pixels(1.0 / 127.5));
        assert!(!scales_pixels(1.0) && !scales_pixels(1.0 / 0.3081));
    }
}
