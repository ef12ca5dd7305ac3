use super::sweep::{images_of, sweep};
use super::{Failure, Measurer};
use crate::network::{BLOCK, Scratch, Stage};
use crate::subject::ToSubject;

/// The least and the greatest pre-activation of a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZRange {
    /// The least; NaN is left out.
    pub least: f32,
    /// The greatest.
    pub greatest: f32,
}

impl ZRange {
    const NONE: Self = Self { least: f32::INFINITY, greatest: f32::NEG_INFINITY };

    fn merge(&mut self, other: Self) {
        *self = Self { least: self.least.min(other.least), greatest: self.greatest.max(other.greatest) };
    }
}

impl Measurer {
    /// The range of each unit's pre-activations over the subject's images, hidden layer by hidden layer.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn z_ranges(&mut self, subject: &impl ToSubject) -> Result<Vec<Vec<ZRange>>, Failure> {
        let subject = subject.to_subject();
        let (network, source) = self.network_and_source(&subject)?;
        let images = subject.experiment().inputs.images.min(source.len());
        let none: Vec<_> = (0..network.layers()).map(|layer| vec![ZRange::NONE; network.width(layer)]).collect();
        let start = || (Scratch::new(&network), none.clone());
        let step = |(scratch, ranges): &mut (Scratch, Vec<Vec<ZRange>>), block: usize| {
            let shown = source.images(images_of(block, images));
            let see = |kernel: usize, stage, values: ndarray::ArrayView2<'_, f32>| {
                let layer = kernel.checked_sub(network.linear_layers).and_then(|layer| ranges.get_mut(layer));
                if let (Stage::PreActivation, Some(layer)) = (stage, layer) {
                    for (range, values) in layer.iter_mut().zip(values.columns()) {
                        values.iter().for_each(|&z| range.merge(ZRange { least: z, greatest: z }));
                    }
                }
                Ok(())
            };
            network.forward(shown.view(), scratch, see)?;
            Ok(())
        };
        let threads = sweep(&self.pool(), 0..images.div_ceil(BLOCK), start, step)?;
        let mut all = none.clone();
        for (_, found) in threads {
            for (layer, found) in all.iter_mut().zip(found) {
                layer.iter_mut().zip(found).for_each(|(range, found)| range.merge(found));
            }
        }
        Ok(all)
    }
}
