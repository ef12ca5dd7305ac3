//! Files that are there while something is being made. When the program is told to end they are removed; those
//! that a run left which could not, for it was killed, are cleared by the next one in the same folder.
//!
//! A run holds the lock of its own files. The system gives it back whatever ends the run, so that a file whose lock can be had
//! is nobody's any more.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How the names of files begin.
pub const PREFIX: &str = ".initscope-";
/// What they end in. Files of programs that hold no lock end otherwise.
pub const SUFFIX: &str = ".part";

/// Paths of the files that are there for now.
static HELD: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn held() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// That a path is only there for now; dropped, it no longer is.
pub struct Held(PathBuf);

impl Held {
    /// Gives up the path while `keep` makes it something that stays; whoever ends the program waits for that.
    pub fn release<T>(self, keep: impl FnOnce() -> T) -> T {
        let mut held = held();
        let kept = keep();
        held.remove(&self.0);
        drop(held);
        kept
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        held().remove(&self.0);
    }
}

/// Makes a file that is there for now, with `make`, which chooses its path. Before, what former runs left in the folder is
/// cleared.
///
/// # Errors
/// `make`'s.
pub fn file<T>(
    folder: &Path,
    path: impl Fn(&T) -> &Path,
    file: impl Fn(&T) -> &File,
    make: impl Fn() -> io::Result<T>,
) -> io::Result<(T, Held)> {
    clear(folder);
    loop {
        // No end of the program comes between the file and its note.
        let mut held = held();
        let made = make()?;
        // Another run may take it for a leftover before it is locked: then it is made anew. Where there are no locks, nobody
        // takes anything for one.
        if file(&made).lock().is_ok() && !path(&made).exists() {
            continue;
        }
        let path = path(&made).to_owned();
        held.insert(path.clone());
        drop(held);
        return Ok((made, Held(path)));
    }
}

/// Removes all that is there for now, and goes on to `end` the program, which is told whether there was anything. Nothing
/// more is made meanwhile.
fn remove_all(end: impl FnOnce(bool)) {
    let held = held();
    for path in held.iter() {
        // What cannot be removed is cleared by the next run.
        let _ = fs::remove_file(path);
    }
    end(!held.is_empty());
}

/// Clears a folder of what former runs left in it; once a run.
fn clear(folder: &Path) {
    static CLEARED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    if !CLEARED.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned()) {
        return;
    }
    clear_now(folder);
}

fn clear_now(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let (name, path) = (name.to_string_lossy(), entry.path());
        let Ok(kind) = entry.file_type() else { continue };
        let random = |name: &str| name.len() == 6 && name.chars().all(|letter| letter.is_ascii_alphanumeric());
        let middle = |prefix, suffix| name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(suffix));
        if kind.is_file() && middle(PREFIX, SUFFIX).is_some_and(random) {
            if_left(&path, || drop(fs::remove_file(&path)));
        }
    }
}

/// Does something if a lock can be had, while it is.
fn if_left(lock: &Path, remove: impl FnOnce()) {
    let Ok(file) = File::open(lock) else { return };
    if !matches!(file.try_lock(), Err(TryLockError::WouldBlock | TryLockError::Error(_))) {
        remove();
    }
}

/// What is said where something was there.
#[cfg(any(unix, windows))]
const SAID: &str = "initscope: stopped: no unfinished file is left";

/// Whether somebody who works wants to finish, and whether the program was told to end since.
static FINISHES: AtomicBool = AtomicBool::new(false);
static TOLD: AtomicBool = AtomicBool::new(false);

/// From now on the program does not end when it is told to for the first time: whoever works sees it here, and finishes what is
/// begun. Told once more, it ends.
pub fn finish_when_told_to_end() -> &'static AtomicBool {
    FINISHES.store(true, Ordering::Relaxed);
    &TOLD
}

/// Whether the program is to end now, which it was told to.
fn is_to_end() -> bool {
    !FINISHES.load(Ordering::Relaxed) || TOLD.swap(true, Ordering::Relaxed)
}

/// From now on, when the program is told to end, what is there for now is removed first. To be called before there are other
/// threads.
pub fn remove_when_told_to_end() {
    told::listen();
}

#[cfg(unix)]
mod told {
    use std::io::{IsTerminal as _, Write as _};

    use nix::sys::signal::{SigSet, Signal, raise};

    use super::SAID;

    /// Signals that end a program which does not listen. One that is ignored, as by `nohup`, stays ignored.
    fn signals() -> SigSet {
        let ignored = ignored();
        let is_ignored = |signal: Signal| ignored.is_some_and(|mask| mask >> (signal as u64 - 1) & 1 == 1);
        let mut signals = SigSet::empty();
        // Where it is not known what is ignored, only what is sent to end programs.
        let of_terminals = [Signal::SIGINT, Signal::SIGHUP].into_iter().filter(|_| ignored.is_some());
        for signal in of_terminals.chain([Signal::SIGTERM, Signal::SIGINT]).filter(|signal| !is_ignored(*signal)) {
            signals.add(signal);
        }
        signals
    }

    /// A bit for every signal.
    fn ignored() -> Option<u64> {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
        u64::from_str_radix(mask.trim(), 16).ok()
    }

    /// A thread of its own waits for them; all threads that are started later leave them to it.
    pub fn listen() {
        let signals = signals();
        if signals.thread_block().is_err() {
            return;
        }
        let wait = move || {
            let signal = loop {
                let Ok(signal) = signals.wait() else { return };
                if super::is_to_end() {
                    break signal;
                }
            };
            super::remove_all(|was_there| {
                if was_there {
                    let line_of_progress = if std::io::stderr().is_terminal() { "\r\x1b[K" } else { "" };
                    // There is nowhere left to report that standard error is closed.
                    let _ = writeln!(std::io::stderr(), "{line_of_progress}{SAID}");
                }
                // As it would have ended without us.
                let _ = signals.thread_unblock().and_then(|()| raise(signal));
                std::process::exit(1);
            });
        };
        // Without it the program must end as any other.
        if std::thread::Builder::new().name("initscope-end".to_owned()).spawn(wait).is_err() {
            let _ = signals.thread_unblock();
        }
    }
}

#[cfg(windows)]
mod told {
    use std::io::Write as _;

    use super::SAID;

    pub fn listen() {
        // Where the system gives no signal, the program is ended as any other.
        let _ = ctrlc::set_handler(|| {
            if !super::is_to_end() {
                return;
            }
            super::remove_all(|was_there| {
                if was_there {
                    let _ = writeln!(std::io::stderr(), "{SAID}");
                }
                std::process::exit(1);
            });
        });
    }
}

#[cfg(not(any(unix, windows)))]
mod told {
    pub fn listen() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<_> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_nobody_holds_is_cleared_and_nothing_else() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = |name: &str| folder.path().join(name);
        for name in
            [".initscope-aB3xYz.part", ".initscope-held00.part", ".initscope-aB3xYz", ".initscope-notes.part", "x.part"]
        {
            File::create(path(name))?;
        }
        fs::create_dir(path("initscope-figure"))?;
        let held = File::open(path(".initscope-held00.part"))?;
        held.lock()?;
        clear_now(folder.path());
        let there =
            [".initscope-aB3xYz", ".initscope-held00.part", ".initscope-notes.part", "initscope-figure", "x.part"];
        assert_eq!(names(folder.path()), there);
        drop(held);
        clear_now(folder.path());
        assert_eq!(names(folder.path()), [".initscope-aB3xYz", ".initscope-notes.part", "initscope-figure", "x.part"]);
        Ok(())
    }
}
