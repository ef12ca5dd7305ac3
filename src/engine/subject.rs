use std::sync::{Arc, Mutex, PoisonError};

use super::first_product::FirstProducts;
use crate::dataset::Source;
use crate::experiment::Experiment;
use crate::network::Network;

/// What a measurement was made of.
pub(super) struct Subject {
    pub experiment: Experiment,
    /// The experiment's network.
    pub network: Network,
    /// The one its forward pass was measured on: itself, or one that it only scales.
    pub measured: Network,
    /// What each kernel's values are of those that were measured.
    pub scales: Vec<f64>,
    pub source: Source,
    pub first: Arc<FirstProducts>,
}

/// The subject of the last measurement.
#[derive(Default)]
pub(super) struct LastSubject(Mutex<Option<Arc<Subject>>>);

impl LastSubject {
    pub fn set(&self, subject: Subject) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(subject));
    }

    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub fn get(&self) -> Option<Arc<Subject>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
