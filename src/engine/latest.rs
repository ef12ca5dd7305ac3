use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::precedence::Precedence;
use super::progress::{Phase, Progress};
use super::{Failure, Look, Measurement, Measurer, Quantities};
use crate::experiment::Experiment;
use crate::panic_message::panic_message;

/// A worker thread that measures the newest experiment it was given.
///
/// A slot, not a queue: a new request replaces the waiting one, and running work stops soon after, though not before its
/// first answer, so that an endless drag is answered all along. Only preparations that take long, such as orthogonal draws of
/// wide layers, are given up before.
pub struct Engine {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// What the engine is asked for: the whole of it, every time.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What is to be measured.
    pub experiment: Experiment,
    /// And which quantities of it.
    pub quantities: Quantities,
    /// Nobody waits for it: there is one answer, of all images, and any other request comes first.
    pub at_leisure: bool,
}

/// Its outputs alone.
impl From<Experiment> for Request {
    fn from(experiment: Experiment) -> Self {
        Self { experiment, quantities: Quantities::OUTPUTS, at_leisure: false }
    }
}

/// What the engine has to say about a request.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The number [`Engine::request`] returned.
    pub request: u64,
    /// A measurement, complete for its images, or one sentence about what went wrong.
    pub result: Result<Arc<Measurement>, String>,
}

struct Shared {
    slot: Mutex<Slot>,
    filled: Condvar,
    /// The newest request, for running work to look at.
    newest: AtomicU64,
    /// The request that is being answered; 0 if there is none.
    running: AtomicU64,
    /// The newest request that is to be answered no further, and all before it.
    stopped: AtomicU64,
    progress: Arc<Progress>,
    answer: Mutex<Option<Answer>>,
    /// Taken from a request until there is none left.
    precedence: Arc<Precedence>,
}

#[derive(Default)]
struct Slot {
    waiting: Option<(u64, Request)>,
    closed: bool,
}

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
        // Of such work nothing is known.
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
        let shared = Arc::new(Shared {
            slot: Mutex::default(),
            filled: Condvar::new(),
            newest: AtomicU64::new(0),
            running: AtomicU64::new(0),
            stopped: AtomicU64::new(0),
            progress,
            answer: Mutex::default(),
            precedence: Arc::default(),
        });
        let worker = {
            let shared = Arc::clone(&shared);
            move || {
                while let Some((request, asked)) = shared.next() {
                    let answer = |result| {
                        *lock(&shared.answer) = Some(Answer { request, result });
                        wake();
                    };
                    let answered = AtomicBool::new(asked.at_leisure);
                    let since = Instant::now();
                    let interrupted = || {
                        let is_long = || shared.progress.phase().is_preparation() && since.elapsed() > PATIENCE;
                        shared.stopped.load(Ordering::Relaxed) >= request
                            || shared.newest.load(Ordering::Relaxed) != request
                                && (answered.load(Ordering::Relaxed) || is_long())
                    };
                    let mut publish = |measurement| {
                        answer(Ok(Arc::new(measurement)));
                        answered.store(true, Ordering::Relaxed);
                    };
                    // What a panic leaves half done is the measurer's caches, which it replaces whole.
                    match catch_unwind(AssertUnwindSafe(|| work(&asked, &interrupted, &mut publish))) {
                        Ok(Ok(()) | Err(Failure::Interrupted)) => {}
                        Ok(Err(failure)) => answer(Err(failure.to_string())),
                        Err(panic) => answer(Err(format!(
                            "the computation failed ({}), change any setting to try again",
                            panic_message(panic.as_ref())
                        ))),
                    }
                    shared.running.store(0, Ordering::Relaxed);
                }
            }
        };
        let thread = std::thread::Builder::new().name("initscope-engine".to_owned()).spawn(worker);
        Ok(Self { shared, thread: Some(thread.map_err(|error| Failure::NoThreads(error.to_string()))?) })
    }

    /// Asks for this in place of anything else, and returns the number its answers carry.
    pub fn request(&self, asked: impl Into<Request>) -> u64 {
        // Numbered under the lock: of two threads that ask, the later one's request waits.
        let mut slot = lock(&self.shared.slot);
        let request = self.shared.newest.fetch_add(1, Ordering::Relaxed) + 1;
        slot.waiting = Some((request, asked.into()));
        self.shared.precedence.take();
        drop(slot);
        self.shared.filled.notify_one();
        request
    }

    /// By which other work knows when the engine has none.
    pub(super) fn precedence(&self) -> Arc<Precedence> {
        Arc::clone(&self.shared.precedence)
    }

    /// Gives up what is running or waiting. What was answered stays, and what is known is not computed again.
    pub fn stop(&self) {
        let mut slot = lock(&self.shared.slot);
        slot.waiting = None;
        self.shared.stopped.store(self.shared.newest.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    /// How far the request is that is being answered; `None` if all are.
    pub fn look(&self) -> Option<Look> {
        let is_waiting = lock(&self.shared.slot).waiting.is_some();
        let is_busy = is_waiting || self.shared.running.load(Ordering::Relaxed) > 0;
        is_busy.then(|| self.shared.progress.look())
    }

    /// The newest answer that was not taken yet.
    pub fn take_answer(&self) -> Option<Answer> {
        lock(&self.shared.answer).take()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.shared.newest.fetch_add(1, Ordering::Relaxed);
        lock(&self.shared.slot).closed = true;
        self.shared.filled.notify_one();
        if let Some(thread) = self.thread.take() {
            // A panic of the worker was reported when it happened.
            let _ = thread.join();
        }
    }
}

impl Shared {
    /// Waits for a request; `None` when the engine is dropped.
    fn next(&self) -> Option<(u64, Request)> {
        let mut slot = lock(&self.slot);
        loop {
            if slot.closed {
                return None;
            }
            if let Some(request) = slot.waiting.take() {
                self.running.store(request.0, Ordering::Relaxed);
                return Some(request);
            }
            self.precedence.give_back();
            slot = self.filled.wait(slot).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// No lock here is held over code that can panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
