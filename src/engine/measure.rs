use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::run::{Resources, Run};
use super::{Measurement, Quantities, Request};
use crate::dataset::{DataError, Dataset, Source};
use crate::experiment::{Data, Experiment, Split};
use crate::network::{BLOCK, DrawCache, Interrupted, LSUV_IMAGES, Network};

/// Floating-point operations the first answer may cost: about a hundredth of a second.
const FIRST_ANSWER: usize = 1_000_000_000;
/// What measuring one output costs, in operations of a matrix product.
const OPERATIONS_PER_VALUE: usize = 400;
/// How much longer every answer takes than the one before.
const GROWTH: usize = 4;
/// Outputs that are kept between passes (128 MiB); the others are computed again, which gives the same bits.
const KEPT_VALUES: usize = 32 << 20;

/// Why there is no measurement.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A newer experiment is waiting.
    #[error("given up for a newer experiment")]
    Interrupted,
    /// The images could not be read.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The system gave no worker threads.
    #[error("the system gave no worker threads ({0}), close other programs and start again")]
    NoThreads(String),
}

impl From<Interrupted> for Failure {
    fn from(Interrupted: Interrupted) -> Self {
        Self::Interrupted
    }
}

/// Measures experiments on a thread pool of its own, and keeps what the next one can use: images and standard draws.
pub struct Measurer {
    pool: ThreadPool,
    draws: DrawCache,
    dataset: Option<((Data, Split), Arc<Dataset>)>,
    kept_values: usize,
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
        Ok(Self { pool, draws: DrawCache::default(), dataset: None, kept_values: KEPT_VALUES })
    }

    /// The same, keeping at most this many outputs between passes: less memory for more time, and the same measurements.
    #[must_use]
    pub fn keeping(mut self, values: usize) -> Self {
        self.kept_values = values;
        self
    }

    /// Measures a prefix of the images first and then ever more of them; `publish` is given a complete measurement each time,
    /// the last of all images. Gives up between layers once `interrupted()` is true.
    ///
    /// # Errors
    /// If the images cannot be read, or it was interrupted.
    pub fn measure(
        &mut self,
        Request { experiment, quantities }: &Request,
        interrupted: &(dyn Fn() -> bool + Sync),
        publish: &mut dyn FnMut(Measurement),
    ) -> Result<(), Failure> {
        let source = self.source(experiment)?;
        let network = self.network(experiment, &source, interrupted)?;
        let mut run = Run::new(self.resources(*quantities), experiment, &network, &source, interrupted);
        for images in stages(&network, run.images()) {
            publish(run.up_to(images)?);
        }
        Ok(())
    }

    /// All images at once.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn measure_all(&mut self, experiment: &Experiment, quantities: Quantities) -> Result<Measurement, Failure> {
        let source = self.source(experiment)?;
        let network = self.network(experiment, &source, &|| false)?;
        let mut run = Run::new(self.resources(quantities), experiment, &network, &source, &|| false);
        Ok(run.up_to(run.images())?)
    }

    /// The experiment's network, fitted to the images where its initializer looks at them, and all its images.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn network_and_source(&mut self, experiment: &Experiment) -> Result<(Network, Source), Failure> {
        let source = self.source(experiment)?;
        Ok((self.network(experiment, &source, &|| false)?, source))
    }

    fn network(
        &mut self,
        experiment: &Experiment,
        source: &Source,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Network, Interrupted> {
        self.pool.install(|| {
            let mut network = Network::draw(experiment, &mut self.draws);
            if experiment.initializer.looks_at_data() {
                network.fit_to(source.images(0..source.len().min(LSUV_IMAGES)), interrupted)?;
            }
            Ok(network)
        })
    }

    fn resources(&self, quantities: Quantities) -> Resources<'_> {
        Resources { pool: &self.pool, kept_values: self.kept_values, quantities }
    }

    fn source(&mut self, experiment: &Experiment) -> Result<Source, DataError> {
        let (data, split) = (&experiment.inputs.data, experiment.inputs.split);
        Source::of(experiment, || match &self.dataset {
            Some(((kept, kept_split), dataset)) if (kept, *kept_split) == (data, split) => Ok(Arc::clone(dataset)),
            _ => {
                let dataset = Arc::new(Dataset::load(data, split)?);
                self.dataset = Some(((data.clone(), split), Arc::clone(&dataset)));
                Ok(dataset)
            }
        })
    }
}

/// Numbers of images after which an answer is given: whole blocks, the first few enough for one frame, the last all.
fn stages(network: &Network, images: usize) -> Vec<usize> {
    let cost = network.operations() + OPERATIONS_PER_VALUE * network.units();
    let first = (FIRST_ANSWER / cost).next_multiple_of(BLOCK);
    // A stage that is nearly all is not worth a picture of its own.
    let mut stages: Vec<_> = std::iter::successors(Some(first), |images| Some(images * GROWTH))
        .take_while(|&stage| stage < images * 3 / 4)
        .collect();
    stages.push(images);
    stages
}
