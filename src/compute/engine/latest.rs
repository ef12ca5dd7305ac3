use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::desk::{Desk, Reply, Turn};
use super::precedence::Precedence;
use super::progress::{Phase, Progress};
use super::{Failure, Look, Measurement, Measurer, Request};

/// A worker thread that measures the newest subject it was given.
///
/// A slot, not a queue: a new request replaces the waiting one, and running work stops soon after, though not before its
/// first answer, so that an endless drag is answered all along. Only preparations that take long, such as orthogonal draws of
/// wide layers, are given up before.
pub struct Engine {
    desk: Desk<Request, Measurement>,
    progress: Arc<Progress>,
    /// Taken from a request until there is none left.
    precedence: Arc<Precedence>,
}

/// What the engine has to say about a request: a measurement, complete for its images, or what went wrong.
pub type Answer = Reply<Measurement>;

/// Preparations are given up for a newer request, even before any answer, after so long.
const PATIENCE: Duration = Duration::from_millis(50);

impl Engine {
    /// Starts the worker; `wake` is called, on its thread, after every answer.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(wake: impl Fn() + Send + 'static) -> Result<Self, Failure> {
        Self::of(Measurer::new()?, wake)
    }

    /// Starts a worker that answers by this measurer.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn of(mut measurer: Measurer, wake: impl Fn() + Send + 'static) -> Result<Self, Failure> {
        let progress = measurer.progress();
        Self::run(progress, move |request, interrupted, publish| measurer.measure(request, interrupted, publish), wake)
    }

    /// Starts a worker that answers by `work(request, interrupted, publish)`.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn with(
        work: impl FnMut(&Request, &(dyn Fn() -> bool + Sync), &mut dyn FnMut(Measurement)) -> Result<(), Failure>
        + Send
        + 'static,
        wake: impl Fn() + Send + 'static,
    ) -> Result<Self, Failure> {
        // Nothing is known of such work.
        let progress = Arc::new(Progress::default());
        progress.enter(Phase::Passes);
        Self::run(progress, work, wake)
    }

    fn run(
        progress: Arc<Progress>,
        mut work: impl FnMut(&Request, &(dyn Fn() -> bool + Sync), &mut dyn FnMut(Measurement)) -> Result<(), Failure>
        + Send
        + 'static,
        wake: impl Fn() + Send + 'static,
    ) -> Result<Self, Failure> {
        let precedence = Arc::new(Precedence::default());
        let occupied = {
            let precedence = Arc::clone(&precedence);
            move |is: bool| if is { precedence.take() } else { precedence.give_back() }
        };
        let phase = Arc::clone(&progress);
        let answer = move |asked: Request, turn: &Turn<'_>, publish: &mut dyn FnMut(Measurement)| {
            let answered = AtomicBool::new(asked.at_leisure);
            let since = Instant::now();
            let interrupted = || {
                let is_long = || phase.phase().is_preparation() && since.elapsed() > PATIENCE;
                turn.is_stopped() || turn.is_replaced() && (answered.load(Ordering::Relaxed) || is_long())
            };
            work(&asked, &interrupted, &mut |measurement| {
                publish(measurement);
                answered.store(true, Ordering::Relaxed);
            })
        };
        Ok(Self { desk: Desk::start("initscope-engine", answer, wake, occupied)?, progress, precedence })
    }

    /// Asks for this in place of anything else, and returns the number its answers carry.
    pub fn request(&self, asked: impl Into<Request>) -> u64 {
        self.desk.request(asked.into())
    }

    /// By which other work knows when the engine has none.
    pub(super) fn precedence(&self) -> Arc<Precedence> {
        Arc::clone(&self.precedence)
    }

    /// Gives up what is running or waiting. What was answered stays, and what is known is not computed again.
    pub fn stop(&self) {
        self.desk.stop();
    }

    /// How far the request is that is being answered; `None` if all are.
    pub fn look(&self) -> Option<Look> {
        self.desk.is_busy().then(|| self.progress.look())
    }

    /// The newest answer that was not taken yet.
    pub fn take_answer(&self) -> Option<Answer> {
        self.desk.take_answer()
    }

    /// Waits until there is an answer to this request, or a later one, that was not taken yet, but no longer than this; returns
    /// whether there is.
    pub fn wait_for(&self, request: u64, patience: Duration) -> bool {
        self.desk.wait_for(request, patience)
    }
}
