//! NumPy's .npz: a zip archive of .npy files.

use super::archive::Archive;
use super::error::Flaw;
use super::named_step::{TORCH_EPSILON, steps_of};
use super::named_tensor::NamedTensor;
use super::npy;
use super::step::{DenseStep, NetworkStep};

/// The network's steps, and what is to be said of them.
///
/// # Errors
/// If arrays are damaged, or no network's.
pub(super) fn steps(archive: &mut Archive<'_>) -> Result<(Vec<NetworkStep>, Vec<String>), Flaw> {
    if archive.has("W1.npy") && archive.has("W2.npy") {
        return own(archive).map(|steps| (steps, Vec::new()));
    }
    let mut tensors = Vec::new();
    for name in archive.names() {
        let Some(array) = name.strip_suffix(".npy") else { continue };
        let bytes = archive.bytes(&name)?;
        tensors.extend(npy::read(array, &bytes)?.filter(|tensor| !tensor.shape.is_empty()));
    }
    steps_of(tensors, false, TORCH_EPSILON)
}

/// Whether it is one of this program's own with a linear first layer.
pub(super) fn is_linear_first(archive: &Archive<'_>) -> bool {
    archive.has("W0.npy") && archive.has("W1.npy") && archive.has("W2.npy")
}

/// W1, b1, W2, ...; W0 and b0 of a linear first layer: what this program writes, beside other arrays that are no weights.
fn own(archive: &mut Archive<'_>) -> Result<Vec<NetworkStep>, Flaw> {
    let mut steps = Vec::new();
    let is_linear_first = archive.has("W0.npy");
    for number in usize::from(!is_linear_first).. {
        if !archive.has(&format!("W{number}.npy")) {
            break;
        }
        if !steps.is_empty() {
            let is_linear = is_linear_first && number == 1;
            steps.push(if is_linear {
                NetworkStep::Activation(crate::experiment::Activation::Linear)
            } else {
                NetworkStep::Unnamed
            });
        }
        let mut array = |letter: &str| -> Result<Option<NamedTensor>, Flaw> {
            let name = format!("{letter}{number}");
            if !archive.has(&format!("{name}.npy")) {
                return Ok(None);
            }
            let bytes = archive.bytes(&format!("{name}.npy"))?;
            let floats = npy::read(&name, &bytes)?;
            floats
                .ok_or_else(|| Flaw(format!("{name} must be an array of float32, but it is of another type")))
                .map(Some)
        };
        let (Some(kernel), bias) = (array("W")?, array("b")?) else { break };
        let kernel = kernel.matrix()?;
        if let Some(bias) = bias.as_ref().filter(|bias| bias.values.len() != kernel.ncols()) {
            let (found, units) = (bias.values.len(), kernel.ncols());
            return Err(Flaw(format!(
                "b{number} has {found} numbers, but W{number} has {units} columns: these must be equal"
            )));
        }
        let name = format!("W{number}");
        steps.push(NetworkStep::Dense(DenseStep {
            name,
            kernel,
            bias: bias.map(NamedTensor::flat),
            initializer: None,
        }));
    }
    Ok(steps)
}
