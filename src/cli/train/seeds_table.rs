use super::aligned::aligned;
use crate::engine::SeedRuns;
use crate::number;
use crate::stats::Spread;
use crate::training::BatchOrder;

/// A line for every epoch: the mean over the seeds, and its standard error. What is trained stands above.
pub(super) fn text(runs: &SeedRuns) -> String {
    let mut text = format!("{}\n\n", which(runs));
    let units = runs.entrant.units();
    let heading =
        ["epoch", "step", "running loss", "train loss", "test loss", "accuracy", "median", "from", "to", "dead"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    let epochs = runs.longest().map_or(&[][..], |run| &run.epochs[..]);
    for (index, figures) in epochs.iter().enumerate() {
        let accuracy = runs.figure(index, |figures| figures.test_accuracy);
        let share = |of: fn(&Spread) -> f64| accuracy.as_ref().map_or_else(none, |spread| percent(of(spread)));
        rows.push(vec![
            number::plain(figures.epoch),
            figures.step.to_string(),
            loss(runs.figure(index, |figures| figures.running_loss)),
            loss(runs.figure(index, |figures| Some(figures.train_loss))),
            loss(runs.figure(index, |figures| figures.test_loss)),
            share_with_error(accuracy),
            share(|spread| spread.median),
            share(|spread| spread.lowest),
            share(|spread| spread.highest),
            share_with_error(runs.figure(index, |figures| Some(figures.dead_share(units)))),
        ]);
    }
    text += &aligned(&rows);
    let (not_finite, all) = (runs.not_finite(), runs.runs.len());
    if not_finite > 0 {
        let first = runs.runs.iter().find_map(|run| Some((run.seed, run.ended?)));
        let which = first.map_or_else(String::new, |(seed, ended)| format!(" (seed {seed}: {ended})"));
        text += &format!("\n{not_finite} of {all} seeds stopped being finite{which}, and are in no mean.\n");
    }
    text
}

/// Which seeds they are: `Mean ± standard error over 8 seeds: weights 10–17, order 0–7`
fn which(runs: &SeedRuns) -> String {
    let [Some(first), Some(last)] = [runs.runs.first(), runs.runs.last()] else {
        return "No seed was trained".to_owned();
    };
    let order = match (first.order, last.order) {
        (BatchOrder::Shuffled(first), BatchOrder::Shuffled(last)) => format!(", order {first}–{last}"),
        _ => ", images as they are".to_owned(),
    };
    format!(
        "Mean ± standard error over {} seeds: weights {}–{}{order}",
        runs.runs.len() - runs.not_finite(),
        first.seed,
        last.seed
    )
}

fn none() -> String {
    "–".to_owned()
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn loss(spread: Option<Spread>) -> String {
    let with_error = |spread: Spread| match spread.standard_error {
        Some(error) => format!("{} ± {}", number::value(spread.mean), number::value(error)),
        None => number::value(spread.mean),
    };
    spread.map_or_else(none, with_error)
}

fn share_with_error(spread: Option<Spread>) -> String {
    let with_error = |spread: Spread| match spread.standard_error {
        Some(error) => format!("{:.1} ± {:.1} %", 100.0 * spread.mean, 100.0 * error),
        None => percent(spread.mean),
    };
    spread.map_or_else(none, with_error)
}
