//! Handouts: a page for every step, and at the end the answers, each with the picture that it has in the window.

use std::path::Path;

use assert_cmd::Command;
use initscope::lesson::{BuiltIn, Handout, HandoutPage, Lesson, LessonWatch, template};
use initscope::page::{Fonts, Item, Page, Weight};

/// A question that is answered by two networks beside one another, one that is answered in words, and a goal.
const SMALL: &str = "version = 2\n[lesson]\ntitle = 'Small'\n[[experiments]]\nimages = 20\nlayers = 2\nwidth = 6\nactivation = 'relu'\n\
    [shown.panels]\nwords = false\n\
    [[steps]]\ntitle = 'One'\nquestion = 'What becomes of it?'\nanswers = ['Less', 'More']\nright = 2\n\
    why = 'B is larger.'\nreveal = { set = { sigma = [0.1, 0.4] } }\n\
    [[steps]]\ntitle = 'Two'\nquestion = 'Is that all?'\nanswers = ['Yes', 'No']\nright = 1\nwhy = 'It is.'\n\
    shown = { panels = { numbers = false } }\n\
    [[steps]]\ntitle = 'Three'\ntext = 'Find it.'\nuntil = 'sigma above 0.5'\nway = { sigma = 0.6 }\n";

fn pages_of(text: &str) -> Vec<Page> {
    let lesson = Lesson::parse(text, Path::new("")).unwrap();
    let set = HandoutPage { jobs: 1, ..HandoutPage::default() };
    Handout::of(&lesson, &set, &Fonts::bundled(), &LessonWatch::default()).unwrap().pages
}

fn texts(items: &[Item]) -> Vec<(String, f64)> {
    let of = |item: &Item| match item {
        Item::Text(text) => vec![(text.text.clone(), text.at.0)],
        Item::Clip(_, items) => texts(items),
        _ => Vec::new(),
    };
    items.iter().flat_map(of).collect()
}

fn words(page: &Page) -> Vec<String> {
    texts(&page.items).into_iter().map(|(text, _)| text).collect()
}

#[test]
fn answers_have_their_pictures_and_the_numbers_and_letters_of_the_window() {
    let pages = pages_of(SMALL);
    assert_eq!(pages.len(), 6, "three steps, and their answers");
    let has = |page: usize, wanted: &str| words(&pages[page]).iter().any(|text| text.contains(wanted));
    // Answers are numbered as on the screen; networks have the letters that texts name.
    assert!(has(0, "2") && has(0, "More") && !has(0, "B  "), "{:?}", words(&pages[0]));
    assert!(has(3, "Small: answers") && has(3, "It is."), "{:?}", words(&pages[3]));
    let are_told_apart = has(4, "A  ") && has(4, "B  ");
    assert!(has(4, "answer to 1") && has(4, "B is larger.") && are_told_apart, "{:?}", words(&pages[4]));
    assert!(has(5, "answer to 3") && has(5, "σ about 0.6"), "{:?}", words(&pages[5]));
    // What the window hides until the answer is not on paper.
    assert!(has(0, "std") && !has(1, "std") && !has(1, "dead"), "{:?}", words(&pages[1]));
}

#[test]
fn every_letter_of_the_lessons_can_be_printed() {
    let fonts = Fonts::bundled();
    for built_in in BuiltIn::all() {
        let text: String = built_in.text().chars().filter(|letter| !letter.is_control()).collect();
        let glyphs = fonts.glyphs(&text, 12.0, Weight::Regular);
        let missing: Vec<_> = glyphs.iter().filter(|glyph| glyph.id == 0).map(|glyph| glyph.character).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", built_in.name);
    }
}

#[test]
fn nothing_is_nearer_to_the_edge_of_the_paper_than_ten_millimetres() {
    for page in pages_of(SMALL) {
        let margin = page.size.0 * 10.0 / 297.0;
        for (text, left) in texts(&page.items) {
            assert!((margin - 0.5..page.size.0 - margin).contains(&left), "{text} at {left}");
        }
    }
}

#[test]
fn the_command_writes_a_page_for_every_step_and_the_answers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my.lesson.toml");
    std::fs::write(&path, template().replace("images = 1000", "images = 100")).unwrap();
    let run = |out: &str, flags: &[&str]| {
        let out = folder.path().join(out);
        let mut command = Command::cargo_bin("initscope").unwrap();
        command.args(["lesson", "render", path.to_str().unwrap(), "--out", out.to_str().unwrap()]).args(flags);
        command.assert().success();
        out
    };
    let pages = run("pages/", &[]);
    let page = |number: usize| std::fs::read_to_string(pages.join(format!("{number:02}.svg"))).unwrap();
    assert_eq!(std::fs::read_dir(&pages).unwrap().count(), 5, "three steps, and two answers");
    assert!(page(1).starts_with("<svg") || page(1).starts_with("<?xml"));
    let pdf = std::fs::read(run("handout.pdf", &["--theme", "print"])).unwrap();
    let count = String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count()
        + String::from_utf8_lossy(&pdf).matches("/Type/Page/").count();
    assert!(pdf.starts_with(b"%PDF") && (count == 5 || count == 0), "{count}");
    let pngs = run("pngs/", &["--format", "png", "--zoom", "0.5"]);
    assert_eq!(image::open(pngs.join("05.png")).unwrap().width(), 561);
}
