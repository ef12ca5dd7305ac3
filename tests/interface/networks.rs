//! Networks of files in the window: how they are opened, what the controls say of them, what may be guessed, and what is judged.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::{App, Session, SessionFile};
use initscope::engine::{Entrant, Measurer, Quantities, trained_subjects};
use initscope::experiment::{Activation, Data, Experiment, Initializer, Settings};
use initscope::figure::{Arrange, Scene, ViewName};
use initscope::network_file::NetworkFile;
use initscope::subject::{Subject, Weights};
use initscope::training::TrainingSettings;
use ndarray::{Array1, Array2};
use tempfile::TempDir;

use crate::harness::{choose, drop_file, experiment, opened, press, settle, step_on_news, window};

type Window = Harness<'static, App>;

/// Kernels and biases of a network, from the first layer to the output layer.
type Arrays = Vec<(Array2<f32>, Array1<f32>)>;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/networks").join(name)
}

/// Writes arrays as NumPy would.
fn write(folder: &TempDir, name: &str, arrays: &Arrays) -> PathBuf {
    let path = folder.path().join(name);
    let mut writer = ndarray_npy::NpzWriter::new(File::create(&path).unwrap());
    for (number, (kernel, bias)) in (1..).zip(arrays) {
        writer.add_array(format!("W{number}"), kernel).unwrap();
        writer.add_array(format!("b{number}"), bias).unwrap();
    }
    writer.finish().unwrap();
    path
}

fn arrays_of(subject: &Subject) -> Arrays {
    let numbers = subject.weights().numbers().unwrap();
    let kernels = numbers.kernels().iter().map(|kernel| kernel.to_owned().into_owned());
    kernels.zip(numbers.biases().unwrap().iter().cloned()).collect()
}

/// A network of 784, 12 and 10 units that was trained for a moment, with this activation and pixels as they are here.
fn trained(activation: &str, scale: &str) -> Arrays {
    let settings = Settings {
        widths: Some(vec![12]),
        activation: Some(activation.to_owned()),
        init: Some("glorot_uniform".to_owned()),
        input_scale: Some(scale.to_owned()),
        images: Some(10),
        ..Settings::default()
    };
    let experiment = settings.apply(&Experiment::article()).unwrap();
    let training = TrainingSettings { optimizer: Some("adam".to_owned()), ..TrainingSettings::default() };
    let entrant = Entrant::drawn(experiment, training.apply().unwrap());
    let mut measurer = Measurer::new().unwrap();
    arrays_of(&trained_subjects(&[(entrant, 150)], &mut measurer, &|| ()).unwrap()[0])
}

/// Steps until a file is read, measured and judged.
fn open(harness: &mut Window, path: &Path) {
    drop_file(harness, path);
    settle(harness);
    judge(harness);
}

fn judge(harness: &mut Window) {
    let start = Instant::now();
    while !harness.state().is_judged() {
        assert!(start.elapsed() < Duration::from_secs(60), "no verdict");
        step_on_news(harness);
    }
    harness.run_steps(3);
}

fn says(harness: &Window, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

fn click(harness: &mut Window, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click_accesskit();
    harness.run_steps(3);
}

#[test]
fn a_network_that_is_dropped_is_measured_as_the_library_measures_it_and_undone_and_redone() {
    let mut harness = opened(1280.0, 800.0, 100);
    settle(&mut harness);
    let before = experiment(&harness).clone();
    open(&mut harness, &fixture("keras3.keras"));
    let shown = harness.state().subject();
    assert_eq!(harness.state().file_label().as_deref(), Some("keras3.keras"));
    assert!(says(&harness, "weights and biases of keras3.keras"), "the headline names the file");
    // 6 inputs are no images: draws are shown, and that is said.
    assert!(matches!(shown.experiment().inputs.data, Data::Gaussian { dim: 6 }));
    assert!(says(&harness, "The network of keras3.keras takes 6 inputs, so it is shown draws"));
    let file = NetworkFile::read(&fixture("keras3.keras")).unwrap();
    let kernels = shown.weights().numbers().unwrap().kernels();
    assert_eq!(kernels.len(), file.layers.len());
    assert!(kernels.iter().zip(&file.layers).all(|(kernel, layer)| *kernel == layer.kernel));
    let asked = Measurer::new().unwrap().measure_all(&shown, Quantities::OUTPUTS).unwrap();
    let drawn = &harness.state().figure().unwrap().measurement;
    assert_eq!(drawn.layers.len(), asked.layers.len());
    for (one, other) in drawn.layers.iter().zip(&asked.layers) {
        assert_eq!((one.output.min, one.output.max), (other.output.min, other.output.max));
    }
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    assert_eq!((harness.state().file_label(), experiment(&harness)), (None, &before));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    harness.run_steps(3);
    assert_eq!(harness.state().subject(), shown);
}

#[test]
fn what_is_no_network_is_said_in_a_sentence_and_all_stays_as_it_was() {
    let mut harness = window();
    let before = harness.state().subject();
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.pt");
    std::fs::write(&broken, b"nothing that is known").unwrap();
    for (path, words) in
        [(fixture("convolution.pt"), "no multilayer perceptron"), (broken, "his is no file of a network")]
    {
        drop_file(&mut harness, &path);
        settle(&mut harness);
        assert!(says(&harness, words), "{words}");
        assert_eq!(harness.state().subject(), before);
    }
}

#[test]
fn a_network_is_opened_by_its_path_and_offered_again() {
    let mut harness = opened(1280.0, 800.0, 20);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::TextInput, "Network file").type_text(fixture("binary.pt").to_str().unwrap());
    harness.step();
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().file_label().as_deref(), Some("binary.pt"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.run_steps(3);
    harness.get_by_label("Recent: binary.pt");
}

#[test]
fn controls_of_what_a_file_decides_say_so_and_the_others_stay_live() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = opened(1280.0, 1400.0, 100);
    let path = write(&folder, "mine.npz", &trained("tanh", "unit"));
    open(&mut harness, &path);
    let shown = harness.state().subject();
    for slider in ["Hidden layers", "Units per layer"] {
        assert!(harness.get_by_role_and_label(Role::Slider, slider).accesskit_node().is_disabled(), "{slider}");
    }
    // What the file does not say has no value that could be taken for its own.
    for name in ["Weights", "σ", "Bias", "Seed"] {
        harness.get_by_label(&format!("{name}: not of this file"));
    }
    assert!(harness.query_by_role_and_label(Role::Slider, "σ").is_none());
    assert!(harness.query_all_by_label("The weights are those of mine.npz.").count() >= 3, "each says why");
    // Nor do keys do anything in silence.
    press(&mut harness, Key::R);
    assert!(says(&harness, "he weights are those of mine.npz: no seed draws them"));
    press(&mut harness, Key::ArrowUp);
    assert_eq!(harness.state().subject(), shown);
    // What the file does not decide is set as ever.
    choose(&mut harness, "Activation", "sigmoid");
    assert_eq!(experiment(&harness).activation, Activation::Sigmoid);
    assert!(matches!(harness.state().subject().weights(), Weights::Given(_)));
    // Data that do not fit are not taken.
    choose(&mut harness, "Data", "Gaussian inputs");
    assert!(matches!(experiment(&harness).inputs.data, Data::Gaussian { dim: 784 }));
    open(&mut harness, &fixture("state_dict.pt"));
    choose(&mut harness, "Data", "MNIST, test images");
    assert!(matches!(experiment(&harness).inputs.data, Data::Gaussian { dim: 6 }));
    assert!(says(&harness, "choose data that have 6, as state_dict.pt takes them"));
}

#[test]
fn an_activation_that_a_file_does_not_name_is_guessed_and_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = opened(1280.0, 800.0, 100);
    let path = write(&folder, "mine.npz", &trained("softsign", "centered"));
    open(&mut harness, &path);
    assert!(harness.state().is_activation_guessed());
    assert!(says(&harness, "Which activation?"));
    let guessed = harness.state().guesses().to_vec();
    let right = guessed.iter().find(|guess| {
        (guess.activation, guess.scale.name(), guess.transposed) == (Activation::Softsign, "centered", false)
    });
    // What it was trained with finds most classes, and no more than a tenth is found by chance.
    let right = right.unwrap();
    assert!(right.accuracy > 0.6 && right.images == 1000, "{right:?}");
    assert!(guessed[0].accuracy >= right.accuracy - 0.02 && guessed.iter().any(|guess| guess.accuracy < 0.4));
    assert_eq!(
        (experiment(&harness).activation, experiment(&harness).inputs.scale),
        (guessed[0].activation, guessed[0].scale)
    );
    let row = harness.get_by_label_contains("softsign: ").accesskit_node().label().unwrap();
    click(&mut harness, &row);
    settle(&mut harness);
    assert_eq!(experiment(&harness).activation, Activation::Softsign);
    assert!(!harness.state().is_activation_guessed() && !says(&harness, "Which activation?"));
    assert!(says(&harness, "softsign, weights and biases of mine.npz"));
}

#[test]
fn a_guess_stays_one_in_a_scene_and_the_verdict_says_that_it_rests_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = opened(1280.0, 800.0, 100);
    open(&mut harness, &write(&folder, "mine.npz", &trained("relu", "unit")));
    let activation = experiment(&harness).activation;
    assert_eq!(activation, Activation::Relu, "the commonest of those that are as good as the best");
    assert!(says(&harness, "if the activation is relu, as guessed"));
    let scene = harness.state().scene();
    let saved = folder.path().join("mine.initscope.toml");
    scene.write(&saved).unwrap();
    let mut other = opened(1280.0, 800.0, 100);
    open(&mut other, &saved);
    assert!(other.state().is_activation_guessed() && says(&other, "Which activation?"));
    assert_eq!(experiment(&other).activation, activation);
    // What was chosen is none.
    let row = other.get_by_label_contains("tanh: ").accesskit_node().label().unwrap();
    click(&mut other, &row);
    settle(&mut other);
    assert!(!other.state().scene().networks[0].activation_guessed);
}

#[test]
fn controls_have_the_numbers_of_the_file_however_wide_its_layers_are() {
    let folder = tempfile::tempdir().unwrap();
    let layer = |inputs, units| (Array2::from_elem((inputs, units), 0.1), Array1::zeros(units));
    let mut harness = opened(1280.0, 800.0, 20);
    open(&mut harness, &write(&folder, "wide.npz", &vec![layer(6, 1500), layer(1500, 3)]));
    assert_eq!(experiment(&harness).widths, [1500]);
    assert!(!says(&harness, "1,024") && harness.query_by_value("1,500").is_some());
}

#[test]
fn the_same_shape_is_drawn_beside_the_file_and_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = opened(1280.0, 800.0, 50);
    let path = write(&folder, "mine.npz", &trained("relu", "unit"));
    open(&mut harness, &path);
    let given = harness.state().subject();
    choose(&mut harness, "Same shape drawn by", "he_normal");
    click(&mut harness, "Drawn anew: beside");
    settle(&mut harness);
    let compared = harness.state().compared();
    assert_eq!((compared.len(), &compared[0]), (2, &given));
    let drawn = compared[1].drawn().unwrap();
    assert_eq!((&drawn.widths[..], drawn.initializer), (&[12][..], Initializer::HeNormal { gain: 1.0 }));
    // A scene holds both, and the window shows it again.
    let scene = harness.state().scene();
    let text = scene.to_text();
    assert_eq!((scene.networks.len(), &scene.networks[0].experiments[..]), (1, &[1][..]), "{text}");
    let read = Scene::parse(&text, Path::new("")).unwrap();
    let mut other = opened(1280.0, 800.0, 50);
    other.state_mut().open_scene_of(read, false);
    settle(&mut other);
    assert_eq!(other.state().compared(), compared);
    // Behind it, it is the first, and an outline.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    click(&mut harness, "Drawn anew: behind");
    settle(&mut harness);
    let compared = harness.state().compared();
    assert!(compared[0].is_drawn() && compared[1] == given);
    assert_eq!(harness.state().scene().figure.unwrap().arrange, Some(Arrange::Ghost));
    assert_eq!(harness.state().subject(), given, "the file stays what the controls are of");
}

#[test]
fn a_shape_that_no_experiment_has_is_drawn_anew_too() {
    let mut harness = opened(1280.0, 800.0, 50);
    open(&mut harness, &fixture("binary.pt"));
    click(&mut harness, "Drawn anew: beside");
    settle(&mut harness);
    let compared = harness.state().compared();
    assert_eq!(compared[0].kernel_shapes(), compared[1].kernel_shapes());
    assert_ne!(compared[0], compared[1]);
    assert_eq!(compared[1].purpose(), compared[0].purpose());
    let scene = Scene::parse(&harness.state().scene().to_text(), Path::new("")).unwrap();
    let mut other = opened(1280.0, 800.0, 50);
    other.state_mut().open_scene_of(scene, false);
    settle(&mut other);
    assert_eq!(other.state().compared(), compared);
}

#[test]
fn the_verdict_says_what_is_wrong_and_a_click_shows_its_layer() {
    let folder = tempfile::tempdir().unwrap();
    let mut arrays = trained("relu", "unit");
    // All positive, so that what fires before it fires here, unless the bias keeps it from that.
    let middle: Array2<f32> =
        Array2::from_shape_fn((12, 12), |(row, column)| ((row * 7 + column * 5) % 11 + 1) as f32 / 10.0);
    let mut bias = Array1::zeros(12);
    bias.slice_mut(ndarray::s![..3]).fill(-1e5);
    arrays.insert(1, (middle, bias));
    let path = write(&folder, "sick.npz", &arrays);
    let mut harness = opened(1280.0, 800.0, 200);
    open(&mut harness, &path);
    choose(&mut harness, "Activation", "relu");
    settle(&mut harness);
    judge(&mut harness);
    let finding = harness.get_by_label_contains("3 of 12 units of layer 2 are dead").accesskit_node();
    let said = finding.label().unwrap();
    assert!(said.starts_with("Layer 2, harmful: ") && said.contains("Raise their biases by more than"), "{said}");
    harness.get_by_label_contains("3 of 12 units of layer 2 are dead").click_accesskit();
    harness.run_steps(3);
    assert_eq!(harness.state().scene().shown.unwrap().layer, Some(1));
}

#[test]
fn a_session_comes_back_to_the_file_and_notices_another_one_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(&folder, "mine.npz", &trained("relu", "unit"));
    let kept = folder.path().join("session.json");
    let mut harness = opened(1280.0, 800.0, 50);
    open(&mut harness, &path);
    click(&mut harness, "Drawn anew: beside");
    settle(&mut harness);
    let (shown, compared) = (harness.state().subject(), harness.state().compared());
    let session = Session::of(harness.state(), &harness.ctx);
    std::fs::write(&kept, serde_json::to_string(&session).unwrap()).unwrap();
    let again = |kept: &Path| {
        let (session, said) = SessionFile::at(kept.to_owned()).load();
        assert_eq!(said, None);
        let build = move |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
        let mut harness = Harness::builder().with_size([1280.0, 800.0]).build_eframe(build);
        settle(&mut harness);
        harness
    };
    let reopened = again(&kept);
    assert_eq!((reopened.state().subject(), reopened.state().compared()), (shown, compared));
    write(&folder, "mine.npz", &trained("tanh", "unit"));
    let other = again(&kept);
    assert_eq!(other.state().file_label(), None);
    assert!(says(&other, "his file holds another network than it did"));
}

#[test]
fn training_goes_on_from_a_files_weights() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(&folder, "mine.npz", &trained("relu", "unit"));
    let mut harness = opened(1280.0, 800.0, 50);
    open(&mut harness, &path);
    let text =
        "version = 2\n[training]\nsteps = 5\nlearning_rate = 0.1\n[[experiments]]\nactivation = 'relu'\nimages = 50\n";
    let mut scene = Scene::parse(text, Path::new("")).unwrap();
    scene.networks = harness.state().scene().networks;
    harness.state_mut().open_scene_of(scene, false);
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    harness.run_steps(2);
    settle(&mut harness);
    let subject = harness.state().subject();
    let Weights::Trained(weights) = subject.weights() else { panic!("{:?}", subject.weights()) };
    assert_eq!((weights.step(), weights.start().unwrap().label()), (5, "mine.npz"));
    // The same steps as the library makes from the same weights.
    let start = Entrant::of(
        &Subject::given(subject.experiment().clone(), weights.start().unwrap().clone()).unwrap(),
        *weights.training(),
    );
    let expected = trained_subjects(&[(start.unwrap(), 5)], &mut Measurer::new().unwrap(), &|| ()).unwrap();
    assert_eq!(subject.weights().numbers(), expected[0].weights().numbers());
    assert!(says(&harness, "weights and biases of mine.npz, after 5 steps"));
    // What has a layer normalisation is not trained, and says so.
    open(&mut harness, &fixture("keras3.keras"));
    press(&mut harness, Key::F12);
    harness.run_steps(3);
    assert!(says(&harness, "Training goes on only from networks whose layers have no normalisation"));
}

#[test]
fn every_view_shows_a_network_of_a_file_or_says_why_not() {
    let mut harness = opened(1280.0, 800.0, 50);
    open(&mut harness, &fixture("keras3.keras"));
    let views = [
        ViewName::Units,
        ViewName::Firing,
        ViewName::Landscape,
        ViewName::Compare,
        ViewName::Training,
        ViewName::Layers,
    ];
    let words = [
        "Layer 2 of 2",
        "Layer 2 of 2",
        "those of this one were given",
        "keras3.keras",
        "Training goes on only from",
        "layer 1: outputs from",
    ];
    for (view, words) in views.into_iter().zip(words) {
        let mut scene = harness.state().scene();
        scene.shown.as_mut().unwrap().view = view;
        harness.state_mut().open_scene_of(scene, false);
        settle(&mut harness);
        let start = Instant::now();
        while !says(&harness, words) {
            assert!(start.elapsed() < Duration::from_secs(30), "{view:?}: {words}");
            step_on_news(&mut harness);
        }
    }
}

/// 60 rows of six numbers and a label.
fn rows_of_six(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("six.csv");
    let row = |row: usize| {
        let values = (0..6).map(|column| format!("{:.1}", (row * (column + 3) % 17) as f64 / 10.0 - 0.8));
        values.chain([format!("class {}", row % 3)]).collect::<Vec<_>>().join(",")
    };
    std::fs::write(&path, (0..60).map(row).collect::<Vec<_>>().join("\n")).unwrap();
    path
}

#[test]
fn data_that_fit_a_network_are_kept_when_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let data = rows_of_six(&folder);
    let mut harness = opened(1280.0, 800.0, 5);
    drop_file(&mut harness, &data);
    settle(&mut harness);
    open(&mut harness, &fixture("keras3.keras"));
    let inputs = &experiment(&harness).inputs;
    assert!(matches!(&inputs.data, Data::Set(set) if set.path() == data), "{inputs:?}");
    assert_eq!((inputs.images, inputs.dim()), (60, 6));
}

#[test]
fn data_that_do_not_fit_a_network_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (six, two) = (rows_of_six(&folder), folder.path().join("two.csv"));
    std::fs::write(&two, (0..40).map(|row| format!("{row}.5,1.5,{}\n", ["a", "b"][row % 2])).collect::<String>())
        .unwrap();
    let mut harness = opened(1280.0, 800.0, 5);
    drop_file(&mut harness, &six);
    settle(&mut harness);
    open(&mut harness, &fixture("keras3.keras"));
    let before = experiment(&harness).clone();
    drop_file(&mut harness, &two);
    settle(&mut harness);
    assert_eq!(*experiment(&harness), before);
    assert!(says(&harness, "choose data that have 6"));
}

#[test]
fn a_network_that_changes_while_it_is_shown_is_read_again_at_a_click_as_it_was_set() {
    let folder = tempfile::tempdir().unwrap();
    let number = |(row, column): (usize, usize)| ((row * 7 + column * 3) % 11) as f32 * 0.1 - 0.5;
    let layer = |inputs: usize| (Array2::from_shape_fn((inputs, 10), number), Array1::zeros(10));
    let mut arrays: Arrays = vec![layer(784), layer(10), layer(10)];
    let path = write(&folder, "mine.npz", &arrays);
    let mut harness = opened(1280.0, 1400.0, 50);
    open(&mut harness, &path);
    choose(&mut harness, "Activation", "softsign");
    harness.get_by_role_and_label(Role::CheckBox, "Transposed kernels").click();
    harness.run_steps(3);
    settle(&mut harness);
    judge(&mut harness);
    let turned = arrays_of(&harness.state().subject());
    assert_eq!(turned[1].0, arrays[1].0.t());
    choose(&mut harness, "Activation", "softsign");
    arrays[0].0[(3, 4)] = 7.5;
    write(&folder, "mine.npz", &arrays);
    let begun = Instant::now();
    while !says(&harness, "mine.npz has changed: read it again?") {
        assert!(begun.elapsed() < Duration::from_secs(20), "nothing is said");
        step_on_news(&mut harness);
    }
    click(&mut harness, "Read again");
    let begun = Instant::now();
    while arrays_of(&harness.state().subject())[0].0[(3, 4)] != 7.5 {
        assert!(begun.elapsed() < Duration::from_secs(20), "it is not read");
        step_on_news(&mut harness);
    }
    settle(&mut harness);
    assert_eq!(experiment(&harness).activation, Activation::Softsign);
    assert_eq!(arrays_of(&harness.state().subject())[1].0, arrays[1].0.t());
    assert!(!says(&harness, "has changed"));
}

#[test]
fn weights_of_what_is_no_multilayer_perceptron_are_shown_by_themselves() {
    let mut harness = opened(1280.0, 800.0, 5);
    let before = experiment(&harness).clone();
    drop_file(&mut harness, &fixture("convolution.pt"));
    let begun = Instant::now();
    while !says(&harness, "Weights alone") {
        assert!(begun.elapsed() < Duration::from_secs(20), "nothing is shown");
        step_on_news(&mut harness);
    }
    harness.run_steps(2);
    let read = NetworkFile::read(&fixture("convolution.pt")).unwrap();
    let lengths: Vec<_> = read.others[0].shape.iter().map(usize::to_string).collect();
    assert!(says(&harness, &lengths.join(" × ")));
    click(&mut harness, "Close");
    assert!(!says(&harness, "Weights alone"));
    assert_eq!(*experiment(&harness), before);
}
