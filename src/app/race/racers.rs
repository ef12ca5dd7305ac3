use std::collections::BTreeSet;

use crate::app::App;
use crate::engine::Entrant;
use crate::engine::race::{MOST_RACERS, RacerFound};
use crate::experiment::Experiment;
use crate::subject::Subject;
use crate::training::Training;

impl App {
    /// Who races: the present experiment among the pinned ones, each with every learning rate.
    pub fn entrants(&self) -> Vec<Entrant> {
        let slots = self.slots();
        let of = |subject: &Subject| {
            let experiment = subject.experiment().clone();
            self.plan.trainings().map(move |training| Entrant { experiment: experiment.clone(), training })
        };
        slots.iter().flat_map(of).take(MOST_RACERS).collect()
    }

    /// What is known of them, in their order.
    pub fn racers(&self) -> Vec<(Entrant, Option<&RacerFound>)> {
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
        let entrants = self.entrants();
        entrants.into_iter().map(|entrant| (entrant.clone(), found(&entrant))).collect()
    }

    /// The steps that the furthest has made.
    pub(in crate::app) fn furthest(&self) -> u64 {
        self.racers().iter().filter_map(|(_, racer)| Some(racer.as_ref()?.step)).max().unwrap_or(0)
    }

    /// The steps that all are to make; those of the one that has most.
    pub(in crate::app) fn steps_of_race(&self) -> u64 {
        self.entrants().iter().map(steps_of).max().unwrap_or(0)
    }

    /// Whether a race is going on, or has left something to look at.
    pub fn has_race(&self) -> bool {
        self.is_racing() || self.furthest() > 0
    }

    /// Why the entrants cannot be trained so, in a sentence.
    pub(in crate::app) fn unfit(&self) -> Option<String> {
        let all = self.slots().len() * self.plan.rates().len();
        if all > MOST_RACERS {
            let sentence = "networks are trained side by side: drop an experiment, or a learning rate";
            return Some(format!("at most {MOST_RACERS} {sentence} (these are {all})"));
        }
        self.entrants().iter().find_map(|Entrant { experiment, training }| {
            training.check(experiment).err().map(|error| error.to_string())
        })
    }
}

/// Whether an entrant would have made a racer's steps, too.
fn goes_on_as(racer: &RacerFound, entrant: &Entrant) -> bool {
    let images = images_of(&entrant.training, &entrant.experiment);
    racer.entrant.experiment == entrant.experiment
        && racer.ended.is_none()
        && racer.entrant.training.agrees_until(&entrant.training, racer.step, images)
}

/// Images that an experiment's network is trained on.
fn images_of(training: &Training, experiment: &Experiment) -> usize {
    training.images.min(Training::available(experiment))
}

/// Steps that an entrant is to make.
pub fn steps_of(entrant: &Entrant) -> u64 {
    entrant.training.steps(images_of(&entrant.training, &entrant.experiment))
}
