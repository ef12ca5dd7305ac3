use std::borrow::Cow;

use super::truncated::Truncated;
use super::{Draws, Experiment, Generator, Initializer};

/// A line of code that makes a kernel as an experiment's layers have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// What it is written for: `Keras`, `PyTorch` or `NumPy`.
    pub framework: &'static str,
    /// The line, to copy.
    pub line: String,
    /// Whether it gives the very numbers that the experiment has, rather than others of the same law.
    pub same_numbers: bool,
    /// What it gives in place of the law, in words, where the framework cannot draw from it.
    pub shortfall: Option<String>,
}

impl Code {
    /// What it gives, in words.
    pub fn note(&self) -> Cow<'static, str> {
        if let Some(shortfall) = &self.shortfall {
            return shortfall.clone().into();
        }
        let note = match (self.same_numbers, self.line.contains("seed=")) {
            (true, true) => "the same numbers, in Keras 2 on TensorFlow 1 with this one initializer for all layers",
            (true, false) => "the same numbers",
            (false, _) => "the same distribution, other numbers",
        };
        note.into()
    }
}

impl Experiment {
    /// The lines of the frameworks that give this experiment's kernels, or others of the same law.
    pub fn code(&self) -> Vec<Code> {
        let initializer = self.initializer;
        let drawn = !matches!(
            initializer,
            Initializer::Zeros | Initializer::Ones | Initializer::Constant { .. } | Initializer::Identity { .. }
        );
        let keras = if self.draws_as_keras_2() { self.seeded() } else { initializer.keras() };
        let cut = match initializer {
            Initializer::TruncNormal { mean, sigma, a, b } => Truncated { mean, sigma, a, b }.torch_shortfall(),
            _ => None,
        };
        let lines = [
            ("Keras", keras, !drawn || self.draws_as_keras_2(), None),
            ("PyTorch", initializer.torch(), !drawn, cut),
            ("NumPy", initializer.numpy(), !drawn, None),
        ];
        let code = |(framework, line, same_numbers, shortfall): (_, Option<_>, _, _)| {
            Some(Code { framework, line: line?, same_numbers, shortfall })
        };
        lines.into_iter().filter_map(code).collect()
    }

    /// Whether the kernels are those of Keras 2 on TensorFlow 1, with one seeded initializer for all layers.
    fn draws_as_keras_2(&self) -> bool {
        let normal = matches!(self.initializer, Initializer::RandomNormal { .. });
        normal && (self.draws, self.generator) == (Draws::Shared, Generator::Tensorflow1)
    }

    /// Keras's line with the seed.
    fn seeded(&self) -> Option<String> {
        let line = self.initializer.keras()?;
        Some(format!("{}, seed={})", line.strip_suffix(')')?, self.seed))
    }
}
