use std::sync::Arc;

use super::{AxisMap, Headline, Kind, Profile, Range, Scale, View};
use crate::engine::Measurement;
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
}

/// The marks of one layer.
#[derive(Clone, Debug)]
pub struct Column {
    /// The continuous part.
    pub profile: Profile,
    /// Exact values, each a bar whose length is its share.
    pub masses: Vec<MassMark>,
    /// The mean, if it is a number.
    pub mean: Option<f64>,
}

/// A bar for values that occur exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MassMark {
    /// Where, and how much.
    pub mass: PointMass,
    /// On which side of the value the bar stands.
    pub side: Side,
}

/// Where a mass's bar stands: beside the continuous part, or across its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Under the value: nothing lies below.
    Below,
    /// Over the value: nothing lies above.
    Above,
    /// In the middle of other values.
    Across,
}

impl Figure {
    /// The marks of a measurement; `None` if it does not have the quantity of the view.
    pub fn new(measurement: Arc<Measurement>, view: View) -> Option<Self> {
        let layers = measurement.layers.len();
        let column = |layer| Some(Column::of(view.quantity.of(layer)?, view.kind, layers));
        let columns = measurement.layers.iter().map(column).collect::<Option<_>>()?;
        Some(Self { headline: Headline::of(&measurement.experiment), view, columns, measurement })
    }

    /// Of a layer, from 0, the values that are drawn.
    pub fn shown(&self, index: usize) -> &Distribution {
        let layer = &self.measurement.layers[index];
        self.view.quantity.of(layer).unwrap_or(&layer.output)
    }

    fn all_shown(&self) -> impl Iterator<Item = &Distribution> {
        (0..self.columns.len()).map(|index| self.shown(index))
    }

    /// The axes that show everything: one range for all layers, or one each.
    pub fn axes(&self) -> AxisMap {
        let ranges = self.all_shown().map(|distribution| distribution.finite_range);
        match self.view.scale {
            Scale::Shared => {
                let all = ranges.flatten().reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
                AxisMap::shared(Range::around(all))
            }
            Scale::PerLayer => AxisMap::per_layer(ranges.map(Range::around).collect()),
        }
    }

    /// What the axis shows, in words.
    pub fn axis_label(&self) -> String {
        let axis = match self.view.scale {
            Scale::Shared => "one axis for all layers",
            Scale::PerLayer => "every layer on its own axis",
        };
        format!("{}, {axis}", self.view.quantity.symbol())
    }

    /// What the widths mean, in words.
    pub fn width_note(&self) -> String {
        let values = self.view.quantity.name();
        let widths = match self.view.kind {
            Kind::Violin => {
                format!("Width: density of the layer's {values} (Scott's rule), each layer to its own peak.")
            }
            Kind::Histogram => format!("Length: {values} per bin, up to 64 equal bins, each layer to its fullest."),
        };
        if self.columns.iter().all(|column| column.masses.is_empty()) {
            return widths;
        }
        format!("{widths} Bar: share of {values} at exactly that value.")
    }

    /// About how many values of each layer lie below and above an axis.
    pub fn outside(&self, axes: &AxisMap) -> Vec<(f64, f64)> {
        self.all_shown().enumerate().map(|(index, values)| outside(values, axes.range(index))).collect()
    }
}

impl Column {
    fn of(values: &Distribution, kind: Kind, layers: usize) -> Self {
        let profile = Profile::of(values, kind, layers);
        let extent = profile.extent();
        let side = |at: f64| match extent {
            Some((from, _)) if at <= from => Side::Below,
            Some((_, to)) if at >= to => Side::Above,
            _ => Side::Across,
        };
        Self {
            masses: values.density.masses.iter().map(|&mass| MassMark { mass, side: side(mass.at) }).collect(),
            profile,
            mean: values.mean.is_finite().then_some(values.mean),
        }
    }
}

fn outside(values: &Distribution, range: Range) -> (f64, f64) {
    if values.finite_range.is_none_or(|(least, greatest)| range.low <= least && greatest <= range.high) {
        return (0.0, 0.0);
    }
    let cumulative = values.bins.cumulative();
    let (mut below, mut above) = cumulative.outside(range.low, range.high);
    let finite = (values.count - values.non_finite()) as f64;
    // A mass without spread is in the bins already.
    let spread = !values.density.values.is_empty();
    let continuous = values.density.from;
    for mass in &values.density.masses {
        if spread || mass.at != continuous || cumulative.total() == 0 {
            below += if mass.at < range.low { mass.share * finite } else { 0.0 };
            above += if mass.at > range.high { mass.share * finite } else { 0.0 };
        }
    }
    (below, above)
}
