use std::sync::Arc;

use super::{Asked, NoView, ViewClass};
use crate::engine::Measurer;
use crate::engine::race::{MOST_RACERS, RaceFound, RaceWish};
use crate::layout::{ColumnAbout, Content, TrainingContent};

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
        let entrants = asked.entrants.to_vec();
        if entrants.is_empty() {
            return Err(NoView::Nothing);
        }
        if entrants.len() > MOST_RACERS {
            return Err(NoView::TooMany(entrants.len(), MOST_RACERS));
        }
        let wish = RaceWish { entrants, target: u64::MAX, stop_at_loss: None };
        let mut measurer = Measurer::with_threads(asked.jobs)?;
        let race = RaceFound::train_all(&wish, &[], &mut measurer, asked.made_step)?;
        Ok(Box::new(TrainingContent::new(Arc::new(race), asked.sheet.training)))
    }
}
