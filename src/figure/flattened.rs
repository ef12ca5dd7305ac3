use super::{Axes, AxisMap, AxisRange, Figure, Scale, View};

/// Layers that look like a line on a linear axis which other layers set, and what would show their shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flattened {
    /// Each as the number of its figure and that of the layer, from 0.
    pub layers: Vec<(usize, usize)>,
    /// Whether a logarithmic axis shows some of them.
    pub log: bool,
    /// Whether an axis for each layer does.
    pub own: bool,
}

/// Values that take no more than this share of an axis are not seen to have a shape.
const UNSEEN: f64 = 0.02;
/// On a logarithmic axis values are seen that go from one to so many times that.
const APART: f64 = 1.5;

impl Flattened {
    /// In figures on one linear axis for all layers of all; `None` where all of them can be seen, or have an axis that shows them.
    pub fn of(figures: &[Figure]) -> Option<Self> {
        let view = figures.first()?.view;
        let is_wide = view.scale == Scale::Linear && view.axes == Axes::Shared && view.range == AxisRange::All;
        let layers = flat(figures, figures.first().filter(|_| is_wide)?.axes());
        if layers.is_empty() {
            return None;
        }
        let log = layers.iter().any(|&(figure, layer)| {
            figures[figure].shown(layer).finite_range.is_some_and(|(low, high)| {
                let (least, most) = (low.abs().min(high.abs()), low.abs().max(high.abs()));
                low <= 0.0 && high >= 0.0 || most >= APART * least
            })
        });
        let measurements = figures.iter().map(|figure| &*figure.measurement);
        let own_axes = AxisMap::of(measurements, View { axes: Axes::Own, ..view });
        let own = own_axes.is_some_and(|axes| flat(figures, &axes).len() < layers.len());
        (log || own).then_some(Self { layers, log, own })
    }
}

/// Those whose values are hardly apart on these axes; what is constant is rightly seen as such.
fn flat(figures: &[Figure], axes: &AxisMap) -> Vec<(usize, usize)> {
    let is_flat = |figure: &Figure, layer: usize| {
        let axis = axes.axis(layer);
        let range = figure.shown(layer).finite_range.filter(|(low, high)| low < high);
        range.is_some_and(|(low, high)| axis.height(high) - axis.height(low) <= UNSEEN)
    };
    let layers = |(number, figure): (usize, &'_ Figure)| {
        (0..figure.columns.len())
            .filter(|layer| is_flat(figure, *layer))
            .map(|layer| (number, layer))
            .collect::<Vec<_>>()
    };
    figures.iter().enumerate().flat_map(layers).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::engine::{Measurement, Measurer};
    use crate::experiment::{Activation, Experiment, Initializer};

    fn measured(activation: Activation, sigma: f64) -> Arc<Measurement> {
        measured_for(activation, sigma, View::default())
    }

    fn measured_for(activation: Activation, sigma: f64, view: View) -> Arc<Measurement> {
        let initializer = Initializer::RandomNormal { mean: 0.0, sigma };
        let mut small = Experiment { widths: vec![20; 5], activation, initializer, ..Experiment::article() };
        small.inputs.images = 50;
        let measured = Measurer::new().and_then(|mut measurer| measurer.measure_all(&small, view.quantities(false)));
        Arc::new(measured.unwrap_or_else(|error| panic!("{error}")))
    }

    fn flattened(measurements: &[Arc<Measurement>], view: View) -> Option<Flattened> {
        Flattened::of(&Figure::together(measurements, view).unwrap_or_else(|| panic!("outputs are measured")))
    }

    #[test]
    fn layers_that_another_makes_flat_are_found_and_what_shows_them() {
        // Every layer's outputs are a twelfth of those before.
        let vanishing = measured(Activation::Tanh, 0.02);
        let found = flattened(&[Arc::clone(&vanishing)], View::default());
        let layers = (2..5).map(|layer| (0, layer)).collect();
        assert_eq!(found, Some(Flattened { layers, log: true, own: true }));
        // Beside one that fills the axis, its own axis shows the small one no better.
        let beside = flattened(&[measured(Activation::Tanh, 1.0), vanishing], View::default());
        let beside = beside.unwrap_or_else(|| panic!("it is flat there, too"));
        assert!(beside.log && beside.layers.iter().all(|(figure, _)| *figure == 1), "{beside:?}");
        assert!(!beside.own, "{beside:?}");
        // Sigmoids' outputs around a half are as near to one another on a logarithmic axis.
        let half = measured(Activation::Sigmoid, 0.02);
        if let Some(found) = flattened(&[half], View::default()) {
            assert!(!found.log && found.own, "{found:?}");
        }
    }

    #[test]
    fn nothing_is_said_where_all_are_seen_or_have_an_axis_that_shows_them() {
        let keeps = measured(Activation::Tanh, 0.3);
        assert_eq!(flattened(&[keeps], View::default()), None);
        let zeros = measured(Activation::Tanh, 0.0);
        assert_eq!(flattened(&[zeros], View::default()), None, "constants are no shapes");
        let symlog = View { scale: Scale::Symlog, ..View::default() };
        for view in [View { axes: Axes::Own, ..View::default() }, symlog] {
            let vanishing = measured_for(Activation::Tanh, 0.02, view);
            assert_eq!(flattened(&[vanishing], view), None, "{view:?}");
        }
    }
}
