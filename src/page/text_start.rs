use super::{Anchor, Text};

/// Where a text begins, from its anchor.
pub(super) fn start_of(text: &Text, width: f64) -> f64 {
    match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -0.5 * width,
        Anchor::End => -width,
    }
}
