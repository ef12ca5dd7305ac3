use super::RaceRuns;
use super::curves::{Curves, RacerCurves, is_seen};
use super::polyline::{band, thinned};
use crate::stats::Spread;

/// Columns of a plot that bands are drawn in, at most.
const COLUMNS: usize = 600;

impl Curves {
    /// What is drawn of a racer's seeds: medians as lines, and bands from the least to the greatest. `means` has the smoothed losses of
    /// each run that stayed finite.
    pub(super) fn racer_over_seeds(&self, runs: &RaceRuns<'_>, racer: usize, means: &[Vec<f64>]) -> RacerCurves {
        let finite = runs.finite(racer);
        let mut found = RacerCurves { not_finite: runs.of(racer).len() - finite.len(), ..RacerCurves::default() };
        let Some(longest) = finite.iter().max_by_key(|run| run.step) else { return found };
        let times: Vec<f64> = longest.history.ends().map(|step| self.time.share(longest, step)).collect();
        let at = |number: usize| {
            let heights = means.iter().filter_map(|means| means.get(number)).map(|&mean| self.losses.height(mean));
            Spread::of(&heights.collect::<Vec<_>>())
        };
        let spreads: Vec<Option<Spread>> = (0..times.len()).map(at).collect();
        let height = |of: fn(&Spread) -> f64, spread: &Option<Spread>| spread.as_ref().map_or(f64::NAN, of);
        let medians = times.iter().zip(&spreads).map(|(&time, spread)| (time, height(|at| at.median, spread)));
        found.smoothed = thinned(medians, COLUMNS);
        let both = |(&time, spread): (&f64, &Option<Spread>)| {
            [height(|at| at.lowest, spread), height(|at| at.highest, spread)].map(|height| (time, height))
        };
        // The columns of a few numbers would stand apart from one another.
        found.band = if times.len() <= COLUMNS {
            connected(times.iter().zip(&spreads))
        } else {
            band(times.iter().zip(&spreads).flat_map(both), COLUMNS)
        };
        for spread in &spreads {
            let (low, high) = (height(|at| at.lowest, spread), height(|at| at.highest, spread));
            found.steps_off.note(true, low, high, false);
        }
        for (index, epoch) in longest.epochs.iter().enumerate() {
            let x = self.time.share(longest, epoch.step);
            if !x.is_finite() {
                continue;
            }
            let of_epoch = |of: &dyn Fn(&crate::trainer::EpochFigures) -> Option<f64>| {
                Spread::of(&finite.iter().filter_map(|run| of(run.epochs.get(index)?)).collect::<Vec<_>>())
            };
            if let Some(losses) = of_epoch(&|epoch| Some(self.losses.height(epoch.train_loss)))
                && found.epochs_off.note(true, losses.median, losses.median, epoch.step == 0)
            {
                found.epochs.push((x, losses.median));
            }
            if let Some(judged) = of_epoch(&|epoch| Some(self.accuracies.height(epoch.test_accuracy?))) {
                if is_seen(judged.median) {
                    found.accuracies.push((x, judged.median));
                    found.accuracy_band.push([x, judged.lowest.clamp(0.0, 1.0), judged.highest.clamp(0.0, 1.0)]);
                }
                found.accuracies_off.note(true, judged.lowest, judged.highest, epoch.step == 0);
            }
        }
        found
    }
}

/// From the least to the greatest at every time, in parts where there are none between.
fn connected<'a>(spreads: impl Iterator<Item = (&'a f64, &'a Option<Spread>)>) -> Vec<Vec<[f64; 3]>> {
    let mut parts: Vec<Vec<[f64; 3]>> = vec![Vec::new()];
    for (&time, spread) in spreads {
        match (spread, parts.last_mut()) {
            (Some(spread), Some(part)) if time.is_finite() => {
                part.push([time, spread.lowest.clamp(-FAR, FAR), spread.highest.clamp(-FAR, FAR)]);
            }
            (_, Some(part)) if part.is_empty() => {}
            _ => parts.push(Vec::new()),
        }
    }
    parts.retain(|part| part.len() > 1);
    parts
}

/// Beyond this nothing of a band is seen.
const FAR: f64 = 4.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_of_a_few_steps_is_one_and_ends_where_there_is_nothing() {
        let spread = |low, high| Spread::of(&[low, high]);
        let spreads = [spread(0.1, 0.3), spread(0.2, 9.0), None, spread(0.5, 0.5), spread(0.4, 0.6)];
        let times = [0.0, 0.2, 0.4, 0.6, 0.8];
        let expected = vec![vec![[0.0, 0.1, 0.3], [0.2, 0.2, FAR]], vec![[0.6, 0.5, 0.5], [0.8, 0.4, 0.6]]];
        assert_eq!(connected(times.iter().zip(&spreads)), expected);
    }
}
