use super::{Bend, Side, ValueAxis};
use crate::number;
use crate::stats::Distribution;

/// A labelled value of a layer that has an axis of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// The value.
    pub at: f64,
    /// How it is written.
    pub label: String,
    /// On which side of its line the label stands.
    pub side: Side,
}

impl ValueAxis {
    /// Least and greatest value of a layer as far as they are on the axis, and of an axis of sizes the least and greatest it shows
    /// of them. Where they are one value, or lie beyond the axis, its own ends say how far it reaches. Two at least, those that
    /// matter first; `None` without finite values.
    pub fn ends_of(&self, values: &Distribution) -> Option<Vec<End>> {
        let (low, high) = (self.low(), self.high());
        let (from, to) = self.extremes(values)?;
        let (least, greatest) = (from.clamp(low, high), to.clamp(low, high));
        let end = |at: f64, side: Side| End { at, label: number::value(at), side };
        if least == greatest {
            let own = [end(low, Side::Above), end(high, Side::Below)];
            let value = (least == from && greatest == to).then(|| end(from, Side::Across));
            return Some(own.into_iter().chain(value).collect());
        }
        // Outside of what lies between, or of an axis that ends before it inside.
        let below = if least == from { Side::Below } else { Side::Above };
        let above = if greatest == to { Side::Above } else { Side::Below };
        Some(vec![end(least, below), end(greatest, above)])
    }

    fn extremes(&self, values: &Distribution) -> Option<(f64, f64)> {
        let (low, high) = values.finite_range?;
        if self.bend != Bend::LogSize {
            return Some((low, high));
        }
        let (least, greatest) = (low.abs().min(high.abs()), low.abs().max(high.abs()));
        Some(if low < 0.0 && high > 0.0 { (self.low(), greatest) } else { (least, greatest) })
    }
}
