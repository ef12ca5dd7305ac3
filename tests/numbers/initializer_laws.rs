//! Every initializer against the formulas of Keras's and PyTorch's documentation, written down here a second time.

use initscope::experiment::{Draws, Experiment, Generator, Initializer};
use initscope::network::{DrawCache, Network};
use ndarray::{Array1, Array2, s};

/// Standard errors a figure may be off by. The draws are fixed, so that this is judged once.
const ERRORS: f64 = 4.5;
const WIDTHS: [&[usize]; 3] = [&[100, 100, 100], &[512, 64, 300], &[20, 300]];
/// Standard deviation of a standard normal cut at +-2.
const CUT_STD: f64 = 0.879_625_661_034_239_8;

/// Standard deviation of a weight, for fan_in and fan_out, and the largest weight in standard deviations.
type Law = (&'static str, fn(f64, f64) -> f64, f64);

const UNIFORM: f64 = 1.732_050_807_568_877_2;
const CUT: f64 = 2.0 / CUT_STD;

#[rustfmt::skip]
const LAWS: [Law; 29] = [
    ("random_normal", |_, _| 0.05, f64::INFINITY),
    ("random_uniform", |_, _| 0.05 / UNIFORM, UNIFORM),
    ("random_uniform(minval=-2, maxval=2)", |_, _| 2.0 / UNIFORM, UNIFORM),
    ("truncated_normal", |_, _| 0.05 * CUT_STD, CUT),
    ("variance_scaling", |n, _| (1.0 / n).sqrt(), CUT),
    ("variance_scaling(scale=3, mode=fan_out)", |_, n| (3.0 / n).sqrt(), CUT),
    ("variance_scaling(scale=2, mode=fan_avg, distribution=uniform)", |i, o| (4.0 / (i + o)).sqrt(), UNIFORM),
    ("variance_scaling(distribution=untruncated_normal)", |n, _| (1.0 / n).sqrt(), f64::INFINITY),
    ("glorot_normal", |i, o| (2.0 / (i + o)).sqrt(), CUT),
    ("glorot_uniform", |i, o| (2.0 / (i + o)).sqrt(), UNIFORM),
    ("he_normal", |n, _| (2.0 / n).sqrt(), CUT),
    ("he_uniform", |n, _| (2.0 / n).sqrt(), UNIFORM),
    ("he_uniform(gain=0.5)", |n, _| 0.5 * (2.0 / n).sqrt(), UNIFORM),
    ("lecun_normal", |n, _| (1.0 / n).sqrt(), CUT),
    ("lecun_uniform", |n, _| (1.0 / n).sqrt(), UNIFORM),
    ("xavier_normal", |i, o| (2.0 / (i + o)).sqrt(), f64::INFINITY),
    ("xavier_normal(gain=3)", |i, o| 3.0 * (2.0 / (i + o)).sqrt(), f64::INFINITY),
    ("xavier_uniform(gain=1.5)", |i, o| 1.5 * (2.0 / (i + o)).sqrt(), UNIFORM),
    ("kaiming_normal", |n, _| (2.0 / n).sqrt(), f64::INFINITY),
    ("kaiming_normal(a=2, mode=fan_out)", |_, n| (2.0 / (5.0 * n)).sqrt(), f64::INFINITY),
    ("kaiming_normal(nonlinearity=tanh)", |n, _| 5.0 / 3.0 / n.sqrt(), f64::INFINITY),
    ("kaiming_normal(nonlinearity=selu)", |n, _| 0.75 / n.sqrt(), f64::INFINITY),
    ("kaiming_uniform(nonlinearity=linear)", |n, _| 1.0 / n.sqrt(), UNIFORM),
    ("kaiming_uniform(a=9, nonlinearity=relu)", |n, _| (2.0 / n).sqrt(), UNIFORM),
    ("kaiming_uniform(nonlinearity=sigmoid, mode=fan_out)", |_, n| 1.0 / n.sqrt(), UNIFORM),
    ("torch_linear_default", |n, _| 1.0 / (UNIFORM * n.sqrt()), UNIFORM),
    ("trunc_normal", |_, _| CUT_STD, CUT),
    ("trunc_normal(std=0.02)", |_, _| 0.02, f64::INFINITY),
    // Nearly uniform.
    ("trunc_normal(std=100, a=-1, b=1)", |_, _| 1.0 / UNIFORM, UNIFORM),
];

#[test]
fn weights_have_the_deviation_and_the_limits_of_their_law() {
    for (text, std, limit) in LAWS {
        let initializer = Initializer::read(text).unwrap();
        for kernel in WIDTHS.iter().flat_map(|widths| kernels(initializer, widths, 10)) {
            let (rows, columns) = kernel.dim();
            let std = std(rows as f64, columns as f64);
            let stated = initializer.sigma(rows, columns);
            assert!((stated - std).abs() < 1e-4 * std, "{text}: stated {stated}, not {std}");
            let values = kernel.mapv(f64::from);
            let count = values.len() as f64;
            let of = format!("{text}, {:?}", kernel.dim());
            assert!(values.mean().unwrap().abs() < ERRORS * std / count.sqrt(), "{of}");
            let kurtosis = values.iter().map(|value| (value / std).powi(4)).sum::<f64>() / count;
            let expected = if limit == UNIFORM {
                1.8
            } else if limit == CUT {
                2.365_536_7
            } else {
                3.0
            };
            assert!((kurtosis - expected).abs() < ERRORS * (96.0 / count).sqrt(), "{of}: kurtosis {kurtosis}");
            let (found, error) = (values.std(0.0), std * ((expected - 1.0) / (4.0 * count)).sqrt());
            assert!((found - std).abs() < ERRORS * error, "{of}: std {found}, not {std}");
            let largest = values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
            assert!(largest <= limit * std * (1.0 + 1e-6), "{of}: {largest} beyond {}", limit * std);
            if limit.is_finite() && count >= 2000.0 {
                assert!(largest > 0.98 * limit * std, "{of}: {largest} far from {}", limit * std);
            } else if count >= 10_000.0 {
                assert!(largest > 3.0 * std, "{of} is not cut");
            }
        }
    }
}

#[test]
fn random_uniform_lies_between_its_limits() {
    for kernel in kernels(Initializer::RandomUniform { minval: 0.5, maxval: 0.75 }, &[100; 3], 1) {
        let values = kernel.mapv(f64::from);
        assert!(values.iter().all(|value| (0.5..=0.75).contains(value)));
        assert!((values.mean().unwrap() - 0.625).abs() < ERRORS * 0.25 / (12.0 * values.len() as f64).sqrt());
    }
}

#[test]
fn trunc_normal_has_absolute_bounds_and_the_moments_between_them() {
    let cases = [
        (0.0, 1.0, 0.0, 10.0),
        (0.5, 1.0, -1.0, 1.0),
        (0.0, 1.0, 4.0, 5.0),
        (0.0, 1.0, -9.0, -8.0),
        (0.2, 0.5, -3.0, 0.3),
    ];
    for (mean, sigma, a, b) in cases {
        let (expected_mean, expected_std) = moments_between(mean, sigma, a, b);
        let initializer = Initializer::TruncNormal { mean, sigma, a, b };
        for kernel in kernels(initializer, &[100; 3], 1) {
            let values = kernel.mapv(f64::from);
            let count = values.len() as f64;
            assert!(values.iter().all(|value| (a..=b).contains(value)));
            let (found_mean, found_std) = (values.mean().unwrap(), values.std(0.0));
            assert!((found_mean - expected_mean).abs() < ERRORS * expected_std / count.sqrt(), "{found_mean}");
            assert!((found_std - expected_std).abs() < ERRORS * expected_std / count.sqrt(), "{found_std}");
            let (rows, columns) = kernel.dim();
            assert!((initializer.mean(rows, columns) - expected_mean).abs() < 1e-6);
            assert!((initializer.sigma(rows, columns) - expected_std).abs() < 1e-6);
        }
    }
}

#[test]
fn trunc_normal_stays_between_bounds_that_leave_hardly_anything() {
    for (sigma, a, b) in [(0.0, -1.0, 1.0), (1.0, 0.3, 0.3), (1e-30, 1.0, 2.0), (1.0, 40.0, 41.0), (1e30, -1.0, 1.0)] {
        let initializer = Initializer::TruncNormal { mean: 0.0, sigma, a, b };
        for kernel in kernels(initializer, &[30; 2], 1) {
            let inside = |&weight: &f32| (a as f32..=b as f32).contains(&weight);
            assert!(kernel.iter().all(inside), "{initializer:?}");
            let (rows, columns) = kernel.dim();
            assert!(initializer.sigma(rows, columns).is_finite() && initializer.mean(rows, columns).is_finite());
        }
    }
}

#[test]
fn bounds_as_far_on_either_side_leave_the_mean_where_it_is() {
    for (mean, sigma, reach) in [(0.0, 1.0, 2.0), (0.0, 100.0, 1.0), (0.25, 1e-3, 0.125), (-3.0, 1e30, 1e-3)] {
        let initializer = Initializer::TruncNormal { mean, sigma, a: mean - reach, b: mean + reach };
        assert_eq!(initializer.mean(10, 10), mean, "{initializer}");
    }
}

/// Mean, sigma, bounds; mean, standard deviation and the quantiles at .01, .25, .5, .75 and .99 between the bounds, integrated and
/// solved with mpmath in 50 to 400 digits.
type Cut = ((f64, f64, f64, f64), f64, f64, [f64; 5]);
const FAR_CUTS: [Cut; 9] = [
    (
        (1.0, 0.02, -2.0, 0.0),
        -0.000_399_680_638_112_796_2,
        0.000_399_521_306_968_176_38,
        [
            -0.001_839_641_339_653_4,
            -0.000_554_142_788_435_051,
            -0.000_277_109_737_242_534,
            -0.000_115_020_245_426_596,
            -4.018_520_145_674_37e-6,
        ],
    ),
    (
        (0.0, 1.0, 40.0, 41.0),
        40.024_968_847_207_26,
        0.024_953_323_998_846_05,
        [40.000_251_100_866_2, 40.007_186_920_337_6, 40.017_314_126_764_7, 40.034_620_774_855_2, 40.114_892_634_811_6],
    ),
    (
        (0.0, 1.0, -1000.0, -50.0),
        -50.019_984_031_905_64,
        0.019_976_065_348_408_82,
        [
            -50.091_982_066_982_7,
            -50.027_707_139_421_8,
            -50.013_855_486_862_1,
            -50.005_751_012_271_3,
            -50.000_200_926_007_3,
        ],
    ),
    (
        (0.5, 0.01, 0.9, 7.0),
        0.900_249_688_472_072_7,
        0.000_249_533_239_988_461,
        [
            0.900_002_511_008_662,
            0.900_071_869_203_376,
            0.900_173_141_267_647,
            0.900_346_207_748_552,
            0.901_148_926_348_116,
        ],
    ),
    (
        (3.0, 1.0, -0.000_001, 0.000_002),
        5.000_022_499_996_25e-7,
        8.660_254_037_825_551e-7,
        [
            -9.699_998_663_496_08e-7,
            -2.499_974_687_464_14e-7,
            5.000_033_749_994_37e-7,
            1.250_002_531_245_56e-6,
            1.970_000_133_649_56e-6,
        ],
    ),
    (
        (0.0, 1.0, 100.0, 100.02),
        100.006_869_408_310_87,
        0.005_252_866_321_600_034,
        [100.000_086_839_202, 100.002_435_481_888, 100.005_661_941_998, 100.010_454_977_029, 100.019_380_580_766],
    ),
    (
        (-20_000.0, 1.0, 0.0, 1.0),
        4.999_999_975_000_000_3e-5,
        4.999_999_962_500_000_6e-5,
        [
            5.025_167_914_124_67e-7,
            1.438_410_358_145_62e-5,
            3.465_735_891_132_56e-5,
            6.931_471_776_259_45e-5,
            0.000_230_258_507_398_284,
        ],
    ),
    (
        (0.0, 1.0, 10.5, 10.6),
        10.541_369_998_615_45,
        0.028_083_662_440_355_15,
        [10.500_620_348_917_5, 10.516_868_457_540_7, 10.537_389_334_743_7, 10.563_608_890_208_6, 10.598_240_669_639_9],
    ),
    (
        (0.0, 1.0, 9.5, 50.0),
        9.603_050_090_384_283,
        0.102_004_020_612_480_83,
        [9.501_046_521_037_91, 9.529_911_264_984_18, 9.571_913_421_405_76, 9.643_301_607_948_96, 9.968_251_940_436_48],
    ),
];

#[test]
fn trunc_normal_is_a_normals_tail_however_far_out() {
    for ((mean, sigma, a, b), expected_mean, expected_std, quantiles) in FAR_CUTS {
        let initializer = Initializer::TruncNormal { mean, sigma, a, b };
        // Between two bounds of the same sign what counts is the distance from the nearer one.
        let near = if b < mean { b } else { a };
        let within = 1e-9 * expected_std + 1e-15 * near.abs();
        assert!(
            (initializer.mean(100, 100) - expected_mean).abs() < within,
            "{initializer}: {}",
            initializer.mean(100, 100)
        );
        assert!((initializer.sigma(100, 100) / expected_std - 1.0).abs() < 1e-9, "{initializer}");
        let mut weights: Vec<f64> =
            kernels(initializer, &[100; 3], 1)[1].iter().map(|&weight| f64::from(weight)).collect();
        weights.sort_by(f64::total_cmp);
        let count = weights.len() as f64;
        assert!(weights.iter().all(|weight| (a as f32..=b as f32).contains(&(*weight as f32))));
        for (quantile, level) in quantiles.into_iter().zip([0.01, 0.25, 0.5, 0.75, 0.99]) {
            let below = weights.partition_point(|&weight| weight < quantile) as f64 / count;
            // f32 may have few weights at all.
            let step = f64::from((quantile as f32).next_up() - quantile as f32).abs() / expected_std;
            let error = ERRORS * f64::sqrt(level * (1.0 - level) / count) + step;
            assert!(
                (below - level).abs() < error,
                "{initializer}: {below} of the weights below {quantile}, not {level}"
            );
        }
    }
}

#[test]
fn constants_are_what_they_say() {
    for (text, value) in [("zeros", 0.0), ("ones", 1.0), ("constant(value=-0.25)", -0.25)] {
        for kernel in kernels(Initializer::read(text).unwrap(), &[20, 30], 1) {
            assert!(kernel.iter().all(|&weight| weight == value), "{text}");
        }
    }
}

#[test]
fn the_identity_has_its_gain_on_the_diagonal() {
    for kernel in kernels(Initializer::Identity { gain: 1.5 }, &[20, 30], 1) {
        for ((row, column), &weight) in kernel.indexed_iter() {
            assert_eq!(weight, if row == column { 1.5 } else { 0.0 });
        }
        mean_square_is_stated(Initializer::Identity { gain: 1.5 }, &kernel, 1e-6);
    }
}

#[test]
fn orthogonal_kernels_are_orthogonal() {
    for gain in [1.0, 0.5, 2.0_f64.sqrt()] {
        let initializer = Initializer::Orthogonal { gain };
        for kernel in WIDTHS.iter().flat_map(|widths| kernels(initializer, widths, 4)) {
            let values = kernel.mapv(f64::from);
            let (rows, columns) = values.dim();
            let product = if rows < columns { values.dot(&values.t()) } else { values.t().dot(&values) };
            let off = product - Array2::<f64>::eye(rows.min(columns)) * (gain * gain);
            assert!(off.iter().all(|off| off.abs() < 1e-6), "{:?}", kernel.dim());
            mean_square_is_stated(initializer, &kernel, 0.05);
        }
    }
}

/// Of the orthogonal matrices none is preferred: the sign rule of Keras and PyTorch. Without it the diagonal is negative.
#[test]
fn orthogonal_kernels_prefer_no_direction() {
    let diagonal: Array1<f64> = (0..40)
        .map(|seed| kernels(Initializer::Orthogonal { gain: 1.0 }, &[16, 16], seed)[1].diag().mapv(f64::from).sum())
        .collect();
    // The trace of a random orthogonal matrix has mean 0 and variance 1.
    assert!(diagonal.mean().unwrap().abs() < ERRORS / 40.0_f64.sqrt());
    assert!((diagonal.std(0.0) - 1.0).abs() < 0.5);
}

/// The matrix of a small case, by Gram and Schmidt: unique once R's diagonal is positive.
#[test]
fn orthogonal_kernels_are_q_of_the_same_normal_draws() {
    let normal = kernels(Initializer::RandomNormal { mean: 0.0, sigma: 1.0 }, &[30, 20], 5)[1].mapv(f64::from);
    let mut q = Array2::<f64>::zeros((30, 20));
    for column in 0..20 {
        let mut left = normal.column(column).to_owned();
        for _ in 0..2 {
            for done in 0..column {
                let along = q.column(done).dot(&left);
                left.scaled_add(-along, &q.column(done));
            }
        }
        let length = left.dot(&left).sqrt();
        q.column_mut(column).assign(&(left / length));
    }
    let kernel = &kernels(Initializer::Orthogonal { gain: 1.0 }, &[30, 20], 5)[1];
    assert!(kernel.iter().zip(&q).all(|(&found, expected)| (f64::from(found) - expected).abs() < 1e-6));
}

/// PyTorch's kernels are [out, in], and its columns our rows.
#[test]
fn every_input_has_its_share_of_zeros() {
    for sparsity in [0.0, 0.1, 0.333, 0.9, 1.0] {
        let initializer = Initializer::Sparse { sparsity, sigma: 0.5 };
        for kernel in kernels(initializer, &[100, 37], 3) {
            let zeros = (sparsity * kernel.ncols() as f64).ceil() as usize;
            for row in kernel.rows() {
                assert_eq!(row.iter().filter(|&&weight| weight == 0.0).count(), zeros);
            }
            let others: Array1<f64> = kernel.iter().filter(|&&weight| weight != 0.0).map(|&w| f64::from(w)).collect();
            if others.len() > 1 {
                let error = 0.5 / (2.0 * others.len() as f64).sqrt();
                assert!((others.std(0.0) - 0.5).abs() < ERRORS * error);
                mean_square_is_stated(initializer, &kernel, ERRORS / (2.0 * others.len() as f64).sqrt());
            }
        }
    }
}

#[test]
fn zeros_are_spread_over_the_units_and_stay_when_more_are_added() {
    let at = |sparsity| kernels(Initializer::Sparse { sparsity, sigma: 1.0 }, &[100, 100], 3).swap_remove(0);
    let (half, most) = (at(0.5), at(0.9));
    for (half, most) in half.iter().zip(&most) {
        assert!(*most == 0.0 || half == most);
    }
    for column in half.columns() {
        let share = column.iter().filter(|&&weight| weight == 0.0).count() as f64 / 784.0;
        assert!((share - 0.5).abs() < ERRORS * 0.5 / 784.0_f64.sqrt());
    }
}

/// Lu, Shin, Su and Karniadakis 2019: weights and bias N(0, 0.6007² / fan_in), one of them for each unit Beta(2, 1).
#[test]
fn randomized_asymmetric_initialization_gives_every_unit_one_large_positive_weight() {
    let network = draw(&Experiment { initializer: Initializer::Rai, widths: vec![400; 8], ..Experiment::article() });
    let biases = network.biases.clone().unwrap();
    let mut large = Vec::new();
    let mut of_biases = 0;
    let mut normal = Vec::new();
    for (kernel, biases) in network.weights().iter().zip(&biases).skip(1) {
        let sigma = 0.6007 / (kernel.nrows() as f64).sqrt();
        for (column, &bias) in kernel.columns().into_iter().zip(biases) {
            // Six standard deviations: beyond it is a beta.
            let beyond = |weight: f32| f64::from(weight.abs()) > 6.0 * sigma;
            let beyond: Vec<_> = column.iter().copied().chain([bias]).filter(|&weight| beyond(weight)).collect();
            assert!(beyond.len() <= 1 && beyond.iter().all(|&weight| (0.0..=1.0).contains(&weight)));
            of_biases += usize::from(f64::from(bias.abs()) > 6.0 * sigma);
            // Where the beta shows, the others are the normal draws.
            if beyond.len() == 1 {
                let others = column
                    .iter()
                    .copied()
                    .chain([bias])
                    .map(f64::from)
                    .filter(|weight| *weight != f64::from(beyond[0]));
                normal.extend(others.map(|weight| weight / sigma));
            }
            large.extend(beyond.into_iter().map(f64::from));
        }
        if kernel.is_square() {
            mean_square_is_stated(Initializer::Rai, kernel, 0.1);
        }
    }
    let (normal, large) = (Array1::from(normal), Array1::from(large));
    let count = normal.len() as f64;
    assert!(normal.mean().unwrap().abs() < ERRORS / count.sqrt());
    assert!((normal.std(0.0) - 1.0).abs() < ERRORS / (2.0 * count).sqrt());
    // Beta(2, 1) beyond c: mean 2/3 (1 - c³) / (1 - c²), and a share of 1 - c² of all.
    let cut = 6.0 * 0.6007 / 20.0;
    let (units, kept) = (7.0 * 400.0 + 10.0, 1.0 - cut * cut);
    assert!((large.len() as f64 / units - kept).abs() < ERRORS * (kept * (1.0 - kept) / units).sqrt());
    let expected = 2.0 / 3.0 * (1.0 - cut.powi(3)) / kept;
    assert!((large.mean().unwrap() - expected).abs() < ERRORS * 0.24 / (large.len() as f64).sqrt());
    assert!((1..30).contains(&of_biases), "one unit in 401: {of_biases}");
}

#[test]
fn the_standard_draws_of_tensorflow_1() {
    let expected = [
        1.636_856_79,
        1.001_881_48,
        1.257_539_87,
        0.450_119_70,
        1.113_658_91,
        -1.190_204_98,
        -0.374_286_65,
        -0.883_853_91,
    ];
    let initializer = Initializer::RandomNormal { mean: 0.0, sigma: 1.0 };
    let experiment = Experiment { initializer, draws: Draws::Shared, ..tensorflow() };
    for kernel in draw(&experiment).weights() {
        for (found, expected) in kernel.iter().zip(expected) {
            assert!((f64::from(*found) - expected).abs() < 1e-7, "{found}, not {expected}");
        }
        let values = kernel.mapv(f64::from);
        let count = values.len() as f64;
        assert!(values.mean().unwrap().abs() < ERRORS / count.sqrt());
        assert!((values.std(0.0) - 1.0).abs() < ERRORS / (2.0 * count).sqrt());
    }
}

#[test]
fn tensorflows_layers_are_independent_if_asked() {
    let kernels = draw(&Experiment { linear_first: true, ..tensorflow() }).weights();
    for (index, one) in kernels.iter().enumerate() {
        for other in &kernels[..index] {
            // In C order, as far as the smaller one goes.
            let count = one.len().min(other.len());
            let product = one.iter().zip(other).map(|(one, other)| f64::from(one * other)).sum::<f64>();
            assert!((product / 0.01 / count as f64).abs() < ERRORS / (count as f64).sqrt(), "{index}");
        }
    }
}

#[test]
fn shared_draws_are_one_stream_in_c_order() {
    for text in ["random_normal", "he_normal", "glorot_uniform", "torch_linear_default", "sparse", "orthogonal", "rai"]
    {
        let initializer = Initializer::read(text).unwrap();
        let kernels = draw(&Experiment { initializer, draws: Draws::Shared, ..Experiment::article() }).weights();
        assert!(kernels[2..5].iter().all(|kernel| *kernel == kernels[1]), "{text}: kernels of 100 x 100");
    }
    let initializer = Initializer::RandomNormal { mean: 0.0, sigma: 1.0 };
    let kernels = draw(&Experiment { initializer, draws: Draws::Shared, ..Experiment::article() }).weights();
    let first: Vec<_> = kernels[0].iter().take(10_000).collect();
    assert_eq!(first, kernels[1].iter().collect::<Vec<_>>());
    assert_eq!(kernels[5].iter().collect::<Vec<_>>(), first[..1000]);
    assert_eq!(kernels[0].slice(s![0, ..]), kernels[3].slice(s![0, ..]));
    // Before scaling: kernels of another shape have another sigma.
    for text in ["he_normal", "glorot_uniform", "truncated_normal", "kaiming_uniform", "torch_linear_default"] {
        let initializer = Initializer::read(text).unwrap();
        let shared = Experiment { initializer, draws: Draws::Shared, linear_first: true, ..Experiment::article() };
        let kernels = draw(&shared).weights();
        let standard = |kernel: &Array2<f32>| {
            let sigma = initializer.sigma(kernel.nrows(), kernel.ncols());
            kernel.iter().map(|&weight| f64::from(weight) / sigma).collect::<Vec<_>>()
        };
        let first = standard(&kernels[0]);
        for kernel in &kernels[1..] {
            assert!(standard(kernel).iter().zip(&first).all(|(one, other)| (one - other).abs() < 1e-6), "{text}");
        }
    }
}

#[test]
fn threads_make_no_difference() {
    for initializer in Initializer::ALL {
        let experiment = Experiment { initializer, bias_std: 0.1, linear_first: true, ..Experiment::article() };
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let network = pool.install(|| draw(&experiment));
            (network.weights(), network.biases)
        };
        assert_eq!(with(1), with(3), "{initializer}");
    }
}

#[test]
fn scales_move_the_same_network() {
    for (one, other, factor) in [
        ("truncated_normal(std=1)", "truncated_normal(std=0.25)", 0.25),
        ("random_uniform(minval=-1, maxval=1)", "random_uniform(minval=-4, maxval=4)", 4.0),
        ("orthogonal", "orthogonal(gain=2)", 2.0),
        ("sparse(std=1)", "sparse(std=0.5)", 0.5),
        ("variance_scaling", "variance_scaling(scale=4)", 2.0),
        ("kaiming_uniform", "kaiming_uniform(a=1)", 0.5_f32.sqrt()),
    ] {
        let [one, other] = [one, other].map(|text| kernels(Initializer::read(text).unwrap(), &[50; 3], 2));
        for (one, other) in one.iter().flatten().zip(other.iter().flatten()) {
            assert!((one * factor - other).abs() <= 3e-7 * other.abs());
        }
    }
}

/// A guard like the one of the normal draws: these stay what they are.
#[test]
fn the_other_laws_do_not_drift() {
    let first = |text: &str| {
        let kernel = &kernels(Initializer::read(text).unwrap(), &[100; 2], 10)[1];
        [kernel[[0, 0]], kernel[[0, 1]], kernel[[1, 0]]]
    };
    let found = ["he_uniform", "trunc_normal", "orthogonal", "sparse(sparsity=0.5)", "rai"].map(first);
    assert_eq!(found, PINNED);
}

const PINNED: [[f32; 3]; 5] = [
    [0.009766268, 0.1862451, 0.014946469],
    [0.047714915, 1.0933201, 0.07306097],
    [0.107001066, -0.09097692, 0.22332588],
    [0.0, 0.0, 0.021597436],
    [0.062159695, -0.06548597, 0.1297358],
];

/// Mean and standard deviation of N(mean, sigma²) between a and b, by Simpson's rule.
fn moments_between(mean: f64, sigma: f64, a: f64, b: f64) -> (f64, f64) {
    const STEPS: usize = 20_000;
    let integral = |power: i32, about: f64| {
        let at = |step: usize| {
            let value = a + (b - a) * step as f64 / STEPS as f64;
            // The density's greatest value between the bounds is taken out: far tails would vanish.
            let nearest = (mean.clamp(a, b) - mean) / sigma;
            (value - about).powi(power) * (0.5 * (nearest.powi(2) - ((value - mean) / sigma).powi(2))).exp()
        };
        let weight = |step: usize| if step == 0 || step == STEPS { 1.0 } else { 2.0 + 2.0 * (step % 2) as f64 };
        (0..=STEPS).map(|step| weight(step) * at(step)).sum::<f64>()
    };
    let whole = integral(0, 0.0);
    let mean_between = integral(1, 0.0) / whole;
    (mean_between, (integral(2, mean_between) / whole).sqrt())
}

fn mean_square_is_stated(initializer: Initializer, kernel: &Array2<f32>, within: f64) {
    let (rows, columns) = kernel.dim();
    let (mean, sigma) = (initializer.mean(rows, columns), initializer.sigma(rows, columns));
    let found = kernel.mapv(|weight| (f64::from(weight) - mean).powi(2)).mean().unwrap().sqrt();
    assert!((found - sigma).abs() <= within * sigma, "{initializer}: {found}, stated {sigma}");
}

fn tensorflow() -> Experiment {
    Experiment { generator: Generator::Tensorflow1, ..Experiment::article() }
}

fn kernels(initializer: Initializer, widths: &[usize], seed: u32) -> Vec<Array2<f32>> {
    draw(&Experiment { widths: widths.to_vec(), initializer, seed, ..Experiment::article() }).weights()
}

fn draw(experiment: &Experiment) -> Network {
    Network::draw(experiment, &mut DrawCache::default())
}
