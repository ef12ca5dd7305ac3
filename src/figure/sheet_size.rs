use super::SheetError;
use crate::number;

/// Sizes with a name, in px: a slide of 13 1/3 x 7 1/2 inch, one of 10 x 7 1/2, half of the first, a column of 85 mm.
const NAMED: [(&str, (f64, f64)); 4] =
    [("16:9", (1280.0, 720.0)), ("4:3", (960.0, 720.0)), ("half", (600.0, 560.0)), ("column", (321.0, 260.0))];

const PX_PER_MM: f64 = 96.0 / 25.4;

/// Size of the text of slides, whatever their shape: that of a 70th of the width of the widest.
const SLIDE_TEXT: f64 = 1280.0 / 70.0;

/// The text's size of a slide, if a size is one: figures that stand on slides of one deck have text of one size.
pub(super) fn slide_text(size: &str) -> Option<f64> {
    let is_slide = NAMED[..3].iter().any(|(name, _)| size.trim().eq_ignore_ascii_case(name));
    is_slide.then_some(SLIDE_TEXT)
}

/// A size in px, from its name or as width x height.
pub(super) fn size(text: &str) -> Result<(f64, f64), SheetError> {
    let lower = text.trim().to_ascii_lowercase();
    if let Some(&(_, size)) = NAMED.iter().find(|(name, _)| *name == lower) {
        return Ok(size);
    }
    let (numbers, unit) = match (lower.strip_suffix("mm"), lower.strip_suffix("px")) {
        (Some(numbers), _) => (numbers, PX_PER_MM),
        (None, numbers) => (numbers.unwrap_or(&lower), 1.0),
    };
    let parsed = numbers.split_once(['x', '×']).and_then(|(width, height)| {
        // To a thousandth of a px, so that round lengths stay round.
        let px = |number: &str| Some((number::read(number)? * unit * 1e3).round() / 1e3);
        Some((px(width)?, px(height)?))
    });
    let (width, height) = parsed.ok_or_else(|| SheetError::Size(text.to_owned()))?;
    let range = 100.0..=8000.0;
    if range.contains(&width) && range.contains(&height) {
        return Ok((width, height));
    }
    Err(SheetError::SizeRange(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_px_mm_or_names() {
        assert_eq!(size("1280x720"), Ok((1280.0, 720.0)));
        assert_eq!(size(" 1000 × 500 px"), Ok((1000.0, 500.0)));
        assert_eq!(size("254x127mm"), Ok((960.0, 480.0)));
        assert_eq!(size("16:9"), Ok((1280.0, 720.0)));
        assert_eq!(size("big"), Err(SheetError::Size("big".to_owned())));
        assert_eq!(size("99x720"), Err(SheetError::SizeRange("99x720".to_owned())));
        assert_eq!(size("NaNx720"), Err(SheetError::Size("NaNx720".to_owned())));
        assert_eq!(size("25,4x12.7mm"), Err(SheetError::SizeRange("25,4x12.7mm".to_owned())));
    }
}
