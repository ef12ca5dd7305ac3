use std::time::{Duration, Instant};

use egui::{Button, RichText, Ui};

use super::App;
use super::commands::Action;
use super::theme;
use super::time_left;
use crate::engine::{Look, Measurement, Phase};

/// How far the jobs in sight are, where that is worth a word.
#[derive(Clone, Copy)]
pub enum Progress {
    /// The engine has been working for more than a second, at this, and about so many seconds are left, if that is known.
    Working(Phase, Option<f64>),
    /// Data of the user's own are being read, this share of them.
    Reading(f64),
    /// Networks that are to be trained are judged before their first step.
    BeforeTraining,
    /// Networks are being trained, for about so many seconds more, if that is known.
    Training(Option<f64>),
    /// Networks are being trained with other seeds: those that are done, all, and for about so many seconds more.
    Repeating(usize, usize, Option<f64>),
    /// The engine was stopped at this.
    Stopped(Phase),
    /// The file of a network is being read.
    Opening,
    /// Another job, which its view says nothing of, is doing this, or was stopped while it did.
    Beside { doing: &'static str, is_held: bool },
}

/// What takes longer has its progress shown.
const LONG: Duration = Duration::from_secs(1);
/// Between two pictures of progress.
const GLIMPSE: Duration = Duration::from_millis(250);

impl App {
    /// How far it is; looks again as long as that changes.
    pub(super) fn progress(&mut self, ui: &Ui) -> Option<Progress> {
        if let Some((since, share)) = self.data_reading.progress() {
            let age = since.elapsed();
            ui.request_repaint_after(if age < LONG { LONG - age } else { GLIMPSE });
            if age >= LONG {
                return Some(Progress::Reading(share));
            }
        }
        if self.is_opening_for(LONG, ui) {
            return Some(Progress::Opening);
        }
        if self.is_judged_before_race() {
            return Some(Progress::BeforeTraining);
        }
        if self.is_racing_on() {
            return Some(Progress::Training(self.seconds_of_race()));
        }
        if let Some(phase) = self.stopped_at() {
            return Some(Progress::Stopped(phase));
        }
        let Some((request, since, look)) = self.underway() else {
            if let Some((done, all, left)) = self.progress_of_repeats() {
                return Some(Progress::Repeating(done, all, left));
            }
            return self.progress_beside(ui);
        };
        let now = Instant::now();
        let age = now.saturating_duration_since(since);
        if age < LONG {
            ui.request_repaint_after(LONG - age);
            return None;
        }
        ui.request_repaint_after(GLIMPSE);
        let seconds = self.time_left.look((request, since), look, now);
        Some(Progress::Working(look.phase, seconds))
    }

    /// How far a job is that works beside the engine.
    fn progress_beside(&self, ui: &Ui) -> Option<Progress> {
        let (doing, is_held, since) = self.job_to_tell_of()?;
        let age = Instant::now().saturating_duration_since(since);
        if !is_held && age < LONG {
            ui.request_repaint_after(LONG - age);
            return None;
        }
        Some(Progress::Beside { doing, is_held })
    }

    /// The newest request, since when it is there, and how far it is; `None` if everything asked for is there.
    pub(super) fn underway(&self) -> Option<(u64, Instant, Look)> {
        let (request, since) = self.answers.newest()?;
        let look = self.jobs.engine.worker().look().filter(|_| !self.is_answered())?;
        Some((request, since, look))
    }

    /// What was being done when somebody stopped it, if something is missing since.
    fn stopped_at(&self) -> Option<Phase> {
        self.held_at().filter(|_| !self.is_answered())
    }

    /// Whether the engine's measurement can be stopped.
    pub(super) fn can_stop_engine(&self) -> bool {
        self.stopped_at().is_none() && self.underway().is_some()
    }

    /// Whether it was stopped, and can go on.
    pub(super) fn can_go_on_with_engine(&self) -> bool {
        self.stopped_at().is_some()
    }

    /// What progress is to be said behind the number of images.
    pub(super) fn progress_text(&self, progress: Progress) -> String {
        match progress {
            Progress::Working(phase, seconds) => match (self.doing(phase), seconds.map(time_left::said)) {
                (Some(doing), Some(left)) => format!("{doing}, {left}"),
                (Some(doing), None) => format!("{doing} …"),
                (None, left) => left.unwrap_or_else(|| "…".to_owned()),
            },
            Progress::Reading(share) => format!("reading the data, {:.0} %", (100.0 * share).floor()),
            Progress::Opening => "reading the file of a network …".to_owned(),
            Progress::BeforeTraining => "judging the networks before their first step …".to_owned(),
            Progress::Training(Some(seconds)) => format!("training, {}", time_left::said(seconds)),
            Progress::Training(None) => "training …".to_owned(),
            Progress::Repeating(done, all, left) => {
                let left = left.map_or_else(|| " …".to_owned(), |seconds| format!(", {}", time_left::said(seconds)));
                format!("training other seeds, {done} of {all} done{left}")
            }
            Progress::Beside { doing, is_held: false } => format!("{doing} …"),
            Progress::Beside { doing, is_held: true } => format!("stopped while {doing}"),
            Progress::Stopped(phase) => {
                self.doing(phase).map_or_else(|| "stopped".to_owned(), |doing| format!("stopped while {doing}"))
            }
        }
    }

    /// What stands where there is no picture yet.
    pub(super) fn no_picture_yet(&self) -> &'static str {
        if self.can_go_on_with_engine() {
            "Stopped before the first images were measured: press Enter to go on."
        } else {
            "Measuring the first images …"
        }
    }

    /// What is done beside counting images.
    fn doing(&self, phase: Phase) -> Option<&'static str> {
        Some(match phase {
            Phase::Images => "reading images",
            Phase::Weights => "drawing weights",
            Phase::Fit => "scaling weights by the images",
            // The picture is of all images, and something else of them is wanted.
            Phase::Passes if self.measured().is_some_and(Measurement::is_exact) && self.is_current() => {
                if self.asks_for_gradients() { "measuring gradients" } else { "measuring pre-activations" }
            }
            Phase::Passes if !self.is_current() => "measuring",
            Phase::Passes => return None,
            Phase::WeightGradients => "summing weight gradients",
            Phase::Quantiles => "finding quantiles",
            Phase::SpectralNorms => "finding norms of weights",
            Phase::Theory => "working out theory",
        })
    }

    /// Whether the picture is of what is set.
    pub(super) fn is_current(&self) -> bool {
        self.measured().is_some_and(|measured| measured.subject == self.subject())
    }
}

/// The button that stops, or goes on; returns what is to be done.
pub(super) fn button_ui(ui: &mut Ui, progress: Progress) -> Option<Action> {
    let (label, action, hover) = match progress {
        Progress::Reading(_) => ("Stop", Action::Stop, "Stop reading, and keep the data from before."),
        Progress::Working(..)
        | Progress::BeforeTraining
        | Progress::Opening
        | Progress::Training(_)
        | Progress::Repeating(..)
        | Progress::Beside { is_held: false, .. } => {
            ("Stop", Action::Stop, "Stop here and keep what has been measured so far.")
        }
        Progress::Stopped(_) | Progress::Beside { is_held: true, .. } => {
            ("Go on", Action::GoOn, "Measure what is missing; what has been measured is kept.")
        }
    };
    let key = action.key(ui).unwrap_or_default();
    ui.spacing_mut().button_padding = egui::vec2(6.0, 0.0);
    let button = ui.add(Button::new(RichText::new(label).font(theme::regular(12.0))));
    button.on_hover_text(format!("{hover} Key: {key}")).clicked().then_some(action)
}
