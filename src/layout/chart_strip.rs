use super::canvas::{Canvas, plain};
use crate::figure::{LogChart, cells};
use crate::number;
use crate::page::{Anchor, Item, Path, Rect, Stroke, Text, Weight};

/// A number of every layer on a logarithmic axis, in a rectangle.
pub(super) struct ChartStrip<'a> {
    pub rect: Rect,
    pub chart: &'a LogChart,
}

impl ChartStrip<'_> {
    fn layers(&self) -> usize {
        self.chart.measured.len()
    }

    fn column(&self) -> f64 {
        self.rect.width / self.layers().max(1) as f64
    }

    fn x(&self, index: usize) -> f64 {
        self.rect.x + (index as f64 + 0.5) * self.column()
    }

    fn y(&self, height: f64) -> f64 {
        self.rect.bottom() - height * self.rect.height
    }

    /// Draws grid, band, theory and what was measured; the labels of the grid, where they are wanted, left of it, and the numbers over their points, where there is
    /// room.
    pub fn draw(&self, canvas: &mut Canvas<'_>, ticks: usize, with_labels: bool, with_numbers: bool) {
        let look = canvas.look;
        let small = 0.92 * look.size;
        let most = (self.rect.height / (1.8 * look.size)) as usize;
        for (height, label) in self.chart.ticks(ticks.min(most).max(2)) {
            let y = self.y(height);
            canvas.line((self.rect.x, y), (self.rect.right(), y), look.px(0.9), look.grid);
            if with_labels {
                let at = (self.rect.x - look.px(7.0), y);
                canvas.text_at_middle(plain(label, at, Anchor::End, small, look.quiet));
            }
        }
        self.band(canvas);
        let radius = look.px(4.5).min(0.3 * self.column());
        for (index, height) in self.measured() {
            let color = look.layer(index, self.layers());
            let (x, y) = (self.x(index), self.y(height));
            canvas.line((x, y), (x, self.rect.bottom()), look.px(2.0).min(radius), color);
            canvas.fill(Path::circle((x, y), radius), color);
        }
        for (index, height) in self.measured() {
            let number = number::significant(self.chart.value(height));
            let at = (self.x(index), self.y(height) - radius - 0.75 * look.size);
            let has_room = canvas.width(&number, small, Weight::Regular) + look.px(12.0) <= self.column();
            if with_numbers && has_room {
                canvas.text_at_middle(plain(number, at, Anchor::Middle, small, look.text));
            }
        }
        let theory = self.chart.theory.iter().enumerate().filter_map(|(index, height)| Some((index, (*height)?)));
        let line: Vec<_> = theory.map(|(index, height)| (self.x(index), self.y(height))).collect();
        if line.len() > 1 {
            let dash = Some((look.px(4.0), look.px(3.0)));
            let stroke = Stroke { width: look.px(1.25), color: look.quiet, dash };
            canvas.items.push(Item::Stroke(Path::line(line), stroke));
        }
    }

    /// The heights that there are, with their layers from 0.
    fn measured(&self) -> impl Iterator<Item = (usize, f64)> {
        self.chart.measured.iter().enumerate().filter_map(|(index, height)| Some((index, (*height)?)))
    }

    /// From the least to the greatest of other seeds, as far as they are known layer after layer.
    fn band(&self, canvas: &mut Canvas<'_>) {
        let look = canvas.look;
        let bands: Vec<_> =
            (self.chart.bands.iter().enumerate()).filter_map(|(index, band)| Some((self.x(index), (*band)?))).collect();
        let (Some(first), Some(last)) = (bands.first(), bands.last()) else { return };
        // A layer alone has a column.
        let reach = (0.2 * self.column()).min(look.px(9.0));
        let ends =
            [(first.0 - reach, first.1)].into_iter().chain(bands.iter().copied()).chain([(last.0 + reach, last.1)]);
        let all: Vec<_> = ends.collect();
        let along = |at: usize| all.iter().map(move |(x, band)| (*x, self.y(band[at])));
        let around: Vec<_> = along(0).chain(along(2).collect::<Vec<_>>().into_iter().rev()).collect();
        let median: Vec<_> = along(1).collect();
        canvas.fill(Path::polygon(around), look.quiet.faint(0.22));
        canvas.stroke(Path::line(median), look.px(1.0), look.quiet.faint(0.7));
    }

    /// The names of the layers below it; those that have room, always the last.
    pub fn names(&self, canvas: &mut Canvas<'_>) {
        let look = canvas.look;
        let layers = self.layers();
        let wide = canvas.width("layer 10", look.size, Weight::SemiBold) + look.px(8.0);
        let is_wide = self.column() >= wide;
        let name = |index: usize| if is_wide { format!("layer {}", index + 1) } else { (index + 1).to_string() };
        let need = canvas.width(&name(layers.saturating_sub(1)), look.size, Weight::SemiBold) + look.px(8.0);
        let y = self.rect.bottom() + 1.1 * look.size;
        for cell in cells(layers, self.column(), need, &[]) {
            let color = look.name(cell.layer, layers);
            let text = plain(name(cell.layer), (self.rect.x + cell.x, y), Anchor::Middle, look.size, color);
            canvas.text_at_middle(Text { weight: Weight::SemiBold, ..text });
        }
    }
}
