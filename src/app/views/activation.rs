use std::sync::Arc;

use super::ViewInWindow;
use crate::app::App;
use crate::app::commands::words;
use crate::figure::Quantity;
use crate::layout::{ActivationContent, Content};

/// The activation over the chosen layer's pre-activations.
pub struct ActivationInWindow;

impl ViewInWindow for ActivationInWindow {
    fn command(&self) -> &'static str {
        "Show the activation and its derivative"
    }

    fn group(&self) -> &'static str {
        words::PANELS
    }

    fn has_tab(&self) -> bool {
        false
    }

    fn content(&self, app: &App) -> Result<Arc<dyn Content>, &'static str> {
        let figure = app.figure.clone().ok_or("nothing is measured yet")?;
        let layer = app.chosen_layer(&figure);
        let z = Quantity::PreActivations.of(&figure.measurement.layers[layer]);
        z.ok_or("open the activation first: the pre-activations are not measured yet")?;
        Ok(Arc::new(ActivationContent(figure, layer)))
    }
}
