use super::record::Record;
use crate::engine::last_measured::MeasuredNetwork;
use crate::image_set::PictureForm;

/// What one unit sees of the images that are in so far.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its index in the layer, from 0.
    pub index: usize,
    /// Images its pre-activations are of, from the first.
    pub images: usize,
    /// Its finite pre-activations, from the least to the greatest.
    pub z: Vec<f32>,
    /// Pre-activations that are no finite numbers.
    pub non_finite: usize,
    /// Mean of the finite ones.
    pub mean: f64,
    /// Their population standard deviation.
    pub std: f64,
    /// The weights into it.
    pub weights: Vec<f32>,
    /// The form of an image of whose values the weights are, if it has one.
    pub weights_of: Option<PictureForm>,
    /// The images with the greatest pre-activations, from the greatest.
    pub most: Vec<UnitImage>,
    /// The images with the least, from the least.
    pub least: Vec<UnitImage>,
}

/// An image, and what a unit makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitImage {
    /// Its place in the data, from 0.
    pub image: usize,
    /// What its class is called, if it has a label.
    pub label: Option<String>,
    /// The unit's pre-activation.
    pub z: f32,
    /// What it looks like, if it has a form.
    pub picture: Option<(PictureForm, Box<[u8]>)>,
}

/// Images that are shown of those that drive a unit most, and least.
const SHOWN: usize = 5;

impl Unit {
    /// From its pre-activations of the first images, as they were measured.
    pub(super) fn of(looked_at: &MeasuredNetwork, layer: usize, index: usize, measured: &[f32]) -> Self {
        let kernel = looked_at.network.linear_layers + layer;
        let scale = looked_at.scales[kernel];
        let values = measured.iter().map(|&z| (f64::from(z) * scale) as f32);
        let mut by_z: Vec<_> = values.enumerate().filter(|(_, z)| z.is_finite()).collect();
        by_z.sort_by(|(_, one), (_, other)| one.total_cmp(other));
        let count = by_z.len().max(1) as f64;
        let mean = by_z.iter().map(|&(_, z)| f64::from(z)).sum::<f64>() / count;
        let squares = by_z.iter().map(|&(_, z)| (f64::from(z) - mean).powi(2)).sum::<f64>();
        let inputs = &looked_at.subject.experiment().inputs;
        let form = inputs.form().filter(PictureForm::is_picture);
        let shown = |&(image, z): &(usize, f32)| {
            let label = usize::from(looked_at.source.labels()[image]);
            let label = inputs.has_labels().then(|| inputs.class_name(label).into_owned());
            UnitImage { image, label, z, picture: form.zip(looked_at.source.pixels(image)) }
        };
        Self {
            index,
            images: measured.len(),
            non_finite: measured.len() - by_z.len(),
            mean,
            std: (squares / count).sqrt(),
            weights: looked_at.network.kernels[kernel].into_unit(index),
            weights_of: form.filter(|_| kernel == 0).map(|form| if inputs.transposed { form.turned() } else { form }),
            most: by_z.iter().rev().take(SHOWN).map(shown).collect(),
            least: by_z.iter().take(SHOWN).map(shown).collect(),
            z: by_z.into_iter().map(|(_, z)| z).collect(),
        }
    }
}

/// A unit's pre-activations of all images of the first blocks, from those on that are kept of a record.
pub(super) fn kept_values(record: &Record, unit: usize) -> Vec<f32> {
    (0..record.done()).map_while(|block| record.kept(block, unit)).flatten().copied().collect()
}
