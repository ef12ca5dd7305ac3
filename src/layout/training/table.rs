use super::race_drawn::RaceDrawn;
use super::table_columns::{BETWEEN, FittedColumns, LINE};
use crate::figure::Sheet;
use crate::figure::training::{RacerSummary, Reached, SeedSummary, seed_summaries, summaries};
use crate::layout::canvas::{Canvas, plain};
use crate::layout::frame;
use crate::layout::lines::{Lines, Span};
use crate::number;
use crate::page::Anchor;
use crate::stats::Spread;

/// Draws a row of numbers for every racer, in the size of the text. Where they have no room side by side, heads and then cells are
/// broken into lines; columns that have none even so are left out in the order of [`YIELDING`].
pub(super) fn draw_table(drawn: &RaceDrawn<'_>, canvas: &mut Canvas<'_>, sheet: &Sheet) {
    let look = canvas.look;
    let (said, headings, cells) = match drawn.runs.seeds() {
        Some((done, all)) => of_seeds(drawn, &if done < all { format!("{done} of {all}") } else { all.to_string() }),
        None => of_one_seed(drawn),
    };
    let called: Vec<_> = (0..drawn.names.len()).map(|index| drawn.called(index)).collect();
    let columns = FittedColumns::fitting(canvas, &called, &headings, &cells, frame::width(canvas));
    let left_out = columns.left_out(&headings);
    let no_room = (!left_out.is_empty()).then(|| format!("No room for {}.", left_out.join(", ")));
    let said = std::iter::once(said).chain(drawn.whose_rates()).chain(no_room).collect::<Vec<_>>().join(" ");
    canvas.columns_left_out.extend(left_out);
    let around = drawn.around(look, false, &said);
    let body = frame::draw(canvas, sheet, &around);
    let size = look.size;
    let heights: Vec<f64> = columns.lines().iter().map(|lines| (*lines as f64 * LINE + BETWEEN) * size).collect();
    let squeezed = (body.height / heights.iter().sum::<f64>()).min(1.0);
    let mut y = body.y;
    let rights = columns.rights(body, size);
    let line_end = rights.last().copied().unwrap_or(body.right());
    for (row, height) in heights.iter().enumerate() {
        let (height, index) = (height * squeezed, row.checked_sub(1));
        let middle = y + 0.5 * height;
        if let Some(index) = index {
            let lines = &columns.names[index];
            for (line, y) in lines.iter().zip(middles(middle, lines.len(), size)) {
                let mut spans = vec![Span::plain(line.clone(), look.text)];
                // The letter stands before the first of them.
                if let Some((mark, rest)) = line.split_once("  ").filter(|_| drawn.names.len() > 1) {
                    let color = look.word(look.racer(index));
                    spans = vec![Span::bold(format!("{mark}\u{a0}\u{a0}"), color), Span::plain(rest, look.text)];
                }
                let lines = Lines::of(canvas, &spans, size, body.width, 1);
                lines.draw(canvas, body.x, y - 0.5 * lines.height(), Anchor::Start);
            }
        }
        for (column, right) in columns.columns.iter().zip(&rights) {
            let lines = &column.rows[row];
            for (line, y) in lines.iter().zip(middles(middle, lines.len(), size)) {
                let color = if index.is_none() || line == NEVER { look.quiet } else { look.text };
                canvas.text_at_middle(plain(line.clone(), (*right, y), Anchor::End, size, color));
            }
        }
        y += height;
        let (width, color) =
            if index.is_none() { (look.px(0.9), look.quiet.faint(0.6)) } else { (look.px(0.6), look.grid) };
        canvas.line((body.x, y), (line_end, y), width, color);
    }
}

/// The middles of so many lines around one.
fn middles(middle: f64, lines: usize, size: f64) -> impl Iterator<Item = f64> {
    let first = middle - 0.5 * (lines as f64 - 1.0) * LINE * size;
    (0..lines).map(move |line| first + line as f64 * LINE * size)
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
