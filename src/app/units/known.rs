use std::sync::Arc;

use crate::engine::units::LayerUnits;

/// What is known, in a theme.
#[derive(Clone)]
pub struct Known(pub Arc<LayerUnits>, pub bool);

impl Known {
    /// Whether it is the same, in whatever theme.
    pub fn is_of_the_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.is_of_the_same(other) && self.1 == other.1
    }
}
