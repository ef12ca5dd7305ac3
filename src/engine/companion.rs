use std::sync::Arc;

use super::desk::{Desk, Turn};
use super::precedence::Precedence;
use super::{Failure, Measurement, Measurer, Quantities, Reply, Request};
use crate::subject::Subject;

/// A thread that measures a subject which is shown beside the one that is set, on the engine's threads while the engine has
/// nothing to do. The newest request replaces any other.
pub struct Companion {
    desk: Desk<(Subject, Quantities), Measurement>,
}

impl Companion {
    /// With this measurer, while those who have precedence leave its threads alone. `wake` is called after every answer.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub(super) fn start(
        mut measurer: Measurer,
        precedence: Arc<Precedence>,
        wake: impl Fn() + Send + 'static,
    ) -> Result<Self, Failure> {
        let answer = move |(subject, quantities): (Subject, Quantities),
                           turn: &Turn<'_>,
                           publish: &mut dyn FnMut(Measurement)| {
            let request = Request { subject, quantities, at_leisure: true };
            let done = loop {
                precedence.wait(|| turn.is_over());
                // What the engine interrupts is done again.
                let interrupted = || precedence.is_taken() || turn.is_over();
                match measurer.measure(&request, &interrupted, publish) {
                    Err(Failure::Interrupted) if !turn.is_over() => {}
                    done => break done,
                }
            };
            // Another subject would have little use for what is kept of this one.
            measurer.rest();
            done
        };
        Ok(Self { desk: Desk::start("initscope-companion", answer, wake, |_| ())? })
    }

    /// Asks for this in place of anything else, and returns the number its answer carries.
    pub fn request(&self, subject: impl Into<Subject>, quantities: Quantities) -> u64 {
        self.desk.request((subject.into(), quantities))
    }

    /// Gives up what is asked for.
    pub fn stop(&self) {
        self.desk.stop();
    }

    /// The newest answer that was not taken yet.
    pub fn take_answer(&self) -> Option<Reply<Measurement>> {
        self.desk.take_reply()
    }
}
