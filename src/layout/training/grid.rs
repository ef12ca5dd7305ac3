use super::time_plot::{height_below, small, widest};
use crate::figure::Room;
use crate::figure::training::TimeAxis;
use crate::layout::canvas::Canvas;
use crate::layout::lines::{Lines, Span};
use crate::page::{Anchor, Rect};

/// A panel of several alike.
pub(super) struct GridPanel {
    /// Its plot.
    pub rect: Rect,
    /// Whether none is left of it.
    pub is_left: bool,
    /// Whether none is below it.
    pub is_lowest: bool,
}

/// A panel is about so many times as wide as high.
const ASPECT: f64 = 1.7;

/// Between the labels of neighbours' axes, in heights of the text.
const APART: f64 = 0.8;
/// How far labels are apart where these are looked for.
const WIDE: f64 = 7.0;

/// Places for panels in rows and columns, as large as there is room for, with so much room left of each row and right of each panel; `None` where there is
/// none.
pub(super) fn grid(
    canvas: &Canvas<'_>,
    body: Rect,
    count: usize,
    (left, right): (f64, f64),
    (has_titles, time): (bool, &TimeAxis),
) -> Option<Vec<GridPanel>> {
    let look = canvas.look;
    let above = if has_titles { 1.6 * look.size } else { 0.5 * look.size };
    let below = height_below(canvas, true);
    // Half of a panel's last label and half of the next one's first stand between them.
    let ends = time.ticks(&Room::along(body.width, WIDE * look.size, |_| 0.0));
    let half = |end: Option<&(f64, String)>| 0.5 * widest(canvas, end.into_iter());
    let labels = half(ends.first()) + half(ends.last()) + APART * look.size;
    let (gap, between) = ((1.2 * look.size).max(labels) + right, 0.7 * look.size);
    let size = |columns: usize| {
        let rows = count.div_ceil(columns);
        let width = (body.width - left - (columns - 1) as f64 * gap) / columns as f64;
        let height = (body.height - below - rows as f64 * above - (rows - 1) as f64 * between) / rows as f64;
        (width, height)
    };
    let fit = |columns: &usize| {
        let (width, height) = size(*columns);
        if width <= 0.0 || height <= 0.0 {
            f64::INFINITY
        } else {
            (width / height / ASPECT).ln().abs() + emptiness(count, *columns)
        }
    };
    let columns = (1..=count.max(1)).min_by(|one, other| fit(one).total_cmp(&fit(other)))?;
    let (width, height) = size(columns);
    if width < 3.0 * look.size || height < 1.5 * look.size {
        return None;
    }
    let panel = |index: usize| {
        let (row, column) = (index / columns, index % columns);
        let x = body.x + left + column as f64 * (width + gap);
        let y = body.y + above + row as f64 * (height + above + between);
        GridPanel { rect: Rect { x, y, width, height }, is_left: column == 0, is_lowest: index + columns >= count }
    };
    Some((0..count).map(panel).collect())
}

/// What an unfinished last row costs.
fn emptiness(count: usize, columns: usize) -> f64 {
    let rows = count.div_ceil(columns);
    1.2 * (rows * columns - count) as f64 / (rows * columns) as f64
}

/// What a panel shows, over it; cut where it has no room.
pub(super) fn title(canvas: &mut Canvas<'_>, panel: &GridPanel, spans: &[Span]) {
    let size = small(canvas);
    let lines = Lines::of(canvas, spans, size, panel.rect.width, 1);
    let top = panel.rect.y - lines.height() - canvas.look.px(2.0);
    lines.draw(canvas, panel.rect.x, top, Anchor::Start);
}
