use rayon::ThreadPool;
use rayon::prelude::*;

use crate::dataset::Source;
use crate::network::BLOCK;
use crate::theory::{ImageMoments, Together};

/// Images as theory wants them, kept for the next experiment.
#[derive(Default)]
pub(super) struct KnownImages {
    each: Option<(Source, Vec<ImageMoments>)>,
    together: Option<(Source, Together)>,
}

impl KnownImages {
    /// The moments of so many images, each by itself.
    pub fn each(&mut self, source: &Source, images: usize, pool: &ThreadPool) -> &[ImageMoments] {
        let (_, known) = match self.each.take().filter(|(of, _)| of.is_same(source)) {
            Some(known) => self.each.insert(known),
            None => self.each.insert((source.clone(), Vec::new())),
        };
        if known.len() < images {
            let of = |from: usize| -> Vec<ImageMoments> {
                let block = source.images(from..(from + BLOCK).min(images));
                block.outer_iter().map(|row| ImageMoments::of_f32(row.to_slice().unwrap_or_default())).collect()
            };
            let starts: Vec<_> = (known.len()..images).step_by(BLOCK).collect();
            let more: Vec<_> = pool.install(|| starts.into_par_iter().map(of).collect());
            known.extend(more.into_iter().flatten());
        }
        &known[..images]
    }

    /// What so many images are together.
    pub fn together(&mut self, source: &Source, images: usize, pool: &ThreadPool) -> Together {
        if let Some((_, known)) =
            self.together.as_ref().filter(|(of, known)| of.is_same(source) && known.images == images)
        {
            return *known;
        }
        let dim = source.dim();
        let of = |from: usize| {
            let block = source.images(from..(from + BLOCK).min(images));
            let mut sums = vec![0.0_f64; dim + 1];
            for row in block.outer_iter() {
                for (sum, &value) in sums.iter_mut().zip(row) {
                    *sum += f64::from(value);
                }
                sums[dim] += row.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>();
            }
            sums
        };
        let starts: Vec<_> = (0..images).step_by(BLOCK).collect();
        let blocks: Vec<Vec<f64>> = pool.install(|| starts.into_par_iter().map(of).collect());
        // Merged in order, so that the sum does not depend on the threads.
        let mut sums = vec![0.0; dim + 1];
        for block in blocks {
            sums.iter_mut().zip(block).for_each(|(sum, part)| *sum += part);
        }
        let (count, values) = (images.max(1) as f64, dim.max(1) as f64);
        let mean_product = sums[..dim].iter().map(|sum| (sum / count).powi(2)).sum::<f64>() / values;
        let together = Together { images, mean_square: sums[dim] / count / values, mean_product };
        self.together = Some((source.clone(), together));
        together
    }
}
