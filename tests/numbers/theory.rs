//! Mean-field theory says what the papers say, and what wide networks do.

use std::collections::BTreeMap;
use std::f64::consts::{FRAC_1_PI, PI};
use std::path::Path;

use initscope::dataset::Dataset;
use initscope::experiment::{Activation, Data, Split};
use initscope::theory::{
    Coverage, Draws, EdgeOfChaos, FixedPoint, ImageMoments, Kernel, LayerPrediction, Phi, WideNetwork, born_dead,
    edge_of_chaos, expect, expect_pair, moments, phi, predict,
};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;
use serde::Deserialize;

// Expectations

/// The reference gives six decimals.
#[test]
fn moments_of_activations() {
    let cases: [(&str, At, f64, f64); 8] = [
        ("relu", phi::relu, 0.5, 0.583819),
        ("tanh", phi::tanh, 0.394294, 0.627929),
        ("sigmoid", phi::sigmoid, 0.293379, 0.208276),
        ("gelu", phi::gelu, 0.425221, 0.587915),
        ("selu", phi::selu, 1.0, 1.0),
        ("elu", |z| phi::elu(z, 1.0), 0.644945, 0.786879),
        ("silu", phi::silu, 0.355776, 0.559538),
        ("softsign", phi::softsign, 0.183014, 0.427801),
    ];
    for (name, at, square, std) in cases {
        let found = moments(&function(at), 0.0, 1.0);
        near(name, found.square, square, 6e-7);
        near(name, found.variance.sqrt(), std, 6e-7);
    }
}

#[test]
fn rectified_moments_are_exact_at_any_scale() {
    for exponent in (-300..=300).step_by(20) {
        let q = 10.0_f64.powi(exponent);
        let found = moments(&Activation::Relu, 0.0, q);
        relative("E[relu]", found.mean, (q / (2.0 * PI)).sqrt(), 1e-10);
        relative("E[relu^2]", found.square, q / 2.0, 1e-10);
        relative("Var relu", found.variance, q * (0.5 - 0.5 / PI), 1e-10);
        relative("E[relu'^2]", found.slope_square, 0.5, 1e-10);
        let leaky = moments(&function(|z| phi::leaky_relu(z, 0.2)), 0.0, q);
        relative("E[leaky^2]", leaky.square, q * (1.0 + 0.04) / 2.0, 1e-10);
    }
    // Below its mean by 5 standard deviations: E[relu] = s (density(5) - 5 upper tail(5)).
    let found = moments(&Activation::Relu, -5.0, 1.0);
    let tail = 0.5 * libm::erfc(5.0 / 2.0_f64.sqrt());
    relative("a tail", found.mean, (-12.5_f64).exp() / (2.0 * PI).sqrt() - 5.0 * tail, 1e-8);
    relative("a tail's slope", found.slope_mean, tail, 1e-10);
}

/// Where the argument is huge against the transition, E[g(sqrt(q) z)] tends to the density at 0 over sqrt(q) times the
/// integral of g, with a relative error of order 1/q.
#[test]
fn narrow_transitions_are_resolved() {
    for exponent in [24, 60, 150, 300] {
        let q = 10.0_f64.powi(exponent);
        let density = 1.0 / (2.0 * PI * q).sqrt();
        let slope = |at: fn(f64) -> (f64, f64)| moments(&function(at), 0.0, q).slope_square;
        relative("tanh", slope(phi::tanh), density * 4.0 / 3.0, 1e-10);
        relative("sigmoid", slope(phi::sigmoid), density / 6.0, 1e-10);
        relative("softsign", slope(phi::softsign), density * 2.0 / 3.0, 1e-10);
        relative("saturated", moments(&Activation::Tanh, 0.0, q).square, 1.0, 1e-10);
    }
    for exponent in [-300, -150, -60, -24] {
        let q = 10.0_f64.powi(exponent);
        relative("linear", moments(&Activation::Tanh, 0.0, q).square, q, 1e-10);
        relative("half", moments(&Activation::Sigmoid, 0.0, q).mean, 0.5, 1e-10);
    }
    relative("no variance", moments(&Activation::Tanh, 0.5, 0.0).mean, 0.5_f64.tanh(), 0.0);
}

/// Stein's lemma, E[z f(s z)] = s E[f'(s z)], ties every derivative to its function and one integral to another.
#[test]
fn expectations_obey_steins_lemma() {
    for (name, phi) in all() {
        for (mean, std) in [(0.0, 1e-6), (0.0, 0.03), (0.0, 0.7), (-0.4, 1.0), (1.3, 2.5), (0.0, 40.0), (5.0, 3000.0)] {
            let [left, slope, size] = expect(mean, std, &phi.kinks, |u| {
                let (value, slope) = phi.at(u);
                let z = (u - mean) / std;
                [z * value, slope, (z * value).abs()]
            });
            near(&format!("{name} {mean} {std}"), left, std * slope, 1e-13 * size.max(std * slope.abs()));
        }
    }
}

#[test]
fn activations_agree_with_the_engines() {
    for activation in Activation::ALL {
        for step in -200..=200 {
            let z = f64::from(step) / 10.0;
            let mut value = [z as f32];
            activation.apply(&mut value);
            near(activation.name(), Phi::at(&activation, z).0, f64::from(value[0]), 1e-6 * z.abs().max(1.0));
        }
    }
}

#[test]
fn pairs_of_kinked_activations() {
    for correlation in [-1.0, -0.999_999, -0.5, 0.0, 0.3, 0.9, 0.999, 0.999_999_9, 1.0] {
        for q in [1e-12, 1.0, 1e12] {
            let product = expect_pair(q, correlation, &[], |u| phi::relu(u).0);
            let expected = relu_correlation(correlation) / 2.0;
            near(&format!("{correlation} {q}"), product / q, expected, 1e-10);
            let slopes = expect_pair(q, correlation, &[], |u| phi::relu(u).1);
            near(&format!("{correlation} {q}"), slopes, (PI - correlation.acos()) / (2.0 * PI), 1e-10);
        }
    }
}

/// What is known in closed form is what the integral comes to.
#[test]
fn pairs_of_ramps_have_a_closed_form() {
    for ramp in [Activation::Linear, Activation::Relu, Activation::LeakyRelu { slope: 0.2 }] {
        for correlation in [-1.0, -0.6, 0.0, 0.3, 0.9, 0.999, 1.0] {
            let found = ramp.pair_means(2.5, correlation).unwrap();
            let values = expect_pair(2.5, correlation, &[], |z| ramp.at(z).0);
            let slopes = expect_pair(2.5, correlation, &[], |z| ramp.at(z).1);
            near(&format!("{} {correlation}", ramp.name()), found.values, values, 1e-10);
            near(&format!("{} {correlation}", ramp.name()), found.slopes, slopes, 1e-10);
        }
    }
}

/// It took a square of ever more panels, seconds of gelu, the larger the std. The closed forms are relu's (Cho and Saul 2009), and
/// Sheppard's for the signs that tanh comes to.
#[test]
fn pairs_take_as_long_at_any_scale() {
    for exponent in [-40, -3, 3, 8, 12, 14, 20, 40, 76, 154, 230] {
        let q = 10.0_f64.powi(exponent);
        for correlation in [-0.8, 0.0, 0.5, 0.99] {
            let asked = std::cell::Cell::new(0_u32);
            let counted = |at: fn(f64) -> (f64, f64)| {
                let asked = &asked;
                move |z| {
                    asked.set(asked.get() + 1);
                    at(z).0
                }
            };
            let product = expect_pair(q, correlation, &[], counted(phi::relu));
            near(&format!("relu {correlation} {q}"), product / q, relu_correlation(correlation) / 2.0, 1e-10);
            assert!(asked.replace(0) < 900_000, "{} values of phi at q = {q}", asked.get());
            if exponent >= 20 {
                let gelu = expect_pair(q, correlation, &[], counted(phi::gelu));
                near(&format!("gelu {correlation} {q}"), gelu / q, relu_correlation(correlation) / 2.0, 1e-9);
                let sign = expect_pair(q, correlation, &[], counted(phi::tanh));
                near(&format!("tanh {correlation} {q}"), sign, 2.0 * FRAC_1_PI * f64::asin(correlation), 1e-9);
            }
        }
    }
}

/// Price's theorem, d/dc E[f(u) f(v)] = variance E[f'(u) f'(v)].
#[test]
fn pairs_obey_prices_theorem() {
    for (name, phi) in all() {
        for (q, correlation) in [(0.1, 0.3), (2.0, -0.7), (30.0, 0.9)] {
            let product = |correlation| expect_pair(q, correlation, &phi.kinks, |u| phi.at(u).0);
            let step = 1e-4;
            let slope = (product(correlation + step) - product(correlation - step)) / (2.0 * step);
            let expected = q * expect_pair(q, correlation, &phi.kinks, |u| phi.at(u).1);
            near(&format!("{name} {q} {correlation}"), slope, expected, 1e-6 * expected.abs().max(product(1.0)));
        }
    }
}

// Fixed points

#[test]
fn critical_points_of_tanh() {
    let cases = [
        (0.0, 1.0, 0.0),
        (0.01, 1.424205, 0.273301),
        (0.05, 1.760955, 0.570048),
        (0.1, 1.986073, 0.805799),
        (0.3, 2.505127, 1.461169),
    ];
    for (bias_variance, weight_variance, q) in cases {
        let edge = edge_of_chaos(&Activation::Tanh, bias_variance).unwrap();
        near("sigma_w^2", edge.weight_variance, weight_variance, 6e-7);
        near("q*", edge.q, q, 6e-7);
        let network = WideNetwork { phi: &Activation::Tanh, weight_variance: edge.weight_variance, bias_variance };
        near("chi1", network.chi1(edge.q), 1.0, 1e-10);
        let FixedPoint::At(found) = network.fixed_point() else { panic!("{:?}", network.fixed_point()) };
        near("q* again", found, q, 6e-7);
    }
}

#[test]
fn tanh_with_a_bias() {
    for (sigma, q, q_digit, chi1) in
        [(1.3, 0.60705, 6e-6, 0.9398), (2.5, 4.0791, 6e-5, 1.5852), (4.0, 12.604, 6e-4, 2.3673)]
    {
        let network = WideNetwork { phi: &Activation::Tanh, weight_variance: sigma * sigma, bias_variance: 0.09 };
        let FixedPoint::At(found) = network.fixed_point() else { panic!("{:?}", network.fixed_point()) };
        near("q*", found, q, q_digit);
        near("chi1", network.chi1(found), chi1, 6e-5);
        depths_are_those_of_the_maps(&network, found);
    }
}

/// Far down, distances shrink per layer by exp(-1 / xi).
fn depths_are_those_of_the_maps(network: &WideNetwork<'_, Activation>, q: f64) {
    let off = |distance: f64| (network.variance_map(q * (1.0 + distance)) / q - 1.0) / distance;
    near("xi_q", off(1e-5), (-1.0 / network.variance_depth(q)).exp(), 1e-4);
    let fixed = network.fixed_correlation(q);
    near("c*", network.correlation_map(q, fixed), fixed, 1e-9);
    let shrunk = (fixed - network.correlation_map(q, fixed - 1e-4)) / 1e-4;
    near("xi_c", shrunk, (-1.0 / network.correlation_depth(q)).exp(), 1e-3);
    assert_eq!(fixed == 1.0, network.chi1(q) < 1.0);
}

#[test]
fn relu_is_critical_at_two() {
    let network =
        |weight_variance, bias_variance| WideNetwork { phi: &Activation::Relu, weight_variance, bias_variance };
    let EdgeOfChaos { weight_variance, q } = edge_of_chaos(&Activation::Relu, 0.0).unwrap();
    near("sigma_w^2", weight_variance, 2.0, 1e-10);
    near("q", q, 0.0, 0.0);
    assert_eq!(edge_of_chaos(&Activation::Relu, 0.1), None);
    assert_eq!(network(2.0, 0.0).fixed_point(), FixedPoint::Everywhere);
    assert_eq!(network(2.1, 0.0).fixed_point(), FixedPoint::Diverges);
    assert_eq!(network(1.9, 0.0).fixed_point(), FixedPoint::At(0.0));
    let FixedPoint::At(q) = network(1.0, 0.3).fixed_point() else { panic!("q = .3 / (1 - 1/2)") };
    near("q", q, 0.6, 1e-12);
    assert_eq!(network(2.0, 0.0).variance_depth(1.0), f64::INFINITY);
    assert_eq!(network(2.0, 0.0).correlation_depth(1.0), f64::INFINITY);
}

#[test]
fn relu_brings_images_together() {
    let network = WideNetwork { phi: &Activation::Relu, weight_variance: 2.0, bias_variance: 0.0 };
    let mut found = vec![0.0];
    for layer in 1..=50 {
        found.push(network.correlation_map(1.0, found[layer - 1]));
    }
    for (layer, expected) in [(1, FRAC_1_PI), (2, 0.49373), (3, 0.60483), (10, 0.87154), (50, 0.98786)] {
        near(&format!("layer {layer}"), found[layer], expected, 6e-6);
    }
}

#[test]
fn self_normalizing() {
    let selu = function(phi::selu);
    let network = WideNetwork { phi: &selu, weight_variance: 1.0, bias_variance: 0.0 };
    let FixedPoint::At(q) = network.fixed_point() else { panic!("{:?}", network.fixed_point()) };
    near("q*", q, 1.0, 1e-9);
}

// Layers

#[test]
fn cs231n() {
    let widths = vec![500; 12];
    let row = |weight_std: f64| -> Vec<f64> {
        let image = ImageMoments { mean: 0.0, mean_square: 1.0 };
        let layers = predict(&Activation::Tanh, &kernels(&widths, |_, _| weight_std), &[image], None);
        layers.iter().map(|layer| layer.output_std).collect()
    };
    let expected = [0.6279, 0.4863, 0.4082, 0.3576, 0.3216, 0.2944, 0.2729, 0.2554, 0.2409, 0.2285];
    for (found, expected) in row(500.0_f64.sqrt().recip()).iter().zip(expected) {
        relative("1 / sqrt(500)", *found, expected, 0.02);
    }
    for (found, expected) in row(0.01).iter().zip([0.2135, 0.0476, 0.0107, 0.0024, 0.0005]) {
        near("0.01", *found, expected, 0.02 * expected + 5e-5);
    }
}

#[derive(Deserialize)]
struct Case {
    logit_gradient_l2: Entry,
    layers: Vec<BTreeMap<String, Entry>>,
}

#[derive(Clone, Copy, Deserialize)]
struct Entry {
    mean: f64,
}

/// Five layers of 100 on MNIST, means of 20 seeds: off by the tables' standard errors (.5 to 2 %), and by finite width.
#[test]
fn seed_tables() {
    let tables: BTreeMap<String, BTreeMap<String, Case>> = fixture("seed_tables.json");
    let images = images(1000);
    for activation in [Activation::Sigmoid, Activation::Tanh, Activation::Relu] {
        for (initializer, case) in &tables[activation.name()] {
            let weight_std = |fan_in: usize, fan_out: usize| match initializer.as_str() {
                "glorot_normal" => (2.0 / (fan_in + fan_out) as f64).sqrt(),
                "he_normal" => (2.0 / fan_in as f64).sqrt(),
                normal => normal.strip_prefix("normal_").unwrap().parse().unwrap(),
            };
            let kernels = kernels(&[784, 100, 100, 100, 100, 100, 10], weight_std);
            let anchor = case.logit_gradient_l2.mean;
            let layers = predict(&activation, &kernels, &images, Some(anchor));
            // Relu's fluctuations multiply from layer to layer; the tables' own standard errors reach 4 %.
            let [std_limit, gradient_limit] =
                if activation == Activation::Relu { [0.095, 0.03] } else { [0.032, 0.035] };
            for (index, layer) in layers.iter().enumerate().take(5) {
                let name = |figure: &str| format!("{} {initializer} layer {} {figure}", activation.name(), index + 1);
                let table = |key: &str| case.layers[index][key].mean;
                let [mean, std] = ["mean", "std"].map(table);
                relative(&name("z"), layer.pre_activation_std, table("z_std"), std_limit);
                near(&name("mean"), layer.output_mean, mean, std_limit * std);
                relative(&name("std"), layer.output_std, std, std_limit);
                relative(&name("gradient"), layer.gradient_l2.unwrap(), table("grad_z_l2"), gradient_limit);
            }
            relative("anchor", layers[5].gradient_l2.unwrap(), anchor, 1e-12);
        }
    }
}

fn fixture<T: for<'a> Deserialize<'a>>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn images(count: usize) -> Vec<ImageMoments> {
    let data = Dataset::load(&Data::Mnist, Split::Test).unwrap();
    let pixels = data.pixels(0..count);
    pixels.chunks(784).map(|image| ImageMoments::of(image.iter().map(|&pixel| f64::from(pixel) / 255.0))).collect()
}

fn kernels(widths: &[usize], weight_std: impl Fn(usize, usize) -> f64) -> Vec<Kernel> {
    let shapes = widths.windows(2).enumerate();
    let kernel = |(index, shape): (usize, &[usize])| Kernel {
        fan_in: shape[0],
        fan_out: shape[1],
        weight_std: weight_std(shape[0], shape[1]),
        weight_mean: 0.0,
        bias: 0.0,
        bias_std: 0.0,
        activated: index + 2 < widths.len(),
    };
    shapes.map(kernel).collect()
}

/// A thousand images that are put together in groups.
#[test]
fn many_images_are_as_good_as_each_one() {
    let images = images(1000);
    let mut kernels = kernels(&[784, 100, 50, 10], |fan_in, _| (2.0 / fan_in as f64).sqrt());
    kernels.iter_mut().for_each(|kernel| (kernel.weight_mean, kernel.bias) = (0.003, -0.1));
    let together = predict(&Activation::Tanh, &kernels, &images, Some(1.0));
    // One image at a time; squares of standard deviations pool with the mean's own variance.
    let each: Vec<Vec<LayerPrediction>> =
        images.iter().map(|&image| predict(&Activation::Tanh, &kernels, &[image], Some(1.0))).collect();
    for (index, layer) in together.iter().enumerate() {
        let mean = |of: &dyn Fn(&LayerPrediction) -> f64| {
            each.iter().map(|layers| of(&layers[index])).sum::<f64>() / each.len() as f64
        };
        let output_mean = mean(&|layer| layer.output_mean);
        let output_square = mean(&|layer| layer.output_std.powi(2) + layer.output_mean.powi(2));
        let gradient = mean(&|layer| layer.gradient_l2.unwrap().powi(2)).sqrt();
        relative("mean", layer.output_mean, output_mean, 5e-4);
        relative("std", layer.output_std, (output_square - output_mean * output_mean).sqrt(), 5e-4);
        relative("gradient", layer.gradient_l2.unwrap(), gradient, 5e-4);
    }
}

#[test]
fn nothing_in_nothing_out() {
    let dark = ImageMoments { mean: 0.0, mean_square: 0.0 };
    let bright = ImageMoments { mean: 0.5, mean_square: 0.5 };
    let network = |weight_std: f64, bias: f64| {
        let mut kernels = kernels(&[784, 100, 100, 10], |_, _| weight_std);
        kernels.iter_mut().for_each(|kernel| kernel.bias = bias);
        kernels
    };
    for kernels in [network(0.0, 0.0), network(0.1, -1e3)] {
        for layer in &predict(&Activation::Relu, &kernels, &[dark, bright], Some(1.0))[..2] {
            assert_eq!((layer.output_mean, layer.output_std, layer.gradient_l2), (0.0, 0.0, Some(0.0)));
        }
    }
    let layers = predict(&Activation::Sigmoid, &network(0.0, 0.0), &[dark, bright], None);
    assert_eq!((layers[1].output_mean, layers[1].output_std, layers[1].gradient_l2), (0.5, 0.0, None));
    // A dark image halves the mean square over images.
    let layers = predict(&Activation::Relu, &network(0.1, 0.0), &[dark, bright], None);
    relative("half of the images", layers[0].pre_activation_std, (0.01_f64 * 784.0 * 0.25).sqrt(), 1e-12);
}

/// One image through small networks in f64, many times: squared norms, forwards and backwards, are those predicted, for
/// widths that all differ, a linear first layer, and biases.
#[test]
fn widths_and_biases_by_simulation() {
    agrees_with_simulation([0.0; 4], 0.01, 0.01);
}

/// At a third of the standard deviation, in layer 3, theory is off by what it leaves out: 4 % of an output. Gradients
/// without the mean's share would be off by 6 %.
#[test]
fn weight_means_by_simulation() {
    agrees_with_simulation([0.01, 0.005, 0.035, 0.02], 0.04, 0.02);
}

fn agrees_with_simulation(weight_means: [f64; 4], forward: f64, backward: f64) {
    let widths = [40, 100, 150, 80, 10];
    let mut kernels = kernels(&widths, |fan_in, _| 1.2 / (fan_in as f64).sqrt());
    kernels[0].activated = false;
    for (index, kernel) in kernels.iter_mut().enumerate() {
        kernel.weight_mean = weight_means[index];
        kernel.bias = 0.1;
        kernel.bias_std = 0.2;
    }
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let image: Vec<f64> = (0..widths[0]).map(|_| 0.3 + random.sample::<f64, _>(StandardNormal)).collect();
    // A gradient of logits as a softmax gives it: its sum is zero.
    let logits_gradient: Vec<f64> = (0..10).map(|unit| if unit == 3 { -0.9 } else { 0.1 }).collect();
    let anchor = norm(&logits_gradient);
    let predicted = predict(&Activation::Tanh, &kernels, &[ImageMoments::of(image.iter().copied())], Some(anchor));
    let draws = 3000;
    let mut sums = [[0.0; 3]; 4];
    for _ in 0..draws {
        let mut weights = Vec::new();
        let mut slopes = Vec::new();
        let mut h = image.clone();
        for (index, kernel) in kernels.iter().enumerate() {
            let mut normal = |mean: f64, std: f64| mean + std * random.sample::<f64, _>(StandardNormal);
            let matrix: Vec<Vec<f64>> = (0..kernel.fan_out)
                .map(|_| (0..kernel.fan_in).map(|_| normal(kernel.weight_mean, kernel.weight_std)).collect())
                .collect();
            let z: Vec<f64> = matrix.iter().map(|row| dot(row, &h) + normal(kernel.bias, kernel.bias_std)).collect();
            let phi = |&z: &f64| if kernel.activated { phi::tanh(z) } else { phi::linear(z) };
            h = z.iter().map(|z| phi(z).0).collect();
            slopes.push(z.iter().map(|z| phi(z).1).collect::<Vec<f64>>());
            weights.push(matrix);
            sums[index][0] += h.iter().sum::<f64>() / h.len() as f64;
            sums[index][1] += dot(&h, &h) / h.len() as f64;
        }
        let mut gradient = logits_gradient.clone();
        for index in (0..4).rev() {
            if index < 3 {
                let common =
                    |unit: usize| weights[index + 1].iter().zip(&gradient).map(|(row, d)| row[unit] * d).sum::<f64>();
                gradient = (0..widths[index + 1]).map(|unit| common(unit) * slopes[index][unit]).collect();
            }
            sums[index][2] += dot(&gradient, &gradient);
        }
    }
    for (layer, [mean, square, gradient]) in predicted.iter().zip(sums) {
        let (mean, square, gradient) = (mean / draws as f64, square / draws as f64, gradient / draws as f64);
        near("mean", layer.output_mean, mean, forward * square.sqrt());
        relative("square", layer.output_std.powi(2) + layer.output_mean.powi(2), square, 2.0 * forward);
        relative("gradient", layer.gradient_l2.unwrap(), gradient.sqrt(), backward);
    }
}

// Dead networks

/// That networks are born dead so often is in `dead_units`.
#[test]
fn born_dead_is_one_minus_the_product_of_what_lives() {
    near("one unit", born_dead([1]), 0.5, 1e-15);
    near("two layers of two", born_dead([2, 2]), 0.4375, 1e-15);
    relative("wide", born_dead([100]), 2.0_f64.powi(-100), 1e-12);
    near("no layers", born_dead([]), 0.0, 0.0);
}

#[test]
fn what_is_not_covered_says_so() {
    assert_eq!(Draws::Independent.coverage(0.0), Coverage::ExactInTheLimit);
    assert!(matches!(Draws::Independent.coverage(0.01), Coverage::Approximate(_)));
    assert!(matches!(Draws::Orthogonal.coverage(0.0), Coverage::Approximate(_)));
    assert!(matches!(Draws::Sparse.coverage(0.0), Coverage::Approximate(_)));
    assert!(matches!(Draws::Constant.coverage(1.0), Coverage::NotCovered(_)));
    assert!(matches!(Draws::Shared.coverage(0.0), Coverage::NotCovered(_)));
}

// Help

type At = fn(f64) -> (f64, f64);

fn function(at: At) -> phi::Function<At> {
    phi::Function { at, kinks: Vec::new() }
}

fn all() -> Vec<(&'static str, phi::Function<At>)> {
    let kinked = |at: At, kinks: &[f64]| phi::Function { at, kinks: kinks.to_vec() };
    vec![
        ("linear", function(phi::linear)),
        ("sigmoid", function(phi::sigmoid)),
        ("hard_sigmoid", kinked(phi::hard_sigmoid, &phi::HARD_SIGMOID_KINKS)),
        ("tanh", function(phi::tanh)),
        ("hard_tanh", kinked(phi::hard_tanh, &phi::HARD_TANH_KINKS)),
        ("softsign", function(phi::softsign)),
        ("relu", function(phi::relu)),
        ("relu6", kinked(phi::relu6, &phi::RELU6_KINKS)),
        ("leaky_relu", function(|z| phi::leaky_relu(z, 0.2))),
        ("elu", function(|z| phi::elu(z, 1.5))),
        ("selu", function(phi::selu)),
        ("celu", phi::Function { at: |z| phi::celu(z, 0.05), kinks: phi::celu_kinks(0.05) }),
        ("gelu", function(phi::gelu)),
        ("gelu_tanh", function(phi::gelu_tanh)),
        ("silu", function(phi::silu)),
        ("hard_swish", kinked(phi::hard_swish, &phi::HARD_SIGMOID_KINKS)),
        ("mish", function(phi::mish)),
        ("softplus", function(phi::softplus)),
    ]
}

fn relu_correlation(c: f64) -> f64 {
    ((1.0 - c * c).sqrt() + c * (PI - c.acos())) / PI
}

fn norm(values: &[f64]) -> f64 {
    dot(values, values).sqrt()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn near(what: &str, found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{what}: {found}, expected {expected} +- {within}");
}

fn relative(what: &str, found: f64, expected: f64, within: f64) {
    near(what, found, expected, within * expected.abs());
}
