use super::race_drawn::RaceDrawn;
use super::time_plot::{TimePlot, height_below, small, spread, widest};
use crate::figure::Sheet;
use crate::figure::training::{AccuracyAxis, Curves, RacerCurves, letter};
use crate::layout::canvas::{Canvas, plain};
use crate::layout::frame;
use crate::number;
use crate::page::{Anchor, Item, Path, Rect, Stroke, Text, Weight};

/// So much of the height is for the losses.
const LOSSES: f64 = 0.6;
/// Lines of every step, over one another.
const FAINT: f64 = 0.34;

/// Draws losses over accuracies, on one axis of time.
pub(super) fn draw_curves(drawn: &RaceDrawn<'_>, curves: &Curves, canvas: &mut Canvas<'_>, sheet: &Sheet) {
    let look = canvas.look;
    // A caption says it with the reason.
    let stopped = drawn.who_stopped().filter(|_| !sheet.caption);
    let seeds = drawn.seeds_that_stopped();
    let said: Vec<_> = std::iter::once(marks(curves)).chain(drawn.whose_rates()).chain(stopped).chain(seeds).collect();
    let around = drawn.around(look, true, &said.join(" "));
    let body = frame::draw(canvas, sheet, &around);
    let size = small(canvas);
    let mut has_accuracies =
        drawn.race.racers.iter().any(|racer| racer.epochs.iter().any(|at| at.test_accuracy.is_some()));
    let gap = 1.7 * look.size;
    let mut height = body.height - 0.5 * look.size - height_below(canvas, true);
    // Before both are too low to be read, losses have all of it.
    if has_accuracies && !sheet.keeps_accuracies && sheet.least_plot.is_some_and(|least| height - gap < least) {
        has_accuracies = false;
        canvas.columns_left_out.push("the test accuracies");
    }
    height -= if has_accuracies { gap } else { 0.0 };
    let heights = if has_accuracies { [LOSSES * height, (1.0 - LOSSES) * height] } else { [height, 0.0] };
    if heights[0] < 2.0 * look.size {
        return;
    }
    let loss_ticks: Vec<_> = {
        let ticks = curves.losses.ticks(&TimePlot::room(canvas, heights[0]));
        ticks.into_iter().map(|tick| (curves.losses.height(tick.at), tick.label)).collect()
    };
    let accuracy_ticks = if has_accuracies && heights[1] > 1.5 * look.size {
        curves.accuracies.ticks(&TimePlot::room(canvas, heights[1]))
    } else {
        Vec::new()
    };
    let labels = widest(canvas, loss_ticks.iter().chain(&accuracy_ticks));
    let (left, right) = (1.5 * size + labels + look.px(9.0), 1.6 * look.size);
    if body.width < left + right + 3.0 * look.size {
        return;
    }
    let across = (body.x + left, body.right() - right);
    let top = body.y + 0.5 * look.size;
    let plot =
        |top: f64, height: f64| TimePlot { rect: Rect::between(across, (top, top + height)), time: &curves.time };
    let losses = plot(top, heights[0]);
    losses.across(canvas, &loss_ticks, true);
    let is_log = curves.losses.bend != crate::figure::Bend::Linear;
    let name = if is_log { "training loss, logarithmic" } else { "training loss" };
    losses.beside(canvas, body.x, &[name, "training loss", "loss"]);
    draw_losses(canvas, &losses, curves);
    losses.now(canvas, drawn.now);
    let ends = |racer: &RacerCurves| racer.smoothed.last().and_then(|line| line.last()).copied();
    letters(canvas, &losses, &curves.racers.iter().map(ends).collect::<Vec<_>>());
    losses.below(canvas, !has_accuracies, !has_accuracies);
    if !has_accuracies {
        return;
    }
    let accuracies = plot(top + heights[0] + gap, heights[1]);
    accuracies.across(canvas, &accuracy_ticks, true);
    let names: &[&str] = match curves.accuracies {
        AccuracyAxis::Linear(_) => &["test accuracy", "accuracy"],
        AccuracyAxis::Log(_) => &["test accuracy, logarithmic", "test accuracy", "accuracy"],
    };
    accuracies.beside(canvas, body.x, names);
    draw_accuracies(canvas, &accuracies, curves);
    accuracies.now(canvas, drawn.now);
    // At the start all are about the same.
    let ends = |racer: &RacerCurves| racer.accuracies.last().filter(|_| racer.accuracies.len() > 1).copied();
    letters(canvas, &accuracies, &curves.racers.iter().map(ends).collect::<Vec<_>>());
    accuracies.below(canvas, true, true);
}

fn draw_losses(canvas: &mut Canvas<'_>, plot: &TimePlot<'_>, curves: &Curves) {
    let look = canvas.look;
    if let Some(height) = curves.guessing {
        let y = plot.y(height);
        let dash = Some((look.px(4.0), look.px(3.0)));
        let stroke = Stroke { width: look.px(1.1), color: look.quiet, dash };
        canvas.items.push(Item::Stroke(Path::line([(plot.rect.x, y), (plot.rect.right(), y)]), stroke));
    }
    // The more there are, the fainter.
    let faint = FAINT / (1.0 + 0.18 * curves.racers.len().saturating_sub(1) as f64);
    canvas.clipped(plot.rect, |canvas| {
        for (index, racer) in curves.racers.iter().enumerate().filter(|_| curves.window > 1 || curves.seeds.is_some()) {
            for line in &racer.steps {
                canvas.stroke(plot.path(line), look.px(0.8), look.racer(index).faint(faint));
            }
            for part in &racer.band {
                let highs = part.iter().map(|&[x, _, high]| (plot.x(x), plot.y(high) - 0.5));
                let lows = part.iter().rev().map(|&[x, low, _]| (plot.x(x), plot.y(low) + 0.5));
                canvas.fill(Path::polygon(highs.chain(lows)), look.racer(index).faint(faint));
            }
        }
        for (index, racer) in curves.racers.iter().enumerate() {
            for line in &racer.smoothed {
                canvas.stroke(plot.path(line), look.px(1.9), look.racer(index));
            }
        }
    });
    for (index, racer) in curves.racers.iter().enumerate() {
        dots(canvas, plot, &racer.epochs, index);
    }
}

fn draw_accuracies(canvas: &mut Canvas<'_>, plot: &TimePlot<'_>, curves: &Curves) {
    let look = canvas.look;
    let faint = FAINT / (1.0 + 0.18 * curves.racers.len().saturating_sub(1) as f64);
    for (index, racer) in curves.racers.iter().enumerate().filter(|(_, racer)| !racer.accuracy_band.is_empty()) {
        let highs = racer.accuracy_band.iter().map(|&[x, _, high]| (plot.x(x), plot.y(high) - 0.5));
        let lows = racer.accuracy_band.iter().rev().map(|&[x, low, _]| (plot.x(x), plot.y(low) + 0.5));
        canvas.fill(Path::polygon(highs.chain(lows)), look.racer(index).faint(faint));
    }
    for (index, racer) in curves.racers.iter().enumerate() {
        canvas.stroke(plot.path(&racer.accuracies), look.px(1.9), look.racer(index));
    }
    for (index, racer) in curves.racers.iter().enumerate() {
        dots(canvas, plot, &racer.accuracies, index);
    }
}

/// A dot at every point, small where there are many.
fn dots(canvas: &mut Canvas<'_>, plot: &TimePlot<'_>, points: &[(f64, f64)], racer: usize) {
    let look = canvas.look;
    let room = plot.rect.width / points.len().max(1) as f64;
    let radius = look.px(3.2).min(0.4 * room);
    for &(x, y) in points {
        let at = (plot.x(x), plot.y(y));
        canvas.fill(Path::circle(at, radius + look.px(1.1)), look.paper);
        canvas.fill(Path::circle(at, radius), look.racer(racer));
    }
}

/// The letters of the racers where their lines end.
fn letters(canvas: &mut Canvas<'_>, plot: &TimePlot<'_>, ends: &[Option<(f64, f64)>]) {
    if ends.len() < 2 {
        return;
    }
    let look = canvas.look;
    let mut all: Vec<_> = ends.iter().enumerate().filter_map(|(index, end)| Some((index, (*end)?))).collect();
    all.sort_by(|one, other| other.1.1.total_cmp(&one.1.1));
    let rect = plot.rect;
    let is_at_end = |x: f64| plot.x(x) > rect.right() - 1.2 * look.size;
    let (at_end, early): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, (x, _))| is_at_end(*x));
    let apart = canvas.line_height(look.size);
    let mut middles: Vec<f64> = at_end.iter().map(|(_, (_, y))| plot.y(*y).clamp(rect.y, rect.bottom())).collect();
    spread(&mut middles, apart, (rect.y + 0.2 * apart, rect.bottom() - 0.2 * apart));
    for ((index, _), y) in at_end.iter().zip(middles) {
        let at = (rect.right() + look.px(7.0), y);
        canvas.text_at_middle(named(*index, at, canvas));
    }
    for (index, (x, y)) in early {
        let at = (plot.x(x) + look.px(6.0), plot.y(y).clamp(rect.y + 0.5 * apart, rect.bottom() - 0.5 * apart));
        canvas.text_at_middle(named(index, at, canvas));
    }
}

fn named(racer: usize, at: (f64, f64), canvas: &Canvas<'_>) -> Text {
    let text = plain(
        letter(racer).to_string(),
        at,
        Anchor::Start,
        canvas.look.size,
        canvas.look.word(canvas.look.racer(racer)),
    );
    Text { weight: Weight::SemiBold, ..text }
}

/// What lines and dots mean.
fn marks(curves: &Curves) -> String {
    let mut parts = Vec::new();
    if let Some((done, all)) = curves.seeds {
        let seeds = if done < all { format!("{done} of {all} seeds so far") } else { format!("{all} seeds") };
        // Medians of different networks may be of different seeds.
        let has_lost = curves.racers.iter().any(|racer| racer.not_finite > 0);
        let seeds = if has_lost { format!("those of {seeds} that stayed finite") } else { seeds };
        let window = match curves.window {
            1 => String::new(),
            steps => format!(", of the mean of the last {} steps each", number::count(steps as u64)),
        };
        parts.push(format!("Line: the median of {seeds}{window}. Band: from the least of them to the greatest."));
    } else if curves.window > 1 {
        parts.push(format!(
            "Light: the loss of every step's batch; strong: the mean of the last {} steps.",
            number::count(curves.window as u64)
        ));
    } else {
        parts.push("Line: the loss of every step's batch.".to_owned());
    }
    if curves.racers.iter().any(|racer| !racer.epochs.is_empty()) {
        let median = if curves.seeds.is_some() { ", its median" } else { "" };
        parts.push(format!("Dots: the mean loss over all training images{median}."));
    }
    if curves.guessing.is_some() {
        parts.push(format!("Dashed: guessing, ln {}.", curves.classes));
    }
    if matches!(curves.accuracies, AccuracyAxis::Log(_)) {
        parts.push("The axis of the accuracies is logarithmic in what they lack to 100 %.".to_owned());
    }
    parts.extend(curves.what_is_off());
    parts.join(" ")
}
