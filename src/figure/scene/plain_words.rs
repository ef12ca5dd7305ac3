//! What the reader of TOML says, in the words of those who write scenes rather than those of the program's types.

/// A sentence of the reader's about one key, without its names of types. What it says in words of its own stays.
pub fn plain_words(message: &str) -> String {
    let parts = message.split_once(", expected ");
    let Some((found, expected)) = parts else { return message.to_owned() };
    if let Some(found) = found.strip_prefix("invalid type: ").or(found.strip_prefix("invalid value: ")) {
        return format!("{} is expected here, not {}", expected_words(expected), found_words(found));
    }
    if let Some(key) = found.strip_prefix("unknown field ") {
        return format!("there is no key {key} here: use {}", choices(expected));
    }
    if let Some(word) = found.strip_prefix("unknown variant ") {
        return format!("{word} is not known here: use {}", choices(expected));
    }
    message.to_owned()
}

/// `one of `a`, `b``, or `` `a` or `b` ``.
fn choices(expected: &str) -> &str {
    expected.strip_prefix("one of ").unwrap_or(expected)
}

fn expected_words(expected: &str) -> String {
    let whole = ["usize", "u64", "u32", "u16", "u8"];
    let signed = ["isize", "i64", "i32", "i16", "i8"];
    match expected {
        "f64" | "f32" => "a number".to_owned(),
        "a string" | "string" | "str" | "path string" | "a path string" => "a text in quotes".to_owned(),
        "a boolean" | "bool" => "true or false".to_owned(),
        "a sequence" => "a list in square brackets".to_owned(),
        "a map" => "a table of keys".to_owned(),
        expected if whole.contains(&expected) => "a whole number of 0 or more".to_owned(),
        expected if signed.contains(&expected) => "a whole number".to_owned(),
        expected if expected.starts_with("struct ") || expected.starts_with("enum ") => "a table of keys".to_owned(),
        expected => expected.to_owned(),
    }
}

fn found_words(found: &str) -> String {
    // `string "five"`, `integer `-1``, `floating point `0.5``, `sequence`: the value is in quotes of either kind.
    let (kind, value) = match found.find(['"', '`']) {
        Some(at) => (found[..at].trim_end(), found[at..].trim_matches('`')),
        None => (found, ""),
    };
    match kind {
        "string" => format!("the text {value}"),
        "integer" | "floating point" => format!("the number {value}"),
        "boolean" => value.to_owned(),
        "sequence" => "a list".to_owned(),
        "map" => "a table of keys".to_owned(),
        _ => found.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain_words;

    #[test]
    fn types_are_called_what_people_call_them() {
        for (said, plain) in [
            ("invalid type: string \"x\", expected f64", "a number is expected here, not the text \"x\""),
            ("invalid type: sequence, expected u32", "a whole number of 0 or more is expected here, not a list"),
            (
                "invalid value: integer `-1`, expected usize",
                "a whole number of 0 or more is expected here, not the number -1",
            ),
            ("invalid type: integer `1`, expected a boolean", "true or false is expected here, not the number 1"),
            ("unknown field `sigm`, expected `sigma` or `seed`", "there is no key `sigm` here: use `sigma` or `seed`"),
            ("unknown variant `pie`, expected one of `violin`, `box`", "`pie` is not known here: use `violin`, `box`"),
            (
                "string values must be quoted, expected literal string",
                "string values must be quoted, expected literal string",
            ),
        ] {
            assert_eq!(plain_words(said), plain);
        }
    }
}
