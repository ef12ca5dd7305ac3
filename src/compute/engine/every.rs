use super::sweep::{images_of, sweep};
use super::{Failure, Measurer};
use crate::network::{BLOCK, Scratch, Stage};
use crate::subject::ToSubject;

impl Measurer {
    /// Every `stride`-th output of each hidden layer, counted image after image, unit after unit; sorted, least first.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn every(&mut self, subject: &impl ToSubject, stride: usize) -> Result<Vec<Vec<f32>>, Failure> {
        let (network, source) = self.network_and_source(subject)?;
        let stride = stride.max(1);
        let images = source.len();
        let (first, layers) = (network.linear_layers, network.layers());
        let start = || (Scratch::new(&network), vec![Vec::new(); layers]);
        let step = |(scratch, kept): &mut (Scratch, Vec<Vec<f32>>), block: usize| {
            let range = images_of(block, images);
            let shown = source.images(range.clone());
            let keep = |kernel: usize, stage, values: ndarray::ArrayView2<'_, f32>| {
                let layer = kernel.checked_sub(first).and_then(|layer| kept.get_mut(layer));
                if let (Stage::Output, Some(layer)) = (stage, layer) {
                    let before = range.start * values.ncols();
                    let skipped = before.next_multiple_of(stride) - before;
                    layer.extend(values.iter().skip(skipped).step_by(stride));
                }
                Ok(())
            };
            network.forward(shown.view(), scratch, keep)?;
            Ok(())
        };
        let threads = sweep(&self.pool(), 0..images.div_ceil(BLOCK), start, step)?;
        let mut all = vec![Vec::new(); layers];
        for (_, kept) in threads {
            for (layer, values) in all.iter_mut().zip(kept) {
                layer.extend(values);
            }
        }
        // Which thread had which image is left to chance.
        all.iter_mut().for_each(|layer| layer.sort_by(f32::total_cmp));
        Ok(all)
    }
}
