use super::SheetError;
use super::palette::Rgb;

/// Colours of the user's own in place of those of theme and palette.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnColors {
    /// What the figure stands on.
    pub background: Option<Rgb>,
    /// Its words and marks.
    pub text: Option<Rgb>,
    /// The layers, from the first; one each where there are as many, else a ramp over them. None where there are none.
    pub layers: Vec<Rgb>,
}

/// Colours there may be, at most.
const MOST: usize = 100;

/// A colour as people write it: `#1a2b3c`, `1a2b3c`, or in short `#abc`.
pub fn color(text: &str) -> Option<Rgb> {
    let text = text.trim();
    let digits: Option<Vec<u8>> =
        text.strip_prefix('#').unwrap_or(text).chars().map(|digit| Some(digit.to_digit(16)? as u8)).collect();
    match *digits?.as_slice() {
        [red, green, blue] => Some([red, green, blue].map(|digit| 17 * digit)),
        [r1, r0, g1, g0, b1, b0] => Some([(r1, r0), (g1, g0), (b1, b0)].map(|(high, low)| 16 * high + low)),
        _ => None,
    }
}

/// A colour as files have it: `#1a2b3c`.
pub fn color_text([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The colour that a flag says.
pub(super) fn color_of(flag: &'static str, text: &str) -> Result<Rgb, SheetError> {
    color(text).ok_or_else(|| SheetError::Color(flag, text.trim().to_owned()))
}

/// The colours that a flag says, with commas or spaces between them.
pub(super) fn colors_of(flag: &'static str, text: &str) -> Result<Vec<Rgb>, SheetError> {
    let words = text.split(|letter: char| letter == ',' || letter == ';' || letter.is_whitespace());
    let colors: Vec<_> =
        words.filter(|word| !word.is_empty()).map(|word| color_of(flag, word)).collect::<Result<_, _>>()?;
    match colors.len() {
        0 => Err(SheetError::NoColors(flag)),
        1..=MOST => Ok(colors),
        _ => Err(SheetError::TooManyColors(flag)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_style_sheets_write_them() {
        assert_eq!(color("#1a2B3c"), Some([0x1a, 0x2b, 0x3c]));
        assert_eq!(color(" fa0 "), Some([0xff, 0xaa, 0x00]));
        assert_eq!(["#12", "#12345g", "", "rot", "#1234567"].map(color), [None; 5]);
        assert_eq!(color(&color_text([1, 20, 255])), Some([1, 20, 255]));
    }

    #[test]
    fn a_list_of_colours_may_have_commas_or_spaces() {
        let three = Ok(vec![[0, 0, 0], [255, 255, 255], [255, 0, 0]]);
        assert_eq!(colors_of("--layer-colors", "#000, #fff,#f00"), three);
        assert_eq!(colors_of("--layer-colors", "#000 #fff #f00"), three);
        let said = |text: &str| colors_of("--layer-colors", text).map_err(|error| error.to_string());
        assert!(said("#000, blue").is_err_and(|said| said.starts_with("--layer-colors 'blue' is not a colour")));
        assert!(said(" , ").is_err_and(|said| said.contains("empty")));
    }
}
