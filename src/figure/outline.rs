use super::breadth::{breadth_of, slivers};
use super::{Bend, ValueAxis};
use crate::stats::{Along, Curve, Density, Distribution};

/// A layer's density over the height of an axis, from the least value to the greatest: its area is the share of the values.
pub(super) struct Outline {
    /// (height, density) from the bottom, in parts without a jump.
    pub parts: Vec<Vec<(f64, f64)>>,
    /// Which of them are drawn as bars.
    pub slivers: Vec<bool>,
    /// How broad it is drawn at most, of 1.
    pub breadth: f64,
}

/// Points of all outlines together, about: more are not seen in narrow columns.
const POINTS: usize = 4096;
/// Points of an outline on an axis that is not linear, at most, and of what is not seen of it.
const PLACES: usize = 384;
const UNSEEN: usize = 64;
/// Points of one on such an axis where all are wanted.
const ALL_PLACES: usize = 1536;
/// The greatest standard deviation that a bandwidth on an axis that is not linear follows from, half a decade: few values that are
/// very small or very great must not smear all others.
const WIDEST: f64 = 0.5 * std::f64::consts::LN_10;

/// A little beyond the edges, so that what is cut does not look as if it ended there.
pub(super) const BOTTOM: f64 = -0.02;
pub(super) const TOP: f64 = 1.02;

impl Outline {
    /// As fine as it is seen where so many layers are drawn, or with all points that there are.
    pub fn of(values: &Distribution, axis: &ValueAxis, layers: Option<usize>) -> Self {
        if values.density.values.is_empty() {
            return Self { parts: Vec::new(), slivers: Vec::new(), breadth: 1.0 };
        }
        let parts = if axis.bend == Bend::Linear { linear(values, axis, layers) } else { bent(values, axis, layers) };
        let mut slivers = slivers(values, axis);
        slivers.resize(parts.len(), false);
        Self { parts, slivers, breadth: breadth_of(values, axis, true) }
    }

    /// The parts that are drawn as a shape, as one.
    pub fn shape(&self) -> Vec<(f64, f64)> {
        let drawn = self.parts.iter().zip(&self.slivers).filter(|(_, is_sliver)| !**is_sliver);
        drawn.flat_map(|(part, _)| part.iter().copied()).collect()
    }
}

fn linear(values: &Distribution, axis: &ValueAxis, layers: Option<usize>) -> Vec<Vec<(f64, f64)>> {
    let density = &values.density;
    let stride = layers.map_or(1, |layers| (layers * Density::POINTS).div_ceil(POINTS));
    let points = density.points_of_a_part();
    let part = |part: usize| {
        let drawn = (0..points).filter(|point| point % stride == 0 || point + 1 == points);
        let at = drawn.map(|point| part * points + point);
        at.map(|at| (axis.height(density.position(at)), density.values[at] * axis.span())).collect()
    };
    (0..=density.jumps.len()).map(part).collect()
}

fn bent(values: &Distribution, axis: &ValueAxis, layers: Option<usize>) -> Vec<Vec<(f64, f64)>> {
    let curves = curves(values, axis.bend);
    let mut ends: Vec<f64> = curves.iter().flat_map(|curve| [curve.from, curve.to]).collect();
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    // Evenly over what is drawn, and roughly over the rest.
    let [bottom, top] = [BOTTOM, TOP].map(|height| axis.place_at(height));
    let (low, high) = (ends.first().copied().unwrap_or(0.0), ends.last().copied().unwrap_or(0.0));
    let most = layers.map_or(ALL_PLACES, |layers| (POINTS / layers).clamp(96, PLACES)) as f64;
    let steps = [(top.min(high) - bottom.max(low)) / most, (high - low) / UNSEEN as f64];
    let part = |pair: &[f64]| {
        let (from, to) = (pair[0], pair[1]);
        let drawn: Vec<&Curve> = curves.iter().filter(|curve| curve.from <= from && curve.to >= to).collect();
        let cuts = [bottom, top].into_iter().filter(|cut| (from..to).contains(cut) && *cut > from);
        let stretches: Vec<f64> = [from].into_iter().chain(cuts).chain([to]).collect();
        let mut places = vec![from];
        for pair in stretches.windows(2) {
            let is_seen = pair[0] >= bottom && pair[1] <= top;
            let step = if is_seen { steps[0] } else { steps[1] };
            let count = ((pair[1] - pair[0]) / step).ceil().clamp(4.0, most);
            places.extend((1..=count as usize).map(|at| pair[0] + (pair[1] - pair[0]) * at as f64 / count));
        }
        let density = |place: f64| drawn.iter().map(|curve| curve.at(place)).sum::<f64>();
        places.into_iter().map(|place| (axis.height_of(place), density(place) * axis.span())).collect()
    };
    ends.windows(2).map(part).collect()
}

/// A layer's densities along an axis that bends so: one for each stretch without a jump; on an axis of sizes those of both signs
/// lie over one another.
pub(super) fn curves(values: &Distribution, bend: Bend) -> Vec<Curve> {
    let (density, edges) = (&values.density, &values.edges);
    if density.values.is_empty() {
        return Vec::new();
    }
    let finite = (values.count - values.non_finite()) as f64;
    let (cells, least) = (values.cells(), values.least_size());
    let is_log = matches!(bend, Bend::Log | Bend::LogSize);
    let mut ends: Vec<f64> =
        [density.from].into_iter().chain(density.jumps.iter().copied()).chain([density.to]).collect();
    if is_log && density.from < 0.0 && density.to > 0.0 && !ends.contains(&0.0) {
        ends.push(0.0);
        ends.sort_by(f64::total_cmp);
    }
    let curve = |part: usize| {
        let (from, to) = (ends[part], ends[part + 1]);
        if bend == Bend::Log && to <= 0.0 {
            return None;
        }
        let (is_first, is_last) = (part == 0, part + 2 == ends.len());
        // The outermost bins reach beyond the values.
        let inside = |&(low, high, _): &(f64, f64, u64)| {
            let middle = f64::midpoint(low, high);
            (is_first || middle > from) && (is_last || middle < to)
        };
        let place = |value: f64| if value == 0.0 && is_log { bend.place(least) } else { bend.place(value) };
        let sorted = |one: f64, other: f64| (one.min(other), one.max(other));
        let counts = cells.iter().filter(inside).map(|(low, high, count)| {
            let (low, high) = sorted(place(low), place(high));
            (low, high, count)
        });
        let counts: Vec<_> = counts.collect();
        let mut ends = sorted(place(from), place(to));
        if is_log && (from == 0.0 || to == 0.0) {
            // The least value of this sign may be greater.
            ends.0 = counts.iter().map(|cell| cell.0).fold(ends.1, f64::min).max(ends.0);
        }
        let below = if is_first { edges.lower } else { Some(from) };
        let above = if is_last { edges.upper } else { Some(to) };
        let mut walls = [below, above].map(|wall| wall.map(|wall| bend.place(wall)).filter(|place| place.is_finite()));
        if bend == Bend::LogSize && to <= 0.0 {
            walls.swap(0, 1);
        }
        Curve::of(&Along { counts, ends, walls, most: WIDEST }, finite)
    };
    (0..ends.len() - 1).filter_map(curve).collect()
}

/// The part within the axis, cut exactly at its edges.
pub(super) fn cut(outline: &[(f64, f64)]) -> Vec<(f64, f64)> {
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
