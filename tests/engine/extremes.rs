//! Settings at the ends of what they may be, with every activation: no panic, figures for all, and everything is counted.

use std::sync::Arc;

use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Activation, AtZero, Data, Experiment, Initializer, Inputs};
use initscope::figure::{AxisRange, Figure, PlotShape, Quantity, Scale, Sheet, View};
use initscope::layout::{Content as _, LayersContent};
use initscope::page::Fonts;

const LARGEST: f64 = f32::MAX as f64;

/// f32's ends, the numbers beside them, its least normal and least number, and powers of two, at which bins begin.
fn extremes() -> Vec<f64> {
    let sizes = [
        f32::MAX,
        f32::MAX.next_down(),
        2_f32.powi(127),
        2_f32.powi(127).next_down(),
        2_f32.powi(64),
        1.0,
        f32::MIN_POSITIVE,
        f32::MIN_POSITIVE.next_down(),
        f32::from_bits(1),
    ];
    sizes.into_iter().flat_map(|size| [f64::from(size), -f64::from(size)]).collect()
}

fn activations() -> Vec<Activation> {
    let more = [
        Activation::LeakyRelu { slope: 0.0 },
        Activation::LeakyRelu { slope: LARGEST },
        Activation::LeakyRelu { slope: f64::from(f32::from_bits(1)) },
        Activation::Elu { alpha: 0.0 },
        Activation::Elu { alpha: LARGEST },
        Activation::Celu { alpha: LARGEST },
        Activation::Celu { alpha: f64::from(f32::MIN_POSITIVE) },
        Activation::Selu { at_zero: AtZero::Above },
    ];
    Activation::ALL.into_iter().chain(more).collect()
}

fn small(initializer: Initializer, activation: Activation) -> Experiment {
    let article = Experiment::article();
    let inputs = Inputs { data: Data::Gaussian { dim: 6 }, images: 70, ..article.inputs };
    Experiment { inputs, widths: vec![5, 4], initializer, activation, ..article }
}

/// All that is measured; theory has a test of its own.
const MEASURED: Quantities = Quantities { theory: false, outlook: false, ..Quantities::ALL };

/// All of it is there, and adds up.
fn check(measurer: &mut Measurer, experiment: &Experiment) -> Measurement {
    let measurement = measurer.measure_all(experiment, MEASURED).unwrap();
    for layer in &measurement.layers {
        let gradient = layer.gradient.as_ref().map(|gradient| &gradient.distribution);
        let weights = layer.weight_distribution.as_ref();
        for distribution in [Some(&layer.output), layer.pre_activation.as_ref(), gradient, weights] {
            let distribution = distribution.unwrap();
            let finite = distribution.count - distribution.non_finite();
            let masses: f64 = distribution.density.masses.iter().map(|mass| mass.share).sum();
            let binned = distribution.bins.total();
            assert!(binned <= finite, "{experiment:?}: {binned} of {finite}");
            if let Some((low, high)) = distribution.finite_range {
                let (from, to) = (distribution.bins.from, distribution.bins.to);
                assert!(binned == 0 || (from <= high && low <= to), "{experiment:?}: bins from {from} to {to}");
                assert!((0.0..=1.0 + 1e-9).contains(&masses), "{experiment:?}: {masses}");
                let quantiles = distribution.quantiles.unwrap();
                let is_whole = distribution.non_finite() == 0;
                let within = |quantile: &f64| !is_whole || (low..=high).contains(quantile);
                assert!(quantiles.iter().all(within), "{experiment:?}: {quantiles:?} of {low}..{high}");
            }
        }
    }
    measurement
}

#[test]
fn every_bias_is_counted_with_every_activation() {
    let mut measurer = Measurer::with_threads(1).unwrap();
    for activation in activations() {
        let all = extremes();
        // What is counted in bins does not ask which activation it is of.
        let few = if activation == Activation::Linear { all.len() } else { 6 };
        for bias in all.into_iter().take(few) {
            let experiment = Experiment { bias, ..small(Initializer::HeNormal { gain: 1.0 }, activation) };
            check(&mut measurer, &experiment);
        }
    }
}

#[test]
fn every_spread_of_the_biases_is_counted() {
    let mut measurer = Measurer::with_threads(1).unwrap();
    for bias_std in extremes().into_iter().filter(|&std| std > 0.0) {
        for bias in [0.0, LARGEST, -LARGEST] {
            for activation in [Activation::Relu, Activation::Tanh, Activation::Gelu, Activation::Linear] {
                let experiment =
                    Experiment { bias, bias_std, ..small(Initializer::HeNormal { gain: 1.0 }, activation) };
                check(&mut measurer, &experiment);
            }
        }
    }
}

/// Every number of every initializer at both ends of its range, the others as they are.
#[test]
fn every_parameter_of_an_initializer_is_counted() {
    let mut measurer = Measurer::with_threads(1).unwrap();
    let mut tried = 0;
    for initializer in Initializer::ALL {
        let mut default = initializer;
        for parameter in 0..default.parameters().len() {
            for value in extremes() {
                let mut changed = initializer;
                let mut parameters = changed.parameters();
                let initscope::experiment::Value::Number(number, range) = &mut parameters[parameter].value else {
                    break;
                };
                if !range.contains(value) {
                    continue;
                }
                **number = value;
                drop(parameters);
                if changed.check().is_err() {
                    continue;
                }
                let activation = [Activation::Relu, Activation::Gelu, Activation::Softplus][tried % 3];
                check(&mut measurer, &small(changed, activation));
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

/// Its fixed points and integrals end, whatever sizes they meet.
#[test]
fn theory_comes_to_an_end() {
    let mut measurer = Measurer::with_threads(1).unwrap();
    for activation in [Activation::Gelu, Activation::Tanh] {
        for gain in [3.4e38, 1e30, 1e-45] {
            let experiment = Experiment { widths: vec![8; 3], ..small(Initializer::Orthogonal { gain }, activation) };
            let measurement = measurer.measure_all(&experiment, Quantities::ALL).unwrap();
            assert!(measurement.has(Quantities::ALL), "{activation}, {gain}");
        }
    }
}

#[test]
fn every_quantity_can_be_drawn_however_extreme() {
    let mut measurer = Measurer::with_threads(1).unwrap();
    let fonts = Fonts::bundled();
    for bias in [-LARGEST, LARGEST, f64::from(f32::from_bits(1))] {
        for activation in [Activation::Relu, Activation::Softplus, Activation::Tanh] {
            let experiment = Experiment { bias, ..small(Initializer::HeNormal { gain: 1.0 }, activation) };
            let measurement = Arc::new(check(&mut measurer, &experiment));
            for quantity in Quantity::ALL {
                for (kind, axis) in [
                    (PlotShape::Violin, Scale::Linear),
                    (PlotShape::Histogram, Scale::Symlog),
                    (PlotShape::Box, Scale::Log),
                ] {
                    let view = View { quantity, shape: kind, scale: axis, range: AxisRange::Robust, ..View::default() };
                    let figure = Figure::new(Arc::clone(&measurement), view).unwrap();
                    let page = LayersContent::of(vec![figure]).page(&Sheet::default(), &fonts);
                    assert!(!page.items.is_empty());
                }
            }
        }
    }
}
