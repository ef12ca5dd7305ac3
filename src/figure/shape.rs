use super::counts::{Counts, places};
use super::{AxisMap, Bend, Figure, FiveNumbers, Kind, ValueAxis};
use crate::stats::{Bins, Density, Distribution};

/// A layer's values as they are drawn on an axis: heights from 0 at its bottom to 1 at its top, a little beyond at most.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A density, mirrored: (height, width) from the bottom; the layer's greatest width is 1.
    Violin(Vec<(f64, f64)>),
    /// Bars on one another: (bottom, top, length) from the bottom; the layer's longest is 1.
    Histogram(Vec<(f64, f64, f64)>),
    /// A density on one side: (height, width in columns) from the bottom; of all layers at one scale.
    Ridge(Vec<(f64, f64)>),
    /// Five numbers; `None` if no value is finite.
    Box(Option<FiveNumbers>),
}

/// Bars of a histogram at most; on a linear axis more than half as many, a power of two of the bins wide.
const BARS: usize = 64;
/// Points of all outlines together, about: more are not seen in narrow columns.
const POINTS: usize = 4096;
/// Points of an outline on an axis that is not linear, at most.
const PLACES: usize = 384;
/// How far the greatest ridge reaches, in columns, and that of the last layer, after which there is no column.
const REACH: f64 = 1.7;
const LAST_REACH: f64 = 0.88;

/// A little beyond the edges, so that what is cut does not look as if it ended there.
const BOTTOM: f64 = -0.02;
const TOP: f64 = 1.02;

impl Figure {
    /// The shapes of all layers on these axes.
    ///
    /// Widths are shares of the values per height: a violin's or a ridge's area between two heights, and the bars there, are
    /// in proportion to the values there, whatever the axis.
    pub fn shapes(&self, axes: &AxisMap) -> Vec<Shape> {
        let layers = self.columns.len();
        let values = |index: usize| (self.shown(index), axes.axis(index));
        match self.view.kind {
            Kind::Violin => (0..layers).map(|index| violin(values(index), layers)).collect(),
            Kind::Histogram => (0..layers).map(|index| Shape::Histogram(bars(values(index)))).collect(),
            Kind::Box => {
                let five = |index: usize| FiveNumbers::of(self.shown(index), axes.axis(index).bend);
                (0..layers).map(|index| Shape::Box(five(index))).collect()
            }
            Kind::Ridgeline => ridges((0..layers).map(|index| cut(&outline(values(index), layers))).collect()),
        }
    }
}

fn violin(of: (&Distribution, ValueAxis), layers: usize) -> Shape {
    let outline = outline(of, layers);
    let peak = peak(&outline);
    Shape::Violin(cut(&outline).into_iter().map(|(height, width)| (height, width / peak)).collect())
}

fn ridges(outlines: Vec<Vec<(f64, f64)>>) -> Vec<Shape> {
    let all = outlines.iter().map(|outline| peak(outline)).fold(0.0, f64::max);
    let last = outlines.last().map_or(0.0, |outline| peak(outline));
    let scale = (REACH / all).min(LAST_REACH / last);
    let ridge = |outline: Vec<(f64, f64)>| outline.into_iter().map(|(at, width)| (at, width * scale)).collect();
    outlines.into_iter().map(|outline| Shape::Ridge(ridge(outline))).collect()
}

fn peak(outline: &[(f64, f64)]) -> f64 {
    outline.iter().map(|point| point.1).fold(0.0, f64::max)
}

/// The density over the height, from the least value to the greatest.
fn outline((values, axis): (&Distribution, ValueAxis), layers: usize) -> Vec<(f64, f64)> {
    let density = &values.density;
    if density.values.is_empty() {
        return Vec::new();
    }
    let point = |value: f64, density: f64| (axis.height(value), density * axis.stretch(value));
    if axis.bend == Bend::Linear {
        let stride = (layers * Density::POINTS).div_ceil(POINTS);
        let last = density.values.len() - 1;
        let points = density.values.iter().enumerate().filter(|(at, _)| at % stride == 0 || *at == last);
        return points.map(|(at, &value)| point(density.position(at), value)).collect();
    }
    let Some((low, high)) = continuous_places(values, axis.bend) else { return Vec::new() };
    // Evenly over what is drawn, and roughly over the rest.
    let [bottom, top] = [BOTTOM, TOP].map(|height| axis.bend.place(axis.value(height)));
    let seen = (low.max(bottom), high.min(top));
    let count = (POINTS / layers).clamp(96, PLACES);
    let even =
        |(from, to): (f64, f64), count: usize| (0..=count).map(move |at| from + (to - from) * at as f64 / count as f64);
    let mut places: Vec<f64> = even((low, high), 64).filter(|place| *place < seen.0 || *place > seen.1).collect();
    if seen.0 < seen.1 {
        places.extend(even(seen, count));
    }
    places.sort_by(f64::total_cmp);
    let at = |place: f64| {
        let value = axis.bend.value(place);
        // Rounding must not put the ends beyond themselves.
        let within = |value: f64| density.at(value.clamp(density.from, density.to));
        let other = if axis.bend == Bend::LogSize { density.at(-value) } else { 0.0 };
        let own = if axis.bend == Bend::LogSize { density.at(value) } else { within(value) };
        point(value, own + other)
    };
    places.into_iter().map(at).collect()
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

/// The part within the axis, cut exactly at its edges.
fn cut(outline: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut visible = Vec::with_capacity(outline.len());
    for pair in outline.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        if to.0 < BOTTOM || from.0 > TOP {
            continue;
        }
        if visible.is_empty() {
            visible.push(between(from, to, from.0.max(BOTTOM)));
        }
        visible.push(between(from, to, to.0.min(TOP)));
    }
    visible
}

/// The point at a height on the line between two points.
fn between(from: (f64, f64), to: (f64, f64), height: f64) -> (f64, f64) {
    if to.0 <= from.0 {
        return (height, to.1);
    }
    let part = ((height - from.0) / (to.0 - from.0)).clamp(0.0, 1.0);
    (height, from.1 + (to.1 - from.1) * part)
}

fn bars((values, axis): (&Distribution, ValueAxis)) -> Vec<(f64, f64, f64)> {
    if values.density.values.is_empty() {
        return Vec::new();
    }
    let bars = if axis.bend == Bend::Linear { equal_bars(values) } else { bent_bars(values, axis.bend) };
    let fullest = bars.iter().map(|bar| bar.2).fold(0.0, f64::max);
    let heights = bars.into_iter().map(|(from, to, count)| (axis.height(from), axis.height(to), count / fullest));
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
    let continuous =
        Distribution { density: Density { masses: Vec::new(), ..values.density.clone() }, ..values.clone() };
    let counts = Counts::of(&continuous, bend);
    let edge = |bar: usize| low + (high - low) * bar as f64 / BARS as f64;
    let after: Vec<_> = (0..=BARS).map(|bar| counts.beside(edge(bar)).1).collect();
    let bar = |bar: usize| (bend.value(edge(bar)), bend.value(edge(bar + 1)), (after[bar] - after[bar + 1]).max(0.0));
    (0..BARS).map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIAMOND: [(f64, f64); 3] = [(0.0, 0.0), (0.5, 1.0), (1.0, 0.0)];

    #[test]
    fn an_outline_on_its_own_axis_is_whole() {
        assert_eq!(cut(&DIAMOND), DIAMOND);
    }

    #[test]
    fn an_outline_that_leaves_the_axis_is_cut_at_its_true_width() {
        let wide = DIAMOND.map(|(height, width)| (4.0 * height, width));
        let seen = cut(&wide);
        let (top, width) = seen[seen.len() - 1];
        assert_eq!(top, TOP);
        assert!((width - 0.51).abs() < 1e-12);
    }

    #[test]
    fn an_outline_beyond_the_axis_is_not_seen() {
        assert!(cut(&DIAMOND.map(|(height, width)| (height + 5.0, width))).is_empty());
    }
}
