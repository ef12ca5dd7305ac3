use std::collections::BTreeMap;

use krilla::Document;
use krilla::color::rgb;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{Path as PdfPath, PathBuilder, Point, Size, Transform};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineJoin, Stroke as PdfStroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::text_start::start_of;
use super::{Color, Face, Fonts, Item, Page, PageError, Path, Picture, Rect, Segment, Text};
use crate::caught::caught;

/// Points of a px: 72 to the inch, where px are 96.
const POINTS: f64 = 0.75;
/// The attached file.
pub(super) const SCENE_FILE: &str = "scene.toml";
/// Begins and ends the scene in it, so that it is found.
pub(super) const SCENE_BEGIN: &str = "# initscope scene begins\n";
pub(super) const SCENE_END: &str = "# initscope scene ends\n";

/// A PDF of these pages, titled as the first; `scene` is attached to it as a file.
pub(super) fn write(pages: &[&Page], fonts: &Fonts, scene: Option<&str>) -> Result<Vec<u8>, PageError> {
    let failed = |what: &str| PageError::Pdf(what.to_owned());
    let first = pages.first().ok_or_else(|| failed("there is no page"))?;
    let mut document = Document::new();
    let mut metadata = Metadata::new()
        .title(first.title.clone())
        .language("en".to_owned())
        .creator(concat!("initscope ", env!("CARGO_PKG_VERSION")).to_owned());
    if !first.description.is_empty() {
        metadata = metadata.description(first.description.clone());
    }
    document.set_metadata(metadata);
    let mut writer = Writer { fonts, loaded: BTreeMap::new() };
    for page in pages {
        writer.page(&mut document, page)?;
    }
    if let Some(scene) = scene {
        let file = EmbeddedFile {
            path: SCENE_FILE.to_owned(),
            mime_type: MimeType::new("application/toml"),
            description: Some("What this figure was made from; initscope opens it again".to_owned()),
            association_kind: AssociationKind::Source,
            data: format!("{SCENE_BEGIN}{scene}{SCENE_END}").into_bytes().into(),
            modification_date: None,
            // So that it is found without reading the rest.
            compress: Some(false),
            location: None,
        };
        document.embed_file(file).ok_or_else(|| failed("the scene cannot be attached"))?;
    }
    document.finish().map_err(|error| PageError::Pdf(format!("{error:?}")))
}

struct Writer<'a> {
    fonts: &'a Fonts,
    loaded: BTreeMap<Face, Font>,
}

impl Writer<'_> {
    fn page(&mut self, document: &mut Document, page: &Page) -> Result<(), PageError> {
        let (width, height) = ((page.size.0 * POINTS) as f32, (page.size.1 * POINTS) as f32);
        let settings =
            PageSettings::from_wh(width, height).ok_or_else(|| PageError::Pdf("the page has no area".to_owned()))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        surface.push_transform(&Transform::from_scale(POINTS as f32, POINTS as f32));
        if let Some(background) = page.background {
            let whole = Rect { x: 0.0, y: 0.0, width: page.size.0, height: page.size.1 };
            self.fill(&mut surface, &Path::rect(whole), background);
        }
        let drawn = caught(|| self.items(&mut surface, &page.items));
        if let Err(error) = drawn.unwrap_or_else(|_| Err(PageError::of_panic(self.fonts))) {
            // Dropped half done it panics, which nobody could catch while another panic is on its way.
            std::mem::forget(surface);
            return Err(error);
        }
        surface.pop();
        surface.finish();
        sheet.finish();
        Ok(())
    }

    fn items(&mut self, surface: &mut Surface<'_>, items: &[Item]) -> Result<(), PageError> {
        for item in items.iter().filter(|item| item.is_drawn()) {
            match item {
                Item::Fill(path, color) => self.fill(surface, path, *color),
                Item::Stroke(path, line) => {
                    let Some(path) = of_path(path) else { continue };
                    surface.set_fill(None);
                    surface.set_stroke(Some(PdfStroke {
                        paint: of_color(line.color).into(),
                        width: line.width as f32,
                        line_join: LineJoin::Round,
                        opacity: opacity(line.color),
                        dash: line
                            .dash
                            .map(|(dash, gap)| StrokeDash { array: vec![dash as f32, gap as f32], offset: 0.0 }),
                        ..PdfStroke::default()
                    }));
                    surface.draw_path(&path);
                }
                Item::Text(text) => self.text(surface, text)?,
                Item::Picture(picture) => draw_picture(surface, picture),
                Item::Clip(rect, items) => {
                    let Some(path) = of_path(&Path::rect(*rect)) else { continue };
                    surface.push_clip_path(&path, &FillRule::NonZero);
                    self.items(surface, items)?;
                    surface.pop();
                }
            }
        }
        Ok(())
    }

    fn fill(&self, surface: &mut Surface<'_>, path: &Path, color: Color) {
        let Some(path) = of_path(path) else { return };
        surface.set_stroke(None);
        surface.set_fill(Some(filled(color)));
        surface.draw_path(&path);
    }

    /// Glyphs of one font after the other, with the text they stand for.
    fn text(&mut self, surface: &mut Surface<'_>, text: &Text) -> Result<(), PageError> {
        let glyphs = self.fonts.glyphs(&text.text, text.size, text.weight);
        let start = start_of(text, glyphs.last().map_or(0.0, |glyph| glyph.x + glyph.advance));
        surface.push_transform(&Transform::from_translate(text.at.0 as f32, text.at.1 as f32));
        if text.upright {
            surface.push_transform(&Transform::from_rotate(-90.0));
        }
        surface.set_stroke(None);
        surface.set_fill(Some(filled(text.color)));
        for run in glyphs.chunk_by(|one, other| one.face == other.face) {
            let (face, x) = (run[0].face, start + run[0].x);
            let font = self.font(face)?;
            let (mut said, mut drawn) = (String::new(), Vec::new());
            for glyph in run {
                let from = said.len();
                said.push(glyph.character);
                let advance = (glyph.advance / text.size) as f32;
                drawn.push(KrillaGlyph::new(GlyphId::new(glyph.id), advance, 0.0, 0.0, 0.0, from..said.len(), None));
            }
            surface.draw_glyphs(Point::from_xy(x as f32, 0.0), &drawn, font, &said, text.size as f32, false);
        }
        if text.upright {
            surface.pop();
        }
        surface.pop();
        Ok(())
    }

    fn font(&mut self, face: Face) -> Result<Font, PageError> {
        if let Some(font) = self.loaded.get(&face) {
            return Ok(font.clone());
        }
        let (bytes, index) = self.fonts.bytes(face);
        let font = Font::new(bytes.to_vec().into(), index)
            .ok_or_else(|| PageError::Font("it cannot be embedded".to_owned()))?;
        self.loaded.insert(face, font.clone());
        Ok(font)
    }
}

fn draw_picture(surface: &mut Surface<'_>, picture: &Picture) {
    let Some(rows) = picture.rows() else { return };
    let Some(size) = Size::from_wh(picture.rect.width as f32, picture.rect.height as f32) else { return };
    let bytes = picture.rgba[..rows * picture.columns].as_flattened().to_vec();
    let image = Image::from_rgba8(bytes, picture.columns as u32, rows as u32);
    surface.push_transform(&Transform::from_translate(picture.rect.x as f32, picture.rect.y as f32));
    surface.draw_image(image, size);
    surface.pop();
}

fn of_path(path: &Path) -> Option<PdfPath> {
    let mut builder = PathBuilder::new();
    for segment in &path.0 {
        match *segment {
            Segment::Move(x, y) => builder.move_to(x as f32, y as f32),
            Segment::Line(x, y) => builder.line_to(x as f32, y as f32),
            Segment::Cubic(points) => {
                let [(ax, ay), (bx, by), (x, y)] = points.map(|(x, y)| (x as f32, y as f32));
                builder.cubic_to(ax, ay, bx, by, x, y);
            }
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}

fn filled(color: Color) -> Fill {
    Fill { paint: of_color(color).into(), opacity: opacity(color), rule: FillRule::NonZero }
}

fn of_color(color: Color) -> rgb::Color {
    let [red, green, blue] = color.rgb;
    rgb::Color::new(red, green, blue)
}

fn opacity(color: Color) -> NormalizedF32 {
    NormalizedF32::new(color.alpha.clamp(0.0, 1.0) as f32).unwrap_or(NormalizedF32::ONE)
}
