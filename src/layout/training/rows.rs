use crate::engine::race::{RaceFound, RacerFound};
use crate::figure::training::{LayersOverTime, RunningMean, letter, summaries, window};
use crate::layout::data::{ColumnAbout, Entry, column, whole};
use crate::trainer::KernelPlace;

/// What the columns of the numbers of a training are.
pub(super) const COLUMNS: [ColumnAbout; 8] = [
    column("racer", "The network, by its letter."),
    column("network", "What distinguishes it; of a single one, what its weights are drawn from."),
    column(
        "mark",
        "What is drawn. Of curves: step_loss (mean loss of a step's batch, before its update; \
         after more than 65,536 steps the mean of 2, 4, ... of them, up to the step that is named), smoothed_loss (mean of the last of \
         these), running_loss (their mean since the epoch before), train_loss and test_loss (mean loss over all training and test \
         images), test_accuracy. Of maps and lines, layer by layer: update_ratio (norm of what a step moved the weights by, over \
         that of the weights), weight_gradient_l2 (norm of the gradient to the weights), gradient_l2 (to the pre-activations), \
         distance (norm of what the weights moved by since the start, over their norm there), dead_units, always_on_units, \
         revived_units, saturated_fraction, output_std. Of the table: steps_to_90, seconds_to_90, steps_to_95, seconds_to_95 (test \
         accuracy in percent), best_accuracy, dead_units, non_finite_step.",
    ),
    column("layer", "The hidden layer, counted from 1; empty where it is of the whole network."),
    column("step", "Steps that were done; of a step_loss and what is of a step, its number from 1."),
    column("epoch", "The same in epochs."),
    column("seconds", "Seconds that the network's own thread took for these steps."),
    column("value", "The number; empty where it is not finite, or never came."),
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
        ]
    }
}

fn each<'a>(race: &'a RaceFound, names: &'a [String]) -> impl Iterator<Item = OfRacer<'a>> {
    let all = race.racers.iter().zip(names).enumerate();
    all.map(|(index, (racer, name))| OfRacer { racer, letter: letter(index).to_string(), name })
}

/// Losses and accuracies.
pub(super) fn of_curves(race: &RaceFound, names: &[String]) -> Vec<Row> {
    let window = window(race.racers.iter().map(|racer| racer.steps).max().unwrap_or(0));
    let mut rows = Vec::new();
    for of in each(race, names) {
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
pub(super) fn of_table(race: &RaceFound, names: &[String]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (of, summary) in each(race, names).zip(summaries(race)) {
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
    rows
}
