use super::{Item, Page, Path, Picture, Rect, Segment, Text};

impl Page {
    /// This page over another one, on the ground of this, each as it is; what it shows is said by both.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        let down = self.size.1;
        let size = (self.size.0.max(below.size.0), down + below.size.1);
        self.with(below, (0.0, down), size)
    }

    /// The same beside another one.
    #[must_use]
    pub fn beside(self, right: Self) -> Self {
        let along = self.size.0;
        let size = (along + right.size.0, self.size.1.max(right.size.1));
        self.with(right, (along, 0.0), size)
    }

    /// The same on a larger one, so far from its left and its top.
    #[must_use]
    pub fn within(self, size: (f64, f64), by: (f64, f64)) -> Self {
        Self { size, items: self.items.into_iter().map(|item| item.moved(by)).collect(), ..self }
    }

    fn with(self, other: Self, by: (f64, f64), size: (f64, f64)) -> Self {
        let mut items = self.items;
        items.extend(other.items.into_iter().map(|item| item.moved(by)));
        let said = [self.description, other.description].into_iter().filter(|said| !said.is_empty());
        let description = said.collect::<Vec<_>>().join("; ");
        Self { size, background: self.background, items, title: self.title, description }
    }
}

impl Item {
    /// The same so many px further right and down.
    fn moved(self, by: (f64, f64)) -> Self {
        let rect_moved = |rect: Rect| Rect { x: rect.x + by.0, y: rect.y + by.1, ..rect };
        match self {
            Self::Fill(path, color) => Self::Fill(path.moved(by), color),
            Self::Stroke(path, stroke) => Self::Stroke(path.moved(by), stroke),
            Self::Text(text) => Self::Text(Text { at: (text.at.0 + by.0, text.at.1 + by.1), ..text }),
            Self::Picture(picture) => Self::Picture(Picture { rect: rect_moved(picture.rect), ..picture }),
            Self::Clip(rect, items) => {
                Self::Clip(rect_moved(rect), items.into_iter().map(|item| item.moved(by)).collect())
            }
        }
    }
}

impl Path {
    fn moved(self, by: (f64, f64)) -> Self {
        let point = |(x, y): (f64, f64)| (x + by.0, y + by.1);
        let moved = |segment: Segment| match segment {
            Segment::Move(x, y) => Segment::Move(x + by.0, y + by.1),
            Segment::Line(x, y) => Segment::Line(x + by.0, y + by.1),
            Segment::Cubic(points) => Segment::Cubic(points.map(point)),
            Segment::Close => Segment::Close,
        };
        Self(self.0.into_iter().map(moved).collect())
    }
}
