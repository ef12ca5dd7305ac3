use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;
use rand_distr::{Distribution as _, StandardNormal};

use super::Interrupted;

/// How far the norm may be off, relative to itself.
pub const SPECTRAL_NORM_TOLERANCE: f64 = 1e-9;

/// Iterations after which it is taken as it is: some ten times what 1,024 x 1,024 normal draws need.
const MOST: usize = 600;

/// The spectral norm of draws [fan_in, fan_out], row after row, plus an offset: the greatest factor by which they stretch a
/// vector. NaN if a draw is no finite number.
///
/// The iteration of Lanczos (1950) on W^T W, in f64: like power iteration it multiplies a vector by W^T W again and again,
/// but takes the best of all its vectors, not the last (Golub and Van Loan 2013, section 10.1); so it needs tens of
/// products where the greatest singular values lie close together, as those of random matrices do. Vectors are not
/// orthogonalized anew, which repeats eigenvalues but moves none. Ends when three iterations together have added less than a
/// thousandth of [`SPECTRAL_NORM_TOLERANCE`].
///
/// # Errors
/// [`Interrupted`] as soon as `interrupted()` is true.
pub(super) fn spectral_norm(
    draws: &[f32],
    fan_out: usize,
    offset: f64,
    interrupted: &dyn Fn() -> bool,
) -> Result<f64, Interrupted> {
    if !offset.is_finite() || !draws.iter().all(|draw| draw.is_finite()) {
        return Ok(f64::NAN);
    }
    let largest = draws.iter().fold(0.0_f64, |largest, &draw| largest.max((f64::from(draw) + offset).abs()));
    if largest == 0.0 {
        return Ok(0.0);
    }
    let matrix = Matrix { draws, fan_out, offset };
    let mut random = ChaCha8Rng::seed_from_u64(0);
    let mut vector: Vec<f64> = (0..fan_out).map(|_| StandardNormal.sample(&mut random)).collect();
    normalize(&mut vector);
    let mut before = vec![0.0; fan_out];
    let mut tridiagonal = Tridiagonal::default();
    let mut greatest = [0.0_f64; 4];
    for _ in 0..MOST {
        if interrupted() {
            return Err(Interrupted);
        }
        let mut next = matrix.squared(&vector);
        let beta = tridiagonal.beside.last().copied().unwrap_or(0.0);
        next.iter_mut().zip(&before).for_each(|(next, before)| *next -= beta * before);
        let alpha = dot(&next, &vector);
        next.iter_mut().zip(&vector).for_each(|(next, vector)| *next -= alpha * vector);
        tridiagonal.diagonal.push(alpha);
        let value = tridiagonal.greatest_eigenvalue();
        greatest.rotate_left(1);
        greatest[3] = value;
        let beta = normalize(&mut next);
        // Either nothing is left to be looked at, or it adds nothing.
        if beta <= 1e-14 * value || value - greatest[0] <= 1e-3 * SPECTRAL_NORM_TOLERANCE * value {
            break;
        }
        tridiagonal.beside.push(beta);
        before = std::mem::replace(&mut vector, next);
    }
    Ok(greatest[3].max(0.0).sqrt())
}

/// Draws plus an offset.
struct Matrix<'a> {
    draws: &'a [f32],
    fan_out: usize,
    offset: f64,
}

impl Matrix<'_> {
    /// W^T W times a vector.
    fn squared(&self, vector: &[f64]) -> Vec<f64> {
        let sum = self.offset * vector.iter().sum::<f64>();
        let (mut product, mut total) = (vec![0.0; self.fan_out], 0.0);
        for row in self.draws.chunks_exact(self.fan_out) {
            let along = row_dot(row, vector) + sum;
            total += along;
            for (product, &draw) in product.iter_mut().zip(row) {
                *product += along * f64::from(draw);
            }
        }
        product.iter_mut().for_each(|product| *product += self.offset * total);
        product
    }
}

/// A symmetric matrix with entries on its diagonal and beside it alone.
#[derive(Default)]
struct Tridiagonal {
    diagonal: Vec<f64>,
    beside: Vec<f64>,
}

impl Tridiagonal {
    /// By bisection with Sturm's count (Golub and Van Loan 2013, section 8.4).
    fn greatest_eigenvalue(&self) -> f64 {
        let beside = |index: usize| self.beside.get(index).copied().unwrap_or(0.0).abs();
        let rows = self.diagonal.iter().enumerate();
        // Gershgorin's circles.
        let ends = rows.map(|(row, value)| value + beside(row) + row.checked_sub(1).map_or(0.0, beside));
        let mut high = ends.fold(f64::NEG_INFINITY, f64::max);
        let mut low = self.diagonal.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        while high - low > 1e-15 * high.abs() {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            *(if self.has_above(middle) { &mut low } else { &mut high }) = middle;
        }
        high
    }

    /// Whether an eigenvalue is greater than this.
    fn has_above(&self, value: f64) -> bool {
        let mut pivot = 1.0_f64;
        for (row, diagonal) in self.diagonal.iter().enumerate() {
            let beside = row.checked_sub(1).map_or(0.0, |row| self.beside[row]);
            pivot = diagonal - value - beside * beside / pivot;
            if pivot > 0.0 {
                return true;
            }
            if pivot == 0.0 {
                pivot = -f64::MIN_POSITIVE;
            }
        }
        false
    }
}

/// Sums side by side become vector instructions.
const LANES: usize = 8;

fn row_dot(row: &[f32], vector: &[f64]) -> f64 {
    let mut sums = [0.0; LANES];
    let (rows, vectors) = (row.chunks_exact(LANES), vector.chunks_exact(LANES));
    let rest: f64 = rows.remainder().iter().zip(vectors.remainder()).map(|(&one, other)| f64::from(one) * other).sum();
    for (row, vector) in rows.zip(vectors) {
        for ((sum, &one), other) in sums.iter_mut().zip(row).zip(vector) {
            *sum += f64::from(one) * other;
        }
    }
    sums.iter().sum::<f64>() + rest
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// Makes its length 1, and returns what it was.
fn normalize(vector: &mut [f64]) -> f64 {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
    length
}
