use super::{Rank, Seen, Sentence, Topic};

/// Layers of a single unit.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let layers = &seen.measurement.layers;
    let single = layers.iter().find(|layer| layer.units == 1)?;
    let text = match layers.len() {
        1 => "The hidden layer is a single unit: one number is all that tells the classes apart.".to_owned(),
        _ if layers.iter().all(|layer| layer.units == 1) => {
            "Every layer is a single unit: an image is one number, and each layer has one weight for it.".to_owned()
        }
        _ => {
            format!("Layer {} is a single unit: all that later layers know about an image is one number.", single.layer)
        }
    };
    Some(Sentence { text, rank: Rank::Notable, about: &[Topic::Width] })
}
