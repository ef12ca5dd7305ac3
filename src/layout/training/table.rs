use super::race_drawn::RaceDrawn;
use crate::figure::Sheet;
use crate::figure::training::{RacerSummary, Reached, SeedSummary, letter, seed_summaries, summaries};
use crate::layout::canvas::{Canvas, plain};
use crate::layout::frame;
use crate::layout::lines::{Lines, Span};
use crate::number;
use crate::page::{Anchor, Text, Weight};
use crate::stats::Spread;

/// Heights of the text from one row to the next.
const ROW: f64 = 2.2;
/// Between columns, in heights of the text.
const GAP: f64 = 1.5;
/// Sizes that are tried, as parts of that of the text.
const SIZES: [f64; 8] = [1.3, 1.15, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5];

/// Draws a row of numbers for every racer.
pub(super) fn draw_table(drawn: &RaceDrawn<'_>, canvas: &mut Canvas<'_>, sheet: &Sheet) {
    let look = canvas.look;
    let (said, headings, cells) = match drawn.runs.seeds() {
        Some((done, all)) => of_seeds(drawn, &if done < all { format!("{done} of {all}") } else { all.to_string() }),
        None => of_one_seed(drawn),
    };
    let said = std::iter::once(said).chain(drawn.whose_rates()).collect::<Vec<_>>().join(" ");
    let around = drawn.around(look, false, &said);
    let body = frame::draw(canvas, sheet, &around);
    let columns = headings.len();
    let width_of = |canvas: &Canvas<'_>, column: usize, size: f64| {
        let cells = cells.iter().map(|row| canvas.width(&row[column], size, Weight::Regular));
        cells.fold(canvas.width(headings[column], size, Weight::Regular), f64::max)
    };
    let name_width = |canvas: &Canvas<'_>, size: f64| {
        let names = (0..drawn.names.len()).map(|index| canvas.width(&drawn.called(index), size, Weight::SemiBold));
        names.fold(0.0, f64::max)
    };
    let total = |canvas: &Canvas<'_>, size: f64| {
        (0..columns).map(|column| width_of(canvas, column, size) + GAP * size).sum::<f64>()
    };
    let rows = drawn.names.len() as f64 + 1.2;
    let fits = |part: &&f64| {
        let size = **part * look.size;
        name_width(canvas, size) + total(canvas, size) <= body.width && rows * ROW * size <= body.height
    };
    let size = SIZES.iter().find(fits).unwrap_or(&SIZES[7]) * look.size;
    let names = (body.width - total(canvas, size)).min(name_width(canvas, size) + GAP * size).max(0.0);
    let row_height = (ROW * size).min(body.height / rows);
    // What room is left goes between the columns, but no more than looks like one table.
    let left_over = (body.width - names - total(canvas, size)).max(0.0) / columns as f64;
    let gap = GAP * size + left_over.min(3.0 * size);
    let mut rights = Vec::new();
    let mut x = body.x + names;
    for column in 0..columns {
        x += gap + width_of(canvas, column, size);
        rights.push(x);
    }
    let middle = |row: usize| body.y + (row as f64 + 0.7) * row_height;
    for (heading, right) in headings.iter().zip(&rights) {
        canvas.text_at_middle(plain(*heading, (*right, middle(0)), Anchor::End, size, look.quiet));
    }
    let under = body.y + 1.25 * row_height;
    let line_end = rights.last().copied().unwrap_or(body.right());
    canvas.line((body.x, under), (line_end, under), look.px(0.9), look.quiet.faint(0.6));
    for (index, row) in cells.iter().enumerate() {
        let y = middle(index + 1) + 0.2 * row_height;
        let name = drawn.names.get(index).cloned().unwrap_or_default();
        let mut spans = Vec::new();
        if drawn.names.len() > 1 {
            spans.push(Span::bold(format!("{}\u{a0}\u{a0}", letter(index)), look.word(look.racer(index))));
        }
        spans.push(Span::plain(name, look.text));
        let lines = Lines::of(canvas, &spans, size, names, 1);
        lines.draw(canvas, body.x, y - 0.5 * lines.height(), Anchor::Start);
        for (cell, right) in row.iter().zip(&rights) {
            let text = plain(cell.clone(), (*right, y), Anchor::End, size, look.text);
            canvas.text_at_middle(Text { color: if cell == NEVER { look.quiet } else { look.text }, ..text });
        }
        let below = y + 0.5 * row_height;
        canvas.line((body.x, below), (line_end, below), look.px(0.6), look.grid);
    }
}

/// What is said under a table, its headings, and its cells, racer by racer.
type TableTexts = (String, Vec<&'static str>, Vec<Vec<String>>);

fn of_one_seed(drawn: &RaceDrawn<'_>) -> TableTexts {
    let summaries = summaries(drawn.race);
    let has_ends = summaries.iter().any(|summary| summary.ended.is_some());
    let cells = summaries.iter().map(|summary| cells(summary, has_ends)).collect();
    let mut headings = vec!["90 % after", "95 % after", "best accuracy", "dead units"];
    headings.extend(has_ends.then_some("stopped being finite"));
    let said = "Accuracies are those on the test images, looked at after every epoch; seconds are those of a network's own thread. Units \
                are those of the hidden layers when they were last looked at.";
    (said.to_owned(), headings, cells)
}

fn of_seeds(drawn: &RaceDrawn<'_>, seeds: &str) -> TableTexts {
    let summaries = seed_summaries(&drawn.runs);
    let has_ends = summaries.iter().any(|summary| summary.seeds.1 > 0);
    let cells = summaries.iter().map(|summary| cells_of_seeds(summary, has_ends)).collect();
    let mut headings = vec!["90 % after", "95 % after", "best accuracy", "accuracy at the end", "dead units"];
    headings.extend(has_ends.then_some("not finite"));
    let said = format!(
        "Mean ± standard error over {seeds} seeds; steps are those of the seeds that came there. Accuracies are those on the test \
         images, looked at after every epoch. Seeds that stopped being finite are in no mean."
    );
    (said, headings, cells)
}

const NEVER: &str = "–";

/// A mean with its standard error.
fn with_error(spread: &Spread, written: fn(f64) -> String, unit: &str) -> String {
    let error = spread.standard_error.map_or_else(String::new, |error| format!(" ± {}", written(error)));
    format!("{}{error}{unit}", written(spread.mean))
}

fn cells_of_seeds(summary: &SeedSummary, has_ends: bool) -> Vec<String> {
    let (seeds, ends) = summary.seeds;
    let never = || NEVER.to_owned();
    let rounded = |number: f64| format!("{number:.0}");
    let after = |(spread, count): &(Option<Spread>, usize)| {
        let came = if *count < seeds { format!(", {count} of {seeds}") } else { String::new() };
        spread.as_ref().map_or_else(never, |steps| with_error(steps, rounded, " steps") + &came)
    };
    let percent = |share: f64| format!("{:.2}", 100.0 * share);
    let accuracy = |spread: &Option<Spread>| spread.as_ref().map_or_else(never, |at| with_error(at, percent, " %"));
    let one_digit = |number: f64| format!("{number:.1}");
    let dead = |(dead, units): &(Spread, usize)| with_error(dead, one_digit, &format!(" of {units}"));
    let mut cells = vec![
        after(&summary.reached[0]),
        after(&summary.reached[1]),
        accuracy(&summary.best),
        accuracy(&summary.last),
        summary.dead.as_ref().map_or_else(never, dead),
    ];
    cells.extend(has_ends.then(|| format!("{ends} of {seeds}")));
    cells
}

fn cells(summary: &RacerSummary, has_ends: bool) -> Vec<String> {
    let never = || NEVER.to_owned();
    let after = |reached: Option<Reached>| {
        reached.map_or_else(never, |at| {
            format!("{} steps, {} s", number::count(at.steps), number::significant(at.seconds))
        })
    };
    let best = |(accuracy, epoch): (f64, f64)| {
        if epoch == 0.0 {
            return format!("{:.2} % at the start", 100.0 * accuracy);
        }
        let plural = if epoch == 1.0 { "" } else { "s" };
        format!("{:.2} % after {} epoch{plural}", 100.0 * accuracy, number::plain(epoch))
    };
    let mut cells = vec![
        after(summary.reached[0]),
        after(summary.reached[1]),
        summary.best.map_or_else(never, best),
        summary.dead.map_or_else(never, |(dead, all)| format!("{dead} of {all}")),
    ];
    if has_ends {
        let ended = |ended: crate::trainer::NonFinite| format!("step {}, {}", number::count(ended.step), ended.place);
        cells.push(summary.ended.map_or_else(never, ended));
    }
    cells
}
