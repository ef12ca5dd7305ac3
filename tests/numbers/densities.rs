//! Densities are true where it is known beforehand that they end or jump: at kinks of an activation, and at the limits of a
//! law of weights. And counts by size hold every value where it is.

use std::sync::Arc;

use initscope::activation::Limits;
use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Activation, Experiment, Initializer, Inputs};
use initscope::figure::{Figure, PlotShape, Quantity, Scale, Shape, View};
use initscope::network::{BLOCK, Scratch, Stage};
use initscope::stats::{Density, Distribution, Edges, Octaves, Tally};
use ndarray::ArrayView2;
use proptest::prelude::*;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution as _, StandardNormal};

fn experiment(activation: Activation, sigma: f64) -> Experiment {
    let article = Experiment::article();
    let inputs = Inputs { images: 200, ..article.inputs.clone() };
    let initializer = Initializer::RandomNormal { mean: 0.0, sigma };
    Experiment { inputs, activation, initializer, widths: vec![40; 3], ..article }
}

/// All outputs of every layer, from the least.
fn outputs(measurer: &mut Measurer, experiment: &Experiment) -> Vec<Vec<f32>> {
    let (network, source) = measurer.network_and_source(experiment).unwrap();
    let mut scratch = Scratch::new(&network);
    let mut layers = vec![Vec::new(); experiment.widths.len()];
    for first in (0..experiment.inputs.images).step_by(BLOCK) {
        let images = source.images(first..experiment.inputs.images.min(first + BLOCK));
        let keep = |kernel: usize, stage: Stage, values: ArrayView2<'_, f32>| {
            if stage == Stage::Output {
                layers[kernel].extend(values.iter().copied());
            }
            Ok(())
        };
        network.forward(images.view(), &mut scratch, keep).unwrap();
    }
    layers.iter_mut().for_each(|layer: &mut Vec<f32>| layer.sort_by(f32::total_cmp));
    layers
}

/// All activations, and those with a parameter where that matters most.
fn activations() -> Vec<Activation> {
    let more = [
        Activation::LeakyRelu { slope: 0.01 },
        Activation::LeakyRelu { slope: 0.001 },
        Activation::Elu { alpha: 0.1 },
        Activation::Celu { alpha: 0.1 },
        Activation::Celu { alpha: 0.01 },
    ];
    Activation::ALL.into_iter().chain(more).collect()
}

/// The share of the values below one that a density and its point masses have.
fn below(density: &Density, value: f64) -> f64 {
    let points: Vec<_> = density.values.iter().enumerate().map(|(at, value)| (density.position(at), *value)).collect();
    let slice = |pair: &[(f64, f64)]| {
        let ((from, one), (to, other)) = (pair[0], pair[1]);
        let end = to.min(value);
        let at_end = if to > from { one + (other - one) * (end - from) / (to - from) } else { one };
        if end > from { (end - from) * (one + at_end) / 2.0 } else { 0.0 }
    };
    let masses = density.masses.iter().filter(|mass| mass.at < value).map(|mass| mass.share);
    points.windows(2).map(slice).sum::<f64>() + masses.sum::<f64>()
}

#[test]
fn the_area_on_either_side_of_a_kink_is_the_share_of_the_values_there() {
    let mut measurer = Measurer::new().unwrap();
    for activation in activations() {
        // Where the slope changes, and what far pre-activations tend to.
        let kinks = match activation {
            Activation::HardSwish => vec![0.0, 3.0],
            Activation::HardSigmoid | Activation::Sigmoid => vec![0.5],
            // It has none, and its values pile up at no value but its limit.
            Activation::Softplus => Vec::new(),
            _ => vec![0.0],
        };
        for sigma in [0.1, 0.28] {
            let experiment = experiment(activation, sigma);
            let measurement = measurer.measure_all(&experiment, Quantities::GLANCE).unwrap();
            let values = outputs(&mut measurer, &experiment);
            for (layer, values) in measurement.layers.iter().zip(values) {
                for &kink in &kinks {
                    let expected = values.iter().filter(|&&value| f64::from(value) < kink).count() as f64;
                    let (found, expected) = (below(&layer.output.density, kink), expected / values.len() as f64);
                    // Where nothing jumps there a kernel goes across.
                    let jumps = activation.jumps().contains(&(kink as f32));
                    let most = if jumps { 1e-3 } else { 0.02 };
                    assert!(
                        (found - expected).abs() < most,
                        "{activation}, layer {}: {found} below {kink}, not {expected}",
                        layer.layer
                    );
                }
            }
        }
    }
}

#[test]
fn a_leaky_layer_is_drawn_by_shares_on_either_side() {
    let draws: Vec<f64> = StandardNormal.sample_iter(ChaCha8Rng::seed_from_u64(3)).take(50_000).collect();
    for slope in [0.2, 0.01] {
        let values: Vec<f32> = draws.iter().map(|&z| if z < 0.0 { (slope * z) as f32 } else { z as f32 }).collect();
        let limits = Limits { lower: None, upper: None };
        let tally = Tally::of(&values, 1, limits);
        let density = Distribution::within(&tally, limits, Edges::of(limits, &[0.0])).density;
        // Half a normal on either side, one of them narrower: 0.39894 at the kink above, so much over the slope below.
        let above = density.at(0.0);
        assert!((above / 0.398_94 - 1.0).abs() < 0.05, "{above}");
        let under = density.at(-1e-9);
        assert!((under / (0.398_94 / slope) - 1.0).abs() < 0.05, "{under}");
    }
}

fn figure(experiment: &Experiment, view: View) -> Figure {
    let measurement: Measurement = Measurer::new().unwrap().measure_all(experiment, view.quantities(false)).unwrap();
    Figure::new(Arc::new(measurement), view).unwrap()
}

#[test]
fn what_is_too_low_for_a_shape_is_a_bar_as_long_as_its_share() {
    let experiment = experiment(Activation::LeakyRelu { slope: 0.01 }, 0.28);
    let values = outputs(&mut Measurer::new().unwrap(), &experiment);
    for kind in [PlotShape::Violin, PlotShape::Ridgeline] {
        let figure = figure(&experiment, View { shape: kind, ..View::default() });
        for (index, column) in figure.columns_on(figure.axes()).iter().enumerate() {
            let negative =
                values[index].iter().filter(|&&value| value < 0.0).count() as f64 / values[index].len() as f64;
            let [bar] = column.masses[..] else { panic!("a bar for each layer: {:?}", column.masses) };
            assert!((bar.mass.share - negative).abs() < 1e-3, "{} not {negative}", bar.mass.share);
            let (from, to) = bar.range.unwrap();
            assert!((from / f64::from(values[index][0]) - 1.0).abs() < 1e-4 && to == 0.0, "from {from} to {to}");
        }
        // The rest has all the room.
        let shapes = figure.shapes(figure.axes());
        let widest = |shape: &Shape| {
            let (Shape::Violin(points) | Shape::Ridge(points)) = shape else { panic!("it is an outline") };
            points.iter().map(|point| point.1).fold(0.0, f64::max)
        };
        assert!(shapes.iter().any(|shape| widest(shape) > 0.85), "{kind:?}");
    }
}

#[test]
fn bounded_laws_of_weights_end_where_they_are_greatest() {
    let mut measurer = Measurer::new().unwrap();
    // The least and the greatest there are, and the density there: 1 / (2 limit), and a normal's over its share within the cut.
    let uniform = |limit: f64| (limit, 0.5 / limit, 0.08);
    // Where a density falls towards its end, a reflected kernel has what is a bandwidth before it, too.
    let cut = |std: f64| (2.0 * std, 0.053_991 / 0.954_5 / std, 0.2);
    let fan = 784.0_f64;
    let cases = [
        ("glorot_uniform", uniform((6.0 / (fan + 100.0)).sqrt())),
        ("random_uniform(minval=-0.05, maxval=0.05)", uniform(0.05)),
        ("kaiming_uniform", uniform((6.0 / fan).sqrt())),
        ("torch_linear_default", uniform((1.0 / fan).sqrt())),
        ("he_normal", cut((2.0 / fan).sqrt() / 0.879_625_661)),
        ("truncated_normal(stddev=0.05)", cut(0.05)),
        ("trunc_normal(mean=0, std=1, a=-2, b=2)", cut(1.0)),
    ];
    for (name, (limit, expected, most)) in cases {
        let initializer = Initializer::read(name).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let experiment = Experiment { initializer, widths: vec![100], ..experiment(Activation::Relu, 0.1) };
        let view = View { quantity: Quantity::Weights, ..View::default() };
        let measurement = measurer.measure_all(&experiment, view.quantities(false)).unwrap();
        let density = &measurement.layers[0].weight_distribution.as_ref().unwrap().density;
        assert!((density.to / limit - 1.0).abs() < 1e-3, "{name}: {} of {limit}", density.to);
        for found in [density.values[0], density.values[Density::POINTS - 1]] {
            assert!((found / expected - 1.0).abs() < most, "{name}: {found} at the limit, not {expected}");
        }
    }
}

/// However it was reached: on one thread or three, more images later, another sigma before, the axis chosen afterwards.
#[test]
fn counts_by_size_are_the_same_however_they_were_reached() {
    let wanted = Quantities { pre_activations: true, gradients: true, sizes: true, ..Quantities::OUTPUTS };
    let all = |measurement: &Measurement| {
        let of = |layer: &initscope::engine::LayerMeasurement| {
            let gradient = &layer.gradient.as_ref().unwrap().distribution;
            [&layer.output, layer.pre_activation.as_ref().unwrap(), gradient]
                .map(|values| values.sizes.clone().unwrap())
        };
        measurement.layers.iter().map(of).collect::<Vec<_>>()
    };
    for activation in [Activation::Relu, Activation::Tanh] {
        let experiment = experiment(activation, 0.3);
        let cold = all(&Measurer::with_threads(1).unwrap().measure_all(&experiment, wanted).unwrap());
        let mut measurer = Measurer::with_threads(3).unwrap().keeping(5_000);
        let few = Inputs { images: 70, ..experiment.inputs.clone() };
        let before = Experiment { inputs: few, ..self::experiment(activation, 0.1) };
        measurer.measure_all(&before, Quantities::GLANCE).unwrap();
        measurer.measure_all(&before, wanted).unwrap();
        measurer.measure_all(&experiment, Quantities::OUTPUTS).unwrap();
        let measurement = measurer.measure_all(&experiment, wanted).unwrap();
        assert!(measurement.has(wanted));
        assert_eq!(all(&measurement), cold, "{activation}");
    }
}

#[test]
fn no_view_with_a_linear_axis_asks_for_counts_by_size() {
    for kind in [PlotShape::Violin, PlotShape::Histogram, PlotShape::Ridgeline, PlotShape::Box] {
        for (axis, asks) in [(Scale::Linear, false), (Scale::Symlog, true), (Scale::Log, true)] {
            assert_eq!(View { shape: kind, scale: axis, ..View::default() }.quantities(true).sizes, asks);
        }
    }
}

proptest! {
    #[test]
    fn counts_by_size_hold_every_value_where_it_is(values in prop::collection::vec(any_value(), 2..300)) {
        let limits = Limits { lower: Some(-1.0), upper: None };
        let tally = Tally::of(&values, 1, limits);
        let mut octaves = Octaves::default();
        values.chunks(7).for_each(|values| {
            let mut more = Octaves::default();
            more.add(values);
            octaves.merge(&more);
        });
        let sizes = octaves.sizes(&tally, limits);
        let least = values.iter().filter(|value| **value != 0.0).map(|value| value.abs()).fold(f32::INFINITY, f32::min);
        prop_assert_eq!(sizes.least, f64::from(least));
        let distribution = Distribution { sizes: Some(sizes), ..Distribution::of(&tally, limits) };
        if distribution.density.values.is_empty() {
            return Ok(());
        }
        let cells = distribution.cells();
        prop_assert!(cells.edges.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", cells.edges);
        let spread = || values.iter().filter(|value| value.is_finite() && ![0.0, -1.0].contains(*value)).map(|&value| f64::from(value));
        prop_assert_eq!(cells.counts.iter().sum::<u64>() as usize, spread().count());
        for (from, to, count) in cells.iter() {
            // What is negative is counted by its size: its bins begin below.
            let inside = |value: f64| if from >= 0.0 { (from..to).contains(&value) } else { value > from && value <= to || value == from };
            let expected = spread().filter(|&value| inside(value)).count() as u64;
            prop_assert!(count.abs_diff(expected) <= spread().filter(|&value| value == from || value == to).count() as u64);
        }
    }
}

/// Of all sizes there are.
fn any_value() -> impl Strategy<Value = f32> {
    prop_oneof![
        4 => -3.0_f32..3.0,
        4 => any::<f32>().prop_filter("a finite number", |value| value.is_finite()),
        2 => prop::sample::select(vec![f32::MAX, f32::MIN, f32::MIN_POSITIVE, -f32::MIN_POSITIVE, f32::from_bits(1), 0.0, -0.0, -1.0]),
    ]
}
