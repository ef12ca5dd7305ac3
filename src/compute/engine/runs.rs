use ndarray::Array2;

use super::plan::Plan;
use super::progress::Phase;
use super::run::{Crew, Run};
use super::streams::Quantity;
use super::{GradientMeasurement, LayerMeasurement, Measurement, Quantities};
use crate::network::{BLOCK, Interrupted, Kernel, Network, Scratch};
use crate::stats::Distribution;

/// In nanoseconds.
const SECOND: f64 = 1e9;
/// Blocks that every thread measures before they are put together: more time than that takes.
const LEAST_STRIDE: usize = 4;

/// The runs that measurements are put together from.
#[derive(Default)]
pub(super) struct Runs {
    serving: Vec<Run>,
    /// Those of the network before, for this one to take its first layers over.
    former: Vec<Run>,
}

/// A number of images of a plan, and who works.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub plan: &'a Plan<'a>,
    pub images: usize,
    pub quantities: Quantities,
    pub crew: Crew<'a>,
}

/// The forward pass of a network, measured on itself or on one that differs in factors only.
struct Forward {
    /// Runs of all quantities.
    runs: Vec<usize>,
    /// What each kernel's values are of those that were measured.
    scales: Vec<f64>,
}

impl Runs {
    /// Puts a measurement together, but for what theory expects; what is known of it already is not measured again. Runs that
    /// have nothing to do with it are given up.
    pub fn measure(&mut self, task: Task<'_>) -> Result<Measurement, Interrupted> {
        let found = self.put_together(task);
        // What was given up is not kept for whoever goes on.
        self.former.clear();
        found
    }

    fn put_together(&mut self, task: Task<'_>) -> Result<Measurement, Interrupted> {
        let Task { plan, images, quantities, crew, .. } = task;
        let wanted = of_forward(quantities);
        self.serving.retain(|run| run.source().is_same(&plan.source));
        let canonical = self.canonical(task);
        let serves = |run: &Run| match &canonical {
            Some(canonical) if run.is_canonical() => run.network().is_same(canonical),
            _ => !run.is_canonical() && run.network().is_same(&plan.network),
        };
        self.former = self.serving.extract_if(.., |run| !serves(run)).collect();
        let scaled = match &canonical {
            None => None,
            Some(canonical) => {
                let runs = self.up_to((canonical, true), &wanted, task)?;
                let scales = plan.network.scales_over(canonical);
                bears(&self.serving[runs[0]], &plan.network).then_some(Forward { runs, scales })
            }
        };
        let forward = match scaled {
            Some(forward) => forward,
            None => Forward {
                runs: self.up_to((&plan.network, false), &wanted, task)?,
                scales: vec![1.0; plan.network.kernels.len()],
            },
        };
        let backward = if quantities.gradients {
            let run = self.up_to((&plan.network, false), &[Quantity::Gradient], task)?[0];
            self.serving[run].ask_for_weight_gradients(crew)?;
            Some(&self.serving[run])
        } else {
            None
        };
        let layers =
            (0..plan.network.layers()).filter_map(|index| self.layer(index, task, &forward, backward)).collect();
        let of_kernels = &self.serving[forward.runs[0]];
        Ok(Measurement {
            subject: plan.subject.clone(),
            images,
            loss: of_kernels.loss(*forward.scales.last().unwrap_or(&1.0), crew),
            layers,
            logit_gradient_l2: backward.map(Run::logit_gradient_l2),
            standard: plan.source.standard(),
            non_finite: of_kernels.kernels().iter().map(|kernel| kernel.non_finite).collect(),
            non_finite_weights: plan.network.kernels.iter().map(Kernel::non_finite).collect(),
            coverage: plan.expectations.coverage,
            outlook: None,
        })
    }

    /// The network that a plan's forward pass was measured on, and what each of the plan's kernels' values is of its.
    pub fn measured_on(&self, plan: &Plan<'_>) -> (Network, Vec<f64>) {
        match self.serving.iter().find(|run| run.is_canonical() && bears(run, &plan.network)) {
            Some(run) => (run.network().clone(), plan.network.scales_over(run.network())),
            None => (plan.network.clone(), vec![1.0; plan.network.kernels.len()]),
        }
    }

    /// Images for which all that is asked for is known already, if the plan's are not fewer.
    pub fn known(&self, plan: &Plan<'_>, quantities: Quantities) -> usize {
        let serves = |run: &Run, quantity: Quantity| {
            let forward = quantity != Quantity::Gradient;
            run.source().is_same(&plan.source)
                && run.quantities().contains(&quantity)
                && if run.is_canonical() {
                    forward && bears(run, &plan.network)
                } else {
                    run.network().is_same(&plan.network)
                }
        };
        let most = |quantity| {
            let known = self.serving.iter().filter(|run| serves(run, quantity)).map(Run::images);
            known.filter(|&images| images <= plan.images).max().unwrap_or(0)
        };
        if !quantities.gradients && self.serving.iter().any(|run| takes_over(run, plan, quantities)) {
            return plan.images;
        }
        let gradients = if quantities.gradients { most(Quantity::Gradient) } else { plan.images };
        let z = if quantities.pre_activations { most(Quantity::PreActivation) } else { plan.images };
        most(Quantity::Output).min(gradients).min(z)
    }

    /// The network to measure in place of one that only scales it; draws alone are ever scaled otherwise.
    fn canonical(&self, Task { plan, crew, .. }: Task<'_>) -> Option<Network> {
        let network = &plan.network;
        if !plan.subject.is_drawn() || !network.only_scales() {
            return None;
        }
        let known = self.serving.iter().find(|run| run.is_canonical() && run.network().is_scaled(network));
        Some(known.map(Run::network).cloned().unwrap_or_else(|| {
            let mut scratch = Scratch::new(network);
            let mut pixels = Array2::zeros((BLOCK, plan.source.dim()));
            let shown = plan.first.shown((0, plan.images), network, &mut pixels, &mut scratch);
            crew.pool.install(|| network.canonical(shown, &mut scratch))
        }))
    }

    /// Runs of a network that have all that is wanted for all images of the task, made or extended; the first has the first.
    fn up_to(
        &mut self,
        (network, canonical): (&Network, bool),
        wanted: &[Quantity],
        task: Task<'_>,
    ) -> Result<Vec<usize>, Interrupted> {
        let Task { plan, images, quantities, crew } = task;
        let has = |run: &Run, quantity: Quantity| {
            run.is_canonical() == canonical
                && run.network().is_same(network)
                && run.quantities().contains(&quantity)
                && run.can_reach(images)
        };
        let missing: Vec<_> =
            wanted.iter().copied().filter(|&quantity| !self.serving.iter().any(|run| has(run, quantity))).collect();
        if !missing.is_empty() {
            let kept: usize = self.serving.iter().map(Run::kept_values).sum();
            let keep = plan.kept_values.saturating_sub(kept);
            let mut run = Run::new((network, canonical), (&plan.source, &plan.first), &missing, keep);
            let layers = |former: &Run| {
                let same = former.is_canonical() == canonical && former.can_hand_over(&missing, images);
                if same { former.network().common_layers(network, false) } else { 0 }
            };
            if let Some(at) = (0..self.former.len()).max_by_key(|&at| layers(&self.former[at])) {
                let former = self.former.swap_remove(at);
                let layers = layers(&former);
                run.start_from(former, layers);
            }
            self.serving.push(run);
        }
        let mut found = Vec::new();
        for &quantity in wanted {
            let at = self.serving.iter().position(|run| has(run, quantity));
            found.extend(at.filter(|at| !found.contains(at)));
        }
        for &at in &found {
            self.extend(at, images, crew)?;
            if quantities.sizes {
                self.serving[at].ask_for_sizes(crew)?;
            }
            if quantities.quantiles {
                self.serving[at].ask_for_quantiles(crew)?;
            }
        }
        Ok(found)
    }

    /// Extends a run to so many images, a second's work at a time: what is given up later is no more than that.
    fn extend(&mut self, at: usize, images: usize, crew: Crew<'_>) -> Result<(), Interrupted> {
        let run = &mut self.serving[at];
        if run.is_started() {
            return run.up_to(images, crew);
        }
        let blocks = |images: usize| images.saturating_sub(run.images()).div_ceil(BLOCK);
        crew.progress.enter(Phase::Passes);
        crew.progress.expect_at_least(Phase::Passes, blocks(images) as f64 * run.block_cost());
        let threads = crew.pool.current_num_threads();
        let stride = ((SECOND / run.block_cost()) as usize).max(LEAST_STRIDE) * threads * BLOCK;
        let mut next = run.images() / BLOCK * BLOCK + stride;
        while next < images {
            run.up_to(next, crew)?;
            next += stride;
        }
        run.up_to(images, crew)
    }

    fn layer(
        &self,
        index: usize,
        Task { plan, images, .. }: Task<'_>,
        Forward { runs, scales }: &Forward,
        backward: Option<&Run>,
    ) -> Option<LayerMeasurement> {
        let kernel = plan.network.linear_layers + index;
        let (fan_in, units) = plan.network.kernels[kernel].dim();
        let runs = || runs.iter().map(|&run| &self.serving[run]);
        let take = |quantity| -> Option<Distribution> {
            let distribution = runs().find_map(|run| run.distribution(index, quantity))?;
            Some(distribution.clone().scaled(scales[kernel]))
        };
        let (states, saturated_fraction) = runs().find_map(|run| run.outputs(index))?;
        let gradient = |run: &Run| {
            // A run's are of the sum over images.
            let distribution = run.distribution(index, Quantity::Gradient)?.clone().scaled(1.0 / images as f64);
            let count = distribution.count as f64;
            let l2 = (count * (distribution.std * distribution.std + distribution.mean * distribution.mean)).sqrt();
            Some(GradientMeasurement { distribution, l2, weight_l2: run.weight_gradient_l2(kernel)? })
        };
        Some(LayerMeasurement {
            layer: index + 1,
            units,
            fan_in,
            weights: plan.network.kernels[kernel].moments(),
            weight_distribution: None,
            update: None,
            spectral_norm: None,
            output: take(Quantity::Output)?,
            pre_activation: take(Quantity::PreActivation),
            gradient: backward.and_then(gradient),
            theory: None,
            theory_of_states: None,
            saturated_fraction,
            states,
        })
    }
}

/// What is measured of a forward pass.
fn of_forward(quantities: Quantities) -> Vec<Quantity> {
    let mut wanted = vec![Quantity::Output];
    wanted.extend(quantities.pre_activations.then_some(Quantity::PreActivation));
    wanted
}

/// Whether half of a plan's layers or more can be taken over from a run: then all images take less time than it took for them.
fn takes_over(run: &Run, plan: &Plan<'_>, quantities: Quantities) -> bool {
    let scales = run.is_canonical();
    run.source().is_same(&plan.source)
        && (!scales || plan.network.only_scales())
        && run.can_hand_over(&of_forward(quantities), plan.images)
        && run.network().common_layers(&plan.network, scales) * 2 >= plan.network.layers()
}

/// Whether a canonical run's values, scaled to those of a network, all have their place in f32.
fn bears(run: &Run, network: &Network) -> bool {
    let scaled = || run.kernels().iter().zip(network.scales_over(run.network()));
    network.only_scales() && run.network().is_scaled(network) && scaled().all(|(kernel, scale)| kernel.bear(scale))
}
