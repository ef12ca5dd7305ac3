//! A command line, a word a line. It is read and not run.
#![no_main]

use std::ffi::OsString;

use initscope::cli;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // Words that name files would be opened: what is in them is the business of the other targets.
    if !text.contains(['/', '.']) {
        let words = std::iter::once("initscope").chain(text.lines().filter(|line| *line != "-"));
        let _ = cli::parse(words.map(OsString::from));
    }
});
