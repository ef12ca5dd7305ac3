use super::layer_quantity::USUAL_UPDATE;
use super::{LayerQuantity, LayersOverTime};
use crate::figure::palette::{self, Background, Rgb};
use crate::figure::{Bend, Room, ValueAxis};
use crate::number;

/// What colours and heights mean for something of the layers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerScale {
    quantity: LayerQuantity,
    axis: ValueAxis,
}

/// Decades to either side of the usual update ratio that colours tell apart.
const LEAST: f64 = 1.5;
const MOST: f64 = 4.0;
/// Numbers at either end that a scale may leave out, as a share of all, where it were more than so many times as long with them.
const FEW: f64 = 0.01;
const LITTLE: f64 = 1.3;
/// Numbers that hardly differ are not blown up: the axis spans so many decades at least, or such a share.
const DECADES: f64 = 0.5;
const SHARE: f64 = 0.01;

impl LayerScale {
    /// For colours: where something is usual, that is their middle.
    pub fn of_colors(found: &LayersOverTime) -> Self {
        let quantity = found.quantity;
        if quantity.band().is_none() {
            return Self::of_heights(found);
        }
        let (low, high) = ends(positive(found).map(f64::log10).collect());
        let far = if low <= high { (low - USUAL_UPDATE).abs().max((high - USUAL_UPDATE).abs()) } else { 0.0 };
        let span = ((2.0 * far).ceil() / 2.0).clamp(LEAST, MOST) * std::f64::consts::LN_10;
        let middle = USUAL_UPDATE * std::f64::consts::LN_10;
        let ends = Some((middle - span, middle + span));
        Self { quantity, axis: ValueAxis::around(Bend::Log, ends, (false, false)) }
    }

    /// For lines.
    pub fn of_heights(found: &LayersOverTime) -> Self {
        let quantity = found.quantity;
        let (bend, ends) = if quantity.is_logarithmic() {
            let (low, high) = ends(positive(found).map(f64::ln).collect());
            // What is usual is in sight.
            let (low, high) = match quantity.band() {
                Some(band) => (low.min(band.0.ln()), high.max(band.1.ln())),
                None => (low, high),
            };
            let half = 0.5 * DECADES * std::f64::consts::LN_10;
            let (low, high) = if low <= high { (low, high) } else { (-1.0, 1.0) };
            let short = (half - 0.5 * (high - low)).max(0.0);
            (Bend::Log, (low - short, high + short))
        } else {
            let high = found.numbers().filter(|number| number.is_finite()).fold(0.0, f64::max);
            (
                Bend::Linear,
                (0.0, if high > 0.0 { high.max(if quantity.is_share() { SHARE } else { 0.0 }) } else { 1.0 }),
            )
        };
        Self { quantity, axis: ValueAxis::around(bend, Some(ends), (bend == Bend::Log, true)) }
    }

    /// Where a number is, from 0 to 1; of units it is a share. Beyond that it leaves the scale; minus infinity where it has no
    /// place.
    pub fn share(&self, number: f64) -> f64 {
        self.axis.height(number)
    }

    /// The number at a place.
    pub fn number(&self, share: f64) -> f64 {
        self.axis.value(share)
    }

    /// The colour at a place.
    pub fn color(&self, share: f64, background: Background) -> Rgb {
        let share = share.clamp(0.0, 1.0);
        if self.quantity.band().is_some() {
            palette::weight(2.0 * share - 1.0, background)
        } else {
            palette::map(share)
        }
    }

    /// Round numbers with their places.
    pub fn ticks(&self, room: &Room<'_>) -> Vec<(f64, String)> {
        let is_share = self.quantity.is_share();
        let written = |tick: crate::figure::Tick| {
            let label = if is_share { format!("{} %", number::plain(100.0 * tick.at)) } else { tick.label };
            (self.axis.height(tick.at), label)
        };
        self.axis.ticks(room).into_iter().map(written).filter(|(share, _)| (0.0..=1.0).contains(share)).collect()
    }
}

fn positive(found: &LayersOverTime) -> impl Iterator<Item = f64> {
    found.numbers().filter(|number| *number > 0.0 && number.is_finite())
}

/// The least and the greatest, but for a few that would make the way between them much longer; turned round where there are none.
fn ends(mut numbers: Vec<f64>) -> (f64, f64) {
    numbers.sort_by(f64::total_cmp);
    let few = (FEW * numbers.len() as f64) as usize;
    let of = |skipped: usize| Some((*numbers.get(skipped)?, *numbers.get(numbers.len() - 1 - skipped)?));
    match (of(0), of(few)) {
        (Some(all), Some(most)) if all.1 - all.0 > LITTLE * (most.1 - most.0) => most,
        (Some(all), _) => all,
        (None, _) => (f64::INFINITY, f64::NEG_INFINITY),
    }
}
