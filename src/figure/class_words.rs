use std::borrow::Cow;

use crate::experiment::Inputs;

/// Letters of a class's name beside a picture, at most.
const LETTERS: usize = 10;

/// What the classes are called, or the beginning of that, as there is room for it beside images by class. Where all begin with the
/// same, that tells nothing, and is left out.
pub fn short_classes(inputs: &Inputs) -> Vec<String> {
    let names: Vec<_> = (0..inputs.classes()).map(|class| inputs.class_name(class)).collect();
    if names.iter().all(|name| name.chars().count() <= LETTERS) {
        return names.into_iter().map(Cow::into_owned).collect();
    }
    let names: Vec<Vec<char>> = names.iter().map(|name| name.chars().collect()).collect();
    let same = same_beginning(&names);
    let shown = |name: &Vec<char>| {
        let room = LETTERS - usize::from(same > 0);
        let rest = &name[same..];
        let rest = if rest.len() <= room { rest.iter().collect() } else { short(&rest[..room - 1]) };
        if same > 0 { format!("…{rest}") } else { rest }
    };
    names.iter().map(shown).collect()
}

fn short(letters: &[char]) -> String {
    letters.iter().collect::<String>().trim_end().to_owned() + "…"
}

/// Letters with which all names begin, and after which each goes on with something; numbers stay whole.
fn same_beginning(names: &[Vec<char>]) -> usize {
    let Some((first, others)) = names.split_first().filter(|(_, others)| !others.is_empty()) else { return 0 };
    let with = |other: &Vec<char>| first.iter().zip(other).take_while(|(one, other)| one == other).count();
    let shortest = names.iter().map(Vec::len).min().unwrap_or(0);
    let mut same = others.iter().map(with).min().unwrap_or(0).min(shortest.saturating_sub(1));
    while same > 0
        && first[same - 1].is_ascii_digit()
        && names.iter().any(|name| name.get(same).is_some_and(char::is_ascii_digit))
    {
        same -= 1;
    }
    same
}

/// What an axis of images is called.
pub fn images_words(inputs: &Inputs) -> &'static str {
    if inputs.has_labels() { "images, by class" } else { "images" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_names_begin_with_is_left_out_and_numbers_stay_whole() {
        let same = |names: &[&str]| {
            let names: Vec<Vec<char>> = names.iter().map(|name| name.chars().collect()).collect();
            same_beginning(&names)
        };
        assert_eq!(same(&["digit 0", "digit 1", "digit 2"]), 6);
        assert_eq!(same(&["Iris-setosa", "Iris-versicolor", "Iris-virginica"]), 5);
        assert_eq!(same(&["class10", "class11", "class1"]), 5);
        assert_eq!(same(&["cat", "catfish"]), 2);
        assert_eq!(same(&["Trouser", "Pullover"]), 0);
        assert_eq!(same(&["alone"]), 0);
    }
}
