//! Every activation and its derivative are what Keras and PyTorch define, for every f32.

use std::f64::consts::PI;

use initscope::activation::Limits;
use initscope::experiment::{Activation, AtZero, Experiment, SettingError, Settings};
use initscope::numeric::Level;
use initscope::stats::{Density, Distribution, Tally};
use initscope::theory::Phi as _;

/// What is promised, in units in the last place of f32.
const PROMISED: f64 = 4.0;

#[test]
fn values_and_derivatives_of_the_reference() {
    let text = include_str!("../fixtures/activation_grid.json");
    let grid: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).unwrap();
    let numbers = |value: &serde_json::Value| -> Vec<f64> { serde_json::from_value(value.clone()).unwrap() };
    let z: Vec<f32> = numbers(&grid["z"]).into_iter().map(|z| z as f32).collect();
    let cases: Vec<_> = grid.iter().filter(|(name, _)| *name != "z").collect();
    assert_eq!(cases.len(), 12);
    for (name, case) in cases {
        let activation: Activation = name.parse().unwrap();
        let (f, df) = (numbers(&case["f"]), numbers(&case["df"]));
        close(activation, "f", &z, &outputs(activation, &z), &f);
        close(activation, "f'", &z, &slopes(activation, &z), &df);
    }
}

#[test]
fn values_and_derivatives_of_closed_forms_up_to_the_largest_numbers() {
    let z = all_sizes();
    for activation in with_other_parameters() {
        let (f, df): (Vec<_>, Vec<_>) = z.iter().map(|&z| exact(activation, f64::from(z))).unzip();
        for level in Level::all() {
            let (mut h, mut slopes) = (z.clone(), vec![7.0; z.len()]);
            activation.apply_at(level, &mut h);
            activation.derivative_at(level, &z, &mut slopes);
            close(activation, "f", &z, &h, &f);
            close(activation, "f'", &z, &slopes, &df);
        }
    }
}

#[test]
fn a_value_does_not_depend_on_its_neighbours() {
    let z: Vec<f32> = (0..150).map(|index| (index as f32 - 75.0) * 0.1).collect();
    for activation in with_other_parameters() {
        let (h, slopes_of_all) = (outputs(activation, &z), slopes(activation, &z));
        for (index, &z) in z.iter().enumerate() {
            assert_eq!(outputs(activation, &[z]), [h[index]], "{activation} of {z}");
            assert_eq!(slopes(activation, &[z]), [slopes_of_all[index]], "{activation}' of {z}");
        }
    }
}

#[test]
fn the_closed_forms_of_derivatives_are_derivatives() {
    for activation in with_other_parameters() {
        for step in -400..400 {
            let z = f64::from(step) * 0.05 + 0.013;
            let (above, below) = (exact(activation, z + 1e-5).0, exact(activation, z - 1e-5).0);
            let (difference, slope) = ((above - below) / 2e-5, exact(activation, z).1);
            assert!((difference - slope).abs() < 1e-8, "{activation} at {z}: {slope}, by differences {difference}");
        }
    }
}

#[test]
fn derivatives_at_kinks_are_pytorchs_and_at_selus_tensorflows_if_asked() {
    for (name, z, expected) in [
        ("relu", 0.0, 0.0),
        ("leaky_relu", 0.0, 0.2),
        ("leaky_relu(slope=0)", 0.0, 0.0),
        ("elu", 0.0, 1.0),
        ("elu(alpha=0.5)", 0.0, 0.5),
        ("elu(alpha=0)", 0.0, 0.0),
        ("celu(alpha=0.5)", 0.0, 1.0),
        ("selu", 0.0, 1.758_099_3),
        ("selu", -0.0, 1.758_099_3),
        ("selu(at_zero=below)", 0.0, 1.758_099_3),
        ("selu(at_zero=above)", 0.0, 1.050_701),
        ("selu(at_zero=above)", -0.0, 1.050_701),
        ("relu6", 0.0, 0.0),
        ("relu6", 6.0, 0.0),
        ("hard_tanh", -1.0, 0.0),
        ("hard_tanh", 1.0, 0.0),
        ("hard_sigmoid", -3.0, 0.0),
        ("hard_sigmoid", 3.0, 0.0),
        ("hard_swish", -3.0, 0.0),
        ("hard_swish", 3.0, 1.0),
    ] {
        let activation: Activation = name.parse().unwrap();
        assert_eq!(slopes(activation, &[z]), [expected], "{name} at {z}");
        // Theory says of exact zeros what the network does.
        let in_theory = activation.at(f64::from(z)).1;
        assert!(z != 0.0 || in_theory as f32 == expected, "{name} at {z}: {in_theory}");
    }
}

#[test]
fn infinities_have_limits_and_nan_stays_nan() {
    const INFINITY: f32 = f32::INFINITY;
    for activation in with_other_parameters() {
        for (what, found) in [("f", outputs(activation, &[f32::NAN])), ("f'", slopes(activation, &[f32::NAN]))] {
            assert!(found[0].is_nan(), "{activation} {what}");
        }
        let (low, high) = match activation {
            Activation::Linear => (-INFINITY, INFINITY),
            Activation::LeakyRelu { slope } if slope > 0.0 => (-INFINITY, INFINITY),
            Activation::Sigmoid | Activation::HardSigmoid => (0.0, 1.0),
            Activation::Tanh | Activation::HardTanh | Activation::Softsign => (-1.0, 1.0),
            Activation::Relu6 => (0.0, 6.0),
            Activation::Elu { alpha } | Activation::Celu { alpha } => (-alpha as f32, INFINITY),
            Activation::Selu { .. } => (-1.758_099_3, INFINITY),
            _ => (0.0, INFINITY),
        };
        assert_eq!(outputs(activation, &[-INFINITY, INFINITY]), [low, high], "{activation}");
        let slope = |limit: f32| if limit.is_infinite() { 1.0 } else { 0.0 };
        let (low, high) = match activation {
            Activation::LeakyRelu { slope } => (slope as f32, 1.0),
            Activation::Selu { .. } => (0.0, 1.050_701),
            _ => (slope(low), slope(high)),
        };
        assert_eq!(slopes(activation, &[-INFINITY, INFINITY]), [low, high], "{activation}");
    }
}

#[test]
fn nothing_leaves_the_limits() {
    for activation in with_other_parameters() {
        let mut z = all_sizes();
        // Where the ones that turn have their minimum.
        for minimum in [-1.278_464_5_f32, -0.751_791_5, -0.752_461_4, -1.192_458_6, -1.5] {
            z.extend((-5000..5000).map(|step| f32::from_bits(minimum.to_bits().wrapping_add_signed(step))));
        }
        let Limits { lower, upper } = activation.limits();
        let h = outputs(activation, &z);
        let (least, greatest) =
            (h.iter().copied().fold(f32::MAX, f32::min), h.iter().copied().fold(f32::MIN, f32::max));
        match lower {
            None => assert!(least < -1e30, "{activation}: {least}"),
            Some(lower) => {
                let turns = ["gelu", "gelu_tanh", "silu", "hard_swish", "mish"].contains(&activation.name());
                let expected = if turns { lower.next_up() } else { lower };
                assert_eq!(least, expected, "{activation}: reached, and nothing below");
            }
        }
        assert_eq!(greatest, upper.unwrap_or(greatest), "{activation}");
        assert!(upper.is_some() || greatest > 1e38, "{activation}");
    }
}

#[test]
fn every_output_is_either_spread_or_counted_at_a_point() {
    let z: Vec<f32> = (0..20_000).map(|index| (index as f32 - 9_999.5) * 0.004).collect();
    for activation in with_other_parameters() {
        let (limits, h) = (activation.limits(), outputs(activation, &z));
        let tally = Tally::of(&h, 100, limits);
        let masses: u64 = tally.masses(limits).iter().map(|&(_, count)| count).sum();
        assert_eq!(tally.continuous.count + masses, h.len() as u64, "{activation}");
        assert_eq!(tally.non_finite(), 0, "{activation}");
        for (at, count) in tally.masses(limits) {
            let exactly = h.iter().filter(|&&value| f64::from(value) == at).count();
            assert_eq!(count as usize, exactly, "{activation} at {at}");
        }
        let density = Distribution::of(&tally, limits).density;
        let step = (density.to - density.from) / (Density::POINTS - 1) as f64;
        let area: f64 = density.values.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0 * step).sum();
        let shares: f64 = density.masses.iter().map(|mass| mass.share).sum();
        assert!((area + shares - 1.0).abs() < 1e-9, "{activation}: {area} + {shares}");
        assert_eq!(activation.is_positive(), h.iter().all(|&value| value > 0.0), "{activation}");
        // Far below, others round to zero.
        let zeros = h.iter().zip(&z).filter(|&(&h, &z)| h == 0.0 && z.abs() < 5.0).count();
        assert_eq!(zeros > 400, activation.switches_off(), "{activation}: {zeros} zeros");
    }
}

#[test]
fn elus_saturate_at_their_limit_in_f32() {
    let elu = Activation::Elu { alpha: 0.5 };
    let h = outputs(elu, &[-30.0, -40.0, -1.0, 2.0]);
    let tally = Tally::of(&h, 4, elu.limits());
    assert_eq!((tally.at_lower, tally.zeros, tally.at_upper, tally.saturated), (2, 0, 0, 0));
    assert_eq!(tally.masses(elu.limits()), [(-0.5, 2)]);
    assert_eq!(tally.finite(elu.limits()).count, 4);
}

#[test]
fn what_is_written_reads_back() {
    for activation in with_other_parameters() {
        assert_eq!(activation.to_string().parse(), Ok(activation));
        let base = Experiment::article();
        let experiment = Experiment { activation, ..base.clone() };
        let text = serde_json::to_string(&Settings::from(&experiment)).unwrap();
        let settings: Settings = serde_json::from_str(&text).unwrap();
        let above = activation == Activation::Selu { at_zero: AtZero::Above };
        let expected = if above { "selu(at_zero=above)" } else { activation.name() };
        assert_eq!(settings.activation.as_deref(), Some(expected));
        // Whatever is changed by it.
        for other in with_other_parameters() {
            let base = Experiment { activation: other, ..base.clone() };
            assert_eq!(settings.apply(&base).unwrap(), experiment, "{other}");
        }
    }
    for activation in Activation::ALL {
        assert_eq!(activation.name().parse(), Ok(activation), "a name alone has the defaults");
        assert_eq!(format!("{}()", activation.name()).parse(), Ok(activation));
    }
    assert_eq!(" celu ( alpha = 2e-3 ) ".parse(), Ok(Activation::Celu { alpha: 0.002 }));
    assert_eq!(Activation::LeakyRelu { slope: 0.2 }.to_string(), "leaky_relu(slope=0.2)");
    assert_eq!(Activation::Elu { alpha: 1.0 }.to_string(), "elu(alpha=1)");
    assert_eq!(Activation::Elu { alpha: 1e-30 }.to_string(), "elu(alpha=1e-30)");
    assert_eq!("selu(at_zero=above)".parse(), Ok(Activation::Selu { at_zero: AtZero::Above }));
    assert_eq!(Activation::Selu { at_zero: AtZero::Above }.to_string(), "selu(at_zero=above)");
    assert_eq!(Activation::Selu { at_zero: AtZero::Below }.to_string(), "selu");
}

#[test]
fn what_cannot_be_read_is_said() {
    assert_eq!("elu(1)".parse(), Ok(Activation::Elu { alpha: 1.0 }), "as PyTorch takes it");
    for (text, said) in [
        ("squish", "--activation 'squish' is not known: use linear, sigmoid, "),
        ("Relu9", "is not known (did you mean relu?)"),
        ("", "is not known"),
        ("elu(slope=1)", "elu has no parameter 'slope': use alpha"),
        ("relu(alpha=1)", "relu has no parameter 'alpha': use its name alone"),
        ("elu(alpha=nan)", "--alpha NaN is out of range: use 0 or more"),
        ("elu(alpha=inf)", "--alpha inf is out of range"),
        ("elu(alpha=-1)", "--alpha -1 is out of range"),
        ("celu(alpha=0)", "--alpha 0 is out of range: use more than 0"),
        ("leaky_relu(slope=1e39)", "is out of range: use 0 or more, and no more than 3.4e38"),
        ("leaky_relu(slope=-0.1)", "--slope -0.1 is out of range"),
        ("elu(alpha=one)", "'alpha=one' cannot be read"),
        ("elu(alpha=)", "cannot be read"),
        ("selu(at_zero=left)", "at_zero 'left' is not known: use below, above"),
        ("selu(alpha=1)", "selu has no parameter 'alpha': use at_zero"),
        ("elu(alpha=1", "cannot be read"),
        ("elu(alpha=1)x", "cannot be read"),
        ("elu(alpha=1,alpha=2)", "cannot be read"),
    ] {
        let error: SettingError = text.parse::<Activation>().unwrap_err();
        assert!(error.to_string().contains(said), "{text}: {error}");
    }
}

fn outputs(activation: Activation, z: &[f32]) -> Vec<f32> {
    let mut h = z.to_vec();
    activation.apply(&mut h);
    h
}

fn slopes(activation: Activation, z: &[f32]) -> Vec<f32> {
    let mut slopes = vec![7.0; z.len()];
    activation.derivative(z, &mut slopes);
    slopes
}

/// All activations, those with a parameter with several values of it.
fn with_other_parameters() -> Vec<Activation> {
    let others = [
        Activation::LeakyRelu { slope: 0.01 },
        Activation::LeakyRelu { slope: 0.0 },
        Activation::Elu { alpha: 0.3 },
        Activation::Elu { alpha: 0.0 },
        Activation::Celu { alpha: 0.3 },
        Activation::Celu { alpha: 2.5 },
        Activation::Selu { at_zero: AtZero::Above },
    ];
    Activation::ALL.into_iter().chain(others).collect()
}

/// Pre-activations of all sizes, from the least f32 to the greatest, and finely where the functions bend.
fn all_sizes() -> Vec<f32> {
    let fine = (-110 * 64..=110 * 64).map(|step| step as f32 / 64.0);
    let between = (-20_000..=20_000).map(|step| step as f32 * 0.001_234_5);
    let powers = (-149..128).flat_map(|power| [1.0, 1.3, 1.7].map(|mantissa| (mantissa * 2_f64.powi(power)) as f32));
    let kinks = [0.0_f32, 1.0, 3.0, 6.0].into_iter().flat_map(|kink| [kink.next_down(), kink, kink.next_up()]);
    let one_sided: Vec<f32> = powers.chain(kinks).chain([f32::MAX]).collect();
    fine.chain(between).chain(one_sided.iter().copied()).chain(one_sided.iter().map(|z| -z)).collect()
}

/// All must be within what is promised, in units in the last place of the expected f32, and none a false zero.
fn close(activation: Activation, what: &str, z: &[f32], found: &[f32], expected: &[f64]) {
    for ((&z, &found), &expected) in z.iter().zip(found).zip(expected) {
        let rounded = expected as f32;
        assert!(
            (found == 0.0) <= (rounded == 0.0),
            "{activation} {what}({z:e}): {found:e} instead of {expected:e}, which is not zero"
        );
        if rounded.is_infinite() {
            assert_eq!(found, rounded, "{activation} {what}({z:e})");
            continue;
        }
        let ulp = f64::from(rounded.abs().next_up()) - f64::from(rounded.abs());
        // The expected value itself has f64's rounding where a derivative crosses zero.
        let rounding = if z.abs() < 3.0 { 1e-15 } else { 0.0 };
        let off = ((f64::from(found) - expected).abs() - rounding) / ulp;
        assert!(off <= PROMISED, "{activation} {what}({z:e}): {found:e} instead of {expected:e}, {off:.1} ulp");
    }
}

/// phi(z) and phi'(z) in f64, in forms that do not cancel where it matters and are not the program's.
fn exact(activation: Activation, z: f64) -> (f64, f64) {
    let logistic = |z: f64| 1.0 / (1.0 + (-z).exp());
    let clamp_slope = |low: f64, high: f64, slope: f64| if z <= low || z >= high { 0.0 } else { slope };
    let exponential = |depth: f64, scale: f64| -> (f64, f64) {
        if depth == 0.0 {
            return (z.max(0.0), if z > 0.0 { 1.0 } else { 0.0 });
        }
        // exp(x) - 1 = 2 exp(x / 2) sinh(x / 2)
        let x = (z / scale).max(-700.0);
        if z > 0.0 { (z, 1.0) } else { (2.0 * depth * (x / 2.0).exp() * (x / 2.0).sinh(), depth / scale * x.exp()) }
    };
    match activation {
        Activation::Linear => (z, 1.0),
        Activation::Sigmoid => (logistic(z), 0.25 / (z / 2.0).cosh().powi(2)),
        Activation::HardSigmoid => ((z / 6.0 + 0.5).clamp(0.0, 1.0), clamp_slope(-3.0, 3.0, 1.0 / 6.0)),
        Activation::Tanh => (z.tanh(), 1.0 / z.cosh().powi(2)),
        Activation::HardTanh => (z.clamp(-1.0, 1.0), clamp_slope(-1.0, 1.0, 1.0)),
        Activation::Softsign => (z / (1.0 + z.abs()), 1.0 / (1.0 + z.abs()).powi(2)),
        Activation::Relu => exponential(0.0, 1.0),
        Activation::Relu6 => (z.clamp(0.0, 6.0), clamp_slope(0.0, 6.0, 1.0)),
        Activation::LeakyRelu { slope } => {
            if z > 0.0 {
                (z, 1.0)
            } else {
                (slope * z, slope)
            }
        }
        Activation::Elu { alpha } => exponential(alpha, 1.0),
        Activation::Selu { at_zero: AtZero::Above } if z == 0.0 => (0.0, 1.050_700_987_355_480_5),
        Activation::Selu { .. } => {
            let (scale, alpha) = (1.050_700_987_355_480_5, 1.673_263_242_354_377_2);
            let (f, df) = exponential(alpha, 1.0);
            (scale * f, scale * df)
        }
        Activation::Celu { alpha } => exponential(alpha, alpha),
        Activation::Gelu => {
            let (below, height) = normal(z);
            (z * below, below + z * height)
        }
        Activation::GeluTanh => {
            let u = (2.0 / PI).sqrt() * (z + 0.044_715 * z.powi(3));
            let du = (2.0 / PI).sqrt() * (1.0 + 0.134_145 * z.powi(2));
            let bend = if u.abs() > 300.0 { 0.0 } else { 0.5 * z * du / u.cosh().powi(2) };
            (z * logistic(2.0 * u), logistic(2.0 * u) + bend)
        }
        Activation::Silu => {
            let bend = if z.abs() > 300.0 { 0.0 } else { z * 0.25 / (z / 2.0).cosh().powi(2) };
            (z / (1.0 + (-z).exp()), logistic(z) + bend)
        }
        Activation::HardSwish => match z {
            z if z <= -3.0 => (0.0, 0.0),
            z if z >= 3.0 => (z, 1.0),
            z => (z * (z + 3.0) / 6.0, (2.0 * z + 3.0) / 6.0),
        },
        Activation::Mish => {
            let f = z * softplus(z).tanh();
            if z > 200.0 {
                return (f, 1.0);
            }
            // Misra 2019, equation 2.
            let w = z.exp();
            let omega = 4.0 * (z + 1.0) + 4.0 * w * w + w.powi(3) + w * (4.0 * z + 6.0);
            (f, w * omega / (2.0 * w + w * w + 2.0).powi(2))
        }
        Activation::Softplus => (softplus(z), logistic(z)),
    }
}

fn softplus(z: f64) -> f64 {
    if z > 700.0 { z } else { z.exp().ln_1p() }
}

/// The standard normal's distribution function and density: a series in the middle, a continued fraction in the tails.
fn normal(z: f64) -> (f64, f64) {
    let height = (-0.5 * z * z).exp() / (2.0 * PI).sqrt();
    if z.abs() < 3.5 {
        let mut term = z;
        let mut sum = z;
        for odd in (3..200).step_by(2) {
            term *= z * z / f64::from(odd);
            sum += term;
        }
        return (0.5 + height * sum, height);
    }
    let x = z.abs();
    let fraction = (1..400).rev().fold(x, |below, number| x + f64::from(number) / below);
    let tail = height / fraction;
    (if z < 0.0 { tail } else { 1.0 - tail }, height)
}
