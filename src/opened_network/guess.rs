use ndarray::{Array2, ArrayView1};
use rayon::prelude::*;

use super::OpenedNetwork;
use crate::dataset::Source;
use crate::experiment::{Activation, Experiment, InputScale, Inputs};
use crate::network::{BLOCK, DrawCache, LossKind, Network, Scratch, Shown, Watch};
use crate::number;
use crate::subject::Subject;

/// Images on which guesses are judged.
const IMAGES: usize = 1000;

/// An activation and a scale of pixels with which a network may have been trained, and how well it does with them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// The activation.
    pub activation: Activation,
    /// What becomes of a pixel.
    pub scale: InputScale,
    /// Share of the images whose class it finds.
    pub accuracy: f64,
    /// Of how many images.
    pub images: usize,
}

impl OpenedNetwork {
    /// What the network does on the first images with each activation and each scale of pixels, the best first; nothing where no
    /// labels fit it, or the images cannot be read.
    pub fn guesses(&self, experiment: &Experiment) -> Vec<Guess> {
        let fits = |scale: InputScale| {
            let inputs = Inputs { scale, ..experiment.inputs.clone() };
            self.with_usual(&Experiment { inputs, ..experiment.clone() }, Activation::Relu).ok()
        };
        if !experiment.inputs.data.has_pixels() || !experiment.inputs.has_labels() {
            return Vec::new();
        }
        let scales: Vec<(InputScale, Subject)> =
            InputScale::ALL.into_iter().filter_map(|scale| Some((scale, fits(scale)?))).collect();
        let mut guesses: Vec<_> =
            scales.par_iter().flat_map_iter(|(scale, subject)| self.of_scale(*scale, subject)).collect();
        guesses.sort_by(|one, other| other.accuracy.total_cmp(&one.accuracy));
        guesses
    }

    /// All activations with pixels of one scale, whose first products serve them all.
    fn of_scale(&self, scale: InputScale, subject: &Subject) -> Vec<Guess> {
        let Ok(source) = Source::load(subject.experiment()) else { return Vec::new() };
        let images = IMAGES.min(source.len());
        let network = |activation: Activation| -> Option<Network> {
            let subject = self.with_usual(subject.experiment(), activation).ok()?;
            let patient = Watch { interrupted: &|| false, drawn: &|_| () };
            let network = Network::of(&subject, &mut DrawCache::default(), patient).ok()?;
            (network.loss == LossKind::Softmax).then_some(network)
        };
        let Some(first) = network(Activation::Relu) else { return Vec::new() };
        let blocks: Vec<_> =
            (0..images.div_ceil(BLOCK)).map(|block| block * BLOCK..((block + 1) * BLOCK).min(images)).collect();
        let mut scratch = Scratch::new(&first);
        let products: Vec<_> = blocks
            .iter()
            .map(|block| {
                let mut pixels = Array2::zeros((block.len(), source.dim()));
                first.first_product(&source.view(block.clone(), &mut pixels), &mut scratch)
            })
            .collect();
        let guess = |activation: Activation| {
            let network = network(activation)?;
            let mut scratch = Scratch::new(&network);
            let mut right = 0;
            for (block, product) in blocks.iter().zip(&products) {
                let labels = &source.labels()[block.clone()];
                let logits =
                    network.forward(Shown::Product(product, block.len()), &mut scratch, |_, _, _| Ok(())).ok()?;
                let class = |logits: ArrayView1<'_, f32>| {
                    let best = logits.iter().enumerate().max_by(|(_, one), (_, other)| one.total_cmp(other));
                    best.map(|(class, _)| class)
                };
                let found = logits.rows().into_iter().map(class).zip(labels);
                right += found.filter(|(class, label)| *class == Some(usize::from(**label))).count();
            }
            Some(Guess { activation, scale, accuracy: right as f64 / images as f64, images })
        };
        candidates().filter_map(guess).collect()
    }

    /// `; on the first 1,000 images relu finds the class of 97.3 % (pixels unit), tanh ...`
    pub(super) fn guesses_in_words(&self, experiment: &Experiment) -> String {
        let guesses = self.guesses(experiment);
        let Some(best) = guesses.first() else {
            return format!(
                "; no labelled images fit it, by which it could be guessed (it takes {} inputs and has {} outputs)",
                self.file.inputs(),
                self.file.outputs()
            );
        };
        let mut said: Vec<Activation> = Vec::new();
        let mut words = Vec::new();
        for guess in &guesses {
            if !said.contains(&guess.activation) {
                said.push(guess.activation);
                words.push(format!("{} {} ({})", guess.activation, one_digit(guess.accuracy), guess.scale.name()));
            }
        }
        format!(
            "; guesses by the share of the first {} labelled images that each gets right, with the input scale it does best with: {}",
            number::count(best.images as u64),
            words.join(", ")
        )
    }
}

/// A share in percent: whole ones would not tell guesses apart.
fn one_digit(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// All activations; of those with a parameter, the frameworks' defaults.
fn candidates() -> impl Iterator<Item = Activation> {
    Activation::ALL.into_iter().chain([Activation::LeakyRelu { slope: 0.01 }])
}
