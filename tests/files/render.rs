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
        let flags = ["render", "--show", show, "--layer", "2", "--images", "40", "--layers", "2", "--width", "8"];
        // Many networks are trained for this one.
        let short: &[&str] = if *name == ViewName::TrainingLandscape { &["--steps", "1"] } else { &[] };
        let of = |format: &str| output(&[&flags[..], short, &["--out", "-", "--format", format]].concat());
        let svg = of("svg");
        assert!(svg.starts_with(b"<svg"), "{show}");
        let csv = of("csv");
        // A line of names, and at least one for each layer.
        assert!(String::from_utf8(csv).unwrap().lines().count() > 2, "{show}");
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
    assert!(text.starts_with("panel,layer,mark,value,value_to,amount,width,sigma,panel_title\n"));
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

/// Inter by another name, installed for a user whose home this is: regular and semi-bold.
fn home_with_a_font(name: [u8; 5]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let there = home.path().join(".local/share/fonts");
    std::fs::create_dir_all(&there).unwrap();
    for file in ["Inter-Regular.ttf", "Inter-SemiBold.ttf"] {
        let mut bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts").join(file)).unwrap();
        // Names are UTF-16 there.
        let wide = |text: &[u8; 5]| text.iter().flat_map(|letter| [0, *letter]).collect::<Vec<_>>();
        let (from, to) = (wide(b"Inter"), wide(&name));
        let places: Vec<_> = (0..bytes.len() - from.len()).filter(|&at| bytes[at..].starts_with(&from)).collect();
        assert!(!places.is_empty());
        for at in places {
            bytes[at..at + to.len()].copy_from_slice(&to);
        }
        std::fs::write(there.join(file), bytes).unwrap();
    }
    home
}

#[test]
#[cfg(target_os = "linux")]
fn an_installed_font_is_named_and_brings_its_bold_face() {
    let home = home_with_a_font(*b"Enter");
    let make = |flags: &[&str]| {
        let fixed = ["render", "--images", "10", "--layers", "2", "--text", "text", "--out", "-", "--format", "svg"];
        let mut command = initscope(&[&fixed[..], flags].concat());
        command.env("HOME", home.path()).env_remove("XDG_DATA_HOME");
        command
    };
    let made = |flags: &[&str]| String::from_utf8(make(flags).assert().success().get_output().stdout.clone()).unwrap();
    let by_name = made(&["--font", "enter"]);
    assert!(by_name.contains("font-family:\"initscope Own\";font-weight:400;"));
    assert!(by_name.contains("font-family:\"initscope Own\";font-weight:600;"), "its bold face");
    let files = home.path().join(".local/share/fonts");
    let file = |name: &str| files.join(name).to_str().unwrap().to_owned();
    let (regular, bold) = (file("Inter-Regular.ttf"), file("Inter-SemiBold.ttf"));
    let by_file = made(&["--font", &regular, "--font-bold", &bold]);
    assert_eq!(without_scene(&by_name), without_scene(&by_file), "the same as the files themselves");
    assert!(made(&["--font", &regular]).contains("font-weight:400 600;"), "a file alone is for both");
    // The scene names it, and it is found again.
    let figure = home.path().join("figure.svg");
    std::fs::write(&figure, &by_name).unwrap();
    assert!(by_name.contains("font = &quot;enter&quot;"), "by its name");
    assert_eq!(made(&["--scene", figure.to_str().unwrap()]), by_name);
    let ran = make(&["--font", "Entr"]).assert().code(1);
    let error = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert!(error.contains("no font called 'Entr' is installed (did you mean Enter?)"), "{error}");
}

/// A figure without the text of the scene in it.
fn without_scene(svg: &str) -> String {
    let (before, rest) = svg.split_once("<metadata>").unwrap();
    format!("{before}{}", rest.split_once("</metadata>").unwrap().1)
}

#[test]
fn colours_title_and_caption_of_ones_own_are_drawn_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.svg");
    let flags = ["--background", "#102030", "--text-color", "#fed", "--layer-colors", "#ff0000, #00ff00, #0000ff"];
    let words = ["--title-text", "Mine & yours", "--caption-text", "Measured by hand", "--text", "text"];
    let fixed = ["render", "--images", "10", "--layers", "3", "--out", path.to_str().unwrap()];
    initscope(&[&fixed[..], &flags, &words].concat()).assert().success();
    let svg = std::fs::read_to_string(&path).unwrap();
    assert!(svg.contains("fill=\"#102030\"/>"), "the ground");
    assert!(svg.contains("<title>Mine &amp; yours</title>"), "for those who do not see it");
    for text in ["font-weight=\"600\" fill=\"#ffeedd\"", ">Mine &amp; yours<", ">Measured by hand<"] {
        assert!(svg.contains(text), "{text}");
    }
    for color in ["#ff0000", "#00ff00", "#0000ff"] {
        assert!(svg.contains(&format!("fill=\"{color}\" fill-opacity")), "the shape of a layer in {color}");
    }
    assert!(!svg.contains("Inputs: ") && !svg.contains("#1a1e24"), "neither the usual caption nor the theme's text");
    let again = output(&["render", "--scene", path.to_str().unwrap(), "--out", "-", "--format", "svg"]);
    assert_eq!(String::from_utf8(again).unwrap(), svg);
    for (flag, said) in [
        (["--background", "blue"], "--background 'blue' is not a colour"),
        (["--layer-colors", "#123,#12"], "--layer-colors '#12' is not a colour"),
        (["--text-color", ""], "--text-color '' is not a colour"),
    ] {
        let ran = initscope(&[&fixed[..], &flag].concat()).assert().code(2);
        assert!(String::from_utf8_lossy(&ran.get_output().stderr).contains(said), "{said}");
    }
}

#[test]
fn numbers_say_sigma_and_title_of_their_panel_and_what_their_columns_are() {
    let arguments = ["render", "--images", "40", "--layers", "2", "--width", "9", "--sigma", "0.1,0.25", "--out", "-"];
    let csv = output(&[&arguments[..], &["--format", "csv"]].concat());
    let mut table = csv::Reader::from_reader(csv.as_slice());
    assert_eq!(table.headers().unwrap().iter().next_back(), Some("panel_title"), "no line but names and numbers");
    let mut seen = std::collections::BTreeSet::new();
    for row in table.records().map(Result::unwrap) {
        seen.insert((row[0].to_owned(), row[7].to_owned(), row[8].to_owned()));
    }
    let row = |panel: &str, sigma: &str, title: &str| (panel.to_owned(), sigma.to_owned(), title.to_owned());
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [row("1", "0.1", "σ = 0.10"), row("2", "0.25", "σ = 0.25")]);
    // Where it follows from the layers' sizes: He's is sqrt(2 / fan_in), cut at two of its own.
    let he = ["render", "--images", "40", "--widths", "9,8", "--init", "he_normal", "--out", "-", "--format", "json"];
    let data: serde_json::Value = serde_json::from_slice(&output(&he)).unwrap();
    let sigma = |layer: usize| data["panels"][0]["sigmas"][layer].as_f64().unwrap();
    assert!((sigma(0) - (2.0_f64 / 784.0).sqrt()).abs() < 1e-9 && (sigma(1) - (2.0_f64 / 9.0).sqrt()).abs() < 1e-9);
    assert_eq!(data["panels"][0]["experiment"]["init"], "he_normal");
    let columns: Vec<_> = data["columns"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let about = data["about"].as_object().unwrap();
    assert!(about.len() == columns.len() && columns.iter().all(|name| about[*name].as_str().unwrap().ends_with('.')));
    // The same is listed for all views.
    let list = String::from_utf8(output(&["list", "columns"])).unwrap();
    for name in ViewName::all() {
        let show = name.to_possible_value().unwrap().get_name().to_owned();
        assert!(list.lines().filter(|line| line.split_whitespace().next() == Some(&*show)).count() >= 3, "{show}");
    }
}

#[test]
fn norms_are_a_figure_of_their_own() {
    let flags = ["--images", "60", "--layers", "3", "--width", "20", "--activation", "tanh"];
    let csv = output(&[&["render", "--show", "norms", "--out", "-", "--format", "csv"], &flags[..]].concat());
    let stats = output(&[&["stats", "--format", "json"], &flags[..]].concat());
    let stats: serde_json::Value = serde_json::from_slice(&stats).unwrap();
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_slice()).records().map(Result::unwrap).collect();
    let found = |layer: usize, mark: &str| -> f64 {
        let is_it = |row: &&csv::StringRecord| row[1] == (layer + 1).to_string() && row[2] == *mark;
        rows.iter().find(is_it).unwrap()[3].parse().unwrap()
    };
    for layer in 0..3 {
        let of = |path: &str| stats.pointer(&format!("/layers/{layer}/{path}")).unwrap().as_f64().unwrap();
        assert_eq!(found(layer, "gradient_l2"), of("gradient_l2"));
        assert_eq!(found(layer, "weight_gradient_l2"), of("weight_gradient_l2"));
        assert_eq!(found(layer, "output_std"), of("output/std"));
        assert_eq!(found(layer, "gradient_l2_theory"), of("theory/gradient_l2"));
    }
    let svg = output(&[
        "render", "--show", "norms", "--sigma", "0.1,0.2", "--images", "20", "--text", "text", "--out", "-",
        "--format", "svg",
    ]);
    let svg = String::from_utf8(svg).unwrap();
    for text in [">||∂L/∂z||<", ">std of h<", ">layer 5<", "(μ = 0, σ = 0.20)<"] {
        assert!(svg.contains(text), "{text}");
    }
}

#[test]
fn a_preset_that_is_looked_at_with_norms_is_drawn_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let texts = |flags: &[&str]| {
        let file = folder.path().join("figure.svg");
        let all = ["render", "--text", "text", "--images", "20", "--out", file.to_str().unwrap()];
        output(&[&all[..], flags].concat());
        std::fs::read_to_string(&file).unwrap()
    };
    let small = ["--layers", "4", "--width", "10"];
    let said = "Below: L2 norm of the gradient";
    let with = texts(&[&["--preset", "vanishing_sigmoid"][..], &small].concat());
    assert!(with.contains(said) && with.contains("std of h"));
    // Unless somebody says otherwise; and of whatever else, if somebody says so.
    assert!(!texts(&[&["--preset", "vanishing_sigmoid", "--norms=false"][..], &small].concat()).contains(said));
    assert!(!texts(&small).contains(said));
    let two = texts(&[&["--norms", "--sigma", "0.1,0.2"][..], &small].concat());
    assert!(two.contains(said) && two.matches("std of h").count() == 1);
    // Where the layers would be left too little, they come first.
    let low = texts(&[&["--norms", "--size", "400x160"][..], &small].concat());
    assert!(!low.contains("std of h") && !low.contains(said));
}

#[test]
fn a_landscape_of_trained_networks_is_of_one_training() {
    let flags = ["render", "--show", "training_landscape", "--layers", "2", "--width", "4", "--images", "40"];
    let short = ["--steps", "1", "--batch", "8", "--out", "-", "--format", "csv"];
    let csv = output(&[&flags[..], &short].concat());
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_slice()).records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 144);
    assert_eq!((&rows[0][1], &rows[143][1]), ("10", "100"));
    assert!(rows.iter().all(|row| (0.0..=1.0).contains(&row[2].parse::<f64>().unwrap())));
    for (others, sentence) in [
        (["--learning-rate", "0.1,0.2"], "a landscape of trained networks shows one training"),
        (["--activation", "relu,tanh"], "a landscape of trained networks shows one training"),
        (["--widths", "4,5"], "Depth needs hidden layers that all have the same width"),
    ] {
        let flags = if others[0] == "--widths" { &["render", "--show", "training_landscape"][..] } else { &flags };
        let run = initscope(&[flags, &others, &short].concat()).output().unwrap();
        let error = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.status.code() == Some(2) && error.contains(sentence), "{others:?}: {error}");
    }
}

/// The landscape of rates is the same for several rates, and may have layers that differ: it is of the present network.
#[test]
fn a_landscape_of_learning_rates_is_of_one_network_and_has_its_loss() {
    let flags =
        ["render", "--show", "training_landscape", "--widths", "4,5", "--images", "40", "--trained-plane", "rate"];
    let short = ["--steps", "1", "--batch", "8", "--learning-rate", "0.1,0.2", "--trained-value", "loss"];
    let csv = output(&[&flags[..], &short, &["--out", "-", "--format", "csv"]].concat());
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_slice()).records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 144);
    let number = |row: usize, column: usize| rows[row][column].parse::<f64>().unwrap();
    assert_eq!((number(0, 1), number(12, 1), number(143, 1)), (3.2e-5, 1e-4, 10.0), "of sgd");
    // A step of nearly nothing leaves the loss of guessing: ln 10.
    assert!((number(0, 2) - 10.0_f64.ln()).abs() < 0.3, "{}", number(0, 2));
}
