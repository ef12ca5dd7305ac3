//! Faults that fuzzing, random actions and hostile files found once, a test for each.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod ended;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use ended::ended;

const SMALL: &str = "--layers 1 --width 2 --images 5";

/// Scenes, lessons, networks and arrays were read from devices without end, and waited for at pipes that nobody writes to.
#[test]
fn what_is_no_file_is_neither_read_without_end_nor_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap().success());
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    for path in ["./pipe", "./empty", "/dev/zero", "/proc/self/mem", "/dev/full", "./vanished"] {
        for command in [
            format!("stats --scene {path}"),
            format!("stats {SMALL} --data {path}"),
            format!("stats --images 5 --network {path} --activation relu"),
            format!("train --images 5 --train-images 32 --steps 1 --start {path}"),
            format!("render {SMALL} --out f.svg --font {path}"),
            format!("check {path}"),
            format!("lesson check {path}"),
        ] {
            let output = ran(&command, folder.path());
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{command}: {said}");
            assert!(said.starts_with("initscope: ") && said.lines().count() == 1, "{command}: {said}");
        }
    }
}

/// A dropped film or disk image was read into memory as a whole before anybody looked what it is.
#[test]
fn a_file_that_is_too_large_for_a_scene_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = std::fs::File::create(folder.path().join("large.toml")).unwrap();
    file.set_len(1 << 40).unwrap();
    let output = ran("stats --scene large.toml", folder.path());
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("larger than 256 MiB"), "{said}");
}

/// Fonts that broke the library that reads them, and all else that fuzzing began with.
#[test]
fn what_fuzzing_begins_with_is_read_or_refused_in_a_sentence() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let mut read = 0;
    for (kind, command) in [
        ("scene", "code keras --scene"),
        ("figure", "code keras --scene"),
        ("font", "render --layers 1 --width 2 --images 5 --format svg --out - --font"),
        ("start", "train --images 5 --train-images 32 --steps 1 --start"),
        ("data", "stats --layers 1 --width 2 --images 5 --data"),
    ] {
        for seed in files(&seeds.join(kind)) {
            let output = ran(&format!("{command} {}", seed.display()), &seeds);
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0..=2)), "{}: {:?}, {said}", seed.display(), output.status);
            assert!(output.status.success() || said.lines().count() == 1, "{}: {said}", seed.display());
            read += 1;
        }
    }
    assert!(read >= 10, "only {read} seeds are there");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// What becomes of a command.
fn ran(command: &str, folder: &Path) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_initscope"));
    program.args(command.split(' ')).current_dir(folder).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    ended(program.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap(), command)
}
