use crate::engine::race::MOST_RACERS;

/// What a racer or a panel is called, by its place from 0: A, B, ...
pub fn letter(place: usize) -> char {
    char::from(b'A'.saturating_add(place.min(25) as u8))
}

/// The place of a racer, from 0, that is called by its letter.
///
/// # Errors
/// A sentence, if there is none of that name.
pub fn place(word: &str) -> Result<usize, String> {
    let mut letters = word.trim().chars();
    let place = letters.next().map(|letter| letter.to_ascii_uppercase()).filter(char::is_ascii_uppercase);
    let place = place.map(|letter| usize::from(letter as u8 - b'A')).filter(|&place| place < MOST_RACERS);
    let is_one = letters.next().is_none();
    place.filter(|_| is_one).ok_or_else(|| format!("there is no racer {word}: use A to {}", letter(MOST_RACERS - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn racers_are_called_by_letters() {
        for (at, name) in ["A", "B", "C", "D", "E", "F", "G", "H"].into_iter().enumerate() {
            assert_eq!((letter(at).to_string().as_str(), place(name)), (name, Ok(at)));
        }
        assert_eq!(place(" b "), Ok(1));
        for none in ["I", "AB", "", "1", "Ä"] {
            assert!(place(none).is_err_and(|said| said.contains("use A to H")), "{none}");
        }
    }
}
