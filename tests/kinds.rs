//! Shapes on every axis show how many values are where: widths follow the statement under the plot, and boxes are NumPy's
//! quantiles.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Experiment, Inputs};
use initscope::figure::{Axis, AxisMap, Bend, Figure, FiveNumbers, Kind, Reach, Room, Scale, Shape, View};
use initscope::network::Limits;
use initscope::stats::{Distribution, Quantiles, Tally};

const FREE: Limits = Limits { lower: None, upper: None };
const COUNT: usize = 20_000;

/// Of the logistic law with this scale, around a mean, in order.
fn logistic(scale: f64, mean: f64) -> Vec<f32> {
    let share = |at: usize| (at as f64 + 0.5) / COUNT as f64;
    (0..COUNT).map(|at| (mean + scale * (share(at) / (1.0 - share(at))).ln()) as f32).collect()
}

fn distribution(values: &[f32]) -> Distribution {
    let tally = Tally::of(values, 1, FREE);
    let mut quantiles = Quantiles::of(&tally, FREE);
    while quantiles.known().is_none() {
        quantiles.add(values);
        quantiles = quantiles.next();
    }
    Distribution { quantiles: quantiles.known(), ..Distribution::of(&tally, FREE) }
}

/// A measurement whose layers have these values as outputs.
fn measurement(layers: &[Vec<f32>]) -> Arc<Measurement> {
    let article = Experiment::article();
    let inputs = Inputs { images: 20, ..article.inputs.clone() };
    let experiment = Experiment { inputs, widths: vec![4; layers.len()], ..article };
    let mut measurement = Measurer::new().unwrap().measure_all(&experiment, Quantities::GLANCE).unwrap();
    for (layer, values) in measurement.layers.iter_mut().zip(layers) {
        layer.output = distribution(values);
    }
    Arc::new(measurement)
}

fn figure(layers: &[Vec<f32>], view: View) -> Figure {
    Figure::new(measurement(layers), view).unwrap()
}

/// Three layers of very different size.
fn sizes() -> Vec<Vec<f32>> {
    vec![logistic(0.01, 0.0), logistic(1.0, 0.5), logistic(40.0, -3.0)]
}

/// The share of values between two heights of a layer's axis.
fn share(values: &[f32], axes: &AxisMap, layer: usize, (from, to): (f64, f64)) -> f64 {
    let heights = values.iter().map(|&value| axes.axis(layer).height(f64::from(value)));
    heights.filter(|height| (from..to).contains(height)).count() as f64 / values.len() as f64
}

/// The area of an outline between two heights.
fn area(points: &[(f64, f64)], (from, to): (f64, f64)) -> f64 {
    let slice = |pair: &[(f64, f64)]| {
        let ((low, one), (high, other)) = (pair[0], pair[1]);
        (high.min(to) - low.max(from)).max(0.0) * (one + other) / 2.0
    };
    points.windows(2).map(slice).sum()
}

fn outline(shape: &Shape) -> &[(f64, f64)] {
    let (Shape::Violin(points) | Shape::Ridge(points)) = shape else { panic!("it is no outline") };
    points
}

#[test]
fn areas_of_outlines_are_shares_of_the_values_on_every_axis() {
    let layers = sizes();
    for axis in [Axis::Linear, Axis::Symlog, Axis::Log] {
        for (kind, scale) in
            [(Kind::Violin, Scale::Shared), (Kind::Violin, Scale::PerLayer), (Kind::Ridgeline, Scale::Shared)]
        {
            let figure = figure(&layers, View { kind, axis, scale, ..View::default() });
            let axes = figure.axes();
            for (layer, shape) in figure.shapes(axes).iter().enumerate() {
                let all = area(outline(shape), (0.0, 1.0));
                for part in [(0.0, 0.3), (0.3, 0.5), (0.5, 0.62), (0.62, 0.8), (0.8, 1.0)] {
                    let (found, expected) =
                        (area(outline(shape), part) / all, share(&layers[layer], axes, layer, part));
                    assert!(
                        (found - expected).abs() < 0.02,
                        "{kind:?} {axis:?} {scale:?} layer {layer} {part:?}: {found}, {expected}"
                    );
                }
            }
        }
    }
}

#[test]
fn ridges_of_all_layers_have_the_same_area() {
    for axis in [Axis::Symlog, Axis::Log] {
        let figure = figure(&sizes(), View { kind: Kind::Ridgeline, axis, ..View::default() });
        let areas: Vec<_> = figure.shapes(figure.axes()).iter().map(|shape| area(outline(shape), (0.0, 1.0))).collect();
        assert!(areas.iter().all(|area| (area / areas[0] - 1.0).abs() < 0.02), "{axis:?}: {areas:?}");
    }
}

#[test]
fn bars_are_as_long_as_there_are_values_in_them_on_every_axis() {
    let layers = sizes();
    for axis in [Axis::Linear, Axis::Symlog, Axis::Log] {
        let figure = figure(&layers, View { kind: Kind::Histogram, axis, ..View::default() });
        for (layer, shape) in figure.shapes(figure.axes()).iter().enumerate() {
            let Shape::Histogram(bars) = shape else { panic!("it is a histogram") };
            let all: f64 = bars.iter().map(|bar| bar.2).sum();
            for &(from, to, length) in bars {
                let expected = share(&layers[layer], figure.axes(), layer, (from, to));
                assert!((length / all - expected).abs() < 2e-3, "{axis:?} {layer}: {} {expected}", length / all);
            }
        }
    }
}

/// NumPy's method "linear", of values in order; and how far the neighbours between which it lies are apart.
fn numpy(values: &[f64], level: f64) -> (f64, f64) {
    let position = level * (values.len() - 1) as f64;
    let (at, part) = (position as usize, position.fract());
    let gap = values[(at + 1).min(values.len() - 1)] - values[at];
    (values[at] + gap * part, gap)
}

#[test]
fn boxes_are_numpys_linear_quantiles() {
    let sorted = logistic(3.0, 1.0);
    let exact: Vec<f64> = sorted.iter().map(|&value| f64::from(value)).collect();
    let expected = [0.01, 0.25, 0.5, 0.75, 0.99].map(|level| numpy(&exact, level));
    let known = distribution(&sorted);
    let numbers = |values: &Distribution| {
        let five = FiveNumbers::of(values, Bend::Linear).unwrap();
        (five.is_exact, [five.low, five.first, five.median, five.third, five.high])
    };
    let (is_exact, found) = numbers(&known);
    assert!(is_exact && found.iter().zip(expected).all(|(found, (expected, _))| (found - expected).abs() < 1e-12));
    // Until they are known they are read off the bins.
    let (is_exact, found) = numbers(&Distribution { quantiles: None, ..known.clone() });
    let bin = known.bins.width();
    assert!(
        !is_exact && found.iter().zip(expected).all(|(found, (expected, gap))| (found - expected).abs() <= bin + gap)
    );
}

#[test]
fn a_box_of_sizes_is_that_of_the_absolute_values() {
    let values = logistic(3.0, 1.0);
    let mut sizes: Vec<f64> = values.iter().map(|&value| f64::from(value).abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let known = distribution(&values);
    let five = FiveNumbers::of(&known, Bend::LogSize).unwrap();
    for (found, level) in [(five.first, 0.25), (five.median, 0.5), (five.third, 0.75), (five.high, 0.99)] {
        let (expected, gap) = numpy(&sizes, level);
        assert!((found - expected).abs() <= 2.0 * known.bins.width() + gap, "{found} at {level}");
    }
}

#[test]
fn a_robust_axis_leaves_out_half_a_percent_at_either_end() {
    let layers = sizes();
    for axis in [Axis::Linear, Axis::Symlog, Axis::Log] {
        let figure = figure(&layers, View { reach: Reach::Robust, axis, ..View::default() });
        let outside = figure.outside(figure.axes());
        for side in [|out: &(f64, f64)| out.0, |out: &(f64, f64)| out.1] {
            let counted: f64 = outside.iter().map(side).sum();
            assert!((counted / (3 * COUNT) as f64 - 0.005).abs() < 5e-4, "{axis:?}: {outside:?}");
        }
        // What is counted is what lies there.
        for (layer, (below, above)) in outside.iter().enumerate() {
            let inside = share(&layers[layer], figure.axes(), layer, (0.0, 1.0));
            let counted = (below + above) / COUNT as f64;
            assert!((1.0 - inside - counted).abs() < 2e-3, "{axis:?} layer {layer}: {counted}, {}", 1.0 - inside);
        }
    }
}

#[test]
fn a_logarithm_is_of_sizes_only_where_values_are_negative() {
    let positive: Vec<f32> = logistic(1.0, 0.0).into_iter().map(|value| value.max(0.0)).collect();
    let view = View { axis: Axis::Log, ..View::default() };
    let of_positive = figure(&[positive], view);
    assert_eq!(of_positive.axes().axis(0).bend, Bend::Log);
    let (below, above) = of_positive.outside(of_positive.axes())[0];
    assert_eq!((below, above), (COUNT as f64 / 2.0, 0.0), "zeros have no place and are counted");
    assert!(of_positive.axis_labels(of_positive.axes())[0].starts_with("output h, log axis"));
    let of_both = figure(&[logistic(1.0, 0.0)], view);
    assert_eq!(of_both.axes().axis(0).bend, Bend::LogSize);
    assert!(of_both.axis_labels(of_both.axes())[0].starts_with("|output h|, log axis"));
}

#[test]
fn whatever_the_values_are_there_is_an_axis_and_nothing_is_drawn_off_it() {
    let states =
        [vec![0.0; 64], vec![f32::NAN; 64], vec![-2.5; 64], vec![f32::INFINITY; 64], vec![1e38, -1e38, 1e-38, 0.0]];
    for axis in [Axis::Linear, Axis::Symlog, Axis::Log] {
        for kind in [Kind::Violin, Kind::Histogram, Kind::Ridgeline, Kind::Box] {
            for (scale, reach) in [(Scale::Shared, Reach::All), (Scale::PerLayer, Reach::Robust)] {
                let view = View { kind, axis, scale, reach, ..View::default() };
                for layers in states.iter().map(std::slice::from_ref).chain([&states[..]]) {
                    let figure = figure(layers, view);
                    for (layer, shape) in figure.shapes(figure.axes()).iter().enumerate() {
                        let axis = figure.axes().axis(layer);
                        assert!(
                            axis.low() < axis.high() && axis.ticks(&Room::upright(400.0, 15.0, 50.0)).len() >= 2,
                            "{view:?}: {axis:?}"
                        );
                        let points: Vec<_> = match shape {
                            Shape::Violin(points) | Shape::Ridge(points) => points.clone(),
                            Shape::Histogram(bars) => {
                                bars.iter().flat_map(|bar| [(bar.0, bar.2), (bar.1, bar.2)]).collect()
                            }
                            Shape::Box(_) => Vec::new(),
                        };
                        let within =
                            |(height, width): &(f64, f64)| (-0.03..1.03).contains(height) && (0.0..2.0).contains(width);
                        assert!(points.iter().all(within), "{view:?}: {points:?}");
                    }
                }
            }
        }
    }
}
