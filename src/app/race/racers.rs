use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::App;
use crate::engine::Entrant;
use crate::engine::race::{MOST_RACERS, RacerFound};
use crate::experiment::Experiment;
use crate::subject::Subject;
use crate::training::{Training, TrainingPlan};

/// Who races, and what decides that.
pub struct KnownEntrants {
    present: Subject,
    others: Vec<Subject>,
    place: usize,
    plan: TrainingPlan,
    entrants: Arc<[Arc<Entrant>]>,
}

impl App {
    /// Who races: the present experiment among the pinned ones, each with every learning rate. Put together again only where one of
    /// these has changed: every frame asks many times.
    pub fn entrants(&self) -> Arc<[Arc<Entrant>]> {
        let (others, place, present) = (self.comparison.pinned(), self.comparison.place(), self.untrained());
        let mut known = self.race.entrants.borrow_mut();
        if let Some(known) = known.as_ref().filter(|known| {
            (&known.present, &known.plan, known.place) == (&present, &self.plan, place) && known.others == others
        }) {
            return Arc::clone(&known.entrants);
        }
        let slots = self.slots();
        // What cannot be trained keeps all from being trained, and says why.
        let of = |(place, subject): (usize, &Subject)| {
            let subject = subject.clone();
            let entrant = move |training| Entrant::of(&subject, training).ok().map(Arc::new);
            self.plan.trainings_of(place).filter_map(entrant)
        };
        let entrants: Arc<[_]> = slots.iter().enumerate().flat_map(of).take(MOST_RACERS).collect();
        *known = Some(KnownEntrants {
            present,
            others: others.to_vec(),
            place,
            plan: self.plan.clone(),
            entrants: Arc::clone(&entrants),
        });
        entrants
    }

    /// How the present experiment is trained: with its own learning rate, or the first of several.
    pub(in crate::app) fn own_training(&self) -> Training {
        self.plan.trainings_of(self.comparison.place()).next().unwrap_or(*self.plan.training())
    }

    /// Whether these are who races.
    pub(super) fn are_entrants<'a>(&self, these: impl Iterator<Item = &'a Entrant>) -> bool {
        these.eq(self.entrants().iter().map(|entrant| &**entrant))
    }

    /// What is known of them, in their order.
    pub fn racers(&self) -> Vec<(Arc<Entrant>, Option<&RacerFound>)> {
        let known = self.jobs.race.known().map_or(&[][..], |found| &found.racers);
        let mut free: BTreeSet<usize> = (0..known.len()).collect();
        let mut found = |entrant: &Entrant| {
            let is_it = |place: &&usize| known[**place].entrant == *entrant;
            // A moment after a change that it goes on from.
            let agrees = |place: &&usize| goes_on_as(&known[**place], entrant);
            let place = free.iter().find(is_it).or_else(|| free.iter().find(agrees)).copied()?;
            free.remove(&place);
            Some(&known[place])
        };
        self.entrants().iter().map(|entrant| (Arc::clone(entrant), found(entrant))).collect()
    }

    /// The steps that the furthest has made.
    pub(in crate::app) fn furthest(&self) -> u64 {
        self.racers().iter().filter_map(|(_, racer)| Some(racer.as_ref()?.step)).max().unwrap_or(0)
    }

    /// The steps that all are to make; those of the one that has most.
    pub(in crate::app) fn steps_of_race(&self) -> u64 {
        self.entrants().iter().map(|entrant| steps_of(entrant)).max().unwrap_or(0)
    }

    /// Whether a race is going on, or has left something to look at.
    pub fn has_race(&self) -> bool {
        self.is_racing() || self.furthest() > 0
    }

    /// Why the entrants cannot be trained so, in a sentence.
    pub(in crate::app) fn unfit(&self) -> Option<String> {
        let all = self.slots().len() * self.plan.trainings_each();
        if all > MOST_RACERS {
            let sentence = "networks are trained side by side: drop an experiment, or a learning rate";
            return Some(format!("at most {MOST_RACERS} {sentence} (these are {all})"));
        }
        let slots = self.slots();
        let why_not = |subject: &Subject| Entrant::of(subject, *self.plan.training()).err();
        if let Some(why) = slots.iter().find_map(why_not) {
            return Some(why.to_string());
        }
        self.entrants().iter().find_map(|entrant| {
            let Entrant { experiment, training, .. } = &**entrant;
            training.check(experiment).err().map(|error| error.to_string())
        })
    }
}

/// Whether an entrant would have made a racer's steps, too.
fn goes_on_as(racer: &RacerFound, entrant: &Entrant) -> bool {
    let images = images_of(&entrant.training, &entrant.experiment);
    racer.entrant.experiment == entrant.experiment
        && racer.entrant.given == entrant.given
        && racer.ended.is_none()
        && racer.entrant.training.agrees_until(&entrant.training, racer.step, images)
}

/// Images that an experiment's network is trained on.
fn images_of(training: &Training, experiment: &Experiment) -> usize {
    training.images_of(experiment)
}

/// Steps that an entrant is to make.
pub fn steps_of(entrant: &Entrant) -> u64 {
    entrant.training.steps(images_of(&entrant.training, &entrant.experiment))
}
