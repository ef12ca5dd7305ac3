/// One sentence, and how it competes with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence, with its full stop.
    pub text: String,
    /// How much it matters.
    pub rank: Rank,
    /// What it says something of; no other sentence beside it does. The first names its rule.
    pub about: &'static [Topic],
}

/// How much a sentence matters, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Nothing goes through the network any more.
    Broken,
    /// It changes how all other numbers are to be read.
    Caution,
    /// It answers what was just done.
    Answer,
    /// It will hinder training.
    Harm,
    /// It is worth knowing.
    Notable,
    /// All is well.
    Calm,
}

/// What a sentence says something of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Values that are no finite numbers.
    NonFinite,
    /// Units that compute the same.
    Symmetry,
    /// Outputs that are all one number.
    Constant,
    /// Units that never fire.
    Dead,
    /// Units that tell images apart by being on or off.
    Mixed,
    /// The chance that nothing fires.
    BornDead,
    /// Outputs at the activation's limits.
    Saturation,
    /// The size of outputs from layer to layer.
    Outputs,
    /// The size of gradients from layer to layer.
    Gradients,
    /// What the axis hides.
    Axis,
    /// Where ever more layers lead.
    Depth,
    /// What the last change did.
    Moved,
    /// How many images there are.
    Sample,
    /// How many units there are.
    Width,
    /// Whether a training gets anywhere.
    Learning,
    /// How far the steps of a training go.
    Updates,
}

/// The one or two of them that matter most, about different things; those that matter most come first.
pub fn pick(sentences: Vec<Sentence>) -> Vec<String> {
    let mut sentences = sentences.into_iter();
    let Some(first) = sentences.next() else { return Vec::new() };
    let second = sentences.find(|next| !next.about.iter().any(|topic| first.about.contains(topic)));
    std::iter::once(first).chain(second).map(|sentence| sentence.text).collect()
}
