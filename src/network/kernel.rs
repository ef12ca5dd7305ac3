use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ndarray::Array2;

use super::Interrupted;
use super::spectral_norm::spectral_norm;
use crate::stats::{Distribution, Moments, NonFinite};

/// The weights of a layer [fan_in, fan_out]: offset + factor x draw.
///
/// The draws are shared with every kernel that scales the same ones. A product with the weights is one with the draws,
/// scaled afterwards: a new sigma neither copies nor reads them.
#[derive(Clone)]
pub struct Kernel {
    draws: Arc<Draws>,
    factor: f32,
    offset: f32,
}

/// Standard draws, row after row, and what is asked of them often.
pub(super) struct Draws {
    fan_in: usize,
    fan_out: usize,
    /// Perhaps more rows than `fan_in`: what comes after the weights is another's.
    values: Array2<f32>,
    moments: OnceLock<(Moments, NonFinite)>,
    distribution: OnceLock<Distribution>,
    /// The last offset that was added to them, and the spectral norm they had with it.
    spectral_norm: Mutex<Option<(f64, f64)>>,
}

impl Draws {
    /// Of the first `fan_in` rows.
    pub fn new(fan_in: usize, values: Array2<f32>) -> Self {
        let values = if values.is_standard_layout() { values } else { values.as_standard_layout().into_owned() };
        let (moments, distribution) = (OnceLock::new(), OnceLock::new());
        Self { fan_in, fan_out: values.ncols(), values, moments, distribution, spectral_norm: Mutex::default() }
    }

    /// All of them.
    pub fn values(&self) -> &Array2<f32> {
        &self.values
    }

    fn weights(&self) -> &[f32] {
        let values = self.values.as_slice().unwrap_or_else(|| unreachable!("draws are in C order"));
        &values[..self.fan_in * self.fan_out]
    }

    /// No lock is held over code that can panic.
    fn kept_spectral_norm(&self) -> std::sync::MutexGuard<'_, Option<(f64, f64)>> {
        self.spectral_norm.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn moments(&self) -> (Moments, NonFinite) {
        *self.moments.get_or_init(|| {
            let weights = self.weights();
            (Moments::of(weights, f32::is_finite), NonFinite::of(weights))
        })
    }
}

impl Kernel {
    /// offset + factor x draw. Where f32 has no such weight, they are infinite as they would be in an array.
    pub(super) fn scaled(draws: Arc<Draws>, offset: f64, factor: f64) -> Self {
        let (Moments { min, max, .. }, _) = draws.moments();
        let (offset, factor) = (offset as f32, factor as f32);
        let furthest = f64::from(offset.abs()) + f64::from(factor.abs()) * min.abs().max(max.abs());
        let kernel = Self { draws, factor, offset };
        if furthest < f64::from(f32::MAX) { kernel } else { Self::from(kernel.weights()) }
    }

    /// [fan_in, fan_out].
    pub fn dim(&self) -> (usize, usize) {
        (self.draws.fan_in, self.draws.fan_out)
    }

    /// Inputs of a unit.
    pub fn nrows(&self) -> usize {
        self.draws.fan_in
    }

    /// Units.
    pub fn ncols(&self) -> usize {
        self.draws.fan_out
    }

    /// How many weights there are.
    pub fn len(&self) -> usize {
        self.draws.fan_in * self.draws.fan_out
    }

    /// Never true: layers have inputs and units.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The weights, as an array [fan_in, fan_out].
    pub fn weights(&self) -> Array2<f32> {
        let values = self.draws.weights().iter().map(|draw| self.offset + self.factor * draw).collect();
        Array2::from_shape_vec(self.dim(), values).unwrap_or_else(|_| unreachable!("a value for each weight"))
    }

    /// The weights into one unit, one per input.
    ///
    /// # Panics
    /// If there is no such unit.
    pub fn into_unit(&self, unit: usize) -> Vec<f32> {
        let draws = self.draws.weights()[unit..].iter().step_by(self.ncols());
        draws.map(|draw| self.offset + self.factor * draw).collect()
    }

    /// For each unit, the Euclidean norm of the weights into it, in f64.
    pub fn unit_norms(&self) -> Vec<f64> {
        let mut squares = vec![0.0; self.ncols()];
        for row in self.draws.weights().chunks_exact(self.ncols()) {
            for (squares, draw) in squares.iter_mut().zip(row) {
                *squares += f64::from(self.offset + self.factor * draw).powi(2);
            }
        }
        squares.into_iter().map(f64::sqrt).collect()
    }

    /// Of the finite weights.
    pub fn moments(&self) -> Moments {
        self.draws.moments().0.scaled(f64::from(self.factor), f64::from(self.offset))
    }

    /// What the weights look like, with their exact quantiles. Draws are looked at once: a positive factor scales what they look
    /// like.
    pub fn distribution(&self) -> Distribution {
        let mut distribution = if self.offset == 0.0 && self.factor > 0.0 {
            let of_draws = || Distribution::of_values(self.draws.weights());
            self.draws.distribution.get_or_init(of_draws).clone().scaled(f64::from(self.factor))
        } else {
            Distribution::of_values(self.weights().as_slice().unwrap_or_default())
        };
        // In the very bits in which they are known without it.
        let moments = self.moments();
        if distribution.non_finite() == 0 {
            (distribution.mean, distribution.std) = (moments.mean, moments.std());
            (distribution.min, distribution.max) = (moments.min, moments.max);
        }
        distribution
    }

    /// The spectral norm: the greatest factor by which the weights stretch a vector, to
    /// [`SPECTRAL_NORM_TOLERANCE`](super::SPECTRAL_NORM_TOLERANCE); NaN if a weight is no finite number. It is kept with the
    /// draws, since another factor only scales it.
    ///
    /// # Errors
    /// [`Interrupted`] as soon as `interrupted()` is true.
    pub fn spectral_norm(&self, interrupted: &dyn Fn() -> bool) -> Result<f64, Interrupted> {
        if let Some(known) = self.known_spectral_norm() {
            return Ok(known);
        }
        let (offset, scale) = self.offset_of_draws();
        let norm = spectral_norm(self.draws.weights(), self.draws.fan_out, offset, interrupted)?;
        *self.draws.kept_spectral_norm() = Some((offset, norm));
        Ok(scale * norm)
    }

    /// It, if it was asked for before.
    pub fn known_spectral_norm(&self) -> Option<f64> {
        if self.factor == 0.0 {
            return Some(f64::from(self.offset.abs()) * (self.len() as f64).sqrt());
        }
        let (offset, scale) = self.offset_of_draws();
        let (with, norm) = (*self.draws.kept_spectral_norm())?;
        (with == offset).then_some(scale * norm)
    }

    /// What is added to every draw before both are scaled, and by how much.
    fn offset_of_draws(&self) -> (f64, f64) {
        (f64::from(self.offset) / f64::from(self.factor), f64::from(self.factor.abs()))
    }

    /// Weights that are no finite numbers.
    pub fn non_finite(&self) -> NonFinite {
        self.draws.moments().1
    }

    /// What every draw is multiplied by.
    pub fn factor(&self) -> f32 {
        self.factor
    }

    /// What is added to every weight.
    pub fn offset(&self) -> f32 {
        self.offset
    }

    /// The same draws scaled by another factor, without offset.
    #[must_use]
    pub fn with_factor(&self, factor: f32) -> Self {
        Self { draws: Arc::clone(&self.draws), factor, offset: 0.0 }
    }

    /// Whether both scale the very same draws.
    pub fn shares_draws_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.draws, &other.draws)
    }

    /// The draws, row after row.
    pub(super) fn draws(&self) -> &[f32] {
        self.draws.weights()
    }

    /// Multiplies all weights.
    pub(super) fn scale(&mut self, by: f32) {
        self.factor *= by;
        self.offset *= by;
    }
}

/// Weights as they are.
impl From<Array2<f32>> for Kernel {
    fn from(weights: Array2<f32>) -> Self {
        Self { draws: Arc::new(Draws::new(weights.nrows(), weights)), factor: 1.0, offset: 0.0 }
    }
}
