use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::engine::{LayerMeasurement, Measurement};
use crate::experiment::Activation;
use crate::stats::Distribution;

/// All figures of a layer, in the order and under the keys that they are published with: JSON, CSV and the table are written
/// from them.
pub(super) struct LayerReport(Vec<KeyedFigure>);

/// A figure under its key; a dot in it leads into an object of JSON.
struct KeyedFigure {
    key: String,
    figure: LayerFigure,
}

/// What stands under a key.
#[derive(Clone, Copy)]
pub(super) enum LayerFigure {
    /// What is counted.
    Whole(u64),
    /// What is counted, and is nothing to be said of where there is none.
    Exceptions(u64),
    /// A number, be it finite or not.
    Number(f64),
    /// What does not apply to the layer.
    Nothing,
}

/// Names of the quantiles.
pub(super) const QUANTILES: [&str; 7] = ["q01", "q05", "q25", "q50", "q75", "q95", "q99"];

impl LayerReport {
    /// The reports of all layers.
    pub fn all(measurement: &Measurement) -> Vec<Self> {
        let is_trained = measurement.subject.updates().is_some();
        (measurement.layers.iter())
            .map(|layer| Self::of(layer, measurement.subject.activation(layer.layer - 1), is_trained))
            .collect()
    }

    fn of(layer: &LayerMeasurement, activation: Activation, is_trained: bool) -> Self {
        let mut report = Self(Vec::new());
        report.whole("layer", layer.layer);
        report.whole("units", layer.units);
        report.whole("fan_in", layer.fan_in);
        report.weights(layer);
        // A training whose weights are not finite has no step to look at.
        report.values("update", layer.update.as_ref().filter(|_| is_trained));
        report.distribution("pre_activation", layer.pre_activation.as_ref());
        report.distribution("output", Some(&layer.output));
        let gradient = layer.gradient.as_ref();
        report.distribution("gradient", gradient.map(|gradient| &gradient.distribution));
        report.optional("gradient_l2", gradient.map(|gradient| gradient.l2));
        report.optional("weight_gradient_l2", gradient.map(|gradient| gradient.weight_l2));
        report.number("zero_fraction", layer.output.zero_fraction);
        report.optional("saturated_fraction", layer.saturated_fraction);
        report.whole("dead_units", layer.states.dead);
        report.whole("always_on_units", layer.states.always_on);
        report.whole("mixed_units", layer.states.mixed);
        report.whole("never_positive_units", layer.states.never_positive);
        report.theory(layer, activation);
        report
    }

    fn weights(&mut self, layer: &LayerMeasurement) {
        let finite = &layer.weights;
        let non_finite = (layer.units * layer.fan_in) as u64 - finite.count;
        let figures = [("mean", finite.mean), ("std", finite.std()), ("min", finite.min), ("max", finite.max)];
        for (name, figure) in figures {
            self.number(&format!("weights.{name}"), if non_finite > 0 { f64::NAN } else { figure });
        }
        let quantiles = layer.weight_distribution.as_ref().and_then(|weights| weights.quantiles);
        for (index, name) in QUANTILES.iter().enumerate() {
            self.optional(&format!("weights.{name}"), quantiles.map(|quantiles| quantiles[index]));
        }
        self.optional("weights.spectral_norm", layer.spectral_norm);
        self.add("weights.non_finite", LayerFigure::Exceptions(non_finite));
    }

    fn values(&mut self, of: &str, values: Option<&Distribution>) {
        self.optional(&format!("{of}.mean"), values.map(|values| values.mean));
        self.optional(&format!("{of}.std"), values.map(|values| values.std));
        self.optional(&format!("{of}.min"), values.map(|values| values.min));
        self.optional(&format!("{of}.max"), values.map(|values| values.max));
        for (index, name) in QUANTILES.iter().enumerate() {
            let quantile = |values: &Distribution| values.quantiles.map_or(f64::NAN, |quantiles| quantiles[index]);
            self.optional(&format!("{of}.{name}"), values.map(quantile));
        }
    }

    fn distribution(&mut self, of: &str, values: Option<&Distribution>) {
        self.values(of, values);
        let non_finite = values.map_or(LayerFigure::Nothing, |values| LayerFigure::Exceptions(values.non_finite()));
        self.add(&format!("{of}.non_finite"), non_finite);
    }

    /// What mean-field theory expects of the layer.
    fn theory(&mut self, layer: &LayerMeasurement, activation: Activation) {
        let (theory, states) = (layer.theory, layer.theory_of_states);
        self.optional("theory.pre_activation_std", theory.map(|theory| theory.pre_activation_std));
        self.optional("theory.output_mean", theory.map(|theory| theory.output_mean));
        self.optional("theory.output_std", theory.map(|theory| theory.output_std));
        self.optional("theory.gradient_l2", theory.and_then(|theory| theory.gradient_l2));
        // Units that cannot be dead are no matter of theory.
        let dead = if activation.can_be_dead() { states.map(|states| states.dead) } else { Some(0.0) };
        self.optional("theory.dead_share", theory.and(dead));
        self.optional("theory.always_on_share", theory.and(states).map(|states| states.always_on));
    }

    fn whole(&mut self, key: &str, count: usize) {
        self.add(key, LayerFigure::Whole(count as u64));
    }

    fn optional(&mut self, key: &str, figure: Option<f64>) {
        // -0 is 0 to a reader.
        self.add(key, figure.map_or(LayerFigure::Nothing, |figure| LayerFigure::Number(figure + 0.0)));
    }

    fn number(&mut self, key: &str, figure: f64) {
        self.optional(key, Some(figure));
    }

    fn add(&mut self, key: &str, figure: LayerFigure) {
        self.0.push(KeyedFigure { key: key.to_owned(), figure });
    }

    /// All figures with their keys, the same keys in the same order for every layer.
    pub fn figures(&self) -> impl Iterator<Item = (&str, LayerFigure)> {
        self.0.iter().map(|entry| (entry.key.as_str(), entry.figure))
    }

    /// The number under a key; NaN if there is none.
    pub fn number_of(&self, key: &str) -> f64 {
        let found = self.figures().find(|(found, _)| *found == key);
        match found.map(|(_, figure)| figure) {
            Some(LayerFigure::Number(number)) => number,
            Some(LayerFigure::Whole(count) | LayerFigure::Exceptions(count)) => count as f64,
            Some(LayerFigure::Nothing) | None => f64::NAN,
        }
    }
}

/// An object, with objects for what has a dot in its key; what does not apply is left out.
impl Serialize for LayerReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let said: Vec<_> = self.0.iter().filter(|entry| entry.figure.is_said()).collect();
        let mut object = serializer.serialize_map(None)?;
        for group in said.chunk_by(|one, other| one.object().is_some() && one.object() == other.object()) {
            match group {
                [] => {}
                [first, ..] => match first.object() {
                    Some(name) => object.serialize_entry(name, &Object(group))?,
                    None => object.serialize_entry(&first.key, &first.figure)?,
                },
            }
        }
        object.end()
    }
}

/// Figures of one object of JSON.
struct Object<'a>(&'a [&'a KeyedFigure]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|entry| (entry.name(), entry.figure)))
    }
}

impl KeyedFigure {
    /// The object of JSON that it stands in.
    fn object(&self) -> Option<&str> {
        self.key.split_once('.').map(|(object, _)| object)
    }

    /// Its name there.
    fn name(&self) -> &str {
        self.key.split_once('.').map_or(&self.key, |(_, name)| name)
    }
}

impl LayerFigure {
    /// Whether JSON has it.
    fn is_said(self) -> bool {
        match self {
            Self::Nothing | Self::Exceptions(0) => false,
            Self::Whole(_) | Self::Number(_) | Self::Exceptions(_) => true,
        }
    }

    /// A cell of CSV: the shortest digits that read back as the same number; nothing where it does not apply or is not finite.
    pub fn cell(self) -> String {
        match self {
            Self::Whole(count) | Self::Exceptions(count) => count.to_string(),
            Self::Number(number) if number.is_finite() => format!("{number:?}"),
            Self::Number(_) | Self::Nothing => String::new(),
        }
    }
}

/// A number that is not finite is null.
impl Serialize for LayerFigure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Whole(count) | Self::Exceptions(count) => serializer.serialize_u64(*count),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Nothing => serializer.serialize_none(),
        }
    }
}
