//! The house is as ARCHITECTURE.md says: what imports what, who uses whose state, and that a name does not stand for many things.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::imports::{circles, imports, words};

/// How many types may have the same name.
const ALIKE: usize = 2;

#[test]
fn a_name_stands_for_at_most_two_types() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in sources() {
        for (line, name) in text.lines().enumerate().filter_map(|(line, text)| Some((line, type_name(text)?))) {
            places.entry(name.to_owned()).or_default().push(format!("{}:{}", file.display(), line + 1));
        }
    }
    assert!(places.len() > 300, "the types are found: {}", places.len());
    places.retain(|_, places| places.len() > ALIKE);
    assert!(places.is_empty(), "names that explain themselves, please: {places:#?}");
}

#[test]
fn a_module_imports_only_those_below_it() {
    // Those that compute stand below all others.
    let roots = ["src/lib.rs", "src/compute/lib.rs"].map(|root| Path::new(env!("CARGO_MANIFEST_DIR")).join(root));
    let text = roots.map(|root| std::fs::read_to_string(root).unwrap()).join("\n");
    let floors: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ").or(line.strip_prefix("mod "))?.strip_suffix(';'))
        .collect();
    assert!(floors.len() > 15 && floors[0] == "app", "from the top: {floors:?}");
    let floor = |name: &str| floors.iter().position(|floor| *floor == name);
    let mut against = BTreeSet::new();
    for (file, text) in sources() {
        let part = file.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        let Some(above) = floor(&part) else { continue };
        for (line, words) in text.lines().enumerate() {
            let code = words.split("//").next().unwrap_or_default();
            for imported in code.split("crate::").skip(1) {
                let imported: String =
                    imported.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect();
                if floor(&imported).is_some_and(|below| below < above) {
                    against.insert(format!("{}:{}: {part} imports {imported}", file.display(), line + 1));
                }
            }
        }
    }
    assert!(against.is_empty(), "{against:#?}");
}

#[test]
fn only_the_window_knows_egui() {
    let names = |text: &str| {
        let of_it = |word: &String| word == "eframe" || word == "egui" || word.starts_with("egui_");
        words(text).into_iter().filter(of_it).collect::<BTreeSet<_>>()
    };
    let knows: Vec<_> = sources().into_iter().map(|(file, text)| (file, names(&text))).collect();
    let (window, others): (Vec<_>, Vec<_>) = knows.into_iter().partition(|(file, _)| file.starts_with("app"));
    assert!(window.iter().filter(|(_, names)| !names.is_empty()).count() > 50, "the window is found");
    let others: Vec<_> = others.into_iter().filter(|(_, names)| !names.is_empty()).collect();
    assert!(others.is_empty(), "{others:#?}");
}

/// A `mod.rs` may hand on what its files define. The window's state is one type whose methods stand in many files, each of which
/// names it: `App` alone does not count.
#[test]
fn no_files_import_each_other_in_a_circle() {
    let imports = imports(&sources(), &["App"]);
    let count = imports.values().map(BTreeMap::len).sum::<usize>();
    assert!(count > 1500, "the imports are found: {count}");
    let circles = circles(&imports);
    assert!(circles.is_empty(), "{circles:#?}");
}

/// What the window keeps for each of its parts, and where that part is. Whoever else wants something of it asks by a method of
/// that part.
const STATES: [(&str, &str); 17] = [
    ("lesson", "app/lesson"),
    ("landscape", "app/landscape"),
    ("units", "app/units"),
    ("comparison", "app/compare"),
    ("training", "app/training"),
    ("race", "app/race"),
    ("pictures", "app/plot"),
    ("axis", "app/plot"),
    ("export", "app/export"),
    ("palette", "app/palette"),
    ("presets", "app/presets"),
    ("remedies", "app/remedies.rs"),
    ("history", "app/history.rs"),
    ("folder", "app/folder.rs"),
    ("scene_file", "app/scene_file.rs"),
    ("what_you_see", "app/what_you_see.rs"),
    ("time_left", "app/time_left.rs"),
];

#[test]
fn no_view_reaches_into_the_state_of_another() {
    const VIEWS: [&str; 6] =
        ["app/plot", "app/landscape", "app/units", "app/compare", "app/activation", "app/training"];
    let (mut against, mut own) = (BTreeSet::new(), BTreeSet::new());
    for (file, text) in sources() {
        let Some(view) = VIEWS.into_iter().find(|view| file.starts_with(view)) else { continue };
        let words = words(&text);
        for reach in words.windows(3).filter(|reach| ["self", "app"].contains(&&*reach[0]) && reach[1] == ".") {
            match STATES.into_iter().find(|(state, _)| *state == reach[2]) {
                Some((state, owner)) if owner == view => {
                    own.insert(state);
                }
                Some((state, _)) => {
                    against.insert(format!("{} uses `{state}`", file.display()));
                }
                None => {}
            }
        }
    }
    assert_eq!(
        own,
        BTreeSet::from(["axis", "comparison", "landscape", "pictures", "training", "units"]),
        "the states are found"
    );
    assert!(against.is_empty(), "{against:#?}");
}

#[test]
fn all_that_is_called_a_state_is_a_field_of_the_window() {
    let (_, text) = sources().into_iter().find(|(file, _)| file == Path::new("app/mod.rs")).unwrap();
    let fields = text.split_once("pub struct App {").unwrap().1.split_once("\n}").unwrap().0;
    for (state, _) in STATES {
        assert!(fields.contains(&format!("\n    {state}: ")), "{state}");
    }
}

/// The name of the struct or enum that a line defines.
fn type_name(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = match line.strip_prefix("pub") {
        None => line,
        Some(rest) => {
            rest.trim_start_matches(|letter| letter != ' ' && letter != ')').trim_start_matches(')').trim_start()
        }
    };
    let name = line.strip_prefix("struct ").or_else(|| line.strip_prefix("enum "))?;
    name.split(|letter: char| !letter.is_ascii_alphanumeric()).next().filter(|name| !name.is_empty())
}

/// All files under `src`, from there on, with their text. What computes is a crate of its own, in `src/compute`, whose modules have
/// the same paths in both crates: they are named as if they stood in `src`.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut found) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push((path.strip_prefix(&root).unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.retain(|(file, _)| file != Path::new("compute/lib.rs"));
    for (file, _) in &mut found {
        if let Ok(of_crate) = file.strip_prefix("compute") {
            *file = of_crate.to_owned();
        }
    }
    found.sort();
    found
}
