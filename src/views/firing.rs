use super::units::units;
use super::{Asked, NoView, ViewClass};
use crate::engine::units::Size;
use crate::layout::{ColumnAbout, Content, FiringContent};

/// Dots of images x units: a column for every unit there can be, and as many rows as a large picture has.
const DOTS: Size = Size { columns: 1024, rows: 1000 };

/// Images x units of a layer.
pub struct Firing;

impl ViewClass for Firing {
    fn label(&self) -> &'static str {
        "Images × units"
    }

    fn about(&self) -> &'static str {
        "Which images every unit of the chosen layer fires for: dead, never positive and always-on units are stripes."
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &FiringContent::COLUMNS
    }

    fn measure(&self, asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView> {
        Ok(Box::new(FiringContent(units(asked, Some(DOTS))?)))
    }
}
