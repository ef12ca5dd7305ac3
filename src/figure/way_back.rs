use crate::engine::Measurement;

/// What becomes of the gradient from the last layer back to the first, measured, and at most.
///
/// dL/dz_l = (dL/dz_(l+1) W_(l+1)^T) phi'(z_l), so that each step multiplies its norm by no more than sup |phi'| ||W||, with
/// the spectral norm of the upper layer's kernel.
#[derive(Clone, Debug, PartialEq)]
pub struct WayBack {
    /// sup |phi'|
    pub steepest: f64,
    /// From the last layer down to the second.
    pub steps: Vec<Step>,
    /// ||dL/dz_1|| / ||dL/dz_L||; NaN where both are 0.
    pub measured: f64,
    /// The product of all steps' bounds.
    pub bound: f64,
    /// sup |phi'|^(L - 1): the weights left out.
    pub without_weights: f64,
}

/// From a layer to the one before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The upper layer, from 2.
    pub layer: usize,
    /// ||W||, the spectral norm of its kernel.
    pub norm: f64,
    /// sup |phi'| ||W||
    pub bound: f64,
    /// ||dL/dz|| of the layer below over that of this one; NaN where both are 0.
    pub measured: f64,
}

impl WayBack {
    /// Reads a measurement; `None` if there is only one layer, or gradients or norms were not measured.
    pub fn of(measurement: &Measurement) -> Option<Self> {
        let layers = &measurement.layers;
        // What comes back through a layer's kernel comes to the slopes of the layer below.
        let steepest = |index: usize| measurement.subject.activation(index - 1).steepest();
        let gradient = |index: usize| layers[index].gradient.as_ref().map(|gradient| gradient.l2);
        let step = |index: usize| {
            let norm = layers[index].spectral_norm?;
            let measured = gradient(index - 1)? / gradient(index)?;
            Some(Step { layer: layers[index].layer, norm, bound: steepest(index) * norm, measured })
        };
        let steps = (1..layers.len()).rev().map(step).collect::<Option<Vec<_>>>()?;
        let last = layers.len().checked_sub(1).filter(|&last| last > 0)?;
        Some(Self {
            steepest: (1..layers.len()).map(steepest).fold(0.0, f64::max),
            measured: gradient(0)? / gradient(last)?,
            bound: steps.iter().map(|step| step.bound).product(),
            without_weights: if measurement.subject.has_one_activation() {
                steepest(1).powi(steps.len() as i32)
            } else {
                (1..layers.len()).map(steepest).product()
            },
            steps,
        })
    }
}
