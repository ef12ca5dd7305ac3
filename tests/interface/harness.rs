//! The window under test, and hands for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Pos2;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::{App, Session};
use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Experiment, Preset};
use initscope::number;

/// A window of this size on the article's case with few images, settled.
pub fn window_of(width: f32, height: f32) -> Harness<'static, App> {
    let mut harness = opened(width, height, 300);
    settle(&mut harness);
    harness
}

/// The same on so many images, which nobody waits for: for what is typed and pressed, and not for what is drawn.
pub fn opened(width: f32, height: f32, images: usize) -> Harness<'static, App> {
    let mut session = Session::default();
    session.experiment.images = Some(images);
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([width, height]).build_eframe(build);
    harness.run_steps(3);
    harness
}

pub fn window() -> Harness<'static, App> {
    window_of(1280.0, 800.0)
}

/// Steps until what is drawn is the exact answer to what is set, and the axis is at rest.
pub fn settle(harness: &mut Harness<'static, App>) {
    let start = Instant::now();
    harness.step();
    loop {
        while !harness.state().is_settled() {
            assert!(start.elapsed() < Duration::from_secs(60), "no answer to {:?}", harness.state().experiment());
            step_on_news(harness);
        }
        std::thread::sleep(Duration::from_millis(5));
        harness.step();
        // An answer to what was set before may have come only now.
        if harness.state().is_settled() {
            return;
        }
    }
}

/// Steps once somebody in the background asks for it, or after a moment. A window that is painted while nothing is new takes
/// the processor from those it waits for.
pub fn step_on_news(harness: &mut Harness<'static, App>) {
    let waiting = std::thread::current();
    harness.ctx.set_request_repaint_callback(move |request| {
        // Answers ask for it in no time that could be told from none.
        if request.delay < Duration::from_millis(1) {
            waiting.unpark();
        }
    });
    std::thread::park_timeout(Duration::from_millis(60));
    harness.step();
}

pub fn set_slider(harness: &mut Harness<'static, App>, label: &str, value: f64) {
    harness.get_by_role_and_label(Role::Slider, label).set_value_accesskit(value);
    harness.step();
}

/// Types into the number beside a label.
pub fn type_number(harness: &mut Harness<'static, App>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::SpinButton, label).click();
    harness.run_steps(2);
    harness.key_combination_modifiers(egui::Modifiers::COMMAND, &[egui::Key::A]);
    harness.step();
    harness.get_by_role_and_label(Role::SpinButton, label).type_text(text);
    harness.step();
    harness.key_press(egui::Key::Enter);
    harness.step();
}

pub fn choose(harness: &mut Harness<'static, App>, label: &str, choice: &str) {
    scroll_to(harness, label);
    harness.get_by_role_and_label(Role::ComboBox, label).click();
    harness.run_steps(2);
    // It may have to be scrolled to.
    harness.get_by_role_and_label(Role::Button, choice).click_accesskit();
    harness.run_steps(2);
}

/// Chooses a preset in the grid, by its name on the command line.
pub fn choose_preset(harness: &mut Harness<'static, App>, name: &str) {
    let preset = Preset::named(name).unwrap();
    scroll_to(harness, "Preset");
    harness.get_by_role_and_label(Role::ComboBox, "Preset").click();
    harness.run_steps(4);
    let card = format!("{}. {}", preset.title, preset.summary);
    harness.get_by_role_and_label(Role::Button, &card).click_accesskit();
    harness.run_steps(2);
}

/// What is chosen of a list.
pub fn chosen(harness: &Harness<'static, App>, list: &str) -> String {
    harness.get_by_role_and_label(Role::ComboBox, list).value().unwrap_or_default()
}

/// Scrolls to a list of choices, and waits until it stands still.
fn scroll_to(harness: &mut Harness<'static, App>, label: &str) {
    let place = |harness: &Harness<'static, App>| harness.get_by_role_and_label(Role::ComboBox, label).rect();
    harness.get_by_role_and_label(Role::ComboBox, label).scroll_to_me();
    harness.run_steps(2);
    loop {
        let before = place(harness);
        harness.run_steps(2);
        if place(harness) == before {
            return;
        }
    }
}

/// What the engine measures for an experiment, asked directly.
pub fn measured(experiment: &Experiment) -> Measurement {
    Measurer::new().unwrap().measure_all(experiment, Quantities::OUTPUTS).unwrap()
}

/// The layers' names in the accessibility tree say from where to where they are drawn.
pub fn assert_drawn(harness: &Harness<'static, App>, measurement: &Measurement) {
    for layer in &measurement.layers {
        let (min, max) = (number::value(layer.output.min), number::value(layer.output.max));
        harness.get_by_label_contains(&format!("layer {}: outputs from {min} to {max},", layer.layer));
    }
}

pub fn press(harness: &mut Harness<'static, App>, key: egui::Key) {
    harness.key_press(key);
    harness.run_steps(2);
}

pub fn experiment<'h>(harness: &'h Harness<'static, App>) -> &'h Experiment {
    harness.state().experiment()
}

/// A click somewhere in what the window paints itself.
pub fn click(harness: &mut Harness<'static, App>, at: Pos2) {
    harness.hover_at(at);
    harness.step();
    harness.drag_at(at);
    harness.step();
    harness.drop_at(at);
    harness.run_steps(2);
}

/// A file as the system hands it over.
#[derive(Debug)]
pub struct Dropped(pub PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// Drops a file onto the window.
pub fn drop_file(harness: &mut Harness<'static, App>, file: &Path) {
    harness.input_mut().dropped_files.push(Arc::new(Dropped(file.to_owned())));
    harness.run_steps(3);
}
