use super::evidence::{LessonEvidence, Unknown};
use super::named::{Named, Written};
use super::token::{Token, tokens};
use crate::engine::Quantities;
use crate::experiment::{meant, near};
use crate::number;

/// A value of a measurement or a training, or what is computed of several: `std of layer 5 / std of layer 1`.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number that stands there, and whether it was written as a percentage.
    Constant(f64, bool),
    /// What is named.
    Term(Term),
    /// Two of them, and what is done with them: `+`, `-`, `*`, `/` or `^`.
    Both(Box<Self>, char, Box<Self>),
}

/// A number that is named.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Which.
    pub named: Named,
    /// Of which layer.
    pub layer: Option<LayerName>,
    /// Of which experiment, by its letter.
    pub slot: Option<char>,
}

/// Which layer is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerName {
    /// One, counted from 1.
    Number(usize),
    /// The last one.
    Last,
    /// Each of them.
    Every,
    /// At least one of them.
    Some,
}

/// What cannot be read, and where in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreadable {
    /// In a sentence.
    pub problem: String,
    /// Bytes from the beginning.
    pub at: usize,
}

/// What is expected where a name should stand, in place of this word.
fn expected(word: Option<&str>) -> String {
    let all = || format!("a number or one of these names is expected here: {}", Named::all().join(", "));
    let Some(word) = word else { return all() };
    let near = near(word, Named::all());
    if near.is_empty() {
        format!("`{word}` names nothing; {}", all())
    } else {
        format!("`{word}` names nothing{}", meant(&near))
    }
}

/// What is left to be read.
pub(super) struct Reader<'a> {
    tokens: Vec<(Token<'a>, usize)>,
    next: usize,
    end: usize,
}

impl Expression {
    /// Reads one, and nothing else.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let mut reader = Reader::new(text)?;
        let expression = reader.expression()?;
        reader.end()?;
        Ok(expression)
    }

    /// Its value; `each` is the layer that "every layer" stands for.
    ///
    /// # Errors
    /// If something of it is not known.
    pub fn value(&self, evidence: &LessonEvidence<'_>, each: Option<usize>) -> Result<f64, Unknown> {
        match self {
            Self::Constant(value, _) => Ok(*value),
            Self::Term(Term { named, layer, slot }) => {
                let layer = match layer {
                    None => None,
                    Some(LayerName::Number(layer)) => Some(*layer),
                    Some(LayerName::Last) => Some(evidence.layers(*slot)?),
                    Some(LayerName::Every | LayerName::Some) => Some(each.ok_or(Unknown::WhichLayer)?),
                };
                evidence.number(*named, layer, *slot)
            }
            Self::Both(left, sign, right) => {
                let (left, right) = (left.value(evidence, each)?, right.value(evidence, each)?);
                Ok(match sign {
                    '+' => left + right,
                    '-' => left - right,
                    '*' => left * right,
                    '/' => left / right,
                    _ => left.powf(right),
                })
            }
        }
    }

    /// All terms in it.
    pub fn terms(&self) -> Vec<&Term> {
        match self {
            Self::Constant(..) => Vec::new(),
            Self::Term(term) => vec![term],
            Self::Both(left, _, right) => [left.terms(), right.terms()].concat(),
        }
    }

    /// What must be measured for it.
    pub fn quantities(&self) -> Quantities {
        let all = self.terms().into_iter().map(|term| term.named.quantities());
        all.fold(Quantities::GLANCE, Quantities::and)
    }

    /// Its value as people read it.
    ///
    /// # Errors
    /// If something of it is not known.
    pub fn written(&self, evidence: &LessonEvidence<'_>) -> Result<String, Unknown> {
        let value = self.value(evidence, None)?;
        let written = match self {
            Self::Term(term) => term.named.written(),
            Self::Constant(_, true) => Written::Share,
            Self::Constant(_, false) => Written::Set,
            Self::Both(..) => self.written_of_several(),
        };
        Ok(match written {
            Written::Set => number::plain(value),
            Written::Sigma => number::sigma(value),
            Written::Share => number::percent(value),
            Written::Count if value >= 0.0 && value.fract() == 0.0 => number::count(value as u64),
            Written::Measured | Written::Count => number::significant(value),
        })
    }

    /// Sums of counts are counts, and sums of shares are shares; anything else is a number.
    fn written_of_several(&self) -> Written {
        let Self::Both(left, '+' | '-', right) = self else { return Written::Measured };
        let of = |side: &Self| match side {
            Self::Term(term) => term.named.written(),
            Self::Constant(..) => Written::Set,
            Self::Both(..) => side.written_of_several(),
        };
        match (of(left), of(right)) {
            (left, right) if left == right => left,
            (left, Written::Set) => left,
            _ => Written::Measured,
        }
    }

    /// The layer that it is said of, if it is said of each or of one of them.
    pub(super) fn quantifier(&self) -> Option<LayerName> {
        let is_one = |layer: &LayerName| matches!(layer, LayerName::Every | LayerName::Some);
        self.terms().into_iter().filter_map(|term| term.layer).find(is_one)
    }
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str) -> Result<Self, Unreadable> {
        let tokens = tokens(text).map_err(|(letter, at)| Unreadable {
            problem: format!("`{letter}` cannot stand in a condition or a value"),
            at,
        })?;
        Ok(Self { tokens, next: 0, end: text.len() })
    }

    fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    fn peek_word(&self, ahead: usize) -> Option<&'a str> {
        match self.tokens.get(self.next + ahead) {
            Some((Token::Word(word), _)) => Some(word),
            _ => None,
        }
    }

    /// Goes over these words, if they come next; returns whether they did.
    pub fn takes(&mut self, words: &[&str]) -> bool {
        let are_next = words.iter().enumerate().all(|(ahead, word)| self.peek_word(ahead) == Some(word));
        if are_next {
            self.next += words.len();
        }
        are_next
    }

    /// Goes over a sign that is one of these; returns which.
    pub fn takes_sign(&mut self, signs: &[&str]) -> Option<&'a str> {
        let Some(Token::Sign(sign)) = self.peek() else { return None };
        let sign = *sign;
        signs.contains(&sign).then(|| {
            self.next += 1;
            sign
        })
    }

    pub fn is_at_end(&self) -> bool {
        self.next == self.tokens.len()
    }

    /// Whether nothing follows.
    pub fn end(&self) -> Result<(), Unreadable> {
        if self.is_at_end() { Ok(()) } else { Err(self.wrong("this is one word too many")) }
    }

    /// What is wrong with what comes next.
    pub fn wrong(&self, problem: &str) -> Unreadable {
        let at = self.tokens.get(self.next).map_or(self.end, |(_, at)| *at);
        Unreadable { problem: problem.to_owned(), at }
    }

    pub fn expression(&mut self) -> Result<Expression, Unreadable> {
        let mut left = self.product()?;
        while let Some(sign) = self.takes_sign(&["+", "-", "−"]) {
            let sign = if sign == "+" { '+' } else { '-' };
            left = Expression::Both(Box::new(left), sign, Box::new(self.product()?));
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expression, Unreadable> {
        let mut left = self.power()?;
        loop {
            let sign = match self.takes_sign(&["*", "×", "·", "/"]) {
                Some("/") => '/',
                Some(_) => '*',
                None if self.takes(&["times"]) => '*',
                None => return Ok(left),
            };
            left = Expression::Both(Box::new(left), sign, Box::new(self.power()?));
        }
    }

    fn power(&mut self) -> Result<Expression, Unreadable> {
        let left = self.atom()?;
        if self.takes_sign(&["^"]).is_none() {
            return Ok(left);
        }
        Ok(Expression::Both(Box::new(left), '^', Box::new(self.atom()?)))
    }

    fn atom(&mut self) -> Result<Expression, Unreadable> {
        if self.takes_sign(&["("]).is_some() {
            let inside = self.expression()?;
            return match self.takes_sign(&[")"]) {
                Some(_) => Ok(inside),
                None => Err(self.wrong("a bracket is not closed: put `)` here")),
            };
        }
        if self.takes_sign(&["-", "−"]).is_some() {
            let zero = Expression::Constant(0.0, false);
            return Ok(Expression::Both(Box::new(zero), '-', Box::new(self.atom()?)));
        }
        if let Some(Token::Number(value)) = self.peek() {
            let value = *value;
            self.next += 1;
            let is_share = self.takes_sign(&["%"]).is_some();
            return Ok(Expression::Constant(if is_share { value / 100.0 } else { value }, is_share));
        }
        self.term().map(Expression::Term)
    }

    /// `std of layer 5 of B`, or `B.layer5.std`.
    fn term(&mut self) -> Result<Term, Unreadable> {
        let (mut slot, mut layer) = (None, None);
        while let (Some(word), Some((Token::Sign("."), _))) = (self.peek_word(0), self.tokens.get(self.next + 1)) {
            match (letter_of(word), layer_of(word)) {
                (Some(letter), _) => slot = Some(letter),
                (None, Some(number)) => layer = Some(LayerName::Number(number)),
                (None, None) => return Err(self.wrong("a letter from A to H or a layer is expected before the dot")),
            }
            self.next += 2;
        }
        let words: Vec<_> = (0..3).map_while(|ahead| self.peek_word(ahead)).collect();
        let Some((named, length)) = Named::read(&words) else {
            return Err(self.wrong(&expected(words.first().copied())));
        };
        let start = self.next;
        self.next += length;
        loop {
            if let Some(found) = self.layer()? {
                layer = Some(found);
            } else if self.peek_word(0) == Some("of") && self.peek_word(1).and_then(letter_of).is_some() {
                slot = self.peek_word(1).and_then(letter_of);
                self.next += 2;
            } else {
                break;
            }
        }
        if named.needs_layer() && layer.is_none() {
            self.next = start;
            return Err(self.wrong("this is of a layer: say which, as in `of layer 5`"));
        }
        if named.takes_no_layer() && layer.is_some() {
            self.next = start;
            return Err(self.wrong("this is of the whole network: leave the layer out"));
        }
        Ok(Term { named, layer, slot })
    }

    /// `of layer 5`, `in layer 5`, `of the last layer`, `of every layer`, `of some layer`.
    fn layer(&mut self) -> Result<Option<LayerName>, Unreadable> {
        for of in ["of", "in"] {
            for (words, layer) in [
                (&["the", "last", "layer"][..], LayerName::Last),
                (&["every", "layer"], LayerName::Every),
                (&["any", "layer"], LayerName::Every),
                (&["some", "layer"], LayerName::Some),
            ] {
                if self.takes(&[&[of], words].concat()) {
                    return Ok(Some(layer));
                }
            }
            if self.takes(&[of, "layer"]) {
                let Some(Token::Number(number)) = self.peek() else {
                    return Err(self.wrong("the number of a layer is expected here"));
                };
                let number = *number;
                if number < 1.0 || number.fract() != 0.0 {
                    return Err(self.wrong("layers are counted from 1"));
                }
                self.next += 1;
                return Ok(Some(LayerName::Number(number as usize)));
            }
        }
        Ok(None)
    }
}

/// The letter of an experiment.
fn letter_of(word: &str) -> Option<char> {
    let mut letters = word.chars();
    letters.next().filter(|letter| ('A'..='H').contains(letter) && letters.next().is_none())
}

/// `layer5`
fn layer_of(word: &str) -> Option<usize> {
    word.strip_prefix("layer")?.parse().ok().filter(|&number| number > 0)
}
