use crate::engine::Measurement;
use crate::figure::Quantity;

/// What sentences are about.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// What was measured.
    pub measurement: &'a Measurement,
    /// What was measured before the last change, on all its images.
    pub before: Option<&'a Measurement>,
    /// What is drawn, if it is on one axis that its layers set.
    pub axis: Option<Quantity>,
}

/// By itself: nothing before it, and nothing drawn.
impl<'a> From<&'a Measurement> for Seen<'a> {
    fn from(measurement: &'a Measurement) -> Self {
        Self { measurement, before: None, axis: None }
    }
}
