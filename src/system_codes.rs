//! Numbers that systems have for what went wrong, which nobody needs who reads a sentence.

/// A text without them: `No such file or directory (os error 2)` is `No such file or directory`.
pub fn without_system_codes(text: &str) -> String {
    let mut parts = text.split(" (os error ");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(')') {
            Some((code, rest)) if code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => plain += rest,
            _ => {
                plain += " (os error ";
                plain += part;
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_own_words_stay() {
        for code in [2, 13, 28] {
            let text = std::io::Error::from_raw_os_error(code).to_string();
            let plain = without_system_codes(&format!("it cannot be read ({text}): a.npz"));
            assert!(!plain.contains("os error") && plain.ends_with("): a.npz"), "{plain}");
            assert!(text.starts_with(plain.trim_start_matches("it cannot be read (").trim_end_matches("): a.npz")));
        }
        for text in ["", "sigma (os error): no", "a (os error of mine) b"] {
            assert_eq!(without_system_codes(text), text);
        }
    }
}
