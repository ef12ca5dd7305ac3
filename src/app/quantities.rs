use std::time::Duration;

use super::App;
use crate::engine::{Quantities, gradients_take};

/// What is measured without being asked for takes no longer than this.
const MOMENT: Duration = Duration::from_secs(3);

impl App {
    /// What the window shows, and so what is to be measured.
    pub(super) fn wanted(&self) -> Quantities {
        let (panels, drawn) = (&self.shown.panels, self.shown.layers.quantities(true));
        let shown = Quantities {
            pre_activations: drawn.pre_activations || panels.activation,
            gradients: drawn.gradients
                || panels.norms
                || panels.activation
                || self.export.is_open() && self.exports_norms(),
            quantiles: true,
            spectral_norms: panels.activation,
            outlook: panels.theory || panels.words,
            ..drawn
        };
        shown.and(self.quantities_of_lesson())
    }

    /// What is measured beside when nothing else is to be done: sentences speak of gradients too, but those of a large network
    /// nobody asked for are not worth a minute of all processors.
    pub(super) fn wanted_at_leisure(&self) -> Quantities {
        let wanted = self.wanted();
        let spoken_of = self.shown.panels.words && gradients_take(&self.experiment) < MOMENT;
        Quantities { gradients: wanted.gradients || spoken_of, ..wanted }
    }
}
