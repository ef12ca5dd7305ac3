use std::sync::Arc;

use super::{Asked, NoView, ViewClass};
use crate::engine::{Measurement, Measurer, Quantities};
use crate::figure::{Figure, Published, Quantity};
use crate::layout::{ColumnAbout, Content, LayersContent, PublishedContent};
use crate::subject::Weights;

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
        if asked.sheet.with_start {
            return over_start(asked, quantities);
        }
        let measurements = asked.measure_each(quantities)?;
        let lacking = |measurement: &Arc<Measurement>| asked.view.quantity.lacks(&measurement.subject);
        if let Some(why) = measurements.iter().find_map(lacking) {
            return Err(NoView::Lacks(why));
        }
        let figures = if asked.sheet.free_axes {
            measurements.iter().map(|measurement| Figure::new(Arc::clone(measurement), asked.view)).collect()
        } else {
            Figure::together(&measurements, asked.view)
        };
        Ok(Box::new(LayersContent::of(figures.ok_or(NoView::Nothing)?)))
    }
}

/// Measures the only network, and what it was before its training.
fn over_start(asked: &Asked<'_>, quantities: Quantities) -> Result<Box<dyn Content>, NoView> {
    let [subject] = asked.subjects else { return Err(NoView::NoStart) };
    if !matches!(subject.weights(), Weights::Trained(_)) || asked.view.quantity == Quantity::Updates {
        return Err(NoView::NoStart);
    }
    let mut measurer = Measurer::with_threads(asked.jobs)?;
    let start = Arc::new(measurer.measure_all(subject.experiment(), quantities)?);
    let now = Arc::new(measurer.measure_all(subject, quantities)?);
    Ok(Box::new(LayersContent::new(vec![now], asked.view).over(Some(start))))
}

/// Measures what seaborn draws.
fn published(asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView> {
    let mut measurer = Measurer::with_threads(asked.jobs)?;
    let mut figures = Vec::new();
    for (index, subject) in asked.subjects.iter().enumerate() {
        let all = asked.subjects.len();
        (asked.say)("measuring", (index, all), index as f64 / all as f64);
        figures.push(Published::measure(&mut measurer, subject)?);
    }
    Ok(Box::new(PublishedContent(figures)))
}
