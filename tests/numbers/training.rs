//! What theory says of trainings without any luck in them.

use std::sync::Arc;

use initscope::dataset::Source;
use initscope::experiment::{Activation, Experiment, Inputs, Split};
use initscope::trainer::{EpochOrder, Examples, KernelPlace, NonFiniteValues, Racer, Start};
use initscope::training::{BatchOrder, TrainingSettings};
use ndarray::{Array1, Array2};

/// A network of one number everywhere, on the first images.
fn racer(widths: &[usize], weight: f32, images: usize, settings: &TrainingSettings) -> Racer {
    let layer = |pair: &[usize]| (Array2::from_elem((pair[0], pair[1]), weight), Array1::zeros(pair[1]));
    let (kernels, biases) = widths.windows(2).map(layer).unzip();
    let start = Start { activations: vec![Activation::Relu; widths.len() - 2], linear_layers: 0, kernels, biases };
    let training = settings.apply().unwrap();
    let order = EpochOrder::Of(training.order, images);
    Racer::new(&start, training, Arc::new(examples(images)), Arc::new(order))
}

fn examples(images: usize) -> Examples {
    let article = Experiment::article();
    let inputs = Inputs { split: Split::Test, images, ..article.inputs.clone() };
    Examples::Source(Source::load(&Experiment { inputs, ..article }).unwrap(), 0..images)
}

#[test]
fn zeros_learn_how_often_each_class_occurs_and_nothing_else() {
    let settings = TrainingSettings {
        learning_rate: Some(vec![1.0]),
        batch: Some(1000),
        steps: Some(300),
        ..TrainingSettings::default()
    };
    let mut racer = racer(&[784, 16, 16, 10], 0.0, 1000, &settings);
    let mut last = f64::NAN;
    for _ in 0..300 {
        last = racer.advance().unwrap().loss;
    }
    let mut counts = [0.0_f64; 10];
    let images = examples(1000);
    (0..1000).for_each(|image| counts[images.label(image) as usize] += 1.0);
    let entropy: f64 = counts.iter().map(|count| -count / 1000.0 * (count / 1000.0).ln()).sum();
    assert!((last - entropy).abs() < 1e-4, "{last}, entropy {entropy}");
    let (kernels, biases) = racer.weights();
    assert!(kernels.iter().flatten().all(|&weight| weight == 0.0));
    let (output, hidden) = biases.split_last().unwrap();
    assert!(hidden.iter().flatten().all(|&bias| bias == 0.0) && output.iter().all(|&bias| bias != 0.0));
}

#[test]
fn every_epoch_has_an_order_of_its_own_with_every_image_once() {
    let order = EpochOrder::Of(BatchOrder::Shuffled(3), 1000);
    let mut seen = Vec::new();
    for epoch in 0..4 {
        let images = order.of_epoch(epoch);
        let mut sorted = images.clone();
        sorted.sort_unstable();
        assert!(sorted.iter().copied().eq(0..1000));
        // Of a random order, one image in a thousand stands in its own place.
        let own = images.iter().enumerate().filter(|(place, image)| *place == **image as usize).count();
        assert!(own < 10, "{own}");
        assert!(!seen.contains(&images));
        seen.push(images);
    }
    assert_eq!(seen[2], order.of_epoch(2), "it follows from the seed alone");
    assert_ne!(seen[0], EpochOrder::Of(BatchOrder::Shuffled(4), 1000).of_epoch(0));
    assert!(EpochOrder::Of(BatchOrder::AsTheyAre, 5).of_epoch(1).into_iter().eq(0..5));
}

#[test]
fn a_training_says_in_which_step_and_layer_it_stopped_being_finite() {
    // Each layer multiplies by 100 x 1e7; the fifth is beyond f32.
    const WIDTHS: [usize; 7] = [784, 100, 100, 100, 100, 100, 10];
    let settings = TrainingSettings { steps: Some(9), ..TrainingSettings::default() };
    let mut of_weights = racer(&WIDTHS, 1e7, 64, &settings);
    let ended = of_weights.advance().unwrap_err();
    assert_eq!((ended.step, ended.place, ended.what), (1, KernelPlace::Hidden(5), NonFiniteValues::PreActivations));
    assert_eq!(ended.to_string(), "in step 1 the pre-activations of layer 5 stopped being finite");
    assert_eq!(of_weights.advance().unwrap_err(), ended, "there is no going on");
    assert_eq!(of_weights.step(), 0, "the step was not made");
    // Outputs near 1e5 times a rate near the greatest number.
    let mut of_rate = racer(&WIDTHS, 0.1, 64, &TrainingSettings { learning_rate: Some(vec![3e38]), ..settings });
    let ended = of_rate.advance().unwrap_err();
    assert_eq!((ended.step, ended.what, of_rate.step()), (1, NonFiniteValues::Weights, 1));
}

/// One image lights an input, and no other does: its weights have a gradient in the first step alone.
#[test]
fn what_an_optimizer_keeps_is_never_so_faint_that_f32_holds_it_only_just() {
    for (optimizer, framework) in [("adam", "keras"), ("sgd(momentum=0.9)", "keras"), ("rmsprop(rho=0.9)", "pytorch")] {
        let settings = TrainingSettings {
            framework: Some(framework.to_owned()),
            optimizer: Some(optimizer.to_owned()),
            batch: Some(1),
            steps: Some(1200),
            ..TrainingSettings::default()
        };
        let training = settings.apply().unwrap();
        let start = Start {
            activations: vec![Activation::Relu],
            linear_layers: 0,
            kernels: vec![
                Array2::from_elem((2, 3), 0.5),
                Array2::from_shape_fn((3, 2), |(_, class)| 0.1 - class as f32),
            ],
            biases: vec![Array1::zeros(3), Array1::zeros(2)],
        };
        let images = Array2::from_shape_vec((2, 2), vec![1.0, 0.5, 0.0, 0.5]).unwrap();
        let order = EpochOrder::Given(vec![[0].into_iter().chain([1; 1199]).collect()]);
        let mut racer = Racer::new(&start, training, Arc::new(Examples::Arrays(images, vec![0, 1])), Arc::new(order));
        racer.advance().unwrap();
        let (moved, _) = racer.weights();
        assert_ne!(moved[0][[0, 0]], 0.5, "{optimizer}: it had a gradient once");
        for _ in 1..1200 {
            racer.advance().unwrap();
        }
        let kept = racer.kept();
        let mut all = kept.iter().flatten().flat_map(|(kernel, biases)| kernel.iter().chain(biases));
        assert!(all.clone().any(|&kept| kept == 0.0), "{optimizer}: what shrank is gone");
        assert!(all.all(|kept| !kept.is_subnormal()), "{optimizer}: {kept:?}");
    }
}
