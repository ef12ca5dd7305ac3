//! Whatever keys are pressed and wherever is clicked, dragged and scrolled, in whatever size of window: nothing panics, and afterwards
//! the window answers. `INITSCOPE_STEPS=100000 cargo test --test interface any_input` walks farther, another way with
//! `INITSCOPE_SEED=7`, and says the slowest step and how much memory there is.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::{App, Session};
use initscope::experiment::Experiment;
use initscope::figure::Scene;

use crate::at_random::Random;
use crate::harness::step_on_news;

/// Steps in an ordinary run.
const STEPS: usize = 2_000;
/// A network with more weights is not kept: eight of them in a race take gigabytes.
const WEIGHTS: usize = 2_000_000;
/// So many images take a while,
const MANY: usize = 1000;
/// and are not kept for more steps.
const LARGE: usize = 10;
/// Nothing takes longer than this.
const HANGS: Duration = Duration::from_secs(30);

fn window() -> Harness<'static, App> {
    let mut session = Session::default();
    session.experiment.images = Some(60);
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([1000.0, 640.0]).build_eframe(build);
    harness.state_mut().set_scene(small());
    harness
}

fn input(harness: &mut Harness<'static, App>, random: &mut Random) -> String {
    const TEXTS: [&str; 6] = ["0.3", "relu", "-1e30", "NaN", "128, 64", "ä"];
    let place = |harness: &Harness<'static, App>, random: &mut Random| {
        let size = harness.ctx.content_rect().size();
        Pos2::new(random.below(size.x as usize) as f32, random.below(size.y as usize) as f32)
    };
    match random.below(20) {
        0..8 => {
            let modifiers = random.of(&[
                Modifiers::NONE,
                Modifiers::NONE,
                Modifiers::NONE,
                Modifiers::SHIFT,
                Modifiers::COMMAND,
                Modifiers::COMMAND | Modifiers::SHIFT,
            ]);
            let key = random.of(Key::ALL);
            harness.key_press_modifiers(modifiers, key);
            format!("{modifiers:?}+{key:?}")
        }
        8..13 => {
            let at = place(harness, random);
            let button = if random.below(8) == 0 { PointerButton::Secondary } else { PointerButton::Primary };
            harness.hover_at(at);
            for pressed in [true, false] {
                harness.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
            }
            format!("click at {at}")
        }
        13..15 => {
            let (from, to) = (place(harness, random), place(harness, random));
            harness.drag_at(from);
            harness.step();
            harness.hover_at(to);
            harness.step();
            harness.drop_at(to);
            format!("drag from {from} to {to}")
        }
        15..17 => {
            harness.hover_at(place(harness, random));
            let delta = Vec2::new(0.0, random.of(&[-400.0, -40.0, 40.0, 400.0]));
            let (unit, phase, modifiers) = (MouseWheelUnit::Point, TouchPhase::Move, Modifiers::NONE);
            harness.event(Event::MouseWheel { unit, delta, phase, modifiers, source: MouseWheelSource::Wheel });
            format!("wheel {delta}")
        }
        17 => {
            let text = random.of(&TEXTS);
            harness.event(Event::Text(text.to_owned()));
            format!("text {text}")
        }
        18 => {
            let size = random.of(&[(300.0, 200.0), (640.0, 360.0), (1000.0, 640.0), (1920.0, 1080.0), (420.0, 900.0)]);
            harness.set_size(size.into());
            format!("{size:?}")
        }
        _ => {
            std::thread::sleep(Duration::from_millis(random.of(&[1, 5, 20])));
            "wait".to_owned()
        }
    }
}

/// What is small enough to be measured at every step.
fn small() -> Scene {
    Scene::parse("version = 2\n[[experiments]]\nimages = 60\nlayers = 3\nwidth = 12\n", Path::new("")).unwrap()
}

/// Closes what would write a file, and takes back a network that is too large for a test.
fn stay_harmless(harness: &mut Harness<'static, App>) {
    let writes = |harness: &Harness<'static, App>| {
        ["Export file", "Scene file"].iter().any(|name| harness.query_by_label(name).is_some())
    };
    for _ in 0..4 {
        if writes(harness) {
            harness.key_press(Key::Escape);
            harness.run_steps(2);
        }
    }
    assert!(!writes(harness), "Escape closes it: {:?}", shown(harness));
    let weights: usize =
        harness.state().experiment().kernel_shapes().iter().map(|(rows, columns)| rows * columns).sum();
    if weights > WEIGHTS {
        harness.state_mut().set_scene(small());
        harness.step();
    }
}

/// Memory of this process in MiB, where the system says it.
fn memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<usize>().ok()? / 1024)
}

/// All that a screen reader would find in the window.
fn shown(harness: &Harness<'static, App>) -> Vec<String> {
    let said = |node: egui_kittest::Node<'_>| node.accesskit_node().label().or(node.accesskit_node().value());
    harness.root().children_recursive().filter_map(said).collect()
}

/// Says how it goes, where somebody walks far and waits for it.
fn report(steps: usize, (took, what): &(Duration, String)) {
    // Nothing is lost where it is not heard.
    let _ = writeln!(std::io::stderr(), "{steps} steps: {:?} MiB, slowest {took:?}: {what}", memory());
}

#[test]
fn any_input_is_survived_and_the_window_answers_afterwards() {
    let steps = std::env::var("INITSCOPE_STEPS").ok().and_then(|steps| steps.parse().ok()).unwrap_or(STEPS);
    let seed = std::env::var("INITSCOPE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(2026);
    let (mut harness, mut random) = (window(), Random(seed));
    let mut done: Vec<String> = Vec::new();
    let mut slowest = (Duration::ZERO, String::new());
    for step in 0..steps {
        let what = input(&mut harness, &mut random);
        let since = Instant::now();
        harness.step();
        let took = since.elapsed();
        assert!(took < HANGS, "{what} took {took:?} after {:?}", &done[done.len().saturating_sub(20)..]);
        if took > slowest.0 {
            slowest = (took, what.clone());
        }
        done.push(what);
        stay_harmless(&mut harness);
        // Wherever it has come to, it goes on with few images: most of the time is not to be that of their measurements.
        if step % LARGE == LARGE - 1 && harness.state().experiment().inputs.images > MANY {
            harness.state_mut().set_scene(small());
        }
        if step % 10_000 == 9_999 {
            report(step + 1, &slowest);
        }
    }
    // Whatever is open is closed by Escape, sooner or later.
    harness.set_size(Vec2::new(1280.0, 800.0));
    for _ in 0..12 {
        harness.key_press(Key::Escape);
        harness.run_steps(2);
    }
    let start = Instant::now();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::N);
    harness.step();
    while *harness.state().experiment() != Experiment::article() {
        assert!(
            start.elapsed() < HANGS,
            "no way back after {:?} from {:?}",
            &done[done.len().saturating_sub(40)..],
            shown(&harness)
        );
        harness.key_press_modifiers(Modifiers::COMMAND, Key::N);
        step_on_news(&mut harness);
    }
    // Maps of trained networks take minutes.
    harness.get_by_role_and_label(Role::Button, "Layers").click_accesskit();
    harness.step();
    while !harness.state().is_settled() {
        assert!(
            start.elapsed() < 3 * HANGS,
            "no answer after {:?} {:?}",
            &done[done.len().saturating_sub(40)..],
            shown(&harness)
        );
        // What was stopped waits for whoever wants it.
        if let Some(button) = harness.query_all_by_label("Go on").next() {
            button.click_accesskit();
        }
        step_on_news(&mut harness);
    }
}
