use super::canvas::Canvas;
use crate::page::{Anchor, Color, Text, Weight};

/// A part of a line of text.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub text: String,
    pub weight: Weight,
    pub color: Color,
}

impl Span {
    /// In the ordinary face.
    pub fn plain(text: impl Into<String>, color: Color) -> Self {
        Self { text: text.into(), weight: Weight::Regular, color }
    }

    /// In the heavier one.
    pub fn bold(text: impl Into<String>, color: Color) -> Self {
        Self { text: text.into(), weight: Weight::SemiBold, color }
    }
}

/// Lines of words, of one size.
pub(crate) struct Lines {
    lines: Vec<Vec<Span>>,
    size: f64,
    is_cut: bool,
}

/// From baseline to baseline, as a part of the size.
const LEADING: f64 = 1.32;
/// How far a text may shrink to find room.
const LEAST: f64 = 0.72;

impl Lines {
    /// Broken between words to be no wider than this, in at most so many lines; smaller, if it does not find room else, and cut
    /// at last.
    pub fn of(canvas: &Canvas<'_>, spans: &[Span], size: f64, width: f64, most: usize) -> Self {
        let most = most.max(1);
        for part in [1.0, 0.9, 0.8, LEAST] {
            let lines = broken(canvas, spans, size * part, width);
            let fits = |line: &Vec<Span>| line_width(canvas, line, size * part) <= width;
            if lines.len() <= most && lines.iter().all(fits) {
                return Self { lines, size: size * part, is_cut: false };
            }
        }
        let size = size * LEAST;
        let mut lines = broken(canvas, spans, size, width);
        let is_cut = lines.len() > most;
        lines.truncate(most);
        let last = lines.len().saturating_sub(1);
        for (index, line) in lines.iter_mut().enumerate() {
            shorten(canvas, line, size, width, is_cut && index == last);
        }
        Self { lines, size, is_cut: true }
    }

    /// Whether something of it found no room.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// How high their letters are, as fonts count that.
    pub fn size(&self) -> f64 {
        self.size
    }

    /// How high they are.
    pub fn height(&self) -> f64 {
        self.lines.len() as f64 * self.size * LEADING
    }

    /// Draws them under `top`, from or around `x`.
    pub fn draw(&self, canvas: &mut Canvas<'_>, x: f64, top: f64, anchor: Anchor) {
        for (index, line) in self.lines.iter().enumerate() {
            let baseline = top + (index as f64 + 1.0) * self.size * LEADING - 0.36 * self.size;
            let width = line_width(canvas, line, self.size);
            let mut x = match anchor {
                Anchor::Start => x,
                Anchor::Middle => x - 0.5 * width,
                Anchor::End => x - width,
            };
            for span in line {
                let advance = canvas.width(&span.text, self.size, span.weight);
                canvas.text(Text {
                    text: span.text.clone(),
                    at: (x, baseline),
                    anchor: Anchor::Start,
                    size: self.size,
                    weight: span.weight,
                    color: span.color,
                    upright: false,
                });
                x += advance;
            }
        }
    }
}

fn line_width(canvas: &Canvas<'_>, line: &[Span], size: f64) -> f64 {
    line.iter().map(|span| canvas.width(&span.text, size, span.weight)).sum()
}

/// Words with the space before them, as many to a line as there is room for.
fn broken(canvas: &Canvas<'_>, spans: &[Span], size: f64, width: f64) -> Vec<Vec<Span>> {
    let mut lines: Vec<Vec<Span>> = Vec::new();
    let (mut line, mut used): (Vec<Span>, f64) = (Vec::new(), 0.0);
    for word in words(spans) {
        let word_width = line_width(canvas, &word, size);
        if used + word_width > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        for mut span in word {
            if line.is_empty() {
                span.text = span.text.trim_start().to_owned();
            }
            if span.text.is_empty() {
                continue;
            }
            used += canvas.width(&span.text, size, span.weight);
            match line.last_mut() {
                Some(last) if (last.weight, last.color) == (span.weight, span.color) => last.text += &span.text,
                _ => line.push(span),
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// What is not to be broken: from a space to the next one, be it of several spans.
fn words(spans: &[Span]) -> Vec<Vec<Span>> {
    let mut words: Vec<Vec<Span>> = vec![Vec::new()];
    for span in spans {
        let mut rest = span.text.as_str();
        while !rest.is_empty() {
            let spaces = rest.len() - rest.trim_start_matches(' ').len();
            if spaces > 0 {
                words.push(Vec::new());
            }
            let end = rest[spaces..].find(' ').map_or(rest.len(), |end| spaces + end);
            if let Some(word) = words.last_mut() {
                word.push(Span { text: rest[..end].to_owned(), ..span.clone() });
            }
            rest = &rest[end..];
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Cuts a line to the width, with a mark that there was more.
fn shorten(canvas: &Canvas<'_>, line: &mut Vec<Span>, size: f64, width: f64, is_cut: bool) {
    if !is_cut && line_width(canvas, line, size) <= width {
        return;
    }
    let mark = |line: &[Span]| line.last().map_or(0.0, |span| canvas.width("…", size, span.weight));
    while line_width(canvas, line, size) + mark(line) > width {
        let Some(last) = line.last_mut() else { return };
        last.text.pop();
        if last.text.is_empty() {
            line.pop();
        }
    }
    if let Some(last) = line.last_mut() {
        last.text = format!("{}…", last.text.trim_end_matches([' ', ',', ';', '.']));
    }
}
