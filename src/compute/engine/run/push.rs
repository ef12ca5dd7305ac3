use std::cell::RefCell;

use ndarray::{Array2, ArrayView2};

use super::workspace::{Pushed, Workspace};
use super::{Crew, Run, Start};
use crate::engine::streams::Quantity;
use crate::engine::sweep::images_of;
use crate::network::{BLOCK, Interrupted, Scratch, Shown, Stage, Tape};

impl Run {
    /// Pushes a block through the network, or what is left of it, and back if gradients are wanted; `emit(stream, values)` sees what is measured,
    /// `z(kernel, values)` every pre-activation, the logits included: all unit after unit.
    pub(super) fn push(
        &self,
        (block, images, start): (usize, usize, Option<&Start>),
        workspace: &mut Workspace,
        crew: Crew<'_>,
        emit: impl FnMut(usize, &[f32]),
        z: impl FnMut(usize, &[f32]),
    ) -> Result<Pushed, Interrupted> {
        let (emit, z) = (RefCell::new(emit), RefCell::new(z));
        let Workspace { images: pixels, scratch, tape } = workspace;
        let shown = match start {
            Some(start) => start.shown(block, images_of(block, images).len()),
            None => self.first.shown((block, images), &self.network, pixels, scratch),
        };
        let labels = &self.source.labels()[images_of(block, images)];
        let see = |kernel: usize, quantity: Quantity, values: &[f32]| {
            let layer = kernel.checked_sub(self.network.linear_layers);
            if let Some(stream) = layer.and_then(|layer| self.streams.find(layer, quantity)) {
                (emit.borrow_mut())(stream, values);
            }
        };
        let mut copy = Vec::new();
        let forward = |kernel: usize, stage: Stage, values: ArrayView2<'_, f32>| {
            let values = dense(&values, &mut copy);
            match stage {
                Stage::PreActivation => {
                    (z.borrow_mut())(kernel, values);
                    see(kernel, Quantity::PreActivation, values);
                }
                Stage::Output => see(kernel, Quantity::Output, values),
            }
            crew.go_on()
        };
        let output = self.network.kernels.len() - 1;
        let Some(tape) = tape else {
            let logits = self.network.forward(shown, scratch, forward)?;
            (z.borrow_mut())(output, dense(&logits, &mut Vec::new()));
            let loss = self.network.loss_of(&logits, labels, 1.0);
            let logits = self.canonical.then(|| logits.to_owned());
            return Ok(Pushed { loss, logit_gradient_squares: 0.0, logits });
        };
        let mut logit_gradient_squares = 0.0;
        let mut copy = Vec::new();
        let backward = |kernel: usize, _: Option<ArrayView2<'_, f32>>, values: ArrayView2<'_, f32>| {
            let values = dense(&values, &mut copy);
            if kernel == output {
                logit_gradient_squares = values.iter().map(|&value| f64::from(value) * f64::from(value)).sum();
            } else {
                see(kernel, Quantity::Gradient, values);
            }
            crew.go_on()
        };
        let (loss, logits) = self.network.backward((shown, labels), 1, (scratch, tape), forward, backward)?;
        (z.borrow_mut())(output, dense(&logits, &mut Vec::new()));
        Ok(Pushed { loss, logit_gradient_squares, logits: None })
    }

    /// What a thread needs.
    pub(super) fn workspace(&self) -> Workspace {
        let backward = self.streams.quantities().contains(&Quantity::Gradient);
        Workspace {
            images: Array2::zeros((BLOCK, self.source.dim())),
            scratch: Scratch::new(&self.network),
            tape: backward.then(|| Tape::new(&self.network)),
        }
    }

    /// A block of the first `images` images, as the network sees them and themselves.
    pub(super) fn shown_with_images<'w>(
        &'w self,
        (block, images): (usize, usize),
        pixels: &'w mut Array2<f32>,
        scratch: &mut Scratch,
    ) -> (Shown<'w>, ArrayView2<'w, f32>) {
        let range = images_of(block, images);
        let product = self.first.block(block, &self.network, pixels, scratch);
        let view = self.source.view(range, pixels);
        (product.map_or(Shown::Images(view), |product| Shown::Product(product, view.nrows())), view)
    }
}

/// Values [images, units], unit after unit; as a copy if there are others between them.
fn dense<'v>(values: &'v ArrayView2<'_, f32>, copy: &'v mut Vec<f32>) -> &'v [f32] {
    if let Some(values) = values.as_slice_memory_order() {
        return values;
    }
    copy.clear();
    for unit in values.columns() {
        match unit.to_slice() {
            Some(images) => copy.extend_from_slice(images),
            None => copy.extend(unit),
        }
    }
    copy
}
