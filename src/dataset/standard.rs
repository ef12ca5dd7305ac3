/// Mean and standard deviation of pixels / 255, to the four decimals that are usual for them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standard {
    /// Mean.
    pub mean: f64,
    /// Population standard deviation (ddof 0); 1 where it rounds to 0, for nothing can be divided by that.
    pub std: f64,
}

impl Standard {
    /// Of MNIST's training images, as PyTorch's examples have it.
    pub const MNIST: Self = Self { mean: 0.1307, std: 0.3081 };

    /// Of these pixels.
    pub fn of(pixels: &[u8]) -> Self {
        let mut counts = [0_u64; 256];
        pixels.iter().for_each(|&pixel| counts[usize::from(pixel)] += 1);
        let share = |count: u64| count as f64 / pixels.len().max(1) as f64;
        let values = || counts.iter().enumerate().map(|(pixel, &count)| (pixel as f64 / 255.0, share(count)));
        let mean: f64 = values().map(|(value, share)| value * share).sum();
        let variance: f64 = values().map(|(value, share)| (value - mean).powi(2) * share).sum();
        let rounded = |number: f64| (number * 1e4).round() / 1e4;
        let std = rounded(variance.sqrt());
        Self { mean: rounded(mean), std: if std == 0.0 { 1.0 } else { std } }
    }
}
