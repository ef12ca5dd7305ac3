use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValue;

/// A kind of file that a figure is written as, by what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A page.
    Page(PageFormat),
    /// The numbers that are drawn.
    Numbers(NumbersFormat),
    /// Pictures one after the other.
    Film(FilmFormat),
}

/// A format of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageFormat {
    /// Lines and areas, for browsers and editors.
    Svg,
    /// The same, for paper and decks.
    Pdf,
    /// Pixels.
    Png,
}

/// A format of numbers in rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumbersFormat {
    /// A table with commas.
    Csv,
    /// JSON.
    Json,
}

/// A format of pictures one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilmFormat {
    /// An animated file.
    Animation(AnimationFormat),
    /// A PNG for every picture, in a folder.
    Pictures,
}

/// A format of an animated file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnimationFormat {
    /// An animated GIF.
    Gif,
    /// An animated PNG.
    Apng,
}

/// A name that says no kind of file; a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file's name does not say what to write: end it in {endings}: {}", .path.display())]
pub struct UnknownEnding {
    /// What it may end in, in words.
    pub endings: String,
    /// The file.
    pub path: PathBuf,
}

/// A name that says another kind of file than the one that is to be written; a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} needs a name that ends in .{}: {}", .kind.name(), .kind.ending(), .path.display())]
pub struct WrongEnding {
    /// What is to be written.
    pub kind: FileKind,
    /// The file.
    pub path: PathBuf,
}

impl FileKind {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 8] = [
        Self::Page(PageFormat::Svg),
        Self::Page(PageFormat::Pdf),
        Self::Page(PageFormat::Png),
        Self::Numbers(NumbersFormat::Csv),
        Self::Numbers(NumbersFormat::Json),
        Self::Film(FilmFormat::Animation(AnimationFormat::Gif)),
        Self::Film(FilmFormat::Animation(AnimationFormat::Apng)),
        Self::Film(FilmFormat::Pictures),
    ];

    /// Those of one figure, not of a film: the first of all.
    const FIGURES: usize = {
        let mut count = 0;
        while !matches!(Self::ALL[count], Self::Film(_)) {
            count += 1;
        }
        count
    };

    /// The kind in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page(PageFormat::Svg) => "SVG",
            Self::Page(PageFormat::Pdf) => "PDF",
            Self::Page(PageFormat::Png) => "PNG",
            Self::Numbers(NumbersFormat::Csv) => "CSV",
            Self::Numbers(NumbersFormat::Json) => "JSON",
            Self::Film(FilmFormat::Animation(AnimationFormat::Gif)) => "Animated GIF",
            Self::Film(FilmFormat::Animation(AnimationFormat::Apng)) => "Animated PNG",
            Self::Film(FilmFormat::Pictures) => "Numbered PNGs",
        }
    }

    /// What a file's name ends in, without the dot; nothing for a folder.
    pub fn ending(self) -> &'static str {
        self.endings().first().copied().unwrap_or_default()
    }

    /// All that a file's name may end in, the usual one first.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Page(PageFormat::Svg) => &["svg"],
            Self::Page(PageFormat::Pdf) => &["pdf"],
            Self::Page(PageFormat::Png) => &["png"],
            Self::Numbers(NumbersFormat::Csv) => &["csv"],
            Self::Numbers(NumbersFormat::Json) => &["json"],
            Self::Film(FilmFormat::Animation(AnimationFormat::Gif)) => &["gif"],
            Self::Film(FilmFormat::Animation(AnimationFormat::Apng)) => &["png", "apng"],
            Self::Film(FilmFormat::Pictures) => &[],
        }
    }

    /// The kind of one figure, or of a film where only that has such a name, that a file's name says.
    ///
    /// ```
    /// use initscope::page::{FileKind, PageFormat};
    /// use std::path::Path;
    ///
    /// assert_eq!(FileKind::of(Path::new("figure.SVG")), Ok(FileKind::Page(PageFormat::Svg)));
    /// assert!(FileKind::of(Path::new("figure.bmp")).is_err());
    /// ```
    ///
    /// # Errors
    /// [`UnknownEnding`] if it says none.
    pub fn of(path: &Path) -> Result<Self, UnknownEnding> {
        let unknown = || UnknownEnding { endings: words(&Self::ALL[..Self::FIGURES]), path: path.to_owned() };
        named(path, &Self::ALL).ok_or_else(unknown)
    }

    /// Whether a file's name says this kind.
    ///
    /// # Errors
    /// [`WrongEnding`] if it does not.
    pub fn check(self, path: &Path) -> Result<(), WrongEnding> {
        if named(path, &[self]).is_some() { Ok(()) } else { Err(WrongEnding { kind: self, path: path.to_owned() }) }
    }

    /// Whether it is made with colours and texts: the numbers alone are not.
    pub fn is_drawn(self) -> bool {
        match self {
            Self::Page(_) | Self::Film(_) => true,
            Self::Numbers(_) => false,
        }
    }

    /// Whether it has pixels, and not lines that are sharp at any size.
    pub fn has_pixels(self) -> bool {
        match self {
            Self::Page(PageFormat::Png) | Self::Film(_) => true,
            Self::Page(PageFormat::Svg | PageFormat::Pdf) | Self::Numbers(_) => false,
        }
    }
}

impl FilmFormat {
    /// The format that a file's name says; that of a folder is [`FilmFormat::Pictures`].
    ///
    /// # Errors
    /// [`UnknownEnding`] if it says none.
    pub fn of(path: &Path) -> Result<Self, UnknownEnding> {
        let is_folder = path.to_string_lossy().ends_with(std::path::is_separator) || path.is_dir();
        let films = &FileKind::ALL[FileKind::FIGURES..];
        match named(path, films) {
            _ if is_folder => Ok(Self::Pictures),
            Some(FileKind::Film(format)) => Ok(format),
            Some(FileKind::Page(_) | FileKind::Numbers(_)) | None => {
                Err(UnknownEnding { endings: words(films), path: path.to_owned() })
            }
        }
    }
}

/// The first of these kinds that a file's name may belong to.
fn named(path: &Path, kinds: &[FileKind]) -> Option<FileKind> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    kinds.iter().copied().find(|kind| kind.endings().contains(&ending.as_str()))
}

/// `.gif or .png`
fn words(kinds: &[FileKind]) -> String {
    let endings: Vec<_> = kinds.iter().map(|kind| kind.ending()).filter(|ending| !ending.is_empty()).collect();
    match endings.split_last() {
        Some((last, [])) => format!(".{last}"),
        Some((last, others)) => format!(".{} or .{last}", others.join(", .")),
        None => String::new(),
    }
}

/// Those of one figure, for flags.
impl ValueEnum for FileKind {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL[..Self::FIGURES]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.ending()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_told_by_its_ending() {
        for kind in FileKind::ALL {
            let path = PathBuf::from(format!("figure.{}", kind.ending().to_uppercase()));
            match kind {
                FileKind::Page(_) | FileKind::Numbers(_) => assert_eq!(FileKind::of(&path), Ok(kind)),
                FileKind::Film(FilmFormat::Pictures) => {
                    assert_eq!(FilmFormat::of(Path::new("film/")), Ok(FilmFormat::Pictures));
                }
                FileKind::Film(film) => assert_eq!(FilmFormat::of(&path), Ok(film)),
            }
        }
        assert_eq!(
            FileKind::of(Path::new("figure.gif")),
            Ok(FileKind::Film(FilmFormat::Animation(AnimationFormat::Gif)))
        );
    }

    #[test]
    fn an_ending_that_is_not_known_is_refused_in_a_sentence() {
        let said = |path: &str| FileKind::of(Path::new(path)).map_err(|error| error.to_string());
        let expected = "the file's name does not say what to write: end it in .svg, .pdf, .png, .csv or .json: a.bmp";
        assert_eq!(said("a.bmp"), Err(expected.to_owned()));
        assert!(said("svg").is_err());
        assert!(FilmFormat::of(Path::new("a.mp4")).is_err_and(|error| error.endings == ".gif or .png"));
        let wrong = FileKind::Film(FilmFormat::Animation(AnimationFormat::Gif))
            .check(Path::new("a.png"))
            .map_err(|error| error.to_string());
        assert_eq!(wrong, Err("Animated GIF needs a name that ends in .gif: a.png".to_owned()));
    }
}
