use crate::stats::{Bins, Density, Distribution};

use super::Kind;

/// The outline of a layer's continuous part in data coordinates.
#[derive(Clone, Debug, PartialEq)]
pub enum Profile {
    /// Points from the least value to the greatest, each with its width.
    Violin(Vec<Girth>),
    /// Bars on one another, from the least value to the greatest.
    Histogram(Vec<Bar>),
}

/// The width of a violin at a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Girth {
    /// The value.
    pub at: f64,
    /// 0 to 1, where 1 is the layer's densest point.
    pub width: f64,
}

/// A bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Lower edge.
    pub from: f64,
    /// Upper edge.
    pub to: f64,
    /// 0 to 1, where 1 is the layer's fullest bin.
    pub width: f64,
}

/// Bars of a histogram at most, and more than half as many; their width is a power of two of the bins'.
const BARS: usize = 64;
/// Points of all violins together, about: more are not seen in narrow columns.
const GIRTHS: usize = 4096;

impl Profile {
    /// Of a layer among `layers`.
    pub fn of(distribution: &Distribution, kind: Kind, layers: usize) -> Self {
        match kind {
            Kind::Violin => Self::Violin(violin(&distribution.density, (layers * Density::POINTS).div_ceil(GIRTHS))),
            Kind::Histogram => Self::Histogram(histogram(distribution)),
        }
    }

    /// Least and greatest value that is drawn; `None` if there is no continuous part.
    pub fn extent(&self) -> Option<(f64, f64)> {
        match self {
            Self::Violin(girths) => Some((girths.first()?.at, girths.last()?.at)),
            Self::Histogram(bars) => Some((bars.first()?.from, bars.last()?.to)),
        }
    }
}

/// Every `stride`-th point of the density, always with the first and the last.
fn violin(density: &Density, stride: usize) -> Vec<Girth> {
    let peak = density.peak();
    let last = density.values.len().saturating_sub(1);
    let points = density.values.iter().enumerate().filter(|(point, _)| point % stride == 0 || *point == last);
    points.map(|(point, &value)| Girth { at: density.position(point), width: value / peak }).collect()
}

fn histogram(distribution: &Distribution) -> Vec<Bar> {
    if distribution.density.values.is_empty() {
        return Vec::new();
    }
    let bins = distribution.bins.coarse(BARS);
    let Bins { from, counts, .. } = &bins;
    let fullest = counts.iter().copied().max().unwrap_or(1) as f64;
    // The outer bars end where the values do.
    let (least, greatest) = (distribution.density.from, distribution.density.to);
    let edge = |bar: usize| (from + bins.width() * bar as f64).clamp(least, greatest);
    let bars = counts.iter().enumerate();
    bars.map(|(bar, &count)| Bar { from: edge(bar), to: edge(bar + 1), width: count as f64 / fullest }).collect()
}
