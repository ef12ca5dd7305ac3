use super::{Item, Page, Rect, Segment};

/// Further from the corner than this nothing is drawn, in px: what writes PDFs ends the program at larger numbers.
const FAR: f64 = 1e9;

impl Item {
    /// Whether its numbers are ones that can be drawn. The others are left out of every kind of file alike.
    pub(super) fn is_drawn(&self) -> bool {
        match self {
            Self::Fill(path, _) => path.0.iter().all(Segment::is_near),
            Self::Stroke(path, stroke) => {
                let is_dash = |(dash, gap): (f64, f64)| is_length(dash) && is_length(gap);
                is_length(stroke.width) && stroke.dash.is_none_or(is_dash) && path.0.iter().all(Segment::is_near)
            }
            Self::Text(text) => is_length(text.size) && is_near(text.at),
            Self::Picture(picture) => picture.rect.is_near() && picture.rect.width > 0.0 && picture.rect.height > 0.0,
            Self::Clip(rect, _) => rect.is_near(),
        }
    }
}

impl Page {
    /// Whether it has an area that can be drawn on.
    pub(super) fn is_drawn(&self) -> bool {
        is_length(self.size.0) && is_length(self.size.1)
    }
}

impl Segment {
    fn is_near(&self) -> bool {
        match *self {
            Self::Move(x, y) | Self::Line(x, y) => is_near((x, y)),
            Self::Cubic(points) => points.into_iter().all(is_near),
            Self::Close => true,
        }
    }
}

impl Rect {
    fn is_near(&self) -> bool {
        is_near((self.x, self.y)) && is_near((self.right(), self.bottom()))
    }
}

/// False of what is no number.
fn is_near((x, y): (f64, f64)) -> bool {
    x.abs() <= FAR && y.abs() <= FAR
}

fn is_length(length: f64) -> bool {
    length > 0.0 && length <= FAR
}
