use std::time::Duration;

/// How long a frame waits for the engine. Painting it takes longer than this without a graphics card, leaves the engine no processor
/// meanwhile, and an answer that comes then is seen a whole frame later.
pub const PATIENCE: Duration = Duration::from_millis(12);
/// Frames in a row that may wait for nothing.
const PATIENT: u32 = 3;
/// Frames that do not wait after many that waited for nothing.
const MOST_SKIPPED: u32 = 31;

/// Whether waiting for answers is worth it: the more often none came, the more seldom it is tried.
#[derive(Default)]
pub struct Patience {
    /// How often in a row none came.
    missed: u32,
    /// Frames that will not wait.
    skipped: u32,
}

impl Patience {
    /// Whether this frame is to wait.
    pub fn is_there(&mut self) -> bool {
        let is_there = self.skipped == 0;
        self.skipped = self.skipped.saturating_sub(1);
        is_there
    }

    /// Takes note whether an answer came to a frame that waited.
    pub fn learn(&mut self, came: bool) {
        self.missed = if came { 0 } else { self.missed + 1 };
        let over = self.missed.saturating_sub(PATIENT - 1);
        self.skipped = ((1 << over.min(10)) - 1).min(MOST_SKIPPED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_wait_more_and_more_seldom_for_nothing_and_always_after_an_answer() {
        let mut patience = Patience::default();
        let mut waits = |came: bool| {
            let mut frames = 1;
            while !patience.is_there() {
                frames += 1;
            }
            patience.learn(came);
            frames
        };
        assert_eq!([false; 9].map(&mut waits), [1, 1, 1, 2, 4, 8, 16, 32, 32]);
        assert_eq!([true; 3].map(&mut waits), [32, 1, 1]);
    }
}
