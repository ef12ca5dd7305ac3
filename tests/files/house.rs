//! The house is as ARCHITECTURE.md says: a module imports only those below it, and a name does not stand for many things.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let text = std::fs::read_to_string(root).unwrap();
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

/// All files under `src`, from there on, with their text.
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
    found.sort();
    found
}
