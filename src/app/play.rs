//! A setting that moves by itself, to and fro, as a hand moves its slider: on an axis that shows all of its steps, and no faster than
//! there are pictures. Whatever else changes the experiment stops it; all of it is one step to undo.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Context;

use super::App;
use super::axis_hold::EASE;
use super::commands::Action;
use super::play_axis::PlayAxis;
use super::reach::motion;
use crate::engine::{Companion, Job, Measurement, Request};
use crate::experiment::{Experiment, Meaning};
use crate::figure::{AxisMap, Figure, ViewName};
use crate::number;
use crate::sweep::{Around, SweptSetting, around, ends};

/// What is played, and what was played last.
#[derive(Default)]
pub struct Play {
    now: Option<Playing>,
    last: Option<SweptSetting>,
}

struct Playing {
    setting: SweptSetting,
    around: Around,
    /// Where it turns.
    ends: Option<(f64, f64)>,
    /// Where among them what is set stands.
    at: usize,
    is_rising: bool,
    /// Since when it stands there, by the window's clock.
    since: f64,
    axis: PlayAxis,
    /// Since when that is looked for.
    axis_since: Instant,
}

/// Seconds that are given to finding out how far the axis has to reach: to all of it where the ends are known, and to the ends. While
/// there is nothing else to measure, these come at once.
const FOR_AXIS: Duration = Duration::from_secs(1);
const FOR_ENDS: Duration = Duration::from_secs(6);
/// Seconds for a step at least, where nothing is to move by itself.
const STEP_BY_STEP: f64 = 1.0;

impl Play {
    /// Takes note of what was measured, in case it is a step.
    pub fn note(&mut self, measurement: &Arc<Measurement>) {
        if let Some(playing) = &mut self.now {
            playing.axis.note(measurement);
        }
    }

    /// Takes what was measured of steps since the last frame; returns whether anything is played.
    pub fn take(&mut self, job: &mut Job<Request, Companion>) -> bool {
        let Some(playing) = &mut self.now else { return false };
        if let Some(news) = job.take().filter(|news| news.is_newest) {
            match news.found {
                Some(measurement) => playing.axis.note(&measurement),
                None => playing.axis.stand(),
            }
        }
        true
    }

    /// Steps that decide how far the axis reaches, once it stands.
    pub fn furthest(&self) -> &[Arc<Measurement>] {
        self.now.as_ref().map_or(&[], |playing| playing.axis.furthest())
    }
}

impl Playing {
    /// What it set last.
    fn experiment(&self) -> &Experiment {
        &self.around.steps[self.at].1
    }

    /// Goes to the next step, and turns at the ends.
    fn go_on(&mut self) {
        let last = self.around.steps.len() - 1;
        self.is_rising = if self.is_rising { self.at < last } else { self.at == 0 };
        self.at = if self.is_rising { self.at + 1 } else { self.at - 1 };
    }

    /// Seconds for a step at least: numbers glide, another network is looked at for a moment.
    fn pace(&self) -> f64 {
        match self.setting {
            SweptSetting::Sigma | SweptSetting::Bias => 1.0 / 15.0,
            SweptSetting::Depth | SweptSetting::Seed => 0.5,
        }
    }
}

impl App {
    /// What is played.
    pub fn played(&self) -> Option<SweptSetting> {
        self.play.now.as_ref().map(|playing| playing.setting)
    }

    /// Whether a setting can be played.
    pub(super) fn can_play(&self, setting: SweptSetting) -> bool {
        self.given.now().is_none() && setting.value(&self.experiment).is_some()
    }

    /// What a key plays: what was played last, if it still can be.
    fn to_play(&self) -> Option<SweptSetting> {
        let all = self.play.last.into_iter().chain(SweptSetting::ALL);
        all.into_iter().find(|setting| self.can_play(*setting))
    }

    /// Whether there is something to play, or to stop.
    pub(super) fn can_play_or_stop(&self) -> bool {
        self.played().is_some() || self.to_play().is_some()
    }

    /// Plays a setting, or none if that one is played.
    pub(super) fn toggle_play(&mut self, ctx: &Context, setting: SweptSetting) {
        let played = self.played();
        self.stop_playing();
        if played != Some(setting) {
            self.start_playing(ctx, setting);
        }
    }

    /// Plays what was played last, or stops.
    pub(super) fn play_or_stop(&mut self, ctx: &Context) {
        if let Some(setting) = self.played().or(self.to_play()) {
            self.toggle_play(ctx, setting);
        }
    }

    fn start_playing(&mut self, ctx: &Context, setting: SweptSetting) {
        let Some(around) = around(setting, &self.experiment) else { return };
        // What was set until now is what undo comes back to.
        self.note_step(Instant::now());
        let since = ctx.input(|input| input.time);
        self.play.last = Some(setting);
        let ends = ends(setting, &self.experiment);
        let axis = PlayAxis::new(&around, self.shown.layers);
        self.play.now = Some(Playing {
            setting,
            at: around.start,
            around,
            ends,
            is_rising: true,
            since,
            axis,
            axis_since: Instant::now(),
        });
        self.note_step_in_sight();
    }

    fn note_step_in_sight(&mut self) {
        if let Some(figure) = &self.figure {
            self.play.note(&figure.measurement);
        }
    }

    /// The axes that show all of what is played, once they stand, with a figure's columns.
    pub(super) fn axes_of_play(&self, figure: &Figure) -> Option<AxisMap> {
        let axes = self.play.now.as_ref()?.axis.axes()?;
        Some(axes.clone().with_columns_of(figure.axes()))
    }

    /// Asks for the steps that are still to be measured, so that the axis stands before anything moves; returns whether anything is
    /// played.
    pub(super) fn want_steps_of_play(&mut self) -> bool {
        let view = self.shown.layers;
        let is_in_sight = self.has_axis_of_play();
        let Some(playing) = &mut self.play.now else { return false };
        if playing.axis.view() != view {
            playing.axis = PlayAxis::new(&playing.around, view);
            playing.axis_since = Instant::now();
            self.note_step_in_sight();
        } else if !is_in_sight {
            playing.axis_since = Instant::now();
        }
        let next = self.play.now.as_ref().filter(|_| is_in_sight).and_then(|playing| playing.axis.next());
        match next {
            Some(request) => self.jobs.trials.want(request),
            None => self.jobs.trials.give_up(),
        }
        true
    }

    /// Whether what is in sight has the axis of what is played.
    fn has_axis_of_play(&self) -> bool {
        matches!(self.shown.view, ViewName::Layers | ViewName::Compare)
    }

    /// Plays nothing any more; what was set last stays. Returns whether something was played.
    pub(super) fn stop_playing(&mut self) -> bool {
        let Some(playing) = self.play.now.take() else { return false };
        // A change by hand is a step of its own.
        self.note_step_to(Instant::now(), playing.experiment().clone());
        true
    }

    /// Sets the next value, when the picture of the last one has been seen for a moment; asks for a frame when that will be so.
    pub(super) fn play_on(&mut self, ctx: &Context) {
        let (is_drawn, has_axis) = (self.is_current(), self.has_axis_of_play());
        let Some(playing) = &mut self.play.now else { return };
        if *playing.experiment() != self.experiment || self.jobs.engine.failure().is_some() {
            self.stop_playing();
            return;
        }
        let now = ctx.input(|input| input.time);
        if has_axis && !playing.axis.stands() {
            // Once it stands, it goes there before anything moves.
            playing.since = now + if motion::is_on(ctx) { EASE } else { 0.0 };
            let given = if playing.axis.has_ends() { FOR_AXIS } else { FOR_ENDS };
            match given.checked_sub(playing.axis_since.elapsed()) {
                Some(left) => ctx.request_repaint_after(left),
                None => playing.axis.stand(),
            }
            return;
        }
        // Where nothing is to glide, each step is looked at for a moment.
        let pace = if motion::is_on(ctx) { playing.pace() } else { playing.pace().max(STEP_BY_STEP) };
        let left = playing.since + pace - now;
        if left > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
        } else if is_drawn {
            playing.go_on();
            playing.since = ctx.input(|input| input.time);
            self.experiment = playing.experiment().clone();
            self.remembered.note(&self.experiment);
            ctx.request_repaint();
        }
    }

    /// What a setting is called beside its button, and from where to where it would go.
    pub(super) fn play_words(&self, setting: SweptSetting) -> (&'static str, String) {
        let has_sigma = self.experiment.initializer.number(Meaning::Sigma).is_some();
        let (name, written): (_, fn(f64) -> String) = match setting {
            SweptSetting::Sigma if has_sigma => ("σ", number::sigma),
            SweptSetting::Sigma => ("Gain on σ", number::plain),
            SweptSetting::Depth => ("Hidden layers", number::plain),
            SweptSetting::Bias => ("Bias", number::plain),
            SweptSetting::Seed => ("Seed", number::plain),
        };
        let playing = self.play.now.as_ref().filter(|playing| playing.setting == setting);
        let ends = match playing {
            Some(playing) => playing.ends,
            None => ends(setting, &self.experiment),
        };
        let ends =
            ends.map_or_else(String::new, |(first, last)| format!("from {} to {}", written(first), written(last)));
        (name, ends)
    }

    /// What is played, in a sentence.
    pub(super) fn said_of_play(&self, ctx: &Context) -> Option<String> {
        let (name, ends) = self.play_words(self.played()?);
        let keys = [Action::PlayOrStop, Action::Stop].map(|action| action.key(ctx).unwrap_or_default());
        Some(format!("Playing {name} {ends}. Any change, {} or {} stops it.", keys[0], keys[1]))
    }
}
