use std::ops::Range;

use super::product::LANES;
use crate::numeric::{Arithmetic, Level, Tile, Work};

/// Inputs that are looked through at a time.
const PART: usize = 128;

const STRIP_IS_WITHIN: &str = "a strip lies within the rows";

/// The inputs of a few images that are not 0, image after image and input after input: nine tenths of many digits are black, and a
/// product leaves out what adds nothing. Sums are added up in the same order as with the zeros, and have the same bits.
#[derive(Default)]
pub(super) struct LitInputs {
    /// Where those of each part of each image begin in the two lists below, and where the last ones end.
    starts: Vec<usize>,
    /// Parts of an image.
    parts: usize,
    inputs: Vec<u16>,
    values: Vec<f32>,
    /// The same, for the inputs.
    columns: Vec<usize>,
    images: Vec<u16>,
    shades: Vec<f32>,
}

impl LitInputs {
    /// None of any image.
    pub fn clear(&mut self) {
        self.starts.clear();
        self.starts.push(0);
        self.inputs.clear();
        self.values.clear();
    }

    /// Adds an image of at most 2^16 inputs.
    pub fn push(&mut self, image: &[f32]) {
        let are_dark = |some: &[f32]| some.iter().fold(0, |bits, value| bits | value.to_bits()) << 1 == 0;
        self.push_lit(image, are_dark, |value| value != 0.0, |value| value);
    }

    /// Adds an image of at most 2^16 bytes, from what each becomes: 0 of 0 and of nothing else.
    pub fn push_bytes(&mut self, image: &[u8], shades: &[f32; 256]) {
        let are_dark = |some: &[u8]| some.first_chunk().is_some_and(|&some| u64::from_ne_bytes(some) == 0);
        self.push_lit(image, are_dark, |byte| byte != 0, |byte| shades[usize::from(byte)]);
    }

    /// Adds what is lit of an image.
    #[inline(always)]
    fn push_lit<T: Copy + Default>(
        &mut self,
        image: &[T],
        are_dark: impl Fn(&[T]) -> bool,
        is_lit: impl Fn(T) -> bool,
        value: impl Fn(T) -> f32,
    ) {
        let mut input = 0_u16;
        self.parts = image.len().div_ceil(PART);
        for part in image.chunks(PART) {
            let (mut inputs, mut values, mut lit) = ([0; PART], [T::default(); PART], 0_usize);
            for some in part.chunks(LANES) {
                if are_dark(some) {
                    input = input.wrapping_add(LANES as u16);
                    continue;
                }
                // Each is written, and those that are 0 are written over: to ask would take longer.
                for &value in some {
                    (inputs[lit % PART], values[lit % PART]) = (input, value);
                    lit = lit.wrapping_add(usize::from(is_lit(value)));
                    input = input.wrapping_add(1);
                }
            }
            self.inputs.extend_from_slice(&inputs[..lit]);
            self.values.extend(values[..lit].iter().map(|&of| value(of)));
            self.starts.push(self.inputs.len());
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.inputs.len()
    }

    /// How many images there are.
    pub fn images(&self) -> usize {
        (self.starts.len() - 1) / self.parts.max(1)
    }

    fn of_image(&self, image: usize) -> (&[u16], &[f32]) {
        self.between(image * self.parts, (image + 1) * self.parts)
    }

    /// Those of some parts, counted over all images.
    fn between(&self, first: usize, end: usize) -> (&[u16], &[f32]) {
        let range = self.starts[first]..self.starts[end];
        (&self.inputs[range.clone()], &self.values[range])
    }

    /// The images that an input is lit in, and how bright it is there.
    pub fn of_input(&self, input: usize) -> (&[u16], &[f32]) {
        let range = self.columns[input]..self.columns[input + 1];
        (&self.images[range.clone()], &self.shades[range])
    }

    /// All inputs [inputs, width], image beside image, with the zeros.
    pub fn spread(&self, width: usize, into: &mut [f32]) {
        into.fill(0.0);
        for image in 0..self.images() {
            let (inputs, values) = self.of_image(image);
            for (&input, &value) in inputs.iter().zip(values) {
                into[usize::from(input) * width + image] = value;
            }
        }
    }

    /// Sorts them by input, too, of which there are so many: [`of_input`](Self::of_input) is asked then.
    pub fn turn(&mut self, inputs: usize) {
        self.columns.clear();
        self.columns.resize(inputs + 1, 0);
        for &input in &self.inputs {
            self.columns[usize::from(input) + 1] += 1;
        }
        for input in 0..inputs {
            self.columns[input + 1] += self.columns[input];
        }
        self.images.resize(self.inputs.len(), 0);
        self.shades.resize(self.inputs.len(), 0.0);
        let mut places: Vec<_> = self.columns[..inputs].to_vec();
        for image in 0..self.images() {
            let range = self.starts[image * self.parts]..self.starts[(image + 1) * self.parts];
            for (&input, &value) in self.inputs[range.clone()].iter().zip(&self.values[range]) {
                let place = &mut places[usize::from(input)];
                (self.images[*place], self.shades[*place]) = (image as u16, value);
                *place += 1;
            }
        }
    }

    /// Pre-activations [images, stride] of a layer, from its weights [inputs + 1, stride], the biases last. Part by part of the
    /// inputs, so that their weights are in the nearest cache for all images.
    pub fn through(&self, level: Level, (weights, stride): (&[f32], usize), sums: &mut [f32]) {
        let rows = weights.len() / stride - 1;
        let of_part = |part: usize| {
            (0..self.images()).map(move |image| {
                let at = image * self.parts + part;
                let (places, factors) = self.between(at, at + 1);
                Pick { to: image, places, factors, onto: part > 0 }
            })
        };
        level.run(Picked { picks: (0..self.parts).flat_map(of_part), rows: weights, stride, sums });
        for sums in sums.chunks_exact_mut(stride).take(self.images()) {
            sums.iter_mut().zip(&weights[rows * stride..]).for_each(|(sum, bias)| *sum += bias);
        }
    }

    /// Shares of dL/dW of some inputs, from dL/dz [images, stride]; added to what is there, or in place of it.
    pub fn back(
        &self,
        level: Level,
        inputs: Range<usize>,
        (gradients, stride): (&[f32], usize),
        onto: bool,
        sums: &mut [f32],
    ) {
        let picks = inputs.enumerate().map(|(to, input)| {
            let (places, factors) = self.of_input(input);
            Pick { to, places, factors, onto }
        });
        level.run(Picked { picks, rows: gradients, stride, sums });
    }
}

/// The sum of some rows of a matrix, each times a factor, and which row of sums it goes to: added to that, or in place of it.
struct Pick<'a> {
    to: usize,
    places: &'a [u16],
    factors: &'a [f32],
    onto: bool,
}

/// Such sums of the rows of one matrix.
struct Picked<'a, P> {
    picks: P,
    rows: &'a [f32],
    stride: usize,
    sums: &'a mut [f32],
}

impl<'a, P: Iterator<Item = Pick<'a>> + Clone> Work for Picked<'_, P> {
    type Output = ();

    /// Strips as wide as there are registers, the last one narrower.
    #[inline(always)]
    fn run<A: Arithmetic>(mut self) {
        let widest = match A::TILE {
            Tile::FiveBy64 | Tile::ThreeBy32 => 104,
            Tile::ThreeBy16 => 40,
        };
        let mut left = 0;
        while left < self.stride {
            let strip = (self.stride - left).min(widest);
            match strip {
                8 => self.strip::<A, 0, 8>(left),
                16 => self.strip::<A, 16, 0>(left),
                24 => self.strip::<A, 16, 8>(left),
                32 => self.strip::<A, 32, 0>(left),
                40 => self.strip::<A, 32, 8>(left),
                48 => self.strip::<A, 48, 0>(left),
                56 => self.strip::<A, 48, 8>(left),
                64 => self.strip::<A, 64, 0>(left),
                72 => self.strip::<A, 64, 8>(left),
                80 => self.strip::<A, 80, 0>(left),
                88 => self.strip::<A, 80, 8>(left),
                96 => self.strip::<A, 96, 0>(left),
                _ => self.strip::<A, 96, 8>(left),
            }
            left += strip;
        }
    }
}

impl<'a, P: Iterator<Item = Pick<'a>> + Clone> Picked<'_, P> {
    /// `W` columns and `H` more: whole vectors of the widest kind, and half of one.
    #[inline(always)]
    fn strip<A: Arithmetic, const W: usize, const H: usize>(&mut self, left: usize) {
        let Self { picks, rows, stride, sums } = self;
        for Pick { to, places, factors, onto } in picks.clone() {
            let (wide, half) = sums[to * *stride + left..][..W + H].split_at_mut(W);
            let (mut wide_sums, mut half_sums) = ([0.0; W], [0.0; H]);
            if onto {
                wide_sums.copy_from_slice(wide);
                half_sums.copy_from_slice(half);
            }
            for (&place, &factor) in places.iter().zip(factors) {
                let row = &rows[usize::from(place) * *stride + left..];
                let Some((&wide, row)) = row.split_first_chunk::<W>() else { unreachable!("{STRIP_IS_WITHIN}") };
                let Some(&half) = row.first_chunk::<H>() else { unreachable!("{STRIP_IS_WITHIN}") };
                for lane in 0..W {
                    wide_sums[lane] = A::mul_add(factor, wide[lane], wide_sums[lane]);
                }
                for lane in 0..H {
                    half_sums[lane] = A::mul_add(factor, half[lane], half_sums[lane]);
                }
            }
            wide.copy_from_slice(&wide_sums);
            half.copy_from_slice(&half_sums);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_to_what_their_values_come_to() {
        let shades: [f32; 256] = std::array::from_fn(|byte| byte as f32 / 255.0);
        // Dark and lit pieces of all lengths, over several parts and beyond the last whole one.
        for length in [1, 8, 127, 128, 129, 784] {
            let bytes: Vec<u8> = (0..length).map(|at| if at / 13 % 3 == 1 { (at * 7) as u8 } else { 0 }).collect();
            let values: Vec<f32> = bytes.iter().map(|&byte| shades[usize::from(byte)]).collect();
            let (mut of_bytes, mut of_values) = (LitInputs::default(), LitInputs::default());
            for lit in [&mut of_bytes, &mut of_values] {
                lit.clear();
            }
            of_bytes.push_bytes(&bytes, &shades);
            of_values.push(&values);
            assert_eq!(of_bytes.of_image(0), of_values.of_image(0));
            let lit = values.iter().filter(|&&value| value != 0.0).count();
            assert_eq!((of_bytes.len(), of_bytes.images()), (lit, 1));
        }
    }
}
