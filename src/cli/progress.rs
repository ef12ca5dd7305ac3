use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::number;

/// How far a command is: one line on standard error, rewritten, where that is a terminal; nothing in a pipe.
pub(super) struct ProgressLine {
    is_seen: bool,
    begun: Instant,
    /// Steps there are to be, and that are done.
    total: u64,
    done: AtomicU64,
    /// When the first was done, and when they were said last, in milliseconds since the beginning.
    first: AtomicU64,
    said: AtomicU64,
}

/// Time between two lines about steps.
const PAUSE: u64 = 100;
/// What takes no longer is not said, in milliseconds.
const PATIENCE: u64 = 1000;

impl ProgressLine {
    /// Where it is seen.
    pub fn new() -> Self {
        Self::of_steps(0)
    }

    /// Where it is seen, of so many steps, which are told one by one.
    pub fn of_steps(total: u64) -> Self {
        let (is_seen, begun) = (std::io::stderr().is_terminal(), Instant::now());
        Self { is_seen, begun, total, done: AtomicU64::new(0), first: AtomicU64::new(0), said: AtomicU64::new(0) }
    }

    /// One step more is done: from time to time it says how many there are, and how long the others will take.
    pub fn made_step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let (elapsed, said) = (self.begun.elapsed().as_millis() as u64, self.said.load(Ordering::Relaxed));
        if done == 1 {
            // What came before says nothing of how long a step takes.
            self.first.store(elapsed, Ordering::Relaxed);
            self.said.store(elapsed, Ordering::Relaxed);
            return;
        }
        let is_due = self.is_seen && elapsed >= said + PAUSE;
        if is_due && self.said.compare_exchange(said, elapsed, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            let steps = elapsed.saturating_sub(self.first.load(Ordering::Relaxed));
            let left = steps as f64 * self.total.saturating_sub(done) as f64 / (done - 1) as f64 / 1e3;
            let (done, total) = (number::count(done), number::count(self.total));
            let _ = write!(std::io::stderr(), "\r\x1b[Kstep {done} of {total}, {} left …", duration(left));
            let _ = std::io::stderr().flush();
        }
    }

    /// What is being done, and what share of it is done; said when it takes more than a second.
    pub fn say_share(&self, what: &str, share: f64) {
        let (elapsed, said) = (self.begun.elapsed().as_millis() as u64, self.said.load(Ordering::Relaxed));
        if self.is_seen && elapsed >= PATIENCE && elapsed >= said + PAUSE {
            self.said.store(elapsed, Ordering::Relaxed);
            let _ = write!(std::io::stderr(), "\r\x1b[K{what}, {:.0} % …", (100.0 * share).floor());
            let _ = std::io::stderr().flush();
        }
    }

    /// What is being done: of `total` things the one at `index`, from 0.
    pub fn say(&self, what: &str, index: usize, total: usize) {
        self.say_with_time(what, (index, total), 0.0);
    }

    /// The same with how long it will still take, once some share of the work is done.
    pub fn say_with_time(&self, what: &str, (index, total): (usize, usize), share: f64) {
        if self.is_seen {
            let count = if total > 1 { format!(", {} of {total}", index + 1) } else { String::new() };
            let left = seconds_left(self.begun.elapsed(), share);
            let left = left.map_or_else(String::new, |seconds| format!(", {} left", duration(seconds)));
            // That nobody sees it is no reason to stop.
            let _ = write!(std::io::stderr(), "\r\x1b[K{what}{count}{left} …");
            let _ = std::io::stderr().flush();
        }
    }
}

impl Drop for ProgressLine {
    /// What comes next begins on an empty line.
    fn drop(&mut self) {
        if self.is_seen {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
            let _ = std::io::stderr().flush();
        }
    }
}

/// About how many seconds the rest takes, once that can be told.
fn seconds_left(elapsed: Duration, share: f64) -> Option<f64> {
    let is_told = elapsed.as_millis() >= u128::from(PATIENCE) && share > 0.0 && share < 1.0;
    is_told.then(|| elapsed.as_secs_f64() * (1.0 - share) / share)
}

/// `12 s`, `3 min 20 s`, `2 h 5 min`
fn duration(seconds: f64) -> String {
    let seconds = seconds.ceil().max(1.0) as u64;
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_takes_as_long_as_the_share_that_is_done_says() {
        assert_eq!(seconds_left(Duration::from_secs(20), 0.25), Some(60.0));
        assert_eq!(duration(60.0), "1 min 0 s");
        // Nothing is known at first, and nothing is left at last.
        assert_eq!(
            [(20, 0.0), (0, 0.5), (20, 1.0)].map(|(secs, share)| seconds_left(Duration::from_secs(secs), share)),
            [None; 3]
        );
    }
}
