//! Networks that are trained, in the window.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::engine::race::RacerFound;
use initscope::figure::training::{CurveScale, LayerQuantity, TrainingChart};
use initscope::figure::{Quantity, Scene};
use initscope::lesson::Beginning;
use initscope::number;
use initscope::subject::{Subject, Weights};
use initscope::training::TrainingSettings;

use crate::harness::{
    choose, click as click_at, experiment, opened, press, set_slider, settle, step_on_news, type_number,
};

/// Two epochs of five steps, on a network that takes no time.
const SCENE: &str = r#"
version = 2
[[experiments]]
images = 200
widths = [12, 10]
sigma = 0.2
[training]
learning_rate = 0.5
train_images = 160
epochs = 2
"#;

fn scene(text: &str) -> Scene {
    Scene::parse(text, Path::new("scene.toml")).unwrap()
}

fn window_on(text: &str) -> Harness<'static, App> {
    let mut harness = opened(1280.0, 900.0, 200);
    harness.state_mut().set_scene(scene(text));
    settle(&mut harness);
    harness
}

fn window() -> Harness<'static, App> {
    window_on(SCENE)
}

fn shift(harness: &mut Harness<'static, App>, key: Key) {
    harness.key_press_modifiers(Modifiers::SHIFT, key);
    harness.run_steps(2);
}

/// What is said of the picture of the race.
fn picture(harness: &Harness<'static, App>) -> String {
    harness.get_by_label_contains(" after step ").accesskit_node().label().unwrap()
}

/// Trains to the end, or on from where it is.
fn train(harness: &mut Harness<'static, App>) {
    shift(harness, Key::Space);
    assert!(harness.state().is_racing());
    settle(harness);
}

fn click(harness: &mut Harness<'static, App>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run_steps(2);
}

/// What is known of the racers.
fn racers(harness: &Harness<'static, App>) -> Vec<RacerFound> {
    harness.state().racers().into_iter().map(|(_, racer)| racer.expect("it races").clone()).collect()
}

fn steps(harness: &Harness<'static, App>) -> Vec<u64> {
    racers(harness).iter().map(|racer| racer.step).collect()
}

fn settings(harness: &Harness<'static, App>) -> TrainingSettings {
    harness.state().scene().training.expect("it is not the default")
}

/// The steps of training that the drawn measurement is of.
fn drawn_step(harness: &Harness<'static, App>) -> u64 {
    match harness.state().figure().unwrap().measurement.subject.weights() {
        Weights::Trained(weights) => weights.step(),
        Weights::Drawn | Weights::Given(_) => 0,
    }
}

/// What `initscope train` says of a scene.
fn trained(scene: &Scene) -> serde_json::Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_initscope"));
    command.args(["train", "--scene", "-", "--format", "json"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(scene.to_text().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn assert_same(racer: &RacerFound, report: &serde_json::Value) {
    let number = |value: &serde_json::Value| value.as_f64().unwrap();
    let losses: Vec<_> = report["steps"].as_array().unwrap().iter().map(|step| number(&step["loss"])).collect();
    assert_eq!(racer.history.losses().collect::<Vec<_>>(), losses);
    let epochs = report["epochs"].as_array().unwrap();
    assert_eq!(racer.epochs.len(), epochs.len());
    for (found, expected) in racer.epochs.iter().zip(epochs) {
        assert_eq!(found.train_loss, number(&expected["train_loss"]));
        assert_eq!(found.test_accuracy, expected["test_accuracy"].as_f64());
        let dead = expected["layers"].as_array().unwrap().iter().map(|layer| layer["dead_units"].as_u64().unwrap());
        assert!(found.layers.iter().map(|layer| layer.dead_units as u64).eq(dead));
    }
}

#[test]
fn what_is_trained_is_what_the_command_trains_of_the_same_scene() {
    let two =
        SCENE.replace("sigma = 0.2", "sigma = [0.2, 0.3]").replace("learning_rate = 0.5", "learning_rate = [0.5, 0.1]");
    let mut harness = window_on(&two);
    train(&mut harness);
    assert_eq!(steps(&harness), [10; 4], "every experiment with every rate");
    let reports = trained(&harness.state().scene());
    for (racer, report) in racers(&harness).iter().zip(reports.as_array().unwrap()) {
        assert_same(racer, report);
    }
    assert_eq!(reports.as_array().unwrap().len(), 4);
    // And so are the numbers on the screen.
    press(&mut harness, Key::F12);
    settle(&mut harness);
    let said = harness.get_by_role_and_label(Role::Image, &picture(&harness)).rect();
    assert!(said.width() > 700.0);
    for report in reports.as_array().unwrap() {
        let last = report["epochs"].as_array().unwrap().last().unwrap();
        let (loss, accuracy) = (last["train_loss"].as_f64().unwrap(), last["test_accuracy"].as_f64().unwrap());
        let expected = format!("training loss {}, test accuracy {}", number::value(loss), number::percent(accuracy));
        assert!(picture(&harness).contains(&expected), "{expected}: {}", picture(&harness));
    }
    // Nothing moves any more.
    harness.run();
}

#[test]
fn it_stands_still_goes_on_makes_a_step_and_begins_again_with_the_same_bits() {
    let mut harness = window_on(&SCENE.replace("epochs = 2", "epochs = 2000"));
    shift(&mut harness, Key::Space);
    while harness.state().racers()[0].1.is_none_or(|racer| racer.step < 7) {
        step_on_news(&mut harness);
    }
    press(&mut harness, Key::Escape);
    settle(&mut harness);
    let at = steps(&harness)[0];
    assert!((7..10_000).contains(&at) && !harness.state().is_racing(), "{at}");
    // What is settled is at rest: the last step that was being made is made.
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(200) {
        step_on_news(&mut harness);
        assert_eq!(steps(&harness), [at], "nobody makes a step");
    }
    let losses = |harness: &Harness<'static, App>| racers(harness)[0].history.losses().collect::<Vec<_>>();
    let first = losses(&harness);
    click(&mut harness, "Step");
    settle(&mut harness);
    assert_eq!(steps(&harness), [at + 1]);
    assert_eq!(losses(&harness)[..at as usize], first[..]);
    click(&mut harness, "Rewind");
    settle(&mut harness);
    assert_eq!(steps(&harness), [0]);
    assert_eq!(drawn_step(&harness), 0);
    assert!(harness.query_by_role_and_label(Role::Button, "Rewind").is_none(), "there is no race");
    shift(&mut harness, Key::Space);
    while harness.state().racers()[0].1.is_none_or(|racer| racer.step <= at) {
        step_on_news(&mut harness);
    }
    press(&mut harness, Key::Escape);
    settle(&mut harness);
    assert_eq!(losses(&harness)[..at as usize], first[..]);
    harness.run();
}

/// Escape is for what is innermost: the race, and only once more for the measurement of where it stands.
#[test]
fn what_is_being_measured_where_a_race_is_stopped_is_measured_to_its_end() {
    // What is measured of a step takes longer than a frame, and the next step comes later.
    let text = SCENE.replace("images = 200", "images = 1000").replace("[12, 10]", "[400, 400, 400, 400]");
    let mut harness = window_on(&text.replace("epochs = 2", "epochs = 2000"));
    find(&mut harness, "10 steps a second");
    shift(&mut harness, Key::Space);
    let is_answered = |app: &App| {
        app.figure().is_some_and(|figure| figure.measurement.is_exact() && figure.measurement.subject == app.subject())
    };
    let start = Instant::now();
    while is_answered(harness.state()) {
        assert!(start.elapsed() < Duration::from_secs(30), "no step is looked at");
        step_on_news(&mut harness);
    }
    press(&mut harness, Key::Escape);
    assert!(!harness.state().is_racing());
    settle(&mut harness);
    let measured = &harness.state().figure().unwrap().measurement;
    assert!(harness.state().shown_step() > 0 && measured.subject == harness.state().subject());
    assert!(measured.is_exact() && measured.images == 1000, "{}", measured.images);
}

#[test]
fn a_slow_race_makes_so_many_steps_a_second_and_no_more() {
    let mut harness = window();
    find(&mut harness, "10 steps a second");
    shift(&mut harness, Key::Space);
    // A frame of the harness is a quarter of a second.
    let mut seen = Vec::new();
    while harness.state().is_racing() {
        let before = harness.state().racers()[0].1.map_or(0, |racer| racer.step);
        step_on_news(&mut harness);
        let now = harness.state().racers()[0].1.map_or(0, |racer| racer.step);
        seen.push(now - before);
    }
    settle(&mut harness);
    assert_eq!(steps(&harness), [10]);
    assert!(seen.iter().all(|steps| *steps <= 4), "{seen:?}");
}

#[test]
fn the_time_slider_moves_what_every_view_shows() {
    let mut harness = window();
    train(&mut harness);
    assert_eq!(drawn_step(&harness), 10, "it follows the newest");
    let racer = racers(&harness).remove(0);
    let kept: Vec<_> = racer.snapshots.kept().iter().map(|kept| kept.step()).collect();
    assert_eq!(kept, [1, 2, 4, 5, 10]);
    for (step, nearest) in [(7.0, 5), (2.0, 2), (0.0, 0)] {
        set_slider(&mut harness, "Step", step);
        settle(&mut harness);
        assert_eq!(drawn_step(&harness), nearest, "{step}");
        assert_eq!(harness.state().subject(), racer.subject(nearest).unwrap());
    }
    set_slider(&mut harness, "Step", 4.0);
    settle(&mut harness);
    harness.get_by_label_contains("after 4 steps of sgd");
    press(&mut harness, Key::Num3);
    settle(&mut harness);
    assert!(harness.state().is_inspected());
    // What only draws have says why it is missing.
    press(&mut harness, Key::Num2);
    harness.run_steps(2);
    harness.get_by_label_contains("those of this one were trained. This network is shown at step 4 of its training.");
    click(&mut harness, "Show it at step 0");
    assert_eq!(harness.state().looked_at(), Some(0));
    settle(&mut harness);
    harness.get_by_label_contains("Landscape: ");
    press(&mut harness, Key::Num1);
    click(&mut harness, "Newest");
    settle(&mut harness);
    assert_eq!((drawn_step(&harness), harness.state().looked_at()), (10, None));
    // Arrow keys go from one kept step to the next.
    harness.get_by_role_and_label(Role::Slider, "Step").focus();
    // From its next frame on arrow keys are the slider's.
    harness.run_steps(2);
    for kept in [5, 4] {
        press(&mut harness, Key::ArrowLeft);
        settle(&mut harness);
        assert_eq!((drawn_step(&harness), harness.state().looked_at()), (kept, Some(kept)));
    }
    // Another network is no longer that.
    set_slider(&mut harness, "σ", 0.31);
    settle(&mut harness);
    assert_eq!(harness.state().subject(), Subject::from(experiment(&harness)));
    assert!(!harness.state().has_race());
}

#[test]
fn pinned_experiments_race_too_and_a_change_begins_only_its_own_racer_anew() {
    let mut harness = window();
    press(&mut harness, Key::F6);
    set_slider(&mut harness, "σ", 0.3);
    settle(&mut harness);
    train(&mut harness);
    assert_eq!(steps(&harness), [10, 10]);
    let before = racers(&harness);
    // Both are compared as they are after the last step.
    let after = |racer: &RacerFound| racer.subject(10).unwrap();
    assert_eq!(harness.state().compared(), before.iter().map(after).collect::<Vec<_>>());
    set_slider(&mut harness, "Step", 2.0);
    settle(&mut harness);
    assert_eq!(harness.state().compared(), before.iter().map(|racer| racer.subject(2).unwrap()).collect::<Vec<_>>());
    set_slider(&mut harness, "σ", 0.4);
    harness.run_steps(2);
    assert!(harness.state().racers()[1].1.is_none() && harness.state().racers()[0].1.is_some());
    shift(&mut harness, Key::Space);
    harness.get_by_label("B begins again as N(0, 0.400²).");
    settle(&mut harness);
    let now = racers(&harness);
    assert_eq!(steps(&harness), [10, 10]);
    assert_ne!(now[1].latest, before[1].latest);
    let is_same = |then: &RacerFound, now: &RacerFound| {
        then.snapshots.kept().iter().zip(now.snapshots.kept()).all(|(then, now)| Arc::ptr_eq(then, now))
    };
    assert!(is_same(&before[0], &now[0]), "A stays as it is");
    harness.run();
}

#[test]
fn another_rate_from_here_is_a_schedule_and_nothing_begins_again() {
    let mut harness = window_on(&SCENE.replace("epochs = 2", "steps = 10"));
    (0..5).for_each(|_| {
        if harness.state().has_race() {
            click(&mut harness, "Step");
        } else {
            harness.state_mut().set_scene(scene(&SCENE.replace("epochs = 2", "steps = 10")));
            find(&mut harness, "one step");
        }
        settle(&mut harness);
    });
    assert_eq!(steps(&harness), [5]);
    click(&mut harness, "Settings of training");
    let first = racers(&harness).remove(0);
    harness.get_by_role_and_label(Role::Button, "Rate ÷ 10 from here").click_accesskit();
    harness.run_steps(3);
    settle(&mut harness);
    assert_eq!(settings(&harness).schedule.as_deref(), Some("step(at=5, factor=0.1)"));
    assert_eq!(steps(&harness), [5]);
    train(&mut harness);
    let end = racers(&harness).remove(0);
    assert!(Arc::ptr_eq(&first.snapshots.kept()[3], &end.snapshots.kept()[3]), "it went on");
    assert_same(&end, &trained(&harness.state().scene()));
    assert!(harness.query_by_label("Rate ÷ 10 from here").is_none(), "a rate changes once");
}

/// Does what the palette finds.
fn find(harness: &mut Harness<'static, App>, text: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::TextInput, "Look for").type_text(text);
    harness.run_steps(2);
    press(harness, Key::Enter);
    harness.run_steps(2);
}

#[test]
fn controls_set_what_flags_set_and_only_what_applies_is_there() {
    let mut harness = opened(1280.0, 2000.0, 20);
    assert_eq!(harness.state().scene().training, None, "what is usual needs no word");
    assert!(harness.query_by_label("Optimizer").is_none(), "the group is closed");
    click(&mut harness, "Settings of training");
    assert!(harness.query_by_label("nesterov").is_none(), "there is no momentum");
    type_number(&mut harness, "momentum", "0.9");
    harness.get_by_role_and_label(Role::CheckBox, "nesterov").click();
    harness.run_steps(2);
    set_slider(&mut harness, "Learning rate", 0.02);
    set_slider(&mut harness, "Batch", 100.0);
    set_slider(&mut harness, "Epochs", 7.0);
    type_number(&mut harness, "Training images", "1000");
    let now = settings(&harness);
    assert_eq!(now.optimizer.as_deref(), Some("sgd(momentum=0.9, nesterov=true)"));
    assert_eq!((now.learning_rate, now.batch, now.epochs), (Some(vec![0.02]), Some(100), Some(7)));
    assert_eq!((now.train_images, now.framework.as_deref()), (Some(1000), Some("keras")));
    choose(&mut harness, "Optimizer", "adamw");
    choose(&mut harness, "Framework", "PyTorch");
    choose(&mut harness, "Schedule", "step");
    type_number(&mut harness, "after step", "30");
    choose(&mut harness, "Length in", "Steps");
    let now = settings(&harness);
    assert_eq!((now.optimizer.as_deref(), now.framework.as_deref()), (Some("adamw"), Some("pytorch")));
    assert_eq!((now.learning_rate, now.weight_decay), (Some(vec![0.001]), Some(0.01)), "the framework's own");
    assert_eq!((now.steps, now.epochs, now.schedule.as_deref()), (Some(70), None, Some("step(at=30, factor=0.1)")));
    assert!(harness.query_by_label("L2").is_none() && harness.query_by_label("Loss").is_none());
    press(&mut harness, Key::D);
    assert!(harness.query_by_label("L2").is_none(), "PyTorch has none");
    choose(&mut harness, "Gradient clipping", "every entry");
    type_number(&mut harness, "Clip at", "0.5");
    choose(&mut harness, "Loss", "clipped");
    type_number(&mut harness, "Warm-up steps", "3");
    type_number(&mut harness, "Order seed", "5");
    choose(&mut harness, "Framework", "Keras");
    type_number(&mut harness, "L2", "0.001");
    let now = settings(&harness);
    assert_eq!((now.clip_value, now.loss.as_deref(), now.warm_up), (Some(0.5), Some("clipped"), Some(3)));
    assert_eq!((now.order_seed, now.shuffle, now.l2), (Some(5), Some(true), Some(0.001)));
    harness.get_by_role_and_label(Role::CheckBox, "Shuffled").click();
    harness.run_steps(2);
    assert_eq!((settings(&harness).order_seed, settings(&harness).shuffle), (None, Some(false)));
    harness.get_by_role_and_label(Role::TextInput, "Learning rates").scroll_to_me();
    harness.run_steps(8);
    harness.get_by_role_and_label(Role::TextInput, "Learning rates").click();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.get_by_role_and_label(Role::TextInput, "Learning rates").type_text("0.1, 0.01");
    harness.step();
    press(&mut harness, Key::Enter);
    assert_eq!(settings(&harness).learning_rate, Some(vec![0.1, 0.01]));
    // All of it is read again as it is.
    let saved = harness.state().scene();
    assert_eq!(scene(&saved.to_text()).training, saved.training);
}

#[test]
fn what_cannot_be_has_a_sentence_and_changes_nothing() {
    let mut harness = opened(1280.0, 2000.0, 20);
    click(&mut harness, "Settings of training");
    type_number(&mut harness, "Training images", "50");
    for (label, text, sentence) in [
        ("Batch", "51", "“51” cannot be used: Batch takes a whole number from 1 to 50"),
        ("Learning rate", "-1", "“-1” cannot be used: Learning rate takes a number, 0 or more"),
        ("Learning rate", "nan", "“nan” cannot be used: Learning rate takes a number, 0 or more"),
        ("momentum", "1", "“1” cannot be used: momentum takes a number, 0 or more and below 1"),
        ("Training images", "31", "Batch 32 is out of range: use 1 to 31, the number of training images"),
    ] {
        type_number(&mut harness, label, text);
        harness.run_steps(2);
        harness.get_by_label_contains(sentence);
        press(&mut harness, Key::Escape);
    }
    let now = settings(&harness);
    assert_eq!((now.batch, now.train_images, now.learning_rate), (Some(32), Some(50), Some(vec![0.01])));
    // More networks than can be trained.
    let text = SCENE.replace("sigma = 0.2", "sigma = [0.2, 0.3, 0.4]").replace("= 0.5", "= [0.5, 0.4, 0.3]");
    harness.state_mut().set_scene(scene(&text));
    shift(&mut harness, Key::Space);
    harness.get_by_label_contains("At most 8 networks are trained side by side");
    assert!(!harness.state().is_racing());
}

#[test]
fn a_change_of_the_training_is_undone_and_kept_between_starts() {
    let mut harness = window();
    let before = settings(&harness);
    click(&mut harness, "Settings of training");
    set_slider(&mut harness, "Epochs", 3.0);
    harness.run_steps(2);
    assert_eq!(settings(&harness).epochs, Some(3));
    let ctx = harness.ctx.clone();
    let session = initscope::app::Session::of(harness.state(), &ctx);
    assert_eq!(session.training.epochs, Some(3));
    let text = serde_json::to_string(&session).unwrap();
    let read: initscope::app::Session = serde_json::from_str(&text).unwrap();
    assert_eq!(read, session);
    let again = App::new(&egui::Context::default(), &read, None).unwrap();
    assert_eq!(again.scene().training, harness.state().scene().training);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!(settings(&harness), before);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    harness.run_steps(2);
    assert_eq!(settings(&harness).epochs, Some(3));
}

#[test]
fn while_it_trains_pictures_follow_on_a_thousand_images_and_are_exact_at_rest() {
    let text = SCENE.replace("images = 200", "images = 1500").replace("epochs = 2", "epochs = 3000");
    let mut harness = window_on(&text);
    shift(&mut harness, Key::Space);
    let mut seen = Vec::new();
    let start = Instant::now();
    while seen.len() < 4 {
        assert!(start.elapsed() < Duration::from_secs(60) && harness.state().is_racing(), "{seen:?}");
        step_on_news(&mut harness);
        let step = drawn_step(&harness);
        if step > 0 && seen.last() != Some(&step) {
            let measurement = &harness.state().figure().unwrap().measurement;
            assert_eq!(measurement.experiment().inputs.images, 1000);
            seen.push(step);
        }
    }
    assert!(seen.windows(2).all(|pair| pair[0] < pair[1]), "{seen:?}");
    press(&mut harness, Key::Escape);
    settle(&mut harness);
    let measurement = &harness.state().figure().unwrap().measurement;
    assert_eq!((measurement.images, drawn_step(&harness)), (1500, steps(&harness)[0]));
    harness.run();
}

#[test]
fn the_view_of_training_plays_the_race_draws_it_and_goes_back_in_it() {
    let mut harness = window();
    press(&mut harness, Key::F12);
    settle(&mut harness);
    harness.get_by_role_and_label(Role::Slider, "Learning rate");
    assert!(picture(&harness).contains("after step 0 of 10"), "{}", picture(&harness));
    press(&mut harness, Key::Space);
    assert!(harness.state().is_racing());
    settle(&mut harness);
    assert!(picture(&harness).contains("after step 10 of 10"));
    // A click in the curves goes to a step.
    let place = harness.get_by_role_and_label(Role::Image, &picture(&harness)).rect();
    click_at(&mut harness, place.lerp_inside(egui::vec2(0.5, 0.3)));
    settle(&mut harness);
    let step = harness.state().looked_at().expect("it is in the middle");
    assert!((3..=7).contains(&step), "{step}");
    press(&mut harness, Key::X);
    assert_eq!(harness.state().looked_at(), None);
    // How it is drawn is part of the scene.
    press(&mut harness, Key::M);
    press(&mut harness, Key::Num6);
    settle(&mut harness);
    find(&mut harness, "distance");
    let look = harness.state().scene().shown.unwrap().training;
    assert_eq!((look.chart, look.time_scale), (TrainingChart::Maps, CurveScale::Log));
    assert_eq!(look.layer_quantity, LayerQuantity::Distance);
    press(&mut harness, Key::U);
    settle(&mut harness);
    press(&mut harness, Key::B);
    settle(&mut harness);
    assert!(picture(&harness).contains("after step 0 of 10") && !harness.state().has_race());
    // What is pinned here races at once.
    press(&mut harness, Key::F6);
    set_slider(&mut harness, "σ", 0.3);
    press(&mut harness, Key::N);
    settle(&mut harness);
    assert_eq!(steps(&harness), [1, 1]);
    assert!(picture(&harness).contains("B σ 0.3: ") && harness.query_by_label_contains("Slot B").is_some());
    harness.run();
}

#[test]
fn the_start_is_drawn_behind_what_became_of_it() {
    let mut harness = window();
    train(&mut harness);
    assert!(harness.state().start().is_none());
    for (key, quantity) in [(Key::B, "outputs"), (Key::G, "gradients")] {
        press(&mut harness, key);
        settle(&mut harness);
        let start = Instant::now();
        let is_there = |harness: &Harness<'static, App>| {
            let shown = harness.state().figure().unwrap().view;
            harness.state().start().is_some_and(|start| start.view == shown)
        };
        while !is_there(&harness) {
            assert!(start.elapsed() < Duration::from_secs(30), "no {quantity} of the start");
            step_on_news(&mut harness);
        }
        let start = harness.state().start().unwrap();
        assert_eq!(start.measurement.subject, Subject::from(experiment(&harness)));
        assert_eq!(drawn_step(&harness), 10);
    }
    // A figure of it has the outlines, too.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(3);
    settle(&mut harness);
    harness.get_by_role_and_label(Role::Button, "Copy command").click_accesskit();
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let command = copied.expect("the command is copied");
    assert!(command.contains("--with-start") && command.contains("--steps 10"), "{command}");
    press(&mut harness, Key::Escape);
    set_slider(&mut harness, "Step", 0.0);
    harness.run_steps(2);
    assert!(harness.state().start().is_none(), "that is what is drawn");
}

#[test]
fn left_and_right_lead_through_the_kept_steps_where_the_training_is_looked_at() {
    let mut harness = window();
    let set = experiment(&harness).clone();
    press(&mut harness, Key::F12);
    // Before there is a race, they are those of every view.
    press(&mut harness, Key::ArrowRight);
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(*experiment(&harness), set);
    assert_eq!(harness.state().looked_at(), None);
    train(&mut harness);
    for kept in [5, 4, 2] {
        press(&mut harness, Key::ArrowLeft);
        settle(&mut harness);
        assert_eq!((harness.state().looked_at(), harness.state().shown_step()), (Some(kept), kept));
    }
    press(&mut harness, Key::ArrowRight);
    assert_eq!(harness.state().looked_at(), Some(4));
    assert!(*experiment(&harness) == set && harness.state().has_race(), "the race is there");
    // A click gives the slider the keys, in other views too.
    press(&mut harness, Key::Num1);
    let slider = harness.get_by_role_and_label(Role::Slider, "Step").rect();
    click_at(&mut harness, slider.lerp_inside(egui::vec2(0.5, 0.5)));
    assert_eq!(harness.state().looked_at(), Some(5));
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(harness.state().looked_at(), Some(4));
    press(&mut harness, Key::Home);
    assert_eq!(harness.state().looked_at(), Some(0));
    press(&mut harness, Key::End);
    assert_eq!(harness.state().looked_at(), None, "the newest");
    assert_eq!(*experiment(&harness), set);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::TextInput, "Look for").type_text("kept step");
    harness.run_steps(2);
    assert!(harness.query_all_by_label_contains("Look at the kept step before").next().is_some());
}

#[test]
fn what_the_last_step_changed_is_drawn_at_every_step() {
    let mut harness = window();
    assert!(harness.query_by_role_and_label(Role::Button, "Updates").is_none(), "there are none");
    press(&mut harness, Key::U);
    settle(&mut harness);
    harness.get_by_label_contains("No step of a training is made: no weight has changed. Train (Shift+Space)");
    train(&mut harness);
    assert!(harness.query_by_label_contains("No step of a training is made").is_none());
    harness.get_by_role_and_label(Role::Button, "Updates");
    let racer = racers(&harness).remove(0);
    // The start has what the first step changes.
    for (step, of) in [(10.0, 10), (7.0, 5), (1.0, 1), (0.0, 1)] {
        set_slider(&mut harness, "Step", step);
        settle(&mut harness);
        let figure = harness.state().figure().unwrap();
        assert_eq!(figure.view.quantity, Quantity::Updates);
        let expected = racer.snapshots.kept().iter().find(|kept| kept.step() == of).unwrap().updates().unwrap();
        assert_eq!(expected.step(), of);
        for (index, layer) in expected.layers().iter().enumerate() {
            assert_eq!((figure.shown(index).min, figure.shown(index).max), (layer.min, layer.max), "{step}");
            assert!(layer.std > 0.0);
        }
        harness.get_by_label_contains(&format!("layer 1: updates from {}", number::value(expected.layers()[0].min)));
    }
    // How it is looked at is part of the scene.
    let view = harness.state().scene().layers_view().unwrap();
    assert_eq!(view.quantity, Quantity::Updates);
    press(&mut harness, Key::F9);
    settle(&mut harness);
}

#[test]
fn a_scene_of_a_step_says_how_to_get_there() {
    let text = SCENE.replace("epochs = 2", "steps = 7");
    let mut harness = window_on(&text);
    let sentence = "This is before 7 steps of training: Train (Shift+Space) makes them.";
    harness.get_by_label(sentence);
    train(&mut harness);
    assert_eq!(drawn_step(&harness), 7);
    assert!(harness.query_by_label(sentence).is_none());
    set_slider(&mut harness, "σ", 0.3);
    harness.run_steps(2);
    assert!(harness.query_by_label(sentence).is_none(), "that is another network");
}

#[test]
fn what_comes_before_the_first_step_is_said() {
    let mut harness = window_on(&SCENE.replace("train_images = 160", "train_images = 30000"));
    shift(&mut harness, Key::Space);
    harness.get_by_label_contains("judging the networks before their first step …");
    press(&mut harness, Key::Escape);
    settle(&mut harness);
}

/// Steps until the window has come to rest with what it shows.
fn until(harness: &mut Harness<'static, App>, what: &str, is_so: impl Fn(&App) -> bool) {
    let start = Instant::now();
    while !is_so(harness.state()) {
        assert!(start.elapsed() < Duration::from_secs(60), "no {what}");
        step_on_news(harness);
    }
    settle(harness);
}

#[test]
fn other_seeds_follow_the_race_and_are_those_of_the_command() {
    let mut harness = window();
    press(&mut harness, Key::F12);
    type_number(&mut harness, "Seeds", "2");
    assert!(harness.state().repeats().is_none(), "the race comes first");
    train(&mut harness);
    until(&mut harness, "seeds", |app| app.repeats().is_some_and(|found| found.seeds_done() == 2));
    let found = harness.state().repeats().unwrap();
    let scene = harness.state().scene();
    assert_eq!(scene.shown.unwrap().training.seeds, Some(2));
    let mut other = scene;
    other.experiments[0].seed += 1;
    let training = other.training.take().unwrap();
    other.training = Some(TrainingSettings { order_seed: Some(training.order_seed.unwrap_or(0) + 1), ..training });
    assert_same(&found.runs[0][0], &trained(&other));
    press(&mut harness, Key::U);
    settle(&mut harness);
    // A key has five, or one again; stopped, what is done is kept.
    // What is set in quicker succession is one step to undo.
    std::thread::sleep(Duration::from_millis(600));
    press(&mut harness, Key::S);
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().scene().shown.unwrap().training.seeds, Some(5));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!(harness.state().scene().shown.unwrap().training.seeds, Some(2), "undone");
}

#[test]
fn rates_are_found_shown_and_taken() {
    let two = SCENE.replace("sigma = 0.2", "sigma = [0.2, 0.4]");
    let mut harness = window_on(&two);
    press(&mut harness, Key::F12);
    settle(&mut harness);
    press(&mut harness, Key::F);
    until(&mut harness, "rates", |app| app.known_rates().is_some_and(|known| known.is_done));
    harness.get_by_label_contains("Rates are equal: all networks train at 0.5.");
    let known = harness.state().known_rates().unwrap().clone();
    let best: Vec<f64> = known.searches.iter().map(|search| search.best().expect("it learns").rate).collect();
    let said = harness.get_by_label_contains("best learning rate ").accesskit_node().label().unwrap();
    assert!(
        said.starts_with("A ") && said.contains(&format!("best learning rate {}", number::plain(best[0]))),
        "{said}"
    );
    press(&mut harness, Key::G);
    settle(&mut harness);
    let rates: Vec<f64> = harness.state().entrants().iter().map(|entrant| entrant.training.learning_rate).collect();
    assert_eq!(rates, best, "one for each");
    harness.get_by_label_contains("Rates are tuned");
    // The scene says it, and what is opened again has the same.
    let scene = harness.state().scene();
    let text = scene.to_text();
    assert!(best[0] == best[1] || text.contains("rate_each = true"), "{text}");
    let again = window_on(&text);
    let rates: Vec<f64> = again.state().entrants().iter().map(|entrant| entrant.training.learning_rate).collect();
    assert_eq!(rates, best);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    harness.get_by_label_contains("Rates are equal");
}

#[test]
fn a_preset_of_a_training_from_the_command_line_begins_at_once() {
    let mut harness = opened(1280.0, 900.0, 200);
    let ctx = harness.ctx.clone();
    let text = SCENE.replace("version = 2\n", "version = 2\n[shown]\nview = \"training\"\n");
    let of_preset = Beginning { guesses: false, is_preset: true, motion: None };
    harness.state_mut().begin_with(&ctx, scene(&text), of_preset);
    assert!(harness.state().is_racing());
    settle(&mut harness);
    assert_eq!(steps(&harness), [10]);
    let mut harness = opened(1280.0, 900.0, 200);
    harness.state_mut().begin_with(&ctx, scene(&text), Beginning::default());
    assert!(!harness.state().is_racing(), "a scene waits");
    settle(&mut harness);
}

#[test]
fn a_slider_that_was_clicked_is_moved_by_arrow_keys_and_leaves_the_others() {
    let mut harness = window();
    let sigma = experiment(&harness).initializer;
    let place = harness.get_by_role_and_label(Role::Slider, "Bias").rect();
    click_at(&mut harness, place.center());
    let bias = experiment(&harness).bias;
    press(&mut harness, Key::ArrowRight);
    press(&mut harness, Key::ArrowRight);
    assert!(experiment(&harness).bias > bias, "{bias}");
    assert_eq!(experiment(&harness).initializer, sigma);
    // Nobody went there by keys: all others mean what they mean everywhere.
    press(&mut harness, Key::F12);
    press(&mut harness, Key::Space);
    assert!(harness.state().is_racing());
    settle(&mut harness);
}

/// A point of the curves, as shares of the picture: the losses are over the accuracies.
fn on_losses(harness: &Harness<'static, App>, across: f32) -> egui::Pos2 {
    let picture = harness.get_by_role_and_label(Role::Image, &picture(harness)).rect();
    egui::pos2(picture.left() + across * picture.width(), picture.top() + 0.3 * picture.height())
}

#[test]
fn the_card_in_the_curves_says_the_step_that_each_number_is_of() {
    // A hundred and twenty steps in one epoch: the strong line is the mean of five of them.
    let text = SCENE.replace("epochs = 2", "epochs = 1\nbatch = 2").replace("train_images = 160", "train_images = 240");
    let text = text.replace("learning_rate = 0.5", "learning_rate = 0.01");
    let mut harness = window_on(&text);
    train(&mut harness);
    press(&mut harness, Key::F12);
    settle(&mut harness);
    let report = trained(&harness.state().scene());
    harness.hover_at(on_losses(&harness, 0.5));
    harness.run_steps(8);
    let said = harness.get_by_label_contains("(at step 0: ").accesskit_node();
    let said = said.label().or(said.value()).unwrap();
    let step: usize = said.split("after step ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!((40..80).contains(&step), "{said}");
    let losses: Vec<f64> =
        report["steps"].as_array().unwrap().iter().map(|step| step["loss"].as_f64().unwrap()).collect();
    let mean = losses[step - 5..step].iter().sum::<f64>() / 5.0;
    let start = &report["epochs"][0];
    assert_eq!(start["step"], 0);
    let expected = format!(
        "batch loss {}, mean of the last 5 steps {}, after step {step} (at step 0: training loss {}, test accuracy {})",
        number::value(losses[step - 1]),
        number::value(mean),
        number::value(start["train_loss"].as_f64().unwrap()),
        number::percent(start["test_accuracy"].as_f64().unwrap()),
    );
    assert!(said.ends_with(&expected), "{said}\n{expected}");
}

#[test]
fn the_card_of_five_racers_is_no_higher_than_their_chart() {
    let racer = "[[experiments]]\nimages = 200\nwidths = [12]\nsigma = ";
    let racers: String = [0.1, 0.2, 0.3, 0.4, 0.5].map(|sigma| format!("{racer}{sigma}\n")).concat();
    let rest = SCENE.split("sigma = 0.2\n").nth(1).unwrap();
    let mut harness = window_on(&format!("version = 2\n{racers}{rest}"));
    train(&mut harness);
    press(&mut harness, Key::F12);
    harness.set_size(egui::vec2(1280.0, 720.0));
    settle(&mut harness);
    harness.run_steps(3);
    harness.hover_at(on_losses(&harness, 0.5));
    harness.run_steps(8);
    let top = harness.get_by_label_contains("After step ").rect();
    // A letter stands in the bar, too.
    let lowest = harness.query_all_by_label("E").map(|node| node.rect()).reduce(egui::Rect::union).unwrap();
    let chart = harness.get_by_role_and_label(Role::Image, &picture(&harness)).rect();
    assert!(lowest.bottom() - top.top() < 0.5 * chart.height(), "{top:?} to {lowest:?} in {chart:?}");
    harness.get_by_label_contains("test accuracy\nat step ");
    // In a small window it stands beside the curves.
    harness.set_size(egui::vec2(640.0, 480.0));
    settle(&mut harness);
    harness.run_steps(3);
    let at = on_losses(&harness, 0.5);
    harness.hover_at(at);
    harness.run_steps(8);
    let card = ["After step ", "test accuracy\n"].map(|said| harness.get_by_label_contains(said).rect());
    let picture = harness.get_by_role_and_label(Role::Image, &picture(&harness)).rect();
    for part in card {
        assert!(part.right() < picture.left() + 60.0, "{part:?} in {picture:?}");
    }
}

#[test]
fn the_strip_says_the_step_that_is_shown_of_each_network() {
    let mut harness = window();
    train(&mut harness);
    for (asked, kept) in [(7.0, 5), (3.0, 2), (9.0, 10)] {
        set_slider(&mut harness, "Step", asked);
        settle(&mut harness);
        let knob = harness.get_by_role_and_label(Role::Slider, "Step").accesskit_node().data().numeric_value();
        assert_eq!((knob, drawn_step(&harness)), (Some(kept as f64), kept), "{asked}");
        harness.get_by_label(&format!("{kept} of 10"));
    }
    // What is pinned stays where it is; the other begins as other draws.
    press(&mut harness, Key::F6);
    press(&mut harness, Key::R);
    settle(&mut harness);
    let mut steps: Vec<_> =
        harness.state().racers().iter().map(|(_, racer)| racer.map_or(0, |racer| racer.step)).collect();
    harness.get_by_label(&format!("A {}, B {} of 10", steps[0], steps[1]));
    steps.sort_unstable();
    assert_eq!(steps, [0, 10]);
}

#[test]
fn a_race_that_has_not_begun_says_what_begins_it_and_counts_whole_steps() {
    let mut harness = window();
    press(&mut harness, Key::F12);
    for chart in [Key::V, Key::M, Key::L, Key::U] {
        press(&mut harness, chart);
        settle(&mut harness);
        harness.get_by_label("Train (Space) begins the training.");
    }
    train(&mut harness);
    assert!(harness.query_by_label_contains("begins the training").is_none());
}

#[test]
fn the_heading_of_a_training_names_the_images_it_is_trained_and_judged_on() {
    let mut harness = window();
    press(&mut harness, Key::F12);
    settle(&mut harness);
    harness.get_by_label_contains("on 160 MNIST training images, judged on 10,000 test images");
    press(&mut harness, Key::Num1);
    settle(&mut harness);
    harness.get_by_label_contains("on 200 MNIST test images");
}

#[test]
fn a_slider_of_the_step_that_is_held_stays_at_its_step() {
    let mut harness = window();
    train(&mut harness);
    let slider = harness.get_by_role_and_label(Role::Slider, "Step").rect();
    for share in [0.02_f32, 0.3, 0.6, 0.8, 0.9, 0.97] {
        let at = egui::pos2(slider.left() + share * slider.width(), slider.center().y);
        harness.drag_at(at);
        harness.run_steps(4);
        let shown = harness.state().shown_step();
        for _ in 0..12 {
            harness.step();
            assert_eq!(harness.state().shown_step(), shown, "at {share} of its length");
        }
        harness.drop_at(at);
        harness.run_steps(2);
    }
}

#[test]
fn what_has_no_room_beside_a_race_is_named() {
    let mut harness = window();
    train(&mut harness);
    press(&mut harness, Key::F12);
    harness.set_size(egui::vec2(640.0, 480.0));
    settle(&mut harness);
    harness.run_steps(3);
    let said = harness.get_by_label_contains("No room for").accesskit_node();
    let said = said.label().or(said.value()).unwrap();
    for part in ["the legend", "the speed"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // The step itself is said, without what there is in all.
    assert!(!said.contains("the step’s number"), "{said}");
    let step = harness.get_by_label("10").rect();
    assert!(step.right() <= 640.0, "{step:?}");
    // Before both plots of the curves are too low, the losses have the room of the accuracies.
    assert!(!said.contains("the test accuracies"), "{said}");
    harness.set_size(egui::vec2(640.0, 360.0));
    settle(&mut harness);
    harness.run_steps(3);
    let said = harness.get_by_label_contains("No room for").accesskit_node();
    let said = said.label().or(said.value()).unwrap();
    assert!(said.contains("the test accuracies"), "{said}");
}

#[test]
fn what_is_not_trained_yet_is_not_exported() {
    let mut harness = window();
    press(&mut harness, Key::F12);
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(4);
    let export = |harness: &Harness<'static, App>| {
        !harness.get_by_role_and_label(Role::Button, "Export file").accesskit_node().is_disabled()
    };
    assert!(!export(&harness));
    press(&mut harness, Key::Escape);
    train(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(4);
    assert!(export(&harness));
}
