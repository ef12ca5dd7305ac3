use std::sync::Arc;

use super::examples::Examples;
use super::layer::{LayerSquares, Scales, TrainedLayer};
use super::network::{CHUNK, Passage, TrainedNetwork};
use super::order::EpochOrder;
use super::rule::{StepRule, squares_with_l2};
use crate::experiment::Activation;
use crate::numeric::Level;
use crate::training::{Clipping, Training};

/// A network on its way through a training, and all that the next step depends on. A step is computed by one thread.
pub struct Racer {
    training: Training,
    network: TrainedNetwork,
    examples: Arc<Examples>,
    order: Arc<EpochOrder>,
    /// Steps that are done.
    step: u64,
    /// Steps that the training has in all.
    steps: u64,
    /// The order of an epoch, which is needed again and again.
    epoch: Option<(u64, Vec<u32>)>,
    passage: Passage,
    /// Gradients that are needed whole: where a batch is pushed through in parts, or a norm of them is clipped.
    gradients: Vec<Vec<f32>>,
    /// Why it cannot go on.
    ended: Option<NonFinite>,
}

/// What a step found.
#[derive(Clone, Debug, PartialEq)]
pub struct StepReport {
    /// Its number, from 1.
    pub step: u64,
    /// The mean loss of its batch, before the update.
    pub loss: f64,
    /// The norm of all gradients together, before any clipping.
    pub gradient_norm: f64,
    /// Of each kernel, the output layer's last.
    pub layers: Vec<LayerStep>,
}

/// What a step found of a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LayerStep {
    /// The norm of dL/dW.
    pub weight_gradient_l2: f64,
    /// The norm of what the kernel moved by, over that of the kernel before.
    pub update_ratio: f64,
}

/// Where a training stopped being finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NonFinite {
    /// The step, from 1.
    pub step: u64,
    /// The kernel, from 0; the output layer's is the last.
    pub kernel: usize,
    /// What of it.
    pub what: NonFiniteValues,
}

/// What stopped being finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NonFiniteValues {
    /// Pre-activations: before the step's update, which was not made.
    PreActivations,
    /// Gradients.
    Gradients,
    /// Weights: after the step's update.
    Weights,
}

/// What a network is trained from.
pub struct Start<'a> {
    /// The nonlinearity of the hidden layers.
    pub activation: Activation,
    /// Layers without activation before the hidden ones: 1 or 0.
    pub linear_layers: usize,
    /// Each kernel [fan_in, fan_out], row after row, and its biases, one for each unit.
    pub layers: Vec<(&'a [f32], &'a [f32])>,
}

impl Racer {
    /// A network before its first step.
    pub fn new(start: &Start<'_>, training: Training, examples: Arc<Examples>, order: Arc<EpochOrder>) -> Self {
        let new = |&(kernel, biases): &(&[f32], &[f32])| TrainedLayer::new(kernel, biases, training.optimizer);
        let layers: Vec<_> = start.layers.iter().map(new).collect();
        let network = TrainedNetwork {
            activation: start.activation,
            linear_layers: start.linear_layers,
            layers,
            objective: training.objective,
            level: Level::best(),
        };
        let steps = training.steps(order.len());
        Self {
            training,
            network,
            examples,
            order,
            step: 0,
            steps,
            epoch: None,
            passage: Passage::default(),
            gradients: Vec::new(),
            ended: None,
        }
    }

    /// Steps that are done.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Steps that there are to be.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Why it cannot go on.
    pub fn ended(&self) -> Option<NonFinite> {
        self.ended
    }

    /// The images of a step, counted from 0.
    fn batch(&mut self, step: u64) -> Vec<u32> {
        let each = self.training.steps_per_epoch(self.order.len()).max(1);
        let (epoch, place) = (step / each, (step % each) as usize * self.training.batch);
        let (_, order) = match self.epoch.take().filter(|(of, _)| *of == epoch) {
            Some(known) => self.epoch.insert(known),
            None => self.epoch.insert((epoch, self.order.of_epoch(epoch))),
        };
        order[place..(place + self.training.batch).min(order.len())].to_vec()
    }

    /// Makes the next step.
    ///
    /// # Errors
    /// Where something stopped being finite: there is no going on from there.
    pub fn advance(&mut self) -> Result<StepReport, NonFinite> {
        if let Some(ended) = self.ended {
            return Err(ended);
        }
        let done = self.attempt();
        self.ended = done.as_ref().err().copied();
        done
    }

    fn attempt(&mut self) -> Result<StepReport, NonFinite> {
        let step = self.step + 1;
        let non_finite = |kernel, what| NonFinite { step, kernel, what };
        let batch = self.batch(self.step);
        let rule = StepRule::of(&self.training, step, self.training.rate(step, self.steps));
        let share = 1.0 / batch.len().max(1) as f64;
        let before: Vec<_> = self.network.layers.iter().map(TrainedLayer::kernel_squares).collect();
        let mut found = vec![LayerSquares::default(); before.len()];
        let in_parts = batch.len() > CHUNK;
        let by_norm = matches!(self.training.clipping, Clipping::Norm(_) | Clipping::NormOfEach(_));
        let mut loss = 0.0;
        for (part, images) in batch.chunks(CHUNK).enumerate() {
            loss += share * self.network.record(&self.examples, images, share, &mut self.passage).loss;
            if !loss.is_finite() {
                let kernel = self.passage.overflow().unwrap_or(before.len() - 1);
                return Err(non_finite(kernel, NonFiniteValues::PreActivations));
            }
            if in_parts || by_norm {
                self.gradients.resize(before.len(), Vec::new());
                self.network.add_back(part > 0, &mut self.passage, &mut self.gradients);
            } else {
                self.network.move_back((&rule, &mut self.passage), |index, squares, _| found[index] = squares);
            }
        }
        if in_parts || by_norm {
            let scales = self.scales(&rule);
            for (index, layer) in self.network.layers.iter_mut().enumerate() {
                for rows in layer.panels() {
                    let gradients = &mut self.gradients[index][rows.start * layer.stride..rows.end * layer.stride];
                    found[index] += layer.update(self.network.level, (&rule, scales[index]), rows, gradients);
                }
            }
        }
        self.step = step;
        let is_finite = |found: &LayerSquares| found.kernel.gradients.is_finite() && found.biases.gradients.is_finite();
        if let Some(kernel) = found.iter().rposition(|found| !is_finite(found)) {
            return Err(non_finite(kernel, NonFiniteValues::Gradients));
        }
        if let Some(kernel) = self.network.layers.iter().position(|layer| !layer.is_finite()) {
            return Err(non_finite(kernel, NonFiniteValues::Weights));
        }
        let all: f64 = found.iter().map(|found| found.kernel.gradients + found.biases.gradients).sum();
        let layer = |(found, before): (&LayerSquares, &f64)| LayerStep {
            weight_gradient_l2: found.kernel.gradients.sqrt(),
            update_ratio: (found.kernel.updates / before).sqrt(),
        };
        let layers = found.iter().zip(&before).map(layer).collect();
        Ok(StepReport { step, loss, gradient_norm: all.sqrt(), layers })
    }

    /// What clipping to a norm multiplies each layer's gradients by.
    fn scales(&self, rule: &StepRule) -> Vec<Scales> {
        let each: Vec<_> = self
            .network
            .layers
            .iter()
            .zip(&self.gradients)
            .map(|(layer, gradients)| {
                let end = layer.fan_in * layer.stride;
                [
                    squares_with_l2(&gradients[..end], &layer.weights[..end], rule.l2()),
                    squares_with_l2(&gradients[end..], &layer.weights[end..], 0.0),
                ]
            })
            .collect();
        let keras = self.training.framework == crate::experiment::NetworkFramework::Keras;
        match self.training.clipping {
            Clipping::None | Clipping::Value(_) => vec![Scales::NONE; each.len()],
            Clipping::Norm(limit) => {
                let norm = each.iter().flatten().sum::<f64>().sqrt();
                let scale = (limit / if keras { norm } else { norm + 1e-6 }).min(1.0) as f32;
                vec![Scales { kernel: scale, biases: scale }; each.len()]
            }
            Clipping::NormOfEach(limit) => {
                let scale = |squares: f64| (limit / squares.sqrt().max(limit)) as f32;
                each.iter().map(|&[kernel, biases]| Scales { kernel: scale(kernel), biases: scale(biases) }).collect()
            }
        }
    }

    /// Each kernel [fan_in, fan_out] and its biases, as they are now.
    pub fn weights(&self) -> Vec<(Vec<f32>, Vec<f32>)> {
        let of = |layer: &TrainedLayer| (layer.kernel_of(&layer.weights), layer.biases_of(&layer.weights));
        self.network.layers.iter().map(of).collect()
    }
}
