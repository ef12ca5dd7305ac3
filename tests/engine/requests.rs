//! The engine answers the newest experiment, exactly, the same however it was reached, whatever nonsense it is asked.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use initscope::dataset::Dataset;
use initscope::engine::{
    Answer, Engine, Failure, Look, Measurement, Measurer, OverflowPlace, Phase, Quantities, Request, gradients_take,
};
use initscope::experiment::{Activation, Data, Experiment, Initializer, Inputs, Split};
use initscope::network::BLOCK;

/// Only so that a broken engine fails instead of hanging.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn of_two_experiments_in_a_row_the_second_is_answered_last() {
    let (engine, woken) = engine(Measurer::new().unwrap());
    let (first, second) = (normal(0.1, 10_000), normal(0.2, 10_000));
    engine.request(first);
    let request = engine.request(second.clone());
    let measurement = last_of(&engine, &woken, request);
    assert_eq!(*measurement.experiment(), second);
    assert_same(&measurement, &measure(&second));
    // An answer to the first would come now.
    while woken.recv_timeout(Duration::from_millis(100)).is_ok() {}
    assert!(engine.take_answer().is_none());
}

#[test]
fn a_drag_ends_with_the_measurement_of_its_last_experiment() {
    let (engine, woken) = engine(Measurer::new().unwrap());
    let mut request = 0;
    for step in 0..50 {
        request = engine.request(normal(0.1 + f64::from(step) / 100.0, 5000));
        std::thread::sleep(Duration::from_millis(2));
        if let Some(Answer { request: answered, .. }) = engine.take_answer() {
            assert!(answered <= request);
        }
    }
    let measurement = last_of(&engine, &woken, request);
    assert_same(&measurement, &measure(&normal(0.59, 5000)));
}

#[test]
fn who_waits_for_an_answer_has_it_and_is_not_called() {
    let (engine, woken) = engine(Measurer::new().unwrap());
    let request = engine.request(normal(0.1, 64));
    assert!(engine.wait_for(request, PATIENCE));
    let answer = engine.take_answer().expect("an answer");
    assert_eq!(answer.request, request);
    assert!(answer.result.is_ok());
    // Work that nobody waits for calls as ever.
    let request = engine.request(normal(0.2, 64));
    answer_to(&engine, &woken, request).unwrap();
}

#[test]
fn who_waits_in_vain_goes_on_when_patience_ends() {
    let (go_on, wait) = channel::<()>();
    let engine = Engine::with(
        move |_, _, _| {
            let _ = wait.recv();
            Ok(())
        },
        || {},
    )
    .unwrap();
    let request = engine.request(normal(0.1, 64));
    assert!(!engine.wait_for(request, Duration::from_millis(1)));
    assert!(engine.take_answer().is_none());
    drop(go_on);
}

#[test]
fn running_work_is_given_up_for_a_newer_request_but_not_before_an_answer() {
    let measurement = measure(&normal(0.1, 1));
    let (started, starts) = channel();
    let (go_on, wait) = channel();
    let (saw, seen) = channel();
    let engine = Engine::with(
        move |_, interrupted, publish| {
            started.send(()).unwrap();
            wait.recv().unwrap();
            let before = interrupted();
            publish(measurement.clone());
            saw.send((before, interrupted())).unwrap();
            Ok(())
        },
        || {},
    )
    .unwrap();
    engine.request(normal(0.1, 1));
    starts.recv_timeout(PATIENCE).unwrap();
    engine.request(normal(0.2, 1));
    // Both before any assertion: the engine waits for its thread when it is dropped.
    go_on.send(()).unwrap();
    go_on.send(()).unwrap();
    let [first, second] = [(); 2].map(|()| seen.recv_timeout(PATIENCE).unwrap());
    assert_eq!(first, (false, true), "interrupted before and after the first answer");
    assert_eq!(second, (false, false), "nothing is newer than the second");
}

#[test]
fn at_leisure_there_is_one_answer_of_all_images_and_any_other_request_comes_first() {
    let asked = Request { at_leisure: true, ..Request::from(normal(0.1, 10_000)) };
    let mut images = Vec::new();
    Measurer::new().unwrap().measure(&asked, &|| false, &mut |answer| images.push(answer.images)).unwrap();
    assert_eq!(images, [10_000]);
    let (started, starts) = channel();
    let (go_on, wait) = channel();
    let (saw, seen) = channel();
    let engine = Engine::with(
        move |_, interrupted, _| {
            started.send(()).unwrap();
            wait.recv().unwrap();
            saw.send(interrupted()).unwrap();
            Ok(())
        },
        || {},
    )
    .unwrap();
    engine.request(asked);
    starts.recv_timeout(PATIENCE).unwrap();
    engine.request(normal(0.2, 1));
    // Both before any assertion: the engine waits for its thread when it is dropped.
    go_on.send(()).unwrap();
    go_on.send(()).unwrap();
    assert!(seen.recv_timeout(PATIENCE).unwrap(), "given up before any answer");
}

#[test]
fn a_measurement_that_is_interrupted_stops() {
    let answers = AtomicUsize::new(0);
    let interrupted = || answers.load(Ordering::Relaxed) > 0;
    let mut images = 0;
    let result = Measurer::new().unwrap().measure(&normal(0.1, 10_000).into(), &interrupted, &mut |measurement| {
        answers.fetch_add(1, Ordering::Relaxed);
        images = measurement.images;
    });
    assert!(matches!(result, Err(Failure::Interrupted)));
    assert!(answers.into_inner() == 1 && images < 10_000, "{images} images");
}

#[test]
fn what_is_stopped_keeps_its_answer_and_goes_on_to_the_same_bits() {
    let experiment = Experiment { widths: vec![100; 3], ..with(Activation::Tanh, Initializer::Lsuv, 10_000) };
    let quantities = Quantities { gradients: true, ..Quantities::OUTPUTS };
    let mut measurer = Measurer::new().unwrap();
    let (answered, answers) = channel();
    let (go_on, wait) = channel();
    let engine = Engine::with(
        move |request, interrupted, publish| {
            measurer.measure(request, interrupted, &mut |measurement| {
                publish(measurement);
                answered.send(()).unwrap();
                wait.recv().unwrap_or_default();
            })
        },
        || {},
    )
    .unwrap();
    let request = Request { subject: (&experiment).into(), quantities, at_leisure: false };
    engine.request(request.clone());
    answers.recv_timeout(PATIENCE).unwrap();
    engine.stop();
    go_on.send(()).unwrap();
    wait_for("rest", || engine.look().is_none());
    let stopped = engine.take_answer().unwrap().result.unwrap();
    assert!(stopped.images < 10_000 && answers.try_recv().is_err(), "one answer, of some images");
    drop(go_on);
    engine.request(request);
    wait_for("the rest", || engine.look().is_none());
    let whole = engine.take_answer().unwrap().result.unwrap();
    assert_same(&whole, &Measurer::new().unwrap().measure_all(&experiment, quantities).unwrap());
}

#[test]
fn a_waiting_request_that_is_stopped_is_not_answered_but_the_next_one_is() {
    let (engine, woken) = engine(Measurer::new().unwrap());
    engine.request(normal(0.1, 10_000));
    engine.request(normal(0.2, 10_000));
    engine.stop();
    wait_for("rest", || engine.look().is_none());
    engine.take_answer();
    let request = engine.request(normal(0.3, 300));
    assert_same(&last_of(&engine, &woken, request), &measure(&normal(0.3, 300)));
}

/// Were it not given up, the first request would be answered after half a minute, and first.
#[test]
fn long_draws_are_given_up_for_a_newer_request() {
    let (wake, woken) = channel();
    let engine = Engine::start(move || wake.send(()).unwrap_or_default()).unwrap();
    let orthogonal = with(Activation::Tanh, Initializer::Orthogonal { gain: 1.0 }, 100);
    engine.request(Experiment { widths: vec![1024; 40], ..orthogonal });
    std::thread::sleep(Duration::from_millis(200));
    let request = engine.request(normal(0.1, 100));
    woken.recv_timeout(PATIENCE).unwrap();
    assert_eq!(engine.take_answer().unwrap().request, request);
}

/// A block of images takes long forward, and several times as long with gradients.
#[test]
fn outputs_of_a_large_network_do_not_wait_for_its_gradients() {
    let glorot = Initializer::GlorotNormal { gain: 1.0 };
    for (widths, outputs_first) in [(vec![100; 5], false), (vec![1024; 30], true)] {
        let experiment = Experiment { widths, ..with(Activation::Tanh, glorot, 64) };
        let quantities = Quantities { gradients: true, ..Quantities::OUTPUTS };
        let request = Request { subject: experiment.into(), quantities, at_leisure: false };
        let mut answers = Vec::new();
        Measurer::new().unwrap().measure(&request, &|| false, &mut |answer| answers.push(answer)).unwrap();
        let has_gradients = |answer: &Measurement| answer.layers[0].gradient.is_some();
        assert_eq!(!has_gradients(&answers[0]), outputs_first);
        assert!(answers[1..].iter().all(has_gradients));
    }
}

#[test]
fn progress_is_what_is_done_and_what_is_left() {
    let engine = Engine::start(|| {}).unwrap();
    assert_eq!(engine.look(), None);
    let widths = vec![200; 20];
    engine.request(Experiment { widths, ..with(Activation::Tanh, Initializer::GlorotNormal { gain: 1.0 }, 10_000) });
    let mut seen: Vec<Look> = Vec::new();
    wait_for("an end", || {
        seen.extend(engine.look());
        engine.look().is_none()
    });
    assert!(seen.windows(2).skip(1).all(|pair| pair[0].done <= pair[1].done), "work is not undone");
    let mut passes: Vec<_> = seen.iter().filter(|look| look.phase == Phase::Passes && look.done > 0).collect();
    passes.dedup();
    let (first, last) = (passes.first().unwrap(), passes.last().unwrap());
    assert!(passes.len() > 2 && last.left < first.left / 4, "from {first:?} to {last:?}");
}

#[test]
fn a_sigma_that_only_scales_is_answered_for_all_images_at_once() {
    let mut measurer = Measurer::new().unwrap();
    stages(&mut measurer, &normal(0.1, 10_000));
    let answers = stages(&mut measurer, &normal(0.2, 10_000));
    assert!(answers.iter().all(Measurement::is_exact));
    assert_same(answers.last().unwrap(), &measure(&normal(0.2, 10_000)));
}

#[test]
fn coarse_answers_come_first_and_the_last_is_exact() {
    let experiment = normal(0.1, 10_000);
    let answers = stages(&mut Measurer::new().unwrap(), &experiment);
    let images: Vec<_> = answers.iter().map(|answer| answer.images).collect();
    assert!(images.len() > 1 && images.is_sorted(), "{images:?}");
    let (exact, coarse): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.is_exact());
    assert!(!coarse.is_empty() && exact.last().unwrap().has(Quantities::OUTPUTS));
    for coarse in coarse {
        assert_eq!(*coarse.experiment(), experiment);
        let quantities = Quantities { theory: true, ..Quantities::GLANCE };
        let alone = Measurer::new().unwrap().measure_all(&normal(0.1, coarse.images), quantities).unwrap();
        assert!(format!("{:?}", coarse.layers) == format!("{:?}", alone.layers), "complete for its images");
        assert_eq!(coarse.loss, alone.loss);
    }
}

/// Gradients of the mean over all images were computed; a coarse answer has those of the mean over its own.
#[test]
fn gradients_of_coarse_answers_are_those_of_an_experiment_of_their_images() {
    let experiment = with(Activation::Tanh, Initializer::GlorotNormal { gain: 1.0 }, 10_000);
    let quantities = Quantities { gradients: true, ..Quantities::OUTPUTS };
    let mut answers = Vec::new();
    let request = Request { subject: experiment.into(), quantities, at_leisure: false };
    Measurer::new().unwrap().measure(&request, &|| false, &mut |answer| answers.push(answer)).unwrap();
    let [coarse, .., _] = answers.as_slice() else { panic!("several answers") };
    let inputs = Inputs { images: coarse.images, ..request.subject.experiment().inputs.clone() };
    let alone = Experiment { inputs, ..request.subject.experiment().clone() };
    let alone = Measurer::new().unwrap().measure_all(&alone, quantities).unwrap();
    let near = |what: &str, found: f64, expected: f64, size: f64| {
        assert!((found - expected).abs() <= 1e-6 * size, "{what}: {found}, alone {expected}");
    };
    let (found, expected) = (coarse.logit_gradient_l2.unwrap(), alone.logit_gradient_l2.unwrap());
    near("logits", found, expected, expected);
    for (coarse, alone) in coarse.layers.iter().zip(&alone.layers) {
        let (coarse, alone) = (coarse.gradient.as_ref().unwrap(), alone.gradient.as_ref().unwrap());
        near("l2", coarse.l2, alone.l2, alone.l2);
        near("weights", coarse.weight_l2, alone.weight_l2, alone.weight_l2);
        let (coarse, alone) = (&coarse.distribution, &alone.distribution);
        let range = alone.max - alone.min;
        assert_eq!((coarse.count, coarse.bins.total()), (alone.count, alone.bins.total()));
        near("mean", coarse.mean, alone.mean, alone.std);
        near("std", coarse.std, alone.std, alone.std);
        near("min", coarse.min, alone.min, range);
        near("max", coarse.max, alone.max, range);
        near("finite", coarse.finite_range.unwrap().1, alone.finite_range.unwrap().1, range);
        for (coarse, alone) in coarse.quantiles.iter().flatten().zip(alone.quantiles.iter().flatten()) {
            near("quantile", *coarse, *alone, range);
        }
        near("bins", coarse.bins.width(), alone.bins.width(), alone.bins.width());
        near("left", coarse.density.from, alone.min, range);
        near("right", coarse.density.to, alone.max, range);
        near("bandwidth", coarse.density.bandwidth, alone.density.bandwidth, alone.density.bandwidth);
        // A value at a bin's edge may fall to the other side.
        let peak = alone.density.peak();
        for (coarse, alone) in coarse.density.values.iter().zip(&alone.density.values) {
            near("density", *coarse, *alone, 1e3 * peak);
        }
    }
}

#[test]
fn a_measurement_has_the_same_bits_for_any_number_of_threads() {
    let drawn = Experiment { linear_first: true, ..with(Activation::Relu, Initializer::Lsuv, 1100) };
    let drawn = Experiment { inputs: Inputs { data: Data::Gaussian { dim: 30 }, ..drawn.inputs.clone() }, ..drawn };
    for experiment in [normal(0.1, 1500), with(Activation::Tanh, Initializer::GlorotNormal { gain: 1.0 }, 1000), drawn]
    {
        let one = Measurer::with_threads(1).unwrap().measure_all(&experiment, Quantities::ALL).unwrap();
        for threads in [2, 3, 8] {
            assert_same(
                &Measurer::with_threads(threads).unwrap().measure_all(&experiment, Quantities::ALL).unwrap(),
                &one,
            );
        }
    }
}

#[test]
fn a_measurement_has_the_same_bits_in_stages_and_at_once() {
    let experiment = normal(0.1, 10_000);
    let staged = stages(&mut Measurer::new().unwrap(), &experiment);
    assert!(staged.len() > 1);
    assert_same(staged.last().unwrap(), &measure(&experiment));
}

#[test]
fn a_measurement_has_the_same_bits_whatever_was_measured_before() {
    let experiment = normal(0.14, 700);
    let cold = measure(&experiment);
    let mut measurer = Measurer::new().unwrap();
    for before in [
        normal(0.1, 700),
        with(Activation::Sigmoid, Initializer::HeNormal { gain: 1.0 }, 300),
        Experiment { widths: vec![100; 7], ..normal(0.14, 900) },
        Experiment { seed: 11, ..experiment.clone() },
        Experiment { inputs: Inputs { split: Split::Train, ..experiment.inputs.clone() }, ..experiment.clone() },
        experiment.clone(),
    ] {
        measurer.measure_all(&before, Quantities::OUTPUTS).unwrap();
        assert_same(&measurer.measure_all(&experiment, Quantities::OUTPUTS).unwrap(), &cold);
    }
}

#[test]
fn layers_that_are_there_are_not_measured_again() {
    let he = Initializer::HeNormal { gain: 1.0 };
    let biased =
        |bias: f64| Experiment { bias, ..with(Activation::Tanh, Initializer::GlorotUniform { gain: 1.0 }, 10_000) };
    for experiment in [with(Activation::Gelu, he, 10_000), with(Activation::Relu, he, 10_000), biased(0.1)] {
        let of = |widths: &[usize]| Experiment { widths: widths.to_vec(), ..experiment.clone() };
        let mut measurer = Measurer::new().unwrap();
        stages(&mut measurer, &of(&[100; 5]));
        for widths in [&[100; 7][..], &[100, 100, 100, 30], &[100, 100], &[100, 100, 64]] {
            let answers = stages(&mut measurer, &of(widths));
            assert!(answers.iter().all(Measurement::is_exact), "{widths:?}: of all images at once");
            assert_same(answers.last().unwrap(), &measure(&of(widths)));
        }
    }
}

#[test]
fn gradients_of_a_large_network_are_known_to_take_long() {
    let of = |depth: usize, width: usize| {
        gradients_take(&Experiment { widths: vec![width; depth], ..normal(0.1, 10_000) }).as_secs_f64()
    };
    assert!(of(5, 100) < 1.0);
    // 10^8 weights x 10^4 images x 3 products x 2 at no more than 2 TFLOP/s.
    assert!(of(100, 1000) > 3.0);
    assert!((of(100, 1000) / of(50, 1000) - 2.0).abs() < 0.1);
}

#[test]
fn outputs_that_are_not_kept_are_computed_again_to_the_same_bits() {
    let experiment = normal(0.1, 2000);
    let kept = measure(&experiment);
    for values in [0, 5 * BLOCK * 500] {
        let mut measurer = Measurer::new().unwrap().keeping(values);
        assert_same(&measurer.measure_all(&experiment, Quantities::OUTPUTS).unwrap(), &kept);
        assert_same(stages(&mut measurer, &experiment).last().unwrap(), &kept);
    }
}

#[test]
fn the_images_are_the_first_of_the_split_in_their_order() {
    // With all weights 1, the output of a single unit is the sum of an image's pixels.
    let dataset = Dataset::load(&Data::Mnist, Split::Train).unwrap();
    let article = normal(0.1, 200);
    let inputs = Inputs { split: Split::Train, ..article.inputs };
    let experiment = Experiment {
        inputs,
        widths: vec![1],
        initializer: Initializer::RandomNormal { mean: 1.0, sigma: 0.0 },
        ..article
    };
    let found = measure(&experiment).layers[0].output.mean;
    let sum: f64 = dataset.pixels(0..200).iter().map(|&pixel| f64::from(pixel) / 255.0).sum();
    assert!((found / (sum / 200.0) - 1.0).abs() < 1e-6, "{found}");
}

#[test]
fn a_panic_is_a_sentence_and_the_next_request_works() {
    let mut measurer = Measurer::new().unwrap();
    let (wake, woken) = channel();
    let engine = Engine::with(
        move |request, interrupted, publish| {
            assert_ne!(request.subject.experiment().seed, 13, "thirteen");
            measurer.measure(request, interrupted, publish)
        },
        move || wake.send(()).unwrap_or_default(),
    )
    .unwrap();
    let request = engine.request(Experiment { seed: 13, ..normal(0.1, 100) });
    let sentence = answer_to(&engine, &woken, request).unwrap_err();
    assert!(sentence.contains("thirteen") && sentence.lines().count() == 1, "{sentence}");
    let request = engine.request(normal(0.1, 100));
    assert_same(&last_of(&engine, &woken, request), &measure(&normal(0.1, 100)));
}

#[test]
fn a_folder_that_is_not_there_is_a_sentence_and_the_next_request_works() {
    let (engine, woken) = engine(Measurer::new().unwrap());
    let good = normal(0.1, 100);
    let data = Data::Folder(PathBuf::from("/nowhere/mnist"));
    let request = engine.request(Experiment { inputs: Inputs { data, ..good.inputs.clone() }, ..good.clone() });
    let sentence = answer_to(&engine, &woken, request).unwrap_err();
    assert!(sentence.contains("/nowhere/mnist") && sentence.lines().count() == 1, "{sentence}");
    let request = engine.request(good.clone());
    assert_same(&last_of(&engine, &woken, request), &measure(&good));
}

#[test]
fn an_engine_stops_when_it_is_dropped() {
    let (engine, woken) = engine(Measurer::new().unwrap());
    engine.request(normal(0.1, 10_000));
    drop(engine);
    while woken.recv_timeout(PATIENCE).is_ok() {}
}

#[test]
fn sigma_0_gives_zeros_and_an_even_guess() {
    for activation in Activation::ALL {
        let zero = Initializer::RandomNormal { mean: 0.0, sigma: 0.0 };
        let measurement = measure(&with(activation, zero, 300));
        assert!((measurement.loss - 10_f64.ln()).abs() < 1e-12);
        let mut at_zero = [0.0_f32];
        activation.apply(&mut at_zero);
        let value = f64::from(at_zero[0]);
        for layer in &measurement.layers {
            let output = &layer.output;
            assert_eq!((output.min, output.mean, output.max, output.std), (value, value, value, 0.0));
            assert_eq!(output.zero_fraction, if value == 0.0 { 1.0 } else { 0.0 });
            // At zero, by the formulas: relu and relu6 are flat, and hard_sigmoid is half on, which it need not be.
            let expected = match activation {
                Activation::Relu | Activation::Relu6 => (100, 0, 0),
                Activation::HardSigmoid => (0, 0, 100),
                _ if value == 0.0 => (0, 100, 0),
                _ => (0, 0, 0),
            };
            let states = layer.states;
            assert_eq!((states.dead, states.never_positive, states.always_on), expected, "{activation}");
            assert_eq!(output.density.masses.len(), 1);
        }
    }
}

#[test]
fn values_that_overflow_are_counted_and_named() {
    for sigma in [1e9, 1e30] {
        let measurement = measure(&normal(sigma, 300));
        let OverflowPlace::Hidden(first) = measurement.overflow().unwrap().place else { panic!("a hidden layer") };
        assert_eq!(first, if sigma == 1e9 { 4 } else { 2 });
        for layer in &measurement.layers {
            let output = &layer.output;
            assert_eq!(output.count, 300 * 100);
            assert_eq!(output.non_finite(), output.nan + output.infinite);
            assert_eq!(output.non_finite() > 0, layer.layer >= first);
            assert!(output.non_finite() == 0 || !output.mean.is_finite() && output.std.is_nan());
            assert!(output.nan == 0 || output.max.is_nan());
        }
        assert!(measurement.loss.is_nan());
        // Nothing fires because nothing is a number; that is not being dead.
        let last = measurement.layers.last().unwrap();
        assert_eq!((last.output.nan, last.states.dead, last.states.always_on), (300 * 100, 0, 0));
    }
}

#[test]
fn bounded_activations_survive_any_sigma() {
    for sigma in [1e9, 1e30] {
        for activation in [Activation::Sigmoid, Activation::Tanh] {
            let measurement = measure(&with(activation, Initializer::RandomNormal { mean: 0.0, sigma }, 300));
            assert!(measurement.overflow().is_none());
            let lowest = if activation == Activation::Tanh { -1.0 } else { 0.0 };
            for layer in &measurement.layers {
                assert!(layer.output.min >= lowest && layer.output.max <= 1.0);
                assert!(layer.saturated_fraction.unwrap() > 0.99);
            }
        }
    }
}

#[test]
fn the_smallest_experiment_is_measured() {
    let mut measurer = Measurer::new().unwrap();
    for activation in Activation::ALL {
        for initializer in Initializer::ALL {
            let smallest = Experiment { widths: vec![1], ..with(activation, initializer, 1) };
            let measurement = measurer.measure_all(&smallest, Quantities::OUTPUTS).unwrap();
            assert!(measurement.is_exact() && measurement.loss.is_finite());
            let [layer] = measurement.layers.as_slice() else { panic!("one layer") };
            assert_eq!((layer.units, layer.fan_in, layer.output.count), (1, 784, 1));
            assert_eq!((layer.output.min, layer.output.std), (layer.output.max, 0.0));
            assert_eq!(layer.states.dead + layer.states.mixed + layer.states.always_on, 1);
            let what = format!("{activation}, {initializer:?}: {:?}", layer.states);
            match layer.output.max > 0.0 {
                true => assert_eq!(layer.states.never_positive, 0, "{what}"),
                false => assert_eq!(layer.states.dead + layer.states.never_positive, 1, "{what}"),
            }
        }
    }
}

#[test]
fn the_largest_network_is_measured() {
    let experiment =
        Experiment { widths: vec![1024; 100], ..with(Activation::Relu, Initializer::HeNormal { gain: 1.0 }, 128) };
    let measurement = measure(&experiment);
    assert_eq!(measurement.layers.len(), 100);
    assert!(measurement.layers.iter().all(|layer| layer.output.count == 128 * 1024 && layer.output.mean > 0.0));
}

fn normal(sigma: f64, images: usize) -> Experiment {
    with(Activation::Relu, Initializer::RandomNormal { mean: 0.0, sigma }, images)
}

fn with(activation: Activation, initializer: Initializer, images: usize) -> Experiment {
    let article = Experiment::article();
    Experiment { inputs: Inputs { images, ..article.inputs }, activation, initializer, ..article }
}

fn measure(experiment: &Experiment) -> Measurement {
    Measurer::new().unwrap().measure_all(experiment, Quantities::OUTPUTS).unwrap()
}

fn stages(measurer: &mut Measurer, experiment: &Experiment) -> Vec<Measurement> {
    let mut answers = Vec::new();
    measurer.measure(&experiment.clone().into(), &|| false, &mut |measurement| answers.push(measurement)).unwrap();
    answers
}

fn engine(mut measurer: Measurer) -> (Engine, Receiver<()>) {
    let (wake, woken) = channel();
    let engine = Engine::with(
        move |experiment, interrupted, publish| measurer.measure(experiment, interrupted, publish),
        move || wake.send(()).unwrap_or_default(),
    )
    .unwrap();
    (engine, woken)
}

fn wait_for(what: &str, mut is_there: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_there() {
        assert!(start.elapsed() < PATIENCE, "no {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// The next answer to a request.
fn answer_to(engine: &Engine, woken: &Receiver<()>, wanted: u64) -> Result<Arc<Measurement>, String> {
    loop {
        woken.recv_timeout(PATIENCE).expect("an answer");
        if let Some(Answer { request, result, .. }) = engine.take_answer()
            && request == wanted
        {
            return result.map_err(|failure| failure.to_string());
        }
    }
}

/// The exact answer to a request.
fn last_of(engine: &Engine, woken: &Receiver<()>, request: u64) -> Arc<Measurement> {
    loop {
        let measurement = answer_to(engine, woken, request).unwrap();
        if measurement.is_exact() && measurement.has(Quantities::OUTPUTS) {
            return measurement;
        }
    }
}

/// Debug writes every f64 with the digits that read back as the same bits.
fn assert_same(one: &Measurement, other: &Measurement) {
    assert!(format!("{one:?}") == format!("{other:?}"), "measurements differ");
}
