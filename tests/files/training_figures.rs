//! Figures and films of trainings: they say what `initscope train` says.

use std::path::Path;

use assert_cmd::Command;
use initscope::engine::race::{RaceFound, RaceNumber, RaceWish};
use initscope::engine::{Entrant, Measurer, RateSearch, TUNED_STEPS, TriedRate, TuneWish, TunedRates};
use initscope::experiment::{Activation, Experiment, Initializer};
use initscope::figure::training::{
    CurveScale, Curves, LayerQuantity, TimeAxis, TimeUnit, TrainingChart, TrainingLook, summaries,
};
use initscope::figure::{Scene, Sheet, ViewName};
use initscope::layout::{Content as _, TrainingContent};
use initscope::page::{Fonts, Item};
use initscope::training::{Training, TrainingSettings};
use serde_json::Value;

const SCENE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/scenes/training-version-2.toml");
const SMALL: [&str; 10] =
    ["--widths", "12,9", "--images", "100", "--train-images", "160", "--batch", "32", "--learning-rate", "0.1"];

fn initscope(arguments: &[&str]) -> std::process::Output {
    Command::cargo_bin("initscope").unwrap().args(arguments).output().unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = initscope(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = initscope(arguments);
    let line = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), line.lines().count()), (Some(2), 1), "{arguments:?}: {line}");
    line
}

/// Values of a racer's mark in the rows of a figure, in their order, with their steps and layers.
fn marked(figure: &Value, racer: &str, mark: &str) -> Vec<(u64, Option<u64>, Option<f64>)> {
    let rows = figure["rows"].as_array().unwrap().iter();
    let rows = rows.filter(|row| row[0] == racer && row[2] == mark);
    rows.map(|row| (row[4].as_u64().unwrap(), row[3].as_u64(), row[7].as_f64())).collect()
}

#[test]
fn the_numbers_of_a_figure_are_those_of_train_for_the_same_scene() {
    let trained = json(&["train", "--scene", SCENE, "--format", "json"]);
    let render = |more: &[&str]| {
        let base = ["render", "--scene", SCENE, "--show", "training", "--format", "json", "--out", "-"];
        json(&[&base[..], more].concat())
    };
    let (curves, maps) = (render(&["--chart", "curves"]), render(&["--racer", "A"]));
    let table = render(&["--chart", "table"]);
    assert_eq!(curves["columns"].as_array().unwrap().len(), 10);
    for (index, racer) in ["A", "B"].into_iter().enumerate() {
        let report = &trained[index];
        let losses: Vec<_> = report["steps"].as_array().unwrap().iter().map(|step| step["loss"].as_f64()).collect();
        assert_eq!(losses.len(), 10);
        let found = marked(&curves, racer, "step_loss");
        assert_eq!(found.iter().map(|row| row.2).collect::<Vec<_>>(), losses);
        assert_eq!(found.iter().map(|row| row.0).collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
        let epochs = report["epochs"].as_array().unwrap();
        for key in ["train_loss", "test_loss", "test_accuracy"] {
            let said: Vec<_> =
                epochs.iter().map(|epoch| (epoch["step"].as_u64().unwrap(), None, epoch[key].as_f64())).collect();
            assert_eq!(marked(&curves, racer, key), said, "{key}");
        }
        let running = epochs[1..].iter().map(|epoch| epoch["running_loss"].as_f64());
        assert!(marked(&curves, racer, "running_loss").into_iter().map(|row| row.2).eq(running));
        let best = epochs.iter().map(|epoch| epoch["test_accuracy"].as_f64().unwrap()).fold(0.0, f64::max);
        assert_eq!(marked(&table, racer, "best_accuracy")[0].2, Some(best));
    }
    // The scene looks at dead units, the flag at the first network.
    let epochs = trained[0]["epochs"].as_array().unwrap().iter();
    let dead = epochs.flat_map(|epoch| {
        let layers = epoch["layers"].as_array().unwrap().iter();
        layers.map(|layer| (epoch["step"].as_u64().unwrap(), layer["layer"].as_u64(), layer["dead_units"].as_f64()))
    });
    assert_eq!(marked(&maps, "A", "dead_units"), dead.collect::<Vec<_>>());
    assert_eq!(marked(&maps, "B", "dead_units"), []);
    // The window says the same from the scene as the command from flags.
    let flags = ["--framework", "pytorch", "--optimizer", "adam", "--learning-rate", "0.002", "--batch", "40"];
    let more = ["--epochs", "2", "--train-images", "200", "--sigma", "0.1,0.3", "--widths", "12,9", "--images", "100"];
    let base = ["render", "--show", "training", "--format", "json", "--out", "-"];
    let by_flags = json(&[&base[..], &flags, &more].concat());
    assert_eq!(marked(&by_flags, "B", "step_loss"), marked(&curves, "B", "step_loss"));
}

#[test]
fn every_chart_is_drawn_in_every_kind_of_file() {
    let folder = tempfile::tempdir().unwrap();
    for chart in ["curves", "maps", "lines", "table"] {
        for ending in ["svg", "pdf", "png", "csv"] {
            let path = folder.path().join(format!("{chart}.{ending}"));
            let out = path.to_str().unwrap();
            let more = ["--sigma", "0.1,0.3", "--chart", chart, "--text", "text", "--out", out];
            let output = initscope(&[&["render", "--show", "training"][..], &SMALL, &more].concat());
            assert!(output.status.success(), "{chart}.{ending}: {}", String::from_utf8_lossy(&output.stderr));
            let bytes = std::fs::read(&path).unwrap();
            assert!(bytes.len() > 500, "{chart}.{ending}");
            match ending {
                "svg" => {
                    let text = String::from_utf8(bytes).unwrap();
                    for said in ["σ\u{a0}0.1", "σ 0.3"].map(|said| said.replace('\u{a0}', " ")) {
                        assert!(text.replace('\u{a0}', " ").contains(&said), "{chart}: {said}");
                    }
                    // The figure can be opened again: it carries how its networks were trained.
                    let scene = Scene::read(&path).unwrap();
                    assert_eq!(scene.training.unwrap().batch, Some(32));
                    assert_eq!(scene.figure.unwrap().show, Some(ViewName::Training));
                }
                "csv" => {
                    let mut table = csv::Reader::from_reader(&bytes[..]);
                    assert!(table.records().all(|row| row.unwrap().len() == 10), "{chart}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_scene_says_how_a_training_is_looked_at() {
    let scene = Scene::read(Path::new(SCENE)).unwrap();
    let expected = TrainingLook {
        chart: TrainingChart::Maps,
        layer_quantity: LayerQuantity::DeadUnits,
        time: TimeUnit::Epochs,
        time_scale: CurveScale::Log,
        loss_scale: CurveScale::Log,
        racer: Some(1),
        ..TrainingLook::default()
    };
    assert_eq!(scene.shown.unwrap().training, expected);
    assert_eq!(Scene::parse(&scene.to_text(), Path::new("")).unwrap(), scene);
    let sheet = scene.figure_settings().sheet().unwrap();
    assert_eq!((sheet.show, sheet.training), (ViewName::Training, expected));
}

#[test]
fn what_makes_no_figure_of_a_training_is_said() {
    let render =
        |more: &[&str]| refused(&[&["render", "--show", "training", "--out", "-", "--format", "csv"], more].concat());
    assert!(render(&["--racer", "Z"]).contains("use A to H"));
    let nine = ["--sigma", "0.1,0.11,0.12,0.13,0.14,0.15,0.16,0.17,0.18"];
    assert!(render(&nine).contains("at most 8 are trained side by side"));
    assert!(render(&["--racer", "B"]).contains("there is no network B"), "there is one network");
    assert!(render(&["--batch", "70000"]).contains("--batch"));
}

fn entrant(sigma: f64, learning_rate: f64) -> Entrant {
    let initializer = Initializer::RandomNormal { mean: 0.0, sigma };
    let mut experiment =
        Experiment { activation: Activation::Relu, widths: vec![12, 9], initializer, ..Experiment::article() };
    experiment.inputs.images = 50;
    let settings = TrainingSettings {
        learning_rate: Some(vec![learning_rate]),
        batch: Some(16),
        epochs: Some(3),
        train_images: Some(160),
        ..TrainingSettings::default()
    };
    Entrant::drawn(experiment, settings.apply().unwrap())
}

fn race(entrants: Vec<Entrant>) -> RaceFound {
    let wish = RaceWish { entrants, target: u64::MAX, stop_at_loss: None, number: RaceNumber::default() };
    RaceFound::train_all(&wish, &[0, 7], &mut Measurer::with_threads(2).unwrap(), &|| true).unwrap()
}

#[test]
fn what_leaves_the_axes_is_counted_and_where_it_stops_is_known() {
    let found = race(vec![entrant(0.1, 0.05), entrant(0.1, 1e6)]);
    let [learns, diverges] = &found.racers[..] else { panic!() };
    assert!(learns.ended.is_none() && diverges.ended.is_some(), "{:?}", diverges.ended);
    assert_eq!(learns.step, 30);
    let curves = Curves::new(&found, &TrainingLook::default());
    // The axis ends where it is of use to who learns; the losses of the other are beyond it, or it had none.
    let high = curves.losses.high();
    for (racer, drawn) in found.racers.iter().zip(&curves.racers) {
        let beyond = racer.history.losses().filter(|loss| !(0.0..=high).contains(loss)).count();
        assert_eq!(drawn.steps_off.all(), beyond);
    }
    assert!(high < 20.0, "{high}");
    // What is beyond an axis is no alarm, and told from what is no number.
    for (racer, drawn) in found.racers.iter().zip(&curves.racers) {
        let above = racer.history.losses().filter(|loss| loss.is_finite() && *loss > high).count();
        let not_finite = racer.history.losses().filter(|loss| !loss.is_finite()).count();
        assert_eq!((drawn.steps_off.above, drawn.steps_off.not_finite), (above, not_finite));
    }
    let said = curves.what_is_off().unwrap();
    assert!(said.contains("above the axis") && !said.contains("Off the axes"), "{said}");
    let summaries = summaries(&found);
    assert_eq!(summaries[1].ended, diverges.ended);
    assert_eq!(summaries[0].made.steps, 30);
    assert_eq!(learns.snapshots.kept().iter().map(|kept| kept.step()).collect::<Vec<_>>(), [7]);
    assert!(learns.history.seconds(30) > learns.history.seconds(15), "time goes on");
}

#[test]
fn a_place_on_the_axis_of_time_leads_back_to_its_step() {
    let found = race(vec![entrant(0.1, 0.05)]);
    for time in TimeUnit::ALL {
        for time_scale in [CurveScale::Linear, CurveScale::Log] {
            let axis = TimeAxis::of(&found, &TrainingLook { time, time_scale, ..TrainingLook::default() });
            let racer = &found.racers[0];
            let shares: Vec<_> = (1..=30).map(|step| axis.share(racer, step)).collect();
            assert!(shares.windows(2).all(|pair| pair[0] <= pair[1]), "{time:?} {time_scale:?}");
            assert!((shares[29] - 1.0).abs() < 1e-9, "the axis ends with the race");
            for step in [1, 10, 30] {
                assert_eq!(axis.steps(racer, axis.share(racer, step) - 1e-12), step, "{time:?} {time_scale:?}");
            }
        }
    }
}

#[test]
fn a_film_shows_networks_as_they_are_trained() {
    let folder = tempfile::tempdir().unwrap();
    let frames = folder.path().join("frames/");
    let base = ["animate", "--moving", "step", "--epochs", "3", "--size", "400x300"];
    let out = ["--frames", "5", "--out", frames.to_str().unwrap()];
    let output = initscope(&[&base[..], &SMALL, &["--sigma", "0.1,0.2"], &out].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut names: Vec<_> = std::fs::read_dir(&frames).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert_eq!(names.len(), 5, "steps 0, 1, 2, 6, 15");
    let pictures: Vec<_> = names.iter().map(|name| image::open(name).unwrap().to_rgba8()).collect();
    assert!(pictures.windows(2).all(|pair| pair[0] != pair[1]), "something moves");
    let scene = Scene::read(&names[0]).unwrap();
    assert_eq!((scene.experiments.len(), scene.training.unwrap().epochs), (2, Some(3)));

    let gif = folder.path().join("race.gif");
    let out = ["--show", "training", "--frames", "3", "--out", gif.to_str().unwrap()];
    let output = initscope(&[&base[..], &SMALL, &out].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(image::image_dimensions(&gif).unwrap(), (400, 300));

    let film = |more: &[&str]| refused(&[&["animate", "--out", "none.gif"], &SMALL[..], more].concat());
    assert!(film(&["--moving", "step", "--to", "7"]).contains("two steps from 0 to 5"));
    assert!(film(&["--moving", "step", "--from", "0.5"]).contains("no step of a training"));
    assert!(film(&["--from", "0.1", "--to", "0.2"]).contains("use --moving step"));
    assert!(refused(&["animate", "--out", "none.gif"]).contains("give --from and --to"));
    assert!(
        refused(&["animate", "--out", "none.gif", "--from", "1", "--to", "2", "--show", "training"])
            .contains("a film shows layers")
    );
}

#[test]
fn updates_are_figures_and_numbers_of_a_training_alone() {
    let base = [&SMALL[..], &["--sigma", "0.1"]].concat();
    let out = ["--quantity", "updates", "--out", "-", "--format", "json"];
    let figure = json(&[&["render"][..], &base, &["--steps", "3"], &out].concat());
    let stats = json(&[&["stats"][..], &base, &["--steps", "3", "--format", "json"]].concat());
    let std = stats["layers"][1]["update"]["std"].as_f64().unwrap();
    assert!(std > 0.0 && std < 0.1, "{std}");
    assert!(!figure["rows"].as_array().unwrap().is_empty());
    let drawn = json(&["stats", "--widths", "12,9", "--images", "100", "--format", "json"]);
    assert_eq!(drawn["layers"][1].get("update"), None);
    let none = refused(&["render", "--widths", "12,9", "--quantity", "updates", "--format", "csv", "--out", "-"]);
    assert!(none.contains("give --steps N, too"), "{none}");
    let film = ["animate", "--quantity", "updates", "--from", "0.1", "--to", "0.2", "--out", "none.gif"];
    assert!(refused(&film).contains("use --moving step"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("values.csv");
    let export = ["export", "--layer", "1", "--quantity", "updates", "--out", path.to_str().unwrap()];
    let output = initscope(&[&export[..], &["--widths", "12,9", "--images", "100"]].concat());
    assert!(!output.status.success() && !path.exists());
    assert!(String::from_utf8_lossy(&output.stderr).contains("before and after the step, and subtract"));
    // A film of a training has them at its start, too.
    let frames = folder.path().join("frames/");
    let film = ["animate", "--moving", "step", "--epochs", "1", "--size", "300x200", "--frames", "3"];
    let output = initscope(&[&film[..], &base, &["--quantity", "updates", "--out", frames.to_str().unwrap()]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(std::fs::read_dir(&frames).unwrap().count(), 3);
}

#[test]
fn the_start_is_drawn_as_outlines_behind_what_became_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let render = |name: &str, more: &[&str]| {
        let path = folder.path().join(name);
        let out = ["--sigma", "0.2", "--steps", "4", "--text", "text", "--out", path.to_str().unwrap()];
        let output = initscope(&[&["render"][..], &SMALL, more, &out].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (std::fs::read_to_string(&path).unwrap().replace('\u{a0}', " "), path)
    };
    let (with, path) = render("with.svg", &["--with-start"]);
    let (without, _) = render("without.svg", &[]);
    assert!(with.contains("Outlines: before the training.") && !without.contains("Outlines"));
    // There is one panel, of one network, which the file makes again.
    let scene = Scene::read(&path).unwrap();
    assert_eq!((scene.experiments.len(), scene.figure.unwrap().with_start), (1, Some(true)));
    let again = folder.path().join("again.svg");
    let output = initscope(&["render", "--scene", path.to_str().unwrap(), "--out", again.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(&again).unwrap());
    for more in [&["--sigma", "0.2"][..], &["--sigma", "0.1,0.2", "--steps", "2"]] {
        let flags = ["render", "--widths", "12,9", "--with-start", "--format", "csv", "--out", "-"];
        assert!(refused(&[&flags[..], more].concat()).contains("give --steps N for one network"), "{more:?}");
    }
}

#[test]
fn the_end_is_looked_at_where_it_comes_before_an_epoch_s() {
    let short = |steps| {
        let training = Training { length: initscope::training::Length::Steps(steps), ..entrant(0.1, 0.05).training };
        Entrant { training, ..entrant(0.1, 0.05) }
    };
    // An epoch has ten steps.
    let found = race(vec![short(3), short(10)]);
    for (racer, summary) in found.racers.iter().zip(summaries(&found)) {
        let looked_at: Vec<_> = racer.epochs.iter().map(|epoch| epoch.step).collect();
        assert_eq!(looked_at, [0, racer.steps]);
        assert!(summary.best.is_some() && summary.dead.is_some_and(|(_, all)| all == 21), "{summary:?}");
    }
}

/// The texts of a page with their sizes.
fn texts(found: &std::sync::Arc<RaceFound>, chart: TrainingChart, sheet: &Sheet) -> Vec<(String, f64)> {
    let look = TrainingLook { chart, ..TrainingLook::default() };
    let page = TrainingContent::new(std::sync::Arc::clone(found), look).page(sheet, &Fonts::bundled());
    let of = |item: &Item| match item {
        Item::Text(text) => Some((text.text.clone(), text.size)),
        _ => None,
    };
    page.items.iter().filter_map(of).collect()
}

#[test]
fn a_table_s_text_has_its_size_whatever_room_there_is_and_columns_yield_in_order() {
    let found = std::sync::Arc::new(race(vec![entrant(0.1, 0.05), entrant(0.2, 0.05)]));
    const HEADS: [&str; 4] = ["dead", "95 %", "90 %", "best"];
    let mut left_out = 0;
    for width in [1600.0, 400.0, 325.0, 250.0, 175.0, 100.0] {
        let sheet = Sheet { size: Some((width, 300.0)), font_size: Some(13.0), title: false, ..Sheet::default() };
        let texts = texts(&found, TrainingChart::Table, &Sheet { caption: false, legend: false, ..sheet });
        assert!(texts.iter().all(|(_, size)| (*size - 13.0).abs() < 1e-9), "{width}: {texts:?}");
        let is_there = HEADS.map(|head| texts.iter().any(|(text, _)| text.starts_with(head)));
        let first = is_there.iter().position(|is_there| *is_there).expect("the last one stays");
        assert!(is_there[first..].iter().all(|is_there| *is_there) && first >= left_out, "{width}: {texts:?}");
        assert!(width < 400.0 || first == 0, "{width}: {texts:?}");
        left_out = first;
    }
    assert_eq!(left_out, 3);
}

#[test]
fn the_data_of_a_training_are_named_over_and_under_its_figure() {
    let found = std::sync::Arc::new(race(vec![entrant(0.1, 0.05)]));
    for sheet in [Sheet { caption: false, ..Sheet::default() }, Sheet { title: false, ..Sheet::default() }] {
        let texts: String =
            texts(&found, TrainingChart::Curves, &sheet).into_iter().map(|(text, _)| text + " ").collect();
        let texts = texts.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(texts.contains("on 160 MNIST training images, judged on 10,000 test images"), "{texts}");
    }
}

#[test]
fn labels_of_neighbours_axes_keep_apart_and_count_whole_steps() {
    let before = |sigma| initscope::engine::race::RacerFound::before_the_start(&entrant(sigma, 0.05));
    let found = std::sync::Arc::new(RaceFound { racers: vec![before(0.1), before(0.2)] });
    let sheet =
        Sheet { size: Some((500.0, 300.0)), font_size: Some(13.0), title: false, caption: false, ..Sheet::default() };
    let look = TrainingLook { chart: TrainingChart::Maps, ..TrainingLook::default() };
    let page = TrainingContent::new(std::sync::Arc::clone(&found), look).page(&sheet, &Fonts::bundled());
    let place = |wanted: &str| -> Vec<(f64, f64)> {
        let of = |item: &Item| match item {
            Item::Text(text) if text.text == wanted && !text.upright => Some((text.at.0, text.at.1)),
            _ => None,
        };
        page.items.iter().filter_map(of).collect()
    };
    // Under each of two panels, whose layers are called 1 and 2.
    let lowest = place("0").iter().map(|(_, y)| *y).fold(0.0, f64::max);
    let on_axis = |wanted: &str| -> Vec<f64> {
        place(wanted).into_iter().filter(|(_, y)| (y - lowest).abs() < 1.0).map(|(x, _)| x).collect()
    };
    let (starts, ends) = (on_axis("0"), on_axis("1"));
    assert_eq!((starts.len(), ends.len()), (2, 2), "{starts:?}, {ends:?}");
    assert!(starts[1] - ends[0] > 13.0, "{starts:?}, {ends:?}");
    assert!(place("0.5").is_empty() && place("1.0").is_empty());
}

#[test]
fn who_stopped_being_finite_is_said_in_every_panel() {
    let look = |chart| TrainingLook { chart, ..TrainingLook::default() };
    let found = std::sync::Arc::new(race(vec![entrant(0.1, 0.05), entrant(0.1, 1e6)]));
    let step = found.racers[1].ended.unwrap().step;
    for (chart, said) in [
        (TrainingChart::Curves, format!("Stopped being finite: B in step {step}.")),
        (TrainingChart::Maps, format!(", stopped in step {step}")),
        (TrainingChart::Lines, format!(", stopped in step {step}")),
    ] {
        let sheet = Sheet { caption: false, ..Sheet::default() };
        let page = TrainingContent::new(std::sync::Arc::clone(&found), look(chart)).page(&sheet, &Fonts::bundled());
        let texts: String = page
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Text(text) => Some(format!("{} ", text.text)),
                _ => None,
            })
            .collect();
        let texts = texts.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(texts.contains(&said), "{chart:?}: {texts}");
    }
}

/// Tuned, one of them in vain, and tuned to another rate.
#[test]
fn rates_that_are_tuned_are_said_of_curves_and_table() {
    let found = std::sync::Arc::new(race(vec![entrant(0.2, 0.1), entrant(0.4, 0.01)]));
    let said = |chart, racers: usize, best: [Option<f64>; 2]| {
        let found = RaceFound { racers: found.racers[..racers].to_vec() };
        let search = |best: &Option<f64>| RateSearch {
            steps: TUNED_STEPS,
            guessing: 2.3,
            begins: 2.4,
            tried: best.iter().map(|&rate| TriedRate { rate, loss: Some(1.0) }).collect(),
        };
        let wish = TuneWish::of(found.racers.iter().map(|racer| racer.entrant.clone()), TUNED_STEPS);
        let searches = best[..racers].iter().map(search).collect();
        let tuned = std::sync::Arc::new(TunedRates { wish, searches, is_done: true });
        let look = TrainingLook { chart, ..TrainingLook::default() };
        let content = TrainingContent::new(std::sync::Arc::new(found), look).with_rates(Some(tuned));
        let page = content.page(&Sheet::default(), &Fonts::bundled());
        let texts = page.items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text.text.clone()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for chart in [TrainingChart::Curves, TrainingChart::Table] {
        for (racers, best, expected) in [
            (2, [Some(0.1), Some(0.01)], "Rates are tuned: each network has its best."),
            (
                2,
                [Some(0.1), None],
                "Rates are tuned: each network has its best; where none teaches it anything, its own.",
            ),
            (1, [Some(0.1), None], "The rate is tuned"),
        ] {
            let said = said(chart, racers, best);
            assert!(said.contains(expected), "{expected}: {said}");
        }
        let said = said(chart, 2, [Some(0.1), Some(0.1)]);
        assert!(!said.contains("tuned"), "{said}");
    }
}

#[test]
fn captions_name_all_orders_and_no_step_where_rates_are_tried() {
    let flags = [&SMALL[..8], &["--sigma", "0.2", "--steps", "6"]].concat();
    let svg = |more: &[&str]| {
        let output = initscope(&[&["render", "--show", "training", "--out", "-"][..], &flags, more].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let seeds = svg(&["--seeds", "3", "--format", "svg"]);
    assert!(seeds.contains("seeds 0 to 2") && !seeds.contains("shuffled with seed 0"), "{seeds}");
    assert!(!svg(&["--chart", "rates", "--format", "svg"]).contains("So far"));
    assert!(svg(&["--format", "svg"]).contains("seed 0"));
}

/// Weights that are no numbers classify nothing.
#[test]
fn what_is_not_finite_has_no_accuracy() {
    let found = race(vec![entrant(0.1, 1e30)]);
    let last = found.racers[0].epochs.last().unwrap();
    assert!(found.racers[0].ended.is_some() && last.step > 0, "{last:?}");
    assert!(!last.test_loss.unwrap().is_finite() && last.test_accuracy.is_none(), "{last:?}");
    let curves = Curves::new(&found, &TrainingLook::default());
    assert_eq!(curves.racers[0].accuracies.len(), 1, "that of the start");
    assert_eq!(curves.racers[0].accuracies_off.not_finite, 1);
    assert!(curves.what_is_off().unwrap().contains("1 accuracy"));
}

/// Rows of a mark of a racer: what stands in a column.
fn column_of(figure: &Value, racer: &str, mark: &str, column: usize) -> Vec<Value> {
    let rows = figure["rows"].as_array().unwrap().iter();
    rows.filter(|row| row[0] == racer && row[2] == mark).map(|row| row[column].clone()).collect()
}

/// Numbers of another program part: `train --seeds` trains the same runs in its own way.
#[test]
fn bands_and_means_of_seeds_are_those_of_train_with_seeds() {
    let flags = [&SMALL[..], &["--sigma", "0.2,0.4", "--epochs", "2", "--seeds", "3", "--format", "json"]].concat();
    let trained = json(&[&["train"][..], &flags].concat());
    let render = |chart: &str| {
        let shown = ["render", "--show", "training", "--chart", chart, "--out", "-"];
        json(&[&shown[..], &flags].concat())
    };
    let (curves, table) = (render("curves"), render("table"));
    for (index, racer) in ["A", "B"].into_iter().enumerate() {
        let runs = trained[index]["runs"].as_array().unwrap();
        assert_eq!(runs.len(), 3);
        let (losses, seeds) = (column_of(&curves, racer, "step_loss", 7), column_of(&curves, racer, "step_loss", 8));
        let steps = losses.len() / 3;
        for (run, (losses, seeds)) in runs.iter().zip(losses.chunks(steps).zip(seeds.chunks(steps))) {
            assert!(seeds.iter().all(|seed| *seed == run["seed"]), "{seeds:?}");
            let expected: Vec<_> = run["steps"].as_array().unwrap().iter().map(|step| step["loss"].clone()).collect();
            assert_eq!(losses, expected);
        }
        // The mean of the last accuracies, by hand.
        let last = |run: &Value| run["epochs"].as_array().unwrap().last().unwrap()["test_accuracy"].as_f64().unwrap();
        let last: Vec<f64> = runs.iter().map(last).collect();
        let mean = last.iter().sum::<f64>() / 3.0;
        let error = (last.iter().map(|at| (at - mean).powi(2)).sum::<f64>() / 2.0 / 3.0).sqrt();
        let found = |mark: &str| column_of(&table, racer, mark, 7)[0].as_f64().unwrap();
        assert!((found("last_accuracy_mean") - mean).abs() < 1e-12);
        assert!((found("last_accuracy_standard_error") - error).abs() < 1e-12);
        assert_eq!(found("last_accuracy_least"), last.iter().copied().fold(1.0, f64::min));
        assert_eq!(column_of(&table, racer, "best_accuracy", 8).len(), 3, "each seed has its own, too");
    }
    assert!(refused(&["render", "--show", "training", "--seeds", "21", "--out", "x.svg"]).contains("--seeds 21"));
    assert!(refused(&["animate", "--moving", "step", "--seeds", "3", "--out", "x.gif"]).contains("leave out --seeds"));
}

/// What is of one seed alone says so where others are asked for, and only there.
#[test]
fn layers_of_a_race_over_seeds_are_those_of_the_first_and_say_so() {
    let flags = [&SMALL[..], &["--sigma", "0.2", "--epochs", "1", "--text", "text", "--format", "svg"]].concat();
    let said = |chart: &str, more: &[&str]| {
        let shown = ["render", "--show", "training", "--chart", chart, "--out", "-"];
        let output = initscope(&[&shown[..], &flags, more].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let svg = String::from_utf8(output.stdout).unwrap();
        let texts = svg.split('>').map(|part| part.split('<').next().unwrap_or_default());
        texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let sentence = "This shows the first of 3 seeds alone.";
    for (chart, more, is_said) in [
        ("maps", &["--seeds", "3"][..], true),
        ("lines", &["--seeds", "3"], true),
        ("lines", &[], false),
        ("curves", &["--seeds", "3"], false),
    ] {
        let said = said(chart, more);
        assert_eq!(said.contains(sentence), is_said, "{chart}: {said}");
    }
    let refused = refused(&["animate", "--moving", "step", "--seeds", "3", "--out", "x.gif"]);
    assert!(refused.contains("or draw all seeds as a figure with render --show training --seeds"), "{refused}");
}

#[test]
fn the_chart_of_rates_is_what_train_tunes() {
    let flags = [&SMALL[..8], &["--sigma", "0.2,0.4", "--steps", "12", "--format", "json"]].concat();
    let trained = json(&[&["train", "--tune"][..], &flags].concat());
    let shown = ["render", "--show", "training", "--chart", "rates", "--out", "-"];
    let rates = json(&[&shown[..], &flags, &["--learning-rate", "0.1,0.2"]].concat());
    for (index, racer) in ["A", "B"].into_iter().enumerate() {
        let tune = &trained[index]["tune"];
        let tried = tune["rates"].as_array().unwrap();
        let of = |key: &str| tried.iter().map(|tried| tried[key].clone()).collect::<Vec<_>>();
        assert_eq!(column_of(&rates, racer, "rate_loss", 9), of("learning_rate"));
        assert_eq!(column_of(&rates, racer, "rate_loss", 7), of("loss"));
        let one = |mark: &str| column_of(&rates, racer, mark, 7);
        let best: Vec<Value> = tune["best"].as_f64().map(Value::from).into_iter().collect();
        assert_eq!(one("best_rate"), best);
        assert_eq!(one("works_to").first(), Some(&tune["works_to"]));
    }
    assert!(column_of(&rates, "C", "rate_loss", 7).is_empty(), "the rates that are set make no difference");
}

#[test]
fn a_rate_for_each_experiment_is_its_own() {
    let flags = [&SMALL[..8], &["--sigma", "0.2,0.4", "--steps", "1", "--format", "json"]].concat();
    let with = |more: &[&str]| json(&[&["train"][..], &flags, more].concat());
    let each = with(&["--learning-rate", "0.5,0.1", "--rate-each"]);
    let rates = |report: &Value| {
        let all = report.as_array().unwrap().iter();
        all.map(|of| of["training"]["learning_rate"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(rates(&each).len(), 2);
    let all = with(&["--learning-rate", "0.5,0.1"]);
    assert_eq!(rates(&all).len(), 4);
    assert_eq!(rates(&each), [&rates(&all)[0], &rates(&all)[3]].map(Clone::clone));
    let three = refused(&[&["train"][..], &flags, &["--learning-rate", "1,2,3", "--rate-each"]].concat());
    assert!(three.contains("--rate-each needs as many learning rates as experiments"), "{three}");
}

/// What stops being finite is in no band, and is counted.
#[test]
fn seeds_that_stop_being_finite_are_counted_and_left_out() {
    let flags = ["--sigma", "0.5", "--epochs", "2", "--seeds", "4"];
    // Some seeds of this one explode.
    let shown = ["render", "--show", "training", "--chart", "table", "--out", "-", "--learning-rate", "1e30"];
    let run = |format: &str| {
        let output = initscope(&[&shown[..], &SMALL[..8], &flags, &["--format", format]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let svg = run("svg");
    assert!(svg.contains("4 of 4"), "all of them");
    let table: Value = serde_json::from_str(&run("json")).unwrap();
    assert!(column_of(&table, "A", "last_accuracy_mean", 7).is_empty());
    assert_eq!(column_of(&table, "A", "non_finite_step", 7).len(), 4);
}
