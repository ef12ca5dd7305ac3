use std::sync::{Arc, OnceLock};

use super::expectations::Expectations;
use super::first_product::FirstProducts;
use crate::dataset::Source;
use crate::network::Network;
use crate::subject::Subject;
use crate::theory::LayerPrediction;

/// What is to be measured, and on what.
pub(super) struct Plan<'a> {
    pub subject: &'a Subject,
    pub network: Network,
    pub source: Source,
    pub first: Arc<FirstProducts>,
    pub images: usize,
    pub expectations: Expectations,
    /// Values that all runs together may keep: none if nobody will look at them again.
    pub kept_values: usize,
    /// What theory expects of the first images that were measured, until all are.
    pub early_theory: OnceLock<Vec<LayerPrediction>>,
}
