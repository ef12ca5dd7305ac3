use egui::{Align2, Button, Rect, RichText, Ui, vec2};

use super::App;
use super::at_right::at_right_ui;
use super::commands::Action;
use super::steady::steady;
use super::theme::{self, colors};
use crate::experiment::Experiment;
use crate::figure::{AxisRange, Quantity};
use crate::lesson::TOUR;

/// The first time that the program is started it says where to begin, until something is changed.
pub struct FirstStart(Option<Experiment>);

/// What is said, and what is offered.
const HINT: &str = "← Drag σ, and see what every layer does";
const OFFER: &str = "Two-minute tour";

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
    pub(super) fn first_start_ui(&mut self, ui: &mut Ui, plot: Rect) {
        // Shares beyond the axis stand in that corner, and so may other quantities.
        let view = self.shown.layers;
        let is_first = view.quantity == Quantity::Outputs && view.range == AxisRange::All;
        if self.first_start.is_over() || !is_first || !self.has_controls() || self.presenting.is_on() {
            return;
        }
        let colors = *colors(ui.visuals());
        let font = theme::regular(13.0);
        let wide = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), colors.quiet).size();
        let (hint, offer) = (wide(HINT), wide(OFFER));
        let close = 20.0;
        let size = vec2(hint.x + offer.x + close + 3.0 * ui.spacing().item_spacing.x + 16.0, hint.y + 4.0);
        let place = Align2::RIGHT_TOP.anchor_size(plot.right_top() + vec2(-4.0, 4.0), size);
        if !plot.contains_rect(place) {
            return;
        }
        let mut action = None;
        let mut is_over = false;
        let builder = steady("first start").max_rect(place);
        let mut line = ui.new_child(builder.layout(egui::Layout::left_to_right(egui::Align::Center)));
        at_right_ui(&mut line, "first start", |ui| {
            ui.spacing_mut().button_padding = vec2(4.0, 1.0);
            ui.label(RichText::new(HINT).font(font.clone()).color(colors.quiet));
            let tour = Button::new(RichText::new(OFFER).font(font.clone()).color(colors.accent)).frame(false);
            if ui.add(tour).on_hover_text("A lesson of six steps around the window.").clicked() {
                action = Some(Action::Lesson(TOUR));
            }
            let close = ui.add(Button::new(RichText::new("×").color(colors.quiet)).frame(false));
            close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Close this line"));
            is_over = close.on_hover_text("Do not offer this again; lessons are under View.").clicked();
        });
        if is_over {
            self.first_start.end();
        }
        if let Some(action) = action {
            self.act(ui, action);
        }
    }
}
