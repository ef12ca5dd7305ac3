use std::io;

use ndarray::{Array2, ArrayView2, s};
use rayon::prelude::*;

use super::inventory::ArrayContent;
use super::spill::Spill;
use crate::dataset::Source;
use crate::network::{BLOCK, Interrupted, LossKind, Network, Scratch, Stage, Tape};

/// Writes down kernels and biases; those of layers without biases stay zero.
pub(super) fn weights(network: &Network, spill: &Spill) -> io::Result<()> {
    for (index, weights) in network.weights().iter().enumerate() {
        spill.numbers(ArrayContent::Kernel(index), 0, weights.as_slice().unwrap_or_default())?;
    }
    for (index, biases) in network.biases.iter().flatten().enumerate() {
        spill.numbers(ArrayContent::Biases(index), 0, &biases.to_vec())?;
    }
    Ok(())
}

/// Pushes all images through the network and back, in blocks on all threads, and writes down what is seen on the way.
pub(super) fn images(network: &Network, source: &Source, images: usize, spill: &Spill) -> io::Result<()> {
    spill.bytes(ArrayContent::Labels, 0, &source.labels()[..images])?;
    let workspace = || {
        let pixels = Array2::zeros((BLOCK, source.dim()));
        (pixels, Scratch::new(network), Tape::new(network))
    };
    (0..images.div_ceil(BLOCK)).into_par_iter().try_for_each_init(workspace, |(pixels, scratch, tape), block| {
        let range = block * BLOCK..((block + 1) * BLOCK).min(images);
        let mut view = pixels.slice_mut(s![..range.len(), ..]);
        if let Some(values) = view.as_slice_mut() {
            source.fill(range.clone(), values);
            spill.numbers(ArrayContent::Images, range.start, values)?;
        }
        let sink = Sink { spill, row: range.start, failed: std::cell::RefCell::new(None) };
        let see = |kernel, stage, values: ArrayView2<'_, f32>| match stage {
            Stage::PreActivation => sink.write(ArrayContent::PreActivations(kernel), &values),
            Stage::Output => sink.write(ArrayContent::Outputs(kernel), &values),
        };
        // The very numbers that measurements are made of: those of the sum over images, which f32 holds or does not, at last
        // divided by their number.
        let gradient = |kernel, _: Option<ArrayView2<'_, f32>>, values: ArrayView2<'_, f32>| {
            let mean = values.mapv(|value| (f64::from(value) / images as f64) as f32);
            sink.write(ArrayContent::Gradients(kernel), &mean.view())
        };
        let shown = (view.view(), &source.labels()[range]);
        let pushed = match network.loss {
            LossKind::None => network.forward(shown.0, scratch, see),
            _ => network.backward(shown, 1, (scratch, tape), see, gradient).map(|(_, logits)| logits),
        };
        let written = pushed.and_then(|logits| sink.write(ArrayContent::Logits, &logits));
        match (written, sink.failed.into_inner()) {
            (Err(Interrupted), Some(error)) => Err(error),
            _ => Ok(()),
        }
    })
}

/// Writes down a block's rows; what fails stops the pass and is kept.
struct Sink<'a> {
    spill: &'a Spill,
    row: usize,
    failed: std::cell::RefCell<Option<io::Error>>,
}

impl Sink<'_> {
    fn write(&self, content: ArrayContent, values: &ArrayView2<'_, f32>) -> Result<(), Interrupted> {
        let rows = values.as_standard_layout();
        self.spill.numbers(content, self.row, rows.as_slice().unwrap_or_default()).map_err(|error| {
            self.failed.replace(Some(error));
            Interrupted
        })
    }
}
