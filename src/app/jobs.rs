//! What is done in the background: every kind of job once, which of them are in sight, and what stops them and lets them go on.

use std::time::Instant;

use super::App;
use super::given::{JudgeWish, judge};
use super::job_name::JobName;
use super::views::view;
use crate::engine::{
    Companion, Engine, Failure, Job, OtherSeeds, RateTuner, Request, Resampler, Stoppable, TuneWish, Workers,
    landscape, race, units,
};
use crate::figure::ViewName;
use crate::opened_network::{FilesWish, opener};

/// All jobs.
pub struct Jobs {
    /// Measures what is set.
    pub engine: Job<Request, Engine>,
    /// Maps networks around it.
    pub survey: Job<landscape::Wanted, landscape::Surveyor>,
    /// Looks closer at one of its layers.
    pub units: Job<units::Wanted, units::Inspector>,
    /// Measures it with other seeds.
    pub seeds: Job<OtherSeeds, Resampler>,
    /// Measures what it is compared with.
    pub companion: Job<Request, Companion>,
    /// Measures what might help, or the steps of what is played.
    pub trials: Job<Request, Companion>,
    /// Measures presets, to show them in small.
    pub presets: Job<Request, Companion>,
    /// Reads networks of files.
    pub opener: Job<FilesWish>,
    /// Judges the present one.
    pub judge: Job<JudgeWish>,
    /// Trains networks side by side.
    pub race: Job<race::RaceWish, race::RaceTrainer>,
    /// Repeats that with other seeds.
    pub repeats: Job<race::SeedsWish, race::SeedTrainer>,
    /// Looks for their learning rates.
    pub tune: Job<TuneWish, RateTuner>,
    /// Since when a job in sight is open whose view does not say how far it is.
    open_since: Option<Instant>,
}

impl Jobs {
    /// Starts all who work; `wake` is called after every answer.
    ///
    /// # Errors
    /// If the system gives no threads.
    pub fn start(wake: impl Fn() + Clone + Send + 'static) -> Result<Self, Failure> {
        let (opener, judge) = (opener(wake.clone())?, judge(wake.clone())?);
        let workers = Workers::start(wake)?;
        let Workers { engine, surveyor, inspector, resampler, companion, trials, presets, .. } = workers;
        Ok(Self {
            engine: Job::new(engine),
            survey: Job::new(surveyor),
            units: Job::new(inspector),
            seeds: Job::new(resampler),
            companion: Job::new(companion),
            trials: Job::new(trials),
            presets: Job::new(presets),
            opener: Job::new(opener),
            judge: Job::new(judge),
            race: Job::new(workers.trainer),
            repeats: Job::new(workers.seed_trainer),
            tune: Job::new(workers.tuner),
            open_since: None,
        })
    }

    fn get(&self, name: JobName) -> &dyn Stoppable {
        match name {
            JobName::Survey => &self.survey,
            JobName::Units => &self.units,
            JobName::Seeds => &self.seeds,
            JobName::Companion => &self.companion,
            JobName::Repeats => &self.repeats,
            JobName::Rates => &self.tune,
        }
    }

    fn get_mut(&mut self, name: JobName) -> &mut dyn Stoppable {
        match name {
            JobName::Survey => &mut self.survey,
            JobName::Units => &mut self.units,
            JobName::Seeds => &mut self.seeds,
            JobName::Companion => &mut self.companion,
            JobName::Repeats => &mut self.repeats,
            JobName::Rates => &mut self.tune,
        }
    }
}

impl App {
    /// The jobs beside the engine's whose findings are in sight.
    fn jobs_in_sight(&self) -> &'static [JobName] {
        view(self.shown.view).jobs()
    }

    /// What the first open or held job in sight does whose view does not say so, whether it is held, and since when it is open.
    pub(super) fn job_to_tell_of(&self) -> Option<(&'static str, bool, Instant)> {
        let told = self.jobs_in_sight().iter().find_map(|name| {
            let job = self.jobs.get(*name);
            Some((name.doing()?, job.is_held())).filter(|_| job.is_open() || job.is_held())
        });
        told.map(|(doing, is_held)| (doing, is_held, self.jobs.open_since.unwrap_or_else(Instant::now)))
    }

    /// Whether a job in sight beside the engine's is not done, held or failed.
    pub(super) fn is_job_open(&self) -> bool {
        self.jobs_in_sight().iter().any(|name| self.jobs.get(*name).is_open())
    }

    /// Whether something in sight is being measured.
    pub(super) fn can_stop(&self) -> bool {
        self.is_opening()
            || self.data_reading.is_under_way()
            || self.played().is_some()
            || self.is_racing()
            || self.can_stop_engine()
            || self.is_job_open()
    }

    /// Whether something in sight was stopped.
    pub(super) fn can_go_on(&self) -> bool {
        self.can_go_on_with_engine() || self.can_go_on_beside()
    }

    /// Whether something beside the engine's measurement was stopped.
    pub(super) fn can_go_on_beside(&self) -> bool {
        self.jobs_in_sight().iter().any(|name| self.jobs.get(*name).is_held())
    }

    /// Stops what is played, or else a race, which is measured where it stands; else gives up what is still missing of all that is in
    /// sight, and what was measured stays on the screen.
    pub(super) fn stop(&mut self) {
        if self.data_reading.is_under_way() {
            return self.data_reading.stop();
        }
        if self.stop_opening() || self.stop_playing() {
            return;
        }
        if self.is_racing() {
            return self.stand_still();
        }
        for name in self.jobs_in_sight() {
            self.jobs.get_mut(*name).stop();
        }
        self.stop_engine();
    }

    /// Measures what is missing after all.
    pub(super) fn go_on(&mut self) {
        for name in self.jobs_in_sight() {
            self.jobs.get_mut(*name).go_on();
        }
        self.go_on_with_engine();
    }

    /// Takes what all who work have to say.
    pub(super) fn take_news(&mut self) {
        self.take_opened();
        self.take_answers();
        self.jobs.judge.take();
        self.take_race();
        self.take_repeats();
        self.take_tuned();
        // What cannot be done is said where its findings would stand; what has no such place is said below.
        self.jobs.survey.take();
        self.jobs.units.take();
        if self.jobs.seeds.take().is_some_and(|news| news.found.is_none())
            && let Some(failure) = self.jobs.seeds.failure()
        {
            self.notice = Some(failure.to_string());
        }
        self.take_companion();
        self.presets.take(&mut self.jobs.presets);
        if !self.play.take(&mut self.jobs.trials) {
            self.remedies.take(&mut self.jobs.trials);
        }
    }

    /// Asks for what is in sight now, and for nothing that is not: compared with what was asked for last. Whoever paints asks for
    /// nothing.
    pub(super) fn want_what_is_shown(&mut self, ctx: &egui::Context) {
        let shown = self.shown.view;
        for &name in ViewName::all() {
            if name == shown {
                view(name).want(self, ctx);
            } else {
                view(name).rest(self);
            }
        }
        self.want_race(ctx);
        self.want_verdict(ctx);
        self.export.preview.ask(ctx);
        self.presets.want(ctx, &mut self.jobs.presets);
        if !self.want_steps_of_play() {
            self.want_remedies(ctx);
        }
        self.jobs.open_since = self.job_to_tell_of().map(|(.., since)| since);
    }
}
