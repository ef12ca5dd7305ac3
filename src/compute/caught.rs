//! Panics that nobody is to see: those of dependencies over what a user gave them, and on the command line all of them.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use crate::panic_message::panic_message;

thread_local! {
    /// A panic of this thread is caught, and said by whoever catches it.
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
}
/// All of them are.
static ALL_ARE_CAUGHT: AtomicBool = AtomicBool::new(false);
/// Where in which source the last one was.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// Does what may panic over a user's bytes. The panic's first line is for tests and for what is certain to be of this program;
/// users are told in a sentence what is wrong with what they gave.
///
/// # Errors
/// What it says, if it panics; it is printed nowhere.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    listen();
    let before = IS_CAUGHT.replace(true);
    // What was being made is dropped with the panic.
    let done = catch_unwind(AssertUnwindSafe(work));
    IS_CAUGHT.set(before);
    done.map_err(|panic| panic_message(panic.as_ref()).to_owned())
}

/// Does the work of the whole program, of all its threads; from now on panics are printed nowhere, or again as usual.
///
/// # Errors
/// Where in which source it was, if it panics.
pub fn all_caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    listen();
    be_silent(true);
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
        place.clone().unwrap_or_else(|| "an unknown place".to_owned())
    })
}

/// Whether panics that nobody catches are printed nowhere.
pub fn be_silent(silent: bool) {
    ALL_ARE_CAUGHT.store(silent, Ordering::Relaxed);
}

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |info| {
            let is_silent = IS_CAUGHT.get() || ALL_ARE_CAUGHT.load(Ordering::Relaxed);
            if !is_silent {
                return usual(info);
            }
            let place = info.location().map(|place| format!("{}:{}", source(place.file()), place.line()));
            *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = place;
        }));
    });
}

/// A source file without the folders of the machine that compiled it.
fn source(file: &str) -> &str {
    let in_registry = file.split_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/'));
    in_registry.map_or(file, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_and_the_next_work_is_done() {
        let said: Result<u32, String> = caught(|| panic!("nothing there\nat all"));
        assert_eq!(said, Err("nothing there".to_owned()));
        assert_eq!(caught(|| 1), Ok(1));
    }

    #[test]
    fn places_are_those_of_the_source() {
        assert_eq!(
            source("/home/x/.cargo/registry/src/index.crates.io-1/skrifa-0.44.0/src/a.rs"),
            "skrifa-0.44.0/src/a.rs"
        );
        assert_eq!(source("src/number.rs"), "src/number.rs");
    }
}
