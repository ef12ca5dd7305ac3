//! Dead relu units: what cannot change them, and how many there are by formula and by depth.

use std::cell::RefCell;

use initscope::dataset::Source;
use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Activation, Data, Experiment, Initializer, Inputs};
use initscope::network::{BLOCK, DrawCache, Network, Scratch, Stage};
use ndarray::{Array1, Array2, arr2};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Standard errors that a simulation may be off by. The draws are fixed, so that this is judged once.
const ERRORS: f64 = 4.0;

// What cannot change them

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, rng_seed: RngSeed::Fixed(3), ..ProptestConfig::default() })]

    /// Without biases and means the network is positively homogeneous: the same draws times 2^k give outputs times
    /// 2^(k kernels so far), bit for bit, so the same signs, so the same states.
    #[test]
    fn a_factor_on_the_weights_changes_no_units_state(
        law in 0..HOMOGENEOUS.len(),
        activation in prop_oneof![
            Just(Activation::Relu),
            Just(Activation::Linear),
            (0.0..1.5).prop_map(|slope| Activation::LeakyRelu { slope }),
        ],
        widths in prop::collection::vec(1_usize..40, 1..8),
        linear_first: bool,
        seed: u32,
        exponent in -8_i32..=8,
    ) {
        let factor = 2.0_f64.powi(exponent);
        let experiment = |factor| Experiment {
            inputs: Inputs { images: 40, ..Experiment::article().inputs },
            widths: widths.clone(),
            linear_first,
            activation,
            initializer: HOMOGENEOUS[law](factor),
            seed,
            ..Experiment::article()
        };
        let (one, other) = (experiment(1.0), experiment(factor));
        for (index, (one, other)) in outputs(&one).iter().zip(&outputs(&other)).enumerate() {
            let factor = factor.powi((index + 1) as i32) as f32;
            prop_assert!(one.iter().zip(other).all(|(one, other)| (one * factor).to_bits() == other.to_bits()));
        }
        for (one, other) in measure(&one).layers.iter().zip(&measure(&other).layers) {
            prop_assert_eq!(one.states, other.states);
            prop_assert_eq!(one.output.zero_fraction, other.output.zero_fraction);
            let factor = factor.powi((one.layer + usize::from(linear_first)) as i32);
            prop_assert_eq!(one.output.std * factor, other.output.std);
            let scaled = one.output.quantiles.unwrap().map(|quantile| quantile * factor);
            prop_assert_eq!(scaled, other.output.quantiles.unwrap());
        }
    }
}

/// Laws whose weights scale with a factor.
const HOMOGENEOUS: [fn(f64) -> Initializer; 10] = [
    |factor| Initializer::RandomNormal { mean: 0.0, sigma: 0.1 * factor },
    |factor| Initializer::TruncatedNormal { mean: 0.0, sigma: 0.3 * factor },
    |factor| Initializer::RandomUniform { minval: -0.2 * factor, maxval: 0.2 * factor },
    |factor| Initializer::RandomUniform { minval: -0.1 * factor, maxval: 0.3 * factor },
    |gain| Initializer::HeNormal { gain },
    |gain| Initializer::GlorotUniform { gain },
    |gain| Initializer::XavierNormal { gain },
    |gain| Initializer::Orthogonal { gain },
    |gain| Initializer::Identity { gain },
    |factor| Initializer::Sparse { sparsity: 0.5, sigma: factor },
];

/// They do: depth is below, a negative bias and PyTorch's default in `biases`.
#[test]
fn a_bias_and_a_mean_do_change_them() {
    let dead =
        |experiment: &Experiment| measure(experiment).layers.iter().map(|layer| layer.states.dead).sum::<usize>();
    let article =
        Experiment { inputs: Inputs { images: 300, ..Experiment::article().inputs }, ..Experiment::article() };
    let with_mean = |mean| Initializer::RandomNormal { mean, sigma: 0.1 };
    let before = dead(&article);
    assert!(dead(&Experiment { bias: -0.5, ..article.clone() }) > before + 50);
    assert!(dead(&Experiment { initializer: with_mean(-0.05), ..article.clone() }) > before + 50);
    assert_eq!(dead(&Experiment { initializer: with_mean(0.1), ..article }), 0);
}

// How many by formula

/// 1 - prod (1 - 2^-width), exactly, whatever the symmetric law and the image.
#[test]
fn networks_are_born_dead_as_often_as_the_formula_says() {
    const NETWORKS: u32 = 4000;
    let cases: [(&[usize], usize, Initializer, bool); 5] = [
        (&[2; 9], 1, Initializer::HeNormal { gain: 1.0 }, false),
        (&[3; 5], 5, Initializer::RandomUniform { minval: -1.0, maxval: 1.0 }, false),
        (&[4, 2, 5], 3, Initializer::RandomNormal { mean: 0.0, sigma: 0.5 }, true),
        (&[5; 12], 20, Initializer::Orthogonal { gain: 1.0 }, false),
        (&[2, 3, 4, 5], 2, Initializer::XavierNormal { gain: 3.0 }, false),
    ];
    for (widths, dim, initializer, linear_first) in cases {
        let experiment = |seed| Experiment {
            inputs: Inputs { data: Data::Gaussian { dim }, images: 1, ..Experiment::article().inputs },
            widths: widths.to_vec(),
            initializer,
            linear_first,
            seed,
            ..Experiment::article()
        };
        let alive: f64 = widths.iter().map(|&width| 1.0 - 0.5_f64.powi(width as i32)).product();
        let outlook = measure_outlook(&experiment(0)).born_dead.unwrap();
        assert!((outlook - (1.0 - alive)).abs() < 1e-14, "{widths:?}: {outlook}, not {}", 1.0 - alive);
        let source = Source::load(&experiment(0)).unwrap();
        let is_dead = |seed: u32| dead_images(&experiment(seed), &source.images(seed as usize..seed as usize + 1))[0];
        let dead = (0..NETWORKS).filter(|&seed| is_dead(seed)).count();
        let (found, error) = (dead as f64 / f64::from(NETWORKS), (alive * (1.0 - alive) / f64::from(NETWORKS)).sqrt());
        assert!((found - outlook).abs() < ERRORS * error, "{widths:?}: {found}, by the formula {outlook}");
    }
}

/// One number in, of both signs, nine hidden layers (Lu et al. 2019); the reference simulated 40,000 networks.
#[test]
fn narrow_networks_are_born_dead_for_both_signs_as_often_as_in_the_reference() {
    const NETWORKS: u32 = 4000;
    for (width, expected) in [(2, 0.877_f64), (3, 0.576), (4, 0.292), (5, 0.126), (8, 0.0080), (10, 0.0013)] {
        let dead = (0..NETWORKS)
            .filter(|&seed| {
                let experiment = Experiment {
                    inputs: Inputs { data: Data::Gaussian { dim: 1 }, ..Experiment::article().inputs },
                    widths: vec![width; 9],
                    initializer: Initializer::KaimingNormal {
                        a: 0.0,
                        mode: initscope::experiment::Mode::FanIn,
                        nonlinearity: initscope::experiment::Nonlinearity::Relu,
                    },
                    seed,
                    ..Experiment::article()
                };
                dead_images(&experiment, &arr2(&[[1.0], [-1.0]])) == [true, true]
            })
            .count();
        let (found, variance) = (dead as f64 / f64::from(NETWORKS), expected * (1.0 - expected));
        let error = (variance / f64::from(NETWORKS) + variance / 40_000.0).sqrt();
        let digit = if width < 8 { 5e-4 } else { 5e-5 };
        assert!((found - expected).abs() < ERRORS * error + digit, "width {width}: {found}, not {expected}");
    }
}

/// For each image, whether some layer is wholly off.
fn dead_images(experiment: &Experiment, images: &Array2<f32>) -> Vec<bool> {
    let network = Network::draw(experiment, &mut DrawCache::default());
    let mut dead = vec![false; images.nrows()];
    network
        .forward(images.view(), &mut Scratch::new(&network), |_, stage, values| {
            if stage == Stage::Output {
                dead.iter_mut()
                    .zip(values.outer_iter())
                    .for_each(|(dead, row)| *dead |= row.iter().all(|&value| value == 0.0));
            }
            Ok(())
        })
        .unwrap();
    dead
}

// How many by depth

/// MNIST, He normal, width 100, no biases: the reference's shares over 10 seeds and 2,000 images. As many are always on.
#[test]
fn units_die_with_depth() {
    const SEEDS: u32 = 10;
    const EXPECTED: [(usize, f64); 5] = [(2, 0.004), (5, 0.026), (10, 0.119), (20, 0.27), (50, 0.395)];
    let series: Vec<Vec<(f64, f64)>> = (1..=SEEDS).map(shares_by_depth).collect();
    for (layer, expected) in EXPECTED {
        let of = |share: fn(&(f64, f64)) -> f64| -> Array1<f64> {
            series.iter().map(|layers| share(&layers[layer - 1])).collect()
        };
        let (dead, always_on) = (of(|shares| shares.0), of(|shares| shares.1));
        let error = |shares: &Array1<f64>| shares.std(1.0) / f64::from(SEEDS).sqrt();
        // Both are means of ten seeds; the reference is rounded.
        let within = ERRORS * error(&dead) * 2.0_f64.sqrt() + 5e-4;
        let found = dead.mean().unwrap();
        assert!((found - expected).abs() < within, "layer {layer}: {found} +- {within}, not {expected}");
        let mirrored = always_on.mean().unwrap();
        let within = ERRORS * error(&dead).hypot(error(&always_on)) + 5e-3;
        assert!((mirrored - found).abs() < within, "layer {layer}: {mirrored} always on, {found} dead");
    }
}

/// Shares of dead and of always-on units in each of 50 layers.
fn shares_by_depth(seed: u32) -> Vec<(f64, f64)> {
    const IMAGES: usize = 2000;
    let experiment = Experiment {
        inputs: Inputs { images: IMAGES, ..Experiment::article().inputs },
        widths: vec![100; 50],
        initializer: Initializer::HeNormal { gain: 1.0 },
        seed,
        ..Experiment::article()
    };
    let network = Network::draw(&experiment, &mut DrawCache::default());
    let source = Source::load(&experiment).unwrap();
    let mut scratch = Scratch::new(&network);
    let mut fired = Array2::<usize>::zeros((50, 100));
    for first in (0..IMAGES).step_by(BLOCK) {
        let images = source.images(first..IMAGES.min(first + BLOCK));
        network
            .forward(images.view(), &mut scratch, |layer, stage, values| {
                if stage == Stage::Output {
                    for row in values.outer_iter() {
                        let fired = fired.row_mut(layer).into_slice().unwrap().iter_mut();
                        fired.zip(row).for_each(|(fired, &value)| *fired += usize::from(value > 0.0));
                    }
                }
                Ok(())
            })
            .unwrap();
    }
    let share = |row: &[usize], times: usize| row.iter().filter(|&&fired| fired == times).count() as f64 / 100.0;
    fired.outer_iter().map(|row| row.to_slice().map(|row| (share(row, 0), share(row, IMAGES))).unwrap()).collect()
}

// Help

thread_local! {
    static MEASURER: RefCell<Measurer> = RefCell::new(Measurer::with_threads(1).unwrap());
}

fn measure(experiment: &Experiment) -> initscope::engine::Measurement {
    MEASURER.with_borrow_mut(|measurer| measurer.measure_all(experiment, Quantities::OUTPUTS).unwrap())
}

fn measure_outlook(experiment: &Experiment) -> initscope::theory::Outlook {
    let quantities = Quantities { outlook: true, ..Quantities::OUTPUTS };
    MEASURER.with_borrow_mut(|measurer| measurer.measure_all(experiment, quantities).unwrap().outlook.unwrap())
}

/// Outputs of all layers, with those of a linear first layer.
fn outputs(experiment: &Experiment) -> Vec<Vec<f32>> {
    let (network, source) = MEASURER.with_borrow_mut(|measurer| measurer.network_and_source(experiment).unwrap());
    let mut outputs = Vec::new();
    let images = source.images(0..experiment.inputs.images);
    network
        .forward(images.view(), &mut Scratch::new(&network), |kernel, stage, values| {
            if stage == Stage::Output || kernel < network.linear_layers {
                outputs.push(values.iter().copied().collect());
            }
            Ok(())
        })
        .unwrap();
    outputs
}
