//! What a painted frame costs the interface's thread: layout and tessellation, without a GPU.
//!
//! `cargo bench --bench frame`: `frame/{layers}` has the default window, `frame_with_norms/{layers}` the gradient's norms and
//! the theory too; `figure/{kind}/{layers}` is what comes once with every new measurement.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a bench fails by panicking")]

use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use egui_kittest::Harness;
use initscope::app::{App, Session};
use initscope::figure::{Figure, Kind, View};

fn window(layers: usize, panels: bool) -> Harness<'static, App> {
    let mut session = Session::default();
    session.norms = panels;
    session.theory = panels;
    session.experiment.images = Some(1000);
    session.experiment.layers = Some(layers);
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([1280.0, 800.0]).build_eframe(build);
    while !harness.state().is_settled() {
        std::thread::sleep(Duration::from_millis(5));
        harness.step();
    }
    // The axis comes to rest.
    std::thread::sleep(Duration::from_millis(300));
    harness.run_steps(4);
    harness
}

fn frame(criterion: &mut Criterion) {
    for (name, panels) in [("frame", false), ("frame_with_norms", true)] {
        let mut group = criterion.benchmark_group(name);
        for layers in [5, 100] {
            let mut harness = window(layers, panels);
            group.bench_function(layers.to_string(), |bencher| {
                bencher.iter(|| {
                    harness.step();
                    let output = harness.output();
                    harness.ctx.tessellate(output.shapes.clone(), output.pixels_per_point)
                });
            });
        }
        group.finish();
    }
}

fn figure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("figure");
    for layers in [5, 100] {
        let harness = window(layers, false);
        let shown = harness.state().figure().unwrap();
        for kind in [Kind::Violin, Kind::Histogram] {
            let view = View { kind, ..shown.view };
            group.bench_function(format!("{kind:?}/{layers}").to_lowercase(), |bencher| {
                bencher.iter(|| Figure::new(Arc::clone(&shown.measurement), view));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, frame, figure);
criterion_main!(benches);
