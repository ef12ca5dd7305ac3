use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ndarray::{ArcArray2, Array2};

use super::Interrupted;
use super::scaling::Scaling;
use super::spectral_norm::spectral_norm;
use crate::stats::{Distribution, Edges, Moments, NonFinite};

/// The weights of a layer [fan_in, fan_out]: offset + factor x draw. Weights that are not drawn are their own draws.
///
/// The draws are shared with every kernel that scales the same ones. A product with the weights is one with the draws,
/// scaled afterwards: a new sigma neither copies nor reads them.
#[derive(Clone)]
pub struct Kernel {
    draws: Arc<StandardDraws>,
    factor: f32,
    offset: f32,
}

/// Standard draws, row after row, and what is asked of them often.
pub(super) struct StandardDraws {
    fan_in: usize,
    fan_out: usize,
    /// Perhaps more rows than `fan_in`: what comes after the weights is another's.
    values: ArcArray2<f32>,
    bounds: Bounds,
    moments: OnceLock<(Moments, NonFinite)>,
    distribution: OnceLock<Distribution>,
    /// The last offset that was added to them, and the spectral norm they had with it.
    spectral_norm: Mutex<Option<(f64, f64)>>,
    /// What was made of them last that does not scale them.
    made: Mutex<Option<(Scaling, Kernel)>>,
}

/// What draws cannot leave: there their density ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bounds {
    /// Nothing that is known.
    None,
    /// A least and a greatest number.
    Between(f64, f64),
    /// The least and the greatest of them, since nothing is known of where they come from.
    Own,
}

impl StandardDraws {
    /// Draws for the first `fan_in` rows.
    pub fn new(fan_in: usize, values: impl Into<ArcArray2<f32>>, bounds: Bounds) -> Self {
        let values = values.into();
        let values =
            if values.is_standard_layout() { values } else { values.as_standard_layout().into_owned().into_shared() };
        let (moments, distribution) = (OnceLock::new(), OnceLock::new());
        let (spectral_norm, made) = (Mutex::default(), Mutex::default());
        Self { fan_in, fan_out: values.ncols(), values, bounds, moments, distribution, spectral_norm, made }
    }

    /// Where their density ends.
    fn edges(&self) -> Edges {
        let (lower, upper) = match self.bounds {
            Bounds::None => return Edges::default(),
            Bounds::Between(lower, upper) => (lower, upper),
            Bounds::Own => (self.moments().0.min, self.moments().0.max),
        };
        Edges { lower: Some(lower), upper: Some(upper), jumps: Vec::new() }
    }

    /// All of them.
    pub fn values(&self) -> &ArcArray2<f32> {
        &self.values
    }

    fn weights(&self) -> &[f32] {
        let values = self.values.as_slice().unwrap_or_else(|| unreachable!("draws are in C order"));
        &values[..self.fan_in * self.fan_out]
    }

    /// A kernel that does not scale them, made once: it is the same one, and so known to be, as long as it is asked for.
    pub fn made(&self, scaling: Scaling, make: impl FnOnce() -> Kernel) -> Kernel {
        let lock = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let known = |made: &Option<(Scaling, Kernel)>| match made {
            Some((of, kernel)) if *of == scaling => Some(kernel.clone()),
            _ => None,
        };
        if let Some(kernel) = known(&lock()) {
            return kernel;
        }
        let kernel = make();
        let mut made = lock();
        // Another layer with the same draws may have been faster.
        known(&made).unwrap_or_else(|| {
            *made = Some((scaling, kernel.clone()));
            kernel
        })
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

/// Weights whose spread is less than so much of their offset are rounded to few of f32's numbers: what they look like is no longer
/// what the draws look like.
const COARSE: f32 = 1e-2;
/// Weights below this lose binary digits (f32's numbers are evenly spaced below 1.2e-38), all but the very least draws above it.
const FINE: f32 = 1e-30;

impl Kernel {
    /// offset + factor x draw. Where f32 has no such weight, they are infinite as they would be in an array; where f32 rounds
    /// them to something else than draws that are scaled, they are what it rounds them to.
    pub(super) fn scaled(draws: Arc<StandardDraws>, offset: f64, factor: f64) -> Self {
        let (Moments { min, max, .. }, _) = draws.moments();
        let (offset, factor) = (offset as f32, factor as f32);
        let furthest = f64::from(offset.abs()) + f64::from(factor.abs()) * min.abs().max(max.abs());
        let is_held = furthest < f64::from(f32::MAX);
        let is_rounded = factor != 0.0 && factor.abs() < (COARSE * offset.abs()).max(FINE) && min < max;
        let kernel = Self { draws, factor, offset };
        if is_held && !is_rounded {
            return kernel;
        }
        let make = || if is_held { Self::very(kernel.weights()) } else { Self::from(kernel.weights()) };
        let scaling = Scaling::Linear { offset: offset.into(), factor: factor.into() };
        kernel.draws.made(scaling, make)
    }

    /// The very weights, tiny ones as a power of two times numbers near 1: with those that f32 holds only just, processors take a
    /// hundred times as long.
    pub(super) fn very(weights: impl Into<ArcArray2<f32>>) -> Self {
        let weights = weights.into();
        let greatest = weights.iter().fold(0.0_f32, |greatest, weight| greatest.max(weight.abs()));
        if greatest == 0.0 || greatest >= FINE {
            return Self::within(weights, Bounds::Own);
        }
        let power = 2_f64.powi(f64::from(greatest).log2().floor() as i32);
        let draws = weights.mapv(|weight| (f64::from(weight) / power) as f32);
        Self { factor: power as f32, ..Self::from(draws) }
    }

    /// Weights as they are, all of which lie within bounds.
    pub(super) fn within(weights: impl Into<ArcArray2<f32>>, bounds: Bounds) -> Self {
        let weights = weights.into();
        Self { draws: Arc::new(StandardDraws::new(weights.nrows(), weights, bounds)), factor: 1.0, offset: 0.0 }
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
        let values = self.draws.weights().iter().map(|&draw| self.weight(draw)).collect();
        Array2::from_shape_vec(self.dim(), values).unwrap_or_else(|_| unreachable!("a value for each weight"))
    }

    /// The weights into one unit, one per input.
    ///
    /// # Panics
    /// If there is no such unit.
    pub fn into_unit(&self, unit: usize) -> Vec<f32> {
        let draws = self.draws.weights()[unit..].iter().step_by(self.ncols());
        draws.map(|&draw| self.weight(draw)).collect()
    }

    /// For each unit, the Euclidean norm of the weights into it, in f64.
    pub fn unit_norms(&self) -> Vec<f64> {
        let mut squares = vec![0.0; self.ncols()];
        for row in self.draws.weights().chunks_exact(self.ncols()) {
            for (squares, &draw) in squares.iter_mut().zip(row) {
                *squares += f64::from(self.weight(draw)).powi(2);
            }
        }
        squares.into_iter().map(f64::sqrt).collect()
    }

    /// Moments of the finite weights: least and greatest are the very f32 weights, mean and deviation those of the draws,
    /// scaled, but for what f32 rounds off each of them.
    pub fn moments(&self) -> Moments {
        let (moments, _) = self.draws.moments();
        if moments.count == 0 {
            return moments;
        }
        let ends = [moments.min, moments.max].map(|draw| f64::from(self.weight(draw as f32)));
        Moments {
            min: ends[0].min(ends[1]),
            max: ends[0].max(ends[1]),
            ..moments.scaled(f64::from(self.factor), f64::from(self.offset))
        }
    }

    fn weight(&self, draw: f32) -> f32 {
        self.offset + self.factor * draw
    }

    /// What the weights look like, with their exact quantiles. Draws are looked at once: a positive factor scales what they look
    /// like.
    pub fn distribution(&self) -> Distribution {
        let mut distribution = if self.offset == 0.0 && self.factor > 0.0 {
            let of_draws = || Distribution::of_values(self.draws.weights(), self.draws.edges());
            self.draws.distribution.get_or_init(of_draws).clone().scaled(f64::from(self.factor))
        } else {
            Distribution::of_values(self.weights().as_slice().unwrap_or_default(), self.edges())
        };
        // In the very bits in which they are known without it.
        let moments = self.moments();
        if distribution.non_finite() == 0 {
            (distribution.mean, distribution.std) = (moments.mean, moments.std());
            (distribution.min, distribution.max) = (moments.min, moments.max);
        }
        distribution
    }

    /// Where the weights' density ends.
    fn edges(&self) -> Edges {
        let Edges { lower, upper, .. } = self.draws.edges();
        let scaled = |draw: f64| f64::from(self.offset) + f64::from(self.factor) * draw;
        let (mut lower, mut upper) = (lower.map(scaled), upper.map(scaled));
        if self.factor < 0.0 {
            std::mem::swap(&mut lower, &mut upper);
        }
        Edges { lower, upper, jumps: Vec::new() }
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
        Self::within(weights, Bounds::Own)
    }
}
