//! The lesson that is open is written from the window as a handout, as numbered pages or as a film: what `lesson render` writes, with
//! how far it is, what stops it, and what became of it.

use std::path::Path;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::figure::Theme;
use initscope::lesson::{HandoutPage, Lesson, LessonFile, LessonSource, LessonWatch};
use initscope::page::{AnimationFormat, PageFormat};

use crate::harness::{choose, press, settle, step_on_news, window};

const SMALL: &str = "version = 2\n[lesson]\ntitle = 'Small'\n[[experiments]]\nimages = 20\nlayers = 2\nwidth = 6\n\
    [[steps]]\ntitle = 'One'\ntext = 'Layer 2 has {layer2.std}.'\n\
    [[steps]]\ntitle = 'Two'\nquestion = 'What now?'\nanswers = ['Less', 'More']\nright = 2\nwhy = 'It is {layer2.std} now.'\n";
/// Nobody would wait for its end.
const LONG: &str = "version = 2\n[lesson]\ntitle = 'Long'\n[[experiments]]\nimages = 20\nlayers = 2\nwidth = 6\n\
    [training]\nsteps = 100000000\ntrain_images = 320\n[[steps]]\ntitle = 'One'\n[[steps]]\ntitle = 'Two'\ntrain = true\n";

/// The window with a lesson, and the dialog that writes it.
fn asked_for(text: &str, path: &Path) -> Harness<'static, App> {
    let mut harness = window();
    let ctx = harness.ctx.clone();
    let lesson = Lesson::parse(text, Path::new("")).unwrap();
    harness.state_mut().open_lesson(&ctx, lesson, LessonSource::File("small.toml".into()));
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L);
    harness.run_steps(3);
    type_path(&mut harness, "File name", path);
    harness
}

fn type_path(harness: &mut Harness<'static, App>, field: &str, path: &Path) {
    harness.get_by_role_and_label(Role::TextInput, field).focus();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    harness.event(egui::Event::Text(path.to_str().unwrap().to_owned()));
    harness.run_steps(2);
}

fn click(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click();
    harness.run_steps(3);
}

fn until_said(harness: &mut Harness<'static, App>, words: &str) {
    let start = Instant::now();
    while harness.query_all_by_label_contains(words).next().is_none() {
        assert!(start.elapsed() < Duration::from_secs(60), "{words}");
        std::thread::sleep(Duration::from_millis(2));
        harness.step();
    }
}

#[test]
fn a_lesson_is_written_as_its_command_writes_it() {
    let folder = tempfile::tempdir().unwrap();
    let (pdf, deck) = (folder.path().join("small.pdf"), folder.path().join("deck"));
    let mut harness = asked_for(SMALL, &pdf);
    click(&mut harness, "Write");
    until_said(&mut harness, "The file is written.");
    let lesson = Lesson::parse(SMALL, Path::new("")).unwrap();
    let file = LessonFile::Pages(PageFormat::Pdf);
    let again = folder.path().join("again.pdf");
    file.write(&lesson, &again, (&file.page(), 1.0), &LessonWatch::default()).unwrap();
    assert!(std::fs::read(&pdf).unwrap() == std::fs::read(&again).unwrap(), "the pages are the same");
    // What is there is not written over unasked.
    click(&mut harness, "Write");
    harness.get_by_label("This file already exists.");
    harness.get_by_role_and_label(Role::Button, "Replace");
    // Numbered pages go into a folder: two steps, and the answers.
    choose(&mut harness, "File", "Numbered pages, SVG");
    choose(&mut harness, "Colours", "Dark");
    type_path(&mut harness, "Folder", &deck);
    click(&mut harness, "Write");
    until_said(&mut harness, "The pages are written.");
    let mut names: Vec<_> = std::fs::read_dir(&deck).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["01.svg", "02.svg", "03.svg"]);
    let file = LessonFile::Pages(PageFormat::Svg);
    let mut page = HandoutPage { ..file.page() };
    page.sheet.theme = Theme::Dark;
    let again = folder.path().join("again");
    file.write(&lesson, &again, (&page, 1.0), &LessonWatch::default()).unwrap();
    for name in names {
        assert!(std::fs::read(deck.join(&name)).unwrap() == std::fs::read(again.join(&name)).unwrap(), "{name:?}");
    }
}

#[test]
fn a_lesson_that_is_being_written_can_be_stopped_in_the_middle_of_a_training() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.pdf");
    let mut harness = asked_for(LONG, &path);
    click(&mut harness, "Write");
    until_said(&mut harness, "Step 2 of 2");
    // The dialog has grown by a line, and stands in its middle from the next frame on.
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::Button, "Stop").click();
    until_said(&mut harness, "Stopped: nothing was written");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    // A folder that is not there is said in a sentence, and the dialog stays.
    type_path(&mut harness, "File name", &folder.path().join("none/small.pdf"));
    click(&mut harness, "Write");
    until_said(&mut harness, "choose a folder that exists");
    harness.get_by_role_and_label(Role::TextInput, "File name");
}

#[test]
fn what_became_of_a_lesson_stays_in_its_dialog_until_something_else_is_set_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = asked_for(LONG, &folder.path().join("none/long.pdf"));
    // Behind the dialog networks are trained, live.
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::PageDown);
    let moves = |harness: &mut Harness<'static, App>| {
        let (start, step) = (Instant::now(), harness.state().shown_step());
        while harness.state().shown_step() <= step + 1 {
            assert!(start.elapsed() < Duration::from_secs(60), "no step");
            step_on_news(harness);
        }
    };
    press(&mut harness, Key::Num1);
    moves(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L);
    harness.run_steps(3);
    click(&mut harness, "Write");
    let said = "choose a folder that exists";
    until_said(&mut harness, said);
    moves(&mut harness);
    harness.get_by_label_contains(said);
    choose(&mut harness, "Colours", "Dark");
    assert!(harness.query_by_label_contains(said).is_none(), "it is of other colours");
}

#[test]
fn a_film_says_when_all_is_measured_and_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = asked_for(SMALL, &folder.path().join("small.gif"));
    choose(&mut harness, "File", "Film, animated GIF");
    click(&mut harness, "Write");
    until_said(&mut harness, "Writing the film …");
    until_said(&mut harness, "The film is written.");
    assert!(harness.query_by_label("Writing the film …").is_none());
    // What it is told of, in this order.
    let said = std::cell::RefCell::new(Vec::new());
    let say = |step, steps| said.borrow_mut().push((step, steps));
    let lesson = Lesson::parse(SMALL, Path::new("")).unwrap();
    for file in [LessonFile::Pages(PageFormat::Pdf), LessonFile::Film(AnimationFormat::Gif)] {
        let path = folder.path().join("again").with_extension(file.ending());
        file.write(&lesson, &path, (&file.page(), 0.1), &LessonWatch { say: &say, ..LessonWatch::default() }).unwrap();
        assert_eq!(said.take(), [(0, 2), (1, 2), (2, 2)], "{file:?}");
    }
}

#[test]
fn without_a_lesson_there_is_nothing_to_write_and_the_list_of_lessons_is_shown() {
    let mut harness = window();
    harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L);
    harness.run_steps(3);
    assert!(harness.query_by_label("Handout or film of the lesson").is_none());
    harness.get_by_role_and_label(Role::Button, "Dead ReLUs");
    assert!(harness.get_by_role_and_label(Role::Button, "Handout …").accesskit_node().is_disabled());
}
