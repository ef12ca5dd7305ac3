/// A piece of a condition or an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Letters, and perhaps digits: `layer`, `layer5`, `σ`.
    Word(&'a str),
    /// A number as it stands there, with its value.
    Number(f64),
    /// One of `+ - * / ^ ( ) . % ; < > = ≤ ≥ :`, or two of them that belong together.
    Sign(&'a str),
}

/// The pieces of a text, each with where it begins.
///
/// # Errors
/// The letter that cannot be there, and where.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token<'_>, usize)>, (char, usize)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let is_number = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
        let (token, length) = if letter.is_whitespace() {
            at += letter.len_utf8();
            continue;
        } else if is_number(rest) || letter == '.' && is_number(&rest[1..]) {
            let length = number_length(rest);
            let value = rest[..length].parse().map_err(|_| (letter, at))?;
            (Token::Number(value), length)
        } else if letter.is_alphabetic() {
            let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
            (word(&rest[..end]), end)
        } else if let Some(sign) = ["<=", ">="].into_iter().find(|sign| rest.starts_with(sign)) {
            (Token::Sign(&rest[..sign.len()]), sign.len())
        } else if "+-*/^().%;<>=≤≥:×·−".contains(letter) {
            (Token::Sign(&rest[..letter.len_utf8()]), letter.len_utf8())
        } else if letter == '_' {
            // It is a space between two words.
            at += 1;
            continue;
        } else {
            return Err((letter, at));
        };
        tokens.push((token, at));
        at += length;
    }
    Ok(tokens)
}

/// Letters that are signs, or words.
fn word(text: &str) -> Token<'_> {
    match text {
        "x" => Token::Sign("*"),
        "σ" => Token::Word("sigma"),
        word => Token::Word(word),
    }
}

/// How long the number is that a text begins with: `0.25`, `.1`, `1e-3`, `2.5`.
fn number_length(text: &str) -> usize {
    let digits = |from: usize| text[from..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len() - from);
    let mut end = digits(0);
    if text[end..].starts_with('.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if text[end..].starts_with(['e', 'E']) {
        let sign = usize::from(text[end + 1..].starts_with(['-', '+']));
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    end
}
