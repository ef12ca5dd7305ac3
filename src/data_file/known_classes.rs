//! What classes are called in sets that everybody knows: IDX files hold only numbers.

use std::path::Path;

const FASHION: [&str; 10] =
    ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];
const KMNIST: [&str; 10] = ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"];

/// Names of the classes of labels from `first` on, by the name of the set and of the folder it is in.
pub(super) fn of_set(set: &str, folder: &Path, first: i64) -> Option<Vec<String>> {
    let folder = folder.to_string_lossy().to_lowercase();
    let is = |word: &str| set.contains(word) || set.is_empty() && folder.contains(word);
    let capitals = || ('A'..='Z').map(String::from);
    let digits = || ('0'..='9').map(String::from);
    let small = |letters: &str| letters.chars().map(String::from).collect::<Vec<_>>();
    let names: Vec<String> = match set {
        _ if is("fashion") => FASHION.map(str::to_owned).into(),
        _ if is("kmnist") || is("kuzushiji") => KMNIST.map(str::to_owned).into(),
        "emnist-letters" if first == 1 => ('a'..='z').map(String::from).collect(),
        "emnist-balanced" | "emnist-bymerge" => digits().chain(capitals()).chain(small("abdefghnqrt")).collect(),
        "emnist-byclass" => digits().chain(capitals()).chain(('a'..='z').map(String::from)).collect(),
        _ => return None,
    };
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_emnist_have_as_many_classes_as_their_paper_says() {
        let count = |set| of_set(set, Path::new("/x"), 1).map(|names| names.len());
        let of = ["emnist-letters", "emnist-balanced", "emnist-bymerge", "emnist-byclass", "emnist-digits"].map(count);
        assert_eq!(of, [Some(26), Some(47), Some(47), Some(62), None]);
    }
}
