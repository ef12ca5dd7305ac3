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
/// A difference of shares that may be chance.
const CHANCE: f64 = 0.01;
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
}

impl Guess {
    /// By which guesses are sorted: unusual pixels must be better by more than chance makes them. Of large values, every activation that
    /// grows makes what relu does.
    fn rank(&self) -> f64 {
        let unusual = u8::from(self.transposed) + u8::from(self.scale == InputScale::Bytes);
        self.accuracy - CHANCE * f64::from(unusual)
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
    /// What the network does on the first images with each activation and each look of pixels, the best first; nothing where no
    /// labels fit it, or the images cannot be read.
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
        let mut guesses: Vec<_> = subjects.par_iter().flat_map_iter(|subject| self.of_look(subject)).collect();
        guesses.sort_by(|one, other| other.rank().total_cmp(&one.rank()));
        // What is no worse than by chance is told apart by what it costs.
        let best = guesses.first().map_or(0.0, Guess::rank);
        let alike = guesses.iter().take_while(|guess| guess.rank() >= best - CHANCE).count();
        guesses[..alike].sort_by(|one, other| one.loss.total_cmp(&other.loss));
        guesses
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
        let best = best_of_each(&guesses);
        if let Some(other) = self.other_data_in_words(experiment) {
            return format!("; {other}");
        }
        let Some(first) = best.first() else {
            return format!(
                "; no labelled images fit it, by which it could be guessed (it takes {} inputs and has {} outputs)",
                self.file.inputs(),
                self.file.outputs()
            );
        };
        let words = best.iter().map(|guess| format!("{} {} ({})", guess.activation, guess.share(), guess.pixels()));
        format!(
            "; guesses by the share of the first {} labelled images that each gets right, with the pixels it does best with{orientation}: {}",
            number::count(first.images as u64),
            words.collect::<Vec<_>>().join(", ")
        )
    }
}

/// Whether the best of some guesses is better than that of others by more than chance makes it.
pub(super) fn are_better(guesses: &[Guess], others: &[Guess]) -> bool {
    let accuracy = |guesses: &[Guess]| guesses.first().map(|guess| guess.accuracy);
    accuracy(guesses).zip(accuracy(others)).is_some_and(|(one, other)| one > other + CHANCE)
}

/// The cross-entropy of logits with a class.
fn cross_entropy(logits: &ArrayView1<'_, f32>, label: u8) -> f64 {
    let greatest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.iter().map(|&logit| f64::from(logit - greatest).exp()).sum();
    logits.get(usize::from(label)).map_or(f64::INFINITY, |&logit| sum.ln() - f64::from(logit - greatest))
}

/// The best look of pixels of each activation, in the order of the shares that are shown of them; equal ones in that of their loss.
pub fn best_of_each(guesses: &[Guess]) -> Vec<Guess> {
    let mut best: Vec<Guess> = Vec::new();
    for guess in guesses {
        if best.iter().all(|known| known.activation != guess.activation) {
            best.push(*guess);
        }
    }
    let shown = |guess: &Guess| (1e3 * guess.accuracy).round();
    best.sort_by(|one, other| shown(other).total_cmp(&shown(one)).then(one.loss.total_cmp(&other.loss)));
    best
}

/// All activations; of those with a parameter, the frameworks' defaults.
fn candidates() -> impl Iterator<Item = Activation> {
    Activation::ALL.into_iter().chain([Activation::LeakyRelu { slope: 0.01 }])
}
