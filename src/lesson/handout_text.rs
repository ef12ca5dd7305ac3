use super::evidence::LessonEvidence;
use super::steps::{Goal, LessonStep};
use super::text::{TextRun, Tone, tied};
use crate::layout::Look;
use crate::layout::canvas::Canvas;
use crate::layout::lines::{Lines, Span};
use crate::number;
use crate::page::{Anchor, Fonts, Page, Weight};

/// A paragraph on paper.
#[derive(Clone, Debug)]
pub(super) struct Block {
    runs: Vec<TextRun>,
    /// What stands before its first line, the others being in line with what follows: the number of an answer.
    lead: String,
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
pub(super) fn margin(look: &Look) -> f64 {
    look.px(14.0) * FIGURE_TEXT
}

impl Block {
    fn of(text: String, tone: Tone, part: f64, over: f64) -> Self {
        Self { runs: vec![TextRun { text, tone }], lead: String::new(), part, over, is_quiet: false }
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
        Self { runs, lead: String::new(), part: 1.0, over: 0.5, is_quiet: false }
    }

    /// An answer after its number, from 0.
    fn answer(index: usize, answer: &str, tone: Tone) -> Self {
        Self { lead: (index + 1).to_string(), ..Self::of(tied(answer), tone, 1.0, 0.4) }
    }

    fn lines(&self, canvas: &Canvas<'_>, width: f64) -> Lines {
        let spans: Vec<_> = self.runs.iter().map(|run| self.span(canvas.look, run.text.clone(), run.tone)).collect();
        Lines::of(canvas, &spans, self.part * canvas.look.size, width - self.indent(canvas), LINES)
    }

    fn span(&self, look: &Look, text: String, tone: Tone) -> Span {
        let color = if self.is_quiet { look.quiet } else { look.text };
        match tone {
            Tone::Plain => Span::plain(text, color),
            Tone::Bold | Tone::Value => Span::bold(text, color),
            Tone::Code => Span::plain(text, look.accent),
        }
    }

    /// How far its lines are from the margin.
    fn indent(&self, canvas: &Canvas<'_>) -> f64 {
        if self.lead.is_empty() {
            return 0.0;
        }
        let size = self.part * canvas.look.size;
        canvas.width(&self.lead, size, Weight::SemiBold) + 0.7 * size
    }

    /// Draws it at the margin, and returns how high it is.
    fn draw(&self, canvas: &mut Canvas<'_>, width: f64, (left, top): (f64, f64)) -> f64 {
        let lines = self.lines(canvas, width);
        if let (false, Some(run)) = (self.lead.is_empty(), self.runs.first()) {
            let lead = [self.span(canvas.look, self.lead.clone(), run.tone)];
            Lines::of(canvas, &lead, lines.size(), width, 1).draw(canvas, left, top, Anchor::Start);
        }
        lines.draw(canvas, left + self.indent(canvas), top, Anchor::Start);
        lines.height()
    }
}

/// Text, question and answers of a step.
pub(super) fn blocks_of(step: &LessonStep, evidence: &LessonEvidence<'_>) -> Vec<Block> {
    let mut blocks: Vec<_> = step.text.filled(evidence).into_iter().map(Block::of_runs).collect();
    if let Some(question) = &step.question {
        blocks.push(Block { over: 0.8, ..Block::bold(question.text.said(evidence)) });
        let answers = question.answers.iter().enumerate();
        blocks.extend(answers.map(|(index, answer)| Block::answer(index, answer, Tone::Plain)));
    }
    blocks
}

/// The question of a step once it is answered, the right answer, and why it is right.
pub(super) fn answer_of(step: &LessonStep, evidence: &LessonEvidence<'_>) -> Vec<Block> {
    let Some(question) = &step.question else { return Vec::new() };
    let right = question.answers.get(question.right).map_or("", String::as_str);
    let mut blocks = vec![Block { is_quiet: true, ..Block::of(question.text.said(evidence), Tone::Plain, 1.0, 0.5) }];
    blocks.push(Block { over: 0.8, ..Block::answer(question.right, right, Tone::Bold) });
    blocks.extend(question.why.filled(evidence).into_iter().map(Block::of_runs));
    blocks
}

/// What leads to a goal: `One way: σ about 0.16.`
pub(super) fn solution_of(goal: &Goal) -> Vec<Block> {
    let settings = toml::Table::try_from(&goal.way).unwrap_or_default();
    let word = |(key, value): (&String, &toml::Value)| {
        let key = if key == "sigma" { "σ".to_owned() } else { key.replace('_', " ") };
        match value {
            toml::Value::Float(value) => format!("{key} about {}", number::plain(*value)),
            toml::Value::String(value) => format!("{key} {value}"),
            value => format!("{key} {value}"),
        }
    };
    let words: Vec<_> = settings.iter().map(word).collect();
    vec![Block { over: 0.8, ..Block::bold(format!("One way: {}.", words.join(", "))) }]
}

/// How many words paragraphs have.
pub(super) fn words_of(blocks: &[Block]) -> usize {
    let words = |block: &Block| -> usize { block.runs.iter().map(|run| run.text.split_whitespace().count()).sum() };
    blocks.iter().map(|block| words(block) + usize::from(!block.lead.is_empty())).sum()
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
        top += block.over * look.size;
        top += block.draw(&mut canvas, room, (margin(look), top));
    }
    Page { size, background: look.background, items: canvas.items, title: String::new(), description: String::new() }
}

/// Answers under a title, on as many pages as they need; each stays together.
pub(super) fn answer_pages(
    title: &str,
    answers: &[Vec<Block>],
    size: (f64, f64),
    look: &Look,
    fonts: &Fonts,
) -> Vec<Page> {
    let heading = Block::title(title.to_owned());
    let mut pages = vec![vec![Block { over: 1.6, ..heading }]];
    for answer in answers {
        let Some(page) = pages.last_mut() else { continue };
        let together: Vec<_> = page.iter().chain(answer).cloned().collect();
        if height_of(&together, size.0, look, fonts) > size.1 && page.len() > 1 {
            pages.push(answer.clone());
        } else {
            *page = together;
        }
    }
    let set = |blocks: Vec<Block>| Page { title: title.to_owned(), ..text_page(&blocks, size, look, fonts) };
    pages.into_iter().map(set).collect()
}
