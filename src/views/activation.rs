use std::sync::Arc;

use super::{Asked, NoView, ViewClass};
use crate::engine::Quantities;
use crate::figure::{Figure, View};
use crate::layout::{ActivationContent, ColumnAbout, Content};

/// The activation over a layer's pre-activations.
pub struct Activation;

impl ViewClass for Activation {
    fn label(&self) -> &'static str {
        "Activation"
    }

    fn about(&self) -> &'static str {
        "The activation and its derivative over a layer's pre-activations."
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &ActivationContent::COLUMNS
    }

    fn measure(&self, asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView> {
        let quantities =
            Quantities { pre_activations: true, gradients: true, spectral_norms: true, ..Quantities::OUTPUTS };
        let measurement = asked.measure_each(quantities)?.into_iter().next();
        let figure = measurement.and_then(|measurement| Figure::new(measurement, View::default()));
        Ok(Box::new(ActivationContent(Arc::new(figure.ok_or(NoView::Nothing)?), asked.sheet.layer)))
    }
}
