use std::sync::Arc;

use super::{Asked, NoView, ViewClass};
use crate::engine::units::{LayerUnits, Size, Wanted};
use crate::layout::{ColumnAbout, Content, UnitsContent};

/// The units of a layer, a cell each.
pub struct Units;

impl ViewClass for Units {
    fn label(&self) -> &'static str {
        "Units"
    }

    fn about(&self) -> &'static str {
        "Every unit of the chosen layer: how often it fires, and why. Click a layer with Shift to open it here."
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &UnitsContent::COLUMNS
    }

    fn measure(&self, asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView> {
        Ok(Box::new(UnitsContent(units(asked, None)?)))
    }
}

/// Measures the units of the layer that is asked for, with so many dots of images x units.
pub(super) fn units(asked: &Asked<'_>, matrix: Option<Size>) -> Result<Arc<LayerUnits>, NoView> {
    (asked.say)("measuring", (0, 1), 0.0);
    let (subject, sheet) = (asked.subject()?.clone(), asked.sheet);
    let wanted = Wanted { subject, layer: sheet.layer, sorted: sheet.sorted, unit: None, matrix };
    Ok(Arc::new(LayerUnits::measure_all(&wanted, asked.jobs)?))
}
