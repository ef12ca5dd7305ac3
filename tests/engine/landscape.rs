//! A landscape is made of real networks: what it says of a cell is what measuring that cell's experiment says.

use std::time::{Duration, Instant};

use initscope::engine::landscape::{
    Cell, NoTerrain, Plane, Reading, Standpoint, Survey, Surveyor, Terrain, TrainedPlane, Wanted,
};
use initscope::engine::{Entrant, Measurement, Measurer, Quantities, Workers};
use initscope::experiment::{Activation, Draws, Experiment, Initializer, NetworkFramework};
use initscope::training::{Length, Optimizer, Training, TrainingSettings};

fn small(activation: Activation) -> Experiment {
    Experiment { widths: vec![12; 3], activation, ..Experiment::article() }
}

fn survey(experiment: &Experiment, plane: Plane, gradients: bool, threads: usize) -> Survey {
    let terrain = Terrain::of(experiment, plane).unwrap();
    Survey::measure_all(Wanted { terrain, gradients }, threads).unwrap()
}

fn measured(survey: &Survey, at: (usize, usize)) -> Measurement {
    let quantities = Quantities { gradients: true, ..Quantities::GLANCE };
    Measurer::new().unwrap().measure_all(&survey.terrain.experiment(at), quantities).unwrap()
}

fn assert_close(found: Reading, expected: f64, what: &str) {
    let found = found.number().unwrap();
    assert!((found - expected).abs() <= 1e-5 * expected.abs(), "{what}: {found}, measured {expected}");
}

/// Where theory has a sigma_w between hidden layers, an experiment has a place by it, whatever drew its weights.
#[test]
fn every_initializer_that_theory_covers_has_a_place() {
    use initscope::theory::Coverage;
    for initializer in Initializer::ALL {
        let experiment = Experiment {
            widths: vec![100; 4],
            initializer,
            activation: Activation::Tanh,
            inputs: initscope::experiment::Inputs { images: 200, ..Experiment::article().inputs },
            ..Experiment::article()
        };
        let measurement = Measurer::new().unwrap().measure_all(&experiment, Quantities::OUTPUTS).unwrap();
        let terrain = Terrain::of(&experiment, Plane::Biases).unwrap();
        let place = terrain.place(&(&experiment).into());
        let is_covered = !matches!(measurement.coverage, Coverage::NotCovered(_));
        assert_eq!(place.is_ok(), is_covered, "{initializer}");
        let Ok(place) = place else { continue };
        // As measured from the weights, of 10,000 draws each.
        for layer in &measurement.layers[1..] {
            let measured = layer.weights.std() * 10.0;
            let tolerance = if initializer.looks_at_data() { 0.15 } else { 0.04 };
            assert!((place.x / measured - 1.0).abs() < tolerance, "{initializer}: {} and {measured}", place.x);
        }
        // U(-1/10, 1/10) has the variance 1/300.
        let sigma_b = if initializer.sets_biases() { (1.0_f64 / 300.0).sqrt() } else { 0.0 };
        assert!((place.y - sigma_b).abs() < 1e-12, "{initializer}: {}", place.y);
    }
}

/// Each number is that of the measurement of the cell's experiment.
fn assert_agrees(survey: &Survey, at: (usize, usize)) {
    let cell = survey.cell(at).unwrap();
    let measurement = measured(survey, at);
    let (first, last) = (&measurement.layers[0], measurement.layers.last().unwrap());
    assert_close(cell.output_std, last.output.std, "std");
    assert_eq!(cell.dead_share, Reading::Number(last.states.dead as f64 / last.units as f64));
    if let Some(ratio) = cell.gradient_ratio {
        let l2 = |layer: &initscope::engine::LayerMeasurement| layer.gradient.as_ref().unwrap().l2;
        match l2(last) {
            0.0 => assert_eq!(ratio, Reading::Undefined),
            norm => assert_close(ratio, l2(first) / norm, "ratio"),
        }
    }
}

const SOME: [(usize, usize); 4] = [(0, 0), (9, 1), (17, 39), (39, 22)];

#[test]
fn cells_over_sigma_w_and_sigma_b_are_those_experiments() {
    let biased = Experiment { bias: -0.4, linear_first: true, ..small(Activation::Relu) };
    let shared = Experiment { draws: Draws::Shared, ..small(Activation::Sigmoid) };
    let uniform = Experiment { initializer: Initializer::GlorotUniform { gain: 1.0 }, ..small(Activation::Tanh) };
    for experiment in [small(Activation::Relu), biased, shared, uniform] {
        let survey = survey(&experiment, Plane::Biases, true, 0);
        assert!(survey.is_complete());
        for at in SOME {
            assert_agrees(&survey, at);
        }
    }
}

#[test]
fn cells_over_depth_are_those_experiments_with_or_without_gradients() {
    let bounds = Initializer::TruncNormal { mean: 0.0, sigma: 1.0, a: -0.3, b: 0.3 };
    let tanh = Experiment { bias_std: 0.1, ..small(Activation::Tanh) };
    let he = Experiment { initializer: Initializer::HeNormal { gain: 1.0 }, ..small(Activation::Relu) };
    for experiment in [tanh, he, Experiment { initializer: bounds, ..small(Activation::Gelu) }] {
        let forward = survey(&experiment, Plane::Depth, false, 0);
        let both = survey(&experiment, Plane::Depth, true, 0);
        for at in [(9, 0), (20, 1), (30, 39)] {
            assert_agrees(&forward, at);
            assert_agrees(&both, at);
        }
        for (at, cell) in both.measured() {
            assert_eq!(forward.cell(at), Some(Cell { gradient_ratio: None, ..cell }), "one pass for all depths");
        }
    }
}

#[test]
fn a_survey_does_not_depend_on_threads() {
    for (plane, gradients) in [(Plane::Biases, true), (Plane::Depth, false)] {
        let of = |threads| survey(&small(Activation::Tanh), plane, gradients, threads).measured().collect::<Vec<_>>();
        assert_eq!(of(1), of(3));
    }
}

#[test]
fn units_below_every_pre_activation_are_dead_and_leave_no_ratio() {
    let experiment = Experiment { bias: -1e9, ..small(Activation::Relu) };
    let survey = survey(&experiment, Plane::Biases, true, 0);
    for (_, cell) in survey.measured() {
        assert_eq!((cell.output_std, cell.dead_share), (Reading::Number(0.0), Reading::Number(1.0)));
        assert_eq!(cell.gradient_ratio, Some(Reading::Undefined));
    }
}

#[test]
fn what_exceeds_f32_is_no_number() {
    let experiment = Experiment { bias: 3e38, widths: vec![100; 3], ..small(Activation::Relu) };
    let survey = survey(&experiment, Plane::Biases, false, 0);
    let cell = survey.cell((39, 0)).unwrap();
    assert_eq!((cell.output_std, cell.dead_share), (Reading::Overflow, Reading::Overflow));
}

#[test]
fn a_landscape_is_the_same_wherever_on_it_an_experiment_stands() {
    for plane in [Plane::Biases, Plane::Depth] {
        let terrain = Terrain::of(&small(Activation::Tanh), plane).unwrap();
        for at in SOME {
            let there = terrain.experiment(at);
            assert_eq!(Terrain::of(&there, plane).as_ref(), Ok(&terrain));
            let place = terrain.place(&there.into()).unwrap();
            assert!((place.x - terrain.x(at.0)).abs() < 1e-9, "{place:?}");
            assert_eq!((place.y, place.exact), (terrain.y(at.1), true));
            assert_eq!(terrain.cell_at(place.x, place.y), at);
        }
    }
}

#[test]
fn a_sigma_for_all_layers_stands_where_its_hidden_layers_do() {
    // N(0, 0.1²): sigma_w is 0.1 sqrt(100) = 1 from hidden layer to hidden layer, and 2.8 in the first.
    let terrain = Terrain::of(&Experiment::article(), Plane::Biases).unwrap();
    let place = terrain.place(&Experiment::article().into()).unwrap();
    assert!((place.x - 1.0).abs() < 1e-12 && place.y == 0.0 && !place.exact, "{place:?}");
    // 0.1 sqrt(100) and 0.1 sqrt(50): the middle of their ratios is 0.1 sqrt(sqrt(5000)).
    let by_width = Experiment { widths: vec![100, 50, 100], ..Experiment::article() };
    let place = terrain.place(&by_width.into()).unwrap();
    let (low, high) = place.span.unwrap();
    assert!((low - 0.5_f64.sqrt()).abs() < 1e-12 && (high - 1.0).abs() < 1e-12, "{place:?}");
    assert!((place.x - 0.5_f64.powf(0.25)).abs() < 1e-12 && !place.exact, "{place:?}");
}

#[test]
fn depth_takes_one_width() {
    let experiment = Experiment { widths: vec![100, 50], ..Experiment::article() };
    assert!(matches!(Terrain::of(&experiment, Plane::Depth), Err(NoTerrain(_))));
    let deep = Experiment { widths: vec![10; 41], ..Experiment::article() };
    assert_eq!(Terrain::of(&deep, Plane::Depth).unwrap().rows(), 100, "the experiment's own depth is on the map");
}

/// The edge's x at a y, between its points.
fn edge_at(survey: &Survey, y: f64) -> f64 {
    let lines = survey.edge.as_deref().unwrap().as_ref().unwrap();
    let pairs = lines.iter().flat_map(|line| line.windows(2));
    let around = pairs.map(|pair| (pair[0], pair[1])).find(|(low, high)| low[1] <= y && y <= high[1]);
    let (low, high) = around.unwrap();
    low[0] + (high[0] - low[0]) * (y - low[1]) / (high[1] - low[1])
}

#[test]
fn the_edge_of_chaos_goes_where_papers_have_it() {
    let tanh = survey(&small(Activation::Tanh), Plane::Biases, false, 0);
    // tanh without biases: sigma_w = 1 (Poole et al. 2016).
    assert!((edge_at(&tanh, 0.0) - 1.0).abs() < 1e-6);
    // Xiao et al. 2018 (arXiv 1806.05393) train at sigma_w^2 = 1.05, sigma_b^2 = 2.01e-5; and Schoenholz et al. 2017 look at
    // sigma_b^2 = 0.05, for which SciPy's quad and brentq give sigma_w^2 = 1.7609546.
    for (bias_variance, weight_variance) in [(2.01e-5, 1.05), (0.05, 1.760_954_6)] {
        let at = edge_at(&tanh, f64::sqrt(bias_variance)).powi(2);
        assert!((at - weight_variance).abs() < 1e-3, "{at}, not {weight_variance}");
    }
    // He et al. 2015: relu keeps size at sigma_w^2 = 2, sigma_b = 0; its chi1 is sigma_w^2 / 2 whatever sigma_b is.
    let relu = survey(&small(Activation::Relu), Plane::Biases, false, 0);
    for bias_std in [0.0, 1.0, 1.9] {
        assert!((edge_at(&relu, bias_std) - 2.0_f64.sqrt()).abs() < 1e-9);
    }
    // The same as a sigma: sqrt(2 / width) at every depth.
    let deep = survey(&small(Activation::Relu), Plane::Depth, false, 0);
    for depth in [1.0, 17.0, 40.0] {
        assert!((edge_at(&deep, depth) - (2.0 / 12.0_f64).sqrt()).abs() < 1e-6);
    }
}

#[test]
fn where_theory_has_no_edge_the_reason_is_said() {
    let edge = |experiment: &Experiment| (*survey(experiment, Plane::Biases, false, 0).edge.unwrap()).clone();
    let shared = Experiment { draws: Draws::Shared, ..small(Activation::Tanh) };
    assert!(edge(&shared).unwrap_err().contains("does not cover"));
    let biased = Experiment { bias: 0.5, ..small(Activation::Tanh) };
    assert!(edge(&biased).unwrap_err().contains("mean zero"));
}

/// Asks a surveyor and waits for the first answer that says enough.
fn wait_for(surveyor: &Surveyor, request: u64, enough: impl Fn(&Survey) -> bool) -> std::sync::Arc<Survey> {
    let start = Instant::now();
    loop {
        assert!(start.elapsed() < Duration::from_secs(120), "no answer");
        if let Some(answer) = surveyor.take_answer() {
            let survey = answer.result.unwrap();
            if answer.request == request && enough(&survey) {
                return survey;
            }
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn wanted(experiment: &Experiment) -> Wanted {
    Wanted { terrain: Terrain::of(experiment, Plane::Biases).unwrap(), gradients: false }
}

#[test]
fn a_coarse_picture_comes_first_and_stopping_ends_the_work() {
    let Workers { engine: _engine, surveyor, .. } = Workers::start(|| {}).unwrap();
    let wide = Experiment { widths: vec![300; 20], ..small(Activation::Tanh) };
    let request = surveyor.request(wanted(&wide));
    let coarse = wait_for(&surveyor, request, |survey| survey.done() > 0);
    assert!(coarse.done() < coarse.total() / 4, "{} cells at once", coarse.done());
    surveyor.stop();
    // Work gives up at the next layer; an answer that was under way may still come.
    std::thread::sleep(Duration::from_millis(300));
    surveyor.take_answer();
    std::thread::sleep(Duration::from_millis(300));
    assert!(surveyor.take_answer().is_none());
}

#[test]
fn a_coarse_cell_stands_for_its_neighbours() {
    let survey = {
        let Workers { engine: _engine, surveyor, .. } = Workers::start(|| {}).unwrap();
        let request = surveyor.request(wanted(&small(Activation::Relu)));
        wait_for(&surveyor, request, |survey| survey.done() >= 25)
    };
    for row in 0..survey.terrain.rows() {
        for column in 0..40 {
            assert!(survey.nearest((column, row)).is_some());
        }
    }
    assert_eq!(survey.nearest((16, 8)), survey.cell((16, 8)));
}

#[test]
fn measurements_go_on_during_a_survey_and_the_survey_ends_all_the_same() {
    let Workers { engine, surveyor, .. } = Workers::start(|| {}).unwrap();
    let request = surveyor.request(wanted(&small(Activation::Tanh)));
    let mut experiment = Experiment {
        inputs: initscope::experiment::Inputs { images: 300, ..Experiment::article().inputs },
        ..Experiment::article()
    };
    for step in 1..=20 {
        experiment.initializer = Initializer::RandomNormal { mean: 0.0, sigma: 0.01 * f64::from(step) };
        let asked = engine.request(experiment.clone());
        let start = Instant::now();
        while engine.take_answer().is_none_or(|answer| answer.request != asked) {
            assert!(start.elapsed() < Duration::from_secs(60), "no answer");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    let interrupted = wait_for(&surveyor, request, Survey::is_complete);
    let undisturbed = survey(&small(Activation::Tanh), Plane::Biases, false, 1);
    assert!(interrupted.measured().eq(undisturbed.measured()), "interruptions leave no trace");
}

/// A training of so many steps, as the tables of trainable depth have it.
fn training(steps: usize) -> Training {
    let settings = TrainingSettings {
        learning_rate: Some(vec![0.01]),
        batch: Some(128),
        steps: Some(steps),
        train_images: Some(10_000),
        ..TrainingSettings::default()
    };
    settings.apply().unwrap()
}

#[test]
fn a_cell_of_trained_networks_is_what_training_its_experiment_comes_to() {
    let experiment = Experiment { widths: vec![4; 3], bias_std: 0.2, ..small(Activation::Tanh) };
    let terrain = Terrain::of_training(&experiment, training(3), TrainedPlane::Depth).unwrap();
    let of = |threads| Survey::measure_all(Wanted { terrain: terrain.clone(), gradients: false }, threads).unwrap();
    let survey = of(2);
    assert_eq!((survey.done(), survey.total(), survey.share_done()), (144, 144, 1.0));
    for at in [(0, 0), (7, 3), (11, 9)] {
        let experiment = terrain.experiment(at);
        assert_eq!(experiment.widths, vec![4; terrain.y(at.1) as usize]);
        let entrant = Entrant { experiment, training: training(3), given: None };
        let mut course = entrant.course(&mut Measurer::with_threads(1).unwrap()).unwrap();
        while !course.is_over() {
            course.advance().unwrap();
        }
        let judges = entrant.material().unwrap().judges.unwrap();
        let (loss, right) = course.racer().judge(&judges, 0..2000);
        let cell = survey.cell(at).unwrap();
        assert_eq!(cell.accuracy, Some(Reading::Number(right as f64 / 2000.0)), "{at:?}");
        assert_eq!(cell.loss, Some(Reading::Number(loss / 2000.0)), "{at:?}");
    }
    assert_eq!(of(1).cell((5, 5)), survey.cell((5, 5)), "threads leave no trace");
}

/// Also where it is the last step that makes it so, which no further step finds.
#[test]
fn a_trained_network_that_is_not_finite_has_no_accuracy() {
    let experiment = Experiment { widths: vec![4; 3], ..small(Activation::Linear) };
    let training = Training { learning_rate: 1e20, ..training(1) };
    let terrain = Terrain::of_training(&experiment, training, TrainedPlane::Depth).unwrap();
    let survey = Survey::measure_all(Wanted { terrain, gradients: false }, 2).unwrap();
    let mut not_finite = 0;
    for (at, cell) in survey.measured() {
        let of = |reading: Option<Reading>| reading.unwrap().number();
        assert_eq!(of(cell.accuracy).is_some(), of(cell.loss).is_some(), "{at:?}");
        not_finite += usize::from(cell.accuracy == Some(Reading::Overflow));
    }
    assert!(not_finite > 0);
}

#[test]
fn a_landscape_of_trainings_lies_around_the_edge_and_is_of_200_steps_at_most_unless_more_are_asked_for() {
    let around = |activation, bias_std, training| {
        Terrain::of_training(&Experiment { bias_std, ..small(activation) }, training, TrainedPlane::Depth).unwrap()
    };
    for (activation, edge) in [(Activation::Tanh, 1.761_f64.sqrt()), (Activation::Relu, 2.0_f64.sqrt())] {
        let terrain = around(activation, 0.05_f64.sqrt(), training(200));
        let (left, right) = terrain.x_range();
        assert!(left < 0.75 * edge && right > 1.3 * edge, "{left} to {right} around {edge}");
        assert_eq!((terrain.layers(0), terrain.layers(terrain.rows() - 1)), (10, 100));
    }
    let steps = |training| around(Activation::Tanh, 0.0, training).training().map(|training| training.length);
    assert_eq!(steps(training(5)), Some(Length::Steps(5)));
    assert_eq!(steps(training(500)), Some(Length::Steps(500)));
    // 79 steps an epoch.
    let epochs = |epochs| Training { length: Length::Epochs(epochs), ..training(1) };
    assert_eq!((steps(epochs(1)), steps(epochs(9))), (Some(Length::Steps(79)), Some(Length::Steps(200))));
    let differ = Experiment { widths: vec![4, 5], ..Experiment::article() };
    assert!(Terrain::of_training(&differ, training(1), TrainedPlane::Depth).is_err());
}

/// Halves of powers of ten around what optimizers mostly take; whatever rate is set, the map is the same.
#[test]
fn a_landscape_of_learning_rates_has_each_cell_trained_with_its_own() {
    let experiment = Experiment { widths: vec![6, 5], ..small(Activation::Relu) };
    let of = |rate| {
        let training = Training { learning_rate: rate, ..training(2) };
        Terrain::of_training(&experiment, training, TrainedPlane::Rate).unwrap()
    };
    let terrain = of(0.01);
    assert_eq!(terrain, of(0.5));
    let rates = [3.2e-5, 1e-4, 3.2e-4, 1e-3, 3.2e-3, 0.01, 0.032, 0.1, 0.32, 1.0, 3.2, 10.0];
    assert_eq!((0..terrain.rows()).map(|row| terrain.y(row)).collect::<Vec<_>>(), rates);
    assert!((terrain.y_share(0.1) - 7.5 / 12.0).abs() < 1e-12, "the middle of its row");
    assert!((terrain.y_share(0.1 * 3.2_f64.sqrt()) - 8.0 / 12.0).abs() < 1e-12, "equal ratios are equal ways");
    let survey = Survey::measure_all(Wanted { terrain: terrain.clone(), gradients: false }, 2).unwrap();
    assert_eq!((survey.done(), survey.total()), (144, 144));
    for at in [(1, 5), (6, 9)] {
        let experiment = terrain.experiment(at);
        assert_eq!(experiment.widths, [6, 5]);
        assert_eq!(experiment.initializer, Initializer::RandomNormal { mean: 0.0, sigma: terrain.x(at.0) });
        let entrant = Entrant::drawn(experiment, Training { learning_rate: rates[at.1], ..training(2) });
        let mut course = entrant.course(&mut Measurer::with_threads(1).unwrap()).unwrap();
        while !course.is_over() {
            course.advance().unwrap();
        }
        let (loss, _) = course.racer().judge(&entrant.material().unwrap().judges.unwrap(), 0..2000);
        assert_eq!(survey.cell(at).unwrap().loss, Some(Reading::Number(loss / 2000.0)), "{at:?}");
        // It is found where it stands.
        let point = Standpoint { rate: Some(rates[at.1]), ..(&entrant.experiment).into() };
        let place = terrain.place(&point).unwrap();
        assert_eq!((terrain.cell_at(place.x, place.y), place.exact), (at, true));
    }
    let adam = Optimizer::all(NetworkFramework::Keras)[3];
    let training = Training { optimizer: adam, ..training(1) };
    let terrain = Terrain::of_training(&experiment, training, TrainedPlane::Rate).unwrap();
    assert_eq!((terrain.y(0), terrain.y(11)), (3.2e-6, 1.0));
}

/// The depths of the table have rows of their own, so that the same networks are compared.
#[test]
fn the_depths_of_the_table_are_rows_of_the_map() {
    let experiment = Experiment { widths: vec![4; 3], ..small(Activation::Tanh) };
    let terrain = Terrain::of_training(&experiment, training(1), TrainedPlane::Depth).unwrap();
    assert_eq!((terrain.columns(), terrain.rows()), (12, 12));
    for cell in trainable_depth()["cases"].as_array().unwrap() {
        let depth = cell["depth"].as_f64().unwrap();
        let (_, row) = terrain.cell_at(1.0, depth);
        assert_eq!(terrain.y(row), depth);
        assert!((terrain.y_share(depth) - (row as f64 + 0.5) / 12.0).abs() < 1e-12);
    }
}

/// The depth scale of the table, of NumPy's quadrature, stands six times as high on the map.
#[test]
fn the_line_over_trained_networks_is_six_times_the_depth_scale() {
    let table = trainable_depth();
    let experiment = Experiment { widths: vec![4; 3], bias_std: 0.05_f64.sqrt(), ..small(Activation::Tanh) };
    let terrain = Terrain::of_training(&experiment, training(1), TrainedPlane::Depth).unwrap();
    let survey = Survey::measure_all(Wanted { terrain, gradients: false }, 2).unwrap();
    let lines = survey.edge.as_deref().unwrap().as_ref().unwrap();
    for cell in table["cases"].as_array().unwrap() {
        let x = cell["sigma_w2"].as_f64().unwrap().sqrt();
        let xi = cell["theory"]["xi"].as_f64().unwrap();
        let around = lines.iter().flat_map(|line| line.windows(2)).find(|ends| (ends[0][0]..ends[1][0]).contains(&x));
        let &[[left, below], [right, above]] = around.unwrap() else { panic!("two ends") };
        let share = (x - left) / (right - left);
        // What is close to linear is the rate.
        let found = 1.0 / ((1.0 - share) / below + share / above);
        assert!((found / (6.0 * xi) - 1.0).abs() < 0.02, "{x}: {found}, in the table {xi}");
    }
}

/// The table's frontier of accuracy 0.5: on its side of that is every cell that is not near it. Takes minutes.
#[test]
#[ignore = "it takes minutes"]
fn the_frontier_of_trained_networks_is_that_of_the_table() {
    let experiment = Experiment {
        widths: vec![100; 10],
        activation: Activation::Tanh,
        bias_std: 0.05_f64.sqrt(),
        ..Experiment::article()
    };
    let terrain = Terrain::of_training(&experiment, training(200), TrainedPlane::Depth).unwrap();
    let survey = Survey::measure_all(Wanted { terrain: terrain.clone(), gradients: false }, 0).unwrap();
    for cell in trainable_depth()["cases"].as_array().unwrap() {
        let x = cell["sigma_w2"].as_f64().unwrap().sqrt();
        let at = terrain.cell_at(x, cell["depth"].as_f64().unwrap());
        let (expected, found) = (cell["mean"].as_f64().unwrap(), survey.cell(at).unwrap().accuracy.unwrap());
        let found = found.number().unwrap();
        assert!(
            (expected - 0.5).abs() < 0.2 || (found > 0.5) == (expected > 0.5),
            "{x}, {}: {found} and {expected}",
            cell["depth"]
        );
    }
}

fn trainable_depth() -> serde_json::Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/training/trainable_depth.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
