use super::product::LANES;
use crate::numeric::{Arithmetic, Level, Tile, Work};

/// Inputs that are looked through at a time.
const PART: usize = 128;

/// The inputs of a few images that are not 0, image after image and input after input: nine tenths of many digits are black, and a
/// product leaves out what adds nothing. Sums are added up in the same order as with the zeros, and have the same bits.
#[derive(Default)]
pub(super) struct LitInputs {
    /// Where each image's begin in the two lists below, and where the last one's end.
    starts: Vec<usize>,
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
        }
        self.starts.push(self.inputs.len());
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.inputs.len()
    }

    /// How many images there are.
    pub fn images(&self) -> usize {
        self.starts.len() - 1
    }

    fn of_image(&self, image: usize) -> (&[u16], &[f32]) {
        let range = self.starts[image]..self.starts[image + 1];
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
            let range = self.starts[image]..self.starts[image + 1];
            for (&input, &value) in self.inputs[range.clone()].iter().zip(&self.values[range]) {
                let place = &mut places[usize::from(input)];
                (self.images[*place], self.shades[*place]) = (image as u16, value);
                *place += 1;
            }
        }
    }

    /// Pre-activations [images, stride] of a layer, from its weights [inputs + 1, stride], the biases last.
    pub fn through(&self, level: Level, (weights, stride): (&[f32], usize), sums: &mut [f32]) {
        let rows = weights.len() / stride - 1;
        for (image, sums) in sums.chunks_exact_mut(stride).take(self.images()).enumerate() {
            let (inputs, values) = self.of_image(image);
            level.run(Picked { places: inputs, factors: values, rows: weights, stride, sums, onto: false });
            sums.iter_mut().zip(&weights[rows * stride..]).for_each(|(sum, bias)| *sum += bias);
        }
    }

    /// An input's share of dL/dW, from dL/dz [images, stride]; added to what is there, or in place of it.
    pub fn back(&self, level: Level, input: usize, (gradients, stride): (&[f32], usize), onto: bool, sums: &mut [f32]) {
        let (images, shades) = self.of_input(input);
        level.run(Picked { places: images, factors: shades, rows: gradients, stride, sums, onto });
    }
}

/// The sum of some rows of a matrix, each times a factor.
struct Picked<'a> {
    places: &'a [u16],
    factors: &'a [f32],
    rows: &'a [f32],
    stride: usize,
    sums: &'a mut [f32],
    onto: bool,
}

impl Work for Picked<'_> {
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
                8 => self.strip::<A, 8>(left),
                16 => self.strip::<A, 16>(left),
                24 => self.strip::<A, 24>(left),
                32 => self.strip::<A, 32>(left),
                40 => self.strip::<A, 40>(left),
                48 => self.strip::<A, 48>(left),
                56 => self.strip::<A, 56>(left),
                64 => self.strip::<A, 64>(left),
                72 => self.strip::<A, 72>(left),
                80 => self.strip::<A, 80>(left),
                88 => self.strip::<A, 88>(left),
                96 => self.strip::<A, 96>(left),
                _ => self.strip::<A, 104>(left),
            }
            left += strip;
        }
    }
}

impl Picked<'_> {
    #[inline(always)]
    fn strip<A: Arithmetic, const N: usize>(&mut self, left: usize) {
        let Self { places, factors, rows, stride, sums, onto } = self;
        let mut strip = [0.0; N];
        if *onto {
            strip.copy_from_slice(&sums[left..left + N]);
        }
        for (&place, &factor) in places.iter().zip(*factors) {
            let row = &rows[usize::from(place) * *stride + left..];
            let Some(&row) = row.first_chunk::<N>() else { unreachable!("a strip lies within the rows") };
            for lane in 0..N {
                strip[lane] = A::mul_add(factor, row[lane], strip[lane]);
            }
        }
        sums[left..left + N].copy_from_slice(&strip);
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
