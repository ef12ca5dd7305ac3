use std::ops::Range;

use ndarray::{Array1, Array2};

use super::product::LANES;
use super::rule::{self, Rows, Squares, StepRule};
use crate::numeric::Level;
use crate::training::Optimizer;

/// Rows whose gradients are made and used up together: whole tiles of their products.
const PANEL: usize = 20;

/// A layer that is trained: its weights and what its optimizer keeps of each.
#[derive(Clone)]
pub(super) struct TrainedLayer {
    pub fan_in: usize,
    pub fan_out: usize,
    /// From a row to the next: `fan_out` and at most [`LANES`] less 1 zeros.
    pub stride: usize,
    /// [fan_in + 1, stride]: the kernel, and the biases as its last row, whose input is always 1.
    pub weights: Vec<f32>,
    /// What the optimizer keeps, as the weights lie; empty where it keeps nothing.
    first: Vec<f32>,
    second: Vec<f32>,
    /// For each row, the sum of squares of its weights.
    squares: Vec<f64>,
}

/// What clipping to a norm multiplies a layer's gradients by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scales {
    pub kernel: f32,
    pub biases: f32,
}

impl Scales {
    /// No clipping.
    pub const NONE: Self = Self { kernel: 1.0, biases: 1.0 };
}

/// What was found of a layer in a step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct LayerSquares {
    pub kernel: Squares,
    pub biases: Squares,
}

impl TrainedLayer {
    /// A layer that starts from these weights [fan_in, fan_out] and biases.
    pub fn new(kernel: &Array2<f32>, biases: &Array1<f32>, optimizer: Optimizer) -> Self {
        let (fan_in, fan_out) = kernel.dim();
        let stride = fan_out.next_multiple_of(LANES);
        let mut weights = vec![0.0; (fan_in + 1) * stride];
        lay(stride, (kernel, biases), &mut weights);
        let kept = |at: usize, start: f32| {
            if StepRule::kept(optimizer) > at { vec![start; weights.len()] } else { Vec::new() }
        };
        let (first, second) = (kept(0, StepRule::start(optimizer)), kept(1, 0.0));
        let squares = weights.chunks_exact(stride).map(rule::squares).collect();
        Self { fan_in, fan_out, stride, weights, first, second, squares }
    }

    /// The sum of squares of the kernel's weights.
    pub fn kernel_squares(&self) -> f64 {
        self.squares[..self.fan_in].iter().sum()
    }

    /// Whether all weights and biases are finite.
    pub fn is_finite(&self) -> bool {
        self.squares.iter().all(|squares| squares.is_finite())
    }

    /// Moves some rows' weights, by their gradients.
    pub fn update(
        &mut self,
        level: Level,
        (rule, scales): (&StepRule, Scales),
        rows: Range<usize>,
        gradients: &mut [f32],
    ) -> LayerSquares {
        let place = rows.start * self.stride..rows.end * self.stride;
        let are_biases = rows.start == self.fan_in;
        let found = rule.apply(
            level,
            Rows {
                stride: self.stride,
                weights: &mut self.weights[place.clone()],
                gradients,
                first: self.first.get_mut(place.clone()).unwrap_or_default(),
                second: self.second.get_mut(place).unwrap_or_default(),
                squares: &mut self.squares[rows],
                are_biases,
                scale: if are_biases { scales.biases } else { scales.kernel },
            },
        );
        if are_biases {
            LayerSquares { biases: found, ..LayerSquares::default() }
        } else {
            LayerSquares { kernel: found, ..LayerSquares::default() }
        }
    }

    /// What the optimizer keeps: the arrays that are there, as the weights lie.
    pub fn kept(&self) -> [&[f32]; 2] {
        [&self.first, &self.second]
    }

    /// Puts back what the optimizer kept; nothing, if these are not its arrays.
    pub fn put_back(&mut self, kept: &[(Array2<f32>, Array1<f32>)]) -> Option<()> {
        let (fan_in, fan_out) = (self.fan_in, self.fan_out);
        let fits = |(kernel, biases): &(Array2<f32>, Array1<f32>)| {
            kernel.dim() == (fan_in, fan_out) && biases.len() == fan_out
        };
        let places = [&mut self.first, &mut self.second].into_iter().filter(|place| !place.is_empty());
        let places: Vec<_> = places.collect();
        if places.len() != kept.len() || !kept.iter().all(fits) {
            return None;
        }
        for (place, (kernel, biases)) in places.into_iter().zip(kept) {
            lay(self.stride, (kernel, biases), place);
        }
        Some(())
    }

    /// The kernel [fan_in, fan_out] of an array that lies as the weights do.
    pub fn kernel_of(&self, values: &[f32]) -> Array2<f32> {
        Array2::from_shape_fn((self.fan_in, self.fan_out), |(row, column)| values[row * self.stride + column])
    }

    /// The biases of such an array.
    pub fn biases_of(&self, values: &[f32]) -> Array1<f32> {
        values[self.fan_in * self.stride..][..self.fan_out].to_vec().into()
    }
}

/// Rows of a layer with so many inputs that are made and used up together: some of the kernel's, or the biases.
pub(super) fn panels(fan_in: usize) -> impl Iterator<Item = Range<usize>> {
    let kernel = (0..fan_in).step_by(PANEL).map(move |first| first..(first + PANEL).min(fan_in));
    kernel.chain(std::iter::once(fan_in..fan_in + 1))
}

/// Writes a kernel and biases as weights lie.
fn lay(stride: usize, (kernel, biases): (&Array2<f32>, &Array1<f32>), into: &mut [f32]) {
    for (row, values) in into.chunks_exact_mut(stride).zip(kernel.outer_iter().chain([biases.view()])) {
        row.iter_mut().zip(values).for_each(|(place, &value)| *place = value);
    }
}

impl std::ops::AddAssign for LayerSquares {
    fn add_assign(&mut self, other: Self) {
        for (sum, more) in [(&mut self.kernel, other.kernel), (&mut self.biases, other.biases)] {
            sum.gradients += more.gradients;
            sum.updates += more.updates;
        }
    }
}
