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
}

impl Code {
    /// What it gives, in words.
    pub fn note(&self) -> &'static str {
        match (self.same_numbers, self.line.contains("seed=")) {
            (true, true) => "the same numbers, in Keras 2 on TensorFlow 1 with this one initializer for all layers",
            (true, false) => "the same numbers",
            (false, _) => "the same law, other numbers",
        }
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
        let lines = [
            ("Keras", keras, !drawn || self.draws_as_keras_2()),
            ("PyTorch", initializer.torch(), !drawn),
            ("NumPy", initializer.numpy(), !drawn),
        ];
        let code =
            |(framework, line, same_numbers): (_, Option<_>, _)| Some(Code { framework, line: line?, same_numbers });
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
