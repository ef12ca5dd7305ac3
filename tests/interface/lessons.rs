//! Lessons in the window: one goes on, back, away and back to the story; questions are guessed before they are answered; what is
//! asked for releases Next; and steps of one's own are written into a file.

use std::path::Path;

use egui::accesskit::{Live, Role};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::{App, Session};
use initscope::experiment::{Experiment, Initializer};
use initscope::figure::{Quantity, Scene, ViewName};
use initscope::lesson::{BuiltIn, Lesson, LessonSource};

use crate::harness::{Dropped, experiment, press, set_slider, settle, window, window_of};

const SMALL: &str = "version = 2\n[lesson]\ntitle = 'Small'\n[[experiments]]\nimages = 120\n[shown.panels]\nwords = false\n\
    [[steps]]\ntitle = 'One'\ntext = 'Layer 5 has {layer5.std}.'\nclaims = ['dead at least 0']\nlit = ['sigma']\n\
    [[steps]]\ntitle = 'Two'\nquestion = 'What now?'\nanswers = ['Less', 'More']\nright = 2\nwhy = 'It is {layer5.std} now.'\n\
    reveal = { set = { sigma = 0.28 } }\n\
    [[steps]]\ntitle = 'Three'\ntext = 'Drag it up.'\nuntil = 'sigma above 0.3'\nway = { sigma = 0.4 }\n\
    [[steps]]\ntitle = 'Four'\n[steps.set]\nseed = 3\n[steps.shown]\nview = 'units'\n\
    [[steps]]\ntitle = 'Five'\n[steps.shown]\nview = 'layers'\nlayers = { quantity = 'gradients' }\n\
    [[steps.experiments]]\nsigma = 0.1\n[[steps.experiments]]\nsigma = 0.2\n";

fn sigma(harness: &Harness<'static, App>) -> f64 {
    match experiment(harness).initializer {
        Initializer::RandomNormal { sigma, .. } => sigma,
        other => panic!("{other:?}"),
    }
}

fn open(harness: &mut Harness<'static, App>, text: &str) {
    let lesson = Lesson::parse(text, Path::new("")).unwrap();
    let ctx = harness.ctx.clone();
    harness.state_mut().open_lesson(&ctx, lesson, LessonSource::File("small.toml".into()));
    harness.run_steps(3);
}

fn click(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click();
    harness.run_steps(3);
}

#[test]
fn next_and_back_walk_through_the_steps() {
    let mut harness = window();
    open(&mut harness, SMALL);
    settle(&mut harness);
    harness.get_by_label("One");
    harness.get_by_label("1 of 5");
    let std = initscope::number::significant(harness.state().figure().unwrap().measurement.layers[4].output.std);
    let text = format!("Layer 5 has {std}.");
    let live = harness.get_by_label(&text).accesskit_node().data().live();
    assert_eq!(live, Some(Live::Polite), "it is read when it changes");
    click(&mut harness, "Next");
    harness.get_by_label("What now?");
    // It is guessed, or shown; until then what it asks for is not.
    assert_eq!(sigma(&harness), 0.1);
    click(&mut harness, "Show");
    assert_eq!(sigma(&harness), 0.28);
    press(&mut harness, Key::PageDown);
    harness.get_by_label("3 of 5");
    press(&mut harness, Key::PageUp);
    press(&mut harness, Key::PageUp);
    assert_eq!(sigma(&harness), 0.1, "before the answer");
    click(&mut harness, "Back");
    harness.get_by_label("One");
    assert!(harness.get_by_role_and_label(Role::Button, "Back").accesskit_node().is_disabled());
}

#[test]
fn every_step_works_by_next_alone() {
    let mut harness = window();
    open(&mut harness, SMALL);
    for _ in 0..6 {
        press(&mut harness, Key::PageDown);
        harness.step();
    }
    harness.get_by_label("5 of 5");
    settle(&mut harness);
    let sigmas: Vec<_> = harness.state().slots().iter().map(|slot| slot.experiment().initializer).collect();
    assert_eq!(sigmas, [0.1, 0.2].map(|sigma| Initializer::RandomNormal { mean: 0.0, sigma }));
    let shown = harness.state().scene().shown.unwrap();
    assert_eq!((shown.view, shown.layers.quantity), (ViewName::Compare, Quantity::Gradients));
    // A remote sends a press twice now and then.
    press(&mut harness, Key::PageDown);
    harness.get_by_label_contains("once more closes the lesson");
    harness.get_by_label("5 of 5");
    press(&mut harness, Key::PageDown);
    assert!(harness.query_by_label("5 of 5").is_none(), "it is over");
}

#[test]
fn an_answer_is_judged_and_shown() {
    let mut harness = window();
    open(&mut harness, SMALL);
    press(&mut harness, Key::PageDown);
    // Elsewhere 1 is a view's key.
    press(&mut harness, Key::Num1);
    harness.get_by_label("Less: not quite");
    // Of two answers only the right one is left.
    harness.get_by_label("More: right");
    assert_eq!(sigma(&harness), 0.28);
    settle(&mut harness);
    let std = initscope::number::significant(harness.state().figure().unwrap().measurement.layers[4].output.std);
    harness.get_by_label(&format!("It is {std} now."));
    press(&mut harness, Key::PageUp);
    click(&mut harness, "More");
    harness.get_by_label("More: right, at the second guess");
    // The digits of its answers are the question's until the step is left.
    press(&mut harness, Key::Num2);
    assert_eq!(harness.state().scene().shown.unwrap().view, ViewName::Layers);
    press(&mut harness, Key::PageDown);
    press(&mut harness, Key::Num3);
    assert_eq!(harness.state().scene().shown.unwrap().view, ViewName::Units);
}

#[test]
fn a_wrong_answer_says_why_and_may_be_followed_by_another() {
    let text = SMALL.replace(
        "answers = ['Less', 'More']\nright = 2",
        "answers = ['Less', 'As much', 'More']\nright = 3\n\
        hints = ['Twice as large weights shrink nothing.', 'Not at {sigma}.', '']",
    );
    let text = text.replace("question = 'What now?'", "text = 'It has {sigma}.'\nquestion = 'What now?'");
    let mut harness = window();
    open(&mut harness, &text);
    press(&mut harness, Key::PageDown);
    settle(&mut harness);
    harness.get_by_label("It has 0.100.");
    press(&mut harness, Key::Num1);
    harness.get_by_label("Less: not quite");
    harness.get_by_label("Twice as large weights shrink nothing.");
    harness.get_by_label("Guess again, or look with Show.");
    assert_eq!(sigma(&harness), 0.1, "nothing is given away");
    // The same answer again is no other guess.
    press(&mut harness, Key::Num1);
    assert!(harness.query_by_label("More: right").is_none());
    press(&mut harness, Key::Num3);
    harness.get_by_label("More: right, at the second guess");
    harness.get_by_label("Less: not quite");
    assert_eq!(sigma(&harness), 0.28);
    // What was said before the answer is still so.
    settle(&mut harness);
    harness.get_by_label("It has 0.100.");
    press(&mut harness, Key::PageUp);
    settle(&mut harness);
    harness.get_by_label("It has 0.100.");
}

/// Whether something that lies over a control dims it.
fn is_veiled(harness: &Harness<'static, App>, control: egui::Rect) -> bool {
    let shapes = harness.output().shapes.iter();
    let veils = shapes.filter_map(|clipped| match &clipped.shape {
        egui::Shape::Rect(rect) if (1..255).contains(&rect.fill.a()) => Some(rect.rect),
        _ => None,
    });
    veils.into_iter().any(|veil| veil.contains(control.center()))
}

#[test]
fn whatever_is_not_lit_steps_back_and_can_still_be_used() {
    let mut harness = window();
    let place = |harness: &Harness<'static, App>, role, label: &str| harness.get_by_role_and_label(role, label).rect();
    let others = [
        (Role::Slider, "Bias"),
        (Role::ComboBox, "Activation"),
        (Role::Button, "Reseed"),
        (Role::Button, "Landscape"),
        (Role::SpinButton, "Seed"),
    ];
    for (role, label) in others {
        assert!(!is_veiled(&harness, place(&harness, role, label)), "{label}, without a lesson");
    }
    open(&mut harness, SMALL);
    for (role, label) in others {
        assert!(is_veiled(&harness, place(&harness, role, label)), "{label}");
    }
    assert!(!is_veiled(&harness, place(&harness, Role::Slider, "σ")));
    harness.get_by_role_and_label(Role::Button, "Reseed").click();
    let seed = experiment(&harness).seed;
    harness.run_steps(2);
    assert_ne!(experiment(&harness).seed, seed);
    // A step that lights nothing dims nothing.
    press(&mut harness, Key::PageDown);
    assert!(!is_veiled(&harness, place(&harness, Role::Slider, "Bias")));
}

#[test]
fn who_leaves_the_story_comes_back_to_the_very_state() {
    let mut harness = window();
    open(&mut harness, SMALL);
    press(&mut harness, Key::PageDown);
    press(&mut harness, Key::Num2);
    settle(&mut harness);
    let told = (harness.state().scene(), harness.state().slots());
    assert!(!harness.state().has_left_story());
    assert!(harness.query_by_label("Back to the story").is_none());
    set_slider(&mut harness, "σ", 0.05);
    harness.run_steps(2);
    press(&mut harness, Key::R);
    press(&mut harness, Key::F6);
    press(&mut harness, Key::Num2);
    settle(&mut harness);
    assert_ne!(harness.state().slots(), told.1);
    assert!(harness.state().has_left_story());
    click(&mut harness, "Back to the story");
    settle(&mut harness);
    assert_eq!((harness.state().scene(), harness.state().slots()), told);
    // What was tried can be done again, and what was before the step comes before it.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    harness.run_steps(2);
    assert!(harness.state().has_left_story());
    press(&mut harness, Key::Home);
    assert_eq!(harness.state().slots(), told.1);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!(sigma(&harness), 0.1);
    harness.get_by_label("What now?");
    assert!(harness.query_by_label("More: right, as you guessed").is_none(), "before it was answered");
}

#[test]
fn what_is_asked_for_releases_next() {
    let mut harness = window();
    open(&mut harness, SMALL);
    for _ in 0..3 {
        press(&mut harness, Key::PageDown);
    }
    harness.get_by_label("Three");
    let is_locked = |harness: &Harness<'static, App>| {
        harness.get_by_role_and_label(Role::Button, "Next").accesskit_node().is_disabled()
    };
    settle(&mut harness);
    assert!(is_locked(&harness));
    set_slider(&mut harness, "σ", 0.29);
    settle(&mut harness);
    harness.run_steps(2);
    assert!(is_locked(&harness), "it is not reached yet");
    set_slider(&mut harness, "σ", 0.35);
    settle(&mut harness);
    harness.run_steps(2);
    assert!(!is_locked(&harness));
    // It was reached, whatever comes after.
    set_slider(&mut harness, "σ", 0.2);
    settle(&mut harness);
    assert!(!is_locked(&harness));
    click(&mut harness, "Next");
    harness.get_by_label("Four");
}

#[test]
fn who_would_rather_see_it_is_shown_what_is_asked_for() {
    let mut harness = window();
    open(&mut harness, SMALL);
    for _ in 0..3 {
        press(&mut harness, Key::PageDown);
    }
    click(&mut harness, "Show me");
    assert_eq!(sigma(&harness), 0.4);
    click(&mut harness, "Next");
    harness.get_by_label("Four");
}

#[test]
fn a_lesson_goes_on_where_it_was_left() {
    let mut harness = window();
    open(&mut harness, SMALL);
    press(&mut harness, Key::PageDown);
    click(&mut harness, "Close the lesson");
    assert!(harness.query_by_label("2 of 5").is_none());
    open(&mut harness, SMALL);
    harness.get_by_label("2 of 5");
    // And in the next run.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.toml");
    std::fs::write(&path, SMALL).unwrap();
    let ctx = harness.ctx.clone();
    let lesson = Lesson::read(&path).unwrap();
    harness.state_mut().open_lesson(&ctx, lesson, LessonSource::File(path));
    press(&mut harness, Key::PageDown);
    press(&mut harness, Key::PageDown);
    harness.run_steps(2);
    let session = Session::of(harness.state(), &harness.ctx);
    let text = serde_json::to_string(&session).unwrap();
    let session: Session = serde_json::from_str(&text).unwrap();
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut again = Harness::builder().with_size([1280.0, 800.0]).build_eframe(build);
    again.run_steps(3);
    again.get_by_label("2 of 5");
    again.get_by_label("More: right");
    assert_eq!(sigma(&again), 0.28);
    assert!(!again.state().has_left_story());
}

#[test]
fn a_lesson_s_file_is_opened_as_a_scene_s_and_one_that_is_wrong_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let (right, wrong) = (folder.path().join("right.toml"), folder.path().join("wrong.toml"));
    std::fs::write(&right, SMALL).unwrap();
    std::fs::write(&wrong, SMALL.replace("sigma above 0.3", "sigma over 0.3")).unwrap();
    let mut harness = window();
    let before = harness.state().scene();
    drop_file(&mut harness, &wrong);
    let said = harness
        .get_by_label_contains("The lesson has an error (line 23, column 16: this compares nothing")
        .accesskit_node()
        .value();
    let said = said.unwrap_or_default();
    assert!(said.contains("wrong.toml") && !said.contains('\n'), "{said}");
    assert_eq!(harness.state().scene(), before, "all is as it was");
    drop_file(&mut harness, &right);
    harness.get_by_label("1 of 5");
}

fn drop_file(harness: &mut Harness<'static, App>, path: &Path) {
    harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path.to_owned())));
    harness.step();
    harness.run_steps(3);
}

#[test]
fn lessons_are_found_in_the_menu_by_name_and_on_the_first_start() {
    let mut harness = window();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run_steps(3);
    for built_in in BuiltIn::all() {
        harness.get_by_role_and_label(Role::Button, &built_in.lesson().unwrap().title);
    }
    click(&mut harness, "Dead ReLUs");
    harness.get_by_label("Off is not dead");
    click(&mut harness, "Close the lesson");
    press(&mut harness, Key::Questionmark);
    harness.run_steps(2);
    harness.event(egui::Event::Text("edge of ch".to_owned()));
    harness.run_steps(2);
    press(&mut harness, Key::Enter);
    harness.run_steps(2);
    harness.get_by_label("Too small: order");
    // What the first start offers is gone when it is closed.
    let mut first = window();
    click(&mut first, "Close this line");
    assert!(first.query_by_label("Two-minute tour").is_none());
    let mut first = window();
    click(&mut first, "Two-minute tour");
    first.get_by_label("Five layers, ten thousand images");
    assert!(first.query_by_label("Two-minute tour").is_none());
}

#[test]
fn what_is_shown_becomes_a_step_of_a_lesson_of_one_s_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.lesson.toml");
    let mut harness = window();
    let add = |harness: &mut Harness<'static, App>, title: &str| {
        harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::A);
        harness.run_steps(3);
        let field = |harness: &mut Harness<'static, App>, label: &str, text: &str| {
            harness.get_by_role_and_label(Role::TextInput, label).focus();
            harness.run_steps(2);
            harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
            harness.step();
            harness.event(egui::Event::Text(text.to_owned()));
            harness.run_steps(2);
        };
        field(harness, "Title", title);
        field(harness, "Lesson file", path.to_str().unwrap());
        click(harness, "Add");
        assert!(harness.query_by_label("Lesson file").is_none(), "the dialog is closed");
    };
    settle(&mut harness);
    add(&mut harness, "First");
    set_slider(&mut harness, "σ", 0.2);
    press(&mut harness, Key::G);
    settle(&mut harness);
    add(&mut harness, "Second");
    let scene = harness.state().scene();
    let lesson = Lesson::read(&path).unwrap();
    assert_eq!(lesson.steps.iter().map(|step| &*step.title).collect::<Vec<_>>(), ["First", "Second"]);
    assert_eq!(lesson.steps.iter().map(|step| step.claims.len()).collect::<Vec<_>>(), [1, 1]);
    let stages = lesson.stages();
    assert_eq!(stages[0].1.scene.experiments[0].initializer, Experiment::article().initializer);
    assert_eq!(stages[1].1.scene.experiments, scene.experiments);
    assert_eq!(Some(stages[1].1.shown()), scene.shown);
}

#[test]
fn what_a_lesson_trains_is_trained_when_it_is_shown() {
    let text = "version = 2\n[lesson]\ntitle = 'L'\n[[experiments]]\nimages = 100\nlayers = 2\nwidth = 20\n\
        [training]\nsteps = 12\ntrain_images = 320\n\
        [[steps]]\ntitle = 'Race'\nquestion = 'q'\nanswers = ['a', 'b']\nright = 1\nwhy = 'After {step} steps.'\n\
        reveal = { train = true }\n";
    let mut harness = window();
    open(&mut harness, text);
    settle(&mut harness);
    assert_eq!(harness.state().shown_step(), 0);
    press(&mut harness, Key::Num2);
    settle(&mut harness);
    harness.get_by_label("After 12 steps.");
    assert_eq!(harness.state().shown_step(), 12);
    press(&mut harness, Key::PageUp);
    settle(&mut harness);
    assert_eq!(harness.state().shown_step(), 0, "before the question is answered nothing is trained");
    // Whoever goes on while it still goes back sees it trained, too.
    for key in [Key::PageDown, Key::PageUp, Key::PageDown] {
        press(&mut harness, key);
    }
    settle(&mut harness);
    assert_eq!(harness.state().shown_step(), 12);
}

#[test]
fn a_lesson_finds_room_at_every_size_and_covers_nothing() {
    for (width, height) in [(1280.0, 720.0), (1920.0, 1080.0), (1000.0, 640.0)] {
        let mut harness = window_of(width, height);
        open(&mut harness, SMALL);
        press(&mut harness, Key::PageDown);
        settle(&mut harness);
        let next = harness.get_by_role_and_label(Role::Button, "Show").rect();
        let answer = harness.get_by_role_and_label(Role::Button, "More").rect();
        let window = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height));
        assert!(window.contains_rect(next) && window.contains_rect(answer), "{width} x {height}");
        assert!(!next.intersects(answer));
        for layer in ["Layer 1", "Layer 5"] {
            if let Some(layer) = harness.query_by_label_contains(layer) {
                assert!(!layer.rect().shrink(1.0).intersects(answer), "{width} x {height}");
            }
        }
    }
}

#[test]
fn what_is_lit_is_in_sight_when_its_step_begins() {
    let text = SMALL
        .replace("title = 'Two'", "title = 'Two'\nlit = ['optimizer']")
        .replace("title = 'Three'", "title = 'Three'\nlit = ['data']");
    let mut harness = window_of(1280.0, 480.0);
    open(&mut harness, &text);
    for (step, role, label) in [(1, Role::ComboBox, "Optimizer"), (3, Role::ComboBox, "Data")] {
        while harness.query_by_label(&format!("{} of 5", step + usize::from(step == 1))).is_none() {
            press(&mut harness, Key::PageDown);
        }
        harness.run_steps(4);
        let place = harness.get_by_role_and_label(role, label).rect();
        assert!(place.top() > 40.0 && place.bottom() < 450.0, "{label}: {place}");
    }
}

/// The step that is shown, from 0.
fn step_of(harness: &Harness<'static, App>) -> usize {
    let count = (1..20).find(|step| harness.query_by_label(&format!("{step} of 11")).is_some());
    count.unwrap() - 1
}

#[test]
fn every_word_is_in_sight_in_a_band() {
    for size in [[880.0, 600.0], [800.0, 560.0]] {
        let mut harness = window_of(size[0], size[1]);
        let ctx = harness.ctx.clone();
        let lesson = BuiltIn::named("article").unwrap().lesson().unwrap();
        harness.state_mut().open_lesson(&ctx, lesson.clone(), LessonSource::BuiltIn("article".to_owned()));
        for step in 0..4 {
            harness.run_steps(8);
            let next =
                ["Next", "Show"].into_iter().find_map(|name| harness.query_by_role_and_label(Role::Button, name));
            let bottom = next.unwrap().rect().top();
            let title = &lesson.steps[step_of(&harness)].title;
            assert!(harness.get_by_label(title).rect().top() > 0.0, "{step}");
            if let Some(question) = lesson.steps[step_of(&harness)].question.as_ref() {
                for answer in &question.answers {
                    let place = harness.query_all_by_label_contains(answer).map(|node| node.rect()).next().unwrap();
                    assert!(place.bottom() <= bottom, "{size:?}, {step}: {answer} {place}");
                }
            }
            press(&mut harness, Key::PageDown);
        }
    }
}

#[test]
fn a_race_is_as_it_was_when_a_lesson_is_left() {
    let steps = |harness: &Harness<'static, App>| -> Vec<u64> {
        harness.state().racers().iter().map(|(_, racer)| racer.map_or(0, |racer| racer.step)).collect()
    };
    let text = "version = 2\n[[experiments]]\nimages = 100\nlayers = 2\nwidth = 20\nsigma = [0.1, 0.2]\n\
        [training]\nsteps = 12\ntrain_images = 320\n[shown]\nview = 'training'\n";
    // Its networks are the race's, which it goes through anew.
    let lesson = format!(
        "version = 2\n[lesson]\ntitle = 'L'\n{}[[steps]]\ntitle = 'Drawn'\n[[steps]]\ntitle = 'Race'\ntrain = true\n\
        [steps.set]\nsigma = 0.2\n",
        text.strip_prefix("version = 2\n").unwrap().replace("[0.1, 0.2]", "0.1")
    );
    let mut harness = window();
    harness.state_mut().set_scene(Scene::parse(text, Path::new("")).unwrap());
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(steps(&harness), [12, 12]);
    let losses = |harness: &Harness<'static, App>| -> Vec<Vec<f64>> {
        let racers = harness.state().racers();
        racers.iter().map(|(_, racer)| racer.unwrap().history.losses().collect()).collect()
    };
    let before = losses(&harness);
    for is_closed in [false, true] {
        open(&mut harness, &lesson);
        settle(&mut harness);
        assert_eq!(steps(&harness), [0], "a lesson begins with what is drawn");
        press(&mut harness, Key::PageDown);
        settle(&mut harness);
        assert_eq!(steps(&harness), [12]);
        if is_closed {
            click(&mut harness, "Close the lesson");
            settle(&mut harness);
        }
        for _ in 0..5 {
            if steps(&harness) == [12, 12] {
                break;
            }
            harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
            harness.run_steps(3);
            settle(&mut harness);
        }
        assert_eq!(steps(&harness), [12, 12], "closed first: {is_closed}");
        assert_eq!(losses(&harness), before);
        assert!(!harness.state().is_racing());
    }
}

#[test]
fn a_lesson_that_is_closed_leaves_what_it_shows_and_undo_leads_to_what_was_before() {
    let network = "[[experiments]]\nimages = 100\nlayers = 2\nwidth = 20\nsigma = 0.2\n[training]\nsteps = 12\ntrain_images = 320\n";
    let mut harness = window();
    harness.state_mut().set_scene(Scene::parse(&format!("version = 2\n{network}"), Path::new("")).unwrap());
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    harness.run_steps(2);
    settle(&mut harness);
    // What is looked at is the network before its training.
    harness.get_by_role_and_label(Role::Slider, "Step").set_value_accesskit(0.0);
    harness.run_steps(2);
    settle(&mut harness);
    let seen = |harness: &Harness<'static, App>| {
        let state = harness.state();
        (state.subject(), state.scene().shown, state.shown_step(), state.has_race())
    };
    let before = seen(&harness);
    assert_eq!((before.2, before.3), (0, true));
    // A lesson of the very same network, trained.
    let steps =
        "[[steps]]\ntitle = 'Drawn'\n[[steps]]\ntitle = 'Trained'\ntrain = true\n[steps.shown]\nview = 'units'\n";
    open(&mut harness, &format!("version = 2\n[lesson]\ntitle = 'L'\n{network}{steps}"));
    settle(&mut harness);
    press(&mut harness, Key::PageDown);
    settle(&mut harness);
    let told = seen(&harness);
    assert_eq!(told.2, 12);
    click(&mut harness, "Close the lesson");
    settle(&mut harness);
    assert_eq!(seen(&harness), told, "what is shown stays");
    for _ in 0..5 {
        if seen(&harness) == before {
            break;
        }
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run_steps(3);
        settle(&mut harness);
    }
    assert_eq!(seen(&harness), before);
    assert!(!harness.state().is_racing());
}

#[test]
fn what_leads_on_is_in_sight_and_there_is_room_to_read_in_small_windows() {
    // The first is of 1280 x 720 at twice the size.
    for ((width, height), least) in [((640.0, 360.0), 5.0), ((640.0, 480.0), 5.0), ((960.0, 540.0), 8.0)] {
        let mut harness = window_of(width, height);
        let text = format!("{}. ", "This is a long text, of which a small window has no room for all").repeat(30);
        open(&mut harness, &SMALL.replace("Layer 5 has {layer5.std}.", &text));
        harness.run_steps(12);
        let window = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height));
        let [back, next] = ["Back", "Next"].map(|name| harness.get_by_role_and_label(Role::Button, name).rect());
        assert!(window.contains_rect(back) && window.contains_rect(next), "{width} x {height}: {next}");
        let top = harness.get_by_label("One").rect().bottom();
        // The smallest type has a line every 17 points.
        assert!((next.top() - top) / 17.0 >= least, "{width} x {height}: from {top} to {next}");
        press(&mut harness, Key::PageDown);
        harness.run_steps(12);
        for answer in ["Less", "More"] {
            let answer = harness.get_by_role_and_label(Role::Button, answer).rect();
            assert!(window.contains_rect(answer) && answer.bottom() <= next.top(), "{width} x {height}: {answer}");
        }
    }
}
