use super::{Rank, Seen, Sentence, Topic};
use crate::number;

/// One image: what is said of all images is said of it alone.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let measurement = seen.measurement;
    let layer = measurement.layers.first().filter(|_| measurement.experiment().inputs.images == 1)?;
    let text = if measurement.subject.activation(0).can_be_dead() {
        let [dead, on] = [layer.states.dead, layer.states.always_on].map(|units| number::count(units as u64));
        format!(
            "There is only 1 image, so a unit counts as dead or always on by this one alone: {dead} and {on} of {} in \
             layer 1.",
            number::count(layer.units as u64)
        )
    } else {
        "There is only 1 image: every spread is over units, none over images.".to_owned()
    };
    Some(Sentence { text, rank: Rank::Caution, about: &[Topic::Sample, Topic::Dead, Topic::Moved] })
}
