use egui::text::{LayoutJob, TextFormat};
use egui::{
    CentralPanel, Color32, CursorIcon, FontSelection, Frame, Grid, Id, Label, Rect, RichText, Role, Sense, Stroke, Ui,
    WidgetInfo, WidgetText, pos2, vec2,
};

use super::picture::{PaintedRace, ROOM_FOR_LEGEND, RacePicture};
use super::said::{columns_at, said_at, said_of_race, said_of_rates};
use crate::app::App;
use crate::app::card::card_ui;
use crate::app::centre::AROUND;
use crate::app::commands::Action;
use crate::app::headline::headline_ui;
use crate::app::painting::texture_ui;
use crate::app::plot::is_behind;
use crate::app::race::{leading, nearest_kept};
use crate::app::sentence::sentence;
use crate::app::theme::{self, colors};
use crate::engine::race::{RaceFound, RacerFound};
use crate::figure::training::{TrainingChart, letter, race_headline, window_of};
use crate::figure::{Headline, palette};
use crate::number;

/// Losses over accuracies.
const PLOTS_OF_CURVES: usize = 2;
/// So much of the centre's height is left to them, as far as there are accuracies to give way.
const PLOT: f32 = 0.5;
/// The handle of the line of the step.
const HANDLE: f32 = 5.0;

impl App {
    /// The race, drawn as a file would have it, with the step that is looked at over it.
    pub(in crate::app) fn training_ui_in_centre(&mut self, ui: &mut Ui) {
        let fill = colors(ui.visuals()).paper;
        CentralPanel::default().frame(Frame::new().fill(fill).inner_margin(AROUND)).show(ui, |ui| {
            let centre = ui.max_rect().height() + f32::from(AROUND.top) + f32::from(AROUND.bottom);
            let headline = Self::headline_place(ui);
            let entrants = self.entrants();
            // What cannot be trained is named as it is.
            let common = if entrants.is_empty() {
                Headline::common(&self.slots().iter().map(Headline::of).collect::<Vec<_>>())
            } else {
                race_headline(entrants.iter().map(|entrant| &**entrant))
            };
            headline_ui(ui, &common, headline);
            self.slots_ui(ui);
            let area = ui.available_rect_before_wrap();
            if area.width() < 120.0 || area.height() < 60.0 {
                return;
            }
            if let Some(sentence_) = self.unfit() {
                ui.centered_and_justified(|ui| ui.add(Label::new(sentence(&sentence_)).wrap()));
                return;
            }
            let is_of_rates = self.shown.training.chart == TrainingChart::Rates;
            let race = if is_of_rates { Some(self.race_of_rates()) } else { self.race_as_drawn().cloned() };
            let Some(race) = race else { return };
            let area = if is_of_rates { self.rates_line_ui(ui, area) } else { self.race_words_ui(ui, &race, area) };
            if area.height() < 60.0 {
                return;
            }
            if area.height() < ROOM_FOR_LEGEND {
                self.no_room.unnamed.push("the legend");
            }
            let most = ui.input(|input| input.max_texture_side) as f32 / area.size().max_elem();
            let painted = PaintedRace {
                found: race,
                seeds: self.repeats().filter(|_| self.shown.training.chart.has_seeds()),
                tuned: self.known_rates().cloned(),
                look: self.shown.training,
                only: self.highlighted_layer(),
                least_plot: PLOT * centre,
                keeps_accuracies: self.spoken().of_accuracy,
                is_dark: ui.visuals().dark_mode,
                text: self.picture_text(),
                size: area.size(),
                scale: ui.pixels_per_point().min(most),
            };
            let painted = self.training.0.of(painted);
            let (painted, picture) = match self.training.0.seen(painted.as_deref()) {
                Some(Ok(seen)) => seen,
                Some(Err(why)) => {
                    ui.centered_and_justified(|ui| ui.add(Label::new(sentence(&why)).wrap()));
                    return;
                }
                None => return,
            };
            texture_ui(ui, &picture.texture, area);
            self.no_room.unnamed.extend(&picture.left_out);
            let response = ui.interact(area, Id::unique("picture of the training"), Sense::hover());
            let said = match painted.of.look.chart {
                TrainingChart::Rates => said_of_rates(painted.of.tuned.as_deref(), &picture.names),
                _ => said_of_race(&painted.of.found, &picture.names),
            };
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
            // One of before has the place of the next.
            let stretch = area.size() / painted.of.size;
            let placed =
                |plot: Rect| Rect::from_min_size(area.min + plot.min.to_vec2() * stretch, plot.size() * stretch);
            let has_begun =
                is_of_rates || self.is_racing() || painted.of.found.racers.iter().any(|racer| racer.step > 0);
            if !has_begun {
                let middle = picture.plots.first().filter(|_| picture.plots.len() == PLOTS_OF_CURVES);
                how_it_begins_ui(ui, middle.map_or(area, |plot| placed(*plot)), painted.of.found.racers.len());
            }
            for (index, plot) in picture.plots.iter().enumerate() {
                self.step_in_plot_ui(ui, (index, placed(*plot)), &painted.of.found, picture);
                self.rate_at_pointer_ui(ui, placed(*plot), picture);
            }
        });
    }

    /// The line of the step that is looked at in a plot, which can be dragged, and what is known of the step at the pointer.
    fn step_in_plot_ui(&mut self, ui: &Ui, (index, plot): (usize, Rect), race: &RaceFound, picture: &RacePicture) {
        let Some(time) = picture.time else { return };
        // The line stands where the present experiment's racer is, or the furthest.
        let present = self.untrained();
        let Some(racer) = leading(race.racers.iter(), &present) else { return };
        let response = ui.interact(plot, Id::unique(("plot of the training", index)), Sense::CLICK | Sense::DRAG);
        let at = |x: f32| time.steps(racer, f64::from((x - plot.left()) / plot.width()));
        if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged()) {
            self.look_at(Some(at(pointer.x)));
        }
        let step = self.looked_at().map_or(racer.step, |step| nearest_kept(racer, step));
        let share = time.share(racer, step) as f32;
        if racer.step > 0 && (0.0..=1.0).contains(&share) {
            let colors = colors(ui.visuals());
            let x = plot.left() + share * plot.width();
            let is_chosen = self.looked_at().is_some();
            let stroke = Stroke::new(if is_chosen { 1.5 } else { 1.0 }, colors.accent);
            ui.painter().line_segment([pos2(x, plot.top()), pos2(x, plot.bottom())], stroke);
            if index == 0 {
                ui.painter().circle_filled(pos2(x, plot.top()), HANDLE, colors.accent);
            }
        }
        let Some(pointer) = ui.pointer_hover_pos().filter(|pointer| plot.contains(*pointer) && !is_behind(ui)) else {
            return;
        };
        if racer.step > 0 {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
        }
        // In a narrow plot it would cover half of the curves: it stands beside all of them.
        let part = match plot.width() < NARROW {
            true => plot,
            false => Rect::from_center_size(pointer, vec2(2.0 * HANDLE, plot.height())),
        };
        let window = window_of(race);
        let called = |place: usize| {
            let name = picture.names.get(place).map_or("", String::as_str);
            if race.racers.len() > 1 { format!("{} {name}", letter(place)) } else { name.to_owned() }
        };
        let place = ((pointer.x - plot.left()) / plot.width(), (plot.bottom() - pointer.y) / plot.height());
        let of_layer =
            picture.layers.as_ref().and_then(|layers| layers.said_at(index, (place.0.into(), place.1.into())));
        let racers: Vec<_> = race.racers.iter().enumerate().filter(|(_, racer)| racer.step > 0).collect();
        card_ui(&response, part, plot.y_range(), |ui| {
            let place = |place: usize| Some(place).filter(|_| race.racers.len() > 1);
            if let Some((racer, said)) = &of_layer {
                lettered_ui(ui, place(*racer), &format!("{}, {said}", called(*racer)));
                return;
            }
            let of = |(place, racer): &(usize, &'_ RacerFound)| {
                let steps = time.steps(racer, f64::from((pointer.x - plot.left()) / plot.width()));
                let who = called(*place);
                // A median is no seed's.
                let seed =
                    if picture.has_seeds { format!(", seed {}", racer.entrant.experiment.seed) } else { String::new() };
                (format!("{who}{seed}"), steps)
            };
            if racers.len() <= IN_SENTENCES {
                for racer in &racers {
                    let (who, steps) = of(racer);
                    lettered_ui(ui, place(racer.0), &format!("{who}: {}", said_at(racer.1, steps, window)));
                }
                return;
            }
            let all: Vec<_> = racers.iter().map(|racer| (racer.0, racer.1, of(racer).1)).collect();
            let seed = racers.first().filter(|_| picture.has_seeds).map(|racer| racer.1.entrant.experiment.seed);
            in_columns_ui(ui, &all, window, seed);
        });
    }
}

/// More racers than this are said in columns, so that a card is no higher than its chart.
const IN_SENTENCES: usize = 2;

/// Size of the text in a card.
const CARD: f32 = 12.0;
/// Plots that are narrower have the card beside them.
const NARROW: f32 = 480.0;

/// What is known of several racers after so many steps each, a line for each, whose letter has the colour of its curve.
fn in_columns_ui(ui: &mut Ui, racers: &[(usize, &RacerFound, u64)], window: usize, seed: Option<u32>) {
    let steps = racers.iter().map(|(_, racer, steps)| (*steps).min(racer.step)).max().unwrap_or_default();
    let seed = seed.map_or_else(String::new, |seed| format!(", seed {seed}"));
    ui.label(format!("After step {}{seed}", number::count(steps)));
    let quiet = colors(ui.visuals()).quiet;
    Grid::new("racers").num_columns(4).min_col_width(0.0).min_row_height(0.0).spacing(vec2(10.0, 1.0)).show(ui, |ui| {
        for (line, texts) in columns_at(racers, window).into_iter().enumerate() {
            // The first says what the columns are.
            let place = line.checked_sub(1).map(|index| racers[index].0);
            for (column, text) in texts.into_iter().enumerate() {
                let text = RichText::new(text);
                ui.label(match (place, column) {
                    (Some(place), 0) => text.font(theme::semibold(CARD)).color(racer_color(ui, place)),
                    (Some(_), _) => text,
                    (None, _) => text.color(quiet),
                });
            }
            ui.end_row();
        }
    });
}

/// A text that begins with the letter of a racer, in the colour of its curve.
fn lettered_ui(ui: &mut Ui, place: Option<usize>, text: &str) {
    let (letter, rest) = text.split_at(usize::from(place.is_some()));
    let mut job = LayoutJob::default();
    if let Some(place) = place {
        job.append(letter, 0.0, TextFormat::simple(theme::semibold(CARD), racer_color(ui, place)));
    }
    job.append(rest, 0.0, TextFormat::simple(theme::regular(CARD), colors(ui.visuals()).text));
    ui.label(job);
}

/// The colour of a racer's curve.
fn racer_color(ui: &Ui, place: usize) -> Color32 {
    theme::color(palette::racer(place, theme::background(ui.visuals())))
}

/// What begins a race that has made no step, in the middle of where it will be.
fn how_it_begins_ui(ui: &mut Ui, place: Rect, racers: usize) {
    let colors = *colors(ui.visuals());
    let key = Action::PlayOrStop.key(ui).unwrap_or_default();
    let what = if racers > 1 { "race" } else { "training" };
    let text = RichText::new(format!("Train ({key}) begins the {what}.")).font(theme::regular(14.0)).color(colors.text);
    let galley = WidgetText::from(text).into_galley(ui, None, place.width() - 16.0, FontSelection::Default);
    let said = Rect::from_center_size(place.center(), galley.size());
    ui.painter().rect_filled(said.expand2(vec2(8.0, 4.0)), 4.0, colors.paper);
    ui.put(said.expand(1.0), Label::new(galley));
}
