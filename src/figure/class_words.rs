use crate::experiment::Inputs;

/// Letters of a class's name beside a picture, at most.
const LETTERS: usize = 6;

/// A class's name, or its beginning, as there is room for it beside images by class.
pub fn short_class(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    name.chars().take(LETTERS - 1).collect::<String>().trim_end().to_owned() + "…"
}

/// What an axis of images is called.
pub fn images_words(inputs: &Inputs) -> &'static str {
    if inputs.has_labels() { "images, by class" } else { "images" }
}
