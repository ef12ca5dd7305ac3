use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use crate::training::BatchOrder;

/// In which order images come, epoch by epoch. Every epoch follows from the seed alone.
#[derive(Clone, Debug, PartialEq)]
pub enum EpochOrder {
    /// As a training says, of so many images.
    Of(BatchOrder, usize),
    /// These rows, one an epoch; after the last one the first again.
    Given(Vec<Vec<u32>>),
}

impl EpochOrder {
    /// Images of an epoch.
    pub fn len(&self) -> usize {
        match self {
            Self::Of(_, images) => *images,
            Self::Given(rows) => rows.first().map_or(0, Vec::len),
        }
    }

    /// Never true of what can be trained on.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The images of an epoch, counted from 0.
    pub fn of_epoch(&self, epoch: u64) -> Vec<u32> {
        match self {
            Self::Of(BatchOrder::AsTheyAre, images) => (0..*images as u32).collect(),
            Self::Of(BatchOrder::Shuffled(seed), images) => {
                let mut random = ChaCha8Rng::seed_from_u64(u64::from(*seed));
                random.set_stream(epoch);
                let mut order: Vec<u32> = (0..*images as u32).collect();
                // Each place from the last down gets one of those up to it (Fisher and Yates).
                for place in (1..order.len()).rev() {
                    let with = (u128::from(random.next_u64()) * (place as u128 + 1)) >> 64;
                    order.swap(place, with as usize);
                }
                order
            }
            Self::Given(rows) => {
                let row = epoch % rows.len().max(1) as u64;
                rows.get(row as usize).cloned().unwrap_or_default()
            }
        }
    }
}
