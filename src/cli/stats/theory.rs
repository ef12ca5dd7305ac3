use serde::Serialize;

use crate::engine::Measurement;
use crate::number;
use crate::theory::{Coverage, DeepLimit, FixedPoint};

/// What mean-field theory says of the network as a whole, with the keys it is published under.
#[derive(Serialize)]
pub(super) struct Theory {
    /// How far it holds, and why not further.
    pub coverage: String,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// Why nothing is known of where depth leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit_not_covered: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born_dead: Option<f64>,
}

/// Where depth leads; what is infinite is null.
#[derive(Serialize)]
pub(super) struct Limit {
    pub weight_variance: f64,
    pub bias_variance: f64,
    pub fixed_point: Point,
    pub chi1: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variance_depth: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlation_depth: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edge_weight_variance: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edge_q: Option<f64>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Point {
    At(f64),
    Word(&'static str),
}

impl Theory {
    pub fn of(measurement: &Measurement) -> Self {
        let outlook = measurement.outlook;
        let limit = outlook.map(|outlook| outlook.limit);
        Self {
            coverage: coverage(measurement.coverage),
            limit: limit.and_then(Result::ok).map(|limit| Limit::of(&limit)),
            limit_not_covered: limit.and_then(Result::err),
            born_dead: outlook.and_then(|outlook| outlook.born_dead),
        }
    }

    /// In words: how far it holds, and where depth leads.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("theory: {}", self.coverage)];
        if let Some(limit) = &self.limit {
            lines.extend(limit.lines());
        } else if let Some(why) = self.limit_not_covered.filter(|why| !self.coverage.ends_with(why)) {
            lines.push(format!("theory does not cover where depth leads: {why}"));
        }
        if let Some(born_dead) = self.born_dead {
            lines.push(format!(
                "for a given image, all units of some layer are off with probability {}",
                share(born_dead)
            ));
        }
        lines
    }
}

impl Limit {
    fn of(limit: &DeepLimit) -> Self {
        Self {
            weight_variance: limit.weight_variance,
            bias_variance: limit.bias_variance,
            fixed_point: match limit.fixed_point {
                FixedPoint::At(q) => Point::At(q),
                FixedPoint::Everywhere => Point::Word("everywhere"),
                FixedPoint::Diverges => Point::Word("diverges"),
            },
            chi1: limit.chi1,
            variance_depth: limit.variance_depth,
            correlation_depth: limit.correlation_depth,
            edge_weight_variance: limit.edge.map(|edge| edge.weight_variance),
            edge_q: limit.edge.map(|edge| edge.q),
        }
    }

    fn lines(&self) -> Vec<String> {
        let point = match self.fixed_point {
            Point::At(0.0) => "with depth, pre-activations shrink to 0".to_owned(),
            Point::At(q) => format!("with depth, pre-activations tend to std {}", number::plain(q.sqrt())),
            Point::Word("everywhere") => "pre-activations keep their std, whatever it is".to_owned(),
            Point::Word(_) => "with depth, pre-activations grow without bound".to_owned(),
        };
        let chi1 = number::plain(self.chi1);
        let gradients = match self.chi1 {
            chi1 if (chi1 - 1.0).abs() < 1e-6 => "gradients keep their size: the edge of chaos",
            chi1 if chi1 < 1.0 => "gradients shrink on their way back: ordered",
            _ => "gradients grow on their way back: chaotic",
        };
        let mut lines = vec![point, format!("χ₁ = {chi1}: {gradients}")];
        let depth = |depth: f64| match depth {
            depth if depth.is_infinite() => "never".to_owned(),
            depth => format!("in {} layers", number::plain(depth)),
        };
        let variance = self.variance_depth.map(|layers| format!("of variance {}", depth(layers)));
        let correlation = self.correlation_depth.map(|layers| format!("of correlation {}", depth(layers)));
        let fades: Vec<_> = [variance, correlation].into_iter().flatten().collect();
        if !fades.is_empty() {
            lines.push(format!("distances from there fall to 1/e: {}", fades.join(", ")));
        }
        lines
    }
}

fn coverage(coverage: Coverage) -> String {
    match coverage {
        Coverage::ExactInTheLimit => "exact in the limit of wide layers".to_owned(),
        Coverage::Approximate(why) => format!("approximate: {why}"),
        Coverage::NotCovered(why) => format!("not covered: {why}"),
    }
}

fn share(probability: f64) -> String {
    if probability < 1e-3 { number::scientific(probability, 2) } else { number::percent(probability) }
}
