use std::fmt;

/// Which column of a table has the labels.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LabelColumn {
    /// The first.
    First,
    /// The last.
    Last,
    /// None: there are no labels.
    Absent,
    /// The one of this number, counted from 1 as they stand in the file.
    Number(usize),
    /// The one of this name, in the first row.
    Named(String),
}

impl LabelColumn {
    /// What is meant by a text; `None` if that is empty.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.to_lowercase().as_str() {
            "" => None,
            "first" => Some(Self::First),
            "last" => Some(Self::Last),
            "none" => Some(Self::Absent),
            _ => Some(match text.parse() {
                Ok(number) => Self::Number(number),
                Err(_) => Self::Named(text.to_owned()),
            }),
        }
    }
}

/// As it is read.
impl fmt::Display for LabelColumn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::First => formatter.write_str("first"),
            Self::Last => formatter.write_str("last"),
            Self::Absent => formatter.write_str("none"),
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Named(name) => formatter.write_str(name),
        }
    }
}
