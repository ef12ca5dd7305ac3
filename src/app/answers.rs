use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::App;
use super::patience::{PATIENCE, Patience};
use crate::engine::{Failure, Measurement, Phase, Request, Stoppable as _};
use crate::experiment::{Data, Inputs, Split};

/// When the engine was asked, and how long the pictures took.
#[derive(Default)]
pub struct Answers {
    /// The request that the newest measurement answers, and the one that what is drawn does.
    taken: u64,
    drawn: u64,
    /// The last request, and when it was made.
    newest: Option<(u64, Instant)>,
    /// When the last requests were made, but for those at leisure.
    since: VecDeque<(u64, Instant)>,
    /// A measurement that arrived and is not painted yet: its request, and whether all images are in.
    fresh: Option<(u64, bool)>,
    /// The last request that failed.
    failed: Option<u64>,
    /// Whether something was being dragged or played in the last frame.
    dragged: bool,
    /// What was being done when somebody stopped it.
    stopped: Option<Phase>,
    /// Whether frames wait for the first answer to what was set in them, and for further ones.
    first: Patience,
    further: Patience,
    /// How long the pictures of the newest answered request took.
    pub timing: Option<Timing>,
}

/// Time from a change to its pictures.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    request: u64,
    /// To the first picture, of some images at least.
    pub first: Duration,
    /// To the picture of all images.
    pub all: Option<Duration>,
}

/// Requests whose time is remembered: older ones were replaced long ago.
const REMEMBERED: usize = 64;
/// An answer that takes longer than this is announced.
pub const NOTICEABLE: Duration = Duration::from_millis(300);

impl App {
    /// Asks for what the controls have just said, and waits a moment for an answer where one is likely to come: so it is seen in
    /// this very frame.
    pub(super) fn answer_at_once(&mut self, ctx: &egui::Context) {
        let is_new = self.jobs.engine.asked().is_none_or(|asked| asked.subject != self.subject());
        let is_open = if is_new { self.ask(ctx) } else { self.jobs.engine.is_open() };
        let patience = if is_new { &mut self.answers.first } else { &mut self.answers.further };
        if is_open && patience.is_there() {
            let Some(request) = self.jobs.engine.number() else { return };
            patience.learn(self.jobs.engine.worker().wait_for(request, PATIENCE));
            self.take_answers();
        }
    }

    /// The same for what was set since, further down in the frame; what was drawn meanwhile is drawn once more.
    pub(super) fn answer_what_is_new(&mut self, ctx: &egui::Context) {
        if self.jobs.engine.asked().is_some_and(|asked| asked.subject != self.subject()) {
            self.answer_at_once(ctx);
            if self.has_side() {
                ctx.request_repaint();
            }
        }
    }

    /// Asks the engine for what the controls say and the window shows, if that is new; when it is there, and nothing is being
    /// dragged, for what it is good to know. Returns whether it asked.
    pub(super) fn ask(&mut self, ctx: &egui::Context) -> bool {
        let mut quantities = self.wanted();
        let subject = self.subject();
        let mut at_leisure = false;
        let is_moving = ctx.dragged_id().is_some() || self.played().is_some() || self.is_live();
        let dragged = std::mem::replace(&mut self.answers.dragged, is_moving);
        if let Some(asked) = self.jobs.engine.asked() {
            if asked.subject == subject {
                let knows = |quantities| {
                    self.newest
                        .as_ref()
                        .is_some_and(|known| known.is_exact() && known.subject == subject && known.has(quantities))
                };
                // What is known already stays; what is being measured and no longer looked at does not.
                if asked.at_leisure || knows(asked.quantities) {
                    quantities = asked.quantities.and(quantities);
                }
                if quantities == asked.quantities {
                    let known = knows(quantities);
                    quantities = quantities.and(self.wanted_at_leisure());
                    if quantities == asked.quantities || !known || self.answers.dragged {
                        return false;
                    }
                    at_leisure = true;
                }
            } else {
                // The last step of a drag comes when it is over.
                if !dragged {
                    self.what_you_see.change_anew();
                }
            }
        }
        self.send(Request { subject, quantities, at_leisure });
        // If no answer brings a frame until then, one says what is being done.
        ctx.request_repaint_after(NOTICEABLE);
        true
    }

    fn send(&mut self, asked: Request) {
        let at_leisure = asked.at_leisure;
        let request = self.jobs.engine.ask(asked);
        self.note_request(request, at_leisure);
    }

    fn note_request(&mut self, request: u64, at_leisure: bool) {
        let now = Instant::now();
        self.answers.newest = Some((request, now));
        if at_leisure {
            return;
        }
        self.answers.since.push_back((request, now));
        if self.answers.since.len() > REMEMBERED {
            self.answers.since.pop_front();
        }
    }

    /// Gives up what is still missing.
    pub(super) fn stop_engine(&mut self) {
        if let Some((_, _, look)) = self.underway() {
            self.answers.stopped = Some(look.phase);
            self.jobs.engine.stop();
        }
    }

    /// Asks once more for what was stopped: what is known of it already is kept.
    pub(super) fn go_on_with_engine(&mut self) {
        if self.can_go_on_with_engine() {
            self.jobs.engine.go_on();
            let at_leisure = self.jobs.engine.asked().is_some_and(|asked| asked.at_leisure);
            if let Some(request) = self.jobs.engine.number() {
                self.note_request(request, at_leisure);
            }
        }
    }

    /// What was being done when somebody stopped what was asked for last.
    pub(super) fn held_at(&self) -> Option<Phase> {
        self.answers.stopped.filter(|_| self.jobs.engine.is_held())
    }

    /// Whether the newest request asks for gradients.
    pub(super) fn asks_for_gradients(&self) -> bool {
        self.jobs.engine.asked().is_some_and(|asked| asked.quantities.gradients)
    }

    /// Takes what the engine has to say.
    pub(super) fn take_answers(&mut self) {
        let Some(news) = self.jobs.engine.take() else { return };
        match (news.found, self.jobs.engine.failure()) {
            (Some(measurement), _) => {
                let exact = measurement.is_exact();
                if !self.is_news(&measurement) {
                    // What is drawn says all of it already.
                    if self.is_current() && measurement.subject == self.subject() {
                        self.answers.fresh = Some((news.request, exact));
                    }
                    return;
                }
                self.answers.taken = news.request;
                // One without what is to be shown, gradients say, is no picture yet.
                if self.show(measurement) {
                    self.answers.fresh = Some((news.request, exact));
                }
            }
            (None, Some(failure)) if news.is_newest => {
                let is_of_data = matches!(failure, Failure::Data(_));
                self.notice = Some(failure.to_string());
                self.answers.failed = Some(news.request);
                if is_of_data {
                    self.keep_previous_data();
                }
            }
            (None, _) => {}
        }
    }

    /// Whether a measurement that has come is to be shown. What is known of what is set stays until there is more: an answer
    /// to what was set in between, and one of fewer images than are known, come too late.
    fn is_news(&self, measurement: &Measurement) -> bool {
        let subject = self.subject();
        let Some(known) = self.newest.as_ref().filter(|known| known.subject == subject) else { return true };
        // What somebody stopped stands still, though an answer was on its way.
        let is_more = !self.jobs.engine.is_held() && !known.covers(measurement);
        measurement.subject == subject && (measurement.is_exact() || is_more)
    }

    /// After images could not be read: back to those that are on the screen. What was typed stays, to be mended.
    fn keep_previous_data(&mut self) {
        let previous = match &self.figure {
            Some(figure) => figure.measurement.experiment().inputs.clone(),
            None => Inputs { data: Data::Mnist, split: Split::Test, ..self.experiment.inputs.clone() },
        };
        let inputs = &mut self.experiment.inputs;
        if (&previous.data, previous.split) != (&inputs.data, inputs.split) {
            let images = inputs.images.min(previous.available());
            let unread = std::mem::replace(inputs, Inputs { images, ..previous.clone() });
            self.history.forget_inputs(&unread, &previous);
            self.folder.failed = true;
        }
    }
}

impl Answers {
    /// The frame is done: what arrived before it is a picture now.
    pub fn painted(&mut self, now: Instant) {
        let Some((request, exact)) = self.fresh.take() else { return };
        let Some(&(_, since)) = self.since.iter().find(|(asked, _)| *asked == request) else { return };
        let took = now.saturating_duration_since(since);
        let all = exact.then_some(took);
        self.timing = Some(match self.timing {
            Some(timing) if timing.request == request => Timing { all, ..timing },
            _ => Timing { request, first: took, all },
        });
    }

    /// How long the newest request has been waiting for any answer of its own; `None` if it has one.
    pub fn waiting(&self, now: Instant) -> Option<Duration> {
        let &(newest, since) = self.since.back()?;
        let answered = self.timing.is_some_and(|timing| timing.request == newest) || self.failed == Some(newest);
        (!answered).then(|| now.saturating_duration_since(since))
    }

    /// What is drawn is the newest measurement.
    pub fn draw(&mut self) {
        self.drawn = self.taken;
    }

    /// The request that what is drawn answers.
    pub fn drawn(&self) -> u64 {
        self.drawn
    }

    /// The newest request, and when it was made.
    pub fn newest(&self) -> Option<(u64, Instant)> {
        self.newest
    }
}
