use crate::activation::{Limits, Plateaus};
use crate::network::Network;
use crate::stats::{Edges, Tally};

/// What is measured of the hidden layers beside summaries, densities and unit states of their outputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quantities {
    /// Pre-activations.
    pub pre_activations: bool,
    /// The weights themselves: their density, bins and quantiles.
    pub weights: bool,
    /// What the last step of a training changed of them.
    pub updates: bool,
    /// Gradients, by a backward pass: of the pre-activations, and the norms of those of the weights.
    pub gradients: bool,
    /// Exact quantiles of all that is measured.
    pub quantiles: bool,
    /// Counts of all that is measured by size, for axes that are not linear; with quantiles, those of sizes too.
    pub sizes: bool,
    /// The spectral norms of the weights.
    pub spectral_norms: bool,
    /// What mean-field theory expects of every layer.
    pub theory: bool,
    /// What it says of the network as a whole.
    pub outlook: bool,
}

impl Quantities {
    /// What is seen at a glance: summaries, densities and unit states of outputs.
    pub const GLANCE: Self = Self {
        pre_activations: false,
        weights: false,
        updates: false,
        gradients: false,
        quantiles: false,
        sizes: false,
        spectral_norms: false,
        theory: false,
        outlook: false,
    };
    /// Outputs, with their quantiles and what theory expects.
    pub const OUTPUTS: Self = Self { quantiles: true, theory: true, ..Self::GLANCE };
    /// All there is.
    pub const ALL: Self = Self {
        pre_activations: true,
        weights: true,
        updates: true,
        gradients: true,
        quantiles: true,
        sizes: true,
        spectral_norms: true,
        theory: true,
        outlook: true,
    };

    /// Each of those that are asked for beside it.
    pub fn each() -> [Self; 8] {
        let none = Self::GLANCE;
        [
            Self { pre_activations: true, ..none },
            Self { weights: true, ..none },
            Self { updates: true, ..none },
            Self { gradients: true, ..none },
            Self { quantiles: true, ..none },
            Self { spectral_norms: true, ..none },
            Self { theory: true, ..none },
            Self { outlook: true, ..none },
        ]
    }

    /// These and others.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            pre_activations: self.pre_activations || other.pre_activations,
            weights: self.weights || other.weights,
            updates: self.updates || other.updates,
            gradients: self.gradients || other.gradients,
            quantiles: self.quantiles || other.quantiles,
            sizes: self.sizes || other.sizes,
            spectral_norms: self.spectral_norms || other.spectral_norms,
            theory: self.theory || other.theory,
            outlook: self.outlook || other.outlook,
        }
    }
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    Output,
    PreActivation,
    Gradient,
}

/// Values of one quantity in one layer, counted apart from all others.
pub(super) struct Stream {
    /// Units of the layer.
    pub units: usize,
    /// Where the values can pile up.
    pub limits: Limits,
    /// What units are dead by, and what is saturated.
    pub plateaus: Plateaus,
    /// Where the density is known to jump.
    jumps: &'static [f32],
}

impl Stream {
    /// Where the density ends and jumps.
    pub fn edges(&self) -> Edges {
        Edges::of(self.limits, self.jumps)
    }
}

/// The streams of a run, layer after layer.
pub(super) struct Streams {
    all: Vec<Stream>,
    /// What is measured of every layer.
    wanted: Vec<Quantity>,
}

impl Streams {
    /// Streams of these quantities of a network.
    pub fn of(network: &Network, wanted: &[Quantity]) -> Self {
        let none = Limits { lower: None, upper: None };
        let mut all = Vec::new();
        for index in 0..network.layers() {
            for quantity in wanted {
                let (limits, plateaus, jumps) = match quantity {
                    Quantity::Output => {
                        let activation = network.activation_of(index);
                        (activation.limits(), activation.plateaus(), activation.jumps())
                    }
                    Quantity::PreActivation | Quantity::Gradient => (none, Plateaus::NONE, &[][..]),
                };
                all.push(Stream { units: network.width(index), limits, plateaus, jumps });
            }
        }
        Self { all, wanted: wanted.to_vec() }
    }

    /// What is measured of every layer.
    pub fn quantities(&self) -> &[Quantity] {
        &self.wanted
    }

    /// The stream of a quantity in hidden layer `index`, from 0; `None` if it is not measured.
    pub fn find(&self, index: usize, quantity: Quantity) -> Option<usize> {
        let place = self.wanted.iter().position(|&wanted| wanted == quantity)?;
        let stream = index * self.wanted.len() + place;
        (stream < self.all.len()).then_some(stream)
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Stream> {
        self.all.iter()
    }

    /// All of them, for all threads.
    pub fn par_iter(&self) -> rayon::slice::Iter<'_, Stream> {
        rayon::iter::IntoParallelRefIterator::par_iter(&self.all)
    }

    /// A tally of no images for each.
    pub fn tallies(&self) -> Vec<Tally> {
        self.all.iter().map(|stream| Tally::none(stream.units).of_outputs(stream.plateaus)).collect()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Units of all of them together.
    pub fn units(&self) -> usize {
        self.all.iter().map(|stream| stream.units).sum()
    }
}

impl std::ops::Index<usize> for Streams {
    type Output = Stream;

    fn index(&self, stream: usize) -> &Stream {
        &self.all[stream]
    }
}
