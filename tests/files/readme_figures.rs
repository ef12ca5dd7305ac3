//! The figures in the README and in the pages of `docs/` are those that the commands beside them make.

use std::path::Path;

use assert_cmd::Command;
use resvg::tiny_skia::{Pixmap, Transform};

/// Pixels of a picture, of an SVG as resvg draws it.
fn pixels(path: &Path) -> Vec<u8> {
    if path.extension().is_some_and(|ending| ending == "png") {
        return image::open(path).unwrap().to_rgba8().into_raw();
    }
    let tree = resvg::usvg::Tree::from_data(&std::fs::read(path).unwrap(), &resvg::usvg::Options::default()).unwrap();
    let size = tree.size().to_int_size();
    let mut pixmap = Pixmap::new(size.width(), size.height()).unwrap();
    resvg::render(&tree, Transform::default(), &mut pixmap.as_mut());
    pixmap.take()
}

/// What is rendered, each with the page that says so.
fn commands(root: &Path) -> Vec<(String, String)> {
    let docs = std::fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut commands = Vec::new();
    for path in
        docs.chain([root.join("README.md")]).filter(|path| path.extension().is_some_and(|ending| ending == "md"))
    {
        let page = std::fs::read_to_string(path).unwrap();
        let flags = page.lines().filter_map(|line| line.trim().strip_prefix("cargo run --release -- render "));
        commands.extend(flags.map(|flags| (flags.to_owned(), page.clone())));
    }
    commands
}

#[test]
fn each_is_what_its_command_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let mut made = 0;
    for (command, page) in commands(root) {
        let (flags, name) = command.split_once(" --out ").unwrap();
        if !name.starts_with("assets/") {
            continue;
        }
        assert!(["](", "](../"].iter().any(|link| page.contains(&format!("{link}{name})"))), "{name} is shown");
        let path = folder.path().join(Path::new(name).file_name().unwrap());
        let mut program = Command::new(env!("CARGO_BIN_EXE_initscope"));
        program.arg("render").args(flags.split_whitespace()).arg("--out").arg(&path).assert().success();
        let (new, shown) = (pixels(&path), pixels(&root.join(name)));
        assert_eq!(new.len(), shown.len(), "{name}");
        // Another kind of CPU may round otherwise.
        let off = |(one, other): (&[u8], &[u8])| one.iter().zip(other).any(|(one, other)| one.abs_diff(*other) > 40);
        let different = new.chunks_exact(4).zip(shown.chunks_exact(4)).filter(|pair| off(*pair)).count();
        assert!(different * 500 < new.len() / 4, "{name}: {different} pixels differ; make it again by its command");
        made += 1;
    }
    assert_eq!(made, 4);
    // The first picture is a race.
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let first = readme.lines().find(|line| line.starts_with("![")).unwrap();
    assert!(first.ends_with("(assets/race.gif)"), "{first}");
}

/// The film that the README begins with: the curves in its first and its last picture are those that its command makes. The axis
/// below them is that of all pictures, which take too long.
#[test]
fn the_film_is_what_its_command_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let command =
        readme.lines().find_map(|line| line.trim().strip_prefix("cargo run --release -- animate --show training "));
    let (flags, name) = command.unwrap().split_once(" --out ").unwrap();
    assert!(readme.contains(&format!("]({name})")), "{name} is shown");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ends.gif");
    let flags: Vec<_> = flags.split_whitespace().map(|flag| if flag == "20" { "2" } else { flag }).collect();
    let mut program = Command::new(env!("CARGO_BIN_EXE_initscope"));
    program.args(["animate", "--show", "training"]).args(&flags).arg("--out").arg(&path).assert().success();
    let (ends, film) = (frames(&path), frames(&root.join(name)));
    assert_eq!(ends.len(), 2);
    assert!(film.len() > 10 && film[0] != film[film.len() - 1], "it moves: {} pictures", film.len());
    for (new, shown) in [(&ends[0], &film[0]), (&ends[1], &film[film.len() - 1])] {
        assert_eq!(new.len(), shown.len());
        let (new, shown) = (&new[..new.len() * 2 / 5], &shown[..shown.len() * 2 / 5]);
        let different = new.iter().zip(shown).filter(|(one, other)| one.abs_diff(**other) > 40).count();
        assert!(different * 500 < new.len(), "{different} values differ; make it again by its command");
    }
}

fn frames(path: &Path) -> Vec<Vec<u8>> {
    use image::AnimationDecoder as _;
    let decoder =
        image::codecs::gif::GifDecoder::new(std::io::BufReader::new(std::fs::File::open(path).unwrap())).unwrap();
    decoder.into_frames().map(|frame| frame.unwrap().into_buffer().into_raw()).collect()
}
