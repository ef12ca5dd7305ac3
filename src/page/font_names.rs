use std::io;
use std::path::{Path, PathBuf};

use super::installed::InstalledFonts;
use super::{FontError, FontFile, Fonts};
use crate::experiment::{meant as meant_words, near};

/// A font as people name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FontName {
    /// The program's own: Inter.
    #[default]
    Bundled,
    /// A family that is installed.
    Installed(String),
    /// A file.
    File(PathBuf),
}

/// The fonts of a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontNames {
    /// For all that it has glyphs for.
    pub font: FontName,
    /// For titles and what stands out; where none is named, the one that belongs to the first.
    pub bold: FontName,
}

/// Why a font that was named cannot be had; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum NoFont {
    /// Something of this name that has no end, or no beginning.
    #[error("the font cannot be read, because it is not a file: {}", .0.display())]
    NotAFile(PathBuf),
    /// The operating system refuses.
    #[error(
        "the font cannot be read ({error}): name an existing .ttf or .otf file or an installed font, or Inter for the \
         program's own: {}",
        .path.display()
    )]
    Unreadable {
        /// What the system says.
        error: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The file is no font.
    #[error("{error}: {}", .path.display())]
    Damaged {
        /// What is wrong with it.
        error: FontError,
        /// The file.
        path: PathBuf,
    },
    /// No family has this name.
    #[error("no font called '{name}' is installed{}: use the name of an installed font or a .ttf or .otf file", meant_words(.meant))]
    NotInstalled {
        /// The name.
        name: String,
        /// What may have been meant.
        meant: Vec<String>,
    },
}

/// What files of fonts end in.
const ENDINGS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];

impl FontName {
    /// What a text names: a file where it looks like a path of a font or there is such a file, else a family.
    pub fn of(text: &Path) -> Self {
        let name = text.to_string_lossy();
        match name.trim() {
            "" => Self::Bundled,
            name if name.eq_ignore_ascii_case("inter") => Self::Bundled,
            _ if looks_like_a_file(text) || text.is_file() => {
                Self::File(std::path::absolute(text).unwrap_or_else(|_| text.to_owned()))
            }
            name => Self::Installed(name.to_owned()),
        }
    }

    /// The same as a key of a file in a folder: paths go from there.
    pub fn in_folder(text: &Path, folder: &Path) -> PathBuf {
        let is_name = matches!(Self::of(text), Self::Bundled | Self::Installed(_));
        let there = folder.join(text);
        if is_name && !there.is_file() { text.to_owned() } else { there }
    }

    /// As files and flags have it; none of the program's own.
    pub fn to_path(&self) -> Option<PathBuf> {
        match self {
            Self::Bundled => None,
            Self::Installed(name) => Some(name.into()),
            Self::File(path) => Some(path.clone()),
        }
    }
}

impl FontNames {
    /// Reads the fonts.
    ///
    /// # Errors
    /// If one of them cannot be had.
    pub fn read(&self) -> Result<Fonts, NoFont> {
        let regular = self.font.read(InstalledFonts::regular)?;
        let bold = match (&self.bold, &self.font) {
            (FontName::Bundled, FontName::Installed(name)) => {
                let face = InstalledFonts::look_for().bold(name);
                face.map(|face| read(&face.path, face.index)).transpose()?
            }
            (bold, _) => bold.read(|fonts, name| fonts.bold(name).or_else(|| fonts.regular(name)))?,
        };
        Ok(Fonts::with(regular, bold))
    }
}

impl FontName {
    fn read(
        &self,
        face: impl Fn(&InstalledFonts, &str) -> Option<super::installed::InstalledFace>,
    ) -> Result<Option<FontFile>, NoFont> {
        match self {
            Self::Bundled => Ok(None),
            Self::File(path) => read(path, 0).map(Some),
            Self::Installed(name) => {
                let fonts = InstalledFonts::look_for();
                let face = face(fonts, name).ok_or_else(|| {
                    let families = fonts.families();
                    let is_latin = |family: &&str| family.chars().any(|letter| letter.is_ascii_alphanumeric());
                    let meant = near(name, families.iter().map(String::as_str).filter(is_latin));
                    NoFont::NotInstalled { name: name.clone(), meant }
                })?;
                read(&face.path, face.index).map(Some)
            }
        }
    }
}

/// Reads a face of a file.
fn read(path: &Path, index: u32) -> Result<FontFile, NoFont> {
    let unreadable = |error| NoFont::Unreadable { error, path: path.to_owned() };
    // What is no file may have no end.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(NoFont::NotAFile(path.to_owned()));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    FontFile::read(bytes, index).map_err(|error| NoFont::Damaged { error, path: path.to_owned() })
}

fn looks_like_a_file(text: &Path) -> bool {
    let ending = text.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    text.components().count() > 1 || text.is_absolute() || ending.is_some_and(|ending| ENDINGS.contains(&&*ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_a_path() {
        let of = |text: &str| FontName::of(Path::new(text));
        assert_eq!((of("Inter"), of(" "), of("inter")), (FontName::Bundled, FontName::Bundled, FontName::Bundled));
        assert_eq!(of("DejaVu Sans"), FontName::Installed("DejaVu Sans".to_owned()));
        assert_eq!(of("/fonts/some"), FontName::File("/fonts/some".into()));
        assert!(matches!(of("some.otf"), FontName::File(path) if path.is_absolute() && path.ends_with("some.otf")));
        let there = Path::new("/scenes");
        assert_eq!(FontName::in_folder(Path::new("own.ttf"), there), there.join("own.ttf"));
        assert_eq!(FontName::in_folder(Path::new("Some Font"), there), Path::new("Some Font"));
    }
}
