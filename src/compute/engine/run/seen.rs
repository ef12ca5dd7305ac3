use std::sync::Arc;

use ndarray::Array2;

use super::extremes::Extremes;
use crate::stats::{Moments, Tally};

/// A block's values, stream after stream; shared with whoever takes over some of them.
pub type KeptBlock = Arc<[Arc<[f32]>]>;

/// What blocks add up to.
pub struct Seen {
    pub blocks: usize,
    pub tallies: Vec<Tally>,
    pub kernels: Vec<Extremes>,
    pub sums: Sums,
    /// Values of the first blocks.
    pub kept: Vec<KeptBlock>,
    /// Logits [images, 10] of every block.
    pub logits: Vec<Arc<Array2<f32>>>,
}

impl Seen {
    /// The same but for what is counted stream by stream.
    pub fn without_tallies(&self) -> Self {
        let Self { blocks, tallies: _, kernels, sums, kept, logits } = self;
        let (kernels, sums, kept, logits) = (kernels.clone(), sums.clone(), kept.clone(), logits.clone());
        Self { blocks: *blocks, tallies: Vec::new(), kernels, sums, kept, logits }
    }

    /// Adds up sums in the order of the blocks.
    pub fn sum(&mut self, done: Vec<Done>) {
        for Done { sums, kept, logits, .. } in done {
            self.blocks += 1;
            self.sums.loss += sums.loss;
            self.sums.logit_gradient_squares += sums.logit_gradient_squares;
            for (moments, more) in self.sums.moments.iter_mut().zip(sums.moments) {
                *moments = moments.merge(more);
            }
            self.kept.extend(kept);
            self.logits.extend(logits);
        }
    }
}

/// What depends on the order of blocks.
#[derive(Clone, Default)]
pub struct Sums {
    /// Moments of the continuous part of every stream.
    pub moments: Vec<Moments>,
    /// Sum of the images' cross-entropies.
    pub loss: f64,
    /// Sum of the squares of dL/dlogits, times the number of images squared.
    pub logit_gradient_squares: f64,
}

/// A block that went through the network.
pub struct Done {
    pub block: usize,
    pub sums: Sums,
    pub kept: Option<KeptBlock>,
    pub logits: Option<Arc<Array2<f32>>>,
}
