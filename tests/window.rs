//! The real program in a real window under Xvfb: the slider of sigma is dragged with the mouse, and the picture changes.
//!
//! Needs Xvfb, xdotool and ImageMagick's `import`, so it runs only when asked for:
//! `cargo test --test window -- --ignored`. It leaves what it saw in `target/window/`; `assets/window.png` is a copy of the
//! last of these, `window.png`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use image::RgbaImage;
use initscope::app::{App, Session};

const SIZE: [f32; 2] = [1280.0, 800.0];

/// A process that ends with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display of its own, with the program in it.
struct Screen {
    display: String,
    program: Running,
    _server: Running,
}

impl Screen {
    fn start(home: &Path) -> Self {
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
        let server = server.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("Xvfb must be installed");
        let mut server = Running(server);
        let mut number = String::new();
        BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let display = format!(":{}", number.trim());
        let mut program = Command::new(env!("CARGO_BIN_EXE_initscope"));
        program.env("DISPLAY", &display).env_remove("WAYLAND_DISPLAY");
        program.env("HOME", home).env("XDG_CONFIG_HOME", home.join(".config"));
        let program = Running(program.spawn().unwrap());
        let screen = Self { display, program, _server: server };
        screen.wait("a window", || screen.run("xdotool", &["search", "--name", "initscope"]));
        screen
    }

    fn run(&self, program: &str, arguments: &[&str]) -> bool {
        let mut command = Command::new(program);
        command.env("DISPLAY", &self.display).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().unwrap_or_else(|error| panic!("{program} must be installed: {error}")).success()
    }

    fn hand(&self, arguments: &[&str]) {
        assert!(self.run("xdotool", arguments), "xdotool {arguments:?}");
        std::thread::sleep(Duration::from_millis(100));
    }

    fn shot(&self, name: &str) -> RgbaImage {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/window");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        assert!(self.run("import", &["-window", "root", path.to_str().unwrap()]));
        image::open(path).unwrap().to_rgba8()
    }

    /// Waits for what must come.
    fn wait(&self, what: &str, mut is_there: impl FnMut() -> bool) {
        let start = Instant::now();
        while !is_there() {
            assert!(start.elapsed() < Duration::from_secs(60), "no {what}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Waits until two pictures in a row are the same.
    fn rest(&self, name: &str) -> RgbaImage {
        let mut last = self.shot(name);
        self.wait("rest", || {
            std::thread::sleep(Duration::from_millis(400));
            let next = self.shot(name);
            let same = next == last;
            last = next;
            same
        });
        last
    }

    /// Processor time the program has used so far, in ticks of 10 ms.
    fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.program.0.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }
}

/// Where the slider of sigma is, from the accessibility tree of the same window without a display.
fn slider(session: &Session) -> egui::Rect {
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, session, None).unwrap();
    let mut harness: Harness<'_, App> = Harness::builder().with_size(SIZE).build_eframe(build);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::Slider, "σ").rect()
}

/// Pixels of a layer's colour in the light theme: blue, green, vermilion.
fn colored(picture: &RgbaImage) -> usize {
    let layer = |pixel: &image::Rgba<u8>| {
        let [red, green, blue, _] = pixel.0;
        red.max(green).max(blue) - red.min(green).min(blue) > 100
    };
    picture.enumerate_pixels().filter(|(x, _, pixel)| *x > 320 && layer(pixel)).count()
}

#[test]
#[ignore = "needs Xvfb, xdotool and ImageMagick"]
fn dragging_sigma_changes_the_picture() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join(".config/initscope/session.json");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, r#"{"version": 1, "theme": "light"}"#).unwrap();
    let slider = slider(&Session::default());
    let screen = Screen::start(home.path());
    screen.wait("picture", || colored(&screen.shot("opened.png")) > 20_000);
    screen.run("xdotool", &["search", "--name", "initscope", "windowfocus"]);
    screen.hand(&["mousemove", "900", "64"]);
    let before = screen.rest("opened.png");

    let idle = screen.ticks();
    std::thread::sleep(Duration::from_secs(2));
    assert!(screen.ticks() - idle <= 4, "the window works while nothing changes");

    let (x, y) = (slider.center().x as i32, slider.center().y as i32);
    screen.hand(&["mousemove", &x.to_string(), &y.to_string()]);
    screen.hand(&["mousedown", "1"]);
    for step in 1..=6 {
        screen.hand(&["mousemove", &(x + 5 * step).to_string(), &y.to_string()]);
    }
    screen.hand(&["mouseup", "1"]);
    screen.hand(&["mousemove", "900", "64"]);
    let after = screen.rest("dragged.png");

    // Not the words above it: they remember where sigma came from.
    let plot = |picture: &RgbaImage| image::imageops::crop_imm(picture, 330, 130, 930, 450).to_image();
    let (before, after) = (plot(&before), plot(&after));
    let changed = before.pixels().zip(after.pixels()).filter(|(one, other)| one != other).count();
    assert!(changed > 930 * 450 / 50, "only {changed} pixels of the plot changed");
    assert!(colored(&image::open("target/window/dragged.png").unwrap().to_rgba8()) > 5_000, "nothing is drawn");

    let session = std::fs::read_to_string(&file).unwrap();
    let sigma = serde_json::from_str::<serde_json::Value>(&session).unwrap()["experiment"]["sigma"].as_f64();
    assert!(sigma.is_some_and(|sigma| sigma > 0.15), "the session does not remember the new sigma: {session}");

    screen.hand(&["key", "ctrl+n"]);
    screen.wait("way back", || plot(&screen.shot("window.png")) == before);
    screen.rest("window.png");
}
