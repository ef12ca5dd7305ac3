use std::sync::Arc;

use super::{DrawCache, Interrupted, Kernel, LossKind, Network, Watch};
use crate::subject::{GivenWeights, Purpose, Subject};

impl Network {
    /// The subject's network: [drawn](Self::draw_for), or of the very weights and biases that were given or trained.
    ///
    /// # Errors
    /// [`Interrupted`] while it is drawn.
    pub fn of(subject: &Subject, draws: &mut DrawCache, watch: Watch<'_>) -> Result<Self, Interrupted> {
        let experiment = subject.experiment();
        match subject.weights().numbers() {
            None => Self::draw_for(experiment, draws, watch),
            Some(weights) => Ok(Self {
                activation: experiment.activation,
                kernels: draws.given(weights),
                biases: weights.biases().map(<[_]>::to_vec),
                linear_layers: experiment.linear_layers(),
                functions: weights.functions().cloned().map(Arc::new),
                loss: match (subject.no_loss(), subject.purpose()) {
                    (Some(_), _) => LossKind::None,
                    (None, Purpose::Logistic) => LossKind::Logistic,
                    (None, _) => LossKind::Softmax,
                },
            }),
        }
    }
}

impl DrawCache {
    /// The kernels of these weights; they are the same ones, and so known to be, as long as no others are asked for.
    fn given(&mut self, weights: &Arc<GivenWeights>) -> Vec<Kernel> {
        if let Some((of, kernels)) = &self.given
            && of == weights
        {
            return kernels.clone();
        }
        let kernels: Vec<_> = weights.kernels().iter().cloned().map(Kernel::very).collect();
        self.given = Some((Arc::clone(weights), kernels.clone()));
        kernels
    }
}
