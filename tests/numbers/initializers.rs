//! The initializers draw what Keras's of the same name draw from, and the draws stay what they are.

use initscope::experiment::{Experiment, Initializer};
use initscope::network::{DrawCache, Network};
use ndarray::Array2;

/// Standard deviation of a standard normal cut at +-2: sqrt(1 - 4 phi(2) / (2 Phi(2) - 1)).
const CUT_STD: f64 = 0.879_625_661_034_239_8;
/// Its kurtosis: (3 (2 Phi(2) - 1) - 2 (8 + 3 x 2) phi(2)) / ((2 Phi(2) - 1) CUT_STD^4).
const CUT_KURTOSIS: f64 = 2.365_536_7;
/// Standard errors a figure may be off by. The draws are fixed, so that this is judged once.
const ERRORS: f64 = 4.5;

/// Kernels of the first hidden layer, of later ones and of the output layer, square, wide and high.
const NETWORKS: [&[usize]; 4] = [&[100, 100, 100, 100, 100], &[512, 64, 512], &[20, 300], &[30]];

#[test]
fn random_normal_has_the_moments_asked_for() {
    for (mean, sigma) in [(0.0, 0.05), (0.0, 0.28), (0.5, 0.1), (-0.02, 1.0)] {
        let initializer = Initializer::RandomNormal { mean, sigma };
        has_moments(initializer, mean, |_, _| sigma, 3.0);
    }
}

#[test]
fn glorot_normal_has_variance_2_over_fan_in_plus_fan_out() {
    has_moments(Initializer::GlorotNormal { gain: 1.0 }, 0.0, glorot, CUT_KURTOSIS);
}

#[test]
fn he_normal_has_variance_2_over_fan_in() {
    has_moments(Initializer::HeNormal { gain: 1.0 }, 0.0, he, CUT_KURTOSIS);
}

#[test]
fn the_gain_is_a_factor() {
    has_moments(
        Initializer::GlorotNormal { gain: 1.7 },
        0.0,
        |rows, columns| 1.7 * glorot(rows, columns),
        CUT_KURTOSIS,
    );
    has_moments(Initializer::HeNormal { gain: 0.4 }, 0.0, |rows, columns| 0.4 * he(rows, columns), CUT_KURTOSIS);
}

#[test]
fn glorot_and_he_are_cut_at_two_raw_standard_deviations() {
    for initializer in [Initializer::GlorotNormal { gain: 1.0 }, Initializer::HeNormal { gain: 1.0 }] {
        for kernel in NETWORKS.iter().flat_map(|widths| kernels(initializer, widths, 3)) {
            let (rows, columns) = (kernel.nrows() as f64, kernel.ncols() as f64);
            let std = if initializer.name() == "he_normal" { he(rows, columns) } else { glorot(rows, columns) };
            let cut = 2.0 / CUT_STD * std;
            let largest = kernel.iter().fold(0.0, |largest: f64, weight| largest.max(f64::from(weight.abs())));
            assert!(largest <= cut * (1.0 + 1e-6), "{largest} beyond {cut}");
            // Of n values none falls in the outer 2 % once in e^9 kernels of 2,000 values.
            assert!(kernel.len() < 2000 || largest > 0.98 * cut, "{largest} far from {cut}, {:?}", kernel.dim());
        }
    }
}

#[test]
fn random_normal_is_not_cut() {
    let draws = &kernels(Initializer::RandomNormal { mean: 0.0, sigma: 1.0 }, &[100], 3)[0];
    let beyond = |limit: f32| draws.iter().filter(|draw| draw.abs() > limit).count() as f64;
    let count = draws.len() as f64;
    // Shares of a normal beyond 1, 2 and 3 standard deviations.
    for (limit, share) in [(1.0, 0.317_310_5), (2.0, 0.045_500_3), (3.0, 0.002_699_8_f64)] {
        let error = (share * (1.0 - share) / count).sqrt();
        assert!((beyond(limit) / count - share).abs() < ERRORS * error, "beyond {limit}");
    }
}

#[test]
fn layers_are_independent() {
    for initializer in random() {
        let kernels = kernels(initializer, &[100; 4], 10);
        for (index, one) in kernels.iter().enumerate() {
            for other in &kernels[..index] {
                uncorrelated(one, other);
            }
        }
    }
}

#[test]
fn seeds_are_independent() {
    for initializer in random() {
        let [one, other] = [1, 2].map(|seed| kernels(initializer, &[100; 2], seed));
        one.iter().zip(&other).for_each(|(one, other)| uncorrelated(one, other));
    }
}

#[test]
fn another_sigma_scales_the_same_draws() {
    let at = |sigma| kernels(Initializer::RandomNormal { mean: 0.0, sigma }, &[100; 5], 10);
    let draws = at(1.0);
    for exponent in [-20, -3, -1, 1, 10] {
        let factor = 2.0_f32.powi(exponent);
        for (scaled, draws) in at(f64::from(factor)).iter().zip(&draws) {
            assert_eq!(scaled, &(draws * factor), "powers of two are exact");
        }
    }
    for (scaled, draws) in at(0.14).iter().zip(&draws) {
        let off = scaled.iter().zip(draws).map(|(scaled, draw)| (scaled - 0.14 * draw).abs() / draw.abs());
        assert!(off.fold(0.0, f32::max) < 1e-7);
    }
}

#[test]
fn the_mean_is_added_to_the_same_draws() {
    let at = |mean| kernels(Initializer::RandomNormal { mean, sigma: 0.25 }, &[100; 5], 10);
    for (moved, draws) in at(0.5).iter().zip(&at(0.0)) {
        assert_eq!(moved, &(draws + 0.5));
    }
}

#[test]
fn he_is_glorot_scaled() {
    // Both are the same cut law: moving between them keeps the network too.
    let [glorot, he] = [Initializer::GlorotNormal { gain: 1.0 }, Initializer::HeNormal { gain: 1.0 }]
        .map(|initializer| kernels(initializer, &[100; 3], 10));
    let factor = 2.0_f32.sqrt();
    for (he, glorot) in he.iter().zip(&glorot).filter(|(kernel, _)| kernel.is_square()) {
        assert!(he.iter().zip(glorot).all(|(he, glorot)| (he - factor * glorot).abs() <= 4e-7 * he.abs()));
    }
}

#[test]
fn the_same_seed_gives_the_same_draws() {
    for initializer in Initializer::ALL {
        let first = kernels(initializer, &[64; 3], 7);
        assert_eq!(first, kernels(initializer, &[64; 3], 7));
        assert_eq!(first == kernels(initializer, &[64; 3], 8), !random().contains(&initializer));
        let mut draws = DrawCache::default();
        for (other, widths, seed) in
            [(Initializer::ALL[0], &[64; 3], 8), (Initializer::HeNormal { gain: 1.0 }, &[32; 3], 7)]
        {
            Network::draw(&experiment(other, widths, seed), &mut draws);
        }
        let after_others = Network::draw(&experiment(initializer, &[64; 3], 7), &mut draws).weights();
        assert_eq!(first, after_others, "what was drawn before makes no difference");
    }
}

#[test]
fn adding_layers_keeps_those_that_are_there() {
    for initializer in Initializer::ALL {
        let shallow = kernels(initializer, &[100; 3], 10);
        let deep = kernels(initializer, &[100; 7], 10);
        assert_eq!(shallow[..3], deep[..3], "hidden layers");
        assert_eq!(shallow[3], deep[7], "output layer");
    }
}

/// Layer 1 has fewer inputs then: it takes the first rows of the same draws, where a law draws weight by weight.
#[test]
fn a_linear_first_layer_keeps_the_hidden_layers_draws() {
    let with = |initializer, linear_first| {
        let experiment = Experiment { linear_first, ..experiment(initializer, &[100; 3], 10) };
        Network::draw(&experiment, &mut DrawCache::default()).weights()
    };
    for initializer in Initializer::ALL {
        let (without, with) = (with(initializer, false), with(initializer, true));
        assert_eq!((without.len(), with.len()), (4, 5));
        assert_eq!(with[0].dim(), without[0].dim());
        assert_eq!(with[2..], without[1..], "{initializer}: the other layers, and the output layer");
        if random().contains(&initializer) {
            assert_ne!(with[0], without[0], "{initializer}: the linear layer draws for itself");
        }
    }
    let normal = Initializer::RandomNormal { mean: 0.0, sigma: 0.1 };
    assert_eq!(with(normal, true)[1], with(normal, false)[0].slice(ndarray::s![..100, ..]));
}

#[test]
fn a_linear_first_layer_is_independent_of_the_others() {
    for initializer in random() {
        let experiment = Experiment { linear_first: true, ..experiment(initializer, &[100; 3], 10) };
        let kernels = Network::draw(&experiment, &mut DrawCache::default()).weights();
        kernels[1..].iter().for_each(|other| uncorrelated(&kernels[0], other));
    }
}

#[test]
fn a_layer_of_another_width_keeps_the_layers_before_it() {
    let widths = |last| kernels(Initializer::ALL[0], &[100, 100, last], 10);
    assert_eq!(widths(100)[..2], widths(50)[..2]);
}

/// Not a reference but a guard: should a dependency's next version draw other values, every figure ever made changes.
#[test]
fn the_draws_do_not_drift() {
    let kernels = kernels(Initializer::RandomNormal { mean: 0.0, sigma: 1.0 }, &[100; 2], 10);
    let first: Vec<Vec<f32>> = kernels.iter().map(|kernel| kernel.iter().take(4).copied().collect()).collect();
    let expected = [
        [1.461_886_4, 1.022_526_6, 0.196_057_9, 2.049_821_6],
        [1.034_787_7, -1.090_161, 1.019_446_6, 0.807_743_25],
        [0.060_998_894, -1.390_610_6, 0.102_314_18, 1.325_902_1],
    ];
    assert_eq!(first, expected);
}

/// The same guard for what has streams of its own: a linear first layer, and biases.
#[test]
fn the_draws_of_a_linear_first_layer_and_of_biases_do_not_drift() {
    let initializer = Initializer::RandomNormal { mean: 0.0, sigma: 1.0 };
    let experiment = Experiment { linear_first: true, bias_std: 1.0, ..experiment(initializer, &[100; 2], 10) };
    let network = Network::draw(&experiment, &mut DrawCache::default());
    let first = |values: &mut dyn Iterator<Item = &f32>| values.take(4).copied().collect::<Vec<_>>();
    assert_eq!(first(&mut network.kernels[0].weights().iter()), [-0.25419623, -0.32746524, -0.18841268, -0.52858734]);
    let biases: Vec<_> = network.biases.unwrap().iter().map(|biases| first(&mut biases.iter())).collect();
    let expected = [
        [1.1591219, -0.61048055, -1.4895147, -1.6720073],
        [-1.4606619, 2.592133, -0.35457638, 0.22413808],
        [-0.14257818, -0.60341305, 0.9900436, -0.5697284],
        [-0.11703359, -0.023354223, -0.45083553, -1.039275],
    ];
    assert_eq!(biases, expected);
}

/// All that draw anything. The constants are those with one value.
fn random() -> Vec<Initializer> {
    let drawn = |initializer: &Initializer| !matches!(initializer.name(), "zeros" | "ones" | "constant" | "identity");
    Initializer::ALL.into_iter().filter(drawn).collect()
}

fn glorot(fan_in: f64, fan_out: f64) -> f64 {
    (2.0 / (fan_in + fan_out)).sqrt()
}

fn he(fan_in: f64, _: f64) -> f64 {
    (2.0 / fan_in).sqrt()
}

fn has_moments(initializer: Initializer, mean: f64, std: impl Fn(f64, f64) -> f64, kurtosis: f64) {
    for seed in [0, 10, u32::MAX] {
        for kernel in NETWORKS.iter().flat_map(|widths| kernels(initializer, widths, seed)) {
            let std = std(kernel.nrows() as f64, kernel.ncols() as f64);
            let values = kernel.mapv(f64::from);
            let count = values.len() as f64;
            let (found_mean, found_std) = (values.sum() / count, values.std(0.0));
            let of = format!("{initializer:?}, {:?}, seed {seed}", kernel.dim());
            assert!((found_mean - mean).abs() < ERRORS * std / count.sqrt(), "{of}: mean {found_mean}, not {mean}");
            let error = std * ((kurtosis - 1.0) / (4.0 * count)).sqrt();
            assert!((found_std - std).abs() < ERRORS * error, "{of}: std {found_std}, not {std}");
        }
    }
}

fn uncorrelated(one: &Array2<f32>, other: &Array2<f32>) {
    let mean = |kernel: &Array2<f32>| kernel.mapv(f64::from).mean().unwrap();
    let (mean_of_one, mean_of_other) = (mean(one), mean(other));
    let centred = |(&one, &other): (&f32, &f32)| (f64::from(one) - mean_of_one, f64::from(other) - mean_of_other);
    let pairs: Vec<_> = one.iter().zip(other).map(centred).collect();
    let product: f64 = pairs.iter().map(|(one, other)| one * other).sum();
    let squares = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).map(|value| value * value).sum::<f64>();
    let correlation = product / (squares(|pair| pair.0) * squares(|pair| pair.1)).sqrt();
    assert!(correlation.abs() < ERRORS / (pairs.len() as f64).sqrt(), "correlation {correlation}");
}

fn kernels(initializer: Initializer, widths: &[usize], seed: u32) -> Vec<Array2<f32>> {
    Network::draw(&experiment(initializer, widths, seed), &mut DrawCache::default()).weights()
}

fn experiment(initializer: Initializer, widths: &[usize], seed: u32) -> Experiment {
    Experiment { widths: widths.to_vec(), initializer, seed, ..Experiment::article() }
}
