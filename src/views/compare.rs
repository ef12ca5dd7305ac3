use super::layers::Layers;
use super::{Asked, NoView, ViewClass};
use crate::layout::{ColumnAbout, Content};

/// Up to four experiments side by side, on the same axes.
pub struct Compare;

impl ViewClass for Compare {
    fn label(&self) -> &'static str {
        "Compare"
    }

    fn about(&self) -> &'static str {
        "The layers of up to four experiments side by side on the same axes: pin one, and go on."
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        Layers.columns()
    }

    fn measure(&self, asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView> {
        Layers.measure(asked)
    }
}
