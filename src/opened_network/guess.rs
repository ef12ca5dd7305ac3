use ndarray::{Array2, ArrayView1};
use rayon::prelude::*;

use super::{GivenNetwork, OpenedNetwork};
use crate::dataset::Source;
use crate::experiment::{Activation, Experiment, InputScale, Inputs};
use crate::network::{BLOCK, DrawCache, LossKind, Network, Scratch, Shown, Watch};
use crate::number;
use crate::subject::Subject;

/// Images on which guesses are judged, at most.
const IMAGES: usize = 1000;
/// Images on which they are judged at least, however large the network is.
const FEWEST: usize = 100;
/// A difference of shares between two orientations of kernels, or between usual and unusual pixels, that may be chance.
const CHANCE: f64 = 0.01;
/// From this share of the way between always saying the commonest class and being always right on, a network does what it was trained
/// for: what is only drawn stays below.
const FITS: f64 = 0.25;
/// Multiplications and additions that all guesses together may take, where that many images allow it.
const WORK: usize = 200_000_000_000;

/// An activation and a look of pixels with which a network may have been trained, and how well it does with them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// The activation.
    pub activation: Activation,
    /// What becomes of a pixel.
    pub scale: InputScale,
    /// Whether rows and columns are exchanged.
    pub transposed: bool,
    /// Share of the images whose class it finds.
    pub accuracy: f64,
    /// The mean cross-entropy, by which those are told apart that find about as many.
    pub loss: f64,
    /// Of how many images.
    pub images: usize,
    /// The share of these that the commonest of their classes has.
    pub commonest: f64,
}

impl Guess {
    /// By which guesses are sorted: unusual pixels must be better by more than chance makes them. Of large values, every activation that
    /// grows makes what relu does.
    fn rank(&self) -> f64 {
        self.accuracy - CHANCE * f64::from(self.oddity())
    }

    /// How unusual its pixels are.
    fn oddity(&self) -> u8 {
        u8::from(self.transposed) + u8::from(self.scale == InputScale::Bytes)
    }

    /// Whether it finds more than what always says the commonest class, and by so much that the network was trained for it.
    pub fn fits(&self) -> bool {
        self.accuracy > self.commonest + FITS * (1.0 - self.commonest)
    }

    /// How far a share may be off because so few images were counted: one standard error.
    fn error(&self) -> f64 {
        (self.accuracy * (1.0 - self.accuracy) / self.images as f64).sqrt()
    }

    /// Its activation in short: `leaky_relu 0.01`.
    pub fn name(&self) -> String {
        match self.activation {
            Activation::LeakyRelu { slope } => format!("leaky_relu {slope}"),
            activation => activation.name().to_owned(),
        }
    }

    /// An experiment with what is guessed.
    pub fn applied_to(&self, experiment: &Experiment) -> Experiment {
        let inputs = Inputs { scale: self.scale, transposed: self.transposed, ..experiment.inputs.clone() };
        Experiment { inputs, activation: self.activation, ..experiment.clone() }
    }

    /// Its accuracy in percent: whole ones would not tell guesses apart.
    pub fn share(&self) -> String {
        format!("{:.1} %", 100.0 * self.accuracy)
    }

    /// `unit`, or `unit, transposed`.
    pub fn pixels(&self) -> String {
        let order = if self.transposed { ", transposed" } else { "" };
        format!("{}{order}", self.scale.name())
    }
}

impl GivenNetwork {
    /// What the network does on the first images with each activation and the pixels it does best with: first what it is guessed to
    /// be, then the others, the best first. Nothing where no labels fit it, or the images cannot be read.
    pub fn guesses(&self, experiment: &Experiment) -> Vec<Guess> {
        if !experiment.inputs.data.has_pixels() || !experiment.inputs.has_labels() {
            return Vec::new();
        }
        let looks = InputScale::ALL.into_iter().flat_map(|scale| [(scale, false), (scale, true)]);
        let subjects: Vec<Subject> = looks
            .filter_map(|(scale, transposed)| {
                let inputs = Inputs { scale, transposed, ..experiment.inputs.clone() };
                self.subject(&Experiment { inputs, ..experiment.clone() }).ok()
            })
            .collect();
        let all: Vec<_> = subjects.par_iter().flat_map_iter(|subject| self.of_look(subject)).collect();
        let set = (experiment.inputs.scale, experiment.inputs.transposed);
        in_order(&all, set)
    }

    /// All activations with pixels of one look, whose first products serve them all.
    fn of_look(&self, subject: &Subject) -> Vec<Guess> {
        let experiment = subject.experiment();
        let Ok(source) = Source::load(experiment) else { return Vec::new() };
        let network = |activation: Activation| -> Option<Network> {
            let subject = self.subject(&Experiment { activation, ..experiment.clone() }).ok()?;
            let patient = Watch { interrupted: &|| false, drawn: &|_| () };
            let network = Network::of(&subject, &mut DrawCache::default(), patient).ok()?;
            (network.loss == LossKind::Softmax).then_some(network)
        };
        let Some(first) = network(Activation::Relu) else { return Vec::new() };
        let all = first.operations() * candidates().count() * 2 * InputScale::ALL.len();
        let images = (WORK / all.max(1)).clamp(FEWEST, IMAGES).min(source.len());
        let blocks: Vec<_> =
            (0..images.div_ceil(BLOCK)).map(|block| block * BLOCK..((block + 1) * BLOCK).min(images)).collect();
        let mut counts = [0_usize; 256];
        source.labels().iter().take(images).for_each(|&label| counts[usize::from(label)] += 1);
        let commonest = counts.into_iter().max().unwrap_or(0) as f64 / images as f64;
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
            let (mut right, mut loss) = (0, 0.0);
            for (block, product) in blocks.iter().zip(&products) {
                let labels = &source.labels()[block.clone()];
                let logits =
                    network.forward(Shown::Product(product, block.len()), &mut scratch, |_, _, _| Ok(())).ok()?;
                let class = |logits: ArrayView1<'_, f32>| {
                    let best = logits.iter().enumerate().max_by(|(_, one), (_, other)| one.total_cmp(other));
                    best.map(|(class, _)| class)
                };
                loss +=
                    logits.rows().into_iter().zip(labels).map(|(row, label)| cross_entropy(&row, *label)).sum::<f64>();
                let found = logits.rows().into_iter().map(class).zip(labels);
                right += found.filter(|(class, label)| *class == Some(usize::from(**label))).count();
            }
            let Inputs { scale, transposed, .. } = experiment.inputs;
            Some(Guess {
                activation,
                scale,
                transposed,
                accuracy: right as f64 / images as f64,
                loss: loss / images as f64,
                images,
                commonest,
            })
        };
        candidates().filter_map(guess).collect()
    }
}

impl OpenedNetwork {
    /// `; guesses by the share of the first 1,000 labelled images that each gets right, ...: relu 97.3 % (unit), ...`
    pub(super) fn guesses_in_words(&self, experiment: &Experiment) -> String {
        let of =
            |opened: Self| GivenNetwork::new(opened).map_or_else(|_| Vec::new(), |given| given.guesses(experiment));
        let mut guesses = of(self.clone());
        let turned = self.other_orientation().map(of).filter(|turned| are_better(turned, &guesses));
        let orientation =
            if turned.is_some() { " and, as square kernels seem to be, with --transposed-kernels" } else { "" };
        guesses = turned.unwrap_or(guesses);
        if let Some(other) = self.other_data_in_words(experiment) {
            return format!("; {other}");
        }
        let Some(first) = guesses.first() else {
            let count = |count: usize, what: &str| {
                format!("{} {what}{}", number::count(count as u64), if count == 1 { "" } else { "s" })
            };
            let (inputs, outputs) = (count(self.file.inputs(), "input"), count(self.file.outputs(), "output"));
            return if self.file.outputs() == 1 {
                "; with one output it tells no classes apart, by which it could be guessed".to_owned()
            } else {
                format!(
                    "; no labelled images fit it, by which it could be guessed (it takes {inputs} and has {outputs})"
                )
            };
        };
        let words = guesses.iter().map(|guess| format!("{} {} ({})", guess.activation, guess.share(), guess.pixels()));
        let words = words.collect::<Vec<_>>().join(", ");
        let images = number::count(first.images as u64);
        if !nothing_fits(&guesses) {
            return format!(
                "; guesses by the share of the first {images} labelled images that each gets right, with the pixels it does best \
                 with, the best guess first{orientation}: {words}"
            );
        }
        format!(
            "; none can be guessed, for the network is near guessing with each: of the first {images} labelled images, of which the \
             commonest class has {:.1} %, it gets right: {words}",
            100.0 * first.commonest
        )
    }
}

/// Whether there are guesses, but the network is near guessing with each.
pub fn nothing_fits(guesses: &[Guess]) -> bool {
    !guesses.is_empty() && !guesses.iter().any(Guess::fits)
}

/// Whether the best of some guesses is better than that of others by more than chance makes it.
pub(super) fn are_better(guesses: &[Guess], others: &[Guess]) -> bool {
    let accuracy = |guesses: &[Guess]| guesses.iter().map(|guess| guess.accuracy).reduce(f64::max);
    accuracy(guesses).zip(accuracy(others)).is_some_and(|(one, other)| one > other + CHANCE)
}

/// The cross-entropy of logits with a class.
fn cross_entropy(logits: &ArrayView1<'_, f32>, label: u8) -> f64 {
    let greatest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.iter().map(|&logit| f64::from(logit - greatest).exp()).sum();
    logits.get(usize::from(label)).map_or(f64::INFINITY, |&logit| sum.ln() - f64::from(logit - greatest))
}

/// Of all guesses, one for each activation, with the pixels it does best with or, where nothing fits, those that are set: first the
/// commonest activation among those that are as good as the best as far as so few images can tell, then the others, the best first.
fn in_order(all: &[Guess], set: (InputScale, bool)) -> Vec<Guess> {
    let is_hopeless = nothing_fits(all);
    let mut guesses: Vec<Guess> = Vec::new();
    for activation in candidates() {
        let own = all.iter().filter(|guess| guess.activation == activation);
        // What is no worse than by chance is told apart by how usual its pixels are, and by what it costs.
        let best = own.clone().map(Guess::rank).fold(f64::NEG_INFINITY, f64::max);
        let alike = own.clone().filter(|guess| guess.rank() >= best - CHANCE);
        let chosen = alike.min_by(|one, other| one.oddity().cmp(&other.oddity()).then(one.loss.total_cmp(&other.loss)));
        let as_set = own.clone().find(|guess| is_hopeless && (guess.scale, guess.transposed) == set);
        guesses.extend(as_set.or(chosen));
    }
    let shown = |guess: &Guess| (1e3 * guess.accuracy).round();
    guesses.sort_by(|one, other| shown(other).total_cmp(&shown(one)).then(one.loss.total_cmp(&other.loss)));
    let best = guesses.iter().max_by(|one, other| one.rank().total_cmp(&other.rank()));
    let Some(least) = best.map(|best| best.rank() - best.error()) else { return guesses };
    let is_alike = |guess: &Guess| is_hopeless || guess.rank() >= least;
    let alike = guesses.iter().enumerate().filter(|(_, guess)| is_alike(guess));
    if let Some((first, _)) = alike.min_by_key(|(_, guess)| rarity(guess.activation)) {
        guesses[..=first].rotate_right(1);
    }
    guesses
}

/// How rare an activation is among networks that people train; those after the commonest are alike.
fn rarity(activation: Activation) -> usize {
    let common = [Activation::Relu, Activation::Tanh, Activation::Sigmoid, Activation::Gelu];
    common.iter().position(|&one| one == activation).unwrap_or(common.len())
}

/// All activations; of those with a parameter, the frameworks' defaults.
fn candidates() -> impl Iterator<Item = Activation> {
    Activation::ALL.into_iter().chain([Activation::LeakyRelu { slope: 0.01 }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(activation: Activation, scale: InputScale, accuracy: f64) -> Guess {
        Guess { activation, scale, transposed: false, accuracy, loss: 1.0 - accuracy, images: 1000, commonest: 0.1 }
    }

    fn names(guesses: &[Guess]) -> Vec<(&'static str, InputScale)> {
        guesses.iter().map(|guess| (guess.activation.name(), guess.scale)).collect()
    }

    /// The standard error of 90 % of 1,000 is 0.95 %.
    #[test]
    fn the_commonest_of_those_that_are_as_good_as_the_best_is_the_guess() {
        use Activation::{Gelu, Mish, Relu, Silu};
        let (unit, bytes) = (InputScale::Unit, InputScale::Bytes);
        let all =
            |relu| [guess(Mish, unit, 0.9), guess(Gelu, unit, 0.895), guess(Relu, unit, relu), guess(Silu, unit, 0.4)];
        let order =
            |all: &[Guess]| names(&in_order(all, (unit, false))).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(order(&all(0.892)), ["relu", "mish", "gelu", "silu"]);
        assert_eq!(order(&all(0.889)), ["gelu", "mish", "relu", "silu"]);
        // Pixels that are usual need not be quite as good.
        let pixels = [guess(Relu, bytes, 0.905), guess(Relu, unit, 0.9)];
        assert_eq!(names(&in_order(&pixels, (unit, false))), [("relu", unit)]);
    }

    #[test]
    fn where_nothing_fits_the_usual_activation_stands_first_with_the_pixels_that_are_set() {
        let (unit, centered) = (InputScale::Unit, InputScale::Centered);
        let all = [
            guess(Activation::Mish, centered, 0.2),
            guess(Activation::Relu, centered, 0.15),
            guess(Activation::Relu, unit, 0.1),
            guess(Activation::Mish, unit, 0.12),
        ];
        assert!(nothing_fits(&all) && !nothing_fits(&[guess(Activation::Relu, unit, 0.5)]) && !nothing_fits(&[]));
        assert_eq!(names(&in_order(&all, (unit, false))), [("relu", unit), ("mish", unit)]);
    }
}
