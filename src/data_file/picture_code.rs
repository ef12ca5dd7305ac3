//! A program in Python that reads a folder of pictures for each class.

use std::path::Path;

use super::class_folders::{folders, roots};
use super::made_set::{quoted, text};
use crate::image_set::{PartCode, ReadingCode};

/// A program that reads the pictures of these classes: whether all are grey, and whether grey ones have 16 bits, which Pillow cuts.
pub(super) fn reading(folder: &Path, classes: &[String], is_grey: bool, has_long_greys: bool) -> ReadingCode {
    let roots = roots(folder);
    let mode = if is_grey { "L" } else { "RGB" };
    let mut shared = vec![format!("classes = {}", classes_code(&roots, classes)), String::new(), String::new()];
    let mut image = format!("np.asarray(Image.open(file).convert(\"{mode}\"))");
    if has_long_greys {
        let lines = [
            "def pixels(file):",
            "    picture = Image.open(file)",
            "    if picture.mode.startswith(\"I\"):  # 16 bits, of which `convert` would make 255 whatever is above it",
            "        picture = Image.fromarray(((np.asarray(picture, \"uint32\") + 128) // 257).astype(\"uint8\"))",
        ];
        shared.extend(lines.map(str::to_owned));
        shared.extend([format!("    return np.asarray(picture.convert(\"{mode}\"))"), String::new(), String::new()]);
        "pixels(file)".clone_into(&mut image);
    }
    let lines = [
        "def pictures(root):",
        "    files = [",
        "        (file, label)",
        "        for label, name in enumerate(classes)",
        "        for file in sorted(Path(root, name).glob(\"[!.]*\"))",
        "        if file.suffix.lower() in (\".png\", \".jpg\", \".jpeg\")",
        "    ]",
    ];
    shared.extend(lines.map(str::to_owned));
    shared
        .push(format!("    return np.stack([{image} for file, _ in files]), np.array([label for _, label in files])"));
    shared.extend([String::new(), String::new()]);
    ReadingCode {
        own_imports: vec!["from pathlib import Path"],
        imports: vec!["from PIL import Image"],
        shared,
        parts: roots.iter().map(|root| PartCode::Both(format!("pictures({})", quoted(root)))).collect(),
    }
}

/// The names of the classes, looked up where the folders say them, or as a list.
fn classes_code(roots: &[impl AsRef<Path>], classes: &[String]) -> String {
    let has_all = |root: &Path| {
        let names = folders(root).into_iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        names.eq(classes.iter().cloned())
    };
    match roots {
        [first, rest @ ..] if has_all(first.as_ref()) && rest.iter().all(|root| has_all(root.as_ref())) => format!(
            "sorted(folder.name for folder in Path({}).glob(\"[!.]*\") if folder.is_dir())",
            quoted(first.as_ref())
        ),
        _ => format!("[{}]", classes.iter().map(|class| text(class)).collect::<Vec<_>>().join(", ")),
    }
}
