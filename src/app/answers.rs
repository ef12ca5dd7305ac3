use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::App;
use crate::engine::{Measurement, Phase, Request};
use crate::experiment::{Data, Inputs, Split};

/// What was asked of the engine and when, and how long the pictures took.
#[derive(Default)]
pub struct Answers {
    /// What was asked for last, and its number.
    asked: Option<(u64, Request)>,
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
    /// Whether something was being dragged in the last frame.
    dragged: bool,
    /// The last request that somebody stopped, and what was being done.
    stopped: Option<(u64, Phase)>,
    /// The next change is not the user's: what is said stays.
    keep_notice: bool,
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

impl App {
    /// Asks the engine for what the controls say and the window shows, if that is new; when it is there, and nothing is being
    /// dragged, for what it is good to know. Returns whether it asked.
    pub(super) fn ask(&mut self, ctx: &egui::Context) -> bool {
        let mut quantities = self.wanted();
        let subject = self.subject();
        let mut at_leisure = false;
        let dragged = std::mem::replace(&mut self.answers.dragged, ctx.dragged_id().is_some());
        if let Some((_, asked)) = &self.answers.asked {
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
                if !std::mem::take(&mut self.answers.keep_notice) {
                    // What went wrong before is no longer what is set.
                    self.notice = None;
                }
                // The last step of a drag comes when it is over.
                if !dragged {
                    self.what_you_see.change_anew();
                }
            }
        }
        self.send(Request { subject, quantities, at_leisure });
        true
    }

    /// Asks once more for what was asked for last: what is known of it already is kept.
    pub(super) fn ask_again(&mut self) {
        if let Some((_, asked)) = self.answers.asked.take() {
            self.send(asked);
        }
    }

    fn send(&mut self, asked: Request) {
        let now = Instant::now();
        let request = self.engine.request(asked.clone());
        let at_leisure = asked.at_leisure;
        self.answers.asked = Some((request, asked));
        self.answers.newest = Some((request, now));
        if at_leisure {
            return;
        }
        self.answers.since.push_back((request, now));
        if self.answers.since.len() > REMEMBERED {
            self.answers.since.pop_front();
        }
    }

    /// Takes what the engine has to say.
    pub(super) fn take_answers(&mut self, ctx: &egui::Context) {
        let Some(answer) = self.engine.take_answer() else { return };
        ctx.request_repaint();
        match answer.result {
            Ok(measurement) => {
                let exact = measurement.is_exact();
                if !self.is_news(&measurement) {
                    // What is drawn says all of it already.
                    if self.is_current() && measurement.subject == self.subject() {
                        self.answers.fresh = Some((answer.request, exact));
                    }
                    return;
                }
                self.answers.taken = answer.request;
                // One without what is to be shown, gradients say, is no picture yet.
                if self.show(measurement) {
                    self.answers.fresh = Some((answer.request, exact));
                }
            }
            Err(sentence) if self.answers.is_newest(answer.request) => {
                self.notice = Some(sentence);
                self.answers.failed = Some(answer.request);
                self.keep_previous_data();
            }
            Err(_) => {}
        }
    }

    /// Whether a measurement that has come is to be shown. What is known of what is set stays until there is more: an answer
    /// to what was set in between, and one of fewer images than are known, come too late.
    fn is_news(&self, measurement: &Measurement) -> bool {
        let subject = self.subject();
        let Some(known) = self.newest.as_ref().filter(|known| known.subject == subject) else { return true };
        measurement.subject == subject && (measurement.is_exact() || !known.covers(measurement))
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
            self.answers.keep_notice = true;
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

    /// Whether the newest request asks for gradients.
    pub fn asks_for_gradients(&self) -> bool {
        self.asked.as_ref().is_some_and(|(_, asked)| asked.quantities.gradients)
    }

    /// Somebody stopped a request while this was being done.
    pub fn stop(&mut self, request: u64, phase: Phase) {
        self.stopped = Some((request, phase));
    }

    /// What was being done for the newest request when somebody stopped it.
    pub fn stopped_at(&self) -> Option<Phase> {
        self.stopped.filter(|(request, _)| self.is_newest(*request)).map(|(_, phase)| phase)
    }

    fn is_newest(&self, request: u64) -> bool {
        self.asked.as_ref().is_some_and(|(newest, _)| *newest == request)
    }
}
