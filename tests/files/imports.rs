//! What the files of `src` import of one another: paths after `use` and in the code, followed through what is handed on to the
//! file that defines what they name. A file's own tests are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// From file to file, the names that the first takes from the second.
pub type Imports = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Segments of a path.
type Names = Vec<String>;

/// A name that `use` brings into a file.
struct Brought {
    path: Names,
    name: String,
}

/// What is read of a file.
struct Read {
    module: Names,
    brought: Vec<Brought>,
    /// Those that are only handed on: what `pub use` brings into a `mod.rs`.
    handed_on: Vec<Brought>,
    /// Paths in its code.
    paths: Vec<Names>,
}

/// All imports between these files, but for those of names that do not count.
pub fn imports(sources: &[(PathBuf, String)], uncounted: &[&str]) -> Imports {
    let files: BTreeMap<String, Read> =
        sources.iter().map(|(file, text)| (file.display().to_string(), read(file, text))).collect();
    let modules: BTreeMap<&Names, &String> =
        files.iter().filter(|(file, _)| *file != "main.rs").map(|(file, read)| (&read.module, file)).collect();
    let house = House { files: &files, modules };
    let mut found = Imports::new();
    for (file, read) in &files {
        let paths = read.brought.iter().map(|brought| &brought.path).chain(&read.paths);
        for path in paths {
            let Some((defined_in, name)) = house.absolute(read, path).and_then(|path| house.definition(&path, 0))
            else {
                continue;
            };
            if defined_in != *file && !uncounted.contains(&&*name) {
                found.entry(file.clone()).or_default().entry(defined_in).or_default().insert(name);
            }
        }
    }
    found
}

/// The imports that lie on a circle: from what they lead to, a way leads back.
pub fn circles(imports: &Imports) -> Imports {
    let reached: BTreeMap<_, _> = imports.keys().map(|file| (file, reached(imports, file))).collect();
    let mut circles = imports.clone();
    for (from, to) in &mut circles {
        to.retain(|to, _| reached.get(to).is_some_and(|reached| reached.contains(from)));
    }
    circles.retain(|_, to| !to.is_empty());
    circles
}

/// The files that one leads to.
fn reached<'a>(imports: &'a Imports, from: &'a String) -> BTreeSet<&'a String> {
    let (mut reached, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(file) = next.pop() {
        next.extend(imports.get(file).into_iter().flat_map(BTreeMap::keys).filter(|to| reached.insert(*to)));
    }
    reached
}

/// All files, and which module is which file.
struct House<'a> {
    files: &'a BTreeMap<String, Read>,
    modules: BTreeMap<&'a Names, &'a String>,
}

impl House<'_> {
    /// A path from the root on; `None` if it leads out of the crate, or to what the file itself defines.
    fn absolute(&self, read: &Read, path: &[String]) -> Option<Names> {
        let here = &read.module;
        let (first, rest) = path.split_first()?;
        match &**first {
            "crate" | "initscope" | "initscope_compute" => Some(rest.to_vec()),
            "self" => Some([here, rest].concat()),
            "super" => {
                let ups = path.iter().take_while(|name| *name == "super").count();
                Some([&here[..here.len().checked_sub(ups)?], &path[ups..]].concat())
            }
            _ => {
                let brought = read.brought.iter().chain(&read.handed_on).find(|brought| brought.name == *first);
                if let Some(brought) = brought.filter(|brought| brought.path.first() != Some(first)) {
                    return Some([self.absolute(read, &brought.path)?, rest.to_vec()].concat());
                }
                let child = [&here[..], &path[..1]].concat();
                self.modules.contains_key(&child).then(|| [&here[..], path].concat())
            }
        }
    }

    /// The file that defines what a path from the root on names, and its name; `None` for a module: what is taken from it follows.
    /// What is handed on in a ring is nobody's.
    fn definition(&self, path: &[String], steps: usize) -> Option<(String, String)> {
        if self.modules.contains_key(&path.to_vec()) || steps > 20 {
            return None;
        }
        let depth = (0..path.len()).rev().find(|&depth| self.modules.contains_key(&path[..depth].to_vec()))?;
        let (file, name) = (self.modules[&path[..depth].to_vec()], &path[depth]);
        let read = &self.files[file];
        let brought = read.brought.iter().chain(&read.handed_on).find(|brought| brought.name == *name);
        match brought.and_then(|brought| self.absolute(read, &brought.path)) {
            Some(elsewhere) => self.definition(&[&elsewhere[..], &path[depth + 1..]].concat(), steps + 1),
            None if name == "*" => None,
            None => Some((file.clone(), name.clone())),
        }
    }
}

fn read(file: &Path, text: &str) -> Read {
    let mut module: Names = file.with_extension("").iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    let is_facade = module.last().is_some_and(|last| last == "mod" || last == "lib");
    if is_facade || file == Path::new("main.rs") {
        module.pop();
    }
    let words = words(text.split("\n#[cfg(test)]\nmod ").next().unwrap());
    let mut read = Read { module, brought: Vec::new(), handed_on: Vec::new(), paths: Vec::new() };
    let (mut at, mut is_public) = (0, false);
    while at < words.len() {
        match &*words[at] {
            "pub" => {
                is_public = true;
                at += 1;
                // In brackets stands who may see it.
                if words.get(at).is_some_and(|word| word == "(") {
                    at += words[at..].iter().position(|word| word == ")").unwrap() + 1;
                }
                continue;
            }
            "use" => {
                let mut brought = Vec::new();
                at = tree(&words, at + 1, &[], &mut brought);
                if is_facade && is_public { &mut read.handed_on } else { &mut read.brought }.extend(brought);
            }
            word if is_name(word) => {
                let mut path = vec![word.to_owned()];
                while words.get(at + 1).is_some_and(|word| word == "::")
                    && words.get(at + 2).is_some_and(|word| is_name(word))
                {
                    path.push(words[at + 2].clone());
                    at += 2;
                }
                at += 1;
                if path.len() > 1 {
                    read.paths.push(path);
                }
            }
            _ => at += 1,
        }
        is_public = false;
    }
    read
}

/// Reads what stands after `use`, or in its braces; returns where it ends.
fn tree(words: &[String], mut at: usize, before: &[String], brought: &mut Vec<Brought>) -> usize {
    let mut path = before.to_vec();
    loop {
        match &*words[at] {
            "::" => at += 1,
            "{" => {
                at += 1;
                while words[at] != "}" {
                    at = tree(words, at, &path, brought);
                    at += usize::from(words[at] == ",");
                }
                return at + 1;
            }
            "as" => {
                brought.push(Brought { path, name: words[at + 1].clone() });
                return at + 2;
            }
            word if is_name(word) || word == "*" => {
                path.push(word.to_owned());
                at += 1;
            }
            _ => {
                // `a::{self}` is `a`.
                path.pop_if(|last| last == "self" && !before.is_empty());
                brought.push(Brought { name: path.last().unwrap().clone(), path });
                return at;
            }
        }
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}

/// The code's names and signs, without comments, texts and lifetimes.
pub fn words(text: &str) -> Vec<String> {
    let (letters, mut words) = (text.chars().collect::<Vec<_>>(), Vec::new());
    let is = |at: usize, what: &str| what.chars().enumerate().all(|(by, letter)| letters.get(at + by) == Some(&letter));
    let is_of_name = |at: usize| letters.get(at).is_some_and(|letter| letter.is_alphanumeric() || *letter == '_');
    // Where what begins after `at` has ended with `end`.
    let after = |mut at: usize, end: &str, escapes: bool| {
        while at < letters.len() && !is(at, end) {
            at += if escapes && letters[at] == '\\' { 2 } else { 1 };
        }
        at + end.len()
    };
    let mut at = 0;
    while at < letters.len() {
        let raw = (letters[at] == 'r').then(|| letters[at + 1..].iter().take_while(|letter| **letter == '#').count());
        match letters[at] {
            '/' if is(at, "//") => at = after(at, "\n", false),
            '/' if is(at, "/*") => at = after(at, "*/", false),
            '"' => at = after(at + 1, "\"", true),
            'r' if raw.is_some_and(|marks| is(at + 1 + marks, "\"")) => {
                let marks = raw.unwrap();
                at = after(at + 2 + marks, &format!("\"{}", "#".repeat(marks)), false);
            }
            'b' if is(at, "b\"") => at = after(at + 2, "\"", true),
            '\'' if is(at + 1, "\\") || is(at + 2, "'") => at = after(at + 1, "'", true),
            '\'' => {
                at += 1;
                while is_of_name(at) {
                    at += 1;
                }
            }
            ':' if is(at, "::") => {
                words.push("::".to_owned());
                at += 2;
            }
            _ if is_of_name(at) => {
                let from = at;
                while is_of_name(at) {
                    at += 1;
                }
                words.push(letters[from..at].iter().collect());
            }
            letter if letter.is_whitespace() => at += 1,
            letter => {
                words.push(letter.to_string());
                at += 1;
            }
        }
    }
    words
}
