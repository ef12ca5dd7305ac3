/// A program in Python, in pieces, that reads the images and labels of a set as its files have them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingCode {
    /// Lines that import modules of Python itself.
    pub own_imports: Vec<&'static str>,
    /// Lines that import other modules than NumPy.
    pub imports: Vec<&'static str>,
    /// What both parts use: functions, or the open file.
    pub shared: Vec<String>,
    /// What gives the training images, or all of a set that comes in one piece; and the test images, where files say which those are.
    pub parts: Vec<PartCode>,
}

/// What gives the images and labels of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartCode {
    /// An expression for each.
    Each {
        /// The images.
        images: String,
        /// Their labels, if there are any.
        labels: Option<String>,
    },
    /// One expression for both.
    Both(String),
}

impl PartCode {
    /// Lines that give a part to variables of these names.
    pub fn lines(&self, images: &str, labels: &str) -> Vec<String> {
        match self {
            Self::Each { images: found, labels: of } => {
                let of = of.as_ref().map(|of| format!("{labels} = {of}"));
                [format!("{images} = {found}")].into_iter().chain(of).collect()
            }
            Self::Both(found) => vec![format!("{images}, {labels} = {found}")],
        }
    }

    /// The same with labels as places among the classes: an expression in which `{}` stands for what the file has.
    pub fn map_labels(&mut self, place: &str) {
        if let Self::Each { labels: Some(labels), .. } = self {
            *labels = place.replacen("{}", labels, 1);
        }
    }
}

/// Lines after others, from which functions are two empty lines away.
pub fn after(mut lines: Vec<String>, more: Vec<String>) -> Vec<String> {
    if let Some(first) = more.first() {
        lines.extend(vec![String::new(); if first.starts_with("def ") { 2 } else { 1 }]);
        lines.extend(more);
    }
    lines
}

/// Lines that import modules: those of Python itself first, and NumPy with the others.
pub fn import_lines(own: &[&str], others: &[&str]) -> Vec<String> {
    let sorted = |lines: &[&str]| {
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        lines.sort_by_key(|line| (line.starts_with("from"), line.clone()));
        lines.dedup();
        lines
    };
    let (own, others) = (sorted(own), sorted(others));
    let between = if own.is_empty() || others.is_empty() { Vec::new() } else { vec![String::new()] };
    [own, between, others].concat()
}
