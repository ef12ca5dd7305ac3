//! What measuring costs: the forward and the backward pass, the bare products that limit them, a new sigma, a density, and
//! how time grows with depth, width and images. The article's network, 784 -> 5 x 100 -> 10, on two threads.
//!
//! `cargo bench --bench engine`, or a part of it: `cargo bench --bench engine -- forward/tanh`

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench fails by panicking")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use initscope::dataset::Source;
use initscope::engine::{Measurer, Quantities, Request};
use initscope::experiment::{Activation, Experiment, Initializer, Inputs};
use initscope::network::{BLOCK, DrawCache, Network, Scratch, Tape, WeightGradient};
use initscope::stats::{Distribution, Tally};
use ndarray::{Array2, ArrayView2, ShapeBuilder as _};
use rayon::{ThreadPool, ThreadPoolBuilder};

const THREADS: usize = 2;
const ACTIVATIONS: [Activation; 4] = [Activation::Relu, Activation::Tanh, Activation::Sigmoid, Activation::Gelu];
const IMAGES: [usize; 2] = [1_000, 10_000];

criterion_group!(benches, passes, sigma_moves, densities, scale);
criterion_main!(benches);

/// A network and blocks of images, input after input.
struct Setting {
    pool: ThreadPool,
    network: Network,
    blocks: Vec<(Array2<f32>, Vec<u8>)>,
}

impl Setting {
    fn of(activation: Activation, images: usize) -> Self {
        Self::with(&experiment(activation, images))
    }

    fn with(experiment: &Experiment) -> Self {
        let images = experiment.inputs.images;
        let network = Network::draw(experiment, &mut DrawCache::default());
        let source = Source::load(experiment).unwrap();
        let block = |first: usize| {
            let range = first..(first + BLOCK).min(images);
            let rows = source.images(range.clone());
            let mut columns = Array2::zeros(rows.raw_dim().f());
            columns.assign(&rows);
            (columns, source.labels()[range].to_vec())
        };
        let blocks = (0..images).step_by(BLOCK).map(block).collect();
        Self { pool: ThreadPoolBuilder::new().num_threads(THREADS).build().unwrap(), network, blocks }
    }

    /// Something with every block, on all threads, each with a thing of its own.
    fn each<T: Send>(&self, start: impl Fn() -> T + Sync, step: impl Fn(&mut T, &(Array2<f32>, Vec<u8>)) + Sync) {
        let next = std::sync::atomic::AtomicUsize::new(0);
        self.pool.broadcast(|_| {
            let mut own = start();
            while let Some(block) = self.blocks.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                step(&mut own, block);
            }
        });
    }
}

fn experiment(activation: Activation, images: usize) -> Experiment {
    let article = Experiment::article();
    Experiment { activation, inputs: Inputs { images, ..article.inputs.clone() }, ..article }
}

fn passes(criterion: &mut Criterion) {
    for images in IMAGES {
        products(criterion, &format!("products/{images}"), &experiment(Activation::Linear, images));
        for activation in ACTIVATIONS {
            let setting = Setting::of(activation, images);
            let network = &setting.network;
            let name = activation.name();
            criterion.bench_function(&format!("forward/{name}/{images}"), |bencher| {
                bencher.iter(|| {
                    setting.each(
                        || Scratch::new(network),
                        |scratch, (images, _)| {
                            black_box(network.forward(images.view(), scratch, |_, _, _| Ok(())).unwrap());
                        },
                    );
                });
            });
            let start = || (Scratch::new(network), Tape::new(network));
            criterion.bench_function(&format!("backward/{name}/{images}"), |bencher| {
                bencher.iter(|| {
                    let start = || {
                        let (scratch, tape) = start();
                        let none = |kernel| WeightGradient::none(kernel, images);
                        (scratch, tape, network.kernels.iter().map(none).collect::<Vec<_>>())
                    };
                    setting.each(start, |(scratch, tape, sums), (images, labels)| {
                        let gradient = |index: usize, inputs: Option<ArrayView2<'_, f32>>, dz: ArrayView2<'_, f32>| {
                            sums[index].add(&inputs.unwrap_or(images.view()), &dz);
                            Ok(())
                        };
                        let work = (scratch, tape);
                        black_box(
                            network.backward((images.view(), labels), 1, work, |_, _, _| Ok(()), gradient).unwrap(),
                        );
                    });
                });
            });
            criterion.bench_function(&format!("backward_dz/{name}/{images}"), |bencher| {
                bencher.iter(|| {
                    setting.each(start, |(scratch, tape), (images, labels)| {
                        let work = (scratch, tape);
                        let nothing = |_, _: Option<ArrayView2<'_, f32>>, _: ArrayView2<'_, f32>| Ok(());
                        black_box(
                            network.backward((images.view(), labels), 1, work, |_, _, _| Ok(()), nothing).unwrap(),
                        );
                    });
                });
            });
        }
    }
}

/// A linear network: the same products, and nothing else.
fn products(criterion: &mut Criterion, name: &str, experiment: &Experiment) {
    let linear = Setting::with(experiment);
    criterion.bench_function(name, |bencher| {
        bencher.iter(|| {
            let start = || Scratch::new(&linear.network);
            linear.each(start, |scratch, (images, _)| {
                black_box(linear.network.forward(images.view(), scratch, |_, _, _| Ok(())).unwrap());
            });
        });
    });
}

/// A new sigma every time, on images, draws and first products that are known, as under a moving slider.
fn move_sigma(criterion: &mut Criterion, name: &str, mut experiment: Experiment, quantities: Quantities) {
    let mut measurer = Measurer::with_threads(THREADS).unwrap();
    let mut step = 0;
    criterion.bench_function(name, |bencher| {
        bencher.iter(|| {
            step += 1;
            let sigma = 0.05 + 0.002 * f64::from(step % 100);
            experiment.initializer = Initializer::RandomNormal { mean: 0.0, sigma };
            measurer.measure_all(&experiment, quantities).unwrap()
        });
    });
}

fn sigma_moves(criterion: &mut Criterion) {
    let with_quantiles = Quantities { quantiles: true, ..Quantities::GLANCE };
    let with_gradients = Quantities { gradients: true, ..Quantities::GLANCE };
    for images in IMAGES {
        for activation in ACTIVATIONS {
            let kinds = [
                ("sigma_move", Quantities::GLANCE),
                ("sigma_move_with_quantiles", with_quantiles),
                ("sigma_move_with_theory", Quantities::OUTPUTS),
                ("sigma_move_with_gradients", with_gradients),
            ];
            for (kind, quantities) in kinds {
                let name = format!("{kind}/{}/{images}", activation.name());
                move_sigma(criterion, &name, experiment(activation, images), quantities);
            }
        }
    }
    // The first answer, whatever comes after it.
    for (depth, width) in [(20, 200), (100, 1000)] {
        let mut experiment = Experiment { widths: vec![width; depth], ..experiment(Activation::Tanh, 10_000) };
        let mut measurer = Measurer::with_threads(THREADS).unwrap();
        let mut step = 0;
        criterion.bench_function(&format!("first_answer/{depth}x{width}"), |bencher| {
            bencher.iter(|| {
                step += 1;
                let sigma = 0.05 + 0.002 * f64::from(step % 100);
                experiment.initializer = Initializer::RandomNormal { mean: 0.0, sigma };
                let answered = std::sync::atomic::AtomicBool::new(false);
                let interrupted = || answered.load(std::sync::atomic::Ordering::Relaxed);
                let request = Request::from(experiment.clone());
                let _ = measurer.measure(&request, &interrupted, &mut |measurement| {
                    black_box(measurement);
                    answered.store(true, std::sync::atomic::Ordering::Relaxed);
                });
            });
        });
    }
}

fn densities(criterion: &mut Criterion) {
    let values: Vec<f32> = (0..6400).map(|index| ((index as f32 * 0.7).sin() * 2.0).tanh()).collect();
    let mut tally = Tally::none(100);
    criterion.bench_function("tally/6400", |bencher| {
        bencher.iter(|| tally.count(black_box(&values), Activation::Tanh.limits()));
    });
    for count in [10_000, 100_000, 1_000_000] {
        let setting = Setting::of(Activation::Tanh, count / 100);
        let network = &setting.network;
        let limits = Activation::Tanh.limits();
        let mut tally = Tally::none(100);
        for (images, _) in &setting.blocks {
            let mut seen = 0;
            let visit = |_, stage, values: ArrayView2<'_, f32>| {
                if stage == initscope::network::Stage::Output && seen == 0 {
                    seen = 1;
                    tally.add(&values.t().iter().copied().collect::<Vec<_>>(), limits);
                }
                Ok(())
            };
            network.forward(images.view(), &mut Scratch::new(network), visit).unwrap();
        }
        criterion.bench_function(&format!("density/{count}"), |bencher| {
            bencher.iter(|| Distribution::of(black_box(&tally), limits));
        });
    }
}

fn scale(criterion: &mut Criterion) {
    let mut of = |depth: usize, width: usize, images: usize| {
        let experiment = Experiment { widths: vec![width; depth], ..experiment(Activation::Tanh, images) };
        move_sigma(criterion, &format!("scale/{depth}x{width}/{images}"), experiment, Quantities::GLANCE);
    };
    [5, 10, 20, 50, 100].into_iter().for_each(|depth| of(depth, 100, 10_000));
    [50, 200, 500, 1000].into_iter().for_each(|width| of(5, width, 10_000));
    [1_000, 2_000, 5_000].into_iter().for_each(|images| of(5, 100, images));
    for width in [50, 100, 200, 500, 1000] {
        let experiment = Experiment { widths: vec![width; 5], ..experiment(Activation::Linear, 10_000) };
        products(criterion, &format!("scale_products/5x{width}/10000"), &experiment);
    }
}
