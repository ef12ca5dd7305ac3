//! `initscope render`: figures from the command line.

use std::path::Path;

use assert_cmd::Command;
use clap::ValueEnum as _;
use initscope::experiment::{Initializer, Preset};
use initscope::figure::{Scene, ViewName};

fn initscope(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_initscope"));
    command.args(arguments);
    command
}

fn output(arguments: &[&str]) -> Vec<u8> {
    initscope(arguments).assert().success().get_output().stdout.clone()
}

#[test]
fn the_articles_three_panels_are_titled_as_there() {
    let svg = output(&[
        "render",
        "--preset",
        "article_relu_normal",
        "--images",
        "200",
        "--out",
        "-",
        "--format",
        "svg",
        "--text",
        "text",
    ]);
    let svg = String::from_utf8(svg).unwrap();
    for title in ["0.10", "0.14", "0.28"] {
        assert!(svg.contains(&format!(">Weights drawn from N(μ = 0, σ = {title})<")), "{title}");
    }
    assert!(svg.contains(">relu neuron outputs, every panel on its own axis<"));
    assert!(!svg.contains(">mean<"), "no numbers, as there");
}

#[test]
fn a_preset_is_drawn_in_the_view_that_shows_what_it_says() {
    let drawn = |more: &[&str]| {
        let preset = ["render", "--preset", "vanishing_sigmoid", "--images", "50", "--out", "-", "--format", "csv"];
        String::from_utf8(output(&[&preset, more].concat())).unwrap()
    };
    let values = |csv: &str| {
        let first = csv.lines().nth(1).unwrap().to_owned();
        (csv.contains("gradients"), csv.contains("outputs"), first)
    };
    let own = drawn(&[]);
    assert_eq!(own, drawn(&["--quantity", "gradients", "--scale", "log"]), "{:?}", values(&own));
    assert_ne!(own, drawn(&["--quantity", "outputs", "--scale", "linear"]), "flags go before it");
}

#[test]
fn a_figure_opens_as_the_scene_that_made_it() {
    let folder = tempfile::tempdir().unwrap();
    for ending in ["svg", "pdf", "png"] {
        let path = folder.path().join(format!("figure.{ending}"));
        let name = path.to_str().unwrap();
        initscope(&[
            "render", "--sigma", "0.1,0.2", "--images", "50", "--layers", "2", "--theme", "dark", "--out", name,
        ])
        .assert()
        .success();
        let scene = Scene::read(&path).unwrap();
        let sigmas: Vec<_> = (scene.experiments.iter())
            .map(|experiment| match experiment.initializer {
                Initializer::RandomNormal { sigma, .. } => sigma,
                other => panic!("{other}"),
            })
            .collect();
        assert_eq!(sigmas, [0.1, 0.2]);
        // And makes the same figure again.
        let again = output(&["render", "--scene", name, "--out", "-", "--format", ending]);
        assert_eq!(again, std::fs::read(&path).unwrap(), "{ending}");
    }
}

#[test]
fn any_number_of_threads_makes_the_same_file() {
    for format in ["svg", "pdf", "png"] {
        let make = |jobs| {
            output(&[
                "render",
                "--activation",
                "tanh",
                "--images",
                "700",
                "--out",
                "-",
                "--format",
                format,
                "--jobs",
                jobs,
            ])
        };
        assert_eq!(make("1"), make("3"), "{format}");
    }
}

#[test]
fn every_view_can_be_made() {
    for name in ViewName::all() {
        let show = name.to_possible_value().unwrap().get_name().to_owned();
        let show = show.as_str();
        let svg = output(&[
            "render", "--show", show, "--layer", "2", "--images", "40", "--layers", "2", "--width", "8", "--out", "-",
            "--format", "svg",
        ]);
        assert!(svg.starts_with(b"<svg"), "{show}");
        let csv = output(&[
            "render", "--show", show, "--layer", "2", "--images", "40", "--layers", "2", "--width", "8", "--out", "-",
            "--format", "csv",
        ]);
        assert!(String::from_utf8(csv).unwrap().lines().count() > 4, "{show}");
    }
}

#[test]
fn presets_of_the_article_and_its_source_can_be_drawn_as_published() {
    for preset in
        Preset::all().iter().filter(|preset| preset.name.starts_with("article_") || preset.name.starts_with("intoli_"))
    {
        let json = output(&[
            "render",
            "--preset",
            preset.name,
            "--as-published",
            "--images",
            "100",
            "--out",
            "-",
            "--format",
            "json",
        ]);
        let data: serde_json::Value = serde_json::from_slice(&json).unwrap();
        let rows = data["rows"].as_array().unwrap();
        assert_eq!(rows.len(), preset.experiments.len() * 5 * 100, "100 points for each of five layers");
    }
}

#[test]
fn data_is_what_is_drawn() {
    let arguments = ["--images", "300", "--layers", "3", "--shape", "histogram"];
    let csv = output(&[&["render", "--out", "-", "--format", "csv"], &arguments[..]].concat());
    let text = String::from_utf8(csv).unwrap();
    assert!(text.starts_with("panel,layer,mark,value,value_to,amount,width\n"));
    let counted = |layer: &str| -> f64 {
        let of = text.lines().filter(|line| line.starts_with(&format!("1,{layer},bar,")));
        of.map(|line| line.split(',').nth(5).unwrap().parse::<f64>().unwrap()).sum()
    };
    let stats = output(&["stats", "--images", "300", "--layers", "3", "--format", "json"]);
    let stats: serde_json::Value = serde_json::from_slice(&stats).unwrap();
    for layer in 0..3 {
        let zeros = stats["layers"][layer]["zero_fraction"].as_f64().unwrap();
        let expected = 300.0 * 100.0 * (1.0 - zeros);
        let found = counted(&(layer + 1).to_string());
        assert!((found - expected).abs() <= 40.0, "bars are all values but exact zeros: {found} {expected}");
    }
}

#[test]
fn flags_by_their_old_names_do_what_they_did() {
    let drawn = |flags: &str| {
        let fixed = "render --images 100 --layers 3 --out - --format svg";
        output(&fixed.split(' ').chain(flags.split_whitespace()).collect::<Vec<_>>())
    };
    let new = drawn("--shape ridgeline --scale log --axes own --range robust");
    assert_eq!(drawn("--kind ridgeline --axis log --scale per_layer --reach robust"), new);
    assert_eq!(drawn("--kind ridgeline --axis log --scale log --axes own --reach robust"), new, "said twice");
    let plain = drawn("");
    assert_eq!(drawn("--scale shared"), plain);
    assert_eq!(drawn("--scale linear --axes shared"), plain);
    assert!(drawn("--axis symlog") != plain && drawn("--axis symlog") == drawn("--scale SYMLOG"));
    let completions = String::from_utf8(output(&["completions", "bash"])).unwrap();
    assert!(!completions.contains("--axis ") && completions.contains("--axes "), "nor completed");
    let help = String::from_utf8(output(&["render", "--help"])).unwrap();
    for flag in [
        "--shape <violin|histogram|ridgeline|box>",
        "--scale <linear|symlog|log>",
        "--axes <shared|own>",
        "--range <all|robust>",
    ] {
        assert!(help.contains(flag), "{flag}");
    }
    assert!(
        ["--kind", "--axis ", "--reach", "per_layer"].iter().all(|old| !help.contains(old)),
        "old names are not taught"
    );
}

#[test]
fn what_cannot_be_made_is_said_in_a_sentence_and_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let font = file("font.ttf");
    std::fs::write(&font, "no font").unwrap();
    for (arguments, code, said) in [
        (vec!["--out", "figure.xyz"], 2, ".svg, .pdf, .png, .csv or .json"),
        (vec!["--out", "-"], 2, "give --format"),
        (vec!["--out", "f.gif"], 2, "use `initscope animate`"),
        (
            vec!["--out", "f.svg", "--scale", "log", "--axis", "symlog"],
            2,
            "--scale, which was called --axis, is given two values",
        ),
        (vec!["--out", "f.svg", "--scale", "shared", "--axes", "own"], 2, "--axes and --scale contradict each other"),
        (vec!["--out", "f.svg", "--scale", "cubic"], 2, "linear"),
        (vec!["--out", "f.svg", "--size", "big"], 2, "is not a size"),
        (vec!["--out", "f.svg", "--layer", "9", "--show", "units"], 2, "use 1 to 5"),
        (vec!["--out", "f.svg", "--show", "units", "--sigma", "0.1,0.2"], 2, "there are 2 experiments"),
        (vec!["--out", "f.svg", "--zoom", "0"], 2, "--zoom"),
        (vec!["--out", "f.svg", "--jobs", "0"], 2, "--jobs"),
        (vec!["--out", "missing/f.svg", "--images", "10"], 1, "choose a folder that exists"),
        (vec!["--out", "f.svg", "--images", "10", "--font", &font], 1, "not a TrueType or OpenType font"),
        (vec!["--out", "f.svg", "--images", "10", "--font", "missing.ttf"], 1, "the font cannot be read"),
        (vec!["--out", "f.png", "--images", "10", "--zoom", "32", "--size", "8000x8000"], 1, "cannot be made"),
    ] {
        let arguments: Vec<_> = ["render"].into_iter().chain(arguments).collect();
        let ran = initscope(&arguments).current_dir(folder.path()).assert().code(code);
        let error = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
        assert!(error.lines().count() == 1 && error.contains(said), "{arguments:?}: {error}");
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["font.ttf"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said() {
    let ran = initscope(&["render", "--images", "10", "--format", "svg", "--out", "/dev/full"]).assert().code(1);
    let error = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert_eq!(error.lines().count(), 1, "{error}");
    let output = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_initscope"))
        .args(["render", "--images", "10", "--format", "svg", "--out", "-"])
        .stdout(output)
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(1));
}

#[test]
fn a_font_of_ones_own_is_used() {
    let font = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts/Inter-SemiBold.ttf");
    let own = output(&["render", "--images", "10", "--out", "-", "--format", "svg", "--font", font.to_str().unwrap()]);
    assert_ne!(own, output(&["render", "--images", "10", "--out", "-", "--format", "svg"]));
}

#[test]
fn the_same_figure_is_made_again_with_its_font_its_text_and_its_pixels() {
    let folder = tempfile::tempdir().unwrap();
    let font = folder.path().join("own.ttf");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts/Inter-SemiBold.ttf"), &font).unwrap();
    for (ending, flags) in [
        ("svg", &["--text", "text", "--font", "own.ttf"][..]),
        ("svg", &["--font", "own.ttf"]),
        ("pdf", &["--font", "own.ttf"]),
        ("png", &["--font", "own.ttf", "--zoom", "0.5"]),
        ("png", &["--zoom", "2"]),
    ] {
        let name = format!("figure.{ending}");
        let arguments =
            [&["render", "--images", "20", "--layers", "2", "--width", "5", "--out", &name], flags].concat();
        initscope(&arguments).current_dir(folder.path()).assert().success();
        let path = folder.path().join(&name);
        // From anywhere: the font is named from the root on.
        let again = output(&["render", "--scene", path.to_str().unwrap(), "--out", "-", "--format", ending]);
        assert_eq!(again, std::fs::read(&path).unwrap(), "{ending} {flags:?}");
    }
    // Flags go over what the figure carries, and Inter is the program's own font.
    initscope(&["render", "--images", "20", "--font", "own.ttf", "--text", "text", "--out", "own.svg"])
        .current_dir(folder.path())
        .assert()
        .success();
    let own = folder.path().join("own.svg");
    let flags = ["--font", "Inter", "--text", "outlined", "--out", "-", "--format", "svg"];
    let again = output(&[&["render", "--scene", own.to_str().unwrap()], &flags[..]].concat());
    let again = String::from_utf8(again).unwrap();
    assert!(!again.contains("own.ttf") && !again.contains("<text"), "neither font nor text is kept");
    // A font that is gone is said.
    std::fs::remove_file(&font).unwrap();
    let ran =
        initscope(&["render", "--scene", own.to_str().unwrap(), "--out", "-", "--format", "svg"]).assert().code(1);
    let error = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert!(error.contains("the font cannot be read") && error.contains("own.ttf"), "{error}");
}

/// Names as `fc-scan` prints them of the file: "Inter", "Inter SemiBold".
#[test]
fn text_names_the_font_as_it_is_called_where_it_is_installed() {
    let font = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts/Inter-SemiBold.ttf");
    let flags = ["--images", "10", "--text", "text", "--out", "-", "--format", "svg", "--font", font.to_str().unwrap()];
    let svg = String::from_utf8(output(&[&["render"], &flags[..]].concat())).unwrap();
    let (_, style) = svg.split_once("text{font-family:").unwrap();
    assert!(style.starts_with("\"initscope Own\",\"Inter SemiBold\""), "{}", &style[..80]);
}

#[test]
fn a_damaged_font_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fonts");
    let mut refused = 0;
    for font in ["font-post-unwrap.ttf", "font-glyf-panic.ttf"] {
        let font = fonts.join(font);
        for flags in
            [&["--out", "f.svg"][..], &["--out", "f.svg", "--text", "text"], &["--out", "f.pdf"], &["--out", "f.png"]]
        {
            let arguments =
                [&["render", "--images", "5", "--layers", "1", "--font", font.to_str().unwrap()], flags].concat();
            let ran = initscope(&arguments).current_dir(folder.path()).output().unwrap();
            let said = String::from_utf8(ran.stderr).unwrap();
            let is_sentence = said.starts_with("initscope: ") && said.lines().count() == 1 && said.contains("font");
            assert!(
                ran.status.success() && said.is_empty() || ran.status.code() == Some(1) && is_sentence,
                "{flags:?}: {said}"
            );
            assert!(!said.contains("panicked") && !said.contains("unwrap"), "{said}");
            refused += u32::from(!ran.status.success());
        }
        let arguments =
            ["animate", "--images", "5", "--from", "0.1", "--to", "0.2", "--frames", "2", "--out", "f.gif", "--font"];
        let ran = initscope(&[&arguments[..], &[font.to_str().unwrap()]].concat())
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(!String::from_utf8(ran.stderr).unwrap().contains("panicked"));
    }
    assert!(refused > 0, "these fonts are damaged");
}

#[test]
fn completions_and_the_manual_know_the_flags() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(String::from_utf8(output(&["completions", shell])).unwrap().contains("as-published"), "{shell}");
    }
    assert!(String::from_utf8(output(&["man"])).unwrap().starts_with(".ie"));
    assert!(String::from_utf8(output(&["man", "render"])).unwrap().contains("as\\-published"));
    initscope(&["man", "draw"]).assert().code(2);
}

#[test]
fn several_initializers_and_activations_are_panels() {
    let json = output(&[
        "stats",
        "--activation",
        "relu,tanh",
        "--init",
        "he_normal,random_normal",
        "--sigma",
        "0.1,0.2",
        "--images",
        "20",
        "--format",
        "json",
    ]);
    let all: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let set: Vec<_> = (all.as_array().unwrap().iter())
        .map(|one| {
            let of = |key: &str| one["experiment"][key].to_string().replace('"', "");
            format!("{} {} {}", of("activation"), of("init"), of("sigma"))
        })
        .collect();
    assert_eq!(
        set,
        [
            "relu he_normal null",
            "relu random_normal 0.1",
            "relu random_normal 0.2",
            "tanh he_normal null",
            "tanh random_normal 0.1",
            "tanh random_normal 0.2"
        ]
    );
    // A comma in brackets belongs to the name.
    let one =
        output(&["stats", "--init", "variance_scaling(scale=2, mode=fan_avg)", "--images", "20", "--format", "json"]);
    assert!(one.starts_with(b"{"));
}
