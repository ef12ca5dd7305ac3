use std::sync::Arc;

use super::{Asked, NoView, ViewClass};
use crate::engine::Measurer;
use crate::engine::race::{MOST_RACERS, RaceFound, RaceWish};
use crate::figure::Sheet;
use crate::figure::training::letter;
use crate::layout::{ColumnAbout, Content, TrainingContent};

/// Whether there is such a figure of so many networks.
///
/// # Errors
/// If there are none or too many, or the one that is asked for is not among them.
pub fn check_race(networks: usize, sheet: &Sheet) -> Result<(), NoView> {
    match networks {
        0 => return Err(NoView::Nothing),
        1..=MOST_RACERS => {}
        _ => return Err(NoView::TooMany(networks, MOST_RACERS)),
    }
    match sheet.training.racer.filter(|&racer| racer >= networks) {
        Some(racer) => Err(NoView::NoRacer(letter(racer), networks)),
        None => Ok(()),
    }
}

/// Networks that are trained side by side.
pub struct Training;

impl ViewClass for Training {
    fn label(&self) -> &'static str {
        "Training"
    }

    fn about(&self) -> &'static str {
        "Up to eight networks trained side by side: their losses, their accuracies, and what happens in their layers."
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &TrainingContent::COLUMNS
    }

    fn measure(&self, asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView> {
        check_race(asked.entrants.len(), asked.sheet)?;
        let entrants = asked.entrants.to_vec();
        let wish = RaceWish { entrants, target: u64::MAX, stop_at_loss: None };
        let mut measurer = Measurer::with_threads(asked.jobs)?;
        let race = RaceFound::train_all(&wish, &[], &mut measurer, asked.made_step)?;
        Ok(Box::new(TrainingContent::new(Arc::new(race), asked.sheet.training)))
    }
}
