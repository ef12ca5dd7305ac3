use std::sync::Arc;

use super::{Asked, NoView, ViewClass};
use crate::engine::Entrant;
use crate::engine::landscape::{Standpoint, Survey, Terrain, TrainedPlane, Wanted};
use crate::layout::{ColumnAbout, Content, LandscapeContent};

/// The networks of the landscape of a training; of several, if all of them are on it.
///
/// # Errors
/// If there is none, or they have different ones.
pub fn trained_terrain(entrants: &[Entrant], plane: TrainedPlane) -> Result<Terrain, NoView> {
    let of = |entrant: &Entrant| Terrain::of_training(&entrant.experiment, entrant.training, plane);
    let terrain = of(entrants.first().ok_or(NoView::Nothing)?)?;
    for entrant in &entrants[1..] {
        if of(entrant)? != terrain {
            return Err(NoView::SeveralTrainings);
        }
    }
    Ok(terrain)
}

/// A map of networks that are trained.
pub struct TrainingLandscape;

impl ViewClass for TrainingLandscape {
    fn label(&self) -> &'static str {
        "Trained landscape"
    }

    fn about(&self) -> &'static str {
        "Where networks can be trained: the accuracy or the loss after some steps, over σ_w and the number of layers, or over σ and the learning rate."
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &LandscapeContent::COLUMNS
    }

    fn measure(&self, asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView> {
        let look = asked.sheet.training;
        let terrain = trained_terrain(asked.entrants, look.trained_plane)?;
        let say = |survey: &Survey| {
            let (done, total) = (survey.done(), survey.total());
            (asked.say)("training the networks of the landscape", (done.min(total - 1), total), survey.share_done());
        };
        let survey = Survey::measure_and_tell(Wanted { terrain, gradients: false }, asked.jobs, &say)?;
        let Entrant { experiment, training, .. } = &asked.entrants[0];
        let around = Standpoint { subject: experiment.into(), rate: Some(training.learning_rate) };
        Ok(Box::new(LandscapeContent::new(Arc::new(survey), look.trained_value.mapped(), around)))
    }
}
