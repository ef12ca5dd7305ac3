use crate::network::BLOCK;

/// Which images every unit of a layer fires for: those its output is positive for. A bit each.
pub struct Firing {
    units: usize,
    images: usize,
    /// [blocks, units]: bit i of a word is image i of its block.
    words: Vec<u64>,
    fired: Vec<u32>,
    undefined: Vec<bool>,
    alike: bool,
}

impl Firing {
    /// Bits of no images yet.
    pub fn none(units: usize) -> Self {
        Self { units, images: 0, words: Vec::new(), fired: vec![0; units], undefined: vec![false; units], alike: true }
    }

    /// Adds the next block of `images` images, a word per unit; only the last block may be smaller than [`BLOCK`].
    /// `undefined` says of each unit whether its output was NaN for any of them.
    pub fn add(&mut self, images: usize, words: &[u64], undefined: &[bool]) {
        assert!(self.images.is_multiple_of(BLOCK) && words.len() == self.units);
        self.images += images;
        self.words.extend(words);
        self.alike &= words.iter().all(|word| *word == words[0]);
        for (fired, word) in self.fired.iter_mut().zip(words) {
            *fired += word.count_ones();
        }
        for (undefined, more) in self.undefined.iter_mut().zip(undefined) {
            *undefined |= more;
        }
    }

    /// Units of the layer.
    pub fn units(&self) -> usize {
        self.units
    }

    /// Images in so far.
    pub fn images(&self) -> usize {
        self.images
    }

    /// For each unit, the images it fires for.
    pub fn fired(&self) -> &[u32] {
        &self.fired
    }

    /// For each unit, whether its output was NaN for any image.
    pub fn undefined(&self) -> &[bool] {
        &self.undefined
    }

    /// Whether all units fire for the same images.
    pub fn is_alike(&self) -> bool {
        self.alike
    }

    /// The words [units] of a block.
    pub(super) fn block(&self, block: usize) -> &[u64] {
        &self.words[block * self.units..][..self.units]
    }

    /// Whether a unit fires for an image.
    pub fn fires(&self, image: usize, unit: usize) -> bool {
        self.block(image / BLOCK)[unit] >> (image % BLOCK) & 1 == 1
    }
}
