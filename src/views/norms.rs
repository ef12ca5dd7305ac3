use std::sync::Arc;

use super::{Asked, NoView, ViewClass};
use crate::engine::{Measurement, Quantities};
use crate::figure::Quantity;
use crate::layout::{ColumnAbout, Content, NormsContent};

/// The gradient's norm and the outputs' std across the layers.
pub struct Norms;

impl ViewClass for Norms {
    fn label(&self) -> &'static str {
        "Norms"
    }

    fn about(&self) -> &'static str {
        "The norm of the gradient and the std of the outputs of every layer, on logarithmic axes."
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &NormsContent::COLUMNS
    }

    fn measure(&self, asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView> {
        let quantities = Quantities { gradients: true, theory: true, ..Quantities::OUTPUTS };
        let measurements = asked.measure_each(quantities)?;
        let lacking = |measurement: &Arc<Measurement>| Quantity::Gradients.lacks(&measurement.subject);
        if let Some(why) = measurements.iter().find_map(lacking) {
            return Err(NoView::Lacks(why));
        }
        Ok(Box::new(NormsContent::new(measurements, None).ok_or(NoView::Nothing)?))
    }
}
