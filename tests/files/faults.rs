//! What the disk, a folder or another program does in the middle of something: one sentence, and nothing of the user's is lost.

#![cfg(unix)]
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::ended::ended;

/// Commands that write, each with the name of its file. All are quick.
const WRITERS: [(&str, &str); 8] = [
    ("render --layers 1 --width 2 --images 5 --out", "figure.svg"),
    ("render --layers 1 --width 2 --images 5 --out", "figure.pdf"),
    ("render --layers 1 --width 2 --images 5 --out", "figure.png"),
    ("render --layers 1 --width 2 --images 5 --numbers --out", "figure.csv"),
    ("animate --layers 1 --width 2 --images 5 --from 0.1 --to 0.2 --frames 2 --out", "film.gif"),
    ("export --layers 1 --width 40 --images 5 --out", "arrays.npz"),
    ("train --layers 1 --width 40 --images 5 --train-images 32 --steps 1 --out", "trained.npz"),
    ("lesson new", "mine.initscope.toml"),
];

#[test]
fn where_nothing_can_be_written_it_is_said_and_what_is_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notes"), "mine").unwrap();
    for (command, name) in WRITERS {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        // A folder is where a film's pictures go, one by one.
        let folder_itself = (!command.starts_with("animate")).then(|| name.to_owned());
        let others = [format!("missing/{name}"), format!("notes/{name}"), format!("/proc/self/{name}")];
        for target in others.into_iter().chain(folder_itself) {
            let arguments: Vec<_> = command.split(' ').chain([target.as_str()]).collect();
            said_of(&ended(started(folder.path(), &arguments), command), &[1, 2], &arguments);
        }
        std::fs::remove_dir(folder.path().join(name)).unwrap();
        assert_eq!(names(folder.path()), ["notes"], "{command}");
    }
    assert_eq!(std::fs::read_to_string(folder.path().join("notes")).unwrap(), "mine");
}

/// A limit on the size of files stands for a full disk: what is written beyond it fails in the same way.
#[test]
fn a_disk_that_is_full_in_the_middle_leaves_the_old_file_as_it_was() {
    for (command, name) in WRITERS.into_iter().filter(|(command, _)| !command.starts_with("lesson")) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), "what was there before").unwrap();
        let mut shell = Command::new("sh");
        // Without the signal the write itself fails, as on a full disk. Not a block of 512 bytes has room.
        shell.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_initscope")]);
        shell.args(command.split(' ')).arg(name).current_dir(folder.path());
        // The file for what is said is no file.
        let running = shell.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        said_of(&ended(running, command), &[1], &[command, name]);
        assert_eq!(names(folder.path()), [name], "{command}");
        assert_eq!(std::fs::read_to_string(folder.path().join(name)).unwrap(), "what was there before", "{command}");
    }
}

#[test]
fn two_that_write_one_file_at_once_leave_a_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["figure.svg", "arrays.npz"] {
        let command = if name.ends_with("svg") { "render" } else { "export" };
        let arguments =
            |sigma| [command, "--layers", "2", "--width", "30", "--images", "40", "--sigma", sigma, "--out", name];
        let mut alone = Vec::new();
        for sigma in ["0.1", "0.2"] {
            assert!(ended(started(folder.path(), &arguments(sigma)), command).status.success());
            alone.push(std::fs::read(folder.path().join(name)).unwrap());
        }
        assert_ne!(alone[0], alone[1]);
        let both = ["0.1", "0.2"].map(|sigma| started(folder.path(), &arguments(sigma)));
        assert!(both.into_iter().map(|running| ended(running, command)).all(|output| output.status.success()));
        assert!(alone.contains(&std::fs::read(folder.path().join(name)).unwrap()), "{name} is of both");
        assert_eq!(names(folder.path()), [name]);
        std::fs::remove_file(folder.path().join(name)).unwrap();
    }
}

fn started(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_initscope"));
    command.args(arguments).current_dir(folder).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Checks that a command failed in one sentence.
fn said_of(output: &Output, codes: &[i32], arguments: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.code().is_some_and(|code| codes.contains(&code)),
        "{arguments:?}: {:?}, {said}",
        output.status
    );
    assert!(said.starts_with("initscope: ") && said.lines().count() == 1, "{arguments:?}: {said}");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
