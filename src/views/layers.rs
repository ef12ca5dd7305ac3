use std::sync::Arc;

use super::{Asked, NoView, ViewClass};
use crate::engine::{Measurer, Quantities};
use crate::figure::{Figure, Published};
use crate::layout::{ColumnAbout, Content, LayersContent, PublishedContent};

/// The layers of one network, or of several in panels.
pub struct Layers;

impl ViewClass for Layers {
    fn label(&self) -> &'static str {
        "Layers"
    }

    fn about(&self) -> &'static str {
        "What every hidden layer of this network does."
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &LayersContent::COLUMNS
    }

    fn measure(&self, asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView> {
        if asked.sheet.as_published {
            return published(asked);
        }
        let norms = asked.sheet.norms;
        let drawn = asked.view.quantities(asked.sheet.numbers);
        let quantities = Quantities { gradients: drawn.gradients || norms, theory: drawn.theory || norms, ..drawn };
        let measurements = asked.measure_each(quantities)?;
        let figures = if asked.sheet.free_axes {
            measurements.iter().map(|measurement| Figure::new(Arc::clone(measurement), asked.view)).collect()
        } else {
            Figure::together(&measurements, asked.view)
        };
        Ok(Box::new(LayersContent::of(figures.ok_or(NoView::Nothing)?)))
    }
}

/// Measures what seaborn draws.
fn published(asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView> {
    let mut measurer = Measurer::with_threads(asked.jobs)?;
    let mut figures = Vec::new();
    for (index, subject) in asked.subjects.iter().enumerate() {
        (asked.say)("measuring", index, asked.subjects.len());
        figures.push(Published::measure(&mut measurer, subject)?);
    }
    Ok(Box::new(PublishedContent(figures)))
}
