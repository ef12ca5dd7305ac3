use std::sync::Arc;

use serde::Serialize;

use super::report::{EpochReport, SaidOfTraining, StepLoss};
use crate::engine::{SeedRun, SeedRuns};
use crate::experiment::Settings;
use crate::stats::Spread;
use crate::trainer::EpochFigures;
use crate::training::{BatchOrder, TrainingSettings};

/// A training over several seeds with the keys it is published under. Spreads are over the seeds that stayed finite.
#[derive(Serialize)]
pub(super) struct SeedsReport {
    experiment: Settings,
    training: TrainingSettings,
    #[serde(flatten)]
    said: SaidOfTraining,
    /// How many runs there are, and how many of them stopped being finite.
    seeds: usize,
    not_finite: usize,
    steps: Vec<StepSpread>,
    epochs: Vec<EpochSpread>,
    /// What each seed found.
    runs: Vec<RunReport>,
}

/// The losses of a step.
#[derive(Serialize)]
struct StepSpread {
    step: usize,
    loss: Option<Spread>,
}

/// The figures of an epoch.
#[derive(Serialize)]
struct EpochSpread {
    epoch: serde_json::Number,
    step: u64,
    running_loss: Option<Spread>,
    train_loss: Option<Spread>,
    test_loss: Option<Spread>,
    test_accuracy: Option<Spread>,
    dead_share: Option<Spread>,
}

/// What one seed found.
#[derive(Serialize)]
struct RunReport {
    seed: u32,
    /// Nothing where images come as they are.
    order_seed: Option<u32>,
    /// Where it stopped being finite.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<String>,
    steps: Vec<StepLoss>,
    epochs: Vec<EpochReport>,
}

impl SeedsReport {
    pub fn of(runs: &SeedRuns, said: SaidOfTraining) -> Self {
        let units = runs.entrant.units();
        let (steps, epochs) = runs.longest().map_or((0, &[][..]), |run| (run.losses.len(), &run.epochs[..]));
        let epoch = |(index, figures): (usize, &Arc<EpochFigures>)| {
            let spread = |of: &dyn Fn(&EpochFigures) -> Option<f64>| runs.figure(index, of);
            EpochSpread {
                epoch: EpochReport::number(figures),
                step: figures.step,
                running_loss: spread(&|figures| figures.running_loss),
                train_loss: spread(&|figures| Some(figures.train_loss)),
                test_loss: spread(&|figures| figures.test_loss),
                test_accuracy: spread(&|figures| figures.test_accuracy),
                dead_share: spread(&|figures| Some(figures.dead_share(units))),
            }
        };
        Self {
            experiment: Settings::from(&runs.entrant.experiment),
            training: TrainingSettings::from(&runs.entrant.training),
            said,
            seeds: runs.runs.len(),
            not_finite: runs.not_finite(),
            steps: (1..=steps).map(|step| StepSpread { step, loss: runs.loss(step) }).collect(),
            epochs: epochs.iter().enumerate().map(epoch).collect(),
            runs: runs.runs.iter().map(RunReport::of).collect(),
        }
    }
}

impl RunReport {
    fn of(run: &SeedRun) -> Self {
        Self {
            seed: run.seed,
            order_seed: match run.order {
                BatchOrder::Shuffled(seed) => Some(seed),
                BatchOrder::AsTheyAre => None,
            },
            ended: run.ended.map(|ended| ended.to_string()),
            steps: (1..).zip(&run.losses).map(|(step, &loss)| StepLoss { step, loss }).collect(),
            epochs: run.epochs.iter().map(|figures| EpochReport::of(figures)).collect(),
        }
    }
}
