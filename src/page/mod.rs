//! What is on a page: areas, lines, texts and pictures, in px (96 to the inch) from the top left corner. Figures are laid out
//! on it once, and every kind of file is written from it. Knows nothing of figures.

mod animation;
mod drawable;
mod file_kind;
mod font_names;
mod fonts;
mod installed;
mod metadata;
mod page_error;
mod pdf;
mod png;
mod raster;
mod stacked;
mod svg;
mod svg_numbers;
mod text_start;
mod texts;
mod web_font;
mod write;

pub use animation::Animation;
pub use file_kind::{AnimationFormat, FileKind, FilmFormat, NumbersFormat, PageFormat, UnknownEnding, WrongEnding};
pub use font_names::{FontName, FontNames, NoFont};
pub use fonts::{Face, FontError, FontFile, Fonts, Glyph};
pub use installed::InstalledFonts;
pub use metadata::{Carried, scene_in};
pub use page_error::PageError;
pub use raster::{Raster, raster};
pub use texts::Texts;
pub use write::Writing;

/// All that is on a page, the first item at the back.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Width and height in px.
    pub size: (f64, f64),
    /// What it stands on; `None` is transparent.
    pub background: Option<Color>,
    /// What is on it.
    pub items: Vec<Item>,
    /// What it shows, in a line.
    pub title: String,
    /// What it shows, in some sentences, for those who do not see it.
    pub description: String,
}

/// One thing on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// An area.
    Fill(Path, Color),
    /// A line along a path.
    Stroke(Path, Stroke),
    /// A line of text.
    Text(Text),
    /// Pixels.
    Picture(Picture),
    /// What of these lies in a rectangle.
    Clip(Rect, Vec<Item>),
}

/// sRGB, and how much of it, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 1 covers what is behind.
    pub alpha: f64,
}

/// Left, top, width and height in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub x: f64,
    /// The top edge.
    pub y: f64,
    /// Not negative.
    pub width: f64,
    /// Not negative.
    pub height: f64,
}

/// Straight and curved pieces; areas are filled by the nonzero rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path(pub Vec<Segment>);

/// A piece of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Begins a part.
    Move(f64, f64),
    /// A straight line.
    Line(f64, f64),
    /// A cubic curve: its two handles, and its end.
    Cubic([(f64, f64); 3]),
    /// Back to where the part began.
    Close,
}

/// How a line is drawn: ends are cut, corners are round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// In px.
    pub width: f64,
    /// Its colour.
    pub color: Color,
    /// Length of dashes, and of the gaps between them; `None` is a line without gaps.
    pub dash: Option<(f64, f64)>,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// Where on the baseline the anchor is.
    pub at: (f64, f64),
    /// Which part of the text is there.
    pub anchor: Anchor,
    /// Size of the font in px.
    pub size: f64,
    /// How heavy it is.
    pub weight: Weight,
    /// Its colour.
    pub color: Color,
    /// Reads from bottom to top, turned about the anchor.
    pub upright: bool,
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// How heavy a font is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// 400
    Regular,
    /// 600
    SemiBold,
}

/// Pixels, each a rectangle, with sharp edges at any size.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Where it is.
    pub rect: Rect,
    /// Pixels in a row.
    pub columns: usize,
    /// Row after row from the top: red, green, blue, alpha, straight.
    pub rgba: Vec<[u8; 4]>,
}

impl Color {
    /// One that covers.
    pub fn of(rgb: [u8; 3]) -> Self {
        Self { rgb, alpha: 1.0 }
    }

    /// The same, less of it.
    pub fn faint(self, share: f64) -> Self {
        Self { alpha: self.alpha * share, ..self }
    }
}

impl Rect {
    /// Between two edges each.
    pub fn between(x: (f64, f64), y: (f64, f64)) -> Self {
        Self { x: x.0, y: y.0, width: x.1 - x.0, height: y.1 - y.0 }
    }

    /// The right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The bottom edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Its middle.
    pub fn center(&self) -> (f64, f64) {
        (self.x + 0.5 * self.width, self.y + 0.5 * self.height)
    }
}

impl Path {
    /// Straight lines from point to point.
    pub fn line(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let segment =
            |(at, (x, y)): (usize, (f64, f64))| if at == 0 { Segment::Move(x, y) } else { Segment::Line(x, y) };
        Self(points.into_iter().enumerate().map(segment).collect())
    }

    /// The area within these corners.
    pub fn polygon(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut path = Self::line(points);
        if !path.0.is_empty() {
            path.0.push(Segment::Close);
        }
        path
    }

    /// A rectangle.
    pub fn rect(rect: Rect) -> Self {
        let (left, top, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
        Self::polygon([(left, top), (right, top), (right, bottom), (left, bottom)])
    }

    /// A rectangle with round corners.
    pub fn rounded(rect: Rect, radius: f64) -> Self {
        let radius = radius.min(0.5 * rect.width).min(0.5 * rect.height);
        if radius <= 0.0 {
            return Self::rect(rect);
        }
        let (left, top, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
        let bow = radius * (1.0 - KAPPA);
        Self(vec![
            Segment::Move(left + radius, top),
            Segment::Line(right - radius, top),
            Segment::Cubic([(right - bow, top), (right, top + bow), (right, top + radius)]),
            Segment::Line(right, bottom - radius),
            Segment::Cubic([(right, bottom - bow), (right - bow, bottom), (right - radius, bottom)]),
            Segment::Line(left + radius, bottom),
            Segment::Cubic([(left + bow, bottom), (left, bottom - bow), (left, bottom - radius)]),
            Segment::Line(left, top + radius),
            Segment::Cubic([(left, top + bow), (left + bow, top), (left + radius, top)]),
            Segment::Close,
        ])
    }

    /// A disc.
    pub fn circle((x, y): (f64, f64), radius: f64) -> Self {
        Self::rounded(Rect { x: x - radius, y: y - radius, width: 2.0 * radius, height: 2.0 * radius }, radius)
    }
}

/// Length of a handle of the cubic curve that is nearest to a quarter of a circle with the radius 1.
const KAPPA: f64 = 0.552_284_749_830_793_6;

impl Picture {
    /// Whole rows; `None` if there are none.
    fn rows(&self) -> Option<usize> {
        self.rgba.len().checked_div(self.columns).filter(|rows| *rows > 0)
    }
}

impl Text {
    /// The rectangle it stands in: from its ascent to its descent, as wide as it is.
    pub fn bounds(&self, fonts: &Fonts) -> Rect {
        let width = fonts.width(&self.text, self.size, self.weight);
        let (ascent, descent) = (fonts.ascent(self.size, self.weight), fonts.descent(self.size, self.weight));
        let before = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => 0.5 * width,
            Anchor::End => width,
        };
        let (x, y) = self.at;
        if self.upright {
            Rect { x: x - ascent, y: y + before - width, width: ascent + descent, height: width }
        } else {
            Rect { x: x - before, y: y - ascent, width, height: ascent + descent }
        }
    }
}
