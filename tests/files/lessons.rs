//! Lessons: what is said in them holds of what is measured, files that are wrong are refused in one sentence with its place, and what
//! is written is read back.

use std::path::Path;

use assert_cmd::Command;
use image::AnimationDecoder as _;
use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Experiment, Inputs};
use initscope::figure::{Scene, ViewName};
use initscope::lesson::{
    BuiltIn, Condition, HandoutPage, Lesson, LessonEvidence, LessonFilm, LessonPlace, LessonText, LessonWatch, Opened,
    SlotEvidence, Tone, check, template,
};
use initscope::page::{AnimationFormat, Fonts, Item};

/// Images that all steps are measured with here: what they say holds of few as well.
const IMAGES: usize = 120;

/// Every claim of these lessons, over five seeds where a step speaks of networks in general.
fn holds(names: &[&str]) {
    let mut measurer = Measurer::new().unwrap();
    for name in names {
        let lesson = BuiltIn::named(name).unwrap().lesson().unwrap_or_else(|| panic!("{name}"));
        let checked = check(lesson, IMAGES, &mut measurer).unwrap();
        for (step, found) in lesson.steps.iter().zip(&checked.steps) {
            assert!(found.problems.is_empty(), "{name}, {}: {:#?}", step.title, found.problems);
            assert!(found.claims >= if step.general { 5 } else { 1 }, "{name}, {}: {}", step.title, found.claims);
        }
    }
}

#[test]
fn what_the_tour_and_the_article_say_is_true() {
    holds(&["tour", "article"]);
}

#[test]
fn what_is_said_of_gradients_and_of_where_he_s_formula_comes_from_is_true() {
    holds(&["vanishing_gradients", "sqrt_2_n"]);
}

#[test]
fn what_is_said_of_dead_relus_and_of_the_edge_of_chaos_is_true() {
    holds(&["dead_relus", "edge_of_chaos"]);
}

#[test]
fn what_is_said_of_training_and_of_frameworks_is_true() {
    holds(&["does_it_train", "keras_and_pytorch"]);
}

#[test]
fn every_lesson_that_comes_with_the_program_can_be_read_and_has_its_steps() {
    for built_in in BuiltIn::all() {
        let lesson =
            Lesson::parse(built_in.text(), Path::new("")).unwrap_or_else(|error| panic!("{}: {error}", built_in.name));
        let steps = if built_in.name == "tour" { 4..=8 } else { 8..=15 };
        assert!(steps.contains(&lesson.steps.len()), "{}: {} steps", built_in.name, lesson.steps.len());
        assert!(lesson.steps.iter().all(|step| !step.claims.is_empty()), "{}", built_in.name);
        assert!(lesson.steps.iter().any(|step| step.question.is_some()), "{}", built_in.name);
        let silent: Vec<_> = lesson.steps.iter().filter(|step| step.notes.is_empty()).map(|step| &step.title).collect();
        assert!(silent.is_empty(), "{} says nothing to the speaker: {silent:?}", built_in.name);
    }
}

#[test]
fn the_template_is_right_as_it_stands() {
    let lesson = Lesson::parse(template(), Path::new("")).unwrap();
    let checked = check(&lesson, IMAGES, &mut Measurer::new().unwrap()).unwrap();
    assert!(checked.steps.iter().all(|found| found.problems.is_empty()), "{checked:#?}");
}

#[test]
fn a_step_is_laid_over_the_one_before_it() {
    let text = "version = 2\n[lesson]\ntitle = 'L'\n[[experiments]]\nactivation = 'tanh'\nimages = 100\n\
                [shown.panels]\nwords = false\n\
                [[steps]]\ntitle = '1'\nset = { sigma = 0.2 }\n[steps.shown.layers]\nscale = 'log'\n\
                [[steps]]\ntitle = '2'\nquestion = 'q'\nanswers = ['a', 'b']\nright = 2\nwhy = 'w'\n\
                [steps.reveal]\nset = { layers = 7 }\n\
                [[steps]]\ntitle = '3'\n[[steps.experiments]]\nseed = 1\n[[steps.experiments]]\nseed = 2\n";
    let stages = Lesson::parse(text, Path::new("")).unwrap().stages();
    let places: Vec<_> = stages.iter().map(|(place, _)| *place).collect();
    let place = |step, is_revealed| LessonPlace { step, is_revealed };
    assert_eq!(places, [place(0, false), place(1, false), place(1, true), place(2, false)]);
    let experiments = |at: usize| &stages[at].1.scene.experiments;
    assert_eq!((experiments(1)[0].widths.len(), experiments(2)[0].widths.len()), (5, 7));
    let last = &stages[3].1;
    assert_eq!(last.scene.experiments.iter().map(|experiment| experiment.seed).collect::<Vec<_>>(), [1, 2]);
    assert!(
        last.scene.experiments.iter().all(|experiment| experiment.widths.len() == 7 && experiment.inputs.images == 100)
    );
    assert_eq!((last.shown().view, last.shown().panels.words), (ViewName::Compare, false));
    assert_eq!(stages[0].1.shown().layers, last.shown().layers, "it stays as it was set");
}

#[test]
fn what_is_written_is_read_back() {
    for built_in in BuiltIn::all() {
        let lesson = built_in.lesson().unwrap();
        let again = Lesson::parse(&lesson.to_text(), Path::new(""))
            .unwrap_or_else(|error| panic!("{}: {error}", built_in.name));
        assert_eq!(again.stages(), lesson.stages(), "{}", built_in.name);
        assert_eq!(again.steps, lesson.steps, "{}", built_in.name);
    }
}

#[test]
fn a_lesson_that_is_wrong_is_refused_in_a_sentence_with_its_place() {
    let begin = "version = 2\n[lesson]\ntitle = 'L'\n[[steps]]\ntitle = 'S'\n";
    for (text, expected) in [
        ("txt = 'a'\n", "line 6, column 1: there is no key `txt` here"),
        ("set = { sigm = 1 }\n", "line 6, column 9: there is no key `sigm` here"),
        ("set = { sigma = -1 }\n", "line 6, column 9: step 1: sigma -1"),
        ("[steps.set]\nsigma = 0.1\nlayers = 500\n", "line 8, column 1: step 1: layers 500"),
        ("[steps.shown]\nview = 'pie'\n", "line 7, column 8: `pie` is not known here"),
        ("claims = ['std of layer 5']\n", "line 6, column 26: this compares nothing"),
        (
            "claims = ['size of layer 5 above 1']\n",
            "line 6, column 12: `size` names nothing; a number or one of these names",
        ),
        ("text = 'so {layer5.size}'\n", "line 6, column 20: `size` names nothing; a number or one of these names"),
        ("text = 'a **b'\n", "line 6, column 11: `**` is opened here"),
        ("lit = ['sigmoid']\n", "line 6, column 8: `sigmoid` cannot be lit"),
        ("question = 'q'\nanswers = ['a']\n", "line 6, column 12: a question has 2 to 4 `answers`, not 1"),
        ("question = 'q'\nanswers = ['a', 'b']\nwhy = 'w'\n", "it must say which answer is `right`"),
        (
            "question = 'q'\nanswers = ['a', 'b']\nright = 3\nwhy = 'w'\n",
            "line 8, column 9: `right` counts the answers from 1 to 2",
        ),
        ("answers = ['a', 'b']\n", "`answers`, `right` and `why` need a `question`"),
        ("until = 'dead is 0'\n", "line 6, column 9: `until` needs a `way`"),
        ("[steps.reveal]\ntrain = true\n", "`reveal` needs a `question`"),
    ] {
        let said = Lesson::parse(&format!("{begin}{text}"), Path::new("")).unwrap_err().to_string();
        assert!(said.contains(expected), "{text}: {said}");
        assert!(said.starts_with("the lesson has an error (") && !said.contains('\n'), "{said}");
    }
}

#[test]
fn a_lesson_and_a_scene_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let (scene, lesson) = (write("scene.toml", "version = 2\n[[experiments]]\n"), write("lesson.toml", template()));
    let said = Lesson::read(&scene).unwrap_err().to_string();
    assert!(said.starts_with("this is a scene without steps, and no lesson") && said.ends_with("scene.toml"), "{said}");
    let said = Scene::read(&lesson).unwrap_err().to_string();
    assert!(said.starts_with("this is a lesson, and no scene") && said.ends_with("lesson.toml"), "{said}");
    assert_eq!(Lesson::read(&lesson).unwrap().steps.len(), 3);
    let said = Lesson::read(&folder.path().join("none.toml")).unwrap_err().to_string();
    assert!(said.starts_with("the lesson cannot be read"), "{said}");
    let said = Opened::read(&folder.path().join("none.toml")).unwrap_err().to_string();
    assert!(said.starts_with("the scene cannot be read"), "{said}");
}

#[test]
fn the_command_checks_lists_and_begins_lessons() {
    let run = |arguments: &[&str]| {
        let output = Command::cargo_bin("initscope").unwrap().args(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, listed, _) = run(&["list", "lessons"]);
    assert_eq!(code, Some(0));
    assert!(BuiltIn::all().iter().all(|lesson| listed.lines().any(|line| line.starts_with(lesson.name))), "{listed}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my.lesson.toml");
    let name = path.to_str().unwrap();
    assert_eq!(run(&["lesson", "new", name]).0, Some(0));
    let (code, _, said) = run(&["lesson", "new", name]);
    assert!(code == Some(1) && said.contains("this file exists already"), "{said}");
    let (code, checked, _) = run(&["lesson", "check", name, "--images", "200"]);
    assert_eq!(code, Some(0), "{checked}");
    assert_eq!(checked.lines().count(), 4, "{checked}");
    // What is not true of the network is found, with what was measured instead.
    let lie = template().replace("std of layer 5 below std of layer 1 / 2", "std of layer 5 above 1000");
    std::fs::write(&path, lie.replace("claims = [\"std of layer 5 / std of layer 1 between 0.5 and 2\"]\n", ""))
        .unwrap();
    let (code, checked, _) = run(&["lesson", "check", name, "--images", "200"]);
    assert_eq!(code, Some(3));
    assert!(checked.contains("it is not true that std of layer 5 above 1000 (measured: 0."), "{checked}");
    assert!(checked.contains("with seed 4 it is not true that"), "{checked}");
    assert!(checked.contains("it claims nothing"), "{checked}");
    let (code, _, said) = run(&["lesson", "check", "articl"]);
    assert!(code == Some(2) && said.contains("there is no lesson 'articl'"), "{said}");
    let (code, _, said) = run(&["lesson", "render", "tour", "--out", "tour.doc"]);
    assert!(code == Some(2) && said.contains("--out must name a file that ends in .pdf"), "{said}");
}

#[test]
fn conditions_hold_of_the_measurement_they_are_asked_of() {
    let article = Experiment::article();
    let few = Experiment { inputs: Inputs { images: 64, ..article.inputs.clone() }, ..article };
    let measured = Measurer::new().unwrap().measure_all(&few, Quantities::ALL).unwrap();
    let slots = vec![SlotEvidence { measurement: Some(&measured), training: None }];
    let evidence = LessonEvidence { slots, place: 0, is_all: true };
    let last = &measured.layers[4];
    let between = format!("std of layer 5 between {} and {}", last.output.std * 0.9, last.output.std * 1.1);
    for (text, holds) in [
        (&*between, true),
        ("std of layer 5 < std of layer 1", true),
        ("layer5.std / layer1.std > 1", false),
        ("std of every layer above 0; images is 64", true),
        ("std of every layer above std of layer 3", false),
        ("std of some layer above std of layer 3", true),
        ("zeros of layer 1 between 30 % and 70 %", true),
        ("fan in of layer 1 = 784", true),
        ("weight std of layer 2 about sigma within 5 %", true),
        ("σ is 0.1", true),
        ("units is 500; layers is 5", true),
        ("gradient of the last layer > 0", true),
        ("no dead unit in any layer", last.states.dead + measured.layers[3].states.dead == 0),
        ("(2 + 3) x 2 - 4 / 2 is 8; 2^3 is 8; -1 below 0; .5 at most 50 %", true),
    ] {
        let condition = Condition::read(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(condition.holds(&evidence), Ok(holds), "{text}: {}", condition.values(&evidence));
    }
    let unknown = |text: &str| Condition::read(text).unwrap().holds(&evidence).unwrap_err().to_string();
    assert_eq!(unknown("std of layer 6 above 0"), "there is no layer 6: the network has 5");
    assert_eq!(unknown("std of layer 1 of B above 0"), "there is no experiment B in this step");
    assert_eq!(unknown("accuracy above 0"), "nothing is trained in this step (set train = true)");
    assert_eq!(
        unknown("saturated of layer 1 above 0"),
        "this network has no saturated outputs: its activation has no limit"
    );
}

#[test]
fn conditions_that_cannot_be_read_are_told_with_their_place() {
    for (text, problem, at) in [
        ("std above 1", "this is of a layer: say which", 0),
        ("std of layer 5 between 1 or 2", "`and` is expected here", 25),
        ("std of layer 5", "this compares nothing", 14),
        (
            "size of layer 5 above 1",
            "`size` names nothing; a number or one of these names is expected here: weight gradient",
            0,
        ),
        ("std of layer five above 1", "the number of a layer is expected here", 13),
        ("loss of layer 1 above 1", "this is of the whole network", 0),
        ("std of layer 5 above 1 now", "this is one word too many", 23),
        ("std of layer 5 ? 1", "`?` cannot stand", 15),
        ("no std of layer 5", "`no` is said of units", 17),
    ] {
        let error = Condition::read(text).unwrap_err();
        assert!(error.problem.starts_with(problem) && error.at == at, "{text}: {error:?}");
    }
}

#[test]
fn no_line_ends_between_a_number_and_its_sign() {
    let filled = |text: &str| LessonText::read(text).unwrap().said(&LessonEvidence::default());
    assert_eq!(
        filled("{33 %} of σ = {0.1}, and 2 × 2 `a = 1`"),
        "33\u{a0}% of σ\u{a0}=\u{a0}0.1, and 2\u{a0}×\u{a0}2 a = 1"
    );
}

#[test]
fn paragraphs_bold_words_code_and_values_are_told_apart() {
    let filled = LessonText::read("\nA **bold**\nword, `code_x` and {layer1.std}.\n\nNext.\n").unwrap();
    let filled = filled.filled(&LessonEvidence { slots: vec![SlotEvidence::default()], ..LessonEvidence::default() });
    let runs: Vec<Vec<_>> =
        filled.iter().map(|runs| runs.iter().map(|run| (run.text.as_str(), run.tone)).collect()).collect();
    let first = vec![
        ("A ", Tone::Plain),
        ("bold", Tone::Bold),
        (" word, ", Tone::Plain),
        ("code_x", Tone::Code),
        (" and ", Tone::Plain),
        ("…", Tone::Value),
        (".", Tone::Plain),
    ];
    assert_eq!(runs, [first, vec![("Next.", Tone::Plain)]]);
    for (text, problem, at) in [
        ("a **b", "`**` is opened here", 2),
        ("a {layer1.std", "`{` is opened here", 2),
        ("a {layer1.sted} b", "`sted` names nothing (did you mean std?)", 10),
        ("a {std of every layer}", "a value is of one layer", 2),
        ("a } b", "`}` closes nothing", 2),
    ] {
        let error = LessonText::read(text).unwrap_err();
        assert!(error.problem.starts_with(problem) && error.at == at, "{text}: {error:?}");
    }
}

/// A lesson with a question and a goal, which takes next to no time to measure.
const FILMED: &str = "version = 2\n[lesson]\ntitle = 'Small'\n[[experiments]]\nimages = 20\nlayers = 2\nwidth = 6\n[shown.panels]\nwords = false\n\
    [[steps]]\ntitle = 'One'\ntext = 'There is not much to read.'\n\
    [[steps]]\ntitle = 'Two'\ntext = 'A first network.'\nquestion = 'What becomes of it?'\nanswers = ['Less', 'More']\nright = 2\n\
    why = 'Because it is larger, the standard deviation is larger, too.'\nreveal = { set = { sigma = 0.4 } }\n\
    [[steps]]\ntitle = 'Three'\ntext = 'Drag sigma up.'\nuntil = 'sigma above 0.5'\nway = { sigma = 0.6 }\n";

#[test]
fn a_film_asks_before_it_answers_and_holds_every_text_until_it_is_read() {
    let lesson = Lesson::parse(FILMED, Path::new("")).unwrap();
    let set = HandoutPage::of_film();
    let fonts = Fonts::bundled();
    let film = LessonFilm { lesson: &lesson, page: &set, zoom: 0.25 };
    let steps = film.steps(&fonts, &LessonWatch::default()).unwrap();
    let words = |at: usize| {
        let texts = steps[at].page.items.iter().filter_map(|item| match item {
            Item::Text(text) if text.at.0 > 768.0 => Some(text.text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(steps.len(), 5, "a question has two pictures, and so does a goal");
    assert!(words(1).contains("What becomes of it?") && !words(1).contains("Because"), "{}", words(1));
    assert!(words(2).contains("More") && words(2).contains("larger, too."), "{}", words(2));
    for (at, step) in steps.iter().enumerate() {
        let words = words(at).split_whitespace().count() as f64;
        assert!(step.seconds >= words / 3.0 + 3.0, "{at}: {} s for {words} words", step.seconds);
    }
    assert!(steps[1].seconds - steps[0].seconds > 4.0, "one may guess");
    // As an independent decoder reads it.
    let mut bytes = Vec::new();
    film.write(&mut bytes, AnimationFormat::Gif, &fonts, &LessonWatch::default()).unwrap();
    let frames = image::codecs::gif::GifDecoder::new(std::io::Cursor::new(&bytes)).unwrap().into_frames();
    let frames: Vec<_> = frames.map(Result::unwrap).collect();
    assert_eq!(frames[0].buffer().dimensions(), (320, 180));
    let seconds = frames.iter().map(|frame| {
        let (numerator, denominator) = frame.delay().numer_denom_ms();
        f64::from(numerator) / f64::from(denominator) / 1000.0
    });
    let wanted = steps.iter().map(|step| step.seconds);
    assert!(
        seconds.clone().zip(wanted).all(|(held, wanted)| (held - wanted).abs() < 0.02),
        "{:?}",
        seconds.collect::<Vec<_>>()
    );
    assert!(frames.windows(2).all(|pair| pair[0].buffer() != pair[1].buffer()));
    // What it carries is the lesson.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.gif");
    std::fs::write(&path, &bytes).unwrap();
    assert!(matches!(Opened::read(&path), Ok(Opened::Lesson(read, _)) if read.steps.len() == 3));
}

/// A lesson names data by their path, which are read when they are needed: by pages and films alike.
#[test]
fn a_film_shows_data_of_one_s_own() {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/data/iris.csv");
    let text = format!(
        "version = 2\n[lesson]\ntitle = 'L'\n[[experiments]]\ndata = '{data}'\nimages = 20\nlayers = 2\nwidth = 6\n\
         [[steps]]\ntitle = 'One'\ntext = 'Layer 1 has {{layer1.fan_in}} inputs.'\n"
    );
    let lesson = Lesson::parse(&text, Path::new("")).unwrap();
    let set = HandoutPage::of_film();
    let film = LessonFilm { lesson: &lesson, page: &set, zoom: 0.25 };
    let steps = film.steps(&Fonts::bundled(), &LessonWatch::default()).unwrap();
    let texts = steps[0].page.items.iter().filter_map(|item| match item {
        Item::Text(text) => Some(text.text.as_str()),
        _ => None,
    });
    // Lengths and widths of sepals and petals.
    let said = texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Layer 1 has 4 inputs."), "{said}");
}

#[test]
fn what_is_not_known_yet_is_told_from_what_will_not_be() {
    let text = LessonText::read("B has {B.layer5.std}, and a layer 9 {layer9.std}.").unwrap();
    let slots = |count: usize| vec![SlotEvidence::default(); count];
    let said = |slots, is_all| text.said(&LessonEvidence { slots, place: 0, is_all });
    assert_eq!(said(slots(2), false), "B has …, and a layer 9 ….");
    assert_eq!(said(slots(2), true), "B has (not measured), and a layer 9 (not measured).");
    // Somebody who looks at one network has no second one that could be measured.
    assert_eq!(said(slots(1), false), "B has (not measured), and a layer 9 ….");
}

#[test]
fn hints_are_as_many_as_answers_and_are_written_back() {
    let lesson = |hints: &str| {
        let step = "title = 'T'\nquestion = 'Q?'\nanswers = ['a', 'b', 'c']\nright = 1\nwhy = 'W.'\n";
        Lesson::parse(&format!("version = 2\n[lesson]\ntitle = 'L'\n[[steps]]\n{step}{hints}\n"), Path::new(""))
    };
    let said = lesson("hints = ['', 'no']").unwrap_err().to_string();
    assert!(said.contains("`hints` are as many as the answers, 3"), "{said}");
    let read = lesson("hints = ['', 'b is less.', 'c has {layer5.std}.']").unwrap();
    let again = Lesson::parse(&read.to_text(), Path::new("")).unwrap();
    assert_eq!(again.steps, read.steps);
    assert_eq!(read.steps[0].question.as_ref().unwrap().hints.len(), 3);
}
