use crate::layout::canvas::Canvas;
use crate::page::{Rect, Weight};

/// The columns of a table as they have room, in the size of the text.
pub(super) struct FittedColumns {
    /// The names, line by line.
    pub names: Vec<Vec<String>>,
    /// How wide these are.
    pub name_width: f64,
    /// Those that have room, in their order.
    pub columns: Vec<TableColumn>,
}

/// One of them.
pub(super) struct TableColumn {
    /// Its place among all.
    at: usize,
    width: f64,
    /// The lines of its head and of every cell.
    pub rows: Vec<Vec<String>>,
}

/// From line to line, and between the lines of two rows, in heights of the text.
pub(super) const LINE: f64 = 1.3;
pub(super) const BETWEEN: f64 = 0.9;
/// Between columns, in heights of the text, where there is little room and where there is much.
const GAP: f64 = 1.5;
const WIDE_GAP: f64 = 4.5;
/// Names have so much of the width before columns yield, where they need it.
const NAMES: f64 = 0.3;
/// What is left out where there is no room, one after the other.
const YIELDING: [&str; 4] = ["dead units", "accuracy at the end", "95 % after", "90 % after"];

impl FittedColumns {
    /// In so much room: whole first, then with broken heads, with broken cells, and then one column fewer after the other.
    pub fn fitting(canvas: &Canvas<'_>, names: &[String], headings: &[&str], cells: &[Vec<String>], room: f64) -> Self {
        let mut kept: Vec<usize> = (0..headings.len()).collect();
        let mut yielding = YIELDING.iter();
        loop {
            for (are_heads_broken, are_cells_broken) in [(false, false), (true, false), (true, true)] {
                let column = |&at: &usize| {
                    let broken = |text: &str, is_broken: bool, at: &[&str]| {
                        let lines = at.iter().find_map(|at| parts(text, at)).filter(|_| is_broken);
                        lines.unwrap_or_else(|| vec![text.to_owned()])
                    };
                    let head = broken(headings[at], are_heads_broken, &[" "]);
                    let cells = cells.iter().map(|row| broken(&row[at], are_cells_broken, &[",", " after"]));
                    TableColumn::of(canvas, at, std::iter::once(head).chain(cells).collect())
                };
                let columns: Vec<_> = kept.iter().map(column).collect();
                let gaps = columns.len() as f64 * GAP * canvas.look.size;
                let left = room - gaps - columns.iter().map(|column| column.width).sum::<f64>();
                let widest = names.iter().map(|name| name_width(canvas, name)).fold(0.0, f64::max);
                let is_last = yielding.len() == 0 && are_cells_broken;
                // Names are broken no earlier than heads are.
                let least = if are_heads_broken { widest.min(NAMES * room) } else { widest };
                if left >= least || is_last {
                    let name_width = widest.min(left.max(0.0));
                    let names = names.iter().map(|name| broken_name(canvas, name, name_width)).collect();
                    return Self { names, name_width, columns };
                }
            }
            if let Some(next) = yielding.next() {
                kept.retain(|at| headings[*at] != *next);
            }
        }
    }

    /// The heads of those that have no room.
    pub fn left_out(&self, headings: &[&'static str]) -> Vec<&'static str> {
        let is_there = |at: usize| self.columns.iter().any(|column| column.at == at);
        headings.iter().enumerate().filter(|(at, _)| !is_there(*at)).map(|(_, heading)| *heading).collect()
    }

    /// How many lines the head and each row have.
    pub fn lines(&self) -> Vec<usize> {
        let of = |row: usize| {
            let cells = self.columns.iter().map(|column| column.rows[row].len()).max().unwrap_or(1);
            row.checked_sub(1).map_or(cells, |index| cells.max(self.names[index].len()))
        };
        (0..=self.names.len()).map(of).collect()
    }

    /// Where they end. What room is left goes between them, but no more than looks like one table.
    pub fn rights(&self, body: Rect, size: f64) -> Vec<f64> {
        let all: f64 = self.columns.iter().map(|column| column.width).sum();
        let gap = (body.width - self.name_width - all) / self.columns.len().max(1) as f64;
        let gap = gap.clamp(0.0, WIDE_GAP * size);
        let mut x = body.x + self.name_width;
        let end = |column: &TableColumn| {
            x += gap + column.width;
            x
        };
        self.columns.iter().map(end).collect()
    }
}

impl TableColumn {
    fn of(canvas: &Canvas<'_>, at: usize, rows: Vec<Vec<String>>) -> Self {
        let lines = rows.iter().flatten().map(|line| canvas.width(line, canvas.look.size, Weight::Regular));
        Self { at, width: lines.fold(0.0, f64::max), rows }
    }
}

fn name_width(canvas: &Canvas<'_>, name: &str) -> f64 {
    canvas.width(name, canvas.look.size, Weight::SemiBold)
}

/// A text in two lines, which are as long where they can; one of signs stays in the first, a word begins the second.
fn parts(text: &str, at: &str) -> Option<Vec<String>> {
    let places = text.match_indices(at).map(|(place, _)| if at == "," { place + 1 } else { place });
    let (first, second) = text.split_at(places.min_by_key(|place| (2 * place).abs_diff(text.len()))?);
    Some(vec![first.to_owned(), second.trim_start().to_owned()])
}

/// A name in lines no wider than this, broken between words.
fn broken_name(canvas: &Canvas<'_>, name: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // The gap behind a letter is no gap between words.
    for word in name.split_inclusive(' ') {
        match lines.last_mut() {
            Some(line)
                if line.ends_with("  ")
                    || word == " "
                    || name_width(canvas, (line.clone() + word).trim_end()) <= width =>
            {
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}
