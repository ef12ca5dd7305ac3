use super::grid::{grid, title};
use super::maps::{lower, panel_title};
use super::race_drawn::{RaceDrawn, has_titles};
use super::time_plot::{STEPPED_BACK, TimePlot, small, spread, widest};
use crate::figure::Sheet;
use crate::figure::training::{LayerLines, LayerScale, LayersOverTime, OffAxis, off_in_words};
use crate::layout::canvas::{Canvas, plain};
use crate::layout::frame;
use crate::number;
use crate::page::{Anchor, Path, Rect, Text, Weight};

/// So many layers are all called by their numbers; of more, some.
const FEW: usize = 10;
const SOME: usize = 6;
/// Columns that lines are drawn in, of all panels of a row.
const COLUMNS: usize = 800;

/// Draws a panel of lines for every racer that is shown, all on the same axes; a line for each layer.
pub(super) fn draw_lines(drawn: &RaceDrawn<'_>, found: &LayersOverTime, canvas: &mut Canvas<'_>, sheet: &Sheet) {
    let look = canvas.look;
    let scale = LayerScale::of_heights(found);
    let columns = COLUMNS / found.racers.len().clamp(1, 4);
    let all: Vec<_> =
        found.racers.iter().map(|series| LayerLines::new(series, &scale, found.together, columns)).collect();
    let around = drawn.around(look, false, &marks(found, &all));
    let body = frame::draw(canvas, sheet, &around);
    let size = small(canvas);
    let titled = has_titles(sheet, drawn.names.len());
    // Labels are as wide wherever they stand: their room depends on the panels, and these on the labels.
    let ticks_of = |canvas: &Canvas<'_>, height: f64| scale.ticks(&TimePlot::room(canvas, height));
    let left = 1.5 * size + widest(canvas, ticks_of(canvas, body.height).iter()) + look.px(9.0);
    let right = canvas.width(&found.layers().to_string(), size, Weight::SemiBold) + look.px(9.0);
    let plots = Rect { width: body.width - right, ..body };
    let Some(panels) = grid(canvas, plots, found.racers.len(), (left, right), (titled, &found.time)) else { return };
    for ((series, lines), panel) in found.racers.iter().zip(&all).zip(&panels) {
        if titled {
            title(canvas, panel, &panel_title(drawn, series.racer, (look.text, look.text)));
        }
        let plot = TimePlot { rect: panel.rect, time: &found.time };
        if let Some((low, high)) = found.quantity.band() {
            let (bottom, top) = (plot.y(scale.share(low)), plot.y(scale.share(high)));
            let band = Rect::between((panel.rect.x, panel.rect.right()), (top, bottom));
            canvas.fill(Path::rect(band), look.quiet.faint(0.13));
        }
        plot.across(canvas, &ticks_of(canvas, panel.rect.height), panel.is_left);
        draw_layers(canvas, &plot, lines, sheet.only);
        plot.now(canvas, drawn.now);
        plot.below(canvas, panel.is_lowest, panel.is_lowest);
        if panel.is_left {
            plot.beside(canvas, body.x, &[found.quantity.symbol()]);
        }
    }
}

fn draw_layers(canvas: &mut Canvas<'_>, plot: &TimePlot<'_>, lines: &LayerLines, only: Option<usize>) {
    let look = canvas.look;
    let count = lines.layers.len();
    if count == 0 {
        return;
    }
    let width = look.px(if count > 12 { 1.1 } else { 1.7 });
    canvas.clipped(plot.rect, |canvas| {
        for (index, layer) in lines.layers.iter().enumerate() {
            let share = if only.is_some_and(|only| only != index) { STEPPED_BACK } else { 1.0 };
            let color = look.layer(index, count).faint(share);
            for line in layer {
                canvas.stroke(plot.path(line), width, color);
                if let [point] = line[..] {
                    canvas.fill(Path::circle((plot.x(point.0), plot.y(point.1)), 1.5 * width), color);
                }
            }
        }
    });
    // Their numbers where they end, the first and the last among them.
    let size = small(canvas);
    let apart = canvas.line_height(size);
    let end = |index: usize| Some((index, *lines.layers.get(index)?.last()?.last()?));
    let is_there =
        |(_, (x, y)): &(usize, (f64, f64))| plot.x(*x) <= plot.rect.right() + 1.0 && (-0.01..=1.01).contains(y);
    let room = (plot.rect.height / apart) as usize;
    // Where there are many, colours say the rest.
    let labels = if count > FEW { SOME } else { count }.min(room).max(1);
    let labelled = |at: usize| if labels == 1 { count - 1 } else { at * (count - 1) / (labels - 1) };
    let mut ends: Vec<_> = (0..labels).map(labelled).filter_map(end).filter(is_there).collect();
    ends.sort_by(|one, other| other.1.1.total_cmp(&one.1.1));
    let mut middles: Vec<f64> = ends.iter().map(|(_, (_, y))| plot.y(*y)).collect();
    spread(&mut middles, apart, (plot.rect.y + 0.2 * apart, plot.rect.bottom() - 0.2 * apart));
    for ((index, (x, _)), y) in ends.into_iter().zip(middles) {
        let at = (plot.x(x) + look.px(5.0), y);
        let text = plain((index + 1).to_string(), at, Anchor::Start, size, look.name(index, count));
        canvas.text_at_middle(Text { weight: Weight::SemiBold, ..text });
    }
}

/// What lines mean.
fn marks(found: &LayersOverTime, all: &[LayerLines]) -> String {
    let called = match found.layers() {
        0..=FEW => "called by its number",
        _ => "from the first to the last in the order of the colours, some called by their numbers",
    };
    let mut parts = vec![format!("A line for each hidden layer, {called}: {}", lower(found.quantity.about()))];
    if let Some(window) = found.window {
        parts.push(format!("Lines are the geometric mean of the last {} steps.", number::count(window as u64)));
    }
    if found.quantity.band().is_some() {
        parts.push("Band: from 10⁻³·⁵ to 10⁻²·⁵.".to_owned());
    }
    let off = all.iter().map(|lines| lines.off).fold(OffAxis::default(), OffAxis::and);
    parts.extend(off_in_words(&[(off, "number", "numbers")]));
    match all.iter().map(|lines| lines.zeros).sum::<usize>() {
        0 => {}
        1 => parts.push("1 number is 0, which has no place on a logarithmic axis.".to_owned()),
        zeros => parts
            .push(format!("{} numbers are 0, which has no place on a logarithmic axis.", number::count(zeros as u64))),
    }
    parts.join(" ")
}
