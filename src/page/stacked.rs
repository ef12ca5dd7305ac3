use super::{Item, Page, Path, Picture, Rect, Segment, Text};

impl Page {
    /// This page over another one, on the ground of this, each as it is; what it shows is said by both.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        let down = self.size.1;
        let mut items = self.items;
        items.extend(below.items.into_iter().map(|item| item.lowered(down)));
        Self {
            size: (self.size.0.max(below.size.0), down + below.size.1),
            background: self.background,
            items,
            title: self.title,
            description: format!("{}; {}", self.description, below.description),
        }
    }
}

impl Item {
    /// The same so many px further down.
    fn lowered(self, down: f64) -> Self {
        let rect_lowered = |rect: Rect| Rect { y: rect.y + down, ..rect };
        match self {
            Self::Fill(path, color) => Self::Fill(path.lowered(down), color),
            Self::Stroke(path, stroke) => Self::Stroke(path.lowered(down), stroke),
            Self::Text(text) => Self::Text(Text { at: (text.at.0, text.at.1 + down), ..text }),
            Self::Picture(picture) => Self::Picture(Picture { rect: rect_lowered(picture.rect), ..picture }),
            Self::Clip(rect, items) => {
                Self::Clip(rect_lowered(rect), items.into_iter().map(|item| item.lowered(down)).collect())
            }
        }
    }
}

impl Path {
    fn lowered(self, down: f64) -> Self {
        let point = |(x, y): (f64, f64)| (x, y + down);
        let lowered = |segment: Segment| match segment {
            Segment::Move(x, y) => Segment::Move(x, y + down),
            Segment::Line(x, y) => Segment::Line(x, y + down),
            Segment::Cubic(points) => Segment::Cubic(points.map(point)),
            Segment::Close => Segment::Close,
        };
        Self(self.0.into_iter().map(lowered).collect())
    }
}
