use std::sync::Arc;

use super::ViewInWindow;
use crate::app::App;
use crate::app::commands::words;
use crate::figure::Quantity;
use crate::layout::{Content, NormsContent};

/// The gradient's norm and the outputs' std across the layers.
pub struct NormsInWindow;

impl ViewInWindow for NormsInWindow {
    fn command(&self) -> &'static str {
        "Show the norms of the gradients"
    }

    fn group(&self) -> &'static str {
        words::LAYERS
    }

    fn has_tab(&self) -> bool {
        false
    }

    fn content(&self, app: &App) -> Result<Arc<dyn Content>, &'static str> {
        let figure = app.figure.as_ref().ok_or("nothing is measured yet")?;
        if Quantity::Gradients.lacks(&figure.measurement.subject).is_some() {
            return Err("there are no gradients: these images have no labels, or the network no loss on them");
        }
        let content = NormsContent::new(vec![Arc::clone(&figure.measurement)], app.seeds());
        Ok(Arc::new(content.ok_or("open the norms first: the gradients are not measured yet")?))
    }
}
