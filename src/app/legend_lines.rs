//! Entries of a legend, one after the other, in as many lines as they need: none is cut.

use egui::{Pos2, Rect, Vec2, vec2};

/// Between two entries.
const GAP: f32 = 22.0;

/// Where entries of a legend stand.
pub struct LegendLines {
    /// Each entry's place, from the legend's corner.
    places: Vec<Rect>,
    height: f32,
}

impl LegendLines {
    /// Entries of these sizes in lines that are so wide, each as high as `line` at least. An entry that is wider has a line of its own.
    pub fn new(sizes: &[Vec2], width: f32, line: f32) -> Self {
        let (mut places, mut at, mut highest) = (Vec::new(), Vec2::ZERO, line);
        for size in sizes {
            if at.x > 0.0 && at.x + size.x > width {
                at = vec2(0.0, at.y + highest);
                highest = line;
            }
            highest = highest.max(size.y);
            places.push(Rect::from_min_size(at.to_pos2(), vec2(size.x, line.max(size.y))));
            at.x += size.x + GAP;
        }
        Self { places, height: at.y + highest }
    }

    /// Height of all lines.
    pub fn height(&self) -> f32 {
        self.height
    }

    /// The places under a corner.
    pub fn at(&self, corner: Pos2) -> impl Iterator<Item = Rect> {
        self.places.iter().map(move |place| place.translate(corner.to_vec2()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_in_a_line_begins_the_next() {
        let sizes = [vec2(100.0, 15.0), vec2(100.0, 15.0), vec2(250.0, 40.0), vec2(50.0, 15.0)];
        let lines = LegendLines::new(&sizes, 240.0, 24.0);
        let corners: Vec<_> = lines.at(Pos2::ZERO).map(|place| (place.left(), place.top())).collect();
        assert_eq!(corners, [(0.0, 0.0), (122.0, 0.0), (0.0, 24.0), (0.0, 64.0)]);
        assert_eq!(lines.height(), 88.0);
        assert_eq!(LegendLines::new(&sizes, 1000.0, 24.0).height(), 40.0);
    }
}
