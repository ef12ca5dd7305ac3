//! Which units are dead, never positive or always on, and which outputs are saturated: by the derivative's formula at z = x W + b,
//! which is computed here in f64, whatever the activation.

use std::cell::RefCell;

use initscope::engine::units::{LayerUnits, Wanted};
use initscope::engine::{LayerMeasurement, Measurement, Measurer, Quantities};
use initscope::experiment::{Activation, AtZero, Experiment, Initializer};
use initscope::stats::UnitStates;
use ndarray::Array2;

const UNITS: usize = 60;

fn experiment(activation: Activation, bias: f64, bias_std: f64, sigma: f64, images: usize) -> Experiment {
    let initializer = Initializer::RandomNormal { mean: 0.0, sigma };
    let mut experiment =
        Experiment { activation, bias, bias_std, initializer, widths: vec![UNITS; 2], ..Experiment::article() };
    experiment.inputs.images = images;
    experiment
}

thread_local! {
    static MEASURER: RefCell<Measurer> = RefCell::new(Measurer::with_threads(1).unwrap());
}

fn measure(experiment: &Experiment) -> Measurement {
    let quantities = Quantities { outlook: true, ..Quantities::OUTPUTS };
    MEASURER.with_borrow_mut(|measurer| measurer.measure_all(experiment, quantities).unwrap())
}

/// Pre-activations of layer 1, [images, units].
fn first_pre_activations(experiment: &Experiment) -> Array2<f64> {
    let (network, source) = MEASURER.with_borrow_mut(|measurer| measurer.network_and_source(experiment).unwrap());
    let x = source.images(0..experiment.inputs.images).mapv(f64::from);
    let z = x.dot(&network.weights()[0].mapv(f64::from));
    match &network.biases {
        Some(biases) => z + biases[0].mapv(f64::from),
        None => z,
    }
}

/// The derivative where it is 0 by formula, and where outputs are positive.
type Formula = (Activation, fn(f64) -> bool, fn(f64) -> bool);

const CAN_BE_DEAD: [Formula; 7] = [
    (Activation::Relu, |z| z <= 0.0, |z| z > 0.0),
    (Activation::LeakyRelu { slope: 0.0 }, |z| z <= 0.0, |z| z > 0.0),
    (Activation::Elu { alpha: 0.0 }, |z| z <= 0.0, |z| z > 0.0),
    (Activation::Relu6, |z| z <= 0.0 || z >= 6.0, |z| z > 0.0),
    (Activation::HardSigmoid, |z| z.abs() >= 3.0, |z| z > -3.0),
    (Activation::HardTanh, |z| z.abs() >= 1.0, |z| z > 0.0),
    (Activation::HardSwish, |z| z <= -3.0, |z| z > 0.0),
];

const CANNOT_BE_DEAD: [Activation; 13] = [
    Activation::Linear,
    Activation::Tanh,
    Activation::Softsign,
    Activation::LeakyRelu { slope: 0.01 },
    // Beyond what f32 can tell from 0, but not 0.
    Activation::LeakyRelu { slope: 1e-60 },
    Activation::Elu { alpha: 1.0 },
    Activation::Elu { alpha: 1e-60 },
    Activation::Selu { at_zero: AtZero::Below },
    Activation::Celu { alpha: 0.5 },
    Activation::Gelu,
    Activation::GeluTanh,
    Activation::Silu,
    Activation::Mish,
];

#[test]
fn nothing_is_dead_where_the_slope_is_nowhere_zero() {
    for activation in CANNOT_BE_DEAD {
        for (bias, sigma) in [(-2.0, 0.05), (-200.0, 0.05), (2.0, 0.05)] {
            let experiment = experiment(activation, bias, 0.0, sigma, 100);
            let z = first_pre_activations(&experiment);
            let never = z.columns().into_iter().filter(|z| z.iter().all(|&z| z <= 0.0)).count();
            let measurement = measure(&experiment);
            let expected = UnitStates { dead: 0, mixed: UNITS, always_on: 0, never_positive: never };
            assert_eq!(measurement.layers[0].states, expected, "{activation}, bias {bias}");
            for layer in &measurement.layers {
                assert_eq!((layer.states.dead, layer.states.always_on), (0, 0), "{activation}, bias {bias}");
                let theory = layer.theory_of_states.unwrap();
                assert_eq!((theory.dead, theory.always_on), (0.0, 0.0), "{activation}");
            }
        }
    }
    for activation in [Activation::Sigmoid, Activation::Softplus] {
        let measurement = measure(&experiment(activation, -2.0, 0.0, 0.05, 100));
        let expected = UnitStates { dead: 0, mixed: UNITS, always_on: 0, never_positive: 0 };
        assert!(measurement.layers.iter().all(|layer| layer.states == expected), "{activation}");
    }
}

/// Few images and large weights: units that are low, high, or now the one and now the other, but never between.
#[test]
fn a_unit_is_dead_where_its_slope_is_zero_for_every_image() {
    let (mut dead, mut both) = (0, 0);
    for (activation, is_flat, is_positive) in CAN_BE_DEAD {
        for (bias, bias_std, sigma, images) in
            [(-2.0, 0.0, 0.05, 100), (0.0, 8.0, 0.1, 100), (0.0, 3.0, 4.0, 3), (0.0, 0.0, 0.3, 70), (9.0, 4.0, 0.2, 40)]
        {
            let experiment = experiment(activation, bias, bias_std, sigma, images);
            let z = first_pre_activations(&experiment);
            let mut expected = UnitStates { dead: 0, mixed: 0, always_on: 0, never_positive: 0 };
            for z in z.columns() {
                if z.iter().all(|&z| is_flat(z)) {
                    expected.dead += 1;
                    both += usize::from(z.iter().any(|&z| is_positive(z)) && z.iter().any(|&z| !is_positive(z)));
                } else if z.iter().all(|&z| is_positive(z)) {
                    expected.always_on += 1;
                } else {
                    expected.mixed += 1;
                    expected.never_positive += usize::from(!z.iter().any(|&z| is_positive(z)));
                }
            }
            dead += expected.dead;
            let measurement = measure(&experiment);
            assert_eq!(measurement.layers[0].states, expected, "{activation}, {bias} {bias_std} {sigma}");
            for layer in &measurement.layers {
                assert_eq!(inspected(&experiment, layer), layer.states, "{activation}, layer {}", layer.layer);
            }
        }
    }
    assert!(dead > 200 && both > 5, "the cases are such: {dead}, {both}");
}

/// What the inspector, which looks at the units one by one, says of a layer.
fn inspected(experiment: &Experiment, layer: &LayerMeasurement) -> UnitStates {
    let wanted = Wanted { subject: experiment.into(), layer: layer.layer - 1, sorted: false, unit: None, matrix: None };
    LayerUnits::measure_all(&wanted, 1).unwrap().states()
}

/// At zero relu's slope is 0, that of hard_tanh 1, of hard_swish 1/2, of hard_sigmoid 1/6.
#[test]
fn units_at_zero_are_dead_only_where_the_slope_is_zero_there() {
    for (activation, dead) in [
        (Activation::Relu, UNITS),
        (Activation::Relu6, UNITS),
        (Activation::HardTanh, 0),
        (Activation::HardSwish, 0),
        (Activation::HardSigmoid, 0),
    ] {
        let zeros = Experiment { initializer: Initializer::Zeros, ..experiment(activation, 0.0, 0.0, 0.1, 20) };
        for layer in measure(&zeros).layers {
            assert_eq!(layer.states.dead, dead, "{activation}");
        }
        let off = Experiment { bias: -3.0, ..zeros };
        let dead = measure(&off).layers[0].states.dead;
        assert_eq!(dead, UNITS, "{activation}: every clamp is flat at −3");
    }
}

/// What is saturated, by formula.
type Saturated = (Activation, fn(f64) -> bool);

#[test]
fn outputs_are_saturated_where_the_formula_says_so() {
    let cases: [Saturated; 6] = [
        (Activation::Sigmoid, |z| (1.0 / (1.0 + (-z).exp()) - 0.5).abs() > 0.47),
        (Activation::Tanh, |z| z.tanh().abs() > 0.97),
        (Activation::HardSigmoid, |z| z.abs() >= 3.0),
        (Activation::HardTanh, |z| z.abs() >= 1.0),
        (Activation::Relu6, |z| z >= 6.0),
        (Activation::Softsign, |z| 1.0 / (1.0 + z.abs()).powi(2) < 0.06),
    ];
    for (activation, is_saturated) in cases {
        for sigma in [0.01, 0.1, 1.0] {
            let experiment = experiment(activation, 0.0, 0.0, sigma, 200);
            let z = first_pre_activations(&experiment);
            let expected = z.iter().filter(|z| is_saturated(**z)).count() as f64;
            let found = measure(&experiment).layers[0].saturated_fraction.unwrap() * z.len() as f64;
            // f32 may see one that lies at the border on its other side.
            assert!((found - expected).abs() <= 2.0, "{activation}, sigma {sigma}: {found}, not {expected}");
        }
    }
    for activation in Activation::ALL.into_iter().filter(|other| cases.iter().all(|(known, _)| known != other)) {
        let layers = measure(&experiment(activation, 0.0, 0.0, 1.0, 20)).layers;
        assert!(layers.iter().all(|layer| layer.saturated_fraction.is_none()), "{activation}");
    }
}

/// Wide layers with weights so large that most outputs are cut: theory's shares are those that are measured.
#[test]
fn theory_knows_upper_flat_pieces() {
    for activation in [Activation::HardTanh, Activation::Relu6] {
        let mut base = experiment(activation, 0.0, 0.0, 1.0, 3);
        base.widths = vec![1000; 2];
        let seeds = 4;
        let mut shares = [[0.0; 4]; 2];
        for seed in 1..=seeds {
            for (shares, layer) in shares.iter_mut().zip(measure(&Experiment { seed, ..base.clone() }).layers) {
                let theory = layer.theory_of_states.unwrap();
                let units = layer.units as f64;
                let found = [
                    theory.dead,
                    layer.states.dead as f64 / units,
                    theory.always_on,
                    layer.states.always_on as f64 / units,
                ];
                shares.iter_mut().zip(found).for_each(|(share, found)| *share += found / f64::from(seeds));
            }
        }
        for [dead, found_dead, on, found_on] in shares {
            assert!(found_dead > 0.3, "{activation}: {found_dead}");
            assert!((dead - found_dead).abs() < 0.05 && (on - found_on).abs() < 0.05, "{activation}: {shares:?}");
        }
    }
}
