use std::sync::Arc;

use super::ViewInWindow;
use crate::app::App;
use crate::app::commands::words;
use crate::figure::{Quantity, ViewName};
use crate::layout::{ActivationContent, Content};
use crate::views::{ViewClass, class};

/// The activation over the chosen layer's pre-activations.
pub struct ActivationInWindow;

impl ViewInWindow for ActivationInWindow {
    fn class(&self) -> &'static dyn ViewClass {
        class(ViewName::Activation)
    }

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
