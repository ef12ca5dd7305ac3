use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Lets measurements go before other work on the same threads.
#[derive(Default)]
pub(super) struct Precedence {
    /// Whether somebody waits for a measurement.
    taken: AtomicBool,
    turn: Mutex<()>,
    returned: Condvar,
}

/// After so long those who wait look whether they still want to.
const PATIENCE: Duration = Duration::from_millis(20);

impl Precedence {
    /// A measurement is waited for.
    pub fn take(&self) {
        self.taken.store(true, Ordering::Relaxed);
    }

    /// None is.
    pub fn give_back(&self) {
        let turn = self.lock();
        self.taken.store(false, Ordering::Relaxed);
        drop(turn);
        self.returned.notify_all();
    }

    /// Whether a measurement is waited for.
    pub fn is_taken(&self) -> bool {
        self.taken.load(Ordering::Relaxed)
    }

    /// Waits until none is, or until there is no reason to wait any more.
    pub fn wait(&self, no_reason: impl Fn() -> bool) {
        let mut turn = self.lock();
        while self.is_taken() && !no_reason() {
            (turn, _) = self.returned.wait_timeout(turn, PATIENCE).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
