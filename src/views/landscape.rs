use std::sync::Arc;

use super::{Asked, NoView, ViewClass};
use crate::engine::landscape::{Survey, Wanted};
use crate::figure::{Mapped, Sheet};
use crate::layout::{ColumnAbout, Content, LandscapeContent};
use crate::subject::Subject;

/// A map of networks around one.
pub struct Landscape;

impl ViewClass for Landscape {
    fn label(&self) -> &'static str {
        "Landscape"
    }

    fn about(&self) -> &'static str {
        "How the last layer changes with σ and the biases, or with σ and the depth: a map of networks."
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &LandscapeContent::COLUMNS
    }

    fn check(&self, subject: &Subject, sheet: &Sheet) -> Result<(), NoView> {
        Wanted::of(subject, sheet.plane, sheet.mapped == Mapped::GradientRatio)?;
        Ok(())
    }

    fn measure(&self, asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView> {
        (asked.say)("measuring the networks of the landscape", (0, 1), 0.0);
        let (subject, sheet) = (asked.subject()?, asked.sheet);
        let wanted = Wanted::of(subject, sheet.plane, sheet.mapped == Mapped::GradientRatio)?;
        let survey = Survey::measure_all(wanted, asked.jobs)?;
        Ok(Box::new(LandscapeContent::new(Arc::new(survey), sheet.mapped, subject)))
    }
}
