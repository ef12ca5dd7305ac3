use super::{Bend, MassMark, Side, ValueAxis};
use crate::stats::{Distribution, PointMass};

/// A shape of a smaller share than this is narrower in proportion to it: so little beside so much at exact values must not look
/// as much.
const FULL: f64 = 0.25;
/// Parts of a density that are lower than this, in heights of the axis, about as high as a bar is thick, are drawn as bars.
const LOW: f64 = 0.03;

/// How broad a shape of this share of the values is at most, of 1, beside bars of that share.
pub(super) fn breadth(spread: f64, bars: f64) -> f64 {
    let of_drawn = spread / (spread + bars);
    if of_drawn.is_nan() { 1.0 } else { (of_drawn / FULL).min(1.0) }
}

/// The share of the values at exact ones that have a place on an axis.
pub(super) fn placed_masses(values: &Distribution, bend: Bend) -> f64 {
    let masses = values.density.masses.iter();
    masses.filter(|mass| bend.place(mass.at).is_finite()).map(|mass| mass.share).sum()
}

/// How broad a layer's shape is on an axis, of 1; only outlines leave parts of the density to bars.
pub(super) fn breadth_of(values: &Distribution, axis: &ValueAxis, is_outline: bool) -> f64 {
    if values.density.values.is_empty() {
        return 1.0;
    }
    let bars = if is_outline { sliver_share(values, &slivers(values, axis)) } else { 0.0 };
    breadth(values.density.spread_share() - bars, bars + placed_masses(values, axis.bend))
}

/// Which parts of a layer's density, between two jumps each, are too low on an axis for a shape of their own, beside others
/// that are not: they would leave these no width. A bar as long as their share stands for them.
pub(super) fn slivers(values: &Distribution, axis: &ValueAxis) -> Vec<bool> {
    let low = |(from, to): (f64, f64)| axis.height(to) - axis.height(from) < LOW;
    let parts: Vec<bool> = match axis.bend {
        Bend::Linear | Bend::Symlog { .. } => values.density.parts().map(low).collect(),
        // Nothing jumps at a zero that is infinitely far away.
        Bend::Log | Bend::LogSize => return vec![false; values.density.jumps.len() + 1],
    };
    if parts.iter().all(|is_low| *is_low) { vec![false; parts.len()] } else { parts }
}

/// The share of the values in parts that are drawn as bars.
pub(super) fn sliver_share(values: &Distribution, slivers: &[bool]) -> f64 {
    let parts = slivers.iter().enumerate().filter(|(_, is_sliver)| **is_sliver);
    parts.map(|(part, _)| values.density.share_of(part)).sum()
}

/// Bars for them; neighbours have one together.
pub(super) fn sliver_marks(values: &Distribution, axis: &ValueAxis) -> Vec<MassMark> {
    let slivers = slivers(values, axis);
    let density = &values.density;
    if density.values.is_empty() || !slivers.contains(&true) {
        return Vec::new();
    }
    let mut marks: Vec<MassMark> = Vec::new();
    let mut before = false;
    for (part, ((from, to), is_sliver)) in density.parts().zip(slivers).enumerate() {
        let share = density.share_of(part);
        match marks.last_mut().filter(|_| before && is_sliver) {
            Some(MassMark { mass, range: Some(range), .. }) => {
                mass.share += share;
                range.1 = to;
            }
            _ if is_sliver => {
                let mass = PointMass { at: from, share };
                marks.push(MassMark { mass, side: Side::Across, range: Some((from, to)) });
            }
            _ => {}
        }
        before = is_sliver;
    }
    for mark in &mut marks {
        let Some((from, to)) = mark.range else { continue };
        // A bar at an exact value among them has its place beside them.
        let is_free = !density.masses.iter().any(|mass| (from..=to).contains(&mass.at));
        (mark.side, mark.mass.at) = match (from == density.from, to == density.to) {
            (true, _) if is_free => (Side::Below, from),
            (_, true) if is_free => (Side::Above, to),
            _ => (Side::Across, f64::midpoint(from, to)),
        };
    }
    marks
}
