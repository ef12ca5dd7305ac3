//! What finds room around the plot. The plot has no less than half of the centre's height; what stands over and under it finds room in
//! this order, as long as there is some left, and what finds none is named, in a line of its own where that takes no room from anything:
//!
//! the layers' names, std, mean, the bar of units and what is said of it, the chart of gradients, the sentences, the chart of output
//! std, what helps, shares and norms, what theory expects, the norm of the weights' gradient, the note on widths.
//!
//! What the step of a lesson gives numbers of goes before all of that, after the layers' names.
//!
//! Rows of numbers yield in the order of `Row::YIELDING`, as they do in files.

use super::charts::{self, Chart};
use super::numbers::row_height;
use crate::app::remedies;
use crate::app::what_you_see::WordsHeight;
use crate::figure::Row;

/// So much of the centre is left to the plot.
const PLOT: f32 = 0.5;
/// Between plot and numbers, and under these.
pub const AIR: f32 = 14.0;
/// Height of the line that names what found no room.
pub const LINE: f32 = 18.0;
/// Height of the note on widths.
pub const NOTE: f32 = 20.0;

/// What is wanted around the plot.
pub struct WantedAround {
    pub rows: Vec<Row>,
    /// Those of them that find room before everything else.
    pub first: Vec<Row>,
    pub charts: Vec<Chart>,
    /// Height of the sentences.
    pub words: Option<WordsHeight>,
    /// Whether the note on widths can be read where it would stand.
    pub note: bool,
    /// Whether something beside the plot found no room already.
    pub is_lacking: bool,
    /// Whether what finds no room is to be named.
    pub is_named: bool,
}

/// What has room.
#[derive(Debug, PartialEq)]
pub struct Room {
    /// Rows of numbers, in the order in which they stand.
    pub rows: Vec<Row>,
    pub charts: Vec<Chart>,
    /// Height of a chart.
    pub chart: f32,
    /// Height of the sentences, if they have room.
    pub words: Option<f32>,
    /// What helps, under the sentences.
    pub helps: bool,
    pub note: bool,
    /// What was wanted and has no room, in words.
    pub lacking: Vec<&'static str>,
    /// Whether there is room to say that.
    pub line: bool,
    /// Height of the plot.
    pub plot: f32,
}

/// Something that needs a part of the height.
#[derive(Clone, Copy, PartialEq)]
enum AroundPlot {
    Row(Row),
    Chart(Chart),
    Words,
    Helps,
    Note,
}

impl Room {
    /// Room in a centre of this height, `free` of which is not taken yet.
    pub fn of(centre: f32, free: f32, wanted: &WantedAround) -> Self {
        let most = (free - PLOT * centre - AIR).max(0.0);
        let (room, left) = Self::within(most, wanted);
        let is_lacking = wanted.is_named && (wanted.is_lacking || !room.lacking.is_empty());
        let line = is_lacking && left >= LINE;
        let spare = (if line { left - LINE } else { left }).max(0.0) / room.charts.len().max(1) as f32;
        let chart = (charts::LEAST + spare).min(charts::HEIGHT);
        let used = room.rows.iter().map(|row| row_height(*row)).sum::<f32>()
            + room.charts.len() as f32 * chart
            + room.words.unwrap_or(0.0)
            + if room.helps { remedies::HEIGHT } else { 0.0 }
            + if room.note { NOTE } else { 0.0 }
            + if line { LINE } else { 0.0 };
        Self { line, chart, plot: (free - used - AIR).max(40.0), ..room }
    }

    /// What finds room in this height, and how much of that is left.
    fn within(most: f32, wanted: &WantedAround) -> (Self, f32) {
        let (mut kept, mut lacking, mut left) = (Vec::new(), Vec::new(), most);
        let mut words = None;
        // Rows that yield before the sentences do so, unless the sentences are too high for any of it.
        let mut are_words_out = false;
        let first = |part: &AroundPlot| matches!(part, AroundPlot::Row(row) if *row == Row::Layer || wanted.first.contains(row));
        let (first, others): (Vec<_>, Vec<_>) = parts().filter(|part| wanted.has(*part)).partition(first);
        for part in first.into_iter().chain(others) {
            let height = match part {
                AroundPlot::Row(row) => row_height(row),
                AroundPlot::Chart(_) => charts::LEAST,
                // Where there is no room for all of them there may be for one.
                AroundPlot::Words => wanted.words.map_or(0.0, |words| words.within(left)),
                AroundPlot::Helps => remedies::HEIGHT,
                AroundPlot::Note => NOTE,
            };
            // What helps stands under the sentences, and nowhere else.
            if part == AroundPlot::Helps && !kept.contains(&AroundPlot::Words) {
                continue;
            }
            // A plot without its layers' names is none.
            let yields = are_words_out && matches!(part, AroundPlot::Row(_));
            if height <= left && !yields || part == AroundPlot::Row(Row::Layer) {
                left -= height;
                if part == AroundPlot::Words {
                    words = Some(height);
                }
                kept.push(part);
            } else {
                are_words_out |= part == AroundPlot::Words && height <= most - row_height(Row::Layer);
                lacking.extend(part.said().filter(|name| !lacking.contains(name)));
            }
        }
        let charts: Vec<_> =
            wanted.charts.iter().copied().filter(|chart| kept.contains(&AroundPlot::Chart(*chart))).collect();
        let room = Self {
            rows: wanted.rows.iter().copied().filter(|row| kept.contains(&AroundPlot::Row(*row))).collect(),
            chart: 0.0,
            charts,
            words,
            helps: kept.contains(&AroundPlot::Helps),
            note: kept.contains(&AroundPlot::Note),
            lacking,
            line: false,
            plot: 0.0,
        };
        (room, left)
    }
}

impl WantedAround {
    fn has(&self, part: AroundPlot) -> bool {
        match part {
            AroundPlot::Row(row) => self.rows.contains(&row),
            AroundPlot::Chart(chart) => self.charts.contains(&chart),
            AroundPlot::Words | AroundPlot::Helps => self.words.is_some(),
            AroundPlot::Note => self.note,
        }
    }
}

/// All parts, what finds room first before the others.
fn parts() -> impl Iterator<Item = AroundPlot> {
    let rows = std::iter::once(Row::Layer).chain(Row::YIELDING.into_iter().rev());
    let before = |row: Row| match row {
        Row::Saturated => {
            let [first, second] = Chart::ALL.map(AroundPlot::Chart);
            [Some(first), Some(AroundPlot::Words), Some(second), Some(AroundPlot::Helps)]
        }
        _ => [None; 4],
    };
    rows.flat_map(move |row| before(row).into_iter().flatten().chain([AroundPlot::Row(row)])).chain([AroundPlot::Note])
}

impl AroundPlot {
    /// What is said of it where it has no room; nothing of what nobody switched on.
    fn said(self) -> Option<&'static str> {
        Some(match self {
            // As the menu has it.
            Self::Words => "Words",
            Self::Chart(Chart::Gradients) => "Norms",
            Self::Chart(Chart::OutputStds) => "the chart of output std",
            Self::Row(row) => return row.said(),
            Self::Helps | Self::Note => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [Row; 8] =
        [Row::Layer, Row::Mean, Row::MeanTheory, Row::Std, Row::Theory, Row::Zeros, Row::Units, Row::States];

    const TWO_LINES: WordsHeight = WordsHeight { least: 47.0, most: 47.0 };

    fn wanted(charts: &[Chart]) -> WantedAround {
        WantedAround {
            rows: ROWS.to_vec(),
            first: Vec::new(),
            charts: charts.to_vec(),
            words: Some(TWO_LINES),
            note: true,
            is_lacking: false,
            is_named: true,
        }
    }

    #[test]
    fn the_plot_has_half_of_any_height_and_what_is_lacking_is_said() {
        for centre in (150..1100).map(|height| height as f32) {
            let room = Room::of(centre, centre - 55.0, &wanted(&Chart::ALL));
            assert!(room.plot >= 0.5 * centre || room.rows == [Row::Layer], "{centre}: {room:?}");
            assert_eq!(room.rows.first(), Some(&Row::Layer), "{centre}");
            let left = room.plot - 0.5 * centre;
            assert!(room.line || room.lacking.is_empty() || left < LINE, "{centre}: it could be said: {room:?}");
        }
    }

    #[test]
    fn rows_yield_in_the_order_in_which_they_do_in_files() {
        let mut gone: Vec<Row> = Vec::new();
        for centre in (150..900).rev().map(|height| height as f32) {
            let room = Room::of(centre, centre - 55.0, &WantedAround { words: None, ..wanted(&[]) });
            for row in ROWS {
                if !room.rows.contains(&row) && !gone.contains(&row) {
                    gone.push(row);
                }
            }
        }
        assert_eq!(gone, [Row::MeanTheory, Row::Theory, Row::Zeros, Row::States, Row::Units, Row::Mean, Row::Std]);
    }

    #[test]
    fn what_a_lesson_speaks_of_yields_last() {
        for centre in (200..900).map(|height| height as f32) {
            let of_theory = WantedAround { first: vec![Row::Theory], ..wanted(&Chart::ALL) };
            let room = Room::of(centre, centre - 55.0, &of_theory);
            assert!(room.rows.contains(&Row::Theory) || room.rows == [Row::Layer], "{centre}: {room:?}");
        }
    }

    #[test]
    fn sentences_yield_after_the_rows_that_stand_behind_them_in_the_order() {
        for centre in (150..900).map(|height| height as f32) {
            let room = Room::of(centre, centre - 55.0, &wanted(&[]));
            let has_later = [Row::Zeros, Row::Theory, Row::MeanTheory].iter().any(|row| room.rows.contains(row));
            assert!(room.words.is_some() || !has_later, "{centre}: {room:?}");
        }
    }

    #[test]
    fn what_stands_with_the_sentences_takes_no_room_where_they_have_none() {
        // Sentences so high that they never fit take nothing from what comes after them.
        let tall = WantedAround { words: Some(WordsHeight { least: 1e4, most: 1e4 }), ..wanted(&[]) };
        let none = WantedAround { words: None, is_lacking: true, ..wanted(&[]) };
        for centre in (150..900).map(|height| height as f32) {
            let (with, without) = (Room::of(centre, centre - 55.0, &tall), Room::of(centre, centre - 55.0, &none));
            assert_eq!((&with.rows, with.helps, with.note), (&without.rows, false, without.note), "{centre}");
        }
    }

    #[test]
    fn nothing_is_left_out_that_would_fit() {
        for words in [TWO_LINES, WordsHeight { least: 47.0, most: 83.0 }] {
            for centre in (150..900).map(|height| height as f32) {
                let room = Room::of(centre, centre - 55.0, &WantedAround { words: Some(words), ..wanted(&[]) });
                let left = room.plot - 0.5 * centre + if room.line { LINE } else { 0.0 };
                let next = Row::YIELDING.into_iter().rev().find(|row| ROWS.contains(row) && !room.rows.contains(row));
                let height = if room.words.is_none() { words.least } else { next.map_or(f32::INFINITY, row_height) };
                assert!(left < height, "{centre}: {left} would do for what takes {height}: {room:?}");
                assert!(room.words.is_none_or(|height| (words.least..=words.most).contains(&height)), "{centre}");
            }
        }
    }

    #[test]
    fn what_has_no_room_is_named_once() {
        let room = Room::of(400.0, 345.0, &wanted(&Chart::ALL));
        assert!(room.lacking.contains(&"Words"), "{room:?}");
        let mut once = room.lacking.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), room.lacking.len(), "{room:?}");
        assert!(Room::of(1000.0, 945.0, &wanted(&Chart::ALL)).lacking.is_empty());
    }
}
