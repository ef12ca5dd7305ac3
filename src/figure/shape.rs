use super::breadth::{breadth_of, sliver_marks};
use super::counts::{Counts, places};
use super::outline::{BOTTOM, Outline, TOP, cut};
use super::{AxisMap, Bend, Column, Figure, FiveNumbers, PlotShape, ValueAxis};
use crate::stats::{Bins, Density, Distribution};

/// A layer's values as they are drawn on an axis: heights from 0 at its bottom to 1 at its top, a little beyond at most.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A density, mirrored: (height, width) from the bottom; the layer's greatest width is 1, or less beside bars that are
    /// nearly all.
    Violin(Vec<(f64, f64)>),
    /// Bars on one another: (bottom, top, length) from the bottom; the layer's longest is 1, or less beside bars of exact values
    /// that are nearly all.
    Histogram(Vec<(f64, f64, f64)>),
    /// A density on one side: (height, width in columns) from the bottom; of all layers at one scale.
    Ridge(Vec<(f64, f64)>),
    /// Five numbers; `None` if no value is finite.
    Box(Option<FiveNumbers>),
}

/// A point of a density as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DensityPoint {
    /// The value, on an axis of sizes its size.
    pub value: f64,
    /// The share of the finite values there, per unit of the axis: of the value, of its decimal logarithm, or of a symlog axis's
    /// [place](Bend::place).
    pub amount: f64,
    /// How wide it is drawn; parts of which a bar is drawn instead can be wider than 1.
    pub width: f64,
}

/// A bar of a histogram as it is drawn, as far as it is on the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HistogramBar {
    /// The value at its bottom.
    pub from: f64,
    /// The value at its top.
    pub to: f64,
    /// Values in it: those that are spread.
    pub count: u64,
    /// How long it is drawn.
    pub length: f64,
}

/// Bars of a histogram at most; on a linear axis more than half as many, a power of two of the bins wide.
const BARS: usize = 64;
/// How far the greatest ridge reaches, in columns, and that of the last layer, after which there is no column.
const REACH: f64 = 1.7;
const LAST_REACH: f64 = 0.88;

impl Figure {
    /// The shapes of all layers on these axes.
    ///
    /// Widths are shares of the values per height: a violin's or a ridge's area between two heights, and the bars there, are
    /// in proportion to the values there, whatever the axis.
    pub fn shapes(&self, axes: &AxisMap) -> Vec<Shape> {
        let layers = self.columns.len();
        let values = |index: usize| (self.shown(index), axes.axis(index));
        match self.view.shape {
            PlotShape::Violin | PlotShape::Ridgeline => {
                let outlines = self.outlines(axes, Some(layers));
                let scales = self.scales(&outlines);
                let drawn = outlines.iter().zip(scales).map(|(outline, scale)| {
                    cut(&outline.shape()).into_iter().map(|(height, width)| (height, width * scale)).collect()
                });
                let shape = if self.view.shape == PlotShape::Violin { Shape::Violin } else { Shape::Ridge };
                drawn.map(shape).collect()
            }
            PlotShape::Histogram => (0..layers).map(|index| Shape::Histogram(bars(values(index)))).collect(),
            PlotShape::Box => {
                let five = |index: usize| FiveNumbers::of(self.shown(index), axes.axis(index).bend);
                (0..layers).map(|index| Shape::Box(five(index))).collect()
            }
        }
    }

    /// The marks of all layers on these axes: exact values, and what is too near to one another for a shape.
    pub fn columns_on(&self, axes: &AxisMap) -> Vec<Column> {
        let has_outlines = matches!(self.view.shape, PlotShape::Violin | PlotShape::Ridgeline);
        let of = |(index, column): (usize, &Column)| {
            let slivers = if has_outlines { sliver_marks(self.shown(index), &axes.axis(index)) } else { Vec::new() };
            Column { masses: column.masses.iter().copied().chain(slivers).collect(), ..column.clone() }
        };
        self.columns.iter().enumerate().map(of).collect()
    }

    /// All points of every layer's density that lie on these axes, in violins and ridgelines.
    pub fn densities(&self, axes: &AxisMap) -> Vec<Vec<DensityPoint>> {
        let outlines = self.outlines(axes, None);
        let scales = self.scales(&outlines);
        let of = |(index, (outline, scale)): (usize, (&Outline, f64))| {
            let axis = axes.axis(index);
            let point = |(height, density): (f64, f64)| DensityPoint {
                value: axis.value(height),
                amount: density / axis.span() * axis.bend.unit(),
                width: density * scale,
            };
            outline.parts.iter().flat_map(|part| cut(part)).map(point).collect()
        };
        outlines.iter().zip(scales).enumerate().map(of).collect()
    }

    /// A layer's bars of a histogram on an axis.
    pub fn histogram(&self, index: usize, axis: &ValueAxis) -> Vec<HistogramBar> {
        let values = self.shown(index);
        let counts = Counts::of_spread(values, axis.bend);
        let bars = bars((values, *axis));
        let all = if axis.bend == Bend::Linear { values.bins.total() as f64 } else { counts.spread() };
        let Some((least, greatest)) = continuous_places(values, axis.bend) else { return Vec::new() };
        let (least, greatest) = (axis.height_of(least).max(0.0), axis.height_of(greatest).min(1.0));
        // What is above each edge is rounded, so that all bars together hold what all hold.
        let above = |height: f64| counts.beside(axis.place_at(height)).1.round();
        let last = bars.len().saturating_sub(1);
        let bar = |(at, &(bottom, top, length)): (usize, &(f64, f64, f64))| {
            let (bottom, top) = (bottom.max(0.0), top.min(1.0));
            // The outermost bars end at the outermost values, unless the axis cuts them.
            let (is_least, is_greatest) = (at == 0 && least > 0.0, at == last && greatest < 1.0);
            let from = if is_least { all.round() } else { above(bottom) };
            let to = if is_greatest { 0.0 } else { above(top) };
            HistogramBar { from: axis.value(bottom), to: axis.value(top), count: (from - to).max(0.0) as u64, length }
        };
        bars.iter().enumerate().map(bar).filter(|bar| bar.from < bar.to).collect()
    }

    fn outlines(&self, axes: &AxisMap, layers: Option<usize>) -> Vec<Outline> {
        let of = |index: usize| Outline::of(self.shown(index), &axes.axis(index), layers);
        (0..self.columns.len()).map(of).collect()
    }

    /// What every layer's density over the height is multiplied by, to become a width.
    fn scales(&self, outlines: &[Outline]) -> Vec<f64> {
        let peak = |outline: Vec<(f64, f64)>| outline.iter().map(|point| point.1).fold(0.0, f64::max);
        if self.view.shape != PlotShape::Ridgeline {
            return outlines.iter().map(|outline| outline.breadth / peak(outline.shape())).collect();
        }
        let peaks: Vec<f64> = outlines.iter().map(|outline| peak(cut(&outline.shape()))).collect();
        let (all, last) = (peaks.iter().copied().fold(0.0, f64::max), peaks.last().copied().unwrap_or(0.0));
        let broadest = outlines.iter().filter(|outline| !outline.parts.is_empty()).map(|outline| outline.breadth);
        let scale = (REACH / all).min(LAST_REACH / last) * broadest.reduce(f64::max).unwrap_or(1.0);
        vec![scale; outlines.len()]
    }
}

/// Where the continuous part begins and ends.
fn continuous_places(values: &Distribution, bend: Bend) -> Option<(f64, f64)> {
    let density = &values.density;
    if matches!(bend, Bend::Linear | Bend::Symlog { .. }) {
        return Some((bend.place(density.from), bend.place(density.to)));
    }
    let continuous = Distribution { density: Density { masses: Vec::new(), ..density.clone() }, ..values.clone() };
    places(&continuous, bend)
}

fn bars((values, axis): (&Distribution, ValueAxis)) -> Vec<(f64, f64, f64)> {
    if values.density.values.is_empty() {
        return Vec::new();
    }
    let bars = if axis.bend == Bend::Linear { equal_bars(values) } else { bent_bars(values, axis.bend) };
    let fullest = bars.iter().map(|bar| bar.2).fold(0.0, f64::max);
    let scale = breadth_of(values, &axis, false) / fullest;
    let heights = bars.into_iter().map(|(from, to, count)| (axis.height(from), axis.height(to), count * scale));
    let seen = heights.filter(|&(from, to, length)| length > 0.0 && to >= BOTTOM && from <= TOP);
    seen.map(|(from, to, length)| (from.max(BOTTOM), to.min(TOP), length)).collect()
}

/// (from, to, count), equally wide in values.
fn equal_bars(values: &Distribution) -> Vec<(f64, f64, f64)> {
    let bins = values.bins.coarse(BARS);
    let Bins { from, counts, .. } = &bins;
    // The outer bars end where the values do.
    let (least, greatest) = (values.density.from, values.density.to);
    let edge = |bar: usize| (from + bins.width() * bar as f64).clamp(least, greatest);
    counts.iter().enumerate().map(|(bar, &count)| (edge(bar), edge(bar + 1), count as f64)).collect()
}

/// (from, to, count), equally high on the axis; bins that they cut are shared out.
fn bent_bars(values: &Distribution, bend: Bend) -> Vec<(f64, f64, f64)> {
    let Some((low, high)) = continuous_places(values, bend) else { return Vec::new() };
    let counts = Counts::of_spread(values, bend);
    let edge = |bar: usize| low + (high - low) * bar as f64 / BARS as f64;
    let after = |bar: usize| match bar {
        0 => counts.spread(),
        BARS => 0.0,
        bar => counts.beside(edge(bar)).1,
    };
    let after: Vec<_> = (0..=BARS).map(after).collect();
    let bar = |bar: usize| (bend.value(edge(bar)), bend.value(edge(bar + 1)), (after[bar] - after[bar + 1]).max(0.0));
    (0..BARS).map(bar).collect()
}
