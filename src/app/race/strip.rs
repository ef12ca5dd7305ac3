use egui::{Button, Frame, Margin, Panel, RichText, Slider, SliderClamping, Ui, pos2};

use crate::app::App;
use crate::app::commands::{Action, RacePace};
use crate::app::controls::row::{SLIDER_HEIGHT, handle, position, steady_button, tapped_at, value_at};
use crate::app::segments::menu_ui;
use crate::app::theme::{self, colors};
use crate::figure::ViewName;
use crate::figure::training::letter;
use crate::number;

/// A slider is no shorter than this; what stands beside it gives way.
const LEAST: f32 = 110.0;
/// Unless the step's number itself would have to.
const SHORTEST: f32 = 60.0;
/// Room for the choice of a speed.
const PACE: f32 = 150.0;

impl App {
    /// Has the controls of training opened where they are drawn next.
    pub(in crate::app) fn want_controls_of_training(&mut self) {
        self.race.controls_are_wanted = true;
    }

    /// Whether they are to be opened now.
    pub(in crate::app) fn takes_controls_of_training(&mut self) -> bool {
        std::mem::take(&mut self.race.controls_are_wanted)
    }

    /// How fast a race goes on.
    pub(in crate::app) fn pace(&self) -> RacePace {
        self.race.pace
    }

    /// A strip under the view: what lets the race go on, and the step that all views show.
    pub(in crate::app) fn race_strip_ui(&mut self, ui: &mut Ui) {
        // Where networks are trained it is how that begins.
        if !self.has_race() && self.shown.view != ViewName::Training {
            return;
        }
        let fill = colors(ui.visuals()).panel;
        let frame = Frame::new().fill(fill).inner_margin(Margin::symmetric(theme::MARGIN, 5));
        let shown = Panel::bottom("race").frame(frame).resizable(false).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().button_padding.x = 8.0;
                let clicked = self.race_buttons_ui(ui);
                self.time_slider_ui(ui);
                clicked
            })
            .inner
        });
        if let Some(action) = shown.inner {
            self.act(ui, action);
        }
    }

    /// Train or pause, a step, rewind, and how fast.
    pub(in crate::app) fn race_buttons_ui(&mut self, ui: &mut Ui) -> Option<Action> {
        let train = if self.is_racing() {
            ("Pause", "Pause the training; it goes on from where it is.", Action::Race)
        } else {
            ("Train", "Train these networks side by side.", Action::Race)
        };
        let step = ("Step", "Make one step.", Action::RaceStep);
        let rewind = ("Rewind", "Go back to the networks as they are drawn.", Action::RaceRewind);
        let mut clicked = None;
        let goes = self.is_racing() || self.can_race();
        for ((label, hover, action), is_of_use) in [(train, goes), (step, goes), (rewind, self.has_race())] {
            // What stands beside it does not move when it says another word.
            let all = if action == Action::Race { &["Train", "Pause"][..] } else { &[] };
            let button = steady_button(ui, label, all, theme::regular(13.0));
            let key = action.key(ui).map_or_else(String::new, |key| format!(" Key: {key}"));
            if ui.add_enabled(is_of_use, button).on_hover_text(format!("{hover}{key}")).clicked() {
                clicked = Some(action);
            }
        }
        if ui.available_width() > PACE + LEAST + ROOM_FOR_WORDS {
            let about = "How fast the training goes: as fast as it can, or slowly enough to be watched.";
            let choices = RacePace::ALL.map(|pace| (pace.label(), about, Action::Pace(pace)));
            let chosen = Action::Pace(self.pace());
            clicked = menu_ui(ui, ("Speed", self.pace().label(), self.pace().label(), about), &[&choices], &[chosen])
                .or(clicked);
        } else {
            self.no_room.unnamed.push("the speed");
        }
        clicked
    }

    /// The step that is looked at, from the start to the last step that there is to be.
    fn time_slider_ui(&mut self, ui: &mut Ui) {
        let quiet = colors(ui.visuals()).quiet;
        let total = self.steps_of_race().max(1);
        let label = ui.label(RichText::new("Step").color(quiet));
        let font = theme::regular(13.0);
        let wide = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), quiet).size().x;
        let room = ui.available_width();
        let all = number::count(total);
        let [long, short, brief] = self.said_of_step(total);
        let gap = ui.spacing().item_spacing.x;
        // It does not move as numbers grow.
        let whole = wide(&format!("{all} of {all}"));
        let [with_each, with_all] = [&long, &short].map(|said| wide(said).max(whole) + gap);
        let alone = wide(&brief).max(wide(&all)) + gap;
        let (said, width, least) = match room {
            _ if room > with_each + LEAST + NEWEST => (long, with_each, LEAST),
            _ if room > with_all + LEAST => (short, with_all, LEAST),
            _ => (brief, alone, SHORTEST),
        };
        let has_words = room > width + least;
        if !has_words {
            self.no_room.unnamed.push("the step’s number");
        }
        // What comes and goes with the step has its room always, and while the slider is held it is as long as before: else the
        // step under the pointer were another one as soon as it is shown.
        let newest = if room > width + LEAST + NEWEST { NEWEST } else { 0.0 };
        let can_have_start = self.shown.view == ViewName::Layers && room > width + LEAST + NEWEST + START;
        let has_start = can_have_start && self.is_after_start();
        let start = if can_have_start { START } else { 0.0 };
        let long = (room - newest - start - if has_words { width } else { 0.0 }).max(40.0);
        let is_held = self.race.slider.is_some_and(|(slider, _)| ui.ctx().is_being_dragged(slider));
        let long = self.race.slider.filter(|_| is_held).map_or(long, |(_, long)| long);
        ui.spacing_mut().slider_width = long;
        let mut value = self.step_in_sight() as f64;
        let slider = Slider::new(&mut value, 0.0..=total as f64).integer().clamping(SliderClamping::Always);
        ui.spacing_mut().interact_size.y = SLIDER_HEIGHT;
        let slider = ui.add(slider.show_value(false)).labelled_by(label.id);
        let at = position(slider.rect, &(0.0..=total as f64), false, value);
        handle(ui, &slider, pos2(at, slider.rect.center().y));
        let hover = "The step at which every view shows the networks. Weights are kept after the first steps and after every \
                     epoch: the nearest of these is shown. Arrow keys go from one to the next; in Training they do so without \
                     a click here, too. At the end it follows the newest.";
        // From then on keys are its own.
        if slider.drag_started() || slider.clicked() {
            slider.request_focus();
        }
        self.race.slider = Some((slider.id, long));
        match self.step_by_keys(ui, &slider) {
            Some(there) => self.look_at(Some(there)),
            None => match tapped_at(ui, &slider) {
                Some(at) => {
                    slider.request_focus();
                    self.move_to_step(value_at(slider.rect, &(0.0..=total as f64), false, at).round() as u64);
                }
                None if slider.changed() => self.move_to_step(value.round() as u64),
                None => {}
            },
        }
        slider.on_hover_text(hover);
        if has_words {
            ui.label(RichText::new(said).font(font).color(quiet));
        }
        if has_start {
            let key = Action::Start.key(ui).unwrap_or_default();
            let hover = format!("Draw what the layers were before their training, as outlines. Key: {key}");
            let button = Button::new(RichText::new("Start").font(theme::regular(12.0))).small();
            if ui.add(button.selected(self.has_start())).on_hover_text(hover).clicked() {
                self.act(ui, Action::Start);
            }
        }
        if newest > 0.0 && self.looked_at().is_some() {
            let hover = "Follow the newest weights again.";
            if ui.small_button("Newest").on_hover_text(hover).clicked() {
                self.act(ui, Action::Newest);
            }
        }
    }

    /// `1,024 of 1,875`; where networks are shown at different steps `A 1,875, B 0 of 1,875`, the same in short, and without what there
    /// is in all.
    fn said_of_step(&self, total: u64) -> [String; 3] {
        let of = |steps: String| format!("{steps} of {}", number::count(total));
        let steps = self.steps_in_sight();
        let (least, most) = (steps.iter().min().copied().unwrap_or(0), steps.iter().max().copied().unwrap_or(0));
        // While they are trained, each is now and then a little further than the others.
        let apart = if self.is_racing() { total / TOGETHER } else { 0 };
        if most - least <= apart {
            let step = number::count(self.step_in_sight());
            let said = of(step.clone());
            return [said.clone(), said, step];
        }
        let brief = format!("{} to {}", number::count(least), number::count(most));
        let short = of(brief.clone());
        if steps.len() > NAMED {
            return [short.clone(), short, brief];
        }
        let each = steps.iter().enumerate().map(|(place, step)| format!("{} {}", letter(place), number::count(*step)));
        [of(each.collect::<Vec<_>>().join(", ")), short, brief]
    }
}

/// Networks whose steps are named one by one.
const NAMED: usize = 4;
/// Racers that are no further apart than this part of the race are together.
const TOGETHER: u64 = 20;
/// Room for the words behind the slider, and for the button that follows them.
const ROOM_FOR_WORDS: f32 = 130.0;
const NEWEST: f32 = 66.0;
const START: f32 = 52.0;
