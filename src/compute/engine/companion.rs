use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::desk::{Desk, Turn};
use super::precedence::Precedence;
use super::{Failure, Measurement, Measurer, Request};

/// A thread that measures a subject beside the one that is set, on the engine's threads while the engine has nothing to do: but for the
/// first answer to what is not asked for at leisure, which takes less than a frame. The newest request replaces any other.
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
        let has_answered = AtomicBool::new(request.at_leisure);
        let gives_way = || has_answered.load(Ordering::Relaxed) && precedence.is_taken();
        let done = loop {
            if has_answered.load(Ordering::Relaxed) {
                precedence.wait(|| turn.is_over());
            }
            // What the engine interrupts is done again.
            let interrupted = || gives_way() || turn.is_over();
            let mut publish = |found| {
                has_answered.store(true, Ordering::Relaxed);
                publish(found);
            };
            match measurer.measure(&request, &interrupted, &mut publish) {
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::engine::Quantities;
    use crate::experiment::Experiment;

    #[test]
    fn a_first_answer_is_there_while_others_have_precedence() {
        let precedence = Arc::new(Precedence::default());
        precedence.take();
        let measurer = Measurer::with_threads(1).unwrap_or_else(|error| panic!("{error}"));
        let companion = companion("companion", measurer, Arc::clone(&precedence), || ());
        let companion = companion.unwrap_or_else(|error| panic!("{error}"));
        let mut experiment = Experiment { widths: vec![20; 2], ..Experiment::article() };
        experiment.inputs.images = 10_000;
        let request =
            |at_leisure| Request { subject: experiment.clone().into(), quantities: Quantities::OUTPUTS, at_leisure };
        let images = |request: u64, patience: Duration| {
            let found = companion.wait_for(request, patience).then(|| companion.take_answer()).flatten()?;
            found.result.ok().map(|found| found.images)
        };
        let long = Duration::from_secs(60);
        assert_eq!(images(companion.request(request(true)), Duration::from_millis(100)), None, "at leisure");
        let asked = companion.request(request(false));
        assert!(images(asked, long).is_some_and(|first| first > 0));
        precedence.give_back();
    }
}
