use crate::app::App;
use crate::engine::Entrant;
use crate::engine::race::RacerFound;
use crate::figure::{Quantity, ViewName};
use crate::subject::Subject;

/// What a racer is at the step that is looked at.
#[derive(Clone, PartialEq)]
pub struct StepLook {
    entrant: Entrant,
    /// The step that its weights are of, which may be another than the one that is looked at.
    pub step: u64,
    subject: Subject,
}

/// While networks are being trained, they are looked at with so many images.
pub const LIVE_IMAGES: usize = 1000;

impl StepLook {
    /// What a racer is at the kept step that is nearest to this one; with few images while it is live, and at the start perhaps with
    /// what the first step changes.
    fn of(entrant: &Entrant, racer: &RacerFound, step: u64, (is_live, with_updates): (bool, bool)) -> Option<Self> {
        let step = nearest_kept(racer, step);
        let mut subject = if with_updates { racer.subject_with_updates(step)? } else { racer.subject(step)? };
        // The start is measured already.
        if is_live && step > 0 {
            let mut experiment = subject.experiment().clone();
            experiment.inputs.images = experiment.inputs.images.min(LIVE_IMAGES);
            subject = subject.with_experiment(experiment).ok()?;
        }
        Some(Self { entrant: entrant.clone(), step, subject })
    }
}

/// The step nearest to this one whose weights are kept.
pub fn nearest_kept(racer: &RacerFound, step: u64) -> u64 {
    racer.known_steps().min_by_key(|kept| kept.abs_diff(step)).unwrap_or(0)
}

/// The racer whose steps are counted: that of the present network, or the furthest where it has made none.
pub fn leading<'a>(racers: impl Iterator<Item = &'a RacerFound> + Clone, present: &Subject) -> Option<&'a RacerFound> {
    let own = racers.clone().find(|racer| racer.entrant.begins_with(present)).filter(|racer| racer.step > 0);
    own.or_else(|| racers.max_by_key(|racer| racer.step))
}

impl App {
    /// The step that is looked at, if it is not the newest.
    pub fn looked_at(&self) -> Option<u64> {
        self.race.looked_at
    }

    /// Looks at all networks at this step from now on, in every view; at none, at the newest.
    pub(in crate::app) fn look_at(&mut self, step: Option<u64>) {
        self.race.looked_at = None;
        let newest = self.steps_in_sight();
        self.race.looked_at = step.filter(|step| *step < self.furthest());
        // Where that shows all at their newest steps, these are looked at.
        if !self.is_racing() && self.steps_in_sight() == newest {
            self.race.looked_at = None;
        }
        self.look_at_race();
    }

    /// The step that each network is shown at, in the order of the race: the kept one nearest to what is looked at, or its newest.
    pub(in crate::app) fn steps_in_sight(&self) -> Vec<u64> {
        self.steps_at(self.race.looked_at)
    }

    /// The same where another step were looked at.
    fn steps_at(&self, step: Option<u64>) -> Vec<u64> {
        let step = step.filter(|step| *step < self.furthest());
        let shown = |racer: &RacerFound| step.map_or(racer.step, |step| nearest_kept(racer, step));
        self.racers().into_iter().map(|(_, racer)| racer.map_or(0, shown)).collect()
    }

    /// Looks at this step, if another one is shown of any network: a slider that is held says where it is in every frame.
    pub(super) fn move_to_step(&mut self, step: u64) {
        if self.is_racing() || self.steps_at(Some(step)) != self.steps_in_sight() {
            self.look_at(Some(step));
        }
    }

    /// That of the racer whose steps are counted.
    pub(in crate::app) fn step_in_sight(&self) -> u64 {
        let leading = self.leading_racer();
        leading.map_or(0, |racer| self.race.looked_at.map_or(racer.step, |step| nearest_kept(racer, step)))
    }

    /// The racer whose steps are counted.
    pub(in crate::app) fn leading_racer(&self) -> Option<&RacerFound> {
        let racers: Vec<_> = self.racers().into_iter().filter_map(|(_, racer)| racer).collect();
        leading(racers.into_iter(), &self.untrained())
    }

    /// What is looked at: what the controls say, with the weights that it has at the step that is looked at.
    pub fn subject(&self) -> Subject {
        self.looked_at_as(&self.untrained())
    }

    /// What a network is at the step that is looked at: as it was drawn or given, where it does not race.
    pub(in crate::app) fn looked_at_as(&self, subject: &Subject) -> Subject {
        let of = |training| {
            let is_it = |look: &&StepLook| look.entrant.training == training && look.entrant.begins_with(subject);
            self.race.looks.iter().find(is_it)
        };
        self.plan.trainings().find_map(of).map_or_else(|| subject.clone(), |look| look.subject.clone())
    }

    /// The step whose weights are shown of the present experiment.
    pub fn shown_step(&self) -> u64 {
        let present = self.untrained();
        let is_it = |look: &&StepLook| look.entrant.begins_with(&present);
        self.race.looks.iter().find(is_it).map_or(0, |look| look.step)
    }

    /// Whether pictures follow the newest weights.
    pub(in crate::app) fn is_live(&self) -> bool {
        self.is_racing() && self.race.looked_at.is_none()
    }

    /// Takes the networks as they are at the step that is looked at. While they are live, the next ones come when all of the last
    /// ones have been seen.
    pub(in crate::app) fn look_at_race(&mut self) {
        self.take_race_to_draw();
        self.redraw_start();
        let is_live = self.is_live();
        let is_seen = self.measured().is_some_and(|known| known.is_exact() && known.subject == self.subject());
        let are_seen = is_seen && (self.shown.view != ViewName::Compare || self.is_comparison_settled());
        let step = self.race.looked_at.unwrap_or(u64::MAX);
        let how = (is_live, self.shown.layers.quantity == Quantity::Updates);
        let looks: Vec<_> = self
            .racers()
            .iter()
            .filter_map(|(entrant, racer)| StepLook::of(entrant, racer.as_ref()?, step, how))
            .collect();
        let are_alike = self.race.looks.len() == looks.len()
            && self.race.looks.iter().zip(&looks).all(|(then, now)| then.entrant == now.entrant);
        let were_live = self.race.looks.iter().any(|look| look.step > 0);
        // Where curves are looked at, layers need not follow.
        let follows = self.shown.view != ViewName::Training;
        if are_seen && follows || !is_live || !are_alike || !were_live && follows {
            self.race.looks = looks;
        }
    }
}
