use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock};

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::prelude::{FontRef, GlyphId, MetadataProvider as _};
use skrifa::string::StringId;

use super::{Path, Segment, Weight};
use crate::caught::caught;

/// The fonts texts are measured, outlined and embedded with: the program's own, before them perhaps one of the user's.
#[derive(Clone)]
pub struct Fonts {
    regular: Arc<FontFile>,
    semi_bold: Arc<FontFile>,
    /// For both weights, where there is no bold one.
    own: Option<Arc<FontFile>>,
    own_bold: Option<Arc<FontFile>>,
}

/// A font's file, and what is read from it over and over.
pub struct FontFile {
    bytes: Vec<u8>,
    /// Which of the fonts in the file it is, from 0.
    index: u32,
    /// Height over the baseline, and depth under it, of 1 em.
    ascent: f64,
    descent: f64,
    /// What programs that have it installed call it.
    families: Vec<String>,
    /// Of each character that figures have: its glyph's number, and how far the next one is, in em.
    figures: Vec<Option<(GlyphId, f64)>>,
    /// How far the next one is from the mark for what is missing, in em.
    missing: f64,
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
    /// The user's for what stands out.
    OwnBold,
}

impl Face {
    /// Whether it is of the user's fonts.
    pub(super) fn is_own(self) -> bool {
        matches!(self, Self::Own | Self::OwnBold)
    }
}

impl FontFile {
    fn new(bytes: Vec<u8>, index: u32) -> Result<Self, FontError> {
        let font = FontRef::from_index(&bytes, index)
            .map_err(|_| FontError("it is of another kind, or damaged".to_owned()))?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let per_em = f64::from(metrics.units_per_em);
        let (ascent, descent) = (f64::from(metrics.ascent) / per_em, -f64::from(metrics.descent) / per_em);
        if !(ascent + descent).is_finite() || font.charmap().map('0').is_none() {
            return Err(FontError("it has no digits".to_owned()));
        }
        let characters = font.charmap();
        let figures = FIGURES.into_iter().flatten().map(|character| glyph(&font, &characters, character)).collect();
        let missing = advance(&font, GlyphId::NOTDEF);
        let families = families(&font);
        Ok(Self { ascent, descent, families, figures, missing, bytes, index })
    }

    /// A file of the user's, of which all is read that figures need; one of its fonts, from 0, where it has several.
    ///
    /// # Errors
    /// If these bytes are no font, or a damaged one.
    pub fn read(bytes: Vec<u8>, index: u32) -> Result<Self, FontError> {
        let read = || {
            let font = Self::new(bytes, index)?;
            if let Some(read) = font.tables() {
                for (id, _) in font.figures.iter().flatten() {
                    outline(&read, *id, 1.0);
                }
            }
            Ok(font)
        };
        caught(read).unwrap_or_else(|_| Err(FontError("its tables are damaged".to_owned())))
    }

    fn tables(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.bytes, self.index).ok()
    }

    /// A character's glyph, and how far the next one is, in em.
    fn glyph(&self, character: char) -> Option<(GlyphId, f64)> {
        match place(character) {
            Some(place) => *self.figures.get(place)?,
            None => self.tables().and_then(|font| glyph(&font, &font.charmap(), character)),
        }
    }
}

/// Where a character stands among those of [`FIGURES`].
fn place(character: char) -> Option<usize> {
    let mut before = 0;
    for range in FIGURES {
        let (first, last) = (*range.start() as usize, *range.end() as usize);
        if range.contains(&character) {
            return Some(before + character as usize - first);
        }
        before += last - first + 1;
    }
    None
}

/// A character's glyph in a font, and how far the next one is, in em.
fn glyph(font: &FontRef<'_>, characters: &Charmap<'_>, character: char) -> Option<(GlyphId, f64)> {
    characters.map(character).map(|id| (id, advance(font, id)))
}

/// How far the next glyph is, in em.
fn advance(font: &FontRef<'_>, id: GlyphId) -> f64 {
    let unscaled = (Size::unscaled(), LocationRef::default());
    let per_em = f64::from(font.metrics(unscaled.0, unscaled.1).units_per_em);
    f64::from(font.glyph_metrics(unscaled.0, unscaled.1).advance_width(id).unwrap_or_default()) / per_em
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
        formatter.write_str(if self.has_own() { "Fonts of the user" } else { "Fonts" })
    }
}

impl Fonts {
    /// The program's own: Inter.
    #[expect(clippy::expect_used, reason = "the files are part of the program, and every test of a text reads them")]
    pub fn bundled() -> Self {
        static INTER: LazyLock<[Arc<FontFile>; 2]> = LazyLock::new(|| {
            let font = |bytes: &[u8]| Arc::new(FontFile::new(bytes.to_vec(), 0).expect("a bundled font is a font"));
            [
                font(include_bytes!("../../assets/fonts/Inter-Regular.ttf")),
                font(include_bytes!("../../assets/fonts/Inter-SemiBold.ttf")),
            ]
        });
        let [regular, semi_bold] = INTER.clone();
        Self { regular, semi_bold, own: None, own_bold: None }
    }

    /// The user's, for all they have glyphs for, and Inter for the rest. Where there is no bold one, the other stands for it, too.
    pub fn with(own: Option<FontFile>, bold: Option<FontFile>) -> Self {
        Self { own: own.map(Arc::new), own_bold: bold.map(Arc::new), ..Self::bundled() }
    }

    /// A font's file, and which of the fonts in it it is.
    pub fn bytes(&self, face: Face) -> (&[u8], u32) {
        let font = self.font(face);
        (&font.bytes, font.index)
    }

    fn font(&self, face: Face) -> &FontFile {
        match face {
            Face::Own => self.own.as_ref().unwrap_or(&self.regular),
            Face::OwnBold => self.own_bold.as_ref().unwrap_or(&self.semi_bold),
            Face::Regular => &self.regular,
            Face::SemiBold => &self.semi_bold,
        }
    }

    fn faces(&self, weight: Weight) -> impl Iterator<Item = Face> {
        let bundled = match weight {
            Weight::Regular => Face::Regular,
            Weight::SemiBold => Face::SemiBold,
        };
        let own = match (weight, &self.own, &self.own_bold) {
            (Weight::SemiBold, _, Some(_)) => Some(Face::OwnBold),
            (_, Some(_), _) => Some(Face::Own),
            (_, None, _) => None,
        };
        own.into_iter().chain([bundled])
    }

    /// Whether there is one of the user's.
    pub(super) fn has_own(&self) -> bool {
        self.own.is_some() || self.own_bold.is_some()
    }

    /// Whether the user's have a bold face of their own.
    pub(super) fn has_own_bold(&self) -> bool {
        self.own_bold.is_some()
    }

    /// What the user's font is called where it is installed.
    pub(super) fn own_families(&self) -> &[String] {
        self.own.as_ref().or(self.own_bold.as_ref()).map_or(&[], |own| &own.families)
    }

    /// The glyphs of a line at a size in px. A character that no font has is the bundled font's mark for that.
    pub fn glyphs(&self, text: &str, size: f64, weight: Weight) -> Vec<Glyph> {
        if !self.has_own() {
            return self.glyphs_of(text, size, weight);
        }
        // Where the user's font fails over a rare character, the line is the program's own.
        let without = || Self { own: None, own_bold: None, ..self.clone() }.glyphs_of(text, size, weight);
        caught(|| self.glyphs_of(text, size, weight)).unwrap_or_else(|_| without())
    }

    fn glyphs_of(&self, text: &str, size: f64, weight: Weight) -> Vec<Glyph> {
        let mut x = 0.0;
        let mut glyph = |character: char| {
            let with = self.faces(weight).find_map(|face| Some((face, self.font(face).glyph(character)?)));
            let missing = || self.faces(weight).last().map(|face| (face, (GlyphId::NOTDEF, self.font(face).missing)));
            let (face, (id, advance)) = with.or_else(missing)?;
            let glyph = Glyph { face, id: id.to_u32(), character, x, advance: advance * size };
            x += glyph.advance;
            Some(glyph)
        };
        text.chars().filter_map(&mut glyph).collect()
    }

    /// Measures how wide a line is, in px.
    ///
    /// ```
    /// use initscope::page::{Fonts, Weight};
    ///
    /// // Digits are equally wide, so that numbers stand in columns.
    /// let fonts = Fonts::bundled();
    /// let width = |text| fonts.width(text, 12.0, Weight::Regular);
    /// assert!((width("111") - width("000")).abs() < 1e-9);
    /// ```
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
        let drawn =
            || self.font(face).tables().map_or_else(Path::default, |font| outline(&font, GlyphId::new(id), size));
        if face.is_own() { caught(drawn).unwrap_or_default() } else { drawn() }
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
        let error = FontFile::read(b"GIF89a".to_vec(), 0).map(|_| ()).map_err(|error| error.to_string());
        assert!(error.is_err_and(|sentence| sentence.starts_with("this is not a TrueType or OpenType font")));
    }
}
