//! Names as people and frameworks write them: `HeNormal`, `kaiming_normal_`, `nn.ReLU`.

/// Whose name it is, as what stands before it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// `nn.ReLU`, `F.relu`, `nn.init.kaiming_normal_`
    PyTorch,
    /// `keras.activations.relu`, `keras.initializers.HeNormal`
    Keras,
    /// `keras.layers.ReLU`
    KerasLayer,
    /// `tf.nn.relu`
    TensorFlow,
}

/// Where frameworks keep activations and initializers, in lower case. The same name elsewhere may be another law.
const HOMES: [(&str, Home); 21] = [
    ("torch", Home::PyTorch),
    ("torch.nn", Home::PyTorch),
    ("nn", Home::PyTorch),
    ("torch.nn.functional", Home::PyTorch),
    ("nn.functional", Home::PyTorch),
    ("f", Home::PyTorch),
    ("torch.nn.init", Home::PyTorch),
    ("nn.init", Home::PyTorch),
    ("init", Home::PyTorch),
    ("keras.activations", Home::Keras),
    ("tf.keras.activations", Home::Keras),
    ("activations", Home::Keras),
    ("keras.initializers", Home::Keras),
    ("tf.keras.initializers", Home::Keras),
    ("initializers", Home::Keras),
    ("keras.layers", Home::KerasLayer),
    ("tf.keras.layers", Home::KerasLayer),
    ("layers", Home::KerasLayer),
    ("tf.nn", Home::TensorFlow),
    ("tf.math", Home::TensorFlow),
    ("tf", Home::TensorFlow),
];

/// A name's own part, and whose it is; `None` if what stands before it is nobody's.
pub(super) fn at_home(name: &str) -> Option<(Option<Home>, &str)> {
    let Some((before, own)) = name.rsplit_once('.') else {
        // Functions of PyTorch that change what they are given end so.
        return Some((name.ends_with('_').then_some(Home::PyTorch), name));
    };
    let before = before.to_ascii_lowercase();
    HOMES.iter().find(|(home, _)| *home == before).map(|(_, home)| (Some(*home), own))
}

/// Letters and digits of a name in lower case: `LeakyReLU`, `leaky-relu` and `leaky_relu` are the same.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two names differ in how they are written alone.
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || !plain(one).is_empty() && plain(one) == plain(other)
}

/// Names that may have been meant, at most four: those that a shorter one begins, or those that are nearest.
pub fn near<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let given = plain(given.rsplit('.').next().unwrap_or(given));
    let given = given.strip_suffix("initializer").unwrap_or(&given);
    if given.len() < 2 {
        return Vec::new();
    }
    let known: Vec<(&str, String)> = known.into_iter().map(|name| (name, plain(name))).collect();
    let begun = known.iter().filter(|(_, plain)| plain.starts_with(given) || given.starts_with(plain.as_str()));
    let mut meant: Vec<&str> = begun.map(|(name, _)| *name).collect();
    if meant.is_empty() {
        let distances = || known.iter().map(|(name, plain)| (distance(given, plain), *name));
        let least = distances().map(|(distance, _)| distance).min().unwrap_or(usize::MAX);
        if least <= given.chars().count().div_ceil(3) {
            meant = distances().filter(|(distance, _)| *distance == least).map(|(_, name)| name).collect();
        }
    }
    meant.into_iter().take(4).map(str::to_owned).collect()
}

/// ` (did you mean he_normal or he_uniform?)`
pub fn meant(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!(" (did you mean {one}?)"),
        [first @ .., last] => format!(" (did you mean {} or {last}?)", first.join(", ")),
    }
}

/// Letters to insert, leave out or exchange between two names (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut corner = above;
        row[0] = above + 1;
        for (at, wanted) in other.iter().enumerate() {
            let exchanged = corner + usize::from(letter != *wanted);
            corner = row[at + 1];
            row[at + 1] = exchanged.min(row[at] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_of_names_is_the_number_of_letters_that_differ() {
        assert_eq!([distance("kitten", "sitting"), distance("", "abc"), distance("relu", "rellu")], [3, 3, 1]);
    }

    #[test]
    fn what_may_have_been_meant_is_named() {
        let known = ["he_normal", "he_uniform", "glorot_normal", "relu"];
        assert_eq!(near("HE", known), ["he_normal", "he_uniform"]);
        assert_eq!(near("jax.nn.initializers.glorot_norml", known), ["glorot_normal"]);
        assert_eq!(near("rellu", known), ["relu"]);
        assert!(near("entirely different", known).is_empty());
    }
}
