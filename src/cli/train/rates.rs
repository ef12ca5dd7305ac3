use serde::Serialize;

use super::aligned::aligned;
use crate::engine::{Entrant, RateSearch};
use crate::number;

/// Where the learning rates of networks that are trained side by side come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RatesOfRace {
    /// All have the same.
    Equal,
    /// They were given, and differ.
    Given,
    /// Each has the best of its own.
    Tuned,
}

impl RatesOfRace {
    pub fn of(entrants: &[Entrant], is_tuned: bool) -> Self {
        let is_equal = |entrant: &Entrant| entrant.training.learning_rate == entrants[0].training.learning_rate;
        match is_tuned {
            true => Self::Tuned,
            false if entrants.iter().all(is_equal) => Self::Equal,
            false => Self::Given,
        }
    }

    /// A sentence under networks that are compared, of some of which no rate may have taught anything.
    pub fn sentence(self, entrants: &[Entrant], searches: &[RateSearch]) -> String {
        match self {
            Self::Equal => format!(
                "All networks train at the same learning rate, {}: what is best for one may not suit another. --tune finds a rate \
                 for each.\n",
                entrants[0].training.learning_rate
            ),
            Self::Given => "The learning rates are those that were given.\n".to_owned(),
            Self::Tuned if searches.iter().any(|search| search.best().is_none()) => {
                "Each network trains at the learning rate that was best for it in the short runs; where none taught it anything, at \
                 its own, or if that is not finite at the one with the least loss.\n"
                    .to_owned()
            }
            Self::Tuned => {
                "Each network trains at the learning rate that was best for it in the short runs.\n".to_owned()
            }
        }
    }
}

/// What short runs came to, with the keys it is published under.
#[derive(Serialize)]
pub(super) struct TuneReport {
    /// Steps of each run.
    steps: u64,
    /// The loss of guessing.
    guessing_loss: f64,
    /// The loss of the first batch.
    first_loss: f64,
    /// Nothing where no rate learns anything; the network is trained with its own rate then, unless that is not finite.
    best: Option<f64>,
    /// The rates around the best that work.
    works_from: Option<f64>,
    works_to: Option<f64>,
    rates: Vec<TriedReport>,
}

/// What a rate came to.
#[derive(Serialize)]
struct TriedReport {
    learning_rate: f64,
    loss: Option<f64>,
    works: bool,
}

impl From<&RateSearch> for TuneReport {
    fn from(search: &RateSearch) -> Self {
        let [works_from, works_to] = search.range().map_or([None; 2], |range| range.map(Some));
        let rates = search.tried.iter().map(|tried| TriedReport {
            learning_rate: tried.rate,
            loss: tried.loss,
            works: search.works(tried),
        });
        Self {
            steps: search.steps,
            guessing_loss: search.guessing,
            first_loss: search.begins,
            best: search.best().map(|best| best.rate),
            works_from,
            works_to,
            rates: rates.collect(),
        }
    }
}

/// Loss against rate, and a sentence on the best; `rate` is the one that the network is trained with.
pub(super) fn tuned_text(search: &RateSearch, rate: f64) -> String {
    let mut rows = vec![["learning rate", "loss", ""].map(str::to_owned).to_vec()];
    let best = search.best().map(|best| best.rate);
    rows.extend(search.tried.iter().map(|tried| {
        let loss = tried.loss.map_or_else(|| "not finite".to_owned(), number::value);
        let mark = match () {
            () if Some(tried.rate) == best => "best",
            () if search.works(tried) => "works",
            () => "",
        };
        vec![number::plain(tried.rate), loss, mark.to_owned()]
    }));
    let steps = if search.steps == 1 { "1 step".to_owned() } else { format!("{} steps", number::count(search.steps)) };
    let [from, to] = [search.tried.first(), search.tried.last()].map(|tried| tried.map_or(0.0, |tried| tried.rate));
    let sentence = match search.range() {
        Some([lowest, highest]) => {
            let rate = number::plain(rate);
            let best = search.best().and_then(|best| best.loss).filter(|loss| !search.is_below_guessing(*loss));
            let begun = best.map_or_else(String::new, |loss| {
                format!(
                    " (the loss falls from {} to {}, and is not below that of guessing, {}, yet)",
                    number::value(search.begins),
                    number::value(loss),
                    number::value(search.guessing)
                )
            });
            match lowest == highest {
                true => format!("Learning rate {rate} is the best{begun}, and no other of these works."),
                false if !begun.is_empty() => format!(
                    "Learning rate {rate} is the best{begun}; rates from {} to {} work: their loss falls at least half as far, in powers \
                     of ten.",
                    number::plain(lowest),
                    number::plain(highest)
                ),
                false => format!(
                    "Learning rate {rate} is the best; rates from {} to {} work: they gain at least half of what it gains over \
                     guessing (loss {}).",
                    number::plain(lowest),
                    number::plain(highest),
                    number::value(search.guessing)
                ),
            }
        }
        None => format!(
            "No learning rate from {} to {} learns anything in {steps}: it trains at {}.",
            number::plain(from),
            number::plain(to),
            number::plain(rate)
        ),
    };
    format!(
        "Mean loss of the last quarter of {steps} at each rate:\n{}{sentence}\n",
        aligned(&rows).lines().map(|line| format!("{}\n", line.trim_end())).collect::<String>()
    )
}
