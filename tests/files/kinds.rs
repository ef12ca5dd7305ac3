//! Shapes on every axis show how many values are where: widths follow the statement under the plot, and boxes are NumPy's
//! quantiles.

use std::sync::Arc;

use initscope::activation::Limits;
use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Experiment, Inputs};
use initscope::figure::{Axes, AxisMap, AxisRange, Bend, Figure, FiveNumbers, PlotShape, Room, Scale, Shape, View};
use initscope::layout::{Content as _, Data, Entry, LayersContent};
use initscope::stats::{Distribution, Octaves, Quantiles, Tally};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution as _, StandardNormal};

const FREE: Limits = Limits { lower: None, upper: None };
const COUNT: usize = 20_000;

/// Of the logistic law with this scale, around a mean, in order.
fn logistic(scale: f64, mean: f64) -> Vec<f32> {
    let share = |at: usize| (at as f64 + 0.5) / COUNT as f64;
    (0..COUNT).map(|at| (mean + scale * (share(at) / (1.0 - share(at))).ln()) as f32).collect()
}

fn distribution(values: &[f32]) -> Distribution {
    let tally = Tally::of(values, 1, FREE);
    let known = |mut quantiles: Quantiles| {
        while quantiles.known().is_none() {
            quantiles.add(values);
            quantiles = quantiles.next();
        }
        quantiles.known()
    };
    let quantiles = known(Quantiles::of(&tally, FREE));
    let mut octaves = Octaves::default();
    octaves.add(values);
    let mut sizes = octaves.sizes(&tally, FREE);
    sizes.quantiles = known(Quantiles::of_sizes(&tally, FREE));
    Distribution { quantiles, sizes: Some(sizes), ..Distribution::of(&tally, FREE) }
}

fn normal_draws(count: usize, seed: u64) -> Vec<f64> {
    StandardNormal.sample_iter(ChaCha8Rng::seed_from_u64(seed)).take(count).collect()
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
    for axis in [Scale::Linear, Scale::Symlog, Scale::Log] {
        for (kind, scale) in
            [(PlotShape::Violin, Axes::Shared), (PlotShape::Violin, Axes::Own), (PlotShape::Ridgeline, Axes::Shared)]
        {
            let figure = figure(&layers, View { shape: kind, scale: axis, axes: scale, ..View::default() });
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
    for axis in [Scale::Symlog, Scale::Log] {
        let figure = figure(&sizes(), View { shape: PlotShape::Ridgeline, scale: axis, ..View::default() });
        let areas: Vec<_> = figure.shapes(figure.axes()).iter().map(|shape| area(outline(shape), (0.0, 1.0))).collect();
        assert!(areas.iter().all(|area| (area / areas[0] - 1.0).abs() < 0.02), "{axis:?}: {areas:?}");
    }
}

#[test]
fn bars_are_as_long_as_there_are_values_in_them_on_every_axis() {
    let layers = sizes();
    for axis in [Scale::Linear, Scale::Symlog, Scale::Log] {
        let figure = figure(&layers, View { shape: PlotShape::Histogram, scale: axis, ..View::default() });
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
    for (found, level) in
        [(five.low, 0.01), (five.first, 0.25), (five.median, 0.5), (five.third, 0.75), (five.high, 0.99)]
    {
        let (expected, _) = numpy(&sizes, level);
        assert!((found - expected).abs() <= 1e-12 * expected, "{found} at {level}, not {expected}");
    }
    assert_eq!((five.is_exact, five.ends), (true, (sizes[0], sizes[COUNT - 1])));
    // Until they are known they are read off the bins.
    let five = FiveNumbers::of(&Distribution { quantiles: None, sizes: None, ..known.clone() }, Bend::LogSize).unwrap();
    for (found, level) in [(five.first, 0.25), (five.median, 0.5), (five.third, 0.75), (five.high, 0.99)] {
        let (expected, gap) = numpy(&sizes, level);
        assert!((found - expected).abs() <= 2.0 * known.bins.width() + gap, "{found} at {level}");
    }
}

/// What is drawn of a figure, as numbers.
fn data(figure: &Figure) -> Data {
    LayersContent::of(vec![figure.clone()]).data()
}

/// What a figure's rows say of a layer: (value, second value, amount, width) of every row of this kind.
fn rows(data: &Data, layer: usize, mark: &str) -> Vec<[f64; 4]> {
    let is_wanted = |row: &&Vec<Entry>| {
        row[1] == Entry::Whole(layer as u64 + 1) && matches!(row[2], Entry::Word(word) if word == mark)
    };
    let number = |entry: &Entry| if let Entry::Number(number) = entry { *number } else { f64::NAN };
    data.rows.iter().filter(is_wanted).map(|row| [3, 4, 5, 6].map(|at| number(&row[at]))).collect()
}

/// Values over twenty decades, of both signs, some of them zero: their logarithms are normal.
fn over_many_decades() -> Vec<f32> {
    let normal = normal_draws(40_000, 1);
    let value = |(at, z): (usize, f64)| match at % 10 {
        0 => 0.0,
        at if at % 3 == 0 => -10_f64.powf(3.0 * z - 4.0) as f32,
        _ => 10_f64.powf(3.0 * z - 4.0) as f32,
    };
    normal.into_iter().enumerate().map(value).collect()
}

/// Of each shape of values a logarithmic axis is for.
fn of_many_sizes() -> Vec<Vec<f32>> {
    let normal = normal_draws(40_000, 2);
    let of = |f: &dyn Fn(f64) -> f64| normal.iter().map(|&z| f(z) as f32).collect::<Vec<_>>();
    vec![
        over_many_decades(),
        of(&|z| 1.6e-4 * z * z * z),
        of(&|z| (12.0 * z).exp()),
        of(&|z| z / (1.0 + (-8.0 * z).exp())),
        of(&|z| 1e-41 * z),
        of(&|z| 1.0 + 1e-4 * z),
        of(&|z| if z < 0.0 { 0.01 * z } else { z }),
    ]
}

#[test]
fn densities_on_a_logarithmic_axis_are_histograms_of_the_logarithms() {
    for (number, values) in of_many_sizes().into_iter().enumerate() {
        let figure = figure(std::slice::from_ref(&values), View { scale: Scale::Log, ..View::default() });
        let rows = rows(&data(&figure), 0, "density");
        let points: Vec<_> = rows.iter().map(|row| (row[0].log10(), row[2])).collect();
        let logarithms: Vec<f64> =
            values.iter().filter(|value| **value != 0.0).map(|value| f64::from(value.abs()).log10()).collect();
        let all = values.len() as f64;
        let total = area(&points, (-99.0, 99.0));
        assert!((total - logarithms.len() as f64 / all).abs() < 2e-3, "{number}: {total}");
        for decade in -45..39 {
            let ends = (f64::from(decade), f64::from(decade + 1));
            let expected = logarithms.iter().filter(|&&log| log >= ends.0 && log < ends.1).count() as f64 / all;
            let found = area(&points, ends);
            assert!(
                expected < 0.01 || (found / expected - 1.0).abs() < 0.1,
                "{number}, 1e{decade}: {found} {expected}"
            );
        }
    }
}

#[test]
fn densities_on_a_symlog_axis_are_histograms_of_its_places() {
    for (number, values) in of_many_sizes().into_iter().enumerate() {
        let figure = figure(std::slice::from_ref(&values), View { scale: Scale::Symlog, ..View::default() });
        let Bend::Symlog { linear } = figure.axes().axis(0).bend else { panic!("it is symlog") };
        let place = |value: f64| {
            let size = value.abs() / linear;
            if size <= 1.0 { value / linear } else { (1.0 + size.ln()).copysign(value) }
        };
        let points: Vec<_> = rows(&data(&figure), 0, "density").iter().map(|row| (place(row[0]), row[2])).collect();
        let zeros = values.iter().filter(|value| **value == 0.0).count();
        let total = area(&points, (-99.0, 99.0));
        assert!((total + zeros as f64 / values.len() as f64 - 1.0).abs() < 2e-3, "{number}: {total}");
    }
}

#[test]
fn bars_and_what_stands_beside_the_axis_hold_every_value() {
    for values in of_many_sizes() {
        for axis in [Scale::Linear, Scale::Log, Scale::Symlog] {
            for reach in [AxisRange::All, AxisRange::Robust] {
                let view = View { shape: PlotShape::Histogram, scale: axis, range: reach, ..View::default() };
                let figure = figure(std::slice::from_ref(&values), view);
                let data = data(&figure);
                let sum = |mark: &str| rows(&data, 0, mark).iter().map(|row| row[2]).sum::<f64>();
                let has_place = figure.axes().axis(0).height(0.0).is_finite();
                let exact = if has_place { sum("exactly") * values.len() as f64 } else { 0.0 };
                let beside = [sum("below_axis"), sum("above_axis")];
                let held = sum("bar") + beside[0] + beside[1] + exact;
                assert!((held - values.len() as f64).abs() <= 2.0, "{view:?}: {held} of {}", values.len());
                if reach == AxisRange::Robust && axis == Scale::Log {
                    // Half a percent of those with a place at either end, counted by value.
                    let ends = (rows(&data, 0, "below_axis")[0][0], rows(&data, 0, "above_axis")[0][0]);
                    let sizes = || values.iter().map(|value| f64::from(value.abs()));
                    let few = 0.005 * sizes().filter(|size| *size > 0.0).count() as f64;
                    let zeros = sizes().filter(|size| *size == 0.0).count() as f64;
                    let below = sizes().filter(|size| *size < ends.0).count() as f64;
                    let above = sizes().filter(|size| *size > ends.1).count() as f64;
                    for (label, truth, expected) in [(beside[0], below, zeros + few), (beside[1], above, few)] {
                        assert!((label - truth).abs() <= 0.1 * few, "{label} is said, {truth} are there");
                        assert!((truth - expected).abs() <= 0.1 * few, "{truth} are left out, not {expected}");
                    }
                }
            }
        }
    }
}

/// A share at two exact values and the rest evenly between them.
fn between_limits(spread: usize) -> Vec<f32> {
    let exact = (0..COUNT - spread).map(|at| if at % 2 == 0 { -1.0 } else { 1.0 });
    exact.chain((0..spread).map(|at| (at as f32 + 0.5) / spread as f32 * 1.9 - 0.95)).collect()
}

#[test]
fn a_shape_of_few_values_is_narrow_beside_bars_of_nearly_all() {
    let limits = Limits { lower: Some(-1.0), upper: Some(1.0) };
    let widest = |spread: usize, kind: PlotShape| {
        let values = between_limits(spread);
        let mut measurement = (*measurement(&[vec![0.0]])).clone();
        measurement.layers[0].output = Distribution::of(&Tally::of(&values, 1, limits), limits);
        let figure = Figure::new(Arc::new(measurement), View { shape: kind, ..View::default() }).unwrap();
        match &figure.shapes(figure.axes())[0] {
            Shape::Violin(points) | Shape::Ridge(points) => points.iter().map(|point| point.1).fold(0.0, f64::max),
            Shape::Histogram(bars) => bars.iter().map(|bar| bar.2).fold(0.0, f64::max),
            Shape::Box(five) => five.unwrap().breadth,
        }
    };
    for kind in [PlotShape::Violin, PlotShape::Histogram, PlotShape::Box, PlotShape::Ridgeline] {
        let full = widest(COUNT / 2, kind);
        assert_eq!(widest(COUNT / 4, kind), full, "{kind:?}: a usual share is as broad as there is room for");
        // In proportion to their share: a tenth of a percent is a hair.
        for (share, part) in [(0.1, 0.4), (0.01, 0.04), (0.001, 0.004)] {
            let found = widest((COUNT as f64 * share) as usize, kind) / full;
            assert!((found / part - 1.0).abs() < 0.01, "{kind:?} of {share}: {found}");
        }
    }
}

#[test]
fn a_robust_axis_leaves_out_half_a_percent_at_either_end() {
    let layers = sizes();
    for axis in [Scale::Linear, Scale::Symlog, Scale::Log] {
        let figure = figure(&layers, View { range: AxisRange::Robust, scale: axis, ..View::default() });
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
    let view = View { scale: Scale::Log, ..View::default() };
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
    for axis in [Scale::Linear, Scale::Symlog, Scale::Log] {
        for kind in [PlotShape::Violin, PlotShape::Histogram, PlotShape::Ridgeline, PlotShape::Box] {
            for (scale, reach) in [(Axes::Shared, AxisRange::All), (Axes::Own, AxisRange::Robust)] {
                let view = View { shape: kind, scale: axis, axes: scale, range: reach, ..View::default() };
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
