use std::sync::{Arc, OnceLock};

use ndarray::Array2;

use super::sweep::images_of;
use crate::dataset::Source;
use crate::network::{BLOCK, Kernel, Network, Scratch, Shown};

/// The products of all images with the draws of the first kernel, block by block as they are first asked for: the greater part
/// of a network's work, and the same for every sigma, gain, bias and activation.
pub(super) struct FirstProducts {
    source: Source,
    kernel: Kernel,
    blocks: Vec<OnceLock<Box<[f32]>>>,
}

/// Values that are kept (64 MiB); the products of later images are computed again and again.
const MOST: usize = 16 << 20;

impl FirstProducts {
    /// Products with none of the images yet.
    pub fn of(network: &Network, source: &Source) -> Arc<Self> {
        let kernel = network.kernels[0].clone();
        let block = (kernel.ncols() + 1) * BLOCK;
        let blocks = source.len().div_ceil(BLOCK).min(MOST / block);
        Arc::new(Self { source: source.clone(), kernel, blocks: (0..blocks).map(|_| OnceLock::new()).collect() })
    }

    /// Whether they are those of this network and these images.
    pub fn serve(&self, network: &Network, source: &Source) -> bool {
        self.kernel.shares_draws_with(&network.kernels[0]) && self.source.is_same(source)
    }

    /// A block of the first `images` images, as a network sees it: by its first product, if that is kept.
    pub fn shown<'w>(
        &'w self,
        (block, images): (usize, usize),
        network: &Network,
        pixels: &'w mut Array2<f32>,
        scratch: &mut Scratch,
    ) -> Shown<'w> {
        let range = images_of(block, images);
        match self.block(block, network, pixels, scratch) {
            Some(product) => Shown::Product(product, range.len()),
            None => Shown::Images(self.source.view(range, pixels)),
        }
    }

    /// A block's, if it is kept.
    pub fn block<'f>(
        &'f self,
        block: usize,
        network: &Network,
        images: &mut Array2<f32>,
        scratch: &mut Scratch,
    ) -> Option<&'f [f32]> {
        let product = self.blocks.get(block)?.get_or_init(|| {
            let range = images_of(block, self.source.len());
            network.first_product(&self.source.view(range, images), scratch)
        });
        Some(product)
    }
}
