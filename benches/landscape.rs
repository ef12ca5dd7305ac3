//! What a landscape costs.
//!
//! `cargo bench --bench landscape`: `landscape/...` all its networks, of the article's experiment with this activation;
//! `frame_with_landscape` one frame of the window that shows it, `frame_during_survey` while networks of 5 layers of 1024 are
//! measured, both without a GPU.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a bench fails by panicking")]

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::{App, Session};
use initscope::engine::landscape::{Plane, Survey, Terrain, Wanted};
use initscope::experiment::{Activation, Experiment};

fn survey(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("landscape");
    group.sample_size(10);
    for activation in [Activation::Relu, Activation::Tanh] {
        for (plane, name) in [(Plane::Biases, "biases"), (Plane::Depth, "depth")] {
            for (gradients, what) in [(false, ""), (true, "_gradients")] {
                let terrain = Terrain::of(&Experiment { activation, ..Experiment::article() }, plane).unwrap();
                let wanted = Wanted { terrain, gradients };
                group.bench_function(format!("{}/{name}{what}", activation.name()), |bencher| {
                    bencher.iter(|| Survey::measure_all(wanted.clone(), 0).unwrap());
                });
            }
        }
    }
    group.finish();
}

fn frame(criterion: &mut Criterion) {
    let mut session = Session::default();
    session.experiment.images = Some(1000);
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([1280.0, 800.0]).build_eframe(build);
    let step = |harness: &mut Harness<'static, App>| {
        harness.step();
        let output = harness.output();
        harness.ctx.tessellate(output.shapes.clone(), output.pixels_per_point)
    };
    harness.key_press(egui::Key::Num2);
    harness.step();
    while !harness.state().is_surveyed() {
        std::thread::sleep(Duration::from_millis(5));
        harness.step();
    }
    criterion.bench_function("frame_with_landscape", |bencher| bencher.iter(|| step(&mut harness)));
    // So much that it is not done before the bench is.
    harness.get_by_role_and_label(Role::Slider, "Units per layer").set_value_accesskit(1024.0);
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(2) {
        harness.step();
    }
    criterion.bench_function("frame_during_survey", |bencher| bencher.iter(|| step(&mut harness)));
    assert!(!harness.state().is_surveyed());
}

criterion_group!(benches, survey, frame);
criterion_main!(benches);
