use crate::engine::RateSearch;
use crate::figure::{Bend, Room, Tick, ValueAxis};
use crate::number;

/// What short runs at learning rates came to; all places are shares of a plot, from its lower left corner.
#[derive(Clone, Debug)]
pub struct RateChart {
    /// The axis of the rates, a logarithmic one.
    pub rates: ValueAxis,
    /// The axis of the losses.
    pub losses: ValueAxis,
    /// The loss of guessing, where the axis has it.
    pub guessing: Option<f64>,
    /// In the order of the race.
    pub networks: Vec<RateLine>,
}

/// What the rates of a network came to.
#[derive(Clone, Debug, Default)]
pub struct RateLine {
    /// Rates whose loss is on the axis, from the least.
    pub points: Vec<RatePoint>,
    /// Places of those whose loss is not finite, or beyond the axis.
    pub off: Vec<f64>,
    /// From where to where rates work, around the best.
    pub range: Option<[f64; 2]>,
}

/// One rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatePoint {
    /// Where it is.
    pub at: (f64, f64),
    /// Whether it works.
    pub works: bool,
    /// Whether it is the best.
    pub is_best: bool,
}

/// Losses are shown up to so many times that of guessing, or the best of a network whose best is above that.
const OVER: f64 = 1.35;
/// Air on either side of the rates, as a factor.
const BESIDE: f64 = 1.6;

impl RateChart {
    /// Of searches as far as they are.
    pub fn new(searches: &[RateSearch]) -> Self {
        let tried = || searches.iter().flat_map(|search| &search.tried);
        let ends = tried().fold(None, |ends: Option<(f64, f64)>, tried| {
            let (low, high) = ends.unwrap_or((tried.rate, tried.rate));
            Some((low.min(tried.rate), high.max(tried.rate)))
        });
        let (low, high) = ends.unwrap_or((1e-5, 10.0));
        let places = ((low / BESIDE).ln(), (high * BESIDE).ln());
        let guessing = searches.iter().map(|search| search.guessing).fold(0.0, f64::max);
        // A best one that is not below guessing yet is in sight, too.
        let best = searches.iter().filter_map(|search| search.best()?.loss).fold(guessing, f64::max);
        let top = OVER * if best > 0.0 { best } else { 1.0 };
        let mut chart = Self {
            rates: ValueAxis::around(Bend::Log, Some(places), (false, false)),
            losses: ValueAxis::around(Bend::Linear, Some((0.0, top)), (false, false)),
            guessing: None,
            networks: Vec::new(),
        };
        chart.guessing = (guessing > 0.0).then(|| chart.losses.height(guessing));
        chart.networks = searches.iter().map(|search| chart.line(search)).collect();
        chart
    }

    fn line(&self, search: &RateSearch) -> RateLine {
        let best = search.best().map(|best| best.rate);
        let mut line = RateLine {
            range: search.range().map(|range| range.map(|rate| self.rates.height(rate))),
            ..RateLine::default()
        };
        for tried in &search.tried {
            let x = self.rates.height(tried.rate);
            match tried.loss.map(|loss| self.losses.height(loss)).filter(|height| *height <= 1.0) {
                Some(y) => line.points.push(RatePoint {
                    at: (x, y),
                    works: search.works(tried),
                    is_best: best == Some(tried.rate),
                }),
                None => line.off.push(x),
            }
        }
        line
    }

    /// Powers of ten with their places, as many as there is room for.
    pub fn ticks(&self, room: &Room<'_>) -> Vec<(f64, String)> {
        let written = |tick: Tick| (self.rates.height(tick.at), tick.label);
        self.rates.ticks(room).into_iter().map(written).collect()
    }
}

/// What a search has found, in words: `best 0.1 (works from 0.01 to 0.32)`.
pub fn rate_words(search: &RateSearch) -> String {
    match (search.best(), search.range()) {
        _ if search.tried.is_empty() => "no rate is tried yet".to_owned(),
        (Some(best), Some([from, to])) if from == to => {
            format!("{} (none beside it works)", number::plain(best.rate))
        }
        (Some(best), Some([from, to])) => {
            let [best, from, to] = [best.rate, from, to].map(number::plain);
            format!("{best} (works from {from} to {to})")
        }
        _ => "none teaches it anything".to_owned(),
    }
}
