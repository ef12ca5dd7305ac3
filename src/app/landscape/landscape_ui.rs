use std::time::Instant;

use egui::{
    Align, Button, CentralPanel, Color32, EventFilter, FontId, Frame, Id, Key, Label, Layout, Modifiers, Rect,
    Response, RichText, Sense, Ui, UiBuilder, pos2,
};

use super::Drawn;
use super::color_bar::{self, color_bar_ui};
use super::legend::Legend;
use super::map::Map;
use crate::app::App;
use crate::app::card::card_ui;
use crate::app::centre::AROUND;
use crate::app::centre::GUTTER;
use crate::app::commands::Action;
use crate::app::fitting::fitting_ui;
use crate::app::headline::headline_ui;
use crate::app::sentence::sentence;
use crate::app::theme::{self, colors};
use crate::app::time_left;
use crate::engine::Stoppable as _;
use crate::engine::landscape::Survey;
use crate::figure::{Landscape, ViewName};
use crate::number;

/// Numbers and name under the map.
const AXIS: f32 = 44.0;
/// What is said under it.
const LINE: f32 = 24.0;
/// A narrower sentence has two lines.
const ROOM_FOR_SENTENCE: f32 = 560.0;
/// Height of the second.
const SECOND: f32 = 18.0;
/// A narrower window has no room for the progress beside what is said.
const ROOM_FOR_PROGRESS: f32 = 460.0;

impl App {
    pub(in crate::app) fn landscape_ui(&mut self, ui: &mut Ui) {
        let fill = ui.visuals().panel_fill;
        CentralPanel::default().frame(Frame::new().fill(fill).inner_margin(AROUND)).show(ui, |ui| {
            let headline = Self::headline_place(ui);
            if let Some(said) = self.no_landscape() {
                if self.has_landscape_at_start() {
                    self.way_to_landscape_ui(ui, &said);
                } else {
                    ui.centered_and_justified(|ui| ui.add(Label::new(sentence(&said)).wrap()));
                }
                return;
            }
            let Some(drawn) = self.drawn_landscape(ui) else {
                self.no_network_yet_ui(ui);
                return;
            };
            let area = ui.available_rect_before_wrap();
            if area.width() < GUTTER + color_bar::WIDTH + 40.0 || area.height() < 90.0 {
                return;
            }
            let width = area.width() - GUTTER;
            let legend = Legend::new(ui, (&drawn.landscape, &self.landscape_standpoint()), &drawn.runs, width);
            // The map has half of the height; the sentence has room first, then the legend, whole or not at all, then the note.
            let mut spare = area.height() - 2.0 - AXIS - LINE - (area.bottom() - ui.max_rect().top()) / 2.0;
            let has_legend = legend.height() <= spare;
            let legend_height = if has_legend { legend.height() } else { 0.0 };
            spare -= legend_height;
            let is_long = width < ROOM_FOR_SENTENCE && spare >= SECOND;
            let sentence_height = if is_long { LINE + SECOND } else { LINE };
            spare -= sentence_height - LINE;
            let has_note = has_legend && LINE <= spare;
            let notes = sentence_height + legend_height + if has_note { LINE } else { 0.0 };
            let rect = Rect::from_min_max(
                pos2(area.left() + GUTTER, area.top() + 2.0),
                pos2(area.right() - color_bar::WIDTH, area.bottom() - AXIS - notes),
            );
            headline_ui(ui, &drawn.landscape.headline, headline);
            let chosen = self.map_ui(ui, &drawn, rect);
            color_bar_ui(ui, &drawn.landscape, rect);
            let line = |above: f32, height: f32| {
                let top = rect.bottom() + AXIS + above;
                Rect::from_min_max(pos2(rect.left(), top), pos2(area.right(), top + height))
            };
            let reading = match chosen {
                Some(at) => cell_words(&drawn.landscape, at),
                None => drawn.landscape.summary(),
            };
            if has_legend {
                legend.ui(ui, &mut self.landscape.patterns, line(0.0, legend_height).min);
            } else {
                self.no_room.unnamed.push("the legend");
            }
            let colors = *colors(ui.visuals());
            // Where there is little room the progress stands by itself, if there is a line for that.
            let is_narrow = rect.width() < ROOM_FOR_PROGRESS;
            let place = line(legend_height, sentence_height);
            let sentence = &(theme::regular(13.0), colors.text);
            if has_note {
                let beside = (!is_narrow).then_some(&*drawn.landscape);
                self.line_ui(ui, (&reading, sentence), beside, place);
                let note = if is_narrow { String::new() } else { drawn.landscape.note() };
                let below = is_narrow.then_some(&*drawn.landscape);
                let place = line(legend_height + sentence_height, LINE);
                self.line_ui(ui, (&note, &(theme::regular(11.5), colors.quiet)), below, place);
            } else if is_narrow && is_long && !self.jobs.survey.is_answered() {
                self.line_ui(ui, (&reading, sentence), None, place.with_max_y(place.center().y));
                let place = place.with_min_y(place.center().y);
                self.line_ui(ui, ("", sentence), Some(&drawn.landscape), place);
            } else {
                let beside = (!is_narrow || !self.jobs.survey.is_answered()).then_some(&*drawn.landscape);
                self.line_ui(ui, (&reading, sentence), beside, place);
            }
        });
    }

    /// What is being done while no network is there yet, or that it was stopped, with what stops it or goes on.
    fn no_network_yet_ui(&mut self, ui: &mut Ui) {
        let is_trained = self.shown.view == ViewName::TrainingLandscape;
        let total = self.jobs.survey.asked().map_or(0, |asked| asked.terrain.rows() * asked.terrain.columns());
        let total = number::count(total as u64);
        let is_held = self.jobs.survey.is_held();
        let said = match (is_held, is_trained) {
            (true, true) => format!("Stopped before the first of {total} networks was trained."),
            (true, false) => format!("Stopped before the first of {total} networks was measured."),
            (false, true) if self.is_racing() => {
                format!("The race goes first: these {total} networks are trained once it is paused or over.")
            }
            (false, true) => format!("Training the first of {total} networks …"),
            (false, false) => format!("Measuring the first of {total} networks …"),
        };
        ui.vertical_centered(|ui| {
            ui.add_space((0.5 * ui.available_height() - 34.0).max(0.0));
            ui.add(Label::new(said).wrap());
            ui.add_space(8.0);
            if let Some(action) = stop_ui(ui, is_held, is_trained) {
                self.act(ui, action);
            }
        });
    }

    /// Why there is no landscape of a network that is trained, the step that it is shown at, and what shows it as it was drawn.
    fn way_to_landscape_ui(&mut self, ui: &mut Ui, why: &str) {
        ui.vertical_centered(|ui| {
            ui.add_space((0.5 * ui.available_height() - 44.0).max(0.0));
            let step = number::count(self.shown_step());
            let said = format!("{} This network is shown at step {step} of its training.", sentence(why));
            ui.add(Label::new(said).wrap());
            ui.add_space(8.0);
            let hover = "Show this network in every view as it was drawn, before its training. What is trained stays.";
            if ui.button("Show it at step 0").on_hover_text(hover).clicked() {
                self.look_at(Some(0));
                self.landscape.opened();
            }
        });
    }

    /// The map itself; returns the cell that is pointed at, by hand or keys.
    fn map_ui(&mut self, ui: &Ui, drawn: &Drawn, rect: Rect) -> Option<(usize, usize)> {
        let landscape = &drawn.landscape;
        let map = Map { landscape, rect };
        map.cells_ui(ui, &drawn.texture, &drawn.runs, &mut self.landscape.patterns);
        map.axes_ui(ui);
        map.edge_ui(ui);
        let place = landscape.survey.terrain.place(&self.landscape_standpoint()).ok();
        if let Some(place) = place.filter(|place| landscape.contains(place.x, place.y)) {
            map.mark_ui(ui, place);
        }
        let response = ui.interact(rect, Id::unique("landscape map"), Sense::click());
        if std::mem::take(&mut self.landscape.wants_focus) {
            response.request_focus();
        }
        let here = landscape.cell_of(&self.landscape_standpoint());
        let name = || {
            let here = here.map_or_else(String::new, |here| format!(" Here: {}.", cell_words(landscape, here)));
            format!("Landscape: {}{here} Arrow keys choose a cell, Enter goes there.", landscape.summary())
        };
        let by_keys = self.keys_ui(ui, &response, landscape);
        let pointed = response.hover_pos().and_then(|at| map.cell_at(at));
        // Whichever moved last is followed.
        if pointed.is_none() || ui.input(|input| input.pointer.delta() != egui::Vec2::ZERO) {
            self.landscape.keys_lead = false;
        }
        let keys_lead = self.landscape.keys_lead;
        let chosen = if keys_lead { by_keys.or(pointed) } else { pointed.or(by_keys) };
        if let Some(chosen) = chosen {
            map.outline_ui(ui, chosen);
        }
        // A map of something else is only still there until the new one arrives.
        let asked = self.jobs.survey.asked().map(|asked| &asked.terrain);
        let is_present = asked == Some(&landscape.survey.terrain);
        let by_hand = response.clicked_by(egui::PointerButton::Primary);
        let going = if by_hand { response.interact_pointer_pos().and_then(|at| map.cell_at(at)) } else { by_keys };
        if let Some(at) = going.filter(|_| response.clicked() && is_present) {
            self.go_to(ui, landscape, at);
        }
        // What is under the cursor is said of the map, as keys move over it.
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::Role::Image, true, name());
            info.current_text_value = chosen.map(|chosen| cell_words(landscape, chosen));
            info
        });
        if let Some(pointed) = pointed.filter(|_| !keys_lead) {
            card_ui(&response, map.cell(pointed), rect.y_range(), |ui| {
                ui.label(cell_words(landscape, pointed));
                ui.label(RichText::new("Click to go there.").color(colors(ui.visuals()).quiet));
            });
        }
        chosen
    }

    /// The cell that arrow keys move over, while they reach the map.
    fn keys_ui(&mut self, ui: &Ui, response: &Response, landscape: &Landscape) -> Option<(usize, usize)> {
        if !response.has_focus() {
            return None;
        }
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let (rows, columns) = (landscape.survey.terrain.rows(), landscape.survey.terrain.columns());
        let [left, right, down, up] = ui.input_mut(|input| {
            [Key::ArrowLeft, Key::ArrowRight, Key::ArrowDown, Key::ArrowUp]
                .map(|key| input.count_and_consume_key(Modifiers::NONE, key))
        });
        // Nothing is chosen before a key is pressed.
        let chosen = self.landscape.cursor.filter(|cursor| cursor.0 < columns && cursor.1 < rows);
        self.landscape.keys_lead |= left + right + down + up > 0;
        if chosen.is_some() || left + right + down + up > 0 {
            let start = || landscape.cell_of(&self.landscape_standpoint()).unwrap_or((columns / 2, rows / 2));
            let (column, row) = chosen.unwrap_or_else(start);
            let column = (column + right).min(columns - 1).saturating_sub(left);
            self.landscape.cursor = Some((column, (row + up).min(rows - 1).saturating_sub(down)));
        }
        self.landscape.cursor.filter(|cursor| cursor.0 < columns && cursor.1 < rows)
    }

    /// A text in its place, perhaps with how far the work is at its end.
    fn line_ui(
        &mut self,
        ui: &mut Ui,
        (text, style): (&str, &(FontId, Color32)),
        progress: Option<&Landscape>,
        rect: Rect,
    ) {
        let right = UiBuilder::new().max_rect(rect).layout(Layout::right_to_left(Align::Center));
        let shown = ui.scope_builder(right, |ui| {
            let action = progress.and_then(|landscape| self.progress_ui(ui, &landscape.survey));
            (action, if progress.is_some() { ui.min_rect().left() - 12.0 } else { rect.right() })
        });
        let (action, end) = shown.inner;
        fitting_ui(ui, text, style, rect.with_max_x(end));
        if let Some(action) = action {
            self.act(ui, action);
        }
    }

    /// About how many seconds trained networks still take, once some of them are there.
    fn seconds_left(&mut self, survey: &Survey) -> Option<f64> {
        survey.terrain.training()?;
        let number = self.jobs.survey.number().filter(|_| !self.jobs.survey.is_held())?;
        let (now, share) = (Instant::now(), survey.share_done());
        let known = self.landscape.begun.filter(|(of, ..)| *of == number);
        let (_, since, first) = *self.landscape.begun.insert(known.unwrap_or((number, now, share)));
        let passed = now.saturating_duration_since(since).as_secs_f64();
        (share > first).then(|| time_left::rounded(passed * (1.0 - share) / (share - first)))
    }

    /// How many networks are measured, with what stops it or goes on; returns what is to be done.
    fn progress_ui(&mut self, ui: &mut Ui, survey: &Survey) -> Option<Action> {
        let colors = *colors(ui.visuals());
        let [done, total] = [survey.done(), survey.total()].map(|cells| number::count(cells as u64));
        if self.jobs.survey.is_answered() {
            ui.label(RichText::new(format!("{total} networks")).color(colors.quiet));
            return None;
        }
        let left =
            self.seconds_left(survey).map_or_else(String::new, |seconds| format!(", {}", time_left::said(seconds)));
        let (is_held, is_trained) = (self.jobs.survey.is_held(), survey.terrain.training().is_some());
        let color = if is_held { colors.quiet } else { colors.accent };
        let clicked = stop_ui(ui, is_held, is_trained);
        let (said, how) = if is_trained { (" trained", "Trained") } else { ("", "Measured") };
        ui.label(RichText::new(format!("{done} of {total} networks{said}{left}")).color(color)).on_hover_text(format!(
            "{how} coarse to fine while nothing else is being computed: a moving slider goes first."
        ));
        clicked
    }
}

/// The button that stops a landscape, or goes on with it; returns what is to be done.
fn stop_ui(ui: &mut Ui, is_held: bool, is_trained: bool) -> Option<Action> {
    let (label, action, hover) = match (is_held, is_trained) {
        (true, true) => ("Go on", Action::GoOn, "Train the other networks."),
        (true, false) => ("Go on", Action::GoOn, "Measure the other networks."),
        (false, true) => ("Stop", Action::Stop, "Stop here and keep the networks trained so far."),
        (false, false) => ("Stop", Action::Stop, "Stop here and keep the networks measured so far."),
    };
    let key = action.key(ui).unwrap_or_default();
    let clicked = ui.add(Button::new(label).small()).on_hover_text(format!("{hover} Key: {key}")).clicked();
    clicked.then_some(action)
}

/// A cell's place and what it says.
fn cell_words(landscape: &Landscape, at: (usize, usize)) -> String {
    format!("{}: {}", landscape.place(at), landscape.reading(at))
}
