use std::path::PathBuf;
use std::sync::OnceLock;

use fontdb::{Database, FaceInfo, Source, Stretch, Style};

/// The fonts that are installed on this machine, as they were when they were looked for first.
pub struct InstalledFonts(Database);

/// A face of an installed font.
pub(super) struct InstalledFace {
    /// The file it is in.
    pub path: PathBuf,
    /// Which one of the file's faces it is, from 0.
    pub index: u32,
}

static FOUND: OnceLock<InstalledFonts> = OnceLock::new();

/// A face is bold from this weight on.
const BOLD: u16 = 600;

impl InstalledFonts {
    /// Looks for them, which may take a second, unless that was done before.
    pub fn look_for() -> &'static Self {
        FOUND.get_or_init(|| {
            let mut found = Database::new();
            found.load_system_fonts();
            Self(found)
        })
    }

    /// Those that were found; `None` if nobody has looked for them yet.
    pub fn found() -> Option<&'static Self> {
        FOUND.get()
    }

    /// The names of all families, in order.
    pub fn families(&self) -> Vec<String> {
        let names = self.0.faces().filter_map(|face| Some(face.families.first()?.0.clone()));
        // What begins with a point is not meant to be chosen.
        let mut names: Vec<_> = names.filter(|name| !name.starts_with('.')).collect();
        names.sort_by_key(|name| name.to_lowercase());
        names.dedup();
        names
    }

    /// A family's upright face for running text, or the face of this very name.
    pub(super) fn regular(&self, name: &str) -> Option<InstalledFace> {
        self.face(name, |face| face.weight.0.abs_diff(400)).or_else(|| self.exactly(name))
    }

    /// A family's bold face, if it has one.
    pub(super) fn bold(&self, name: &str) -> Option<InstalledFace> {
        let distance = |face: &FaceInfo| match face.weight.0 {
            weight if weight >= BOLD => weight - BOLD,
            // After all that are bold.
            weight => 1000 + (BOLD - weight),
        };
        self.face(name, distance).filter(|_| self.of_family(name).any(|face| face.weight.0 >= BOLD))
    }

    fn of_family(&self, name: &str) -> impl Iterator<Item = &FaceInfo> {
        let wanted = name.trim().to_lowercase();
        self.0.faces().filter(move |face| face.families.iter().any(|(name, _)| name.to_lowercase() == wanted))
    }

    fn face(&self, name: &str, distance: impl Fn(&FaceInfo) -> u16) -> Option<InstalledFace> {
        let beside = |face: &FaceInfo| (face.stretch != Stretch::Normal, face.style != Style::Normal);
        // Of equals the same one whatever order a folder has.
        let order = |face: &&FaceInfo| (distance(face), beside(face), face.post_script_name.clone());
        self.of_family(name).min_by_key(order).and_then(of_file)
    }

    fn exactly(&self, name: &str) -> Option<InstalledFace> {
        self.0.faces().find(|face| face.post_script_name.eq_ignore_ascii_case(name.trim())).and_then(of_file)
    }
}

fn of_file(face: &FaceInfo) -> Option<InstalledFace> {
    let path = match &face.source {
        Source::File(path) | Source::SharedFile(path, _) => path.clone(),
        Source::Binary(_) => return None,
    };
    Some(InstalledFace { path, index: face.index })
}
