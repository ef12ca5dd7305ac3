use std::sync::{Arc, OnceLock};
use std::time::Instant;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::answer_pace::AnswerPace;
use super::cost;
use super::expectations::Expectations;
use super::first_product::FirstProducts;
use super::known_images::KnownImages;
use super::last_measured::{LastMeasured, MeasuredNetwork};
use super::plan::Plan;
use super::progress::{Phase, Progress};
use super::run::Crew;
use super::runs::{Runs, Task};
use super::spectral_norms::{spectral_norms, spectral_norms_cost};
use super::weights::{updates, weights};
use super::{Failure, Measurement, Quantities, Request};
use crate::dataset::{DataError, Dataset, Source};
use crate::experiment::{Data, Split};
use crate::network::{BLOCK, DrawCache, Interrupted, LSUV_IMAGES, Network, Watch};
use crate::subject::{Subject, ToSubject};

/// What can be measured of a subject: without a loss there are no gradients.
fn of_loss(quantities: Quantities, subject: &Subject) -> Quantities {
    Quantities { gradients: quantities.gradients && subject.no_loss().is_none(), ..quantities }
}

/// What the first answer may take in nanoseconds, so that the frame that asked can wait for it.
const FIRST_ANSWER: f64 = 2.5e6;
/// What gradients may delay the first answer by; where they take longer, outputs come before them.
const SOON: f64 = 1e8;
/// How much longer every answer takes than the one before.
const GROWTH: usize = 4;
/// Hidden layers for which theory is worked out within a frame, some 0.3 ms each.
const SHALLOW: usize = 20;
/// Values that are kept for quantiles and counts by size (128 MiB); the others are computed again, which gives the same bits.
const KEPT_VALUES: usize = 32 << 20;

/// Measures subjects on a thread pool of its own, and keeps what the next one can use: images, standard draws, the first
/// layer's products, and runs that more images, quantities or, where a network only scales, other factors are asked of.
pub struct Measurer {
    pool: Arc<ThreadPool>,
    draws: DrawCache,
    dataset: Option<((Data, Split), Arc<Dataset>)>,
    first: Option<Arc<FirstProducts>>,
    runs: Runs,
    images: KnownImages,
    kept_values: usize,
    progress: Arc<Progress>,
    last: Arc<LastMeasured>,
    pace: AnswerPace,
}

impl Measurer {
    /// With as many threads as the machine has cores, at a lower priority than the window's.
    ///
    /// # Errors
    /// If the system gives no threads.
    pub fn new() -> Result<Self, Failure> {
        Self::with_threads(0)
    }

    /// With so many threads; 0 for as many as there are cores.
    ///
    /// # Errors
    /// If the system gives no threads.
    pub fn with_threads(threads: usize) -> Result<Self, Failure> {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|index| format!("initscope-worker-{index}"))
            .start_handler(|_| {
                // Where the system refuses, work goes on at the ordinary priority.
                let _ = thread_priority::set_current_thread_priority(thread_priority::ThreadPriority::Min);
            })
            .build()
            .map_err(|error| Failure::NoThreads(error.to_string()))?;
        Ok(Self::on(Arc::new(pool)))
    }

    /// On these threads.
    pub(super) fn on(pool: Arc<ThreadPool>) -> Self {
        Self {
            pool,
            draws: DrawCache::default(),
            dataset: None,
            first: None,
            runs: Runs::default(),
            images: KnownImages::default(),
            kept_values: KEPT_VALUES,
            progress: Arc::default(),
            last: Arc::default(),
            pace: AnswerPace::default(),
        }
    }

    /// The threads, for what is done beside it.
    pub fn pool(&self) -> Arc<ThreadPool> {
        Arc::clone(&self.pool)
    }

    /// How far it is with what it measures.
    pub(super) fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    /// What it measured last, for whoever looks closer.
    pub(super) fn last_measured(&self) -> Arc<LastMeasured> {
        Arc::clone(&self.last)
    }

    /// The same, keeping at most this many values: less memory for more time, and the same measurements.
    #[must_use]
    pub fn keeping(mut self, values: usize) -> Self {
        self.kept_values = values;
        self
    }

    /// Gives up all that is kept for the next experiment, but for the images: what nobody asks for any more takes no room.
    pub fn rest(&mut self) {
        (self.draws, self.first, self.runs) = (DrawCache::default(), None, Runs::default());
        self.images = KnownImages::default();
        self.last.forget();
    }

    /// Measures a prefix of the images first and then ever more of them; `publish` is given a complete measurement each time,
    /// the last of all images, at last with what takes longer than a glance; at leisure that one alone. Gives up between
    /// layers once `interrupted()` is true.
    ///
    /// # Errors
    /// If the images cannot be read, or it was interrupted.
    pub fn measure(
        &mut self,
        Request { subject, quantities: asked, at_leisure }: &Request,
        interrupted: &(dyn Fn() -> bool + Sync),
        publish: &mut dyn FnMut(Measurement),
    ) -> Result<(), Failure> {
        let quantities = &of_loss(*asked, subject);
        self.progress.start();
        self.expect_preparation(subject);
        let plan = self.plan(subject, *quantities, interrupted)?;
        let theory = quantities.theory && plan.network.layers() <= SHALLOW;
        let glance = Quantities { quantiles: false, spectral_norms: false, theory, outlook: false, ..*quantities };
        let known = self.runs.known(&plan, glance);
        let stages = if *at_leisure { Vec::new() } else { self.stages(&plan, quantities.gradients) };
        let stages: Vec<_> = stages.into_iter().filter(|&images| images >= known).collect();
        let all = [plan.images];
        self.expect_work(&plan, *quantities, known, if *at_leisure { &all } else { &stages });
        if let Some(&first) = stages.first().filter(|&&first| quantities.gradients && known < first)
            && self.gradients_of(first, &plan.network) > SOON
        {
            publish(self.found(&plan, first, Quantities { gradients: false, ..glance }, interrupted)?);
        }
        for (at, images) in stages.into_iter().enumerate() {
            let began = Instant::now();
            publish(self.found(&plan, images, glance, interrupted)?);
            if at == 0 && known == 0 {
                let blocks = images.div_ceil(BLOCK) as f64 / self.pool.current_num_threads() as f64;
                self.pace.learn(blocks * self.block_of_first_answer(&plan, quantities.gradients), began.elapsed());
            }
        }
        if *quantities != glance || *at_leisure {
            publish(self.found(&plan, plan.images, *quantities, interrupted)?);
        }
        Ok(())
    }

    /// All images at once.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn measure_all(&mut self, subject: &impl ToSubject, quantities: Quantities) -> Result<Measurement, Failure> {
        let subject = subject.to_subject();
        let quantities = of_loss(quantities, &subject);
        let pool = Arc::clone(&self.pool);
        pool.install(|| {
            let plan = self.plan(&subject, quantities, &|| false)?;
            Ok(self.found(&plan, plan.images, quantities, &|| false)?)
        })
    }

    /// The subject's network, fitted to the images where its initializer looks at them, and all its images.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn network_and_source(&mut self, subject: &impl ToSubject) -> Result<(Network, Source), Failure> {
        let subject = subject.to_subject();
        let source = self.source(&subject)?;
        Ok((self.network(&subject, &source, &|| false)?, source))
    }

    /// What comes before the first image is measured, if nothing is known yet.
    fn expect_preparation(&self, subject: &Subject) {
        let Ok(experiment) = subject.drawn() else { return };
        let law = experiment.initializer.law();
        let draws = experiment.kernel_shapes().into_iter().map(|shape| cost::draws(law, shape)).sum();
        self.progress.expect(Phase::Weights, draws);
        if subject.looks_at_data() {
            self.progress.expect(Phase::Fit, cost::fit(experiment));
        }
    }

    /// What is left to do when the network is there.
    fn expect_work(&self, plan: &Plan<'_>, quantities: Quantities, known: usize, stages: &[usize]) {
        let network = &plan.network;
        let blocks = |images: usize| images.div_ceil(BLOCK);
        let z = if quantities.pre_activations { network.units() } else { 0 };
        let mut runs = vec![(cost::forward(network), network.units() + z)];
        if quantities.gradients {
            runs.push((cost::backward(network), network.units()));
            let each = stages.iter().filter(|&&images| images > known).map(|&images| blocks(images) as f64);
            self.progress.expect(Phase::WeightGradients, each.sum::<f64>() * cost::weight_gradients(network));
        }
        let new = blocks(plan.images - known) as f64;
        self.progress.expect(Phase::Passes, runs.iter().map(|(pass, _)| new * pass).sum());
        if quantities.quantiles || quantities.sizes {
            let mut room = plan.kept_values;
            let looks = runs.into_iter().map(|(pass, units)| {
                let kept = (room / (BLOCK * units)).min(blocks(plan.images));
                room -= kept * BLOCK * units;
                kept as f64 * cost::look(units) + (blocks(plan.images) - kept) as f64 * pass
            });
            let times = f64::from(u8::from(quantities.quantiles) + u8::from(quantities.sizes));
            self.progress.expect(Phase::Quantiles, times * looks.sum::<f64>());
        }
        if quantities.spectral_norms {
            self.progress.expect(Phase::SpectralNorms, spectral_norms_cost(network));
        }
        if quantities.theory {
            self.progress.expect(Phase::Theory, cost::theory(network.layers(), quantities.outlook));
        }
    }

    fn plan<'a>(
        &mut self,
        subject: &'a Subject,
        quantities: Quantities,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Plan<'a>, Failure> {
        let source = self.source(subject)?;
        let network = self.network(subject, &source, interrupted)?;
        let first = match self.first.take().filter(|first| first.serve(&network, &source)) {
            Some(first) => first,
            None => FirstProducts::of(&network, &source),
        };
        self.first = Some(Arc::clone(&first));
        let images = subject.experiment().inputs.images.min(source.len());
        let weights: Vec<_> = network.kernels.iter().map(|kernel| kernel.moments().std()).collect();
        let expectations = Expectations::of(subject, &weights);
        let kept_values = if quantities.quantiles || quantities.sizes { self.kept_values } else { 0 };
        let early_theory = OnceLock::new();
        Ok(Plan { subject, network, source, first, images, expectations, kept_values, early_theory })
    }

    /// The measurement of the first `images` images.
    fn found(
        &mut self,
        plan: &Plan<'_>,
        images: usize,
        quantities: Quantities,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Measurement, Interrupted> {
        let (pool, progress) = (Arc::clone(&self.pool), Arc::clone(&self.progress));
        let crew = Crew { pool: &pool, interrupted, progress: &progress };
        // On one of its threads: to wake them up for every step would take as long as the steps.
        pool.install(|| {
            let mut measurement = self.runs.measure(Task { plan, images, quantities, crew })?;
            if quantities.weights {
                for (layer, weights) in measurement.layers.iter_mut().zip(weights(&plan.network, crew)?) {
                    layer.weight_distribution = Some(weights);
                }
            }
            if quantities.updates {
                updates(plan.subject, &mut measurement.layers);
            }
            let norms = spectral_norms(&plan.network, quantities.spectral_norms, crew)?;
            for (layer, norm) in measurement.layers.iter_mut().zip(norms) {
                layer.spectral_norm = norm;
            }
            self.expect(&mut measurement, plan, quantities, interrupted)?;
            let (measured, scales) = self.runs.measured_on(plan);
            self.last.set(MeasuredNetwork {
                subject: plan.subject.clone(),
                network: plan.network.clone(),
                measured,
                scales,
                source: plan.source.clone(),
                first: Arc::clone(&plan.first),
            });
            Ok(measurement)
        })
    }

    /// Adds what theory expects.
    fn expect(
        &mut self,
        measurement: &mut Measurement,
        plan: &Plan<'_>,
        quantities: Quantities,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), Interrupted> {
        let expectations = &plan.expectations;
        if quantities.theory {
            self.progress.enter(Phase::Theory);
            let anchor = measurement.logit_gradient_l2;
            let images = self.images.each(&plan.source, measurement.images, &self.pool);
            let predict = || self.pool.install(|| expectations.layers(plan.subject.experiment(), images, anchor));
            // More of the images change little of it, and it takes as long as many of them: once for the first, and for all.
            let is_early = anchor.is_none() && measurement.images < plan.images;
            let layers = if is_early { plan.early_theory.get_or_init(predict).clone() } else { predict() };
            for (layer, theory) in measurement.layers.iter_mut().zip(layers) {
                layer.theory = Some(theory);
            }
        }
        if quantities.outlook && measurement.images == plan.images {
            if interrupted() {
                return Err(Interrupted);
            }
            measurement.outlook = Some(self.pool.install(|| expectations.outlook(plan.subject)));
            let together = self.images.together(&plan.source, plan.images, &self.pool);
            let states = expectations.states(plan.subject.experiment(), together);
            for (layer, states) in measurement.layers.iter_mut().zip(states) {
                layer.theory_of_states = Some(states);
            }
        }
        Ok(())
    }

    fn network(
        &mut self,
        subject: &Subject,
        source: &Source,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Network, Interrupted> {
        let experiment = subject.experiment();
        self.pool.install(|| {
            let progress = &self.progress;
            progress.enter(Phase::Weights);
            let law = experiment.initializer.law();
            let drawn = |shape| progress.add(Phase::Weights, cost::draws(law, shape));
            let mut network = Network::of(subject, &mut self.draws, Watch { interrupted, drawn: &drawn })?;
            if subject.looks_at_data() {
                progress.enter(Phase::Fit);
                let round = cost::fit_round(experiment);
                let interrupted = || {
                    progress.add(Phase::Fit, round);
                    interrupted()
                };
                network.fit_to(source.images(0..source.len().min(LSUV_IMAGES)), &interrupted)?;
            }
            Ok(network)
        })
    }

    fn source(&mut self, subject: &Subject) -> Result<Source, DataError> {
        let experiment = subject.experiment();
        let (data, split) = (&experiment.inputs.data, experiment.inputs.split);
        let source = Source::of(experiment, || match &self.dataset {
            Some(((kept, kept_split), dataset)) if (kept, *kept_split) == (data, split) => Ok(Arc::clone(dataset)),
            _ => {
                let dataset = Dataset::shared(data, split, usize::MAX)?;
                self.dataset = Some(((data.clone(), split), Arc::clone(&dataset)));
                Ok(dataset)
            }
        })?;
        Ok(source.with_classes(subject.classes_of_draws()))
    }

    /// About what gradients of so many images take on all threads, in nanoseconds.
    fn gradients_of(&self, images: usize, network: &Network) -> f64 {
        let rounds = images.div_ceil(BLOCK).div_ceil(self.pool.current_num_threads());
        rounds as f64 * (cost::backward(network) + cost::weight_gradients(network))
    }

    /// About what a block of images takes one thread, in nanoseconds.
    fn block_of_first_answer(&self, plan: &Plan<'_>, gradients: bool) -> f64 {
        let network = &plan.network;
        let back = if gradients { cost::backward(network) + cost::weight_gradients(network) } else { 0.0 };
        cost::forward(network) + back
    }

    /// Numbers of images after which an answer is given: whole blocks, the first few enough for one frame, the last all.
    fn stages(&self, plan: &Plan<'_>, gradients: bool) -> Vec<usize> {
        let each = self.block_of_first_answer(plan, gradients);
        let blocks = self.pace.within(FIRST_ANSWER) * self.pool.current_num_threads() as f64 / each;
        let first = (blocks as usize).max(1) * BLOCK;
        // A stage that is nearly all is not worth a picture of its own.
        let mut stages: Vec<_> = std::iter::successors(Some(first), |images| Some(images * GROWTH))
            .take_while(|&stage| stage < plan.images * 3 / 4)
            .collect();
        stages.push(plan.images);
        stages
    }
}
