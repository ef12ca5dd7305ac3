use std::collections::HashSet;
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::time::Duration;

use super::{DataFileError, ReadWatch, SetWish, read_with};
use crate::file_stamp::FileStamp;
use crate::image_set::ImageSet;

/// Sets that somebody has, and files that somebody reads.
#[derive(Default)]
struct ReadSets {
    sets: Vec<KnownSet>,
    being_read: HashSet<SetWish>,
}

/// A set, and when its files were written.
struct KnownSet {
    wish: SetWish,
    stamp: FileStamp,
    set: Weak<ImageSet>,
}

static KNOWN: Mutex<Option<ReadSets>> = Mutex::new(None);
static IS_READ: Condvar = Condvar::new();
/// Whoever waits for another's reading looks so often whether it is to stop.
const GLIMPSE: Duration = Duration::from_millis(50);

/// Reads the images of a file or a folder as [`read_with`] does, but only once for all who ask for it: whoever asks meanwhile waits for the
/// first, and as long as somebody has the set and nobody wrote the files anew, it is handed on.
///
/// # Errors
/// As [`read_with`].
pub fn read_once(wish: &SetWish, watch: &ReadWatch<'_>) -> Result<Arc<ImageSet>, DataFileError> {
    let wish = SetWish { path: std::path::absolute(&wish.path).unwrap_or_else(|_| wish.path.clone()), ..wish.clone() };
    let stamp = FileStamp::of(&wish.path);
    let mut guard = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let known = guard.get_or_insert_default();
        known.sets.retain(|known| known.set.strong_count() > 0);
        let mut fitting = known.sets.iter().filter(|known| known.wish == wish && Some(&known.stamp) == stamp.as_ref());
        if let Some(set) = fitting.find_map(|known| known.set.upgrade()) {
            return Ok(set);
        }
        if known.being_read.insert(wish.clone()) {
            break;
        }
        guard = IS_READ.wait_timeout(guard, GLIMPSE).unwrap_or_else(PoisonError::into_inner).0;
        watch.add(0).map_err(|error| DataFileError::of_io(error, &wish.path))?;
    }
    drop(guard);
    let set = read_with(&wish.path, wish.label_column.as_ref(), watch).map(Arc::new);
    let mut guard = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = guard.get_or_insert_default();
    known.being_read.remove(&wish);
    if let (Ok(set), Some(stamp)) = (&set, stamp) {
        known.sets.push(KnownSet { wish, stamp, set: Arc::downgrade(set) });
    }
    IS_READ.notify_all();
    set
}
