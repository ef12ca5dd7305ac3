//! What is being made is there whole or not at all, whatever ends the program.

#![cfg(unix)]
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Much more work than any test waits for.
const LONG: [&str; 4] = ["--images", "10000", "--width", "1024"];

#[test]
fn a_command_that_is_told_to_end_leaves_nothing() {
    let signals = [("TERM", 15), ("INT", 2), ("HUP", 1)];
    for (signal, number) in signals.into_iter().filter(|(_, number)| !is_ignored(*number)) {
        for command in [
            &["export", "--force", "--layers", "20", "--out", "arrays.npz"][..],
            &["render", "--layers", "100", "--out", "figure.svg"],
            &["animate", "--from", "0.1", "--to", "0.2", "--frames", "1000", "--out", "film.gif"],
        ] {
            let folder = tempfile::tempdir().unwrap();
            let running = begun(folder.path(), folder.path(), &[command, &LONG[..]].concat());
            let output = ended(running, signal);
            use std::os::unix::process::ExitStatusExt as _;
            assert_eq!(output.status.signal(), Some(number), "{command:?}: as any program that is told to end");
            assert_eq!(names(folder.path()), [""; 0], "{command:?} {signal}");
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(said, "initscope: stopped: no unfinished file is left\n", "{command:?}");
        }
    }
}

#[test]
fn what_a_killed_command_leaves_is_cleared_by_the_next_one_but_not_what_a_running_one_writes() {
    let folder = tempfile::tempdir().unwrap();
    let render = |name| [&["render", "--layers", "100", "--out", name], &LONG[..]].concat();
    let killed = begun(folder.path(), folder.path(), &render("killed.svg"));
    ended(killed, "KILL");
    let left = names(folder.path());
    assert!(left.len() == 1 && left[0].starts_with(".initscope-"), "{left:?}");
    let running = begun(folder.path(), folder.path(), &render("running.svg"));
    let held = names(folder.path());
    assert!(held.len() == 1 && held != left, "the next one clears what is left: {held:?}");
    let quick = ["render", "--images", "5", "--layers", "1", "--width", "2", "--out", "quick.svg"];
    assert!(started(folder.path(), folder.path(), &quick).wait_with_output().unwrap().status.success());
    assert_eq!(names(folder.path()), [&held[0], "quick.svg"], "what is being written stays");
    ended(running, "TERM");
    assert_eq!(names(folder.path()), ["quick.svg"]);
}

/// `nohup` has the program ignore that its terminal is gone.
#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_is_ignored_stays_ignored() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["render", "--images", "1000", "--width", "100", "--out", "figure.svg"];
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' HUP; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_initscope")]).args(arguments);
    let running = command.current_dir(folder.path()).stderr(Stdio::piped()).spawn().unwrap();
    wait_for(|| !names(folder.path()).is_empty());
    let output = ended(running, "HUP");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(names(folder.path()), ["figure.svg"]);
}

/// Packed data are read where they are.
#[test]
fn reading_a_data_folder_writes_nothing_beside() {
    let folder = tempfile::tempdir().unwrap();
    let temporary = folder.path().join("temporary");
    std::fs::create_dir(&temporary).unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let before = names(&data);
    let arguments = ["stats", "--images", "5", "--layers", "1", "--data", data.to_str().unwrap()];
    assert!(started(folder.path(), &temporary, &arguments).wait_with_output().unwrap().status.success());
    assert_eq!(names(&temporary), [""; 0]);
    assert_eq!(names(&data), before);
}

fn started(folder: &Path, temporary: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_initscope"));
    command.args(arguments).current_dir(folder).env("TMPDIR", temporary);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// A command that has begun to write: something new is where it works.
fn begun(folder: &Path, temporary: &Path, arguments: &[&str]) -> Child {
    let before = names(temporary);
    let running = started(folder, temporary, arguments);
    wait_for(|| names(temporary).iter().any(|name| !before.contains(name) && name.contains("initscope-")));
    running
}

/// What becomes of it after a signal.
fn ended(running: Child, signal: &str) -> Output {
    let sent = Command::new("kill").args(["-s", signal, &running.id().to_string()]).status().unwrap();
    assert!(sent.success());
    running.wait_with_output().unwrap()
}

/// Whether whoever started these tests ignores a signal, as `nohup` and shells do for what runs behind them.
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| (mask >> (signal - 1)) & 1 == 1)
}

fn wait_for(mut is_there: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_there() {
        assert!(start.elapsed() < Duration::from_secs(30), "it did not begin");
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
