use super::candidate::Candidate;
use super::rated::Rated;
use crate::cli::wrapped::wrapped;
use crate::engine::{Entrant, SeedRuns};
use crate::insight::{RacersSeen, SeedsSeen, TrainingSeen, racers_in_words, seeds_in_words, training_in_words};
use crate::trainer::Course;

/// What is to be seen in a training, in a sentence or two.
pub(super) fn of_course(candidate: &Candidate, course: &Course) -> Vec<String> {
    let (kernels, _) = course.racer().weights();
    let kernels = &kernels[usize::from(candidate.linear_first)..];
    let shapes: Vec<_> = kernels[..kernels.len() - 1].iter().map(ndarray::Array2::dim).collect();
    training_in_words(&TrainingSeen {
        activation: candidate.activation,
        training: &candidate.training,
        steps: course.racer().steps(),
        epochs: course.epochs(),
        ended: course.racer().ended(),
        shapes: &shapes,
        guessing: course.guessing(),
        equal_units: course.has_equal_units(),
    })
}

/// What is to be seen with the first of several seeds.
pub(super) fn of_first_seed(runs: &SeedRuns) -> Vec<String> {
    let Some(run) = runs.runs.first() else { return Vec::new() };
    let Entrant { experiment, training, .. } = &runs.entrant;
    let said = training_in_words(&TrainingSeen {
        activation: experiment.activation,
        training,
        steps: runs.entrant.steps(),
        epochs: &run.epochs,
        ended: run.ended,
        shapes: &experiment.hidden_shapes(),
        guessing: run.guessing,
        equal_units: run.equal_units,
    });
    said.into_iter().map(|sentence| format!("Seed {}: {sentence}", run.seed)).collect()
}

/// What is to be seen in all of them together.
pub(super) fn of_race(candidates: &[Candidate], courses: &[Course]) -> Option<String> {
    let all = candidates.iter().zip(courses);
    racers_in_words(&RacersSeen {
        racers: all.map(|(candidate, course)| (candidate.told.clone(), course.epochs())).collect(),
    })
}

/// The same where each was trained with several seeds.
pub(super) fn of_seeds(rated: &Rated, found: &[SeedRuns]) -> Option<String> {
    let seen: Vec<_> = rated.told().into_iter().zip(found).map(|(name, runs)| SeedsSeen { name, runs }).collect();
    seeds_in_words(&seen)
}

/// `What you see: ...`, in lines; nothing where there is nothing to be said.
pub(super) fn text(sentences: &[String]) -> String {
    if sentences.is_empty() {
        return String::new();
    }
    "\n".to_owned() + &wrapped(&format!("What you see: {}", sentences.join(" ")))
}
