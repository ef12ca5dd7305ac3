use std::sync::Arc;

use super::bend::round_above;
use super::breadth::breadth_of;
use super::counts::{Counts, axis_of};
use super::outline::curves;
use super::{Axes, AxisMap, AxisRange, Bend, Headline, MassMark, PlotShape, Quantity, Scale, Side, ValueAxis, View};
use crate::engine::Measurement;
use crate::number;
use crate::stats::{Distribution, PointMass};

/// A measurement as marks in data coordinates, one column per hidden layer.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What is drawn.
    pub measurement: Arc<Measurement>,
    /// How it is drawn. Its quantity is one that was measured.
    pub view: View,
    /// The line that names it.
    pub headline: Headline,
    /// One per hidden layer.
    pub columns: Vec<Column>,
    axes: AxisMap,
}

/// The marks of one layer.
#[derive(Clone, Debug)]
pub struct Column {
    /// Least and greatest value of the continuous part; `None` if there is none.
    pub extent: Option<(f64, f64)>,
    /// Exact values, each a bar whose length is its share; on an axis, also what is too near to one another for a shape.
    pub masses: Vec<MassMark>,
    /// The mean, if it is a number, and the axis is not of sizes.
    pub mean: Option<f64>,
}

impl Figure {
    /// The marks of a measurement; `None` if it does not have the quantity of the view.
    pub fn new(measurement: Arc<Measurement>, view: View) -> Option<Self> {
        let shown = values_of(&measurement, view)?;
        let axes = axes_of(&shown, view);
        let columns =
            shown.iter().enumerate().map(|(index, values)| Column::of(values, axes.axis(index).bend)).collect();
        Some(Self { headline: Headline::of(&measurement.subject), view, columns, axes, measurement })
    }

    /// The marks of several measurements on the same axes: one for all layers of all, or one for each layer of all; `None` if
    /// one does not have the quantity of the view.
    pub fn together(measurements: &[Arc<Measurement>], view: View) -> Option<Vec<Self>> {
        Self::on_axes_of(measurements, measurements, view)
    }

    /// The same on axes that show all of these, which need not be drawn.
    pub fn on_axes_of(measurements: &[Arc<Measurement>], reach: &[Arc<Measurement>], view: View) -> Option<Vec<Self>> {
        let figures: Vec<_> =
            measurements.iter().map(|measurement| Self::new(Arc::clone(measurement), view)).collect::<Option<_>>()?;
        let axes = AxisMap::of(reach.iter().map(|measurement| &**measurement), view)?;
        let layers = reach.iter().map(|measurement| measurement.layers.len()).max()?;
        let deepest = figures.iter().max_by_key(|figure| figure.columns.len())?;
        let axes = if deepest.columns.len() > layers { axes.with_columns_of(deepest.axes()) } else { axes };
        Some(figures.into_iter().map(|figure| figure.on(axes.clone())).collect())
    }

    /// The same marks, drawn on these axes.
    fn on(self, axes: AxisMap) -> Self {
        let columns =
            (0..self.columns.len()).map(|index| Column::of(self.shown(index), axes.axis(index).bend)).collect();
        Self { columns, axes, ..self }
    }

    /// The values of a layer, from 0, that are drawn.
    pub fn shown(&self, index: usize) -> &Distribution {
        let values = self.view.quantity.of_layer(&self.measurement, index);
        values.unwrap_or(&self.measurement.layers[index].output)
    }

    /// The axes that show what the view is to show: one for all layers, or one each.
    pub fn axes(&self) -> &AxisMap {
        &self.axes
    }

    /// What is drawn, with its symbol; updates with the step that made them.
    fn symbol(&self) -> String {
        let symbol = self.view.quantity.symbol();
        match self.measurement.subject.updates().filter(|_| self.view.quantity == Quantity::Updates) {
            Some(updates) => format!("{symbol} of step {}", number::count(updates.step())),
            None => symbol.to_owned(),
        }
    }

    /// Why there is nothing to see, in a sentence; `None` where there is.
    pub fn lacks(&self) -> Option<String> {
        self.view.quantity.lacks(&self.measurement.subject)
    }

    /// What the axis shows, in words: all of it, the part that matters most, and as little as says how it is to be read.
    pub fn axis_labels(&self, axes: &AxisMap) -> [String; 3] {
        let symbol = self.symbol();
        let bend = axes.axis(0).bend;
        let of = match bend {
            Bend::Linear => symbol,
            Bend::Symlog { linear } if self.view.axes == Axes::Shared => {
                format!("{symbol}, symlog: linear to ±{}", number::plain(linear))
            }
            Bend::Symlog { .. } => format!("{symbol}, symlog"),
            Bend::Log => format!("{symbol}, log axis"),
            Bend::LogSize => format!("|{symbol}|, log axis"),
        };
        let layers = match self.view.axes {
            Axes::Shared => "one axis for all layers",
            Axes::Own => "every layer on its own axis",
        };
        let short = match bend {
            Bend::Linear => "",
            Bend::Symlog { .. } => ", symlog",
            Bend::Log | Bend::LogSize => ", log",
        };
        let own = if self.view.axes == Axes::Own { ", own axes" } else { "" };
        [format!("{of}, {layers}"), format!("{of}{own}"), format!("{}{short}{own}", self.view.quantity.symbol())]
    }

    /// How a column's axis is to be read, in words; `None` where it is linear and shows everything.
    pub fn axis_note(&self, axis: &ValueAxis) -> Option<String> {
        let values = self.view.quantity.name();
        let bend = match axis.bend {
            Bend::Linear => None,
            Bend::Symlog { linear } => Some(format!(
                "Symlog axis: linear from −{0} to {0}, logarithmic beyond. {1}",
                number::plain(linear),
                match self.view.axes {
                    Axes::Shared => "The linear part reaches the smallest layer's std, rounded up.",
                    Axes::Own => "The linear part reaches the layer's std, rounded up.",
                }
            )),
            Bend::Log => Some(format!("Logarithmic axis: {values} that are exactly 0 have no place on it.")),
            Bend::LogSize => Some(format!(
                "Logarithmic axis of |value|, since some {values} are negative: both signs are counted together."
            )),
        };
        let robust = (self.view.range == AxisRange::Robust).then(|| {
            format!(
                "Robust range: from 0.5 % to 99.5 % of all {values} that have a place on the axis; those outside are \
                 counted."
            )
        });
        let notes: Vec<_> = bend.into_iter().chain(robust).collect();
        (!notes.is_empty()).then(|| notes.join(" "))
    }

    /// What the widths mean, in words.
    pub fn width_note(&self) -> String {
        let values = self.view.quantity.name();
        let linear = self.view.scale == Scale::Linear;
        let per = if linear { "density" } else { "density per unit of the axis" };
        let widths = match self.view.shape {
            PlotShape::Violin => {
                format!("Width: {per} of the layer's {values} (Scott's rule), each layer to its own peak.")
            }
            PlotShape::Histogram => {
                let equal = if linear { "equal bins" } else { "bins equally high on the axis" };
                format!("Length: {values} per bin, up to 64 {equal}, each layer to its fullest.")
            }
            PlotShape::Ridgeline => {
                format!("Width: {per} (Scott's rule), one scale: equal areas are equal shares of {values}.")
            }
            PlotShape::Box => format!(
                "Box: quartiles and median. Whiskers: 1st and 99th percentile. Dots: least and greatest of the {values}."
            ),
        };
        let bend = self.axes.axis(0).bend;
        let columns = self.columns_on(&self.axes);
        let masses = || columns.iter().flat_map(|column| &column.masses);
        let mut notes = vec![widths];
        if (0..self.columns.len()).any(|index| self.is_narrow(index, &self.axes.axis(index))) {
            notes.push("Where nearly all lie in bars, the rest is drawn narrower in proportion.".to_owned());
        }
        if masses().any(|mark| mark.range.is_none() && bend.place(mark.mass.at).is_finite()) {
            notes.push(format!("Bar: share of {values} at exactly that value."));
        }
        if masses().any(|mark| mark.range.is_some()) {
            let and = if notes.len() > 1 { " likewise" } else { "" };
            notes.push(format!("Bar{and} for {values} too near to one another for a shape."));
        }
        notes.join(" ")
    }

    /// Whether so few of a layer's values are drawn as its shape that this is narrower than others are.
    pub fn is_narrow(&self, index: usize, axis: &ValueAxis) -> bool {
        breadth_of(self.shown(index), axis, matches!(self.view.shape, PlotShape::Violin | PlotShape::Ridgeline)) < 1.0
    }

    /// Standard deviation of the kernels of a layer's density on an axis, in words.
    pub fn bandwidth(&self, index: usize, axis: &ValueAxis) -> String {
        let density = &self.shown(index).density;
        let width = match axis.bend {
            Bend::Linear => number::value(density.bandwidth),
            bend => {
                let curves = curves(self.shown(index), bend);
                let main = curves.iter().max_by(|one, other| one.share.total_cmp(&other.share));
                let width = main.map_or(0.0, |curve| curve.bandwidth) / bend.unit();
                match bend {
                    Bend::Symlog { .. } => format!("{} of the linear part", number::significant(width)),
                    _ => format!("{} decades", number::significant(width)),
                }
            }
        };
        let own = if density.jumps.is_empty() { "" } else { ", each side of a jump with its own" };
        format!("Kernel bandwidth {width}{own}.")
    }

    /// About how many of a layer's values, or of their sizes where the axis is of these, are greater than one.
    pub fn above(&self, index: usize, bend: Bend, value: f64) -> f64 {
        Counts::of(self.shown(index), bend).beside(bend.place(value)).1
    }

    /// About how many values of each layer lie below and above an axis; those it has no place for are below it.
    pub fn outside(&self, axes: &AxisMap) -> Vec<(f64, f64)> {
        (0..self.columns.len()).map(|index| outside(self.shown(index), &axes.axis(index))).collect()
    }
}

impl AxisMap {
    /// Axes that show all layers of several measurements: one for all of them, or one for each layer of all; `None` if there are no
    /// measurements, or one does not have the quantity of the view.
    pub fn of<'a>(measurements: impl Iterator<Item = &'a Measurement>, view: View) -> Option<Self> {
        let all: Vec<_> = measurements.map(|measurement| values_of(measurement, view)).collect::<Option<_>>()?;
        let layers = all.iter().map(Vec::len).max()?;
        let of_layer = |layer: usize| all.iter().filter_map(move |shown| shown.get(layer).copied());
        let axis = |values: &[&Distribution]| axis_of_layers(values, view);
        Some(match view.axes {
            Axes::Shared => Self::shared(axis(&(0..layers).flat_map(of_layer).collect::<Vec<_>>())),
            Axes::Own => Self::per_layer((0..layers).map(|layer| axis(&of_layer(layer).collect::<Vec<_>>())).collect()),
        })
    }
}

/// What is shown of every layer; `None` if it was not measured.
fn values_of(measurement: &Measurement, view: View) -> Option<Vec<&Distribution>> {
    (0..measurement.layers.len()).map(|index| view.quantity.of_layer(measurement, index)).collect()
}

fn axis_of_layers(layers: &[&Distribution], view: View) -> ValueAxis {
    axis_of(layers.iter().copied(), bend_of(layers, view.scale), view.range == AxisRange::Robust)
}

fn axes_of(shown: &[&Distribution], view: View) -> AxisMap {
    match view.axes {
        Axes::Shared => AxisMap::shared(axis_of_layers(shown, view)),
        Axes::Own => AxisMap::per_layer(shown.iter().map(|values| axis_of_layers(&[*values], view)).collect()),
    }
}

/// How the axis of these layers bends. Symlog is linear as far as the smallest layer's std, rounded up, so that small layers
/// are seen beside large ones.
fn bend_of(layers: &[&Distribution], scale: Scale) -> Bend {
    let ranges = || layers.iter().filter_map(|values| values.finite_range);
    match scale {
        Scale::Linear => Bend::Linear,
        Scale::Log if ranges().all(|(low, _)| low >= 0.0) => Bend::Log,
        Scale::Log => Bend::LogSize,
        Scale::Symlog => {
            let least = |sizes: &mut dyn Iterator<Item = f64>| {
                sizes.filter(|size| *size > 0.0 && size.is_finite()).reduce(f64::min)
            };
            // Constant layers have no std, but perhaps a size.
            let std = least(&mut layers.iter().map(|values| values.std));
            let size = || least(&mut ranges().flat_map(|(low, high)| [low.abs(), high.abs()]));
            Bend::Symlog { linear: round_above(std.or_else(size).unwrap_or(1.0)) }
        }
    }
}

impl Column {
    fn of(values: &Distribution, bend: Bend) -> Self {
        let density = &values.density;
        let extent = (!density.values.is_empty()).then_some((density.from, density.to));
        let sizes = bend == Bend::LogSize;
        let ends = extent.map(|(from, to)| if sizes { (0.0, from.abs().max(to.abs())) } else { (from, to) });
        let side = |at: f64| match ends {
            Some((from, _)) if at <= from => Side::Below,
            Some((_, to)) if at >= to => Side::Above,
            _ => Side::Across,
        };
        let mut masses: Vec<PointMass> = Vec::new();
        for &mass in &density.masses {
            let at = if sizes { mass.at.abs() } else { mass.at };
            match masses.iter_mut().find(|other| other.at == at) {
                Some(other) => other.share += mass.share,
                None => masses.push(PointMass { at, ..mass }),
            }
        }
        Self {
            masses: masses.into_iter().map(|mass| MassMark { mass, side: side(mass.at), range: None }).collect(),
            extent,
            mean: (values.mean.is_finite() && !sizes).then_some(values.mean),
        }
    }
}

fn outside(values: &Distribution, axis: &ValueAxis) -> (f64, f64) {
    let within = |(least, greatest): (f64, f64)| axis.height(least) >= 0.0 && axis.height(greatest) <= 1.0;
    let is_whole = axis.bend != Bend::LogSize && values.finite_range.is_none_or(within);
    if is_whole || values.finite_range.is_none() { (0.0, 0.0) } else { Counts::of(values, axis.bend).outside(axis) }
}
