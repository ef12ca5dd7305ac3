use std::collections::BTreeSet;

use super::{Figure, Quantity, any_activation};
use crate::engine::{GradientMeasurement, LayerMeasurement};
use crate::experiment::Activation;
use crate::number;
use crate::theory::{Coverage, LayerPrediction};

/// A row of numbers under the layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// The layers' names.
    Layer,
    /// The mean of what is drawn.
    Mean,
    /// What theory expects of it.
    MeanTheory,
    /// The standard deviation of what is drawn.
    Std,
    /// What theory expects of it.
    Theory,
    /// ||dL/dz||
    Norm,
    /// ||dL/dW||
    WeightNorm,
    /// The norm of what a step changed of the weights, over theirs.
    UpdateRatio,
    /// The share of exact zeros.
    Zeros,
    /// The share of saturated outputs.
    Saturated,
    /// What units do, as a bar.
    Units,
    /// How many are dead, and what else there is to say where there is room.
    States,
    /// How many are never positive, where none can be dead.
    NeverPositive,
}

/// How loud a text of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// In the colour of its layer.
    Layer,
    /// As any text.
    Plain,
    /// Less loud: theory.
    Quiet,
    /// In the colour of dead units.
    Dead,
}

/// Columns narrower than this, in px at a text of 13 px, have the layer's number alone.
const WIDE_ENOUGH_FOR_LAYER: f64 = 64.0;
/// Columns narrower than this have the number of dead units alone.
const WIDE_ENOUGH_FOR_STATES: f64 = 150.0;

impl Row {
    /// Rows in the order in which they are left out where there is no room for all, in the window as in files; the layers' names are
    /// not among them.
    pub const YIELDING: [Self; 12] = [
        Self::WeightNorm,
        Self::MeanTheory,
        Self::Theory,
        Self::Norm,
        Self::Zeros,
        Self::Saturated,
        Self::NeverPositive,
        Self::States,
        Self::Units,
        Self::UpdateRatio,
        Self::Mean,
        Self::Std,
    ];

    /// The rows that say something about a figure.
    pub fn all(figure: &Figure) -> Vec<Self> {
        let any = |is_such: fn(Activation) -> bool| any_activation(&figure.measurement.subject, is_such);
        let mut rows = vec![Self::Layer, Self::Mean, Self::MeanTheory, Self::Std, Self::Theory];
        // Theory of many layers comes a moment later: its place is kept. It has no mean but that of the outputs, and
        // nothing to say of weights.
        let is_covered = !matches!(figure.measurement.coverage, Coverage::NotCovered(_));
        rows.retain(|row| match row {
            Self::MeanTheory => is_covered && figure.view.quantity == Quantity::Outputs,
            Self::Theory => is_covered && !figure.view.quantity.is_of_weights(),
            _ => true,
        });
        let lacks = figure.lacks().is_some();
        rows.retain(|row| *row == Self::Layer || !lacks);
        match figure.view.quantity {
            _ if lacks => {}
            Quantity::Outputs => {
                if any(Activation::switches_off) {
                    rows.push(Self::Zeros);
                }
                if any(|activation| activation.saturation().is_some()) {
                    rows.push(Self::Saturated);
                }
            }
            Quantity::PreActivations | Quantity::Weights => {}
            Quantity::Updates => rows.push(Self::UpdateRatio),
            Quantity::Gradients => rows.extend([Self::Norm, Self::WeightNorm]),
        }
        // A sigmoid's output is always positive: there is nothing to count.
        if any(Activation::can_be_dead) {
            rows.extend([Self::Units, Self::States]);
        } else if any(|activation| !activation.is_positive()) {
            rows.extend([Self::Units, Self::NeverPositive]);
        }
        rows
    }

    /// The same, and of these others those of which something is known.
    pub fn all_and(figure: &Figure, others: &[Self]) -> Vec<Self> {
        let rows: BTreeSet<_> = Self::all(figure).into_iter().chain(others.iter().copied()).collect();
        rows.into_iter().filter(|row| row.is_known(figure)).collect()
    }

    /// The rows of figures side by side: those that say something about any of them, and of these others those of which something is
    /// known.
    pub fn of_all<'f>(figures: impl IntoIterator<Item = &'f Figure>, others: &[Self]) -> Vec<Self> {
        let rows: BTreeSet<_> = figures.into_iter().flat_map(|figure| Self::all_and(figure, others)).collect();
        rows.into_iter().collect()
    }

    /// Whether it says something about a figure: norms of gradients do wherever these are measured.
    fn is_known(self, figure: &Figure) -> bool {
        let has_gradients = || figure.measurement.layers.iter().any(|layer| layer.gradient.is_some());
        Self::all(figure).contains(&self) || matches!(self, Self::Norm | Self::WeightNorm) && has_gradients()
    }

    /// What stands before the row of figures side by side, where the narrowest column is so wide.
    pub fn name_of_all(self, figures: &[&Figure], width: f64) -> String {
        let of_one = |figure: &&Figure| self.is_known(figure).then(|| self.name(figure, width));
        let mut names = figures.iter().filter_map(of_one);
        let Some(first) = names.next() else { return String::new() };
        match (self, names.all(|name| name == first)) {
            (Self::Units, false) => "units".to_owned(),
            (Self::States, false) => "dead so far".to_owned(),
            _ => first,
        }
    }

    /// What is said of it where it has no room; nothing of the layers' names, which always have.
    pub fn said(self) -> Option<&'static str> {
        Some(match self {
            Self::Layer => return None,
            Self::Mean => "mean",
            Self::Std => "std",
            Self::MeanTheory => "theory’s means",
            Self::Theory => "theory’s std",
            Self::Norm => "||∂L/∂z||",
            Self::WeightNorm => "||∂L/∂W||",
            Self::UpdateRatio => "update ratio",
            Self::Zeros => "zeros",
            Self::Saturated => "saturation",
            Self::Units => "units",
            Self::States => "dead units",
            Self::NeverPositive => "units that are never positive",
        })
    }

    /// What stands before the row, where a column is so wide.
    pub fn name(self, figure: &Figure, width: f64) -> String {
        let measurement = &figure.measurement;
        match self {
            Self::Layer if width < WIDE_ENOUGH_FOR_LAYER => "layer".to_owned(),
            Self::States if !measurement.is_exact() => {
                let images = number::count(measurement.images as u64);
                // What there is room for.
                if measurement.images < 1_000 { format!("{images} images") } else { format!("on {images}") }
            }
            Self::States if width < WIDE_ENOUGH_FOR_STATES => "dead".to_owned(),
            Self::Layer | Self::States => String::new(),
            Self::Mean => "mean".to_owned(),
            Self::Std => "std".to_owned(),
            // Each under what it is of.
            Self::MeanTheory | Self::Theory => "theory".to_owned(),
            Self::Norm => "||∂L/∂z||".to_owned(),
            Self::WeightNorm => "||∂L/∂W||".to_owned(),
            Self::UpdateRatio => "update ratio".to_owned(),
            Self::Zeros => "exactly 0".to_owned(),
            Self::Saturated => "saturated".to_owned(),
            Self::NeverPositive => "never > 0".to_owned(),
            Self::Units if !measurement.is_exact() && any_activation(&measurement.subject, Activation::can_be_dead) => {
                "dead so far".to_owned()
            }
            Self::Units => match measurement.experiment().uniform_width() {
                Some(1) => "1 unit".to_owned(),
                Some(width) => format!("{} units", number::count(width as u64)),
                None => "units".to_owned(),
            },
        }
    }

    /// What it says of a layer, from 0, in a column so wide; a dash where it says nothing about the figure at all.
    pub fn text_or_dash(self, figure: &Figure, index: usize, width: f64) -> String {
        if self.is_known(figure) { self.text(figure, index, width) } else { "–".to_owned() }
    }

    /// What it says of a layer, from 0, in a column so wide.
    pub fn text(self, figure: &Figure, index: usize, width: f64) -> String {
        let layer = &figure.measurement.layers[index];
        let output = figure.shown(index);
        // Gradients and weights are small, and of all sizes.
        let small = figure.view.quantity.is_of_weights() || figure.view.quantity == Quantity::Gradients;
        let value = if small { number::significant } else { number::value };
        let norm = |of: fn(&GradientMeasurement) -> f64| layer.gradient.as_ref().map_or(f64::NAN, of);
        match self {
            Self::Layer if width < WIDE_ENOUGH_FOR_LAYER => layer.layer.to_string(),
            Self::Layer => format!("layer {}", layer.layer),
            Self::Mean => value(output.mean),
            Self::Std => value(output.std),
            Self::MeanTheory => layer.theory.map_or_else(String::new, |theory| value(theoretical_mean(theory))),
            Self::Theory => theory(figure, layer).map_or_else(String::new, value),
            Self::Norm => number::significant(norm(|gradient| gradient.l2)),
            Self::WeightNorm => number::significant(norm(|gradient| gradient.weight_l2)),
            Self::UpdateRatio => value(update_ratio(figure, index)),
            Self::Zeros => number::percent(output.zero_fraction),
            Self::Saturated => number::percent(layer.saturated_fraction.unwrap_or(f64::NAN)),
            Self::Units => String::new(),
            Self::States => states(layer, width),
            Self::NeverPositive if !layer.has_states() => "–".to_owned(),
            Self::NeverPositive => number::count(layer.states.never_positive as u64),
        }
    }

    /// The same where there is little room.
    pub fn short(self, figure: &Figure, index: usize) -> String {
        let layer = &figure.measurement.layers[index];
        let output = figure.shown(index);
        let norm = |of: fn(&GradientMeasurement) -> f64| layer.gradient.as_ref().map_or(f64::NAN, of);
        match self {
            _ if !self.is_known(figure) => "–".to_owned(),
            Self::Mean => number::short(output.mean),
            Self::Std => number::short(output.std),
            Self::MeanTheory => layer.theory.map_or_else(String::new, |theory| number::short(theoretical_mean(theory))),
            Self::Theory => theory(figure, layer).map_or_else(String::new, number::short),
            Self::Norm => number::short(norm(|gradient| gradient.l2)),
            Self::WeightNorm => number::short(norm(|gradient| gradient.weight_l2)),
            Self::UpdateRatio => number::short(update_ratio(figure, index)),
            Self::Zeros => number::short_percent(output.zero_fraction),
            Self::Saturated => number::short_percent(layer.saturated_fraction.unwrap_or(f64::NAN)),
            Self::Layer | Self::Units | Self::States | Self::NeverPositive => self.text(figure, index, 0.0),
        }
    }

    /// How loud that is.
    pub fn tone(self, layer: &LayerMeasurement) -> Tone {
        match self {
            Self::Layer => Tone::Layer,
            Self::States if layer.states.dead > 0 => Tone::Dead,
            Self::States | Self::NeverPositive | Self::MeanTheory | Self::Theory => Tone::Quiet,
            _ => Tone::Plain,
        }
    }
}

/// What the last step moved a layer's weights by, over their norm.
fn update_ratio(figure: &Figure, index: usize) -> f64 {
    figure.measurement.subject.updates().and_then(|updates| updates.ratio(index)).unwrap_or(f64::NAN)
}

/// The mean that theory expects of the outputs: zero where nothing but the rounding of its integrals is left.
fn theoretical_mean(theory: LayerPrediction) -> f64 {
    if theory.output_mean.abs() < 1e-12 * theory.output_std { 0.0 } else { theory.output_mean }
}

/// The std that theory expects of the values that are drawn.
fn theory(figure: &Figure, layer: &LayerMeasurement) -> Option<f64> {
    let theory = layer.theory?;
    match figure.view.quantity {
        Quantity::Outputs => Some(theory.output_std),
        Quantity::PreActivations => Some(theory.pre_activation_std),
        Quantity::Weights | Quantity::Updates => None,
        // Its mean is nearly zero, so that the norm says it.
        Quantity::Gradients => {
            let count = layer.gradient.as_ref()?.distribution.count as f64;
            Some(theory.gradient_l2? / count.sqrt())
        }
    }
}

/// `2 dead, 3 always on`, or in a narrow column just how many are dead.
fn states(layer: &LayerMeasurement, width: f64) -> String {
    let states = layer.states;
    if !layer.has_states() {
        return if width < WIDE_ENOUGH_FOR_STATES { "–" } else { "not finite" }.to_owned();
    }
    if width < WIDE_ENOUGH_FOR_STATES {
        return number::count(states.dead as u64);
    }
    let dead = match states.dead {
        0 => "none dead".to_owned(),
        dead if dead == layer.units => return "all dead".to_owned(),
        dead => format!("{dead} dead"),
    };
    match (states.always_on, states.never_positive) {
        (0, 0) => dead,
        (0, never) => format!("{dead}, {never} never > 0"),
        (on, _) if on == layer.units => "all always on".to_owned(),
        (on, _) => format!("{dead}, {on} always on"),
    }
}
