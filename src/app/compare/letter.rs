/// A to H.
pub fn letter(place: usize) -> char {
    char::from(b'A' + place as u8)
}
