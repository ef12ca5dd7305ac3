use std::sync::Arc;

use ndarray::Array2;

use super::equal_units::are_units_equal;
use super::examples::Examples;
use super::order::EpochOrder;
use super::racer::{NonFinite, Racer, StepReport};
use super::start::Start;
use crate::stats::UnitState;
use crate::training::Training;

/// What a network is trained on, judged by and looked at with. Shared by all that are trained side by side.
#[derive(Clone)]
pub struct Material {
    /// What it is trained on.
    pub examples: Arc<Examples>,
    /// In which order.
    pub order: Arc<EpochOrder>,
    /// What judges it, if there is anything.
    pub judges: Option<Arc<Examples>>,
    /// What its units are counted over.
    pub watched: Arc<Examples>,
}

/// Epochs whose figures are kept where little is to be kept, at most.
pub const MOST_EPOCHS: usize = 2048;

/// A training from its start on: the racer, and all that was found on its way.
pub struct Course {
    racer: Racer,
    start: Arc<Start>,
    material: Material,
    training: Training,
    losses: Vec<f64>,
    /// The last step's update ratio of each kernel.
    ratios: Vec<f64>,
    epochs: Vec<Arc<EpochFigures>>,
    /// After how many steps it was last looked at.
    looked_at: Option<u64>,
    /// Every how many epochs figures are kept, a power of two; nothing where all are, and all losses.
    stride: Option<u64>,
    /// The loss of the epoch that is going on, times images, and how many images that is.
    running: (f64, usize),
    /// Which units of each layer were dead when it was last looked at.
    dead: Vec<Vec<bool>>,
    /// Whether units of every hidden layer had the same weights then.
    has_equal_units: bool,
    /// The loss of guessing.
    guessing: f64,
    first_step: u64,
}

/// What is found after an epoch, or at the start or the end between two.
#[derive(Clone, Debug, PartialEq)]
pub struct EpochFigures {
    /// Epochs that are done.
    pub epoch: f64,
    /// Steps that are done.
    pub step: u64,
    /// The mean of the losses of the batches since the last such figures, by their images: what Keras prints.
    pub running_loss: Option<f64>,
    /// The mean loss over all training images, as it is now.
    pub train_loss: f64,
    /// The mean loss over the images that judge, if there are any.
    pub test_loss: Option<f64>,
    /// The share of them that is classified right; nothing where their loss is not finite, and nothing is classified.
    pub test_accuracy: Option<f64>,
    /// What is found of each hidden layer.
    pub layers: Vec<EpochLayer>,
}

/// What is found of a hidden layer. Units, gradients and outputs are over the images that are looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct EpochLayer {
    /// The norm of dL/dW.
    pub weight_gradient_l2: f64,
    /// The norm of dL/dz.
    pub gradient_l2: f64,
    /// The norm of what the last step moved the kernel by, over that of the kernel; nothing before a step.
    pub update_ratio: Option<f64>,
    /// The norm of what the kernel has moved by since the start, over that of the kernel there.
    pub distance: f64,
    /// Units that are dead.
    pub dead_units: usize,
    /// Units that are always on.
    pub always_on_units: usize,
    /// Units that were dead the last time, and are not any more.
    pub revived_units: usize,
    /// Share of outputs that are saturated; of activations that saturate only.
    pub saturated_fraction: Option<f64>,
    /// Standard deviation of the outputs.
    pub output_std: f64,
}

impl EpochFigures {
    /// The share of all hidden units that are dead.
    pub fn dead_share(&self, units: usize) -> f64 {
        self.layers.iter().map(|layer| layer.dead_units).sum::<usize>() as f64 / units.max(1) as f64
    }
}

impl Course {
    /// A training before its first step; its first figures are to be [looked](Self::look) for.
    pub fn new(start: Arc<Start>, training: Training, material: Material) -> Self {
        let racer = Racer::new(&start, training, Arc::clone(&material.examples), Arc::clone(&material.order));
        let guessing = material.examples.entropy();
        Self {
            racer,
            start,
            material,
            training,
            losses: Vec::new(),
            ratios: Vec::new(),
            epochs: Vec::new(),
            looked_at: None,
            stride: None,
            running: (0.0, 0),
            dead: Vec::new(),
            has_equal_units: false,
            guessing,
            first_step: 0,
        }
    }

    /// The same, of a racer that has made some steps already; `start` is what it goes on from.
    pub fn of(racer: Racer, start: Arc<Start>, training: Training, material: Material) -> Self {
        let first_step = racer.step();
        Self { racer, first_step, ..Self::new(start, training, material) }
    }

    /// Keeps no more of its way than there is always room for: no losses of steps, whose reports have them, and figures of
    /// `MOST_EPOCHS` epochs at most. Where there are more it is every second, fourth, ... of them, and those that were the best
    /// until then.
    pub fn keep_little(&mut self) {
        self.stride = Some(1);
    }

    /// Has something called between layers, for whoever goes first on this thread.
    pub fn pause_with(&mut self, pause: Arc<dyn Fn() + Send + Sync>) {
        self.racer.pause_with(Some(pause));
    }

    /// Whether all that was done so far would have been the same in another training, so that it can go on in that.
    pub fn agrees_with(&self, training: &Training) -> bool {
        // Figures in the middle of an epoch are those of an end.
        let is_between = self.looked_at.is_some_and(|step| !step.is_multiple_of(self.steps_per_epoch()));
        let is_same = self.training.agrees_until(training, self.racer.step(), self.material.order.len());
        is_same && !is_between && self.racer.ended().is_none()
    }

    /// Goes on in a training that [agrees](Self::agrees_with).
    pub fn go_on_in(&mut self, training: Training) {
        self.training = training;
        self.racer.go_on_in(training);
    }

    /// Goes back to before the first step: the same weights, and nothing found.
    pub fn begin_again(&mut self) {
        let (pause, stride) = (self.racer.pause(), self.stride.map(|_| 1));
        *self = Self { stride, ..Self::new(Arc::clone(&self.start), self.training, self.material.clone()) };
        self.racer.pause_with(pause);
    }

    /// Steps of an epoch.
    pub fn steps_per_epoch(&self) -> u64 {
        self.training.steps_per_epoch(self.material.order.len()).max(1)
    }

    /// The racer.
    pub fn racer(&self) -> &Racer {
        &self.racer
    }

    /// The mean loss of the batch of every step, before its update, from the step after [`first_step`](Self::first_step).
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// Steps that were done before.
    pub fn first_step(&self) -> u64 {
        self.first_step
    }

    /// The loss of guessing: the entropy of the labels of what it is trained on.
    pub fn guessing(&self) -> f64 {
        self.guessing
    }

    /// Whether all units of every hidden layer had the same incoming weights when it was last [looked](Self::look) at.
    pub fn has_equal_units(&self) -> bool {
        self.has_equal_units
    }

    /// What was found after every epoch so far, or those that are [kept](Self::keep_little).
    pub fn epochs(&self) -> &[Arc<EpochFigures>] {
        &self.epochs
    }

    /// Whether there is nothing left to do: all steps are done, or none can be.
    pub fn is_over(&self) -> bool {
        self.racer.step() >= self.racer.steps() || self.racer.ended().is_some()
    }

    /// Whether an epoch, or all of it, has just been done, and was not looked at yet.
    pub fn is_due(&self) -> bool {
        let step = self.racer.step();
        let each = self.steps_per_epoch();
        let is_known = self.looked_at == Some(step);
        !is_known && (self.epochs.is_empty() || step.is_multiple_of(each) || self.is_over())
    }

    /// Makes the next step.
    ///
    /// # Errors
    /// Where something stopped being finite.
    pub fn advance(&mut self) -> Result<StepReport, NonFinite> {
        let images = self.racer.images_of_step(self.racer.step());
        let report = self.racer.advance()?;
        if self.stride.is_none() {
            self.losses.push(report.loss);
        }
        self.running.0 += report.loss * images as f64;
        self.running.1 += images;
        self.ratios.clear();
        self.ratios.extend(report.layers.iter().map(|layer| layer.update_ratio));
        Ok(report)
    }

    /// Looks at the network as it is now: judges it, and counts its units. Takes about as long as the epoch.
    pub fn look(&mut self) {
        self.look_while(&|| true);
    }

    /// The same, given up where it is not to go on; then all is as before, and it is still [due](Self::is_due). Returns whether it
    /// was done.
    pub fn look_while(&mut self, goes_on: &dyn Fn() -> bool) -> bool {
        self.looked(goes_on).is_some()
    }

    fn looked(&mut self, goes_on: &dyn Fn() -> bool) -> Option<()> {
        let (examples, racer, each) = (&self.material.examples, &self.racer, self.steps_per_epoch());
        let mean = |examples: &Examples| {
            let (loss, right) = racer.judge_while(examples, 0..examples.len(), goes_on)?;
            let images = examples.len().max(1) as f64;
            Some((loss / images, right as f64 / images))
        };
        let judged = match &self.material.judges {
            Some(judges) => Some(mean(judges)?),
            None => None,
        };
        let survey = racer.survey(&self.material.watched, goes_on)?;
        let trained = mean(examples)?;
        let (kernels, _) = racer.weights();
        let first = self.start.linear_layers;
        let dead: Vec<Vec<bool>> = survey
            .layers
            .iter()
            .map(|layer| layer.units.iter().map(|unit| *unit == UnitState::Dead).collect())
            .collect();
        let layers = survey.layers.iter().enumerate().map(|(index, layer)| {
            let kernel = first + index;
            let states = layer.states();
            let before = self.dead.get(index).into_iter().flatten();
            EpochLayer {
                weight_gradient_l2: layer.weight_gradient_l2,
                gradient_l2: layer.gradient_l2,
                update_ratio: self.ratios.get(kernel).copied(),
                distance: distance(&kernels[kernel], &self.start.kernels[kernel]),
                dead_units: states.dead,
                always_on_units: states.always_on,
                revived_units: before.zip(&dead[index]).filter(|(before, now)| **before && !**now).count(),
                saturated_fraction: layer.saturated_fraction,
                output_std: layer.output_std,
            }
        });
        let figures = EpochFigures {
            epoch: racer.step() as f64 / each as f64,
            step: racer.step(),
            running_loss: (self.running.1 > 0).then(|| self.running.0 / self.running.1 as f64),
            train_loss: trained.0,
            test_loss: judged.map(|(loss, _)| loss),
            test_accuracy: judged.filter(|(loss, _)| loss.is_finite()).map(|(_, accuracy)| accuracy),
            layers: layers.collect(),
        };
        self.has_equal_units = are_units_equal(&kernels[first..kernels.len() - 1]);
        self.dead = dead;
        self.running = (0.0, 0);
        self.looked_at = Some(figures.step);
        self.epochs.push(Arc::new(figures));
        if let Some(stride) = &mut self.stride {
            thin(&mut self.epochs, stride, each);
        }
        Some(())
    }
}

/// Leaves out what is between those of every so many epochs, of so many steps each, but for the newest and what was the best until
/// then; where there is no room for the others, every second of them goes, and at last of the best, too.
fn thin(epochs: &mut Vec<Arc<EpochFigures>>, stride: &mut u64, each: u64) {
    let is_regular = |figures: &EpochFigures, stride: u64| figures.step.is_multiple_of(each * stride);
    // The one before the newest was kept as that.
    if let [.., before, _] = &epochs[..]
        && !is_regular(before, *stride)
        && !bests(epochs).contains(&before.step)
    {
        epochs.remove(epochs.len() - 2);
    }
    while epochs.len() > MOST_EPOCHS {
        *stride *= 2;
        let newest = epochs.last().map(|newest| newest.step);
        let mut bests = bests(epochs);
        if bests.len() > MOST_EPOCHS / 2 {
            let last = bests.len() - 1;
            bests =
                bests.into_iter().enumerate().filter(|(at, _)| at % 2 == 0 || *at == last).map(|(_, at)| at).collect();
        }
        epochs.retain(|of| is_regular(of, *stride) || Some(of.step) == newest || bests.binary_search(&of.step).is_ok());
    }
}

/// The steps after which more was right than ever before.
fn bests(epochs: &[Arc<EpochFigures>]) -> Vec<u64> {
    let mut best = f64::NEG_INFINITY;
    let is_better = |of: &&Arc<EpochFigures>| {
        let accuracy = of.test_accuracy.unwrap_or(f64::NAN);
        let is_better = accuracy > best;
        best = best.max(accuracy);
        is_better
    };
    epochs.iter().filter(is_better).map(|of| of.step).collect()
}

/// How far a kernel is from another, by the size of that.
fn distance(now: &Array2<f32>, start: &Array2<f32>) -> f64 {
    let (mut moved, mut size) = (0.0, 0.0);
    for (now, start) in now.iter().zip(start) {
        moved += (f64::from(*now) - f64::from(*start)).powi(2);
        size += f64::from(*start).powi(2);
    }
    (moved / size).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(epoch: u64, accuracy: f64) -> Arc<EpochFigures> {
        Arc::new(EpochFigures {
            epoch: epoch as f64,
            step: 10 * epoch,
            running_loss: None,
            train_loss: 1.0,
            test_loss: None,
            test_accuracy: Some(accuracy),
            layers: Vec::new(),
        })
    }

    #[test]
    fn epochs_are_thinned_evenly_and_the_best_stay() {
        // It grows slowly, and falls back in between.
        let accuracy = |epoch: u64| if epoch % 3 == 1 { 0.9 + (epoch / 100) as f64 * 1e-5 } else { 0.5 };
        let (mut epochs, mut stride, mut most) = (Vec::new(), 1, 0);
        for epoch in 0..20_000 {
            epochs.push(figures(epoch, accuracy(epoch)));
            thin(&mut epochs, &mut stride, 10);
            most = most.max(epochs.len());
            assert_eq!(epochs.last().map(|newest| newest.step), Some(10 * epoch), "the newest is there");
        }
        assert!(most <= MOST_EPOCHS && epochs.len() > MOST_EPOCHS / 4, "{most} {}", epochs.len());
        assert_eq!((stride, epochs[0].step), (16, 0));
        let is_regular = |of: &&Arc<EpochFigures>| of.step.is_multiple_of(160);
        assert!(epochs.iter().filter(is_regular).map(|of| of.step).eq((0..20_000).step_by(16).map(|epoch| 10 * epoch)));
        let first = epochs.iter().find(|of| of.test_accuracy >= Some(0.9)).map(|of| of.step);
        assert_eq!(first, Some(10), "the first that was good");
        let best = epochs.iter().filter_map(|of| of.test_accuracy).fold(0.0, f64::max);
        assert_eq!(best, (0..20_000).map(accuracy).fold(0.0, f64::max));
    }
}
