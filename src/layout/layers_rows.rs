use super::data::{Entry, mark};
use crate::figure::{Figure, PlotShape, Shape};

/// The numbers that are drawn of a panel's layers, mark by mark.
pub(super) fn of_figure((panel, figure): (usize, &Figure)) -> Vec<Vec<Entry>> {
    const NONE: f64 = f64::NAN;
    let mut rows = Vec::new();
    let columns = figure.columns_on(figure.axes());
    let outside = figure.outside(figure.axes());
    let has_outlines = matches!(figure.view.shape, PlotShape::Violin | PlotShape::Ridgeline);
    let densities = if has_outlines { figure.densities(figure.axes()) } else { Vec::new() };
    for (layer, shape) in figure.shapes(figure.axes()).iter().enumerate() {
        let axis = figure.axes().axis(layer);
        let values = figure.shown(layer);
        let row = |name, numbers| mark(panel, layer, name, numbers);
        match shape {
            Shape::Violin(_) | Shape::Ridge(_) => {
                let points = densities.get(layer).into_iter().flatten();
                rows.extend(points.map(|point| row("density", [point.value, NONE, point.amount, point.width])));
            }
            Shape::Histogram(_) => {
                let bars = figure.histogram(layer, &axis).into_iter();
                rows.extend(bars.map(|bar| row("bar", [bar.from, bar.to, bar.count as f64, bar.length])));
            }
            Shape::Box(Some(five)) => {
                let marks = [
                    ("least", five.ends.0),
                    ("q01", five.low),
                    ("q25", five.first),
                    ("q50", five.median),
                    ("q75", five.third),
                    ("q99", five.high),
                    ("greatest", five.ends.1),
                ];
                rows.extend(marks.map(|(name, value)| row(name, [value, NONE, NONE, NONE])));
            }
            Shape::Box(None) => {}
        }
        let column = &columns[layer];
        rows.extend(column.masses.iter().map(|mark| match mark.range {
            None => row("exactly", [mark.mass.at, NONE, mark.mass.share, NONE]),
            Some((from, to)) => row("between", [from, to, mark.mass.share, NONE]),
        }));
        let (below, above) = outside[layer];
        let beside = [("below_axis", axis.low(), below.round()), ("above_axis", axis.high(), above.round())];
        let beside = beside.into_iter().filter(|(_, _, count)| *count > 0.0);
        rows.extend(beside.map(|(name, end, count)| row(name, [end, NONE, count, NONE])));
        rows.extend(column.mean.map(|mean| row("mean", [mean, NONE, NONE, NONE])));
        rows.push(row("std", [values.std, NONE, NONE, NONE]));
        let measured = &figure.measurement.layers[layer];
        let states = measured.states;
        if measured.has_states() {
            for (name, units) in [
                ("dead_units", states.dead),
                ("mixed_units", states.mixed),
                ("always_on_units", states.always_on),
                ("never_positive_units", states.never_positive),
            ] {
                rows.push(row(name, [NONE, NONE, units as f64, NONE]));
            }
        }
    }
    rows
}
