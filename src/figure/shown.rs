use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::training::TrainingLook;
use super::{Arrange, Mapped, View, ViewName};
use crate::engine::landscape::Plane;

/// How a subject is looked at, and all of it: the same in a scene, a session, a figure and what is undone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shown {
    /// What stands in the centre.
    pub view: ViewName,
    /// The chosen layer, from 0, and in files from 1; the last one, if none is.
    #[serde(serialize_with = "from_one", deserialize_with = "from_zero", skip_serializing_if = "Option::is_none")]
    pub layer: Option<usize>,
    /// The unit that is looked at closer, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<usize>,
    /// What the landscape goes over.
    pub plane: Plane,
    /// What of its networks it shows.
    pub mapped: Mapped,
    /// Whether units stand by how often they fire.
    pub sorted: bool,
    /// How experiments that are compared stand.
    pub arrange: Arrange,
    /// Whether the axis of the layers is locked.
    pub locked: bool,
    /// Whether the band of other seeds is shown.
    pub seeds: bool,
    /// How layers are drawn.
    pub layers: View,
    /// How trainings are drawn.
    pub training: TrainingLook,
    /// What is open beside the view.
    pub panels: Panels,
}

impl Shown {
    /// This with all that differs between two others set as the second has it.
    #[must_use]
    pub fn with_step(self, from: Self, to: Self) -> Self {
        fn stepped<T: PartialEq>(this: T, from: &T, to: T) -> T {
            if *from == to { this } else { to }
        }
        let panels = Panels {
            controls: stepped(self.panels.controls, &from.panels.controls, to.panels.controls),
            details: stepped(self.panels.details, &from.panels.details, to.panels.details),
            norms: stepped(self.panels.norms, &from.panels.norms, to.panels.norms),
            theory: stepped(self.panels.theory, &from.panels.theory, to.panels.theory),
            words: stepped(self.panels.words, &from.panels.words, to.panels.words),
            numbers: stepped(self.panels.numbers, &from.panels.numbers, to.panels.numbers),
            activation: stepped(self.panels.activation, &from.panels.activation, to.panels.activation),
            verdict: stepped(self.panels.verdict, &from.panels.verdict, to.panels.verdict),
        };
        let training = TrainingLook {
            chart: stepped(self.training.chart, &from.training.chart, to.training.chart),
            layer_quantity: stepped(
                self.training.layer_quantity,
                &from.training.layer_quantity,
                to.training.layer_quantity,
            ),
            time: stepped(self.training.time, &from.training.time, to.training.time),
            time_scale: stepped(self.training.time_scale, &from.training.time_scale, to.training.time_scale),
            loss_scale: stepped(self.training.loss_scale, &from.training.loss_scale, to.training.loss_scale),
            trained_plane: stepped(
                self.training.trained_plane,
                &from.training.trained_plane,
                to.training.trained_plane,
            ),
            trained_value: stepped(
                self.training.trained_value,
                &from.training.trained_value,
                to.training.trained_value,
            ),
            seeds: stepped(self.training.seeds, &from.training.seeds, to.training.seeds),
            racer: stepped(self.training.racer, &from.training.racer, to.training.racer),
        };
        Self {
            view: stepped(self.view, &from.view, to.view),
            layer: stepped(self.layer, &from.layer, to.layer),
            unit: stepped(self.unit, &from.unit, to.unit),
            plane: stepped(self.plane, &from.plane, to.plane),
            mapped: stepped(self.mapped, &from.mapped, to.mapped),
            sorted: stepped(self.sorted, &from.sorted, to.sorted),
            arrange: stepped(self.arrange, &from.arrange, to.arrange),
            locked: stepped(self.locked, &from.locked, to.locked),
            seeds: stepped(self.seeds, &from.seeds, to.seeds),
            layers: stepped(self.layers, &from.layers, to.layers),
            training,
            panels,
        }
    }
}

/// What is open in the window beside the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Panels {
    /// What can be set.
    pub controls: bool,
    /// All of it, or what is moved most.
    pub details: bool,
    /// The gradient's norm in every layer.
    pub norms: bool,
    /// What mean-field theory says of the network.
    pub theory: bool,
    /// What is to be seen, in words.
    pub words: bool,
    /// The numbers under the layers.
    pub numbers: bool,
    /// The activation with a layer's pre-activations.
    pub activation: bool,
    /// What is wrong with a network of a file.
    pub verdict: bool,
}

impl Default for Panels {
    fn default() -> Self {
        Self {
            controls: true,
            details: false,
            norms: false,
            theory: false,
            words: true,
            numbers: true,
            activation: false,
            verdict: true,
        }
    }
}

#[expect(clippy::ref_option, reason = "as serde has it")]
fn from_one<S: Serializer>(layer: &Option<usize>, serializer: S) -> Result<S::Ok, S::Error> {
    layer.map(|layer| layer + 1).serialize(serializer)
}

fn from_zero<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    let layer = Option::<usize>::deserialize(deserializer)?;
    let none = || serde::de::Error::custom("layer = 0 does not exist: layers are counted from 1");
    layer.map(|layer| layer.checked_sub(1).ok_or_else(none)).transpose()
}
