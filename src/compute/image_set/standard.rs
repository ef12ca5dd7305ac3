/// Mean and standard deviation of pixels / 255, or of other numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standard {
    /// Mean.
    pub mean: f64,
    /// Population standard deviation (ddof 0); 1 where it is 0, for nothing can be divided by that.
    pub std: f64,
}

impl Standard {
    /// Mean and deviation of MNIST's training images, as PyTorch's examples have them.
    pub const MNIST: Self = Self { mean: 0.1307, std: 0.3081 };
    /// The same of all their digits, by which MNIST's training images are known wherever they come from.
    const MNIST_ITSELF: Self = Self { mean: 0.130_660_476_2, std: 0.308_107_807_2 };

    /// Mean and standard deviation of these pixels; of MNIST's training images the published ones.
    pub fn of(pixels: &[u8]) -> Self {
        Self::of_parts(std::iter::once(pixels))
    }

    /// The same of all pixels of these parts.
    pub fn of_parts<'p>(parts: impl Iterator<Item = &'p [u8]>) -> Self {
        // Exact sums, which vector instructions make: of so few pixels at once that u32 holds their squares, and nobody need ask.
        let add = |sum: u32, term: u32| sum.wrapping_add(term);
        let (mut sum, mut squares, mut pixels) = (0_u64, 0_u64, 0_usize);
        for part in parts {
            pixels += part.len();
            for some in part.chunks(1 << 14) {
                sum += u64::from(some.iter().map(|&pixel| u32::from(pixel)).fold(0, add));
                squares += u64::from(some.iter().map(|&pixel| u32::from(pixel) * u32::from(pixel)).fold(0, add));
            }
        }
        let count = pixels.max(1) as f64;
        let mean = sum as f64 / count / 255.0;
        // The count squared times the variance is an integer, too, so that nothing cancels.
        let spread = u128::from(squares) * pixels as u128 - u128::from(sum).pow(2);
        let variance = spread as f64 / (count * 255.0).powi(2);
        let std = variance.sqrt();
        let is_near = |one: f64, other: f64| (one - other).abs() < 1e-9;
        if is_near(mean, Self::MNIST_ITSELF.mean) && is_near(std, Self::MNIST_ITSELF.std) {
            return Self::MNIST;
        }
        Self { mean, std: if std == 0.0 { 1.0 } else { std } }
    }

    /// Mean and standard deviation of all numbers of the parts that are given twice, in f64.
    pub fn of_floats<'v, P: Iterator<Item = &'v [f32]>>(parts: impl Fn() -> P) -> Self {
        let count = parts().map(<[f32]>::len).sum::<usize>().max(1) as f64;
        let sum_of = |term: &dyn Fn(f64) -> f64| parts().flatten().map(|&value| term(f64::from(value))).sum::<f64>();
        let mean = sum_of(&|value| value) / count;
        let std = (sum_of(&|value| (value - mean).powi(2)) / count).sqrt();
        Self { mean, std: if std as f32 == 0.0 { 1.0 } else { std } }
    }
}
