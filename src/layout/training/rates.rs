use super::race_drawn::RaceDrawn;
use super::time_plot::{TimePlot, height_below, small, widest};
use crate::engine::TunedRates;
use crate::figure::training::{RateChart, letter, rate_words};
use crate::figure::{Room, Sheet};
use crate::layout::canvas::{Canvas, plain};
use crate::layout::frame;
use crate::layout::lines::Span;
use crate::page::{Anchor, Item, Path, Rect, Stroke, Weight};

/// Height of the bars that say where rates work, each in heights of the text.
const BAR: f64 = 0.55;

/// Draws the loss of short runs over the learning rate, a line for each network.
pub(super) fn draw_rates(
    drawn: &RaceDrawn<'_>,
    (chart, tuned): (&RateChart, Option<&TunedRates>),
    canvas: &mut Canvas<'_>,
    sheet: &Sheet,
) {
    let look = canvas.look;
    let mut around = drawn.around(look, false, "");
    around.legend = legend(drawn, tuned, look);
    let body = frame::draw(canvas, sheet, &around);
    let size = small(canvas);
    let bars = chart.networks.iter().filter(|network| network.range.is_some()).count() as f64 * BAR * look.size;
    let height = body.height - 0.5 * look.size - height_below(canvas, true) - bars - 0.4 * look.size;
    if height < 3.0 * look.size {
        return;
    }
    let loss_ticks: Vec<_> = {
        let ticks = chart.losses.ticks(&TimePlot::room(canvas, height));
        ticks.into_iter().map(|tick| (chart.losses.height(tick.at), tick.label)).collect()
    };
    let left = 1.5 * size + widest(canvas, loss_ticks.iter()) + look.px(9.0);
    let across = (body.x + left, body.right() - 1.6 * look.size);
    if across.1 - across.0 < 3.0 * look.size {
        return;
    }
    let top = body.y + 0.5 * look.size;
    let rect = Rect::between(across, (top, top + height));
    canvas.plots.push((canvas.plots.len(), rect));
    let (x, y) = (|share: f64| rect.x + share * rect.width, |share: f64| rect.bottom() - share * rect.height);
    for (share, label) in &loss_ticks {
        canvas.line((rect.x, y(*share)), (rect.right(), y(*share)), look.px(0.9), look.grid);
        canvas.text_at_middle(plain(label.clone(), (rect.x - look.px(7.0), y(*share)), Anchor::End, size, look.quiet));
    }
    let name =
        plain("loss of the last quarter", (body.x + 0.6 * size, rect.center().1), Anchor::Middle, size, look.quiet);
    canvas.text_at_middle(crate::page::Text { upright: true, ..name });
    if let Some(guessing) = chart.guessing {
        let dash = Some((look.px(4.0), look.px(3.0)));
        let line = Path::line([(rect.x, y(guessing)), (rect.right(), y(guessing))]);
        canvas.items.push(Item::Stroke(line, Stroke { width: look.px(1.1), color: look.quiet, dash }));
    }
    for (index, network) in chart.networks.iter().enumerate() {
        let color = look.racer(index);
        let points = network.points.iter().map(|point| (x(point.at.0), y(point.at.1)));
        canvas.stroke(Path::line(points), look.px(1.6), color);
        for point in &network.points {
            let at = (x(point.at.0), y(point.at.1));
            canvas.fill(Path::circle(at, look.px(4.6)), look.paper);
            if point.is_best {
                canvas.stroke(Path::circle(at, look.px(6.6)), look.px(1.8), color);
            }
            if point.works {
                canvas.fill(Path::circle(at, look.px(3.6)), color);
            } else {
                canvas.stroke(Path::circle(at, look.px(3.0)), look.px(1.4), color);
            }
        }
        // One under the other, or those of several networks would hide one another.
        for &off in &network.off {
            let (at, arm) = ((x(off), rect.y + (0.7 + 0.8 * index as f64) * size), look.px(3.4));
            canvas.line((at.0 - arm, at.1 - arm), (at.0 + arm, at.1 + arm), look.px(1.4), color);
            canvas.line((at.0 - arm, at.1 + arm), (at.0 + arm, at.1 - arm), look.px(1.4), color);
        }
    }
    canvas.line((rect.x, rect.bottom()), (rect.right(), rect.bottom()), look.px(0.9), look.quiet.faint(0.6));
    let mut below = rect.bottom() + 0.3 * look.size;
    for (index, network) in chart.networks.iter().enumerate() {
        let Some([from, to]) = network.range else { continue };
        let bar = Rect {
            x: x(from),
            y: below + 0.15 * BAR * look.size,
            width: (x(to) - x(from)).max(look.px(3.0)),
            height: 0.7 * BAR * look.size,
        };
        canvas.fill(Path::rect(bar), look.racer(index));
        below += BAR * look.size;
    }
    let ticks = {
        let length = |label: &str| canvas.width(label, size, Weight::Regular) + look.px(6.0);
        chart.ticks(&Room::along(rect.width, 7.0 * size, length))
    };
    for (share, label) in ticks {
        canvas.line(
            (x(share), rect.bottom()),
            (x(share), rect.bottom() + look.px(4.0)),
            look.px(0.9),
            look.quiet.faint(0.6),
        );
        let at = (x(share), below + look.px(5.0) + 0.8 * size);
        canvas.text_at_middle(plain(label, at, Anchor::Middle, size, look.quiet));
    }
    let at = (rect.center().0, below + look.px(5.0) + 2.2 * size);
    canvas.text_at_middle(plain("learning rate, logarithmic", at, Anchor::Middle, size, look.quiet));
}

/// Which network has which rate, and what signs mean.
fn legend(drawn: &RaceDrawn<'_>, tuned: Option<&TunedRates>, look: &crate::layout::Look) -> Vec<Span> {
    let mut legend = Vec::new();
    let tuned = tuned.filter(|tuned| tuned.searches.iter().any(|search| !search.tried.is_empty()));
    let Some(tuned) = tuned else {
        return vec![Span::plain("No rate is tried yet.", look.quiet)];
    };
    let networks = tuned.searches.len();
    for (index, search) in tuned.searches.iter().enumerate() {
        let name = drawn.names.get(index).map_or("", String::as_str);
        if networks > 1 {
            legend.push(Span::bold(format!("{}\u{a0}", letter(index)), look.racer(index)));
            legend.push(Span::plain(format!("{}: ", name.replace(' ', "\u{a0}")), look.text));
        }
        let so_far = if tuned.is_done { "best" } else { "best so far" };
        let found = if search.best().is_some() {
            format!("{so_far} {}. ", rate_words(search))
        } else {
            format!("{}. ", rate_words(search))
        };
        legend.push(Span::plain(found, look.text));
    }
    let steps = tuned.searches.first().map_or(0, |search| search.steps);
    legend.push(Span::plain(
        format!(
            "Runs of {} steps on the same images. Filled: rates that work, which gain at least half of what the best gains over guessing \
             (dashed), or fall half as far, in powers of ten, where the best is still above it; ring: the best; \
             bar: where they work; cross: not finite, or beyond the axis.",
            crate::number::count(steps)
        ),
        look.quiet,
    ));
    legend
}
