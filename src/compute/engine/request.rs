use super::Quantities;
use crate::experiment::Experiment;
use crate::subject::Subject;

/// What the engine is asked for: the whole of it, every time.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What is to be measured.
    pub subject: Subject,
    /// And which quantities of it.
    pub quantities: Quantities,
    /// Nobody waits for it: there is one answer, of all images, and any other request comes first.
    pub at_leisure: bool,
}

/// Its outputs alone.
impl From<Subject> for Request {
    fn from(subject: Subject) -> Self {
        Self { subject, quantities: Quantities::OUTPUTS, at_leisure: false }
    }
}

/// The outputs of its drawn network alone.
impl From<Experiment> for Request {
    fn from(experiment: Experiment) -> Self {
        Subject::from(experiment).into()
    }
}
