use std::sync::Arc;

use egui::{Align, Button, CentralPanel, Color32, FontId, Frame, Label, Layout, Rect, RichText, Ui, UiBuilder, pos2};

use super::detail;
use super::known::Known;
use super::legend::UnitsLegend;
use crate::app::App;
use crate::app::centre::AROUND;
use crate::app::centre::GUTTER;
use crate::app::commands::Action;
use crate::app::fitting::fitting_ui;
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
/// A narrower sentence has two lines.
const ROOM_FOR_SENTENCE: f32 = 560.0;
/// Height of the second.
const SECOND: f32 = 18.0;
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
        let fill = ui.visuals().panel_fill;
        CentralPanel::default().frame(Frame::new().fill(fill).inner_margin(AROUND)).show(ui, |ui| {
            let headline = Self::headline_place(ui);
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
            let legend = UnitsLegend::new(ui, &layer, area.width() - GUTTER);
            // The picture has half of the height; the sentence has room first, then the legend, whole or not at all, then the hint.
            let mut spare = area.height() - below - LINE - (area.bottom() - ui.max_rect().top()) / 2.0;
            let has_legend = legend.height() <= spare;
            let legend_height = if has_legend { legend.height() } else { 0.0 };
            spare -= legend_height;
            let is_narrow = area.width() - GUTTER < ROOM_FOR_SENTENCE;
            let sentence_height = if is_narrow && spare >= SECOND { LINE + SECOND } else { LINE };
            spare -= sentence_height - LINE;
            let has_hint = has_legend && LINE <= spare;
            let bottom = area.bottom() - legend_height - sentence_height - if has_hint { LINE } else { 0.0 } - below;
            let rect = Rect::from_min_max(pos2(area.left() + GUTTER, area.top() + 2.0), pos2(area.right(), bottom));
            if rect.width() < 60.0 || rect.height() < 40.0 {
                return;
            }
            headline_ui(ui, &Headline::of(&layer.subject), headline);
            let known = Known(Arc::clone(&layer), ui.visuals().dark_mode);
            let pointed = picture(self, ui, &known, rect);
            let line = |above: f32, height: f32| {
                let top = rect.bottom() + below + legend_height + above;
                Rect::from_min_max(pos2(rect.left(), top), pos2(area.right(), top + height))
            };
            if has_legend {
                legend.ui(ui, &layer, pos2(rect.left(), rect.bottom() + below));
            } else {
                self.no_room.unnamed.push("the legend");
            }
            // Where there is no room beside the map, a unit has its sentence in place of the layer's.
            let alone = layer.unit.as_ref().filter(|unit| {
                rect.width() < ROOM_FOR_DETAIL
                    && self.shown.view == ViewName::Units
                    && Some(unit.index) == self.shown.unit
            });
            let said = alone.map_or_else(|| units_summary(&layer), |unit| unit_reason(&layer, unit));
            let colors = *colors(ui.visuals());
            // How far it is stands at the end of the last line.
            let sentence = &(theme::regular(13.0), colors.text);
            self.said_of_units_ui(ui, (&said, sentence), (!has_hint).then_some(&*layer), line(0.0, sentence_height));
            if has_hint {
                let hint = pointed.map_or_else(|| HINT.to_owned(), |unit| unit_words(&layer, unit));
                let quiet = &(theme::regular(12.0), colors.quiet);
                self.said_of_units_ui(ui, (&hint, quiet), Some(&*layer), line(sentence_height, LINE));
            }
        });
    }

    /// A text in its place, perhaps with how far the work is at its end.
    fn said_of_units_ui(
        &mut self,
        ui: &mut Ui,
        (text, style): (&str, &(FontId, Color32)),
        progress: Option<&LayerUnits>,
        rect: Rect,
    ) {
        let right = UiBuilder::new().max_rect(rect).layout(Layout::right_to_left(Align::Center));
        let shown = ui.scope_builder(right, |ui| {
            let action = progress.and_then(|layer| self.units_progress_ui(ui, layer));
            let is_said = ui.min_rect().width() > 1.0;
            (action, if is_said { ui.min_rect().left() - 12.0 } else { rect.right() })
        });
        let (action, end) = shown.inner;
        fitting_ui(ui, text, style, rect.with_max_x(end));
        if let Some(action) = action {
            self.act(ui, action);
        }
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
