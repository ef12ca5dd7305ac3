use super::{Rank, Seen, Sentence, Topic};
use crate::number;

/// Networks so narrow or deep that they are often born dead (Lu et al. 2019).
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let share = seen.measurement.outlook?.born_dead.filter(|&share| share >= 0.01)?;
    Some(Sentence {
        text: format!(
            "A ReLU network this narrow and deep is often born dead: for one image, all units of some layer are off with \
             probability {}.",
            number::significant(share)
        ),
        rank: if share >= 0.3 { Rank::Harm } else { Rank::Notable },
        about: &[Topic::BornDead],
    })
}
