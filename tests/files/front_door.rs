//! What a visitor reads leads to what is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What is written for people, from the root on.
fn pages() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages: Vec<_> = ["", "docs", "packaging", "fuzz"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect();
    pages.sort();
    pages
}

#[test]
fn every_link_leads_to_a_file() {
    let mut count = 0;
    for (page, text) in pages() {
        for link in text.split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap()) {
            if !link.is_empty() && !link.contains("://") {
                assert!(page.parent().unwrap().join(link).exists(), "{} links to {link}", page.display());
                count += 1;
            }
        }
    }
    assert!(count > 20, "the links are found: {count}");
}

#[test]
fn every_link_to_a_heading_leads_to_one() {
    let anchor = |heading: &str| {
        let kept = |letter: &char| letter.is_alphanumeric() || " -_".contains(*letter);
        heading.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
    };
    for (page, text) in pages() {
        for link in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let Some((file, wanted)) = link.split_once('#').filter(|_| !link.contains("://")) else { continue };
            let to = if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
            let there = std::fs::read_to_string(to).unwrap();
            let mut headings =
                there.lines().filter_map(|line| line.strip_prefix('#')?.trim_start_matches('#').strip_prefix(' '));
            assert!(headings.any(|heading| anchor(heading) == wanted), "{} links to {link}", page.display());
        }
    }
}

#[test]
fn every_file_that_a_recipe_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let is_path = |word: &&str| ["src/", "tests/"].iter().any(|folder| word.starts_with(folder));
    let named: BTreeSet<_> = text.split('`').skip(1).step_by(2).filter(is_path).collect();
    assert!(named.len() > 35, "the recipes' files are found: {}", named.len());
    let missing: Vec<_> = named.into_iter().filter(|path| !root.join(path).exists()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
