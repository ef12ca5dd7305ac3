use std::cmp::Ordering;

/// Names as people number them: 10 comes after 2.
pub(super) fn natural_order(one: &str, other: &str) -> Ordering {
    let (one, other) = (pieces(one), pieces(other));
    one.cmp(&other)
}

/// A piece of a name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Piece<'a> {
    Number(u128),
    Text(&'a str),
}

fn pieces(name: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|letter: char| letter.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        pieces.push(match piece.parse() {
            Ok(number) if digits => Piece::Number(number),
            _ => Piece::Text(piece),
        });
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_comes_after_two() {
        let mut names = ["10.weight", "2.weight", "0.weight", "dense_10", "dense", "dense_9"];
        names.sort_by(|one, other| natural_order(one, other));
        assert_eq!(names, ["0.weight", "2.weight", "10.weight", "dense", "dense_9", "dense_10"]);
    }
}
