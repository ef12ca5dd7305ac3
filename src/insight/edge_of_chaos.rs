use super::{Rank, Seen, Sentence, Topic};
use crate::number;

/// How near to 1 chi1 is to be.
const NEAR: f64 = 0.02;

/// The network is at the edge of chaos, where gradients neither vanish nor explode (Schoenholz et al. 2017).
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let limit = seen.measurement.outlook?.limit.ok()?;
    let off = (limit.chi1 - 1.0).abs();
    let keeps =
        if off < 1e-3 { "keeps its size through any number of layers" } else { "nearly keeps its size in each layer" };
    (off < NEAR).then(|| Sentence {
        text: format!(
            "This is the edge of chaos, χ₁ = {}: by theory a gradient {keeps}.",
            number::significant(limit.chi1)
        ),
        rank: Rank::Notable,
        about: &[Topic::Depth],
    })
}
