use super::smoothing::window;
use super::{LayerQuantity, TimeAxis, TrainingLook};
use crate::engine::race::{RaceFound, RacerFound};

/// Something of the layers of racers over time.
#[derive(Clone, Debug)]
pub struct LayersOverTime {
    /// What it is.
    pub quantity: LayerQuantity,
    /// The axis that all share.
    pub time: TimeAxis,
    /// Numbers after one another that lines show as their mean: what was found in the steps of a window; else one.
    pub together: usize,
    /// Steps of that window, where there is one.
    pub window: Option<usize>,
    /// Those that are shown.
    pub racers: Vec<LayerSeries>,
}

/// The same of one racer.
#[derive(Clone, Debug)]
pub struct LayerSeries {
    /// Its place in the race, from 0.
    pub racer: usize,
    /// The steps that were done.
    pub steps: Vec<u64>,
    /// Where these are on the axis of time.
    pub shares: Vec<f64>,
    /// Layer by layer what was found then; no number where nothing was.
    pub layers: Vec<Vec<f64>>,
    /// Units of each layer, where numbers are counts of them, else 1: what makes shares of them.
    pub wholes: Vec<f64>,
}

impl LayersOverTime {
    /// Of a race as far as it is.
    pub fn new(race: &RaceFound, look: &TrainingLook) -> Self {
        let (quantity, time) = (look.layer_quantity, TimeAxis::of(race, look));
        let chosen = look.racer.filter(|&racer| racer < race.racers.len());
        let shown = race.racers.iter().enumerate().filter(|(index, _)| chosen.is_none_or(|chosen| chosen == *index));
        let racers: Vec<_> = shown.map(|(index, racer)| series(index, racer, quantity, &time)).collect();
        let steps = race.racers.iter().map(|racer| racer.steps).max().unwrap_or(0);
        let window = Some(window(steps)).filter(|&window| quantity.is_of_steps() && window > 1);
        let apart = |series: &LayerSeries| if let [first, second, ..] = series.steps[..] { second - first } else { 1 };
        let apart = racers.iter().map(apart).max().unwrap_or(1).max(1);
        let together = window.map_or(1, |window| (window as u64).div_ceil(apart) as usize);
        Self { quantity, time, together, window, racers }
    }

    /// The most layers that any has.
    pub fn layers(&self) -> usize {
        self.racers.iter().map(|series| series.layers.len()).max().unwrap_or(0)
    }

    /// All numbers, shares where they are of units.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        self.racers.iter().flat_map(|series| {
            series.layers.iter().zip(&series.wholes).flat_map(|(layer, whole)| layer.iter().map(move |at| at / whole))
        })
    }
}

fn series(index: usize, racer: &RacerFound, quantity: LayerQuantity, time: &TimeAxis) -> LayerSeries {
    let experiment = &racer.entrant.experiment;
    let (count, first) = (experiment.widths.len(), experiment.linear_layers());
    let mut steps = Vec::new();
    let mut layers = vec![Vec::new(); count];
    if quantity.is_of_steps() {
        for found in racer.history.layers() {
            steps.push(found.step);
            for (index, numbers) in layers.iter_mut().enumerate() {
                numbers.push(found.layers.get(first + index).map_or(f64::NAN, |layer| match quantity {
                    LayerQuantity::WeightGradient => layer.weight_gradient_l2,
                    _ => layer.update_ratio,
                }));
            }
        }
    } else if quantity.is_known_of(racer) {
        for epoch in &racer.epochs {
            steps.push(epoch.step);
            for (index, numbers) in layers.iter_mut().enumerate() {
                numbers.push(epoch.layers.get(index).and_then(|layer| quantity.of_epoch(layer)).unwrap_or(f64::NAN));
            }
        }
    }
    let shares = steps.iter().map(|&step| time.share(racer, step)).collect();
    let whole = |&units: &usize| if quantity.is_count() { units as f64 } else { 1.0 };
    LayerSeries { racer: index, steps, shares, layers, wholes: experiment.widths.iter().map(whole).collect() }
}
