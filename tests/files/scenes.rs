//! Scene files: old ones are read, what is written is read back, and what is no scene is refused in one sentence.

use std::path::Path;

use assert_cmd::Command;
use initscope::app::Session;
use initscope::engine::landscape::Plane;
use initscope::experiment::{
    Activation, Data, Distribution, Draws, Experiment, Generator, Initializer, InputScale, Inputs, Mode, Preset, Split,
};
use initscope::figure::training::TrainingLook;
use initscope::figure::{
    Arrange, Axes, AxisRange, Mapped, Panels, PlotShape, Quantity, Scale, Scene, SheetSettings, Shown, View, ViewName,
};

#[test]
fn version_1_is_read() {
    let scene = Scene::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/scenes/version-1.toml")));
    let article = Experiment::article();
    let scaling =
        Initializer::VarianceScaling { scale: 2.0, mode: Mode::FanAvg, distribution: Distribution::TruncatedNormal };
    let mut expected = vec![Experiment {
        inputs: Inputs { scale: InputScale::Standardized, ..article.inputs.clone() },
        widths: vec![128, 64, 32],
        linear_first: true,
        activation: Activation::Tanh,
        initializer: scaling,
        bias: 0.1,
        seed: 3,
        ..article
    }];
    expected.extend([0.10, 0.14, 0.28].map(|sigma| Experiment {
        inputs: Inputs { images: 500, ..article.inputs.clone() },
        linear_first: true,
        initializer: Initializer::RandomNormal { mean: 0.0, sigma },
        draws: Draws::Shared,
        generator: Generator::Tensorflow1,
        ..article.clone()
    }));
    let gaussian = Inputs {
        data: Data::Gaussian { dim: 20 },
        split: Split::Test,
        images: 64,
        scale: InputScale::Unit,
        transposed: false,
        label_column: None,
    };
    expected.extend([0.1, 1.0].map(|sigma| Experiment {
        inputs: gaussian.clone(),
        initializer: Initializer::RandomNormal { mean: 0.0, sigma },
        draws: Draws::Shared,
        ..article.clone()
    }));
    let view = View { shape: PlotShape::Histogram, axes: Axes::Own, ..View::default() };
    assert_eq!(
        scene.unwrap(),
        Scene {
            experiments: expected,
            shown: None,
            view: Some(view),
            figure: None,
            training: None,
            networks: Vec::new(),
            data: Vec::new()
        }
    );
}

#[test]
fn the_view_of_version_1_is_that_of_version_2() {
    let read = |name: &str| {
        let path = format!("{}/tests/fixtures/scenes/{name}", env!("CARGO_MANIFEST_DIR"));
        Scene::read(Path::new(&path)).unwrap()
    };
    let view = View {
        quantity: Quantity::Gradients,
        shape: PlotShape::Ridgeline,
        scale: Scale::Symlog,
        axes: Axes::Own,
        range: AxisRange::Robust,
    };
    for name in ["view-version-1.toml", "view-version-2.toml", "figure-version-1.svg"] {
        assert_eq!(read(name).view, Some(view), "{name}");
        assert_eq!(read(name).experiments, read("view-version-1.toml").experiments, "{name}");
    }
    let written = read("view-version-1.toml").to_text();
    let keys = "version = 2\nshape = \"ridgeline\"\nscale = \"symlog\"\naxes = \"own\"\nrange = \"robust\"\n";
    for key in keys.lines() {
        assert!(written.lines().any(|line| line == key), "{key}:\n{written}");
    }
}

#[test]
fn how_a_scene_is_looked_at_is_read_and_written_as_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/scenes/shown-version-2.toml");
    let scene = Scene::read(Path::new(path)).unwrap();
    let shown = Shown {
        view: ViewName::Units,
        layer: Some(1),
        unit: Some(37),
        plane: Plane::Depth,
        mapped: Mapped::DeadShare,
        sorted: true,
        arrange: Arrange::Ghost,
        locked: true,
        seeds: true,
        layers: View {
            quantity: Quantity::Gradients,
            shape: PlotShape::Ridgeline,
            scale: Scale::Symlog,
            axes: Axes::Own,
            range: AxisRange::Robust,
        },
        // There were none yet when this was written.
        training: TrainingLook::default(),
        panels: Panels {
            controls: false,
            details: true,
            norms: true,
            theory: true,
            words: false,
            // It was not there yet when this was written.
            numbers: true,
            activation: true,
            verdict: true,
        },
    };
    assert_eq!((scene.shown, scene.view), (Some(shown), None));
    assert_eq!(Scene::parse(&scene.to_text(), Path::new("")).unwrap(), scene);
    // A figure of it is of what is looked at.
    let settings = scene.figure_settings();
    assert_eq!((settings.show, settings.layer, settings.sorted), (Some(ViewName::Units), Some(2), Some(true)));
}

#[test]
fn a_session_of_version_1_is_looked_at_as_it_was() {
    let text = r#"{"version": 1, "centre": "landscape", "plane": "depth", "mapped": "dead_share", "sorted": true,
        "axis_locked": true, "arrange": "ghost", "controls": false, "norms": true, "words": false}"#;
    let shown = serde_json::from_str::<Session>(text).unwrap().shown;
    let panels = Panels { controls: false, norms: true, words: false, ..Panels::default() };
    let expected = Shown {
        view: ViewName::Landscape,
        plane: Plane::Depth,
        mapped: Mapped::DeadShare,
        sorted: true,
        locked: true,
        arrange: Arrange::Ghost,
        panels,
        ..Shown::default()
    };
    assert_eq!(shown, expected);
}

#[test]
fn a_session_with_the_names_of_version_1_is_not_lost() {
    let view = r#""view": {"kind": "box", "scale": "per_layer", "axis": "log", "reach": "robust"}"#;
    let session: Session = serde_json::from_str(&format!(r#"{{"version": 1, {view}}}"#)).unwrap();
    let (shape, scale, axes, range) = (PlotShape::Box, Scale::Log, Axes::Own, AxisRange::Robust);
    assert_eq!(session.shown.layers, View { quantity: Quantity::Outputs, shape, scale, axes, range });
    let text = serde_json::to_string(&session).unwrap();
    assert_eq!(serde_json::from_str::<Session>(&text).unwrap(), session, "{text}");
}

#[test]
fn what_is_written_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scene.toml");
    let experiments: Vec<_> = Preset::all().into_iter().flat_map(|preset| preset.experiments).collect();
    let view = View { shape: PlotShape::Box, scale: Scale::Log, range: AxisRange::Robust, ..View::default() };
    for view in [None, Some(view)] {
        let scene = Scene {
            experiments: experiments.clone(),
            shown: None,
            view,
            figure: None,
            training: None,
            networks: Vec::new(),
            data: Vec::new(),
        };
        scene.write(&path).unwrap();
        assert_eq!(Scene::read(&path).unwrap(), scene);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_data_folder_is_looked_for_from_where_the_scene_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "version = 1\n[[experiments]]\ndata = \"fashion\"");
    let data = Scene::read(&path).unwrap().experiments[0].inputs.data.clone();
    assert_eq!(data, Data::Folder(folder.path().join("fashion")));
}

#[test]
fn what_is_no_scene_is_refused_in_a_sentence_that_ends_in_the_path() {
    let folder = tempfile::tempdir().unwrap();
    for (text, said) in [
        ("", "version = 2"),
        ("version = 2\n[shown]\nlayer = 0\n[[experiments]]\n", "layers are counted from 1"),
        (
            "version = 2\n[[experiments]]\n[shown]\n[shown.layers]\nscale = \"cubic\"\n",
            "(line 5, column 9: `cubic` is not known here",
        ),
        (
            "version = 2\n[shown]\nview = \"sideways\"\n[[experiments]]\n",
            "line 3, column 8: `sideways` is not known here",
        ),
        ("version = 3\n[[experiments]]\n", "version 3 (line 1, column 11), but this program reads versions 1 and 2"),
        ("version = \"1\"\n[[experiments]]\n", "version \"1\""),
        ("[[experiments]]\nsigma = 0.1\n", "version = 2"),
        ("version = 1\n", "no [[experiments]]"),
        ("version = 1\nexperiments = []\n", "no [[experiments]]"),
        ("version = 1\ntitle = \"x\"\n[[experiments]]\n", "title"),
        (
            "version = 1\n[[experiments]]\n[[experiments]]\nsigm = 0.1\n",
            "line 4, column 1: experiment 2: there is no key `sigm` here",
        ),
        (
            "version = 1\n[[experiments]]\nweight-mean = 0.1\n",
            "line 3, column 1: experiment 1: there is no key `weight-mean` here",
        ),
        ("version = 1\n[[experiments]]\nlayers = 101\n", "line 3, column 10: experiment 1: layers 101"),
        ("version = 1\n[[experiments]]\nsigma = nan\n", "line 3, column 9: experiment 1: sigma NaN"),
        (
            "version = 1\n[[experiments]]\nlayers = \"five\"\n",
            "line 3, column 10: experiment 1: a whole number of 0 or more is expected here, not the text \"five\"",
        ),
        ("version = 1\n[[experiments]]\npreset = \"article\"\n", "line 3, column 10: experiment 1: preset 'article'"),
        (
            "version = 1\n[[experiments]]\npreset = 3\n",
            "line 3, column 10: experiment 1: a text in quotes is expected here, not the number 3",
        ),
        ("version = 1\n[[experiments]]\n[view]\nkind = \"pie\"\n", "line 4, column 8: `pie` is not known here"),
        ("version = 1\n[[experiments]]\n[view]\ncolour = 1\n", "line 4, column 1: there is no key `colour` here"),
        ("version = 2\n[[experiments]]\n[view]\nscale = \"cubic\"\n", "line 4, column 9: `cubic` is not known here"),
        (
            "version = 2\n[[experiments]]\n[view]\nscale = \"log\"\naxis = \"symlog\"\n",
            "scale, which was called axis, is given two values",
        ),
        ("version = 1\n\n[[experiments]\n", "line 3, column "),
        (
            "version = 1\n[[experiments]]\n[figure]\nsize = \"big\"\n",
            "line 4, column 8: figure: size 'big' is not a size",
        ),
        ("version = 1\n[figure]\nfont_size = 900\n[[experiments]]\n", "line 3, column 13: figure: font_size 900"),
        ("version = 1\n[figure]\nthem = \"dark\"\n[[experiments]]\n", "line 3, column 1: there is no key `them` here"),
        (
            "version = 1\n[[experiments]]\ninit = \"he_normal\"\nsigma = 0.1\n",
            "line 4, column 9: experiment 1: sigma does not apply",
        ),
        (
            "version = 1\n[[experiments]]\nsigma = []\n",
            "line 3, column 9: experiment 1: sigma is empty: give it a value",
        ),
        (
            "version = 1\n[[experiments]]\nwidths = []\n",
            "line 3, column 10: experiment 1: widths is empty: give it a value",
        ),
        ("version = 1\n[[experiments]]\ninit = []\n", "line 3, column 8: experiment 1: init is empty: give it a value"),
        (
            "version = 1\n[[experiments]]\nactivation = [\"relu\", \"tan\"]\n",
            "line 3, column 14: experiment 1: activation 'tan' is not known (did you mean tanh?)",
        ),
        (
            "version = 1\n[[experiments]]\nsigma = \"0.1\"\n",
            "line 3, column 9: experiment 1: a number, or a list of numbers in square brackets, is expected here",
        ),
        (
            "version = 2\n[[experiments]]\nslope = \"steep\"\n",
            "line 3, column 9: experiment 1: a number is expected here, not the text \"steep\"",
        ),
        (
            "version = 2\n[[experiments]]\nseed = [1, 2]\n",
            "line 3, column 8: experiment 1: a whole number of 0 or more is expected here, not a list",
        ),
        (
            "version = 2\n[[experiments]]\n[figure]\nbackground = \"blue\"\n",
            "line 4, column 14: figure: background 'blue' is not a colour: write it as #rrggbb",
        ),
        (
            "version = 2\n[[experiments]]\n[figure]\nlayer_colors = [\"#000\", \"blue\"]\n",
            "line 4, column 16: figure: layer_colors 'blue' is not a colour",
        ),
        ("version = 1\n[[experiments]]\n[figure]\nzoom = 99.0\n", "line 4, column 8: figure: zoom 99 is out of range"),
    ] {
        let path = written(folder.path(), text);
        let error = Scene::read(&path).unwrap_err().to_string();
        assert!(error.ends_with(path.to_str().unwrap()) && error.lines().count() == 1, "{error}");
        assert!(error.contains(said), "{said} is not in: {error}");
    }
}

#[test]
fn several_activations_and_initializers_are_lists_as_sigmas_are() {
    let folder = tempfile::tempdir().unwrap();
    let text = "version = 1\n[[experiments]]\nactivation = [\"relu\", \"tanh\"]\n\
                init = [\"he_normal\", \"variance_scaling(scale=2, mode=fan_avg)\", \"random_normal\"]\nsigma = [0.1, 0.2]\n";
    let scene = Scene::read(&written(folder.path(), text)).unwrap();
    let scaling =
        Initializer::VarianceScaling { scale: 2.0, mode: Mode::FanAvg, distribution: Distribution::TruncatedNormal };
    let normal = |sigma| Initializer::RandomNormal { mean: 0.0, sigma };
    let laws = [Initializer::HeNormal { gain: 1.0 }, scaling, normal(0.1), normal(0.2)];
    let expected = [Activation::Relu, Activation::Tanh]
        .into_iter()
        .flat_map(|activation| laws.map(|initializer| Experiment { activation, initializer, ..Experiment::article() }));
    assert_eq!(scene.experiments, expected.collect::<Vec<_>>());
}

#[test]
fn names_in_scenes_may_be_written_as_frameworks_write_them() {
    let folder = tempfile::tempdir().unwrap();
    let text = "version = 1\n[[experiments]]\nactivation = \"nn.LeakyReLU\"\ninit = \"HeNormal\"\ndata = \"MNIST\"\n";
    let read = |text: &str| Scene::read(&written(folder.path(), text)).unwrap().experiments[0].clone();
    let experiment = read(text);
    assert_eq!(experiment.activation, Activation::LeakyRelu { slope: 0.01 });
    assert_eq!((experiment.initializer, &experiment.inputs.data), (Initializer::HeNormal { gain: 1.0 }, &Data::Mnist));
    // A folder of that name, where the scene is, is that folder.
    std::fs::create_dir(folder.path().join("MNIST")).unwrap();
    assert_eq!(read(text).inputs.data, Data::Folder(folder.path().join("MNIST")));
}

#[test]
fn a_font_is_looked_for_from_where_the_scene_is() {
    let folder = tempfile::tempdir().unwrap();
    let font = |text: &str| Scene::read(&written(folder.path(), text)).unwrap().figure.unwrap().font;
    let of = |font: &str| format!("version = 1\n[figure]\nfont = \"{font}\"\n[[experiments]]\n");
    assert_eq!(font(&of("own.ttf")), Some(folder.path().join("own.ttf")));
    assert_eq!(font(&of("/fonts/own.ttf")), Some("/fonts/own.ttf".into()));
}

#[test]
fn a_written_scene_explains_itself_and_is_read_as_it_was() {
    let scene = Scene {
        experiments: Preset::named("article_tanh").unwrap().experiments,
        shown: None,
        view: Some(View::default()),
        figure: Some(SheetSettings { size: Some("16:9".to_owned()), ..SheetSettings::default() }),
        training: None,
        networks: Vec::new(),
        data: Vec::new(),
    };
    let text = scene.to_text();
    assert_eq!(Scene::parse(&text, Path::new("")).unwrap(), scene);
    for word in ["pre_activations", "ridgeline", "symlog", "high_contrast", "side_by_side"] {
        assert!(text.lines().any(|line| line.starts_with('#') && line.contains(word)), "{word} is explained");
    }
}

#[test]
fn a_scene_that_cannot_be_written_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene {
        experiments: vec![Experiment::article()],
        shown: None,
        view: None,
        figure: None,
        training: None,
        networks: Vec::new(),
        data: Vec::new(),
    };
    for path in [folder.path().join("missing/scene.toml"), folder.path().to_owned()] {
        let error = scene.write(&path).unwrap_err().to_string();
        assert!(error.ends_with(path.to_str().unwrap()), "{error}");
    }
}

#[test]
fn stats_measure_a_scene_changed_by_flags() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "version = 1\n[[experiments]]\nlayers = 2\n[[experiments]]\nlayers = 3\n");
    let output =
        stats(&path).args(["--images", "50", "--format", "csv"]).assert().success().get_output().stdout.clone();
    let column: Vec<_> = String::from_utf8(output).unwrap().lines().map(|line| line[..3].to_owned()).collect();
    assert_eq!(column, ["exp", "1,1", "1,2", "2,1", "2,2", "2,3"]);
    // A flag that does not apply is the command line's fault, a scene that cannot be read is not.
    stats(&path).args(["--gain", "2"]).assert().code(2);
    stats(&folder.path().join("missing.toml")).assert().code(1);
}

fn written(folder: &Path, text: &str) -> std::path::PathBuf {
    let path = folder.join("scene.toml");
    std::fs::write(&path, text).unwrap();
    path
}

fn stats(scene: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_initscope"));
    command.args(["stats", "--scene"]).arg(scene);
    command
}

#[test]
fn biases_are_a_list_as_sigmas_are() {
    let folder = tempfile::tempdir().unwrap();
    let text = "version = 2\n[[experiments]]\nbias = [0.0, -0.05, -0.1]\n";
    let scene = Scene::read(&written(folder.path(), text)).unwrap();
    let biases: Vec<_> = scene.experiments.iter().map(|experiment| experiment.bias).collect();
    assert_eq!(biases, [0.0, -0.05, -0.1]);
    let again = Scene::parse(&scene.to_text(), folder.path()).unwrap();
    assert_eq!(again, scene, "each is written by itself");
}

#[test]
fn files_of_other_programs_are_named_with_what_can_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, said) in [
        (
            "model.pt",
            &b"PK\x03\x04 model/data.pkl"[..],
            "this is a PyTorch file, and no scene: look at your own network with `initscope check FILE`",
        ),
        ("model.bin", b"PK\x03\x04 model/data.pkl", "this is a PyTorch file"),
        ("run.npz", b"PK\x03\x04 x.npy", "this is a NumPy file"),
        ("run.zip", b"PK\x03\x04 x.npy", "this is a NumPy file"),
        ("x.npy", b"\x93NUMPY\x01\0", "this is a NumPy file"),
        ("net.onnx", b"\x08\x08\x12\x07pytorch", "this is an ONNX file"),
        ("net.keras", b"PK\x03\x04 config.json", "this is a Keras file"),
        ("net.safetensors", b"{}", "this is a safetensors file"),
        ("net", b"\x80\x04\x95", "this is a Python pickle"),
        ("t10k-images-idx3-ubyte", b"\0\0\x08\x03\0\0", "choose it as the data"),
        ("notes", b"\xff\xfe\x00", "this is neither a scene nor a figure: open a scene (.toml), or a figure"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let error = Scene::read(&path).unwrap_err().to_string();
        assert!(
            error.starts_with("this ") && error.contains(said) && error.ends_with(path.to_str().unwrap()),
            "{error}"
        );
        assert!(!error.to_lowercase().contains("utf"), "{error}");
    }
}

#[test]
fn a_scene_can_come_from_standard_input() {
    let run = |scene: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_initscope"));
        let arguments = ["stats", "--scene", "-", "--images", "2", "--layers", "1", "--format", "json"];
        command.args(arguments).write_stdin(scene.to_owned()).output().unwrap()
    };
    let report: serde_json::Value =
        serde_json::from_slice(&run("version = 2\n[[experiments]]\nseed = 77\n").stdout).unwrap();
    assert_eq!(report["experiment"]["seed"], 77);
    let refused = run("version = 2\n[[experiments]]\nseeds = 77\n");
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("there is no key `seeds` here") && said.trim_end().ends_with(": -"), "{said}");
}
