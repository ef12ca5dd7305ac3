//! The units of a layer, one by one: which images they fire for, what they see, and what is said of them.

use initscope::engine::units::{Firing, LayerUnits, Matrix, Size, Wanted};
use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Activation, Experiment, Initializer};
use initscope::figure::{unit_reason, unit_words, units_summary};
use initscope::stats::UnitState;
use ndarray::{Array2, Axis};

/// A small network on 300 images: four blocks and a part.
fn small() -> Experiment {
    let mut experiment = Experiment::article();
    experiment.inputs.images = 300;
    experiment.widths = vec![24; 3];
    experiment
}

fn wanted(experiment: &Experiment, layer: usize) -> Wanted {
    Wanted { subject: experiment.into(), layer, sorted: false, unit: None, matrix: None }
}

fn units(experiment: &Experiment, layer: usize) -> LayerUnits {
    LayerUnits::measure_all(&wanted(experiment, layer), 2).unwrap()
}

fn unit(experiment: &Experiment, layer: usize, unit: usize) -> LayerUnits {
    LayerUnits::measure_all(&Wanted { unit: Some(unit), ..wanted(experiment, layer) }, 2).unwrap()
}

/// z = h W + b in f64, layer by layer, [images, units].
fn pre_activations(experiment: &Experiment) -> Vec<Array2<f64>> {
    let (network, source) = Measurer::new().unwrap().network_and_source(experiment).unwrap();
    let mut h = source.images(0..experiment.inputs.images).mapv(f64::from);
    let weights = network.weights();
    weights[..weights.len() - 1]
        .iter()
        .enumerate()
        .map(|(layer, weights)| {
            let mut z = h.dot(&weights.mapv(f64::from));
            if let Some(biases) = &network.biases {
                z += &biases[layer].mapv(f64::from);
            }
            h = z.mapv(|z| z.max(0.0));
            z
        })
        .collect()
}

#[test]
fn states_are_those_of_the_measurement() {
    let mut experiments = vec![small()];
    for activation in
        [Activation::Tanh, Activation::Gelu, Activation::Sigmoid, Activation::HardSigmoid, Activation::HardSwish]
    {
        experiments.push(Experiment { activation, ..small() });
    }
    experiments.push(Experiment { bias: -0.3, bias_std: 0.2, ..small() });
    experiments.push(Experiment { linear_first: true, ..small() });
    experiments.push(Experiment { bias: 3e38, ..small() });
    experiments.push(Experiment { initializer: Initializer::RandomNormal { mean: 0.0, sigma: 1e-25 }, ..small() });
    for experiment in experiments {
        let measurement = Measurer::new().unwrap().measure_all(&experiment, Quantities::OUTPUTS).unwrap();
        for layer in &measurement.layers {
            let found = units(&experiment, layer.layer - 1);
            assert_eq!(found.states(), layer.states, "{experiment:?}, layer {}", layer.layer);
            assert!(found.is_exact());
        }
    }
}

#[test]
fn a_unit_sees_what_the_weights_make_of_the_images() {
    let experiment = Experiment { bias: -0.05, ..small() };
    for (layer, z) in pre_activations(&experiment).iter().enumerate() {
        let found = unit(&experiment, layer, 7);
        let closer = found.unit.as_ref().unwrap();
        let mut expected = z.column(7).to_vec();
        let order = |one: &f64, other: &f64| one.total_cmp(other);
        let greatest = (0..300).max_by(|&one, &other| order(&expected[one], &expected[other])).unwrap();
        assert_eq!(closer.most[0].image, greatest);
        expected.sort_by(order);
        assert_eq!(closer.z.len(), 300);
        assert!(closer.z.iter().zip(&expected).all(|(&z, expected)| (f64::from(z) - expected).abs() < 1e-4));
        assert_eq!(found.fired[7] as usize, z.column(7).iter().filter(|z| **z > 0.0).count());
        assert!((closer.mean - z.column(7).mean().unwrap()).abs() < 1e-4);
        assert_eq!(closer.weights_of.is_some(), layer == 0);
    }
}

#[test]
fn weights_have_the_norms_and_columns_of_the_network() {
    let experiment = small();
    let (network, _) = Measurer::new().unwrap().network_and_source(&experiment).unwrap();
    let weights = network.weights()[1].mapv(f64::from);
    let found = unit(&experiment, 1, 3);
    assert_eq!(found.unit.as_ref().unwrap().weights, network.weights()[1].column(3).to_vec());
    for (norm, column) in found.weight_norms.iter().zip(weights.axis_iter(Axis(1))) {
        assert!((norm - column.dot(&column).sqrt()).abs() < 1e-9);
    }
}

#[test]
fn threads_leave_no_trace() {
    let room = Some(Size { columns: 10, rows: 70 });
    let wanted = Wanted { unit: Some(5), matrix: room, sorted: true, ..wanted(&small(), 2) };
    let [one, three] = [1, 3].map(|threads| LayerUnits::measure_all(&wanted, threads).unwrap());
    assert_eq!((&one.fired, &one.order, &one.matrix), (&three.fired, &three.order, &three.matrix));
    assert_eq!(one.unit.unwrap().z, three.unit.unwrap().z);
}

#[test]
fn another_sigma_scales_what_a_unit_sees_and_moves_no_bit() {
    let of = |sigma| {
        let initializer = Initializer::RandomNormal { mean: 0.0, sigma };
        unit(&Experiment { initializer, ..small() }, 2, 4)
    };
    let (one, double) = (of(0.1), of(0.2));
    assert_eq!(one.fired, double.fired);
    // Three layers of weights twice as large.
    let values = one.unit.unwrap().z.into_iter().zip(double.unit.unwrap().z);
    assert!(values.into_iter().all(|(one, double)| (8.0 * one - double).abs() <= 1e-6 * double.abs()));
}

/// Words of a pattern without order: 150 images, 9 units.
fn firing() -> Firing {
    let mut firing = Firing::none(9);
    for (block, images) in [64, 64, 22].into_iter().enumerate() {
        let mask = if images == 64 { u64::MAX } else { (1 << images) - 1 };
        let word =
            |unit: u64| (0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(unit * 3 + block as u64 + 1)).rotate_left(17) & mask;
        let words: Vec<_> = (0..9).map(|unit| if unit == 4 { 0 } else { word(unit) }).collect();
        firing.add(images, &words, &[false; 9]);
    }
    firing
}

#[test]
fn dots_are_shares_of_all_that_lies_in_them() {
    let firing = firing();
    let labels: Vec<_> = (0..150).map(|image| (image * 7 % 10) as u8).collect();
    let order = [8, 7, 6, 5, 4, 3, 2, 1, 0];
    let mut images: Vec<_> = (0..150).collect();
    images.sort_by_key(|&image| labels[image]);
    for (columns, rows) in [(1000, 1000), (4, 31), (1, 1), (9, 7)] {
        let matrix = Matrix::of(&firing, &labels, &order, Size { columns, rows });
        let Size { columns, rows } = matrix.size;
        assert!(columns <= 9 && rows <= 150);
        for (dot, &share) in matrix.shares.iter().enumerate() {
            let (row, column) = (dot / columns, dot % columns);
            let of_row = (0..150).filter(|place| place * rows / 150 == row).map(|place| images[place]);
            let of_column = || (0..9).filter(|place| place * columns / 9 == column).map(|place| order[place]);
            assert_eq!(of_column().count(), matrix.units(column, 9).len());
            let fires: Vec<_> = of_row
                .flat_map(|image| of_column().map(move |unit| (image, unit)))
                .map(|(i, u)| firing.fires(i, u))
                .collect();
            let expected = fires.iter().filter(|fires| **fires).count() as f64 / fires.len() as f64;
            assert!((f64::from(share) / 255.0 - expected).abs() <= 1.0 / 255.0);
            assert_eq!((share == 0, share == 255), (expected == 0.0, expected == 1.0));
        }
        assert_eq!(matrix.classes, [15; 10]);
    }
}

/// The number behind these words, and how many images are named behind it.
fn promise(reason: &str, words: &str) -> (f64, usize) {
    let rest = reason.split_once(words).unwrap_or_else(|| panic!("{reason}")).1;
    let (number, rest) = rest.split_once(' ').unwrap();
    let images = match rest.rsplit_once("for ").unwrap().1.trim_end_matches('.') {
        "one image" => 1,
        "all of them" => 300,
        images => images.split(' ').next().unwrap().parse().unwrap(),
    };
    (number.parse().unwrap(), images)
}

#[test]
fn what_would_revive_a_dead_unit_does() {
    let experiment = Experiment { bias: -8.0, ..small() };
    for index in [0, 11] {
        let found = unit(&experiment, 0, index);
        assert_eq!(found.state(index), UnitState::Dead);
        let reason = unit_reason(&found, found.unit.as_ref().unwrap());
        let (rise, images) = promise(&reason, "raise its bias by ");
        let revived = units(&Experiment { bias: experiment.bias + rise, ..experiment.clone() }, 0);
        assert_eq!(revived.fired[index] as usize, images, "{reason}");
        assert!(images > 0);
        // And not much less would do.
        let less = units(&Experiment { bias: experiment.bias + 0.99 * rise, ..experiment.clone() }, 0);
        assert_eq!(less.fired[index], 0);
    }
}

#[test]
fn what_would_turn_a_unit_off_does() {
    for (activation, bias, state) in [
        (Activation::Relu, 8.0, UnitState::AlwaysOn),
        // It could not be dead: that it is positive for every image is not worth a state.
        (Activation::Tanh, 8.0, UnitState::Mixed),
        (Activation::HardSigmoid, 1.0, UnitState::AlwaysOn),
    ] {
        let experiment = Experiment { bias, activation, ..small() };
        let found = unit(&experiment, 0, 2);
        assert_eq!(found.state(2), state);
        let reason = unit_reason(&found, found.unit.as_ref().unwrap());
        let (fall, images) = promise(&reason, "lower its bias by ");
        let lowered = units(&Experiment { bias: experiment.bias - fall, ..experiment }, 0);
        assert_eq!(300 - lowered.fired[2] as usize, images, "{reason}");
    }
}

/// Stuck at 6, at -1, or now at one limit and now at the other: the bias that is named brings back as many images as are named.
#[test]
fn what_would_bring_a_stuck_unit_back_does() {
    for (activation, bias, sigma, images, stuck) in [
        (Activation::Relu6, 14.0, 0.1, 300, "Dead, stuck at 6: "),
        (Activation::HardTanh, -9.0, 0.1, 300, "Dead, stuck at −1: "),
        (Activation::HardSigmoid, 12.0, 0.1, 300, "Dead, stuck at 1: "),
        (Activation::HardSwish, -11.0, 0.1, 300, "Dead: its largest"),
        (Activation::HardTanh, 0.0, 40.0, 5, "Dead, always at a limit: "),
    ] {
        let mut experiment =
            Experiment { activation, bias, initializer: Initializer::RandomNormal { mean: 0.0, sigma }, ..small() };
        experiment.inputs.images = images;
        let all = units(&experiment, 0);
        let is_so = |index: &usize| {
            let both = (1..images).contains(&(all.fired[*index] as usize));
            all.state(*index) == UnitState::Dead && both == stuck.contains("always at")
        };
        let index = (0..all.units()).find(is_so).unwrap();
        let found = unit(&experiment, 0, index);
        let reason = unit_reason(&found, found.unit.as_ref().unwrap());
        assert!(reason.starts_with(stuck), "{reason}");
        let way = if reason.contains("raise") { "raise its bias by " } else { "lower its bias by " };
        let promised = promise(&reason.replace("all of them", &format!("{images} images")), way);
        let step = if way.starts_with("raise") { promised.0 } else { -promised.0 };
        let moved = units(&Experiment { bias: bias + step, ..experiment }, 0);
        assert_eq!(images - moved.flat[index] as usize, promised.1, "{activation}: {reason}");
        assert!(promised.1 > 0, "{reason}");
    }
}

#[test]
fn never_positive_is_said_without_alarm() {
    let found = unit(&Experiment { bias: -8.0, activation: Activation::Tanh, ..small() }, 0, 3);
    assert_eq!(found.state(3), UnitState::NeverPositive);
    assert!(unit_reason(&found, found.unit.as_ref().unwrap()).starts_with("Never positive: its largest"));
    assert!(unit_words(&found, 3).contains("never positive on these 300 images, but not dead"));
    assert!(units_summary(&found).starts_with("24 of 24 units of layer 1 are never positive on these 300 images"));
}

#[test]
fn bad_states_have_their_sentences() {
    let all_dead = units(&Experiment { bias: -1e9, ..small() }, 2);
    assert!(units_summary(&all_dead).starts_with("24 of 24 units of layer 3 never fire on these 300 images, 0 fire"));
    assert!(units_summary(&all_dead).contains("the same for every image"));
    let overflowing = unit(&Experiment { bias: 3e38, ..small() }, 2, 0);
    assert!(unit_reason(&overflowing, overflowing.unit.as_ref().unwrap()).contains("finite"));
    let zeros = unit(&Experiment { initializer: Initializer::Zeros, ..small() }, 1, 3);
    assert_eq!(zeros.states().dead, 24);
    let reason = unit_reason(&zeros, zeros.unit.as_ref().unwrap());
    assert_eq!(
        reason,
        "Dead: its largest pre-activation on these 300 images is 0: raise its bias by 0.001 and it fires for all of them."
    );
    let ones = units(&Experiment { initializer: Initializer::Ones, ..small() }, 1);
    assert!(units_summary(&ones).ends_with("On these images this relu is the identity."));
    let mut one = small();
    (one.inputs.images, one.widths) = (1, vec![1]);
    let one = unit(&one, 0, 0);
    assert!(units_summary(&one).starts_with("The only unit of layer 1: "));
    assert!(unit_words(&one, 0).contains(" this image;"));
    assert_eq!(one.unit.unwrap().z.len(), 1);
    let sigmoid = unit(&Experiment { activation: Activation::Sigmoid, ..small() }, 0, 0);
    assert!(unit_reason(&sigmoid, sigmoid.unit.as_ref().unwrap()).contains("positive whatever"));
}
