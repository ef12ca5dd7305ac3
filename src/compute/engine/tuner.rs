use std::sync::Arc;

use super::desk::{Desk, Turn};
use super::precedence::Precedence;
use super::tune::{RateSearch, TriedPlaces, search_further};
use super::{Entrant, Failure, Measurer, Wish};

/// A thread that looks for learning rates.
pub type RateTuner = Desk<TuneWish, TunedRates>;

/// Steps of each run, unless another number is asked for.
pub const TUNED_STEPS: u64 = 200;

/// Whose learning rates are looked for, and how long each run is.
#[derive(Clone, Debug, PartialEq)]
pub struct TuneWish {
    entrants: Vec<Entrant>,
    steps: u64,
}

/// What was found so far. Immutable.
#[derive(Clone, Debug)]
pub struct TunedRates {
    /// What was asked for.
    pub wish: TuneWish,
    /// For each network the rates that are tried.
    pub searches: Vec<RateSearch>,
    /// Whether no more are to be tried.
    pub is_done: bool,
}

impl TuneWish {
    /// Of these networks, by runs of so many steps. What their own rates are makes no difference.
    pub fn of(entrants: impl IntoIterator<Item = Entrant>, steps: u64) -> Self {
        let at_any_rate = |mut entrant: Entrant| {
            entrant.training.learning_rate = 1.0;
            entrant
        };
        Self { entrants: entrants.into_iter().map(at_any_rate).collect(), steps }
    }

    /// The networks.
    pub fn entrants(&self) -> &[Entrant] {
        &self.entrants
    }
}

impl Wish for TuneWish {
    type Found = TunedRates;

    fn is_met_by(&self, found: &TunedRates) -> bool {
        found.is_done && found.wish == *self
    }

    fn covers(&self, other: &Self) -> bool {
        self == other
    }
}

/// Starts a tuner on a measurer's threads, of which nobody else may have any, since runs wait on them while measurements go first.
/// `wake` is called after every answer.
///
/// # Errors
/// If the system gives no thread.
pub(super) fn rate_tuner(
    mut measurer: Measurer,
    precedence: Arc<Precedence>,
    wake: impl Fn() + Send + 'static,
) -> Result<RateTuner, Failure> {
    let mut before: Option<(TuneWish, Vec<TriedPlaces>)> = None;
    let tune = move |wish: TuneWish, turn: &Turn<'_>, publish: &mut dyn FnMut(TunedRates)| {
        let known = before.take().filter(|(of, _)| *of == wish).map(|(_, tried)| tried);
        let (_, tried) = before.insert((wish.clone(), known.unwrap_or_default()));
        let stop = || turn.is_over();
        let made = || precedence.wait(|| turn.is_over());
        let mut told = |searches: Vec<RateSearch>, is_done: bool| {
            publish(TunedRates { wish: wish.clone(), searches, is_done });
        };
        search_further(&wish.entrants, wish.steps, &mut measurer, (&stop, &made), tried, &mut told)?;
        if turn.is_over() { Err(Failure::Interrupted) } else { Ok(()) }
    };
    Desk::start("initscope-tuner", tune, wake, |_| ())
}
