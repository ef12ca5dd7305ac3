use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Context;

use super::racers::steps_of;
use crate::app::App;
use crate::app::commands::RacePace;
use crate::engine::race::{RaceWish, RacerFound};
use crate::engine::{Entrant, Look as WorkLook, Phase, Stoppable as _};
use crate::figure::training::letter;
use crate::figure::{Headline, Scene, ViewName};
use crate::lesson::Beginning;

/// How a race goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Going {
    /// Not at all.
    #[default]
    Still,
    /// To its end, at its pace.
    On,
    /// To this step, and no further.
    To(u64),
}

/// How soon it is looked whether a race has come to stand.
const COMING_TO_STAND: Duration = Duration::from_millis(10);
/// A picture of a race that is slowed down is no more often than this.
const TICK: f64 = 1.0 / 30.0;

impl App {
    /// Whether networks are being trained, or are about to be.
    pub fn is_racing(&self) -> bool {
        self.race.going != Going::Still
    }

    /// Whether the last step of a race that was stopped is still being made.
    pub(in crate::app) fn comes_to_stand(&self) -> bool {
        !self.is_racing() && self.jobs.race.worker().may_reply()
    }

    /// Whether they are trained to the end.
    pub(in crate::app) fn is_racing_on(&self) -> bool {
        self.race.going == Going::On
    }

    /// Whether networks that are to be trained are still looked at as they are drawn: losses, accuracies and units come first.
    pub(in crate::app) fn is_judged_before_race(&self) -> bool {
        self.is_racing() && self.race.going != Going::To(0) && self.furthest() == 0
    }

    /// Whether a race can go on.
    pub(in crate::app) fn can_race(&self) -> bool {
        let is_over = |(entrant, racer): &(Arc<Entrant>, Option<&RacerFound>)| {
            racer.is_some_and(|racer| racer.step >= steps_of(entrant) || racer.ended.is_some())
        };
        !self.racers().iter().all(is_over)
    }

    /// Whether what is played is the race.
    pub(in crate::app) fn plays_race(&self) -> bool {
        self.shown.view == ViewName::Training && self.played().is_none()
    }

    /// Lets the race go on, or stands it still.
    pub(in crate::app) fn toggle_race(&mut self, ctx: &Context) {
        if self.is_racing() {
            self.stand_still();
        } else {
            self.go(ctx, Going::On);
        }
    }

    /// Trains to the end, unless that is under way or done; what goes back to its start begins there.
    pub(in crate::app) fn race_to_end(&mut self, ctx: &Context) {
        if !self.is_racing_on() && (self.is_racing() || self.can_race()) {
            self.go(ctx, Going::On);
        }
    }

    /// Opens what the command line asks for; a preset of a training shows nothing before it goes on.
    pub fn begin_with(&mut self, ctx: &Context, scene: Scene, Beginning { guesses, is_preset, .. }: Beginning) {
        self.open_scene_of(scene, guesses);
        if is_preset && self.shown.view == ViewName::Training && !self.is_racing() {
            self.toggle_race(ctx);
        }
    }

    /// Makes one step; those that are behind come to the same.
    pub(in crate::app) fn step_race(&mut self, ctx: &Context) {
        let next = self.furthest() + 1;
        self.go(ctx, Going::To(next));
    }

    /// Goes back to before the first step.
    pub(in crate::app) fn rewind_race(&mut self, ctx: &Context) {
        if self.has_race() {
            self.go(ctx, Going::To(0));
        }
    }

    /// Goes at another pace from now on.
    pub(in crate::app) fn pace_race(&mut self, ctx: &Context, pace: RacePace) {
        self.race.pace = pace;
        self.race.since = (ctx.input(|input| input.time), self.furthest());
    }

    fn go(&mut self, ctx: &Context, going: Going) {
        if let Some(sentence) = self.unfit() {
            self.notice = Some(sentence);
            return;
        }
        // What goes on without a lesson is one's own.
        self.race.is_of_lesson &= self.has_lesson();
        self.race.going = going;
        self.race.looked_at = None;
        self.race.begun_anew = None;
        self.race.started = None;
        self.pace_race(ctx, self.race.pace);
        // Whoever was stopped, or failed, is asked anew.
        if self.jobs.race.failure().is_some() {
            self.jobs.race.give_up();
        }
        self.jobs.race.go_on();
    }

    /// Makes no step any more; what is found stays.
    pub(in crate::app) fn stand_still(&mut self) {
        self.race.going = Going::Still;
        self.jobs.race.stop();
    }

    /// What the race is to come to now, at its pace.
    fn target(&mut self, ctx: &Context) -> u64 {
        match (self.race.going, self.race.pace) {
            (Going::To(step), _) => step,
            (_, RacePace::Fast) => u64::MAX,
            (_, RacePace::PerSecond(steps)) => {
                let (since, from) = self.race.since;
                let now = ctx.input(|input| input.time);
                // The first at once.
                let due = from + 1 + ((now - since).max(0.0) * f64::from(steps)) as u64;
                // What could not be made in time is not made up for.
                let most = self.furthest() + (f64::from(steps) * TICK).ceil() as u64;
                if due > most {
                    self.race.since = (now, most - 1);
                }
                due.min(most)
            }
        }
    }

    /// Asks for the race that is wanted, if one is going on; looks again when the next step is due.
    pub(in crate::app) fn want_race(&mut self, ctx: &Context) {
        self.take_race_back();
        if self.comes_to_stand() {
            ctx.request_repaint_after(COMING_TO_STAND);
        }
        if self.waits_to_change_rate(ctx) || !self.is_racing() {
            return;
        }
        let mut entrants: Vec<_> = self.entrants().iter().map(|entrant| (**entrant).clone()).collect();
        let asked = self.jobs.race.asked().map(|asked| asked.entrants.clone());
        let is_moving = ctx.dragged_id().is_some() || self.played().is_some();
        match asked {
            // A hand that has not let go of a setting asks for nothing yet.
            Some(asked) if is_moving && asked != entrants => entrants = asked,
            _ if self.unfit().is_some() => {
                self.notice = self.unfit();
                self.stand_still();
                return;
            }
            _ => self.say_who_begins_anew(&entrants),
        }
        // One that is further than wanted would begin again.
        let target =
            if self.race.going == Going::On { self.target(ctx).max(self.furthest()) } else { self.target(ctx) };
        self.jobs.race.want(RaceWish { entrants, target, stop_at_loss: None, number: self.race_number() });
        if self.race.started.is_none() {
            self.race.started = self.jobs.race.number().map(|number| (number, Instant::now()));
        }
        if let (Going::On, RacePace::PerSecond(steps)) = (self.race.going, self.race.pace) {
            ctx.request_repaint_after(Duration::from_secs_f64((1.0 / f64::from(steps)).max(TICK)));
        }
    }

    /// Says which racers begin from their start, where others go on or were asked for before.
    fn say_who_begins_anew(&mut self, entrants: &[Entrant]) {
        let Some(asked) = self.jobs.race.asked().filter(|asked| asked.entrants != entrants) else { return };
        let racers = self.racers();
        let new: Vec<_> = (0..racers.len()).filter(|place| racers[*place].1.is_none()).collect();
        let is_added = asked.entrants.len() < entrants.len();
        let begins = if is_added { "begins" } else { "begins again" };
        let letters: Vec<_> = new.iter().map(|place| letter(*place).to_string()).collect();
        self.race.begun_anew = match (&new[..], &letters[..]) {
            ([one], [name]) => {
                let subject = racers[*one].0.begins_as();
                let is_known = asked.entrants.iter().any(|entrant| entrant.begins_with(&subject));
                let law = Headline::of(&subject).law;
                let how = if is_known { "with another training".to_owned() } else { format!("as {law}") };
                let who = if racers.len() > 1 { name } else { "The network" };
                Some(format!("{who} {begins} {how}."))
            }
            (all, _) if all.len() == racers.len() && !is_added => Some("All networks begin again.".to_owned()),
            (_, [first @ .., last]) => {
                Some(format!("{} and {last} {}.", first.join(", "), begins.replace("begins", "begin")))
            }
            (_, []) => None,
        };
    }

    /// Takes what the trainer has to say.
    pub(in crate::app) fn take_race(&mut self) {
        let news = self.jobs.race.take();
        if let Some(news) = &news {
            self.note_aside(news);
        }
        if let Some(news) = news
            && news.found.is_none()
            && news.is_newest
            && let Some(failure) = self.jobs.race.failure()
        {
            self.notice = Some(failure.to_string());
            self.race.going = Going::Still;
        }
        let is_there = self.jobs.race.is_answered()
            && self.jobs.race.asked().is_some_and(|asked| self.are_entrants(asked.entrants.iter()));
        match self.race.going {
            Going::To(_) if is_there => self.race.going = Going::Still,
            Going::On if is_there && !self.can_race() => self.race.going = Going::Still,
            _ => {}
        }
        self.look_at_race();
    }

    /// About how many seconds the race still takes, once that can be known.
    pub(in crate::app) fn seconds_of_race(&mut self) -> Option<f64> {
        let (mut done, mut left, mut longest) = (0, 0, 0);
        for (entrant, racer) in self.racers() {
            let step = racer.map_or(0, |racer| racer.step);
            let missing = if racer.is_some_and(|racer| racer.ended.is_some()) {
                0
            } else {
                steps_of(&entrant).saturating_sub(step)
            };
            done += step;
            left += missing;
            longest = longest.max(missing);
        }
        if let RacePace::PerSecond(steps) = self.race.pace {
            return Some(longest as f64 / f64::from(steps));
        }
        let look = WorkLook { phase: Phase::Passes, done, left };
        let started = self.race.started?;
        self.race.time_left.look(started, look, Instant::now())
    }
}
