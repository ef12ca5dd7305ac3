use crate::engine::TunedRates;
use crate::engine::race::{RaceFound, RacerFound};
use crate::figure::training::{LayersOverTime, RaceRuns, RunningMean, letter, seed_summaries, summary, window_of};
use crate::layout::data::{ColumnAbout, Entry, column, whole};
use crate::stats::Spread;
use crate::trainer::KernelPlace;

/// What the columns of the numbers of a training are.
pub(super) const COLUMNS: [ColumnAbout; 10] = [
    column("racer", "The network, by its letter."),
    column("network", "What distinguishes it; of a single one, what its weights are drawn from."),
    column(
        "mark",
        "What is drawn. Curves: step_loss (mean loss of a step's batch, before its update; \
         after more than 65,536 steps the mean of 2, 4, ... of them, up to the step that is named), smoothed_loss (mean of the last of \
         these), running_loss (their mean since the epoch before), train_loss and test_loss (mean loss over all training and test \
         images), test_accuracy. Maps and lines, layer by layer: update_ratio (norm of what a step moved the weights by, over \
         that of the weights), weight_gradient_l2 (norm of the gradient to the weights), gradient_l2 (to the pre-activations), \
         distance (norm of what the weights moved by since the start, over their norm there), dead_units, always_on_units, \
         revived_units, saturated_fraction, output_std. The table: steps_to_90, seconds_to_90, steps_to_95, seconds_to_95 (test \
         accuracy in percent), best_accuracy, dead_units, non_finite_step; of several seeds mean, standard_error, median, least and greatest of \
         steps_to_90, steps_to_95, best_accuracy, last_accuracy and dead_units, as in best_accuracy_mean. Rates: rate_loss (mean loss of the last quarter of a short run's steps), best_rate, \
         works_from and works_to.",
    ),
    column("layer", "The hidden layer, counted from 1; empty where it is of the whole network."),
    column("step", "Steps that were done; of a step_loss and what is of a step, its number from 1."),
    column("epoch", "The same in epochs."),
    column("seconds", "Seconds that the network's own thread took for these steps."),
    column("value", "The number; empty where it is not finite, or never came."),
    column("seed", "The seed of the weights; empty where it is of several."),
    column("learning_rate", "The learning rate: of the racer, or the one that was tried."),
];

type Row = Vec<Entry>;

/// A row that belongs to a racer.
struct OfRacer<'a> {
    racer: &'a RacerFound,
    letter: String,
    name: &'a str,
}

impl OfRacer<'_> {
    fn row(&self, mark: &'static str, layer: Option<usize>, step: u64, value: Option<f64>) -> Row {
        let epoch = step as f64 / self.racer.steps_per_epoch.max(1) as f64;
        vec![
            Entry::Text(self.letter.clone()),
            Entry::Text(self.name.to_owned()),
            Entry::Word(mark),
            layer.map_or(Entry::Nothing, whole),
            Entry::Whole(step),
            Entry::Number(epoch),
            Entry::Number(self.racer.history.seconds(step)),
            value.map_or(Entry::Nothing, Entry::Number),
            Entry::Whole(self.racer.entrant.experiment.seed.into()),
            Entry::Number(self.racer.entrant.training.learning_rate),
        ]
    }

    fn row_at_rate(&self, mark: &'static str, steps: u64, rate: f64, value: Option<f64>) -> Row {
        let mut row = self.row(mark, None, steps, value);
        row[6] = Entry::Nothing;
        row[9] = Entry::Number(rate);
        row
    }
}

fn each<'a>(race: &'a RaceFound, names: &'a [String]) -> impl Iterator<Item = OfRacer<'a>> {
    let all = race.racers.iter().zip(names).enumerate();
    all.map(|(index, (racer, name))| OfRacer { racer, letter: letter(index).to_string(), name })
}

/// Every seed of every racer.
fn each_run<'a>(runs: &RaceRuns<'a>, names: &'a [String]) -> Vec<OfRacer<'a>> {
    let of = |(index, name): (usize, &'a String)| {
        runs.of(index).into_iter().map(move |racer| OfRacer { racer, letter: letter(index).to_string(), name })
    };
    names.iter().enumerate().flat_map(of).collect()
}

/// Losses and accuracies.
pub(super) fn of_curves(runs: &RaceRuns<'_>, names: &[String]) -> Vec<Row> {
    let window = window_of(runs.race);
    let mut rows = Vec::new();
    for of in each_run(runs, names) {
        let history = &of.racer.history;
        let losses = || history.losses();
        rows.extend(history.ends().zip(losses()).map(|(step, loss)| of.row("step_loss", None, step, Some(loss))));
        if window > 1 {
            let numbers = window.div_ceil(history.each() as usize);
            let means = history.ends().zip(RunningMean::of(losses(), numbers));
            rows.extend(means.map(|(step, mean)| of.row("smoothed_loss", None, step, Some(mean))));
        }
        for epoch in &of.racer.epochs {
            let found = [
                ("running_loss", epoch.running_loss),
                ("train_loss", Some(epoch.train_loss)),
                ("test_loss", epoch.test_loss),
                ("test_accuracy", epoch.test_accuracy),
            ];
            let there = found.into_iter().filter(|(_, value)| value.is_some());
            rows.extend(there.map(|(mark, value)| of.row(mark, None, epoch.step, value)));
        }
    }
    rows
}

/// What is shown of the layers; counts of units as such.
pub(super) fn of_layers(race: &RaceFound, found: &LayersOverTime, names: &[String]) -> Vec<Row> {
    let racers: Vec<_> = each(race, names).collect();
    let mut rows = Vec::new();
    for series in &found.racers {
        let Some(of) = racers.get(series.racer) else { continue };
        for (at, &step) in series.steps.iter().enumerate() {
            let layers = (1..).zip(&series.layers);
            rows.extend(
                layers
                    .map(|(layer, numbers)| of.row(found.quantity.key(), Some(layer), step, numbers.get(at).copied())),
            );
        }
    }
    rows
}

/// How far each came.
pub(super) fn of_table(runs: &RaceRuns<'_>, names: &[String]) -> Vec<Row> {
    let mut rows = Vec::new();
    for of in each_run(runs, names) {
        let summary = summary(of.racer);
        let marks = [("steps_to_90", "seconds_to_90"), ("steps_to_95", "seconds_to_95")];
        for ((steps, seconds), reached) in marks.into_iter().zip(summary.reached) {
            let at = reached.map_or(of.racer.step, |reached| reached.steps);
            rows.push(of.row(steps, None, at, reached.map(|reached| reached.steps as f64)));
            rows.push(of.row(seconds, None, at, reached.map(|reached| reached.seconds)));
        }
        if let Some((accuracy, epoch)) = summary.best {
            let step = (epoch * of.racer.steps_per_epoch as f64).round() as u64;
            rows.push(of.row("best_accuracy", None, step, Some(accuracy)));
        }
        if let Some((dead, _)) = summary.dead {
            rows.push(of.row("dead_units", None, of.racer.step, Some(dead as f64)));
        }
        if let Some(ended) = summary.ended {
            let layer = if let KernelPlace::Hidden(layer) = ended.place { Some(layer) } else { None };
            rows.push(of.row("non_finite_step", layer, of.racer.step, Some(ended.step as f64)));
        }
    }
    if runs.seeds().is_some() {
        for (of, summary) in each(runs.race, names).zip(seed_summaries(runs)) {
            let [(to_90, _), (to_95, _)] = summary.reached;
            let figures = [
                (STEPS_TO_90, to_90),
                (STEPS_TO_95, to_95),
                (BEST_ACCURACY, summary.best),
                (LAST_ACCURACY, summary.last),
                (DEAD_UNITS, summary.dead.map(|(dead, _)| dead)),
            ];
            for (marks, spread) in figures {
                let Some(Spread { mean, standard_error, median, lowest, highest, .. }) = spread else { continue };
                let values = [Some(mean), standard_error, Some(median), Some(lowest), Some(highest)];
                rows.extend(marks.into_iter().zip(values).map(|(mark, value)| {
                    let mut row = of.row(mark, None, of.racer.steps, value);
                    // Its time is that of one of them, and so is its seed.
                    row[6] = Entry::Nothing;
                    row[8] = Entry::Nothing;
                    row
                }));
            }
        }
    }
    rows
}

/// What short runs came to: in place of steps these have learning rates.
pub(super) fn of_rates(race: &RaceFound, tuned: Option<&TunedRates>, names: &[String]) -> Vec<Row> {
    let mut rows = Vec::new();
    let Some(tuned) = tuned else { return rows };
    for (of, search) in each(race, names).zip(&tuned.searches) {
        for tried in &search.tried {
            rows.push(of.row_at_rate("rate_loss", search.steps, tried.rate, tried.loss));
        }
        let best = search.best().map(|best| best.rate);
        rows.extend(best.map(|best| of.row_at_rate("best_rate", search.steps, best, Some(best))));
        for (mark, rate) in ["works_from", "works_to"].into_iter().zip(search.range().into_iter().flatten()) {
            rows.push(of.row_at_rate(mark, search.steps, rate, Some(rate)));
        }
    }
    rows
}

/// Names of what is found of several seeds.
macro_rules! marks {
    ($name:ident, $word:literal) => {
        const $name: [&str; 5] = [
            concat!($word, "_mean"),
            concat!($word, "_standard_error"),
            concat!($word, "_median"),
            concat!($word, "_least"),
            concat!($word, "_greatest"),
        ];
    };
}

marks!(STEPS_TO_90, "steps_to_90");
marks!(STEPS_TO_95, "steps_to_95");
marks!(BEST_ACCURACY, "best_accuracy");
marks!(LAST_ACCURACY, "last_accuracy");
marks!(DEAD_UNITS, "dead_units");
