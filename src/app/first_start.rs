use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::App;
use super::theme::{self, colors};
use crate::experiment::Experiment;

/// The first time that the program is started it says where to begin, until something is changed.
pub struct FirstStart(Option<Experiment>);

/// What is said.
const HINT: &str = "← Drag σ, and see what every layer does";

impl FirstStart {
    /// A window on an experiment; whether it is the first one.
    pub fn new(is_first: bool, experiment: &Experiment) -> Self {
        Self(is_first.then(|| experiment.clone()))
    }

    /// Whether something was changed, now or in an earlier run.
    pub fn is_over(&self) -> bool {
        self.0.is_none()
    }

    /// Takes note of what is set.
    pub fn note(&mut self, experiment: &Experiment) {
        self.0.take_if(|first| *first != *experiment);
    }

    /// Somebody knows what to look at.
    pub fn end(&mut self) {
        self.0 = None;
    }
}

impl App {
    /// Says where to begin, in the corner of a plot where its first picture has nothing.
    pub(super) fn first_start_ui(&self, ui: &Ui, plot: Rect) {
        if self.first_start.is_over() || !self.has_controls() {
            return;
        }
        let quiet = colors(ui.visuals()).quiet;
        let galley = ui.painter().layout_no_wrap(HINT.to_owned(), theme::regular(13.0), quiet);
        let corner = plot.right_top() + vec2(-4.0, 4.0);
        let place = Align2::RIGHT_TOP.anchor_size(corner, galley.size());
        if plot.contains_rect(place) {
            ui.painter().galley(place.min, galley, quiet);
            let response = ui.interact(place, ui.scope_id().with("first start"), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, HINT));
        }
    }
}
