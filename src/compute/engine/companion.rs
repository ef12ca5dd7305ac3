use std::sync::Arc;

use super::desk::{Desk, Turn};
use super::precedence::Precedence;
use super::{Failure, Measurement, Measurer, Request};

/// A thread that measures a subject beside the one that is set, on the engine's threads while the engine has nothing to do. The
/// newest request replaces any other.
pub type Companion = Desk<Request, Measurement>;

/// Starts it under a name, with this measurer, while those who have precedence leave its threads alone. `wake` is called after every answer.
///
/// # Errors
/// If the system gives no thread.
pub(super) fn companion(
    name: &str,
    mut measurer: Measurer,
    precedence: Arc<Precedence>,
    wake: impl Fn() + Send + 'static,
) -> Result<Companion, Failure> {
    let answer = move |request: Request, turn: &Turn<'_>, publish: &mut dyn FnMut(Measurement)| {
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
    Desk::start(name, answer, wake, |_| ())
}
