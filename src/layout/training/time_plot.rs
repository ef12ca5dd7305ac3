use crate::figure::Room;
use crate::figure::training::TimeAxis;
use crate::layout::canvas::{Canvas, plain};
use crate::page::{Anchor, Path, Rect, Text, Weight};

/// How much is left of what steps back behind a layer.
pub(super) const STEPPED_BACK: f64 = 0.2;

/// A plot over time.
pub(super) struct TimePlot<'a> {
    pub rect: Rect,
    pub time: &'a TimeAxis,
}

/// Labels along the axis of time are at least so far apart, and those of an upright one, both in heights of the text.
const APART: f64 = 7.0;
const UPRIGHT: f64 = 2.5;

impl TimePlot<'_> {
    pub fn x(&self, share: f64) -> f64 {
        self.rect.x + share * self.rect.width
    }

    pub fn y(&self, height: f64) -> f64 {
        self.rect.bottom() - height * self.rect.height
    }

    /// Room for labels along the upright axis.
    pub fn room<'a>(canvas: &Canvas<'_>, height: f64) -> Room<'a> {
        let size = small(canvas);
        Room::upright(height, canvas.line_height(size), UPRIGHT * size)
    }

    /// A line in shares of the plot.
    pub fn path(&self, points: &[(f64, f64)]) -> Path {
        Path::line(points.iter().map(|&(x, y)| (self.x(x), self.y(y))))
    }

    /// Lines across at the ticks of the upright axis, and their labels left of it.
    pub fn across(&self, canvas: &mut Canvas<'_>, ticks: &[(f64, String)], with_labels: bool) {
        let look = canvas.look;
        let size = small(canvas);
        for (height, label) in ticks {
            let y = self.y(*height);
            canvas.line((self.rect.x, y), (self.rect.right(), y), look.px(0.9), look.grid);
            if with_labels {
                let at = (self.rect.x - look.px(7.0), y);
                canvas.text_at_middle(plain(label.clone(), at, Anchor::End, size, look.quiet));
            }
        }
    }

    /// The axis of time below it: marks, and with labels what they are and what is counted.
    pub fn below(&self, canvas: &mut Canvas<'_>, labels: bool, name: bool) {
        let look = canvas.look;
        canvas.plots.push((canvas.plots.len(), self.rect));
        let size = small(canvas);
        let length = |label: &str| canvas.width(label, size, Weight::Regular) + look.px(6.0);
        let ticks = self.time.ticks(&Room::along(self.rect.width, APART * size, length));
        for (share, label) in ticks {
            let (x, bottom) = (self.x(share), self.rect.bottom());
            canvas.line((x, bottom), (x, bottom + look.px(4.0)), look.px(0.9), look.quiet.faint(0.6));
            if labels {
                let at = (x, bottom + look.px(5.0) + 0.8 * size);
                canvas.text_at_middle(plain(label, at, Anchor::Middle, size, look.quiet));
            }
        }
        canvas.line(
            (self.rect.x, self.rect.bottom()),
            (self.rect.right(), self.rect.bottom()),
            look.px(0.9),
            look.quiet.faint(0.6),
        );
        if name {
            let at = (self.rect.center().0, self.rect.bottom() + look.px(5.0) + 2.2 * size);
            canvas.text_at_middle(plain(self.time.label(), at, Anchor::Middle, size, look.quiet));
        }
    }

    /// A line at the step that is looked at, if one is.
    pub fn now(&self, canvas: &mut Canvas<'_>, now: Option<f64>) {
        let look = canvas.look;
        if let Some(now) = now {
            let x = self.x(now);
            canvas.line((x, self.rect.y), (x, self.rect.bottom()), look.px(3.2), look.paper.faint(0.7));
            canvas.line((x, self.rect.y), (x, self.rect.bottom()), look.px(1.2), look.text);
        }
    }

    /// What the upright axis is of, left of its labels.
    pub fn beside(&self, canvas: &mut Canvas<'_>, x: f64, names: &[&str]) {
        let look = canvas.look;
        let size = small(canvas);
        let fits = |name: &&&str| canvas.width(name, size, Weight::Regular) <= self.rect.height + look.px(8.0);
        let Some(name) = names.iter().find(fits) else { return };
        let text = plain(*name, (x + 0.6 * size, self.rect.center().1), Anchor::Middle, size, look.quiet);
        canvas.text_at_middle(Text { upright: true, ..text });
    }
}

/// Size of what stands at axes.
pub(super) fn small(canvas: &Canvas<'_>) -> f64 {
    0.92 * canvas.look.size
}

/// Height of the axis of time with its labels and its name.
pub(super) fn height_below(canvas: &Canvas<'_>, name: bool) -> f64 {
    canvas.look.px(5.0) + small(canvas) * if name { 2.9 } else { 1.5 }
}

/// Width of the widest of these labels.
pub(super) fn widest<'a>(canvas: &Canvas<'_>, labels: impl Iterator<Item = &'a (f64, String)>) -> f64 {
    let size = small(canvas);
    labels.map(|(_, label)| canvas.width(label, size, Weight::Regular)).fold(0.0, f64::max)
}

/// Middles of labels of such a height that keep off one another, as near as can be to where they belong, within a top and a
/// bottom; from the highest to the lowest.
pub(super) fn spread(middles: &mut [f64], apart: f64, (top, bottom): (f64, f64)) {
    // Those that would touch stand around the mean of where they belong: how many, and the first one's middle.
    let mut groups: Vec<(usize, f64)> = Vec::new();
    for &middle in middles.iter() {
        groups.push((1, middle));
        while let [.., (above, first), (below, second)] = groups[..] {
            if first + above as f64 * apart <= second {
                break;
            }
            let (count, lower) = (above + below, second - above as f64 * apart);
            let mean = (above as f64 * first + below as f64 * lower) / count as f64;
            groups.truncate(groups.len() - 2);
            groups.push((count, mean));
        }
    }
    let places = groups.into_iter().flat_map(|(count, first)| (0..count).map(move |at| first + at as f64 * apart));
    middles.iter_mut().zip(places).for_each(|(middle, place)| *middle = place);
    let mut least = top;
    for middle in middles.iter_mut() {
        *middle = middle.max(least);
        least = *middle + apart;
    }
    let mut most = bottom;
    for middle in middles.iter_mut().rev() {
        *middle = middle.min(most);
        most = *middle - apart;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_off_one_another_around_where_they_belong() {
        let spread_of = |mut middles: Vec<f64>| {
            spread(&mut middles, 10.0, (0.0, 100.0));
            middles
        };
        assert_eq!(spread_of(vec![20.0, 40.0, 60.0]), [20.0, 40.0, 60.0], "there is room");
        assert_eq!(spread_of(vec![50.0, 50.0, 50.0]), [40.0, 50.0, 60.0]);
        assert_eq!(spread_of(vec![50.0, 52.0, 90.0]), [46.0, 56.0, 90.0]);
        assert_eq!(spread_of(vec![1.0, 2.0, 98.0, 99.0]), [0.0, 10.0, 90.0, 100.0], "within the plot");
    }
}
