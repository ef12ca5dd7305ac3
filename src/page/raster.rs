use tiny_skia::{
    FillRule, FilterQuality, LineCap, LineJoin, Mask, Paint, PathBuilder, Pixmap, PixmapPaint, StrokeDash, Transform,
};

use super::text_start::start_of;
use super::{Color, Fonts, Item, Page, PageError, Path, Picture, Rect, Segment, Stroke, Text};
use crate::caught::caught;

/// A page as pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Row after row from the top: red, green, blue, alpha, straight.
    pub rgba: Vec<u8>,
}

/// Pixels on either side, at most.
const MOST: f64 = 32_000.0;
/// Pixels of a picture, at most.
const MOST_OF_ALL: f64 = 4e8;

/// Draws a page with so many pixels for every px.
///
/// # Errors
/// If that is no picture, or one too large.
pub fn raster(page: &Page, fonts: &Fonts, scale: f64) -> Result<Raster, PageError> {
    let (width, height) = ((page.size.0 * scale).round(), (page.size.1 * scale).round());
    let is_sound = width >= 1.0 && height >= 1.0 && width <= MOST && height <= MOST && width * height <= MOST_OF_ALL;
    let pixmap = if is_sound { Pixmap::new(width as u32, height as u32) } else { None };
    let mut pixmap = pixmap.ok_or(PageError::Size { width, height })?;
    if let Some(background) = page.background {
        pixmap.fill(of_color(background));
    }
    // Outlines of a damaged font may be none that can be filled.
    caught(|| Painter { fonts, scale: scale as f32 }.items(&mut pixmap, &page.items, None))
        .map_err(|_| PageError::of_panic(fonts))?;
    Ok(Raster { width: pixmap.width(), height: pixmap.height(), rgba: pixmap.take_demultiplied() })
}

struct Painter<'a> {
    fonts: &'a Fonts,
    scale: f32,
}

impl Painter<'_> {
    fn items(&self, pixmap: &mut Pixmap, items: &[Item], mask: Option<&Mask>) {
        let whole = Transform::from_scale(self.scale, self.scale);
        for item in items.iter().filter(|item| item.is_drawn()) {
            match item {
                Item::Fill(path, color) => fill(pixmap, path, *color, whole, mask),
                Item::Stroke(path, line) => stroke(pixmap, path, line, whole, mask),
                Item::Text(text) => self.text(pixmap, text, mask),
                Item::Picture(picture) => self.picture(pixmap, picture, mask),
                Item::Clip(rect, items) => {
                    let Some(clip) = self.clip(pixmap, *rect) else { continue };
                    self.items(pixmap, items, Some(&clip));
                }
            }
        }
    }

    fn clip(&self, pixmap: &Pixmap, rect: Rect) -> Option<Mask> {
        let mut mask = Mask::new(pixmap.width(), pixmap.height())?;
        let path = of_path(&Path::rect(rect))?;
        mask.fill_path(&path, FillRule::Winding, true, Transform::from_scale(self.scale, self.scale));
        Some(mask)
    }

    fn text(&self, pixmap: &mut Pixmap, text: &Text, mask: Option<&Mask>) {
        let glyphs = self.fonts.glyphs(&text.text, text.size, text.weight);
        let start = start_of(text, glyphs.last().map_or(0.0, |glyph| glyph.x + glyph.advance));
        let whole = Transform::from_scale(self.scale, self.scale);
        let placed = whole.pre_translate(text.at.0 as f32, text.at.1 as f32);
        let placed = if text.upright { placed.pre_rotate(-90.0) } else { placed };
        for glyph in glyphs {
            let outline = self.fonts.outline(glyph.face, glyph.id, text.size);
            fill(pixmap, &outline, text.color, placed.pre_translate((start + glyph.x) as f32, 0.0), mask);
        }
    }

    fn picture(&self, pixmap: &mut Pixmap, picture: &Picture, mask: Option<&Mask>) {
        let Some(rows) = picture.rows() else { return };
        let Some(mut pixels) = Pixmap::new(picture.columns as u32, rows as u32) else { return };
        for (pixel, &[red, green, blue, alpha]) in pixels.pixels_mut().iter_mut().zip(&picture.rgba) {
            *pixel = tiny_skia::ColorU8::from_rgba(red, green, blue, alpha).premultiply();
        }
        let Rect { x, y, width, height } = picture.rect;
        let place = Transform::from_scale(self.scale, self.scale)
            .pre_translate(x as f32, y as f32)
            .pre_scale((width / picture.columns as f64) as f32, (height / rows as f64) as f32);
        let paint = PixmapPaint { quality: FilterQuality::Nearest, ..PixmapPaint::default() };
        pixmap.draw_pixmap(0, 0, pixels.as_ref(), &paint, place, mask);
    }
}

fn fill(pixmap: &mut Pixmap, path: &Path, color: Color, transform: Transform, mask: Option<&Mask>) {
    if let Some(path) = of_path(path) {
        pixmap.fill_path(&path, &paint(color), FillRule::Winding, transform, mask);
    }
}

fn stroke(pixmap: &mut Pixmap, path: &Path, line: &Stroke, transform: Transform, mask: Option<&Mask>) {
    let dash = line.dash.and_then(|(dash, gap)| StrokeDash::new(vec![dash as f32, gap as f32], 0.0));
    let pen = tiny_skia::Stroke {
        width: line.width as f32,
        line_cap: LineCap::Butt,
        line_join: LineJoin::Round,
        dash,
        ..tiny_skia::Stroke::default()
    };
    if let Some(path) = of_path(path) {
        pixmap.stroke_path(&path, &paint(line.color), &pen, transform, mask);
    }
}

fn of_path(path: &Path) -> Option<tiny_skia::Path> {
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

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(of_color(color));
    paint
}

fn of_color(color: Color) -> tiny_skia::Color {
    let [red, green, blue] = color.rgb;
    tiny_skia::Color::from_rgba8(red, green, blue, (color.alpha.clamp(0.0, 1.0) * 255.0).round() as u8)
}
