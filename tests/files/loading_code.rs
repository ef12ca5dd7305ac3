//! Programs that load a file's network into Keras and PyTorch: they need no images to be printed, and run as they stand.

use std::path::Path;
use std::process::Command;

/// Files of every kind that is read, with the activation of those that name none.
const FILES: [(&str, &[&str]); 6] = [
    ("keras2.h5", &[]),
    ("exported.onnx", &[]),
    ("functional.keras", &[]),
    ("batch_norm_names.pt", &["--activation", "relu"]),
    ("twelve.weights.h5", &["--activation", "elu(alpha=0.5)"]),
    ("named.npz", &["--activation", "gelu_tanh"]),
];

fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/networks/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_initscope")).current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_program_is_the_same_whatever_images_there_are() {
    let folder = tempfile::tempdir().unwrap();
    for (name, flags) in FILES {
        let file = fixture(name);
        // The usual images have 784 values, and these networks take 6.
        let plain = run(folder.path(), &[&["code", "keras", "--network", &file], flags].concat());
        let drawn = run(folder.path(), &[&["code", "keras", "--network", &file, "--data", "gaussian"], flags].concat());
        assert_eq!(plain, drawn, "{name}");
    }
    // What is missing is still said as it is with the usual images.
    let file = fixture("state_dict.pt");
    let mut command = Command::new(env!("CARGO_BIN_EXE_initscope"));
    let output = command.args(["code", "keras", "--network", &file]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("give --activation NAME"), "{said}");
}

/// Python with Keras and PyTorch is named in INITSCOPE_PYTHON: `cargo test --test files -- --ignored programs_for_files`.
#[test]
#[ignore = "it needs Keras and PyTorch, and takes a minute"]
fn programs_for_files_run_as_they_stand_and_give_what_the_file_gives() {
    let python = std::env::var("INITSCOPE_PYTHON").expect("INITSCOPE_PYTHON names a python with keras and torch");
    let folder = tempfile::tempdir().unwrap();
    for (name, flags) in FILES {
        for framework in ["keras", "pytorch"] {
            let file = fixture(name);
            let program = run(folder.path(), &[&["code", framework, "--network", &file], flags].concat());
            let arrays = program.split("np.load(\"").nth(1).unwrap().split('"').next().unwrap();
            let export =
                ["export", "--network", &file, "--data", "gaussian", "--images", "4", "--force", "--out", arrays];
            run(folder.path(), &[&export[..], flags].concat());
            let given = match framework {
                "keras" => "keras.ops.convert_to_numpy(model(arrays['x']))",
                _ => "model(torch.from_numpy(arrays['x'])).detach().numpy()",
            };
            let compared = format!("{program}\nl = arrays['logits']\nprint(abs({given} - l).max() / abs(l).max())\n");
            let mut command = Command::new(&python);
            let output = command.current_dir(folder.path()).args(["-c", &compared]).env("KERAS_BACKEND", "torch");
            let output = output.output().unwrap();
            assert!(output.status.success(), "{program}\n{}", String::from_utf8_lossy(&output.stderr));
            let apart: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap();
            assert!(apart < 1e-5, "{name}, {framework}: {apart}");
        }
    }
}
