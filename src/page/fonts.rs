use std::ops::RangeInclusive;
use std::sync::Arc;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::prelude::{FontRef, GlyphId, MetadataProvider as _};
use skrifa::string::StringId;

use super::{Path, Segment, Weight};
use crate::caught::caught;

/// The fonts texts are measured, outlined and embedded with: the program's own, before them perhaps one of the user's.
#[derive(Clone)]
pub struct Fonts {
    regular: Arc<Font>,
    semi_bold: Arc<Font>,
    /// For both weights.
    own: Option<Arc<Font>>,
}

/// A font's file, and what is read from it over and over.
struct Font {
    bytes: Vec<u8>,
    /// Height over the baseline, and depth under it, of 1 em.
    ascent: f64,
    descent: f64,
    /// What programs that have it installed call it.
    families: Vec<String>,
}

/// Why a file is no font; a sentence that ends in what the system or the parser says.
#[derive(Debug, thiserror::Error)]
#[error("this is not a TrueType or OpenType font ({0}): choose a .ttf or .otf file")]
pub struct FontError(String);

/// A glyph of one of the fonts, on its way along a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Which font it is of: see [`Fonts::bytes`].
    pub face: Face,
    /// Its number there.
    pub id: u32,
    /// The character it stands for.
    pub character: char,
    /// Where it begins, in px from the line's beginning.
    pub x: f64,
    /// How far the next one is, in px.
    pub advance: f64,
}

/// One of the fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// The program's own, 400.
    Regular,
    /// The program's own, 600.
    SemiBold,
    /// The user's.
    Own,
}

impl Font {
    fn new(bytes: Vec<u8>) -> Result<Self, FontError> {
        let font = FontRef::new(&bytes).map_err(|error| FontError(error.to_string()))?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let per_em = f64::from(metrics.units_per_em);
        let (ascent, descent) = (f64::from(metrics.ascent) / per_em, -f64::from(metrics.descent) / per_em);
        if !(ascent + descent).is_finite() || font.charmap().map('0').is_none() {
            return Err(FontError("it has no digits".to_owned()));
        }
        let families = families(&font);
        Ok(Self { ascent, descent, families, bytes })
    }

    /// A file of the user's, of which all is read that figures need.
    fn of_user(bytes: Vec<u8>) -> Result<Self, FontError> {
        let read = || {
            let font = Self::new(bytes)?;
            if let Some(read) = font.read() {
                for id in FIGURES.into_iter().flatten().filter_map(|character| read.charmap().map(character)) {
                    let _ = read.glyph_metrics(Size::unscaled(), LocationRef::default()).advance_width(id);
                    outline(&read, id, 1.0);
                }
            }
            Ok(font)
        };
        caught(read).unwrap_or_else(|_| Err(FontError("its tables are damaged".to_owned())))
    }

    fn read(&self) -> Option<FontRef<'_>> {
        FontRef::new(&self.bytes).ok()
    }
}

/// Characters that figures have: Latin, Greek, and the marks of the field.
const FIGURES: [RangeInclusive<char>; 4] =
    [' '..='~', '\u{a0}'..='\u{ff}', '\u{391}'..='\u{3c9}', '\u{2010}'..='\u{2265}'];

/// Names of a font's family: of these very glyphs, and of the whole family.
fn families(font: &FontRef<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for id in [StringId::FAMILY_NAME, StringId::TYPOGRAPHIC_FAMILY_NAME] {
        let Some(name) = font.localized_strings(id).english_or_first() else { continue };
        // It stands between quotes in a style sheet, and that in XML.
        let is_plain = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.');
        let name: String = name.chars().filter(is_plain).take(80).collect();
        if !name.trim().is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A glyph's outline at a size in px, y down from the baseline; none if it cannot be drawn.
fn outline(font: &FontRef<'_>, id: GlyphId, size: f64) -> Path {
    let per_em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
    let mut pen = Pen { scale: size / per_em, ..Pen::default() };
    let Some(glyph) = font.outline_glyphs().get(id) else { return Path::default() };
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    match glyph.draw(settings, &mut pen) {
        Ok(_) => Path(pen.segments),
        Err(_) => Path::default(),
    }
}

impl Default for Fonts {
    fn default() -> Self {
        Self::bundled()
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(if self.own.is_some() { "Fonts of the user" } else { "Fonts" })
    }
}

impl Fonts {
    /// The program's own: Inter.
    #[expect(clippy::expect_used, reason = "the files are part of the program, and every test of a text reads them")]
    pub fn bundled() -> Self {
        let font = |bytes: &[u8]| Arc::new(Font::new(bytes.to_vec()).expect("a bundled font is a font"));
        Self {
            regular: font(include_bytes!("../../assets/fonts/Inter-Regular.ttf")),
            semi_bold: font(include_bytes!("../../assets/fonts/Inter-SemiBold.ttf")),
            own: None,
        }
    }

    /// The user's, for all it has glyphs for, and Inter for the rest.
    ///
    /// # Errors
    /// If these bytes are no font, or a damaged one.
    pub fn with_own(bytes: Vec<u8>) -> Result<Self, FontError> {
        Ok(Self { own: Some(Arc::new(Font::of_user(bytes)?)), ..Self::bundled() })
    }

    /// A font's file.
    pub fn bytes(&self, face: Face) -> &[u8] {
        &self.font(face).bytes
    }

    fn font(&self, face: Face) -> &Font {
        match (face, &self.own) {
            (Face::Own, Some(own)) => own,
            (Face::Regular | Face::Own, _) => &self.regular,
            (Face::SemiBold, _) => &self.semi_bold,
        }
    }

    fn faces(&self, weight: Weight) -> impl Iterator<Item = Face> {
        let bundled = match weight {
            Weight::Regular => Face::Regular,
            Weight::SemiBold => Face::SemiBold,
        };
        self.own.iter().map(|_| Face::Own).chain([bundled])
    }

    /// Whether there is one of the user's.
    pub(super) fn has_own(&self) -> bool {
        self.own.is_some()
    }

    /// What the user's font is called where it is installed.
    pub(super) fn own_families(&self) -> &[String] {
        self.own.as_ref().map_or(&[], |own| &own.families)
    }

    /// The glyphs of a line at a size in px. A character that no font has is the bundled font's mark for that.
    pub fn glyphs(&self, text: &str, size: f64, weight: Weight) -> Vec<Glyph> {
        if self.own.is_none() {
            return self.glyphs_of(text, size, weight);
        }
        // Where the user's font fails over a rare character, the line is the program's own.
        let without = || Self { own: None, ..self.clone() }.glyphs_of(text, size, weight);
        caught(|| self.glyphs_of(text, size, weight)).unwrap_or_else(|_| without())
    }

    fn glyphs_of(&self, text: &str, size: f64, weight: Weight) -> Vec<Glyph> {
        let fonts: Vec<_> = self.faces(weight).filter_map(|face| Some((face, self.font(face).read()?))).collect();
        let mut x = 0.0;
        let mut glyph = |character: char| {
            let with = fonts.iter().find_map(|(face, font)| Some((*face, font, font.charmap().map(character)?)));
            let (face, font, id) = with.or_else(|| fonts.last().map(|(face, font)| (*face, font, GlyphId::NOTDEF)))?;
            let per_em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
            let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
            let advance = f64::from(metrics.advance_width(id).unwrap_or_default()) / per_em * size;
            let glyph = Glyph { face, id: id.to_u32(), character, x, advance };
            x += advance;
            Some(glyph)
        };
        text.chars().filter_map(&mut glyph).collect()
    }

    /// How wide a line is, in px.
    pub fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        self.glyphs(text, size, weight).last().map_or(0.0, |glyph| glyph.x + glyph.advance)
    }

    /// How far a line reaches over its baseline, in px.
    pub fn ascent(&self, size: f64, weight: Weight) -> f64 {
        self.faces(weight).map(|face| self.font(face).ascent).fold(0.0, f64::max) * size
    }

    /// How far it reaches under it.
    pub fn descent(&self, size: f64, weight: Weight) -> f64 {
        self.faces(weight).map(|face| self.font(face).descent).fold(0.0, f64::max) * size
    }

    /// A glyph's outline at a size in px, y down from the baseline.
    pub fn outline(&self, face: Face, id: u32, size: f64) -> Path {
        let drawn = || self.font(face).read().map_or_else(Path::default, |font| outline(&font, GlyphId::new(id), size));
        if face == Face::Own { caught(drawn).unwrap_or_default() } else { drawn() }
    }
}

/// Takes a glyph's outline in the font's units.
#[derive(Default)]
struct Pen {
    scale: f64,
    segments: Vec<Segment>,
    at: (f64, f64),
}

impl Pen {
    fn point(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(x) * self.scale, -f64::from(y) * self.scale)
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = self.point(x, y);
        self.segments.push(Segment::Move(self.at.0, self.at.1));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at = self.point(x, y);
        self.segments.push(Segment::Line(self.at.0, self.at.1));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (from, handle, to) = (self.at, self.point(cx, cy), self.point(x, y));
        let towards =
            |end: (f64, f64)| (end.0 + (handle.0 - end.0) * 2.0 / 3.0, end.1 + (handle.1 - end.1) * 2.0 / 3.0);
        self.segments.push(Segment::Cubic([towards(from), towards(to), to]));
        self.at = to;
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.at = self.point(x, y);
        self.segments.push(Segment::Cubic([self.point(cx0, cy0), self.point(cx1, cy1), self.at]));
    }

    fn close(&mut self) {
        self.segments.push(Segment::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_equally_wide_and_the_marks_of_the_field_are_there() {
        let fonts = Fonts::bundled();
        for weight in [Weight::Regular, Weight::SemiBold] {
            let widths: Vec<_> = "0123456789−".chars().map(|c| fonts.width(&c.to_string(), 16.0, weight)).collect();
            assert!(widths.iter().all(|width| (width - widths[0]).abs() < 1e-9), "{widths:?}");
            let marks = fonts.glyphs("σμφ∂√→×²ₗ₁·≤", 16.0, weight);
            assert!(marks.iter().all(|glyph| glyph.id != 0), "{marks:?}");
        }
    }

    #[test]
    fn a_file_that_is_no_font_is_refused_in_a_sentence() {
        let error = Fonts::with_own(b"GIF89a".to_vec()).map(|_| ()).map_err(|error| error.to_string());
        assert!(error.is_err_and(|sentence| sentence.starts_with("this is not a TrueType or OpenType font")));
    }
}
