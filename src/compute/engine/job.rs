use std::sync::Arc;

use super::desk::{Desk, Reply};
use super::{Engine, Failure, Measurement, Request};

/// What is asked of those who work in the background, and when that is answered.
pub trait Wish: Clone + Send + 'static {
    /// What is found for it.
    type Found: Send + Sync + 'static;

    /// Whether this is all that is asked for.
    fn is_met_by(&self, found: &Self::Found) -> bool;

    /// Whether whoever asked for this has asked for the other, too.
    fn covers(&self, other: &Self) -> bool;
}

/// Who works on wishes, the newest in place of any other.
pub trait Worker<T: Wish> {
    /// Asks for this in place of anything else, and returns the number its answers carry.
    fn request(&self, wish: T) -> u64;

    /// Gives up what is asked for; what was answered stays.
    fn stop(&self);

    /// The newest answer that was not taken yet.
    fn take_answer(&self) -> Option<Reply<T::Found>>;
}

/// Work in the background of one kind, as whoever asks for it sees it: what was asked for last, whether that is held, why it
/// failed, and what is known.
pub struct Job<T: Wish, W = Desk<T, <T as Wish>::Found>> {
    worker: W,
    /// What was asked for last, and its number.
    asked: Option<(u64, T)>,
    standing: Standing,
    /// The newest answer to what was asked for last, or before.
    known: Option<Arc<T::Found>>,
}

/// How it stands with what was asked for last.
#[derive(Debug)]
enum Standing {
    /// It is worked on, or done.
    Going,
    /// Somebody stopped it.
    Held,
    /// It cannot be done.
    Failed(Failure),
}

/// What a worker had to say.
pub struct News<A> {
    /// The number of the request.
    pub request: u64,
    /// Whether that is what was asked for last.
    pub is_newest: bool,
    /// What was found; nothing if it failed.
    pub found: Option<Arc<A>>,
}

/// Any kind of job, for those who stop it and let it go on.
pub trait Stoppable {
    /// Whether something is asked for, and not answered, held or failed.
    fn is_open(&self) -> bool;

    /// Whether somebody stopped it.
    fn is_held(&self) -> bool;

    /// Holds what is open; what is known stays.
    fn stop(&mut self);

    /// Asks once more for what is held.
    fn go_on(&mut self);
}

impl<T: Wish, W: Worker<T>> Job<T, W> {
    /// Work of this worker, of which nothing is asked yet.
    pub fn new(worker: W) -> Self {
        Self { worker, asked: None, standing: Standing::Going, known: None }
    }

    /// Asks for this in place of anything else, and returns the number its answers carry.
    pub fn ask(&mut self, wish: T) -> u64 {
        let number = self.worker.request(wish.clone());
        self.asked = Some((number, wish));
        self.standing = Standing::Going;
        number
    }

    /// Asks for this, unless it was asked for last.
    pub fn want(&mut self, wish: T) {
        if !self.asked().is_some_and(|asked| asked.covers(&wish)) {
            self.ask(wish);
        }
    }

    /// Asks for nothing any more; what is known stays.
    pub fn give_up(&mut self) {
        if self.asked.take().is_some() {
            self.worker.stop();
            self.standing = Standing::Going;
        }
    }

    /// Gives up what is asked for, and knows this from now on.
    pub fn turn_to(&mut self, known: Option<Arc<T::Found>>) {
        self.give_up();
        self.known = known;
    }

    /// Takes what the worker has to say. What it found for the newest request is known from now on, and why that failed.
    pub fn take(&mut self) -> Option<News<T::Found>> {
        let Reply { request, result } = self.worker.take_answer()?;
        let is_newest = self.number() == Some(request);
        let found = match result {
            Ok(found) => Some(found),
            Err(failure) => {
                if is_newest {
                    self.standing = Standing::Failed(failure);
                }
                None
            }
        };
        if let Some(found) = found.as_ref().filter(|_| is_newest) {
            self.known = Some(Arc::clone(found));
        }
        Some(News { request, is_newest, found })
    }

    /// What was asked for last.
    pub fn asked(&self) -> Option<&T> {
        self.asked.as_ref().map(|(_, wish)| wish)
    }

    /// Its number.
    pub fn number(&self) -> Option<u64> {
        self.asked.as_ref().map(|(number, _)| *number)
    }

    /// What is known: of what was asked for last, or until that is answered of what was before.
    pub fn known(&self) -> Option<&Arc<T::Found>> {
        self.known.as_ref()
    }

    /// Why what was asked for last cannot be done.
    pub fn failure(&self) -> Option<&Failure> {
        match &self.standing {
            Standing::Failed(failure) => Some(failure),
            Standing::Going | Standing::Held => None,
        }
    }

    /// Whether all that was asked for last is known.
    pub fn is_answered(&self) -> bool {
        self.asked().zip(self.known()).is_some_and(|(asked, known)| asked.is_met_by(known))
    }

    /// Who works.
    pub fn worker(&self) -> &W {
        &self.worker
    }
}

impl<T: Wish, W: Worker<T>> Stoppable for Job<T, W> {
    fn is_open(&self) -> bool {
        let is_going = matches!(self.standing, Standing::Going);
        self.asked.is_some() && is_going && !self.is_answered()
    }

    fn is_held(&self) -> bool {
        matches!(self.standing, Standing::Held)
    }

    fn stop(&mut self) {
        if self.is_open() {
            self.worker.stop();
            self.standing = Standing::Held;
        }
    }

    fn go_on(&mut self) {
        if self.is_held()
            && let Some((_, wish)) = self.asked.take()
        {
            self.ask(wish);
        }
    }
}

impl<T: Wish> Worker<T> for Desk<T, T::Found> {
    fn request(&self, wish: T) -> u64 {
        self.request(wish)
    }

    fn stop(&self) {
        self.stop();
    }

    fn take_answer(&self) -> Option<Reply<T::Found>> {
        self.take_answer()
    }
}

impl Worker<Request> for Engine {
    fn request(&self, wish: Request) -> u64 {
        self.request(wish)
    }

    fn stop(&self) {
        self.stop();
    }

    fn take_answer(&self) -> Option<Reply<Measurement>> {
        self.take_answer()
    }
}

impl Wish for Request {
    type Found = Measurement;

    fn is_met_by(&self, found: &Measurement) -> bool {
        found.is_exact() && found.subject == self.subject && found.has(self.quantities)
    }

    fn covers(&self, other: &Self) -> bool {
        self.subject == other.subject && self.quantities == other.quantities
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Mutex, PoisonError};
    use std::time::{Duration, Instant};

    use super::*;

    /// Counting up to a number.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Count(u32);

    impl Wish for Count {
        type Found = u32;

        fn is_met_by(&self, found: &u32) -> bool {
            *found == self.0
        }

        fn covers(&self, other: &Self) -> bool {
            self == other
        }
    }

    /// A job that counts a step whenever something is sent, up to 99, which it cannot reach.
    fn counting() -> (Job<Count>, Sender<()>) {
        let (send, receive): (Sender<()>, Receiver<()>) = channel();
        let steps = Mutex::new(receive);
        let work = move |Count(end): Count, turn: &crate::engine::Turn<'_>, publish: &mut dyn FnMut(u32)| {
            for step in 1..=end {
                while steps.lock().unwrap_or_else(PoisonError::into_inner).try_recv().is_err() {
                    if turn.is_over() {
                        return Err(Failure::Interrupted);
                    }
                    std::thread::sleep(Duration::from_millis(1));
                }
                if end == 99 {
                    return Err(Failure::NoThreads("99".to_owned()));
                }
                publish(step);
            }
            Ok(())
        };
        let desk = Desk::start("test-job", work, || (), |_| ());
        (Job::new(desk.unwrap_or_else(|failure| panic!("{failure}"))), send)
    }

    fn until(job: &mut Job<Count>, is_so: impl Fn(&Job<Count>) -> bool) {
        let start = Instant::now();
        while !is_so(job) {
            assert!(start.elapsed() < Duration::from_secs(30), "{:?}", job.known());
            std::thread::sleep(Duration::from_millis(1));
            job.take();
        }
    }

    #[test]
    fn a_job_is_open_until_all_is_known_and_what_is_known_stays_while_more_is_asked() {
        let (mut job, step) = counting();
        assert!(!job.is_open(), "nothing is asked");
        job.want(Count(2));
        assert!(step.send(()).is_ok());
        until(&mut job, |job| job.known().is_some_and(|known| **known == 1));
        assert!(job.is_open());
        assert!(step.send(()).is_ok());
        until(&mut job, Job::is_answered);
        assert!(!job.is_open());
        let number = job.number();
        job.want(Count(2));
        assert_eq!(job.number(), number, "it is not asked twice");
        job.want(Count(3));
        assert!(job.is_open() && job.known().is_some_and(|known| **known == 2));
    }

    #[test]
    fn what_is_held_goes_on_and_what_is_given_up_does_not() {
        let (mut job, step) = counting();
        job.want(Count(1));
        job.stop();
        assert!(job.is_held() && !job.is_open());
        job.want(Count(1));
        assert!(job.is_held(), "to want it again is no reason to go on");
        job.go_on();
        assert!(step.send(()).is_ok());
        until(&mut job, Job::is_answered);
        job.want(Count(5));
        job.give_up();
        assert!(!job.is_open() && !job.is_held() && job.known().is_some());
    }

    #[test]
    fn a_failure_keeps_its_type_until_something_else_is_asked() {
        let (mut job, step) = counting();
        job.want(Count(99));
        assert!(step.send(()).is_ok());
        until(&mut job, |job| job.failure().is_some());
        assert!(matches!(job.failure(), Some(Failure::NoThreads(_))) && !job.is_open());
        job.want(Count(1));
        assert!(job.failure().is_none() && job.is_open());
    }
}
