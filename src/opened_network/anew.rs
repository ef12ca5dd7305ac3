use ndarray::Array1;

use super::{GivenNetwork, NotLookedAt, OpenedNetwork};
use crate::experiment::{CLASSES, Experiment, Initializer};
use crate::network::{DrawCache, Network};
use crate::number;

impl GivenNetwork {
    /// Whether the same shape drawn anew is an experiment like any other: one activation, and ten classes.
    pub fn is_like_drawn(&self) -> bool {
        let opened = self.opened();
        let activations = opened.file.activations();
        let hidden = &activations[usize::from(opened.file.linear_first).min(activations.len())..];
        let has_one = hidden.iter().all(|activation| *activation == hidden[0]);
        has_one && opened.has_no_norms() && opened.gives_logits() && opened.file.outputs() == CLASSES
    }

    /// The same shape with weights drawn from an initializer and a seed, and normalisations as they are before any training.
    ///
    /// # Errors
    /// If the initializer looks at images, which these shapes do not have.
    pub fn drawn_anew(&self, initializer: Initializer, seed: u32) -> Result<Self, NotLookedAt> {
        Self::new(self.opened().drawn_anew(initializer, seed)?)
    }
}

impl OpenedNetwork {
    /// The same as [`GivenNetwork::drawn_anew`].
    ///
    /// # Errors
    /// If the initializer looks at images.
    pub fn drawn_anew(&self, initializer: Initializer, seed: u32) -> Result<Self, NotLookedAt> {
        if initializer.looks_at_data() {
            return Err(NotLookedAt::NotDrawnAnew { initializer, path: self.path.clone() });
        }
        // One layer more stands for the output layer, whose draws have then the right number of inputs and units.
        let widths = self.file.layers.iter().map(|layer| layer.kernel.ncols()).collect();
        let mut experiment = Experiment { widths, initializer, seed, linear_first: false, ..Experiment::article() };
        experiment.inputs.data = crate::experiment::Data::Gaussian { dim: self.file.inputs() };
        let network = Network::draw(&experiment, &mut DrawCache::default());
        let mut anew = self.clone();
        anew.anew = Some((initializer, seed));
        let folded =
            |note: &String| self.file.folded.iter().any(|name| note.starts_with(&format!("{name} was folded")));
        anew.file.notes.retain(|note| !folded(note));
        anew.file.notes.extend(self.file.folded_sentence());
        let biases = network.biases.clone().unwrap_or_default();
        for (index, (layer, kernel)) in anew.file.layers.iter_mut().zip(network.weights()).enumerate() {
            let zeros = layer.bias.as_ref().map(|bias| Array1::zeros(bias.len()));
            layer.bias = biases.get(index).cloned().or(zeros);
            layer.kernel = kernel.into_shared();
            if let Some(norm) = &mut layer.norm {
                norm.scale.fill(1.0);
                norm.shift.fill(0.0);
            }
        }
        Ok(anew)
    }

    /// What it is called: the name of its file, or from what its shape is drawn.
    pub fn label(&self) -> String {
        let name = self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy();
        match self.anew {
            None => name.into_owned(),
            Some((initializer, seed)) => {
                format!("{name}’s shape, {initializer}, seed {}", number::plain(f64::from(seed)))
            }
        }
    }
}
