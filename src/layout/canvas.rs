use super::look::Look;
use crate::figure::Row;
use crate::page::{Anchor, Color, Fonts, Item, Path, Picture, Rect, Stroke, Text, Weight};

/// A page that is being drawn. Texts keep off one another and off its edges: one that has no room is left out.
pub struct Canvas<'a> {
    /// What is on it so far.
    pub items: Vec<Item>,
    /// What texts are measured with.
    pub fonts: &'a Fonts,
    /// Colours and sizes.
    pub look: &'a Look,
    /// Width and height in px.
    pub size: (f64, f64),
    /// Which figures' layers have a plot, counted from 0, and where it is.
    pub plots: Vec<(usize, Rect)>,
    /// Rows of numbers that there is no room for.
    pub left_out: Vec<Row>,
    /// Columns of a table that there is no room for, by their heads.
    pub columns_left_out: Vec<&'static str>,
    taken: Vec<Rect>,
}

/// Where the middle of a line of text is over its baseline, as a part of its size: half the height of a capital.
const MIDDLE: f64 = 0.36;

impl<'a> Canvas<'a> {
    /// An empty page.
    pub fn new(size: (f64, f64), fonts: &'a Fonts, look: &'a Look) -> Self {
        Self {
            items: Vec::new(),
            fonts,
            look,
            size,
            plots: Vec::new(),
            left_out: Vec::new(),
            columns_left_out: Vec::new(),
            taken: Vec::new(),
        }
    }

    /// Takes off all that is on it.
    pub fn clear(&mut self) {
        *self = Self::new(self.size, self.fonts, self.look);
    }

    /// An area.
    pub fn fill(&mut self, path: Path, color: Color) {
        self.items.push(Item::Fill(path, color));
    }

    /// A line along a path.
    pub fn stroke(&mut self, path: Path, width: f64, color: Color) {
        self.items.push(Item::Stroke(path, Stroke { width, color, dash: None }));
    }

    /// Pixels.
    pub fn picture(&mut self, picture: Picture) {
        self.items.push(Item::Picture(picture));
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64, color: Color) {
        self.stroke(Path::line([from, to]), width, color);
    }

    /// What `draw` adds, as far as it lies in a rectangle.
    pub fn clipped(&mut self, rect: Rect, draw: impl FnOnce(&mut Self)) {
        let before = std::mem::take(&mut self.items);
        draw(self);
        let within = std::mem::replace(&mut self.items, before);
        self.items.push(Item::Clip(rect, within));
    }

    /// A text whose middle is at a height, if there is room for it; returns whether.
    pub fn text_at_middle(&mut self, text: Text) -> bool {
        let (x, y) = text.at;
        let down = MIDDLE * text.size;
        self.text(Text { at: if text.upright { (x + down, y) } else { (x, y + down) }, ..text })
    }

    /// A text on its baseline, if there is room for it; returns whether.
    pub fn text(&mut self, text: Text) -> bool {
        if text.text.trim().is_empty() {
            return false;
        }
        let bounds = text.bounds(self.fonts);
        if !self.is_free(bounds) {
            return false;
        }
        self.taken.push(bounds);
        self.items.push(Item::Text(text));
        true
    }

    /// Whether a text has room in a rectangle.
    pub fn is_free(&self, bounds: Rect) -> bool {
        // What only touches does not overlap.
        let apart = |other: &Rect| {
            const TOUCH: f64 = 1e-6;
            bounds.right() <= other.x + TOUCH
                || other.right() <= bounds.x + TOUCH
                || bounds.bottom() <= other.y + TOUCH
                || other.bottom() <= bounds.y + TOUCH
        };
        let on_page =
            bounds.x >= 0.0 && bounds.y >= 0.0 && bounds.right() <= self.size.0 && bounds.bottom() <= self.size.1;
        on_page && self.taken.iter().all(apart)
    }

    /// How high a line of text is.
    pub fn line_height(&self, size: f64) -> f64 {
        self.fonts.ascent(size, Weight::Regular) + self.fonts.descent(size, Weight::Regular)
    }

    /// How wide a text is.
    pub fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        self.fonts.width(text, size, weight)
    }
}

/// A text of the ordinary face, to be changed where it is another.
pub(crate) fn plain(text: impl Into<String>, at: (f64, f64), anchor: Anchor, size: f64, color: Color) -> Text {
    Text { text: text.into(), at, anchor, size, weight: Weight::Regular, color, upright: false }
}
