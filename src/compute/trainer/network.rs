use std::sync::Arc;

use super::cross_entropy::{CrossEntropy, Verdict};
use super::examples::Examples;
use super::layer::{LayerSquares, Scales, TrainedLayer, panels};
use super::lit::LitInputs;
use super::product::{LANES, TrainingProduct};
use super::rectified;
use super::rule::StepRule;
use super::turn::turn;
use crate::experiment::Activation;
use crate::numeric::{Level, drop_faint};
use crate::training::Objective;

/// Images that go through all layers together: few enough for the caches, and enough that weights are not read too often.
pub(super) const CHUNK: usize = 128;

/// Inputs of which no more than this share are lit are multiplied without the others.
const LIT: f64 = 0.45;

/// A network that is trained.
#[derive(Clone)]
pub(super) struct TrainedNetwork {
    /// Of each hidden layer.
    pub activations: Vec<Activation>,
    /// Layers without activation before the hidden ones: 1 or 0.
    pub linear_layers: usize,
    pub layers: Vec<TrainedLayer>,
    pub objective: Objective,
    pub level: Level,
    /// What is called between layers, for whoever goes first.
    pub pause: Option<Pause>,
}

/// What a thread does between two layers: give way, perhaps.
pub(super) type Pause = Arc<dyn Fn() + Send + Sync>;

/// What a chunk of images leaves on its way.
///
/// Values lie unit after unit, image beside image, filled up to whole vectors of images.
#[derive(Default)]
pub(super) struct Passage {
    count: usize,
    width: usize,
    labels: Vec<u32>,
    lit: LitInputs,
    /// Whether zeros among the inputs are left out.
    is_lit: bool,
    image: Vec<f32>,
    bytes: Vec<u8>,
    /// Inputs and a row of ones, where zeros are not left out.
    inputs: Vec<f32>,
    /// Pre-activations of every layer, the logits last.
    z: Vec<Vec<f32>>,
    /// Outputs of every layer but the last, each with a row of ones.
    h: Vec<Vec<f32>>,
    /// dL/dz of the layer that the way back has come to, and of the one below.
    dz: Vec<f32>,
    below: Vec<f32>,
    slopes: Vec<f32>,
    /// A layer's values, image after image.
    turned: Vec<f32>,
    ones: Vec<f32>,
    panel: Vec<f32>,
}

impl Passage {
    /// A chunk's images, shown to the first layer.
    fn show(&mut self, examples: &Examples, images: &[u32]) {
        self.count = images.len();
        self.width = self.count.next_multiple_of(LANES);
        let dim = examples.dim();
        self.image.resize(dim, 0.0);
        self.lit.clear();
        self.labels.clear();
        self.labels.extend(images.iter().map(|&image| examples.label(image as usize)));
        if let Some(shades) = examples.shades() {
            // Copies of all of them at first: what lies anywhere in memory is fetched side by side then, and not bit by bit.
            self.bytes.clear();
            for &image in images {
                let Some(bytes) = examples.bytes(image as usize) else { unreachable!("what has shades is of bytes") };
                self.bytes.extend_from_slice(bytes);
            }
            self.bytes.chunks_exact(dim).for_each(|image| self.lit.push_bytes(image, shades));
        } else {
            for &image in images {
                examples.fill(image as usize, &mut self.image);
                self.lit.push(&self.image);
            }
        }
        self.is_lit = self.lit.len() as f64 <= LIT * (dim * self.count) as f64;
        self.ones.clear();
        self.ones.resize(self.width, 1.0);
        if !self.is_lit {
            self.inputs.resize((dim + 1) * self.width, 0.0);
            self.lit.spread(self.width, &mut self.inputs[..dim * self.width]);
            self.inputs[dim * self.width..][..self.width].fill(1.0);
        }
    }

    /// A layer's outputs, unit after unit, without places of no image.
    pub fn outputs(&self, layer: usize, into: &mut Vec<f32>) {
        into.clear();
        let units = self.h[layer].len() / self.width - 1;
        into.extend(self.h[layer].chunks_exact(self.width).take(units).flat_map(|row| &row[..self.count]));
    }

    /// The sum of squares of dL/dz of the layer that the way back has come to.
    pub fn gradient_squares(&self) -> f64 {
        let values = self.dz.chunks_exact(self.width).flat_map(|row| &row[..self.count]);
        values.map(|&value| f64::from(value).powi(2)).sum()
    }

    /// The first layer whose values are not all finite.
    pub fn overflow(&self) -> Option<usize> {
        let finite = |row: &[f32]| row[..self.count].iter().all(|value| value.is_finite());
        self.z.iter().position(|layer| !layer.chunks_exact(self.width).all(finite))
    }
}

impl TrainedNetwork {
    /// Pushes some images through all layers.
    fn forward(&self, examples: &Examples, images: &[u32], passage: &mut Passage) {
        passage.show(examples, images);
        passage.z.resize(self.layers.len(), Vec::new());
        passage.h.resize(self.layers.len() - 1, Vec::new());
        let Passage { count, width, lit, is_lit, inputs, z, h, turned, .. } = passage;
        let (count, width) = (*count, *width);
        for (index, layer) in self.layers.iter().enumerate() {
            self.give_way();
            let values = &mut z[index];
            values.resize(layer.fan_out * width, 0.0);
            if index == 0 && *is_lit {
                turned.resize(count * layer.stride, 0.0);
                lit.through(self.level, (&layer.weights, layer.stride), turned);
                turn(self.level, (turned, layer.stride), (values, width), (count, layer.fan_out));
            } else {
                let product = TrainingProduct {
                    factors: &layer.weights,
                    rows: layer.fan_out,
                    down: 1,
                    along: layer.stride,
                    columns: if index == 0 { inputs } else { &h[index - 1] },
                    width,
                    depth: layer.fan_in + 1,
                    onto: false,
                };
                product.compute(self.level, values);
            }
            let Some(outputs) = h.get_mut(index) else { continue };
            outputs.resize((layer.fan_out + 1) * width, 0.0);
            let (outputs, ones) = outputs.split_at_mut(values.len());
            ones.fill(1.0);
            rectified::outputs(self.activation(index), self.level, values, outputs);
            if self.activation(index).fades() {
                drop_faint(self.level, outputs, width);
            }
        }
    }

    /// What a network says of some images.
    pub fn judge(&self, examples: &Examples, images: &[u32], passage: &mut Passage) -> Verdict {
        self.forward(examples, images, passage);
        let Passage { z, width, labels, .. } = passage;
        let logits = z.last().map_or(&[][..], Vec::as_slice);
        let (width, objective) = (*width, self.objective);
        CrossEntropy { logits, width, labels, objective, share: 1.0, gradients: None }.judge(self.level)
    }

    /// The same, with dL/dlogits of the mean over a batch, of whose images each has this share.
    pub fn record(&self, examples: &Examples, images: &[u32], share: f64, passage: &mut Passage) -> Verdict {
        self.forward(examples, images, passage);
        let Passage { lit, is_lit, z, dz, width, labels, .. } = passage;
        if *is_lit {
            // The way back asks for the images of an input.
            lit.turn(examples.dim());
        }
        let logits = z.last().map_or(&[][..], Vec::as_slice);
        dz.resize(logits.len(), 0.0);
        let (width, objective) = (*width, self.objective);
        CrossEntropy { logits, width, labels, objective, share, gradients: Some(dz) }.judge(self.level)
    }

    /// What follows a layer's products.
    pub fn activation(&self, layer: usize) -> Activation {
        let hidden = layer.checked_sub(self.linear_layers).and_then(|index| self.activations.get(index));
        hidden.copied().unwrap_or(Activation::Linear)
    }

    fn give_way(&self) {
        if let Some(pause) = &self.pause {
            pause();
        }
    }

    /// Goes back from a layer whose dL/dz is known to the one below it.
    fn descend(&self, index: usize, passage: &mut Passage) {
        self.give_way();
        let Passage { width, z, dz, below, slopes, .. } = passage;
        let (layer, width) = (&self.layers[index], *width);
        below.resize(layer.fan_in * width, 0.0);
        let product = TrainingProduct {
            factors: &layer.weights,
            rows: layer.fan_in,
            down: layer.stride,
            along: 1,
            columns: dz,
            width,
            depth: layer.fan_out,
            onto: false,
        };
        product.compute(self.level, below);
        if index > self.linear_layers {
            rectified::back(self.activation(index - 1), self.level, &z[index - 1], (below, slopes));
            if self.activation(index - 1).fades() {
                drop_faint(self.level, below, width);
            }
        }
    }

    /// Goes back through all layers and moves each layer's weights as soon as what is below does not need them any more; `found` is
    /// told what was found of each, the last layer first.
    pub fn move_back(
        &mut self,
        (rule, passage): (&StepRule, &mut Passage),
        mut found: impl FnMut(usize, LayerSquares, &TrainedLayer),
    ) {
        for index in (0..self.layers.len()).rev() {
            if index > 0 {
                self.descend(index, passage);
            }
            let (layer, level) = (&mut self.layers[index], self.level);
            let stride = layer.stride;
            passage.turn_gradients(level, layer);
            let mut panel = std::mem::take(&mut passage.panel);
            let mut squares = LayerSquares::default();
            for rows in panels(layer.fan_in) {
                if rule.rests_without_gradient() && passage.is_dark(index, &rows) {
                    continue;
                }
                panel.resize(rows.len() * stride, 0.0);
                passage.gradients(level, (index, layer), rows.clone(), false, &mut panel);
                squares += layer.update(level, (rule, Scales::NONE), rows, &mut panel);
            }
            passage.panel = panel;
            found(index, squares, layer);
            std::mem::swap(&mut passage.dz, &mut passage.below);
        }
    }

    /// Goes back through all layers, and adds up gradients, as the weights lie; `see` is shown each layer's dL/dz.
    pub fn add_back(
        &self,
        onto: bool,
        passage: &mut Passage,
        gradients: &mut [Vec<f32>],
        mut see: impl FnMut(usize, &Passage),
    ) {
        for (index, layer) in self.layers.iter().enumerate().rev() {
            see(index, passage);
            if index > 0 {
                self.descend(index, passage);
            }
            passage.turn_gradients(self.level, layer);
            gradients[index].resize(layer.weights.len(), 0.0);
            // All of a kernel's rows at once: the columns of a product stay in the nearest cache from row to row.
            for rows in [0..layer.fan_in, layer.fan_in..layer.fan_in + 1] {
                let sums = &mut gradients[index][rows.start * layer.stride..rows.end * layer.stride];
                passage.gradients(self.level, (index, layer), rows, onto, sums);
            }
            std::mem::swap(&mut passage.dz, &mut passage.below);
        }
    }
}

impl Passage {
    /// dL/dz of a layer, image after image.
    fn turn_gradients(&mut self, level: Level, layer: &TrainedLayer) {
        self.turned.resize(self.width * layer.stride, 0.0);
        turn(level, (&self.dz, self.width), (&mut self.turned, layer.stride), (layer.fan_out, self.count));
    }

    /// Whether no image has anything at some inputs of a layer, for sure.
    fn is_dark(&self, index: usize, rows: &std::ops::Range<usize>) -> bool {
        let dim = self.image.len();
        index == 0 && self.is_lit && rows.end <= dim && rows.clone().all(|row| self.lit.of_input(row).0.is_empty())
    }

    /// Some rows of dL/dW and the biases, from the turned dL/dz.
    fn gradients(
        &self,
        level: Level,
        (index, layer): (usize, &TrainedLayer),
        rows: std::ops::Range<usize>,
        onto: bool,
        sums: &mut [f32],
    ) {
        let (stride, width) = (layer.stride, self.width);
        if index == 0 && self.is_lit && rows.end <= layer.fan_in {
            return self.lit.back(level, rows, (&self.turned, stride), onto, sums);
        }
        let factors = match index {
            0 if self.is_lit => &self.ones[..],
            0 => &self.inputs[rows.start * width..],
            _ => &self.h[index - 1][rows.start * width..],
        };
        let product = TrainingProduct {
            factors,
            rows: rows.len(),
            down: width,
            along: 1,
            columns: &self.turned,
            width: stride,
            depth: self.count,
            onto,
        };
        product.compute(level, sums);
    }
}
