/// Images that the theory follows one by one; more are put together first.
const FOLLOWED: usize = 64;

/// What the theory needs to know of an input: mean and mean square of its values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImageMoments {
    /// Mean of its values; matters only for weights of non-zero mean.
    pub mean: f64,
    /// Mean of the squares of its values, ||x||^2 / fan_in.
    pub mean_square: f64,
}

impl ImageMoments {
    /// Moments of an image's values, as the network is shown them.
    pub fn of(values: impl ExactSizeIterator<Item = f64>) -> Self {
        let count = values.len() as f64;
        let (sum, squares) = values.fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
        Self { mean: sum / count, mean_square: squares / count }
    }

    /// Moments of an image as the network is shown it, in f32.
    pub fn of_f32(values: &[f32]) -> Self {
        const LANES: usize = 8;
        let (mut sums, mut squares) = ([0.0; LANES], [0.0; LANES]);
        for lanes in values.chunks(LANES) {
            for (lane, &value) in lanes.iter().enumerate() {
                let value = f64::from(value);
                sums[lane] += value;
                squares[lane] += value * value;
            }
        }
        let mean = |sums: [f64; LANES]| sums.iter().sum::<f64>() / values.len() as f64;
        Self { mean: mean(sums), mean_square: mean(squares) }
    }

    /// The image as a point whose distances say how differently two images fare.
    fn point(self) -> [f64; 2] {
        [self.mean, self.mean_square.sqrt()]
    }
}

/// Images of nearly the same moments, and their share of all.
pub(super) struct ImageGroup {
    pub share: f64,
    pub moments: ImageMoments,
}

/// Puts images together into at most 64 groups: the group with the greatest sum of squared distances is halved at its
/// mean, again and again. Up to 64 different images stay as they are; means over images of mean and mean square are
/// kept.
pub(super) fn groups(images: &[ImageMoments]) -> Vec<ImageGroup> {
    let mut parts = vec![Part::new(images.to_vec())];
    while parts.len() < FOLLOWED {
        let widest = parts.iter().enumerate().max_by(|(_, a), (_, b)| a.spread().total_cmp(&b.spread()));
        let Some((at, _)) = widest.filter(|(_, part)| part.spread() > 0.0) else { break };
        let (one, other) = parts.swap_remove(at).halve();
        parts.push(one);
        parts.push(other);
    }
    parts.retain(|part| !part.images.is_empty());
    parts
        .iter()
        .map(|part| {
            let count = part.images.len() as f64;
            let mean = |of: fn(&ImageMoments) -> f64| part.images.iter().map(of).sum::<f64>() / count;
            let moments = ImageMoments { mean: mean(|image| image.mean), mean_square: mean(|image| image.mean_square) };
            ImageGroup { share: count / images.len() as f64, moments }
        })
        .collect()
}

/// A group that may be halved.
struct Part {
    images: Vec<ImageMoments>,
    centre: [f64; 2],
    spreads: [f64; 2],
}

impl Part {
    fn new(images: Vec<ImageMoments>) -> Self {
        let count = images.len() as f64;
        let centre = [0, 1].map(|axis| images.iter().map(|image| image.point()[axis]).sum::<f64>() / count);
        let spread = |axis: usize| images.iter().map(|image| (image.point()[axis] - centre[axis]).powi(2)).sum::<f64>();
        let spreads = [0, 1].map(spread);
        // Equal images differ from their mean by rounding only.
        let spreads = [0, 1].map(|axis| {
            let rounding = (centre[axis] * 1e-12).powi(2) * count;
            if spreads[axis] > rounding { spreads[axis] } else { 0.0 }
        });
        Self { images, centre, spreads }
    }

    fn spread(&self) -> f64 {
        self.spreads[0] + self.spreads[1]
    }

    fn halve(self) -> (Self, Self) {
        let axis = usize::from(self.spreads[1] >= self.spreads[0]);
        let (one, other) = self.images.into_iter().partition(|image| image.point()[axis] < self.centre[axis]);
        (Self::new(one), Self::new(other))
    }
}
