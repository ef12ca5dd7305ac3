use std::sync::Arc;

use crate::engine::{Desk, Failure, Measurement, Measurer, Turn, Wish};
use crate::subject::Subject;
use crate::verdict::{Evidence, Finding, verdict};

/// A network that is to be judged.
#[derive(Clone)]
pub struct JudgeWish {
    /// The network, of weights that were given.
    pub subject: Subject,
    /// What was measured of it, if that is enough.
    pub measured: Option<Arc<Measurement>>,
    /// The initializer of every layer, as far as its file names them.
    pub initializers: Arc<[Option<String>]>,
}

/// What was found.
pub struct Judgement {
    /// Of what.
    pub subject: Subject,
    /// What is wrong, the worst first.
    pub findings: Vec<Finding>,
}

impl Wish for JudgeWish {
    type Found = Judgement;

    fn is_met_by(&self, found: &Judgement) -> bool {
        self.subject == found.subject
    }

    fn covers(&self, other: &Self) -> bool {
        self.subject == other.subject
    }
}

/// Who judges, on a thread of its own and those of a measurer; `wake` is called when that is done.
///
/// # Errors
/// If the system gives no thread.
pub fn judge(wake: impl Fn() + Send + 'static) -> Result<Desk<JudgeWish, Judgement>, Failure> {
    let mut measurer = None;
    let work = move |wish: JudgeWish, turn: &Turn<'_>, publish: &mut dyn FnMut(Judgement)| {
        if measurer.is_none() {
            measurer = Some(Measurer::new()?);
        }
        let Some(measurer) = &mut measurer else { return Ok(()) };
        let JudgeWish { subject, measured, initializers } = wish;
        let measurement = match measured {
            Some(measurement) => measurement,
            None => Arc::new(measurer.measure_all(&subject, Evidence::NEEDS)?),
        };
        if turn.is_over() {
            return Err(Failure::Interrupted);
        }
        let ranges = measurer.z_ranges(&subject)?;
        let Some(weights) = subject.weights().numbers() else { return Ok(()) };
        let (measurement, initializers) = (&*measurement, &*initializers);
        let findings = verdict(&Evidence { measurement, weights, ranges: &ranges, initializers });
        publish(Judgement { subject, findings });
        Ok(())
    };
    Desk::start("initscope-judge", work, wake, |_| ())
}
