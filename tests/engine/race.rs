//! Networks that are trained side by side in the background: the same bits whatever happens on the way.

use std::sync::Arc;
use std::time::{Duration, Instant};

use initscope::engine::race::{RaceFound, RaceNumber, RaceTrainer, RaceWish};
use initscope::engine::{Entrant, Job, Measurer, Quantities, Request, Stoppable as _, Workers, trained_subjects};
use initscope::experiment::{Activation, Experiment, Initializer, Inputs, Split};
use initscope::stats::UnitStates;
use initscope::subject::Subject;
use initscope::training::{Length, Schedule, Training, TrainingSettings};

/// Two small networks on 160 training images: five steps an epoch.
fn entrants() -> Vec<Entrant> {
    let settings = TrainingSettings {
        optimizer: Some("adam".to_owned()),
        learning_rate: Some(vec![0.01]),
        batch: Some(32),
        epochs: Some(6),
        train_images: Some(160),
        ..TrainingSettings::default()
    };
    let training = settings.apply().unwrap();
    [0.1, 0.3].map(|sigma| Entrant::drawn(small(sigma), training)).to_vec()
}

fn small(sigma: f64) -> Experiment {
    let article = Experiment::article();
    let inputs = Inputs { images: 200, split: Split::Test, ..article.inputs.clone() };
    let initializer = Initializer::RandomNormal { mean: 0.0, sigma };
    Experiment { inputs, initializer, widths: vec![24, 20], ..article }
}

fn wish(target: u64) -> RaceWish {
    RaceWish { entrants: entrants(), target, stop_at_loss: None, number: RaceNumber::default() }
}

fn until(job: &mut Job<RaceWish, RaceTrainer>, is_so: impl Fn(&Job<RaceWish, RaceTrainer>) -> bool) {
    let start = Instant::now();
    while !is_so(job) {
        assert!(start.elapsed() < Duration::from_secs(120), "{:?}", job.failure());
        std::thread::sleep(Duration::from_millis(1));
        job.take();
    }
}

fn finished(job: &mut Job<RaceWish, RaceTrainer>, wish: RaceWish) -> RaceFound {
    job.ask(wish);
    until(job, Job::is_answered);
    RaceFound::clone(job.known().unwrap())
}

/// All bits that a racer has.
fn bits(found: &RaceFound) -> Vec<(Subject, Vec<u64>, String)> {
    let of = |racer: &initscope::engine::race::RacerFound| {
        let losses = racer.history.losses().map(f64::to_bits).collect();
        (racer.subject(racer.step).unwrap(), losses, format!("{:?}", racer.epochs))
    };
    found.racers.iter().map(of).collect()
}

#[test]
fn pauses_looks_and_beginning_again_leave_no_trace_in_the_bits() {
    let Workers { trainer, .. } = Workers::start(|| ()).unwrap();
    let mut alone = Job::new(trainer);
    let expected = finished(&mut alone, wish(30));
    assert_eq!(expected.racers.iter().map(|racer| racer.step).collect::<Vec<_>>(), [30, 30]);
    assert_eq!(expected.racers[0].epochs.len(), 7, "the start, and every epoch");
    assert!(alone.known().is_some_and(|found| found.meets(&wish(30))) && !alone.is_open(), "it is idle");

    let Workers { trainer, engine, .. } = Workers::start(|| ()).unwrap();
    let mut job = Job::new(trainer);
    for target in [1, 2, 7] {
        let found = finished(&mut job, wish(target));
        assert!(found.racers.iter().all(|racer| racer.step == target), "a step is a target one more");
    }
    job.ask(wish(30));
    // Whoever looks goes first.
    engine.request(Request { subject: small(0.2).into(), quantities: Quantities::ALL, at_leisure: false });
    job.stop();
    assert!(job.is_held());
    job.go_on();
    until(&mut job, Job::is_answered);
    assert_eq!(bits(job.known().unwrap()), bits(&expected));

    let back = finished(&mut job, wish(0));
    assert_eq!(back.racers[1].subject(0), Some(Subject::from(small(0.3))), "the same draw");
    assert!(back.racers.iter().all(|racer| racer.step == 0 && racer.history.steps() == 0 && racer.latest.is_none()));
    assert_eq!(bits(&finished(&mut job, wish(30))), bits(&expected));
}

#[test]
fn any_step_that_is_kept_can_be_measured() {
    let Workers { trainer, .. } = Workers::start(|| ()).unwrap();
    let found = finished(&mut Job::new(trainer), wish(30));
    let racer = &found.racers[0];
    let steps: Vec<_> = racer.snapshots.kept().iter().map(|kept| kept.step()).collect();
    assert_eq!(steps, [1, 2, 4, 5, 10, 15, 20, 25, 30]);
    assert_eq!(racer.snapshots.what_is_left_out(), None);
    let mut measurer = Measurer::with_threads(2).unwrap();
    let quantities = Quantities { gradients: true, ..Quantities::OUTPUTS };
    for figures in &racer.epochs {
        let subject = racer.subject(figures.step).unwrap();
        let measured = measurer.measure_all(&subject, quantities).unwrap();
        for (layer, expected) in figures.layers.iter().zip(&measured.layers) {
            let UnitStates { dead, always_on, .. } = expected.states;
            assert_eq!((layer.dead_units, layer.always_on_units), (dead, always_on), "step {}", figures.step);
            let gradient = expected.gradient.as_ref().unwrap();
            for (found, expected) in [
                (layer.output_std, expected.output.std),
                (layer.gradient_l2, gradient.l2),
                (layer.weight_gradient_l2, gradient.weight_l2),
            ] {
                assert!((found / expected - 1.0).abs() < 1e-5, "step {}: {found}, {expected}", figures.step);
            }
        }
    }
    let first = &racer.epochs[0];
    assert!(first.layers.iter().all(|layer| layer.update_ratio.is_none() && layer.distance == 0.0));
    let last = &racer.epochs[6];
    assert!(last.train_loss < 0.5 * first.train_loss && last.test_accuracy > first.test_accuracy);
    assert!(last.layers.iter().all(|layer| layer.distance > 0.0 && layer.update_ratio > Some(0.0)));
}

#[test]
fn a_racer_stops_at_a_loss_and_where_something_is_not_finite() {
    let Workers { trainer, .. } = Workers::start(|| ()).unwrap();
    let mut job = Job::new(trainer);
    let found = finished(&mut job, RaceWish { stop_at_loss: Some(1.9), ..wish(30) });
    for racer in &found.racers {
        let losses: Vec<_> = racer.history.losses().collect();
        let step = racer.reached.expect("it learns");
        assert_eq!((racer.step, losses.len() as u64), (step, step));
        assert!(losses[..losses.len() - 1].iter().all(|&loss| loss > 1.9) && losses[losses.len() - 1] <= 1.9);
    }
    // Without a loss to stop at, it goes on.
    assert!(finished(&mut job, wish(30)).racers.iter().all(|racer| racer.step == 30));

    let [one, other] = <[_; 2]>::try_from(entrants()).unwrap();
    let sgd = TrainingSettings {
        learning_rate: Some(vec![1e9]),
        train_images: Some(160),
        steps: Some(30),
        ..TrainingSettings::default()
    };
    let wild = Entrant { training: sgd.apply().unwrap(), ..other };
    let found = finished(&mut job, RaceWish { entrants: vec![wild, one], ..wish(30) });
    let ended = found.racers[0].ended.expect("a rate of 1e9 explodes");
    assert!(ended.step <= 10, "{ended}");
    assert_eq!((found.racers[1].step, found.racers[1].ended), (30, None), "the other one is not disturbed");
}

#[test]
fn a_data_folder_that_vanished_is_a_failure_with_a_sentence() {
    let Workers { trainer, .. } = Workers::start(|| ()).unwrap();
    let mut job = Job::new(trainer);
    let mut entrant = entrants().remove(0);
    entrant.experiment.inputs.data = initscope::experiment::Data::Folder("/nowhere/at/all".into());
    job.ask(RaceWish { entrants: vec![entrant], target: 3, stop_at_loss: None, number: RaceNumber::default() });
    until(&mut job, |job| job.failure().is_some());
    let sentence = job.failure().unwrap().to_string();
    assert!(sentence.starts_with("the data folder does not exist") && !job.is_open(), "{sentence}");
    assert!(finished(&mut job, wish(1)).racers.iter().all(|racer| racer.step == 1), "nothing is lost");
}

#[test]
fn deep_narrow_and_drawn_networks_train() {
    let drawn = Experiment {
        inputs: Inputs { data: initscope::experiment::Data::Gaussian { dim: 7 }, ..small(0.1).inputs },
        ..small(0.1)
    };
    let deep = Experiment { widths: vec![1; 100], activation: Activation::Tanh, ..small(0.1) };
    let one_image = TrainingSettings { batch: Some(1), train_images: Some(1), steps: Some(3), ..Default::default() };
    for experiment in [drawn, deep] {
        let mut training: Training = one_image.apply().unwrap();
        for images in [1, 100] {
            training.images = images;
            let entrant = Entrant::drawn(experiment.clone(), training);
            let mut course = entrant.course(&mut Measurer::with_threads(1).unwrap()).unwrap();
            (0..3).for_each(|_| drop(course.advance().unwrap()));
            course.look();
            assert!(course.epochs().last().unwrap().train_loss.is_finite());
        }
    }
}

/// So a window closes, and a race pauses, in the middle of judging a deep network on all images.
#[test]
fn a_look_that_is_given_up_leaves_no_trace() {
    let course = || entrants().into_iter().next().unwrap().course(&mut Measurer::with_threads(1).unwrap()).unwrap();
    let (mut given_up, mut plain) = (course(), course());
    for chunks in [0, 1] {
        let asked = std::cell::Cell::new(0);
        assert!(!given_up.look_while(&|| asked.replace(asked.get() + 1) < chunks));
        assert!(given_up.is_due() && given_up.epochs().is_empty());
    }
    given_up.look();
    plain.look();
    assert!(!given_up.is_due());
    assert_eq!(given_up.epochs(), plain.epochs());
}

#[test]
fn racers_that_are_not_changed_stay_and_what_agrees_so_far_goes_on() {
    let Workers { trainer, .. } = Workers::start(|| ()).unwrap();
    let mut job = Job::new(trainer);
    let [one, other] = <[_; 2]>::try_from(entrants()).unwrap();
    let third = Entrant::drawn(small(0.2), one.training);
    let race = |entrants: &[&Entrant], target| {
        let entrants = entrants.iter().map(|entrant| (*entrant).clone()).collect();
        RaceWish { entrants, target, stop_at_loss: None, number: RaceNumber::default() }
    };
    let expected = finished(&mut job, race(&[&one, &other, &third], 30));
    let kept = |found: &RaceFound, racer: usize| found.racers[racer].snapshots.kept().to_vec();

    // Another in the middle, and the order of the others turned: they are the very same, down to what is shared.
    let Workers { trainer, .. } = Workers::start(|| ()).unwrap();
    let mut job = Job::new(trainer);
    let before = finished(&mut job, race(&[&one, &other], 20));
    let after = finished(&mut job, race(&[&other, &third, &one], 20));
    for (then, now) in [(0, 2), (1, 0)] {
        let same = kept(&before, then).into_iter().zip(kept(&after, now)).all(|(then, now)| Arc::ptr_eq(&then, &now));
        assert!(same && !kept(&after, now).is_empty(), "racer {then} began again");
    }
    assert_eq!(after.racers.iter().map(|racer| racer.step).collect::<Vec<_>>(), [20, 20, 20]);
    let all = finished(&mut job, race(&[&one, &other, &third], 30));
    assert_eq!(bits(&all), bits(&expected));

    // Another rate after step 30 of 60 goes on from there; a longer training does, too. Both end where they would from the start.
    let longer = |training: Training| Training { length: Length::Epochs(12), ..training };
    let changed = |entrant: &Entrant| {
        let training = longer(entrant.training).with_rate_after(30, 0.1).unwrap();
        Entrant { training, ..entrant.clone() }
    };
    let (falls, stays) = (changed(&one), Entrant::drawn(small(0.2), longer(third.training)));
    let on = finished(&mut job, race(&[&falls, &stays], 60));
    for (then, now) in [(0, 0), (2, 1)] {
        assert!(Arc::ptr_eq(&kept(&all, then)[3], &kept(&on, now)[3]), "racer {then} began again");
    }
    let Workers { trainer, .. } = Workers::start(|| ()).unwrap();
    let anew = finished(&mut Job::new(trainer), race(&[&falls, &stays], 60));
    assert_eq!(bits(&on), bits(&anew));
    assert_ne!(
        on.racers[0].latest,
        finished(&mut job, race(&[&Entrant { training: longer(one.training), ..one }], 60)).racers[0].latest
    );

    // What is already done otherwise begins again.
    let sooner =
        Entrant { training: Training { schedule: Schedule::Step { at: 20, factor: 0.1 }, ..falls.training }, ..falls };
    let again = finished(&mut job, race(&[&sooner], 60));
    let Workers { trainer, .. } = Workers::start(|| ()).unwrap();
    assert_eq!(bits(&again), bits(&finished(&mut Job::new(trainer), race(&[&sooner], 60))));
}

#[test]
fn updates_are_what_a_step_changed_of_the_weights() {
    let Workers { trainer, .. } = Workers::start(|| ()).unwrap();
    let mut job = Job::new(trainer);
    let found = finished(&mut job, wish(10));
    let mut measurer = Measurer::with_threads(1).unwrap();
    for racer in &found.racers {
        for step in [2, 4, 10] {
            let entrants = [step - 1, step].map(|steps| (racer.entrant.clone(), steps));
            let subjects = trained_subjects(&entrants, &mut measurer, &|| ()).unwrap();
            let kernels = |subject: &Subject| subject.weights().numbers().unwrap().kernels().to_vec();
            let (before, after) = (kernels(&subjects[0]), kernels(&subjects[1]));
            let subject = racer.subject(step).unwrap();
            assert_eq!(subject, subjects[1], "also what it changed");
            let updates = subject.updates().unwrap();
            assert_eq!((updates.step(), updates.layers().len()), (step, 2));
            for (index, layer) in updates.layers().iter().enumerate() {
                let moved: Vec<f64> =
                    before[index].iter().zip(&after[index]).map(|(before, after)| f64::from(after - before)).collect();
                let mean = moved.iter().sum::<f64>() / moved.len() as f64;
                let std = (moved.iter().map(|at| (at - mean).powi(2)).sum::<f64>() / moved.len() as f64).sqrt();
                let least = moved.iter().copied().fold(f64::INFINITY, f64::min);
                assert_eq!((layer.count, layer.min), (moved.len() as u64, least));
                assert!((layer.std / std - 1.0).abs() < 1e-9 && (layer.mean - mean).abs() < 1e-9 * std, "{step}");
            }
            let quantities = Quantities { updates: true, ..Quantities::GLANCE };
            let measured = measurer.measure_all(&subject, quantities).unwrap();
            assert_eq!(measured.layers[1].update.as_ref().unwrap().std, updates.layers()[1].std);
        }
        let start = racer.subject_with_updates(0).unwrap();
        assert_eq!((start.is_drawn(), start.updates().unwrap().step()), (true, 1));
        assert_ne!(start, racer.subject(0).unwrap());
    }
    // Where it is stopped on its way, what its last step changed is known, too.
    job.ask(wish(u64::MAX));
    until(&mut job, |job| job.known().is_some_and(|found| found.racers[0].step > 12));
    job.stop();
    let start = Instant::now();
    while job.worker().may_reply() {
        assert!(start.elapsed() < Duration::from_secs(60));
        job.take();
    }
    for racer in &job.known().unwrap().racers {
        let updates = racer.subject(racer.step).unwrap().updates().unwrap().step();
        assert_eq!(updates, racer.step);
    }
}
