//! When files were written and how large they are: cheap to look at again and again.

use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::digest::Digest;

/// Files of a folder that are looked at, at most.
const MOST: usize = 4096;
/// Folders in folders that are looked into: a set of pictures has one for each class.
const DEPTH: usize = 2;

/// The size of a file, and when it was written last; of a folder those of all that is in it. It differs once something there was
/// written anew, but that which was written may be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileStamp(String);

impl FileStamp {
    /// Of what is there now; `None` if nothing is.
    pub fn of(path: &Path) -> Option<Self> {
        let mut digest = Digest::default();
        let mut left = MOST;
        add(path, DEPTH, &mut left, &mut digest)?;
        // Weights of a network may lie in a file beside it.
        let mut beside = path.as_os_str().to_owned();
        beside.push(".data");
        add(Path::new(&beside), 0, &mut left, &mut digest);
        Some(Self(digest.finish()))
    }
}

fn add(path: &Path, depth: usize, left: &mut usize, digest: &mut Digest) -> Option<()> {
    let metadata = path.metadata().ok()?;
    let written = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    digest.add(path.as_os_str().as_encoded_bytes());
    digest.add(&metadata.len().to_le_bytes());
    digest.add(&written.as_nanos().to_le_bytes());
    if depth == 0 || !metadata.is_dir() {
        return Some(());
    }
    let mut entries: Vec<_> = path.read_dir().ok()?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        if *left == 0 {
            break;
        }
        *left -= 1;
        add(&entry, depth - 1, left, digest);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_anew_has_another_stamp() {
        let folder = tempfile::tempdir().unwrap_or_else(|error| unreachable!("{error}"));
        let class = folder.path().join("cats");
        let picture = class.join("one.png");
        let write = |content: &str| std::fs::create_dir_all(&class).and_then(|()| std::fs::write(&picture, content));
        assert!(write("1").is_ok());
        let before = FileStamp::of(folder.path());
        assert!(before.is_some() && before == FileStamp::of(folder.path()));
        assert!(write("12").is_ok());
        assert_ne!(before, FileStamp::of(folder.path()));
        assert_eq!(FileStamp::of(&folder.path().join("dogs")), None);
    }
}
