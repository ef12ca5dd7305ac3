//! What a painted frame costs the interface's thread: layout and tessellation, without a GPU.
//!
//! `cargo bench --bench frame`: `frame/{layers}` has the default window, `frame_with_norms/{layers}` the gradient's norms and
//! the theory too; `figure/{kind}/{layers}` is what comes once with every new measurement. `frame/{view}/{size}` has four
//! experiments compared, a layer's units, or images x units in the centre; `frame_anew/{view}/{size}` is the same while every
//! frame asks for another picture. `frame/training/8x10000` has the curves of eight networks after 10,000 steps each, and
//! `frame_anew` the same while every frame asks for their maps or curves: 4 ms in a window of 1280x800 and 16 ms in one of 3840x2160 are the goal.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a bench fails by panicking")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main};
use egui::{ClippedPrimitive, Key, Modifiers};
use egui_kittest::Harness;
use initscope::app::{App, Session};
use initscope::figure::{Figure, PlotShape, Scene, View};

type Group<'c> = BenchmarkGroup<'c, criterion::measurement::WallTime>;

fn window(layers: usize, panels: bool) -> Harness<'static, App> {
    let mut session = Session::default();
    session.shown.panels.norms = panels;
    session.shown.panels.theory = panels;
    session.experiment.images = Some(1000);
    session.experiment.layers = Some(layers);
    window_of(&session, [1280.0, 800.0], App::is_settled)
}

/// A window of this size on a session, at rest.
fn window_of(session: &Session, size: [f32; 2], is_ready: impl Fn(&App) -> bool) -> Harness<'static, App> {
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, session, None).unwrap();
    let mut harness = Harness::builder().with_size([1280.0, 800.0]).build_eframe(build);
    // As much as a graphics card takes.
    harness.input_mut().max_texture_side = Some(16_384);
    harness.set_size(size.into());
    harness.step();
    while !(is_ready(harness.state()) && harness.state().is_settled()) {
        std::thread::sleep(Duration::from_millis(5));
        harness.step();
    }
    // The axis comes to rest.
    std::thread::sleep(Duration::from_millis(300));
    harness.run_steps(4);
    harness
}

/// A frame as triangles.
fn painted(harness: &mut Harness<'static, App>) -> Vec<ClippedPrimitive> {
    harness.step();
    let output = harness.output();
    harness.ctx.tessellate(output.shapes.clone(), output.pixels_per_point)
}

fn frame(criterion: &mut Criterion) {
    for (name, panels) in [("frame", false), ("frame_with_norms", true)] {
        let mut group = criterion.benchmark_group(name);
        for layers in [5, 100] {
            let mut harness = window(layers, panels);
            group.bench_function(layers.to_string(), |bencher| bencher.iter(|| painted(&mut harness)));
        }
        group.finish();
    }
}

/// What is in the centre, whether it is all there, and the keys that ask for another picture of it and back.
type InCentre = (&'static str, fn(&App) -> bool, [Key; 2]);

const IN_CENTRE: [InCentre; 3] = [
    ("compare", App::is_comparison_settled, [Key::H, Key::V]),
    ("units", App::is_inspected, [Key::F, Key::U]),
    ("firing", App::is_inspected, [Key::F, Key::U]),
];

fn centre(criterion: &mut Criterion) {
    for anew in [false, true] {
        let mut group = criterion.benchmark_group(if anew { "frame_anew" } else { "frame" });
        for (centre, is_ready, keys) in IN_CENTRE {
            for size in [[1280.0, 800.0], [3840.0, 2160.0]] {
                let experiment = |sigma: f64| format!(r#"{{"width": 512, "sigma": {sigma}}}"#);
                let text = format!(
                    r#"{{"version": 1, "centre": "{centre}", "experiment": {}, "pinned": [{}, {}, {}]}}"#,
                    experiment(0.05),
                    experiment(0.03),
                    experiment(0.07),
                    experiment(0.09)
                );
                let mut harness = window_of(&serde_json::from_str(&text).unwrap(), size, is_ready);
                in_centre(&mut group, &format!("{centre}/{}x{}", size[0], size[1]), &mut harness, anew.then_some(keys));
            }
        }
        group.finish();
    }
}

/// Eight networks that take no time, trained for 10,000 steps of an epoch.
const RACE: &str = r#"
version = 2
[[experiments]]
images = 100
widths = [10]
sigma = [0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11, 0.12]
[training]
learning_rate = 0.001
batch = 1
train_images = 10000
epochs = 1
"#;

fn training(criterion: &mut Criterion) {
    let mut harness = window_of(&Session::default(), [1280.0, 800.0], App::is_settled);
    harness.state_mut().set_scene(Scene::parse(RACE, Path::new("race.toml")).unwrap());
    harness.key_press(Key::F12);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    harness.run_steps(3);
    while !harness.state().is_settled() {
        std::thread::sleep(Duration::from_millis(5));
        harness.step();
    }
    let steps: Vec<_> = harness.state().racers().iter().map(|(_, racer)| racer.map_or(0, |racer| racer.step)).collect();
    assert_eq!(steps, [10_000; 8]);
    for (name, keys) in [("frame", None), ("frame_anew", Some([Key::M, Key::V]))] {
        let mut group = criterion.benchmark_group(name);
        in_centre(&mut group, "training/8x10000", &mut harness, keys);
        group.finish();
    }
}

fn in_centre(group: &mut Group<'_>, name: &str, harness: &mut Harness<'static, App>, keys: Option<[Key; 2]>) {
    let mut frames = 0;
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            frames += 1;
            keys.iter().for_each(|keys| harness.key_press(keys[frames % 2]));
            painted(harness)
        });
    });
}

fn figure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("figure");
    for layers in [5, 100] {
        let harness = window(layers, false);
        let shown = harness.state().figure().unwrap();
        for kind in [PlotShape::Violin, PlotShape::Histogram] {
            let view = View { shape: kind, ..shown.view };
            group.bench_function(format!("{kind:?}/{layers}").to_lowercase(), |bencher| {
                bencher.iter(|| Figure::new(Arc::clone(&shown.measurement), view));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, frame, centre, training, figure);
criterion_main!(benches);
