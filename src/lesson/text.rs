use super::evidence::{LessonEvidence, Unknown};
use super::expression::{Expression, Term, Unreadable};
use crate::engine::Quantities;

/// A text of a lesson: paragraphs with **bold** words, `code`, and {values} that are taken from the measurement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LessonText {
    paragraphs: Vec<Vec<TextPiece>>,
}

#[derive(Clone, Debug, PartialEq)]
enum TextPiece {
    Plain(String, Tone),
    Value(Expression, Tone),
}

/// How a run of a text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As the rest.
    #[default]
    Plain,
    /// Heavier.
    Bold,
    /// As in a program.
    Code,
    /// A number that was measured.
    Value,
}

/// A piece of a text that is set alike.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// What stands there.
    pub text: String,
    /// How it is set.
    pub tone: Tone,
}

/// What stands for a value that is not known yet, and for one that will not be.
const NOT_YET: &str = "…";
const NEVER: &str = "(not measured)";

impl LessonText {
    /// Reads one. An empty line ends a paragraph; other ends of lines are spaces.
    ///
    /// # Errors
    /// If a value in it cannot be read, or something is not closed.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let (mut paragraphs, mut pieces, mut plain) = (Vec::new(), Vec::new(), String::new());
        let (mut tone, mut opened, mut at) = (Tone::Plain, 0, 0);
        let unclosed = |what: &str, at| Unreadable { problem: format!("{what} is opened here and not closed"), at };
        let flush = |plain: &mut String, pieces: &mut Vec<TextPiece>, tone| {
            if !plain.is_empty() {
                pieces.push(TextPiece::Plain(std::mem::take(plain), tone));
            }
        };
        while let Some(letter) = text[at..].chars().next() {
            let rest = &text[at..];
            let sign = if rest.starts_with("**") { "**" } else { &rest[..letter.len_utf8()] };
            match sign {
                "**" if tone != Tone::Code => {
                    flush(&mut plain, &mut pieces, tone);
                    tone = if tone == Tone::Bold { Tone::Plain } else { Tone::Bold };
                    opened = at;
                }
                "`" if tone != Tone::Bold => {
                    flush(&mut plain, &mut pieces, tone);
                    tone = if tone == Tone::Code { Tone::Plain } else { Tone::Code };
                    opened = at;
                }
                "{" => {
                    flush(&mut plain, &mut pieces, tone);
                    let end = rest.find('}').ok_or_else(|| unclosed("`{`", at))?;
                    let value = Expression::read(&rest[1..end])
                        .map_err(|error| Unreadable { at: error.at + at + 1, ..error })?;
                    if value.quantifier().is_some() {
                        let problem = "a value is of one layer: name it".to_owned();
                        return Err(Unreadable { problem, at });
                    }
                    pieces.push(TextPiece::Value(value, tone));
                    at += end + 1;
                    continue;
                }
                "}" => return Err(Unreadable { problem: "`}` closes nothing".to_owned(), at }),
                "\n" => {
                    let blank = rest[1..].split('\n').next().is_some_and(|line| line.trim().is_empty());
                    if blank && tone == Tone::Plain {
                        flush(&mut plain, &mut pieces, tone);
                        if !pieces.is_empty() {
                            paragraphs.push(trimmed(std::mem::take(&mut pieces)));
                        }
                    } else if !(plain.ends_with(' ') || plain.is_empty() && pieces.is_empty()) {
                        plain.push(' ');
                    }
                }
                sign => plain.push_str(sign),
            }
            at += sign.len();
        }
        match tone {
            Tone::Bold => return Err(unclosed("`**`", opened)),
            Tone::Code => return Err(unclosed("a grave accent", opened)),
            Tone::Plain | Tone::Value => {}
        }
        flush(&mut plain, &mut pieces, tone);
        if !pieces.is_empty() {
            paragraphs.push(trimmed(pieces));
        }
        Ok(Self { paragraphs })
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// Its paragraphs, with the values as they are; what is not known yet is "…", and what will not be is "(not measured)".
    pub fn filled(&self, evidence: &LessonEvidence<'_>) -> Vec<Vec<TextRun>> {
        let written = |value: &Expression| match value.written(evidence) {
            Ok(written) => written,
            // A training may begin any moment.
            Err(Unknown::NotYet | Unknown::NoTraining) if !evidence.is_all => NOT_YET.to_owned(),
            Err(_) => NEVER.to_owned(),
        };
        let run = |piece: &TextPiece| match piece {
            TextPiece::Plain(text, Tone::Code) => TextRun { text: text.clone(), tone: Tone::Code },
            TextPiece::Plain(text, tone) => TextRun { text: tied(text), tone: *tone },
            TextPiece::Value(value, Tone::Plain) => TextRun { text: tied(&written(value)), tone: Tone::Value },
            TextPiece::Value(value, tone) => TextRun { text: tied(&written(value)), tone: *tone },
        };
        self.paragraphs.iter().map(|pieces| pieces.iter().map(run).collect()).collect()
    }

    /// The same as one line.
    pub fn said(&self, evidence: &LessonEvidence<'_>) -> String {
        let paragraphs = self.filled(evidence).into_iter();
        let said = paragraphs.map(|runs| runs.into_iter().map(|run| run.text).collect::<String>());
        said.collect::<Vec<_>>().join(" ")
    }

    /// The first value that is not known, and why.
    ///
    /// # Errors
    /// If there is one.
    pub fn check(&self, evidence: &LessonEvidence<'_>) -> Result<(), Unknown> {
        self.values().try_for_each(|value| value.written(evidence).map(drop))
    }

    /// What must be measured for it.
    pub fn quantities(&self) -> Quantities {
        self.values().map(Expression::quantities).fold(Quantities::GLANCE, Quantities::and)
    }

    /// What its values name.
    pub(super) fn terms(&self) -> Vec<&Term> {
        self.values().flat_map(Expression::terms).collect()
    }

    fn values(&self) -> impl Iterator<Item = &Expression> {
        self.paragraphs.iter().flatten().filter_map(|piece| match piece {
            TextPiece::Value(value, _) => Some(value),
            TextPiece::Plain(..) => None,
        })
    }
}

/// The same with spaces at which no line ends: those around signs such as =, and before %.
pub fn tied(text: &str) -> String {
    const TIE: &str = "\u{a0}";
    let mut tied = text.replace(" %", &format!("{TIE}%"));
    for sign in ["=", "×", "≈"] {
        tied = tied.replace(&format!(" {sign} "), &format!("{TIE}{sign}{TIE}"));
    }
    tied
}

/// Without spaces at either end.
fn trimmed(mut pieces: Vec<TextPiece>) -> Vec<TextPiece> {
    if let Some(TextPiece::Plain(text, Tone::Plain)) = pieces.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(TextPiece::Plain(text, Tone::Plain)) = pieces.last_mut() {
        *text = text.trim_end().to_owned();
    }
    pieces.retain(|piece| !matches!(piece, TextPiece::Plain(text, _) if text.is_empty()));
    pieces
}
