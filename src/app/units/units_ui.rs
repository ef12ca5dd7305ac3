use std::sync::Arc;

use egui::{Align, Button, CentralPanel, Frame, Label, Layout, Rect, RichText, Ui, UiBuilder, pos2};

use super::detail;
use super::known::Known;
use super::legend::{self, legend_ui};
use crate::app::App;
use crate::app::centre::AROUND;
use crate::app::centre::GUTTER;
use crate::app::commands::Action;
use crate::app::headline::headline_ui;
use crate::app::sentence::sentence;
use crate::app::theme::{self, colors};
use crate::engine::Stoppable as _;
use crate::engine::units::LayerUnits;
use crate::figure::ViewName;
use crate::figure::{Headline, unit_reason, unit_words, units_summary};
use crate::number;

/// What can be done.
const HINT: &str =
    "Units are counted from 0, like the columns of W. Click one to look closer, or choose it with the arrow keys.";
/// What is said under the map.
const LINE: f32 = 24.0;
/// Between the map and the unit beside it.
const AIR: f32 = 20.0;
/// A narrower window has no room for a unit beside the map.
const ROOM_FOR_DETAIL: f32 = 560.0;

impl App {
    /// What the views of one layer have in common: headline, legend, sentence; `picture` is given its place, and returns the
    /// unit that is pointed at.
    pub(super) fn layer_frame_ui(
        &mut self,
        ui: &mut Ui,
        below: f32,
        picture: impl FnOnce(&mut Self, &mut Ui, &Known, Rect) -> Option<usize>,
    ) {
        let fill = colors(ui.visuals()).paper;
        CentralPanel::default().frame(Frame::new().fill(fill).inner_margin(AROUND)).show(ui, |ui| {
            let headline = self.centre_tabs_ui(ui);
            let is_firing = self.shown.view == ViewName::Firing;
            let shown = match (self.jobs.units.failure(), self.units_as_drawn()) {
                (Some(why), _) => Err(sentence(&why.to_string())),
                (None, None) => Err("Looking at the units …".to_owned()),
                (None, Some(known)) if is_firing => {
                    let layer = self.layer_of_firing(ui, known);
                    self.units.matrix.failure().map_or(Ok(layer), |why| Err(sentence(why)))
                }
                (None, Some(known)) => Ok(known),
            };
            let layer = match shown {
                Ok(layer) => layer,
                Err(why) => {
                    ui.centered_and_justified(|ui| ui.add(Label::new(why).wrap()));
                    return;
                }
            };
            let area = ui.available_rect_before_wrap();
            let bottom = area.bottom() - legend::HEIGHT - 2.0 * LINE - below;
            let rect = Rect::from_min_max(pos2(area.left() + GUTTER, area.top() + 2.0), pos2(area.right(), bottom));
            if rect.width() < 60.0 || rect.height() < 40.0 {
                return;
            }
            headline_ui(ui, &Headline::of(&layer.subject), headline);
            let known = Known(Arc::clone(&layer), ui.visuals().dark_mode);
            let pointed = picture(self, ui, &known, rect);
            let line = |number: f32| {
                let top = rect.bottom() + below + number * LINE;
                Rect::from_min_max(pos2(rect.left(), top), pos2(area.right(), top + LINE))
            };
            legend_ui(ui, &layer, line(0.0));
            // Where there is no room beside the map, a unit has its sentence in place of the layer's.
            let alone = layer.unit.as_ref().filter(|unit| {
                rect.width() < ROOM_FOR_DETAIL
                    && self.shown.view == ViewName::Units
                    && Some(unit.index) == self.shown.unit
            });
            let said = alone.map_or_else(|| units_summary(&layer), |unit| unit_reason(&layer, unit));
            line_ui(ui, RichText::new(said), line(1.0));
            let hint = match pointed {
                Some(unit) => unit_words(&layer, unit),
                None => HINT.to_owned(),
            };
            let quiet = colors(ui.visuals()).quiet;
            let hint = RichText::new(hint).font(theme::regular(12.0)).color(quiet);
            let right = UiBuilder::new().max_rect(line(2.0)).layout(Layout::right_to_left(Align::Center));
            let action = ui.scope_builder(right, |ui| {
                let action = self.units_progress_ui(ui, &layer);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Label::new(hint).truncate()));
                action
            });
            if let Some(action) = action.inner {
                self.act(ui, action);
            }
        });
    }

    /// How many images are in, with what stops it or goes on, while some are missing; returns what is to be done.
    fn units_progress_ui(&self, ui: &mut Ui, layer: &LayerUnits) -> Option<Action> {
        let (label, action, hover) = if self.jobs.units.is_held() {
            ("Go on", Action::GoOn, "Look at the other images.")
        } else if self.jobs.units.is_open() && !layer.is_exact() && self.is_current() {
            ("Stop", Action::Stop, "Stop here and keep the images measured so far.")
        } else {
            return None;
        };
        let key = action.key(ui).unwrap_or_default();
        let clicked = ui.add(Button::new(label).small()).on_hover_text(format!("{hover} Key: {key}")).clicked();
        let [images, total] = [layer.images, layer.total].map(|images| number::count(images as u64));
        ui.label(RichText::new(format!("{images} of {total} images")).color(colors(ui.visuals()).quiet));
        clicked.then_some(action)
    }

    /// The map of units, and the chosen one beside it.
    pub(in crate::app) fn units_ui(&mut self, ui: &mut Ui) {
        self.layer_frame_ui(ui, 8.0, |app, ui, known, rect| {
            let chosen = known.0.unit.as_ref().filter(|unit| Some(unit.index) == app.shown.unit);
            if chosen.is_none() || rect.width() < ROOM_FOR_DETAIL {
                return app.unit_map_ui(ui, known, rect);
            }
            let place = rect.with_min_x(rect.right() - detail::WIDTH);
            let pointed = app.unit_map_ui(ui, known, rect.with_max_x(place.left() - AIR));
            ui.scope_builder(UiBuilder::new().max_rect(place), |ui| app.detail_ui(ui, known));
            pointed
        });
    }
}

fn line_ui(ui: &mut Ui, text: RichText, rect: Rect) {
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.horizontal_centered(|ui| ui.add(Label::new(text).truncate()));
    });
}
