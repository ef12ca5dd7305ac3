use crate::system_codes::without_system_codes;

/// With a capital at its beginning, as it stands alone, and without numbers of the system.
pub fn sentence(text: &str) -> String {
    let text = without_system_codes(text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
