use ndarray::{Array1, Array2};

use super::element::count;
use super::error::Flaw;

/// An array of a file: numbers in C order under a name.
#[derive(Clone, Debug)]
pub(super) struct NamedTensor {
    pub name: String,
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

impl NamedTensor {
    /// # Errors
    /// If there are more or fewer numbers than the shape has.
    pub fn new(name: impl Into<String>, shape: Vec<usize>, values: Vec<f32>) -> Result<Self, Flaw> {
        let name = name.into();
        if count(&name, &shape)? != values.len() {
            let found = values.len();
            return Err(Flaw::damaged(format!("{name} has {found} numbers, but its shape is {}", words(&shape))));
        }
        Ok(Self { name, shape, values })
    }

    /// As a matrix [rows, columns], if it has two dimensions.
    pub fn matrix(self) -> Result<Array2<f32>, Flaw> {
        let [rows, columns] = self.shape[..] else {
            return Err(Flaw(format!("{} must be a matrix, but its shape is {}", self.name, words(&self.shape))));
        };
        Array2::from_shape_vec((rows, columns), self.values)
            .map_err(|error| Flaw::damaged(format!("{}: {error}", self.name)))
    }

    /// All its numbers in a row.
    pub fn flat(self) -> Array1<f32> {
        self.values.into()
    }
}

/// A shape in words.
pub(super) fn words(shape: &[usize]) -> String {
    match shape {
        [] => "that of a single number".to_owned(),
        lengths => lengths.iter().map(usize::to_string).collect::<Vec<_>>().join(" × "),
    }
}
