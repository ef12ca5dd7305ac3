//! What a step of a training costs.
//!
//! `cargo bench --bench train`, on 784 → 5 × 100 → 10 with relu: `train/{optimizer}/{batch}` a step of one network on one thread;
//! `race/{optimizer}/{batch}` fifty steps of each of four networks side by side, as the window has them made: with curves, snapshots
//! and answers; `look/{images}` what is found after an epoch of so many images; `answer/{first,exact}/{alone,beside}` how long another sigma
//! takes to the first picture, and to the exact one of 10,000 images, alone and beside four networks that are trained.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a bench fails by panicking")]

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use initscope::engine::race::{RaceNumber, RaceWish};
use initscope::engine::{Entrant, Job, Measurer, Quantities, Request, Workers};
use initscope::experiment::{Activation, Experiment, Initializer};
use initscope::subject::Subject;
use initscope::training::TrainingSettings;

const OPTIMIZERS: [&str; 2] = ["sgd", "adam"];
const BATCHES: [usize; 3] = [32, 128, 512];
/// Images of an epoch.
const IMAGES: usize = 60_000;
/// Steps of an iteration of `race`.
const TOGETHER: u64 = 50;

fn entrant(optimizer: &str, batch: usize, images: usize, seed: u32) -> Entrant {
    let settings = TrainingSettings {
        optimizer: Some(optimizer.to_owned()),
        batch: Some(batch),
        epochs: Some(1000),
        train_images: Some(images),
        ..TrainingSettings::default()
    };
    let initializer = Initializer::HeNormal { gain: 1.0 };
    let experiment = Experiment { initializer, seed, ..Experiment::article() };
    Entrant::drawn(experiment, settings.apply().unwrap())
}

fn steps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("train");
    for optimizer in OPTIMIZERS {
        for batch in BATCHES {
            let entrant = entrant(optimizer, batch, IMAGES, 1);
            let mut course = entrant.course(&mut Measurer::new().unwrap()).unwrap();
            group.bench_function(format!("{optimizer}/{batch}"), |bencher| {
                bencher.iter(|| course.advance().unwrap());
            });
        }
    }
    group.finish();
}

/// All within the first epoch, before anything is looked at: `look` is about that.
fn races(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("race");
    group.sample_size(10);
    for optimizer in OPTIMIZERS {
        for batch in BATCHES {
            let Workers { trainer, .. } = Workers::start(|| ()).unwrap();
            let mut job = Job::new(trainer);
            let entrants: Vec<_> = (1..=4).map(|seed| entrant(optimizer, batch, IMAGES, seed)).collect();
            let mut reach = |target: u64| {
                let wish =
                    RaceWish { entrants: entrants.clone(), target, stop_at_loss: None, number: RaceNumber::default() };
                job.ask(wish);
                let start = Instant::now();
                while !job.is_answered() {
                    std::thread::sleep(Duration::from_micros(100));
                    job.take();
                }
                start.elapsed()
            };
            let mut target = u64::MAX;
            group.bench_function(format!("{optimizer}/{batch}"), |bencher| {
                bencher.iter_custom(|iterations| {
                    let once = |_| {
                        if target > (IMAGES / batch) as u64 - TOGETHER {
                            // It begins again.
                            target = 1;
                            reach(target);
                        }
                        target += TOGETHER;
                        reach(target)
                    };
                    (0..iterations).map(once).sum()
                });
            });
        }
    }
    group.finish();
}

fn looks(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("look");
    group.sample_size(10);
    for images in [10_000, 60_000] {
        let mut course = entrant("sgd", 32, images, 1).course(&mut Measurer::new().unwrap()).unwrap();
        group.bench_function(images.to_string(), |bencher| bencher.iter(|| course.look()));
    }
    group.finish();
}

/// Whoever looks has precedence. Of tanh, where another sigma changes more than the scale of the outputs.
fn answers(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("answer");
    group.sample_size(40);
    for is_beside in [false, true] {
        let Workers { trainer, engine, .. } = Workers::start(|| ()).unwrap();
        let (mut race, mut engine) = (Job::new(trainer), Job::new(engine));
        if is_beside {
            let entrants: Vec<_> = (1..=4).map(|seed| entrant("sgd", 32, IMAGES, seed)).collect();
            race.ask(RaceWish { entrants, target: 10_000_000, stop_at_loss: None, number: RaceNumber::default() });
        }
        let mut sigma = 0.1;
        let mut ask = |is_exact: bool| {
            sigma = if sigma > 0.2 { 0.1 } else { sigma + 0.001 };
            let initializer = Initializer::RandomNormal { mean: 0.0, sigma };
            let experiment = Experiment { initializer, activation: Activation::Tanh, ..Experiment::article() };
            let quantities = Quantities { quantiles: true, outlook: true, ..Quantities::default() };
            let request = Request { subject: Subject::from(&experiment), quantities, at_leisure: false };
            let start = Instant::now();
            engine.ask(request);
            loop {
                // As a window does, which paints meanwhile.
                std::thread::sleep(Duration::from_micros(100));
                race.take();
                let found = engine.take().filter(|news| news.is_newest).and_then(|news| news.found);
                if found.is_some_and(|found| !is_exact || found.is_exact()) {
                    return start.elapsed();
                }
            }
        };
        let whose = if is_beside { "beside" } else { "alone" };
        for (name, is_exact) in [("first", false), ("exact", true)] {
            group.bench_function(format!("{name}/{whose}"), |bencher| {
                bencher.iter_custom(|iterations| {
                    (0..iterations)
                        .map(|_| {
                            let took = ask(is_exact);
                            // Moves come 60 times a second.
                            std::thread::sleep(Duration::from_millis(16));
                            took
                        })
                        .sum()
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, steps, races, looks, answers);
criterion_main!(benches);
