use std::sync::{Arc, Mutex, PoisonError};

use super::first_product::FirstProducts;
use crate::dataset::Source;
use crate::network::Network;
use crate::subject::Subject;

/// What a measurement was made of.
pub(super) struct MeasuredNetwork {
    pub subject: Subject,
    /// The subject's network.
    pub network: Network,
    /// The one its forward pass was measured on: itself, or one that it only scales.
    pub measured: Network,
    /// What each kernel's values are of those that were measured.
    pub scales: Vec<f64>,
    pub source: Source,
    pub first: Arc<FirstProducts>,
}

/// What was measured last.
#[derive(Default)]
pub(super) struct LastMeasured(Mutex<Option<Arc<MeasuredNetwork>>>);

impl LastMeasured {
    pub fn set(&self, network: MeasuredNetwork) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(network));
    }

    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub fn get(&self) -> Option<Arc<MeasuredNetwork>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
