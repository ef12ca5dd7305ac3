use std::fmt;
use std::sync::Arc;

use ndarray::{Array1, Array2};

use super::examples::Examples;
use super::layer::{LayerSquares, Scales, TrainedLayer, panels};
use super::network::{CHUNK, Passage, Pause, TrainedNetwork};
use super::order::EpochOrder;
use super::rule::{StepRule, squares_with_l2};
use super::start::Start;
use super::survey::Survey;
use crate::experiment::NetworkFramework as Framework;
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
    /// What it found of each kernel, the output layer's last.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("in step {step} the {what} of {place} stopped being finite")]
pub struct NonFinite {
    /// The step, from 1.
    pub step: u64,
    /// The layer.
    pub place: KernelPlace,
    /// What of it.
    pub what: NonFiniteValues,
}

/// What an optimizer keeps of a layer: arrays of its kernel's shape and its biases', as many as it keeps.
pub type KeptArrays = Vec<(Array2<f32>, Array1<f32>)>;

/// Arrays are not those that an optimizer keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the arrays of the optimizer are not those of this one and this network")]
pub struct OtherArrays;

/// A layer of a network that is trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KernelPlace {
    /// The linear layer before the hidden ones.
    Linear,
    /// A hidden layer, from 1.
    Hidden(usize),
    /// The layer of the logits.
    Output,
}

impl fmt::Display for KernelPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Linear => formatter.write_str("the linear layer"),
            Self::Hidden(layer) => write!(formatter, "layer {layer}"),
            Self::Output => formatter.write_str("the output layer"),
        }
    }
}

impl fmt::Display for NonFiniteValues {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::PreActivations => "pre-activations",
            Self::Gradients => "gradients",
            Self::Weights => "weights",
        })
    }
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

impl Racer {
    /// A network before its first step.
    pub fn new(start: &Start, training: Training, examples: Arc<Examples>, order: Arc<EpochOrder>) -> Self {
        let arrays = start.kernels.iter().zip(&start.biases);
        let layers = arrays.map(|(kernel, biases)| TrainedLayer::new(kernel, biases, training.optimizer)).collect();
        let network = TrainedNetwork {
            activations: start.activations.clone(),
            linear_layers: start.linear_layers,
            layers,
            objective: training.objective,
            level: Level::best(),
            pause: None,
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

    /// Has something called between layers, for whoever goes first on this thread.
    pub(super) fn pause_with(&mut self, pause: Option<Pause>) {
        self.network.pause = pause;
    }

    /// What that is.
    pub(super) fn pause(&self) -> Option<Pause> {
        self.network.pause.clone()
    }

    /// Goes on in another training, whose steps so far are the same.
    pub(super) fn go_on_in(&mut self, training: Training) {
        self.training = training;
        self.steps = training.steps(self.order.len());
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

    /// How many images a step has, counted from 0.
    pub fn images_of_step(&self, step: u64) -> usize {
        let each = self.training.steps_per_epoch(self.order.len()).max(1);
        let place = (step % each) as usize * self.training.batch;
        self.training.batch.min(self.order.len() - place)
    }

    /// What the network does with some examples; nothing, where it is not to go on.
    pub(super) fn survey(&self, examples: &Examples, goes_on: &dyn Fn() -> bool) -> Option<Survey> {
        self.network.survey(examples, goes_on)
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
        let (linear, output) = (self.network.linear_layers, self.network.layers.len() - 1);
        let non_finite = |kernel: usize, what| {
            let place = match kernel {
                kernel if kernel == output => KernelPlace::Output,
                kernel if kernel < linear => KernelPlace::Linear,
                kernel => KernelPlace::Hidden(kernel + 1 - linear),
            };
            NonFinite { step, place, what }
        };
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
                self.network.add_back(part > 0, &mut self.passage, &mut self.gradients, |_, _| ());
            } else {
                self.network.move_back((&rule, &mut self.passage), |index, squares, _| found[index] = squares);
            }
        }
        if in_parts || by_norm {
            let scales = self.scales(&rule);
            for (index, layer) in self.network.layers.iter_mut().enumerate() {
                for rows in panels(layer.fan_in) {
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
        let keras = self.training.framework == Framework::Keras;
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

    /// The kernels [fan_in, fan_out] and biases as they are now, the output layer's last.
    pub fn weights(&self) -> (Vec<Array2<f32>>, Vec<Array1<f32>>) {
        let layers = &self.network.layers;
        layers.iter().map(|layer| (layer.kernel_of(&layer.weights), layer.biases_of(&layer.weights))).unzip()
    }

    /// What the optimizer keeps: its arrays of each layer, of a kernel's shape and of the biases', as many as it keeps.
    pub fn kept(&self) -> Vec<KeptArrays> {
        let of = |layer: &TrainedLayer| {
            let there = layer.kept().into_iter().filter(|kept| !kept.is_empty());
            there.map(|kept| (layer.kernel_of(kept), layer.biases_of(kept))).collect()
        };
        self.network.layers.iter().map(of).collect()
    }

    /// Puts back what [`kept`](Self::kept) gave, and goes on after so many steps: with the weights that were there then, every
    /// further step is the same.
    ///
    /// # Errors
    /// If these are not the arrays that the optimizer keeps.
    pub fn resume(&mut self, step: u64, kept: &[KeptArrays]) -> Result<(), OtherArrays> {
        if kept.len() != self.network.layers.len() {
            return Err(OtherArrays);
        }
        for (layer, kept) in self.network.layers.iter_mut().zip(kept) {
            layer.put_back(kept).ok_or(OtherArrays)?;
        }
        self.step = step;
        Ok(())
    }

    /// The sum of the losses of some examples, and how many of them are classified right.
    pub fn judge(&self, examples: &Examples, range: std::ops::Range<usize>) -> (f64, usize) {
        self.judge_while(examples, range, &|| true).unwrap_or((f64::NAN, 0))
    }

    /// The same, given up where it is not to go on.
    pub(super) fn judge_while(
        &self,
        examples: &Examples,
        range: std::ops::Range<usize>,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<(f64, usize)> {
        let (mut passage, mut sum, mut right) = (Passage::default(), 0.0, 0);
        let images: Vec<u32> = range.map(|image| image as u32).collect();
        for images in images.chunks(CHUNK) {
            if !goes_on() {
                return None;
            }
            let verdict = self.network.judge(examples, images, &mut passage);
            sum += verdict.loss;
            right += verdict.right;
        }
        Some((sum, right))
    }
}
