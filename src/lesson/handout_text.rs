use super::evidence::LessonEvidence;
use super::steps::LessonStep;
use super::text::{TextRun, Tone};
use crate::layout::Look;
use crate::layout::canvas::Canvas;
use crate::layout::lines::{Lines, Span};
use crate::page::{Anchor, Fonts, Page};

/// A paragraph on paper.
#[derive(Clone, Debug)]
pub(super) struct Block {
    runs: Vec<TextRun>,
    /// Its size, as a part of the text's.
    part: f64,
    /// Space over it, as a part of the text's size.
    over: f64,
    is_quiet: bool,
}

/// Lines of a paragraph, at most.
const LINES: usize = 40;
/// Size of a figure's text, as a part of that of the text around it.
pub(super) const FIGURE_TEXT: f64 = 0.9;

/// Space beside the text: in line with a figure's.
fn margin(look: &Look) -> f64 {
    look.px(14.0) * FIGURE_TEXT
}

impl Block {
    fn of(text: String, tone: Tone, part: f64, over: f64) -> Self {
        Self { runs: vec![TextRun { text, tone }], part, over, is_quiet: false }
    }

    /// The title of a page.
    pub fn title(text: String) -> Self {
        Self::of(text, Tone::Bold, 1.6, 0.2)
    }

    /// What stands over it.
    pub fn small(text: String) -> Self {
        Self { is_quiet: true, ..Self::of(text, Tone::Plain, 0.8, 1.6) }
    }

    /// What begins an answer.
    pub fn heading(text: String) -> Self {
        Self { is_quiet: true, ..Self::of(text, Tone::Plain, 0.9, 1.2) }
    }

    /// A line that is read first.
    pub fn bold(text: String) -> Self {
        Self::of(text, Tone::Bold, 1.0, 0.2)
    }

    /// A paragraph of a lesson.
    pub fn of_runs(runs: Vec<TextRun>) -> Self {
        Self { runs, part: 1.0, over: 0.5, is_quiet: false }
    }

    fn lines(&self, canvas: &Canvas<'_>, width: f64) -> Lines {
        let look = canvas.look;
        let color = if self.is_quiet { look.quiet } else { look.text };
        let span = |run: &TextRun| match run.tone {
            Tone::Plain => Span::plain(run.text.clone(), color),
            Tone::Bold | Tone::Value => Span::bold(run.text.clone(), color),
            Tone::Code => Span::plain(run.text.clone(), look.accent),
        };
        let spans: Vec<_> = self.runs.iter().map(span).collect();
        Lines::of(canvas, &spans, self.part * look.size, width, LINES)
    }
}

/// How the answers to a question stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answers {
    /// In a line, on a broad page.
    InLine,
    /// In a narrow column.
    UnderOneAnother,
}

/// Text, question and answers of a step.
pub(super) fn blocks_of(step: &LessonStep, evidence: &LessonEvidence<'_>, answers: Answers) -> Vec<Block> {
    let mut blocks: Vec<_> = step.text.filled(evidence).into_iter().map(Block::of_runs).collect();
    if let Some(question) = &step.question {
        blocks.push(Block { over: 0.8, ..Block::bold(question.text.said(evidence)) });
        let lettered = |(index, answer): (usize, &String)| format!("{}  {answer}", letter_of(index));
        let all = question.answers.iter().enumerate().map(lettered);
        match answers {
            Answers::InLine => blocks.push(Block::of(all.collect::<Vec<_>>().join("      "), Tone::Plain, 1.0, 0.4)),
            Answers::UnderOneAnother => blocks.extend(all.map(|answer| Block::of(answer, Tone::Plain, 1.0, 0.4))),
        }
    }
    blocks
}

/// The question of a step once it is answered, the right answer, and why it is right.
pub(super) fn answer_of(step: &LessonStep, evidence: &LessonEvidence<'_>) -> Vec<Block> {
    let Some(question) = &step.question else { return Vec::new() };
    let right = question.answers.get(question.right).map_or("", String::as_str);
    let mut blocks = vec![Block { is_quiet: true, ..Block::of(question.text.said(evidence), Tone::Plain, 1.0, 0.5) }];
    blocks.push(Block { over: 0.8, ..Block::bold(format!("{}  {right}", letter_of(question.right))) });
    blocks.extend(question.why.filled(evidence).into_iter().map(Block::of_runs));
    blocks
}

/// How many words paragraphs have.
pub(super) fn words_of(blocks: &[Block]) -> usize {
    blocks.iter().flat_map(|block| &block.runs).map(|run| run.text.split_whitespace().count()).sum()
}

/// How high paragraphs are under one another.
pub(super) fn height_of(blocks: &[Block], width: f64, look: &Look, fonts: &Fonts) -> f64 {
    let canvas = Canvas::new((width, f64::MAX), fonts, look);
    let room = width - 2.0 * margin(look);
    blocks.iter().map(|block| block.over * look.size + block.lines(&canvas, room).height()).sum::<f64>() + look.size
}

/// Paragraphs on a page of their own.
pub(super) fn text_page(blocks: &[Block], size: (f64, f64), look: &Look, fonts: &Fonts) -> Page {
    let mut canvas = Canvas::new(size, fonts, look);
    let room = size.0 - 2.0 * margin(look);
    let mut top = 0.0;
    for block in blocks {
        let lines = block.lines(&canvas, room);
        top += block.over * look.size;
        lines.draw(&mut canvas, margin(look), top, Anchor::Start);
        top += lines.height();
    }
    Page { size, background: look.background, items: canvas.items, title: String::new(), description: String::new() }
}

/// Answers under a title, on as many pages as they need.
pub(super) fn answer_pages(title: &str, answers: &[Block], size: (f64, f64), look: &Look, fonts: &Fonts) -> Vec<Page> {
    let heading = Block::title(title.to_owned());
    let mut pages = vec![vec![Block { over: 1.6, ..heading }]];
    // An answer stays together: it begins with a heading.
    let starts = answers.iter().enumerate().filter(|(_, block)| block.is_quiet).map(|(at, _)| at);
    let ends = starts.clone().skip(1).chain([answers.len()]);
    for (start, end) in starts.zip(ends) {
        let answer = &answers[start..end];
        let Some(page) = pages.last_mut() else { continue };
        let together: Vec<_> = page.iter().chain(answer).cloned().collect();
        if height_of(&together, size.0, look, fonts) > size.1 && page.len() > 1 {
            pages.push(answer.to_vec());
        } else {
            *page = together;
        }
    }
    let set = |blocks: Vec<Block>| Page { title: title.to_owned(), ..text_page(&blocks, size, look, fonts) };
    pages.into_iter().map(set).collect()
}

/// `A` for the first answer.
pub(super) fn letter_of(answer: usize) -> char {
    char::from(b'A' + answer.min(25) as u8)
}
