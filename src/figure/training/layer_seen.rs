use super::{LayerScale, LayersOverTime};
use crate::number;

/// A layer at a place of a map, or of lines over time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerSeen {
    /// The racer's place in the race, from 0.
    pub racer: usize,
    /// The layer, from 1.
    pub layer: usize,
    /// The step that its number was found after.
    pub step: u64,
    /// Its number: of a line the mean that is drawn; a share where it is one of units.
    pub number: f64,
}

impl LayersOverTime {
    /// What stands at a place of a map, in shares of a panel's width and, from its bottom, of its height.
    pub fn seen_on_map(&self, panel: usize, (x, y): (f64, f64)) -> Option<LayerSeen> {
        let layers = self.racers.get(panel)?.layers.len();
        let row = ((y * layers as f64) as usize).min(layers.checked_sub(1)?);
        self.seen(panel, row, x, |numbers, at| numbers.get(at).copied())
    }

    /// The line of a panel that is nearest to such a place.
    pub fn seen_on_lines(&self, panel: usize, (x, y): (f64, f64), scale: &LayerScale) -> Option<LayerSeen> {
        let series = self.racers.get(panel)?;
        let far = |seen: &LayerSeen| (scale.share(seen.number) - y).abs();
        let drawn = |whole: f64, numbers: &[f64], at: usize| {
            let together = numbers.get(at.saturating_sub(self.together.saturating_sub(1))..=at)?;
            let heights =
                || together.iter().map(|number| scale.share(number / whole)).filter(|height| height.is_finite());
            let count = heights().count();
            (count > 0).then(|| scale.number(heights().sum::<f64>() / count as f64) * whole)
        };
        let seen = |layer: usize| {
            let whole = series.wholes.get(layer).copied()?;
            self.seen(panel, layer, x, |numbers, at| drawn(whole, numbers, at))
        };
        let there = (0..series.layers.len()).filter_map(seen).filter(|seen| far(seen).is_finite());
        there.min_by(|one, other| far(one).total_cmp(&far(other)))
    }

    /// What was found of a layer, from 0, nearest to a place in time.
    fn seen(
        &self,
        panel: usize,
        layer: usize,
        x: f64,
        number: impl Fn(&[f64], usize) -> Option<f64>,
    ) -> Option<LayerSeen> {
        let series = self.racers.get(panel)?;
        let after = series.shares.partition_point(|share| *share < x);
        let far = |at: &usize| (series.shares[*at] - x).abs();
        let ends = [after.saturating_sub(1), after.min(series.shares.len().saturating_sub(1))];
        let at = ends.into_iter().filter(|at| *at < series.shares.len());
        let at = at.min_by(|one, other| far(one).total_cmp(&far(other)))?;
        let number = number(series.layers.get(layer)?, at)? / series.wholes.get(layer)?;
        Some(LayerSeen { racer: series.racer, layer: layer + 1, step: *series.steps.get(at)?, number })
    }

    /// The same in words; of a line with the steps whose mean it is.
    pub fn said(&self, LayerSeen { layer, step, number, .. }: LayerSeen, is_of_lines: bool) -> String {
        let name = self.quantity.label().to_lowercase();
        let said = match number {
            number if number.is_nan() => format!("{name} not known"),
            number if self.quantity.is_share() => format!("{name} {}", number::percent(number)),
            number => format!("{name} {}", number::value(number)),
        };
        let mean = self.window.filter(|_| is_of_lines).map_or_else(String::new, |window| {
            let steps = step.min(window as u64);
            if steps > 1 { format!(", mean of the last {} steps", number::count(steps)) } else { String::new() }
        });
        format!("layer {layer}: {said}{mean}, after step {}", number::count(step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::race::RaceFound;
    use crate::figure::training::{LayerQuantity, LayerSeries, TimeAxis, TrainingLook};

    fn found(quantity: LayerQuantity, layers: Vec<Vec<f64>>, wholes: Vec<f64>) -> LayersOverTime {
        let race = RaceFound { racers: Vec::new() };
        let steps = vec![0, 10, 20];
        let shares = vec![0.0, 0.5, 1.0];
        let time = TimeAxis::of(&race, &TrainingLook::default());
        let racers = vec![LayerSeries { racer: 1, steps, shares, layers, wholes }];
        LayersOverTime { quantity, time, together: 1, window: None, racers }
    }

    #[test]
    fn a_map_has_its_first_layer_at_the_bottom_and_the_nearest_step() {
        let found = found(LayerQuantity::DeadUnits, vec![vec![0.0, 5.0, 10.0], vec![1.0, 2.0, 3.0]], vec![20.0, 10.0]);
        let seen = found.seen_on_map(0, (0.6, 0.2));
        assert_eq!(seen, Some(LayerSeen { racer: 1, layer: 1, step: 10, number: 0.25 }));
        let said = seen.map(|seen| found.said(seen, false));
        assert_eq!(said.as_deref(), Some("layer 1: dead units 25 %, after step 10"));
        let seen = found.seen_on_map(0, (0.9, 0.99));
        assert_eq!(seen, Some(LayerSeen { racer: 1, layer: 2, step: 20, number: 0.3 }));
        assert_eq!(found.seen_on_map(1, (0.5, 0.5)), None, "there is one panel");
    }

    #[test]
    fn of_lines_the_nearest_is_seen_on_its_bent_axis() {
        let found = found(LayerQuantity::Gradient, vec![vec![1e-4; 3], vec![1e-2; 3], vec![0.0; 3]], vec![1.0; 3]);
        let scale = LayerScale::of_heights(&found);
        let at = |number: f64| found.seen_on_lines(0, (0.4, scale.share(number)), &scale);
        // In powers of ten 2e-3 is nearer to 1e-2.
        assert_eq!([3e-4, 2e-3].map(|number| at(number).map(|seen| seen.layer)), [Some(1), Some(2)]);
        assert!(at(2e-3).is_some_and(|seen| (seen.number / 1e-2 - 1.0).abs() < 1e-9 && seen.step == 10));
    }
}
