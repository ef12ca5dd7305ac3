use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::Failure;
use crate::panic_message::panic_message;

/// A thread that does what it was asked for last, and its newest reply.
///
/// A slot, not a queue: a new request replaces the waiting one, and running work sees that it is not the newest any more.
pub struct Desk<T, A> {
    shared: Arc<Shared<T, A>>,
    thread: Option<JoinHandle<()>>,
}

/// What is said about a request.
#[derive(Debug)]
pub struct Reply<A> {
    /// The number that `request` returned.
    pub request: u64,
    /// What is known so far, or what went wrong.
    pub result: Result<Arc<A>, Failure>,
}

struct Shared<T, A> {
    slot: Mutex<Slot<T>>,
    filled: Condvar,
    /// The newest request, for running work to look at.
    newest: AtomicU64,
    /// The one that is being answered; 0 for none.
    running: AtomicU64,
    /// No request up to this is wanted any more.
    stopped: AtomicU64,
    reply: Mutex<Replies<A>>,
    replied: Condvar,
    /// Told, under the slot's lock, that there is a request, and that there is none left.
    occupied: Box<dyn Fn(bool) + Send + Sync>,
}

struct Slot<T> {
    /// The request, its number, and when it was made.
    waiting: Option<(u64, T)>,
    closed: bool,
}

/// The newest reply that was not taken yet, and the request whose reply somebody waits for, 0 for none.
struct Replies<A> {
    newest: Option<Reply<A>>,
    awaited: u64,
}

/// A request while it is being answered.
pub struct Turn<'a> {
    request: u64,
    newest: &'a AtomicU64,
    stopped: &'a AtomicU64,
}

impl Turn<'_> {
    /// Whether somebody stopped it.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed) >= self.request
    }

    /// Whether another request is waiting, or nobody is left to ask.
    pub fn is_replaced(&self) -> bool {
        self.newest.load(Ordering::Relaxed) != self.request
    }

    /// Either.
    pub fn is_over(&self) -> bool {
        self.is_stopped() || self.is_replaced()
    }
}

impl<T: Send + 'static, A: Send + Sync + 'static> Desk<T, A> {
    /// Starts a thread of this name that answers by `work(asked, turn, publish)`; `wake` is called, on it, after every reply,
    /// `occupied` when there is a request, and when there is none left.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(
        name: &str,
        mut work: impl FnMut(T, &Turn<'_>, &mut dyn FnMut(A)) -> Result<(), Failure> + Send + 'static,
        wake: impl Fn() + Send + 'static,
        occupied: impl Fn(bool) + Send + Sync + 'static,
    ) -> Result<Self, Failure> {
        let shared = Arc::new(Shared {
            slot: Mutex::new(Slot { waiting: None, closed: false }),
            filled: Condvar::new(),
            newest: AtomicU64::new(0),
            running: AtomicU64::new(0),
            stopped: AtomicU64::new(0),
            reply: Mutex::new(Replies { newest: None, awaited: 0 }),
            replied: Condvar::new(),
            occupied: Box::new(occupied),
        });
        let worker = {
            let shared = Arc::clone(&shared);
            move || {
                while let Some((request, asked)) = shared.next() {
                    let reply = |result| {
                        if !shared.reply(Reply { request, result }) {
                            wake();
                        }
                    };
                    let turn = Turn { request, newest: &shared.newest, stopped: &shared.stopped };
                    let mut publish = |found| reply(Ok(Arc::new(found)));
                    // What a panic leaves half done is caches, which are replaced whole.
                    match catch_unwind(AssertUnwindSafe(|| work(asked, &turn, &mut publish))) {
                        Ok(Ok(()) | Err(Failure::Interrupted)) => {}
                        Ok(Err(failure)) => reply(Err(failure)),
                        Err(panic) => reply(Err(Failure::Panicked(panic_message(panic.as_ref()).to_owned()))),
                    }
                    shared.running.store(0, Ordering::Relaxed);
                }
            }
        };
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(worker);
        Ok(Self { shared, thread: Some(thread.map_err(|error| Failure::NoThreads(error.to_string()))?) })
    }

    /// Asks for this in place of anything else, and returns the number its replies carry.
    pub fn request(&self, asked: T) -> u64 {
        // Numbered under the lock: of two threads that ask, the later one's request waits.
        let mut slot = lock(&self.shared.slot);
        let request = self.shared.newest.fetch_add(1, Ordering::Relaxed) + 1;
        slot.waiting = Some((request, asked));
        (self.shared.occupied)(true);
        drop(slot);
        self.shared.filled.notify_one();
        request
    }

    /// Gives up what is running or waiting; what was replied stays.
    pub fn stop(&self) {
        let mut slot = lock(&self.shared.slot);
        slot.waiting = None;
        self.shared.stopped.store(self.shared.newest.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Whether a request is waiting or being answered.
    pub fn is_busy(&self) -> bool {
        let is_waiting = lock(&self.shared.slot).waiting.is_some();
        is_waiting || self.shared.running.load(Ordering::Relaxed) > 0
    }

    /// Whether there may be more to take: a request that is waiting or being answered, or a reply that was not taken yet.
    pub fn may_reply(&self) -> bool {
        self.is_busy() || lock(&self.shared.reply).newest.is_some()
    }

    /// The newest reply that was not taken yet.
    pub fn take_answer(&self) -> Option<Reply<A>> {
        lock(&self.shared.reply).newest.take()
    }

    /// Waits until there is a reply to this request, or to a later one, but no longer than this; returns whether there is.
    pub fn wait_for(&self, request: u64, patience: Duration) -> bool {
        let mut replies = lock(&self.shared.reply);
        let is_there = |replies: &Replies<A>| replies.newest.as_ref().is_some_and(|reply| reply.request >= request);
        if !is_there(&replies) {
            replies.awaited = request;
            let waited = self.shared.replied.wait_timeout_while(replies, patience, |replies| !is_there(replies));
            replies = waited.unwrap_or_else(PoisonError::into_inner).0;
            replies.awaited = 0;
        }
        is_there(&replies)
    }
}

impl<T, A> Drop for Desk<T, A> {
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

impl<T, A> Shared<T, A> {
    /// Leaves a reply to be taken; returns whether somebody waits for it, and needs no call.
    fn reply(&self, reply: Reply<A>) -> bool {
        let mut replies = lock(&self.reply);
        let is_awaited = replies.awaited > 0 && reply.request >= replies.awaited;
        replies.newest = Some(reply);
        drop(replies);
        self.replied.notify_one();
        is_awaited
    }

    /// Waits for a request; `None` when the desk is dropped.
    fn next(&self) -> Option<(u64, T)> {
        let mut slot = lock(&self.slot);
        loop {
            if slot.closed {
                // A request that nobody answers any more holds up nobody else.
                (self.occupied)(false);
                return None;
            }
            if let Some(request) = slot.waiting.take() {
                self.running.store(request.0, Ordering::Relaxed);
                return Some(request);
            }
            (self.occupied)(false);
            slot = self.filled.wait(slot).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// No lock here is held over code that can panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicBool;

    /// Whoever lets measurements go first would wait for one that is not made any more, and a window would not close.
    #[test]
    fn a_desk_that_is_dropped_with_a_request_is_occupied_no_more() {
        for _ in 0..50 {
            let is_occupied = Arc::new(AtomicBool::new(false));
            let told = Arc::clone(&is_occupied);
            let work = |(): (), _: &Turn<'_>, _: &mut dyn FnMut(())| Ok(());
            let occupied = move |is: bool| told.store(is, Ordering::Relaxed);
            let Ok(desk) = Desk::start("desk", work, || (), occupied) else { return };
            // One is answered, another one may be waiting where it is dropped.
            desk.request(());
            desk.request(());
            drop(desk);
            assert!(!is_occupied.load(Ordering::Relaxed));
        }
    }
}
