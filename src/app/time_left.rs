use std::time::{Duration, Instant};

use crate::engine::Look;

/// How long the engine still has to work, from what it did and how fast, steady enough to be read.
#[derive(Default)]
pub struct TimeLeft(Option<WorkPace>);

struct WorkPace {
    request: u64,
    /// When it was looked at last, and how much was done by then.
    seen: (Instant, u64),
    /// Seconds and work of late; the older they are, the less they count.
    time: f64,
    work: f64,
    /// When it will be done, as it is said.
    end: Instant,
    /// What is said.
    shown: f64,
}

/// What was done counts less and less over so many seconds.
const MEMORY: f64 = 3.0;
/// What is said comes half as near to what is found in so many seconds.
const SWAY: f64 = 1.5;
/// Of so many seconds half or twice as many are another answer.
const FAR_OFF: f64 = 20.0;
/// Between looks at least.
const LOOK: Duration = Duration::from_millis(150);

impl TimeLeft {
    /// Looks at how far a request is that was made at `since`; returns about how many seconds are left, as they are said,
    /// once that can be known.
    pub fn look(&mut self, (request, since): (u64, Instant), look: Look, now: Instant) -> Option<f64> {
        let known = match &mut self.0 {
            Some(known) if known.request == request => known,
            place => {
                let start = WorkPace { request, seen: (since, 0), time: 0.0, work: 0.0, end: now, shown: 0.0 };
                place.insert(start)
            }
        };
        if now.saturating_duration_since(known.seen.0) >= LOOK {
            known.update(look, now);
        }
        (known.work > 0.0).then_some(known.shown)
    }
}

impl WorkPace {
    fn update(&mut self, Look { done, left, .. }: Look, now: Instant) {
        let (before, done_before) = self.seen;
        let passed = now.saturating_duration_since(before).as_secs_f64();
        let is_first = self.work == 0.0;
        let fading = (-passed / MEMORY).exp();
        self.time = self.time * fading + passed;
        self.work = self.work * fading + done.saturating_sub(done_before) as f64;
        self.seen = (now, done);
        if self.work == 0.0 {
            return;
        }
        let found = left as f64 * self.time / self.work;
        let said = self.end.saturating_duration_since(now).as_secs_f64();
        // A first guess that was far off is not worth coming from: what takes a moment to begin seems to take for ever.
        let is_far_off = said > FAR_OFF && !(0.5..=2.0).contains(&(found / said));
        let sway = if is_first || is_far_off { 1.0 } else { 1.0 - 0.5_f64.powf(passed / SWAY) };
        let seconds = said + (found - said) * sway;
        self.end = now + Duration::from_secs_f64(seconds.clamp(0.0, 1e7));
        let step = step(seconds);
        // Near the middle of two numbers the one that is said stays.
        if is_first || (seconds - self.shown).abs() > 0.75 * step {
            self.shown = rounded(seconds);
        }
    }
}

/// What is said is a multiple of this.
fn step(seconds: f64) -> f64 {
    match seconds {
        seconds if seconds < 10.0 => 1.0,
        seconds if seconds < 60.0 => 5.0,
        seconds if seconds < 600.0 => 30.0,
        seconds if seconds < 3600.0 => 300.0,
        _ => 1800.0,
    }
}

/// So many seconds as they are said.
pub fn rounded(seconds: f64) -> f64 {
    let step = step(seconds);
    (seconds / step).round().max(1.0) * step
}

/// `about 4 s left`, `about 2.5 min left`
pub fn said(seconds: f64) -> String {
    let (number, unit) = match seconds {
        seconds if seconds < 60.0 => (seconds, "s"),
        seconds if seconds < 3600.0 => ((seconds / 30.0).round() / 2.0, "min"),
        seconds => ((seconds / 1800.0).round() / 2.0, "h"),
    };
    format!("about {} {unit} left", crate::number::plain(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Phase;

    /// What is said every quarter of a second of a work of these pieces, each (seconds, units of work).
    fn said_of(pieces: &[(f64, u64)], expected: u64) -> Vec<f64> {
        let start = Instant::now();
        let (mut time_left, mut found) = (TimeLeft::default(), Vec::new());
        let total: f64 = pieces.iter().map(|(seconds, _)| seconds).sum();
        let mut at = 1.0;
        while at < total {
            let mut done = 0.0;
            let mut rest = at;
            for &(seconds, work) in pieces {
                done += work as f64 * (rest / seconds).clamp(0.0, 1.0);
                rest -= seconds;
            }
            let look = Look { phase: Phase::Passes, done: done as u64, left: expected.saturating_sub(done as u64) };
            let now = start + Duration::from_secs_f64(at);
            found.extend(time_left.look((1, start), look, now));
            at += 0.25;
        }
        found
    }

    #[test]
    fn steady_work_counts_down_to_its_end() {
        let said = said_of(&[(20.0, 1_000_000)], 1_000_000);
        assert_eq!(said[0], 20.0);
        assert!(said.windows(2).all(|pair| pair[1] <= pair[0]), "{said:?}");
        for (index, said) in said.iter().enumerate() {
            let left = 19.0 - 0.25 * index as f64;
            let step = if left < 10.0 { 1.0 } else { 5.0 };
            assert!((said - left).abs() <= step, "{said} for {left}");
        }
    }

    #[test]
    fn slower_work_is_said_without_a_jump() {
        // The second half takes four times as long.
        let said = said_of(&[(4.0, 500_000), (16.0, 500_000)], 1_000_000);
        assert!(said.windows(2).all(|pair| (pair[1] - pair[0]).abs() <= 5.0), "{said:?}");
        // When half of that is over, 8 s are left.
        let half = said[(11.0 / 0.25) as usize];
        assert!((half - 8.0).abs() <= 3.0, "{half}");
    }

    #[test]
    fn a_time_is_said_in_its_unit() {
        assert_eq!(said(4.0), "about 4 s left");
        assert_eq!(said(150.0), "about 2.5 min left");
        assert_eq!(said(5400.0), "about 1.5 h left");
    }
}
