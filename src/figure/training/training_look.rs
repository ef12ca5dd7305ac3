use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::letter::{letter, place};
use super::{CurveScale, LayerQuantity, TimeUnit, TrainedValue, TrainingChart};
use crate::engine::TRAINED_SEEDS;
use crate::engine::landscape::TrainedPlane;

/// How trainings are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TrainingLook {
    /// What is drawn of them.
    pub chart: TrainingChart,
    /// What of the layers maps and lines show.
    pub layer_quantity: LayerQuantity,
    /// What time is counted in.
    pub time: TimeUnit,
    /// How time is laid out.
    pub time_scale: CurveScale,
    /// How losses and accuracies are laid out.
    pub loss_scale: CurveScale,
    /// What the landscape of trained networks goes over.
    pub trained_plane: TrainedPlane,
    /// What of its networks it shows.
    pub trained_value: TrainedValue,
    /// How many seeds the curves and the table are over, 2 to 20; nothing, and 1, for the first alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seeds: Option<usize>,
    /// The racer whose layers are shown, from 0, and in files by its letter; all of them, if none is.
    #[serde(serialize_with = "to_letter", deserialize_with = "from_letter", skip_serializing_if = "Option::is_none")]
    pub racer: Option<usize>,
}

impl TrainingLook {
    /// How many seeds there are, where that is more than one.
    pub fn several_seeds(&self) -> Option<usize> {
        self.seeds.filter(|seeds| TRAINED_SEEDS.contains(seeds))
    }
}

#[expect(clippy::ref_option, reason = "as serde has it")]
fn to_letter<S: Serializer>(racer: &Option<usize>, serializer: S) -> Result<S::Ok, S::Error> {
    racer.map(letter).serialize(serializer)
}

fn from_letter<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    let word = Option::<String>::deserialize(deserializer)?;
    word.map(|word| place(&word).map_err(serde::de::Error::custom)).transpose()
}
