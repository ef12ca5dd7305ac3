use super::{Rank, Seen, Sentence, Topic};

/// Where values are no finite numbers, and why: all other figures are of what is left.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let overflow = seen.measurement.overflow()?;
    let text = overflow.to_string();
    let (first, rest) = text.split_at(1);
    Some(Sentence {
        text: format!("{}{rest}: {}", first.to_uppercase(), overflow.reason()),
        rank: Rank::Broken,
        about: &[
            Topic::NonFinite,
            Topic::Symmetry,
            Topic::Constant,
            Topic::Dead,
            Topic::Mixed,
            Topic::Saturation,
            Topic::Outputs,
            Topic::Gradients,
            Topic::Axis,
            Topic::Depth,
            Topic::Moved,
        ],
    })
}
