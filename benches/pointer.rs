//! From pointer to picture: the real window under Xvfb is driven by fake mouse and keys, and the clock runs from an input until
//! the first picture of what it asked for, or of something later, has reached the display.
//!
//! `cargo bench --bench pointer [-- relu] [-- sigma] [-- race/step]`: the last drags the slider of the step through a race whose
//! weights are kept. Needs Xvfb, and nothing else running: the window is painted by
//! software, on the same cores as the engine.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a measurement fails by panicking")]

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use eframe::egui;
use egui::accesskit::Role;
use initscope::app::{App, Session};
use initscope::engine::Measurement;
use initscope::experiment::{Activation, Experiment, Initializer};
use initscope::figure::Scene;
use initscope::subject::Weights;
use x11rb::connection::Connection as _;
use x11rb::protocol::damage::{self, ConnectionExt as _};
use x11rb::protocol::xproto::{self, ConnectionExt as _};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// Moves a second while something is dragged, and for how long.
const MOVES_A_SECOND: u32 = 60;
const DRAG: Duration = Duration::from_secs(3);
/// Single keys, and the time between them.
const KEYS: u32 = 30;
const KEYS_ONE_WAY: u32 = 6;
const BETWEEN_KEYS: Duration = Duration::from_millis(400);
const IMAGES: usize = 10_000;
/// Says that this process is the one with the window.
const WITH_WINDOW: &str = "INITSCOPE_POINTER_WINDOW";

fn main() {
    if std::env::var_os(WITH_WINDOW).is_some() {
        return open_and_drive();
    }
    let mut server = Command::new("Xvfb");
    server.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
    let mut server = server.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("Xvfb must be installed");
    let mut number = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
    let mut window = Command::new(std::env::current_exe().unwrap());
    window.args(std::env::args().skip(1)).env(WITH_WINDOW, "1");
    window.env("DISPLAY", format!(":{}", number.trim())).env_remove("WAYLAND_DISPLAY");
    let done = window.status();
    let _ = server.kill();
    let _ = server.wait();
    assert!(done.unwrap().success());
}

/// What a frame had seen, and what it painted.
struct Frame {
    began: Instant,
    ended: Instant,
    pointer: Option<egui::Pos2>,
    keys: u32,
    /// What the controls say after it, and the step that is looked at.
    asked: LookedAt,
    /// What it painted, and whether of all images.
    painted: Option<(LookedAt, bool)>,
    /// When its picture had reached the display.
    arrived: Option<Instant>,
}

/// An experiment, and the step of its training.
type LookedAt = (Experiment, u64);

/// What window and hand tell each other.
#[derive(Default)]
struct Told {
    frames: Vec<Frame>,
    sliders: HashMap<String, egui::Rect>,
    keys: u32,
    settled: bool,
    set: Option<Experiment>,
    scene: Option<Scene>,
    now: Option<LookedAt>,
    done: bool,
}

type Shared = Arc<Mutex<Told>>;

/// The window, with somebody who looks over its shoulder.
struct Watched {
    app: App,
    told: Shared,
    began: Instant,
}

impl eframe::App for Watched {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.began = Instant::now();
        let mut told = self.told.lock().unwrap();
        if let Some(experiment) = told.set.take() {
            self.app.set_experiment(experiment);
        }
        if let Some(scene) = told.scene.take() {
            self.app.set_scene(scene);
        }
        if told.done {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        drop(told);
        self.app.logic(ctx, frame);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        let is_press = |event: &&egui::Event| matches!(event, egui::Event::Key { pressed: true, .. });
        let (pointer, keys) =
            ui.input(|input| (input.pointer.latest_pos(), input.events.iter().filter(is_press).count() as u32));
        self.app.ui(ui, frame);
        let painted = self.app.figure().map(|figure| &figure.measurement);
        let step = |known: &Measurement| match known.subject.weights() {
            Weights::Trained(trained) => trained.step(),
            Weights::Drawn | Weights::Given(_) => 0,
        };
        let painted = painted.map(|known| ((known.experiment().clone(), step(known)), known.is_exact()));
        let (began, ended) = (self.began, Instant::now());
        let mut told = self.told.lock().unwrap();
        told.keys += keys;
        told.settled = self.app.is_settled();
        let asked = (self.app.experiment().clone(), self.app.shown_step());
        told.now = Some(asked.clone());
        let keys = told.keys;
        told.frames.push(Frame { began, ended, pointer, keys, asked, painted, arrived: None });
    }
}

/// Finds the sliders in the accessibility tree.
struct Sliders(Shared);

impl egui::Plugin for Sliders {
    fn debug_name(&self) -> &'static str {
        "sliders"
    }

    fn output_hook(&mut self, _ctx: &egui::Context, output: &mut egui::FullOutput) {
        let Some(update) = &output.platform_output.accesskit_update else { return };
        let names: HashMap<_, _> = update
            .nodes
            .iter()
            .filter_map(|(id, node)| Some((*id, node.value().or(node.label())?.to_owned())))
            .collect();
        let mut told = self.0.lock().unwrap();
        for (_, node) in update.nodes.iter().filter(|(_, node)| node.role() == Role::Slider) {
            let by = node.labelled_by().first().and_then(|id| names.get(id).cloned());
            if let (Some(name), Some(bounds)) = (by.or(node.label().map(str::to_owned)), node.bounds()) {
                let rect = egui::Rect::from_min_max(
                    egui::pos2(bounds.x0 as f32, bounds.y0 as f32),
                    egui::pos2(bounds.x1 as f32, bounds.y1 as f32),
                );
                told.sliders.insert(name, rect);
            }
        }
    }
}

fn open_and_drive() {
    let told = Shared::default();
    let session = Session::default();
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_title("initscope").with_inner_size([1280.0, 800.0]),
        system_font_fallback: false,
        dithering: false,
        ..Default::default()
    };
    let create = |cc: &eframe::CreationContext<'_>| {
        cc.egui_ctx.enable_accesskit();
        cc.egui_ctx.add_plugin(Sliders(Arc::clone(&told)));
        let app = App::new(&cc.egui_ctx, &session, None)?.on_cleared_ground(&cc.egui_ctx);
        let hand = Hand::new(cc.egui_ctx.clone(), Arc::clone(&told));
        std::thread::spawn(move || hand.measure_all());
        Ok(Box::new(Watched { app, told: Arc::clone(&told), began: Instant::now() }) as Box<dyn eframe::App>)
    };
    eframe::run_native("initscope", options, Box::new(create)).unwrap();
}

/// What is dragged: its name, between which values, and where they stand in the experiment.
struct Control {
    name: &'static str,
    slider: &'static str,
    from: f64,
    to: f64,
    value: fn(&LookedAt) -> f64,
}

/// A race that is over, and the slider of its step.
const RACE: &str = r#"
version = 2
[[experiments]]
images = 10000
[training]
learning_rate = 0.05
train_images = 3200
epochs = 20
"#;
const STEP: Control = Control { name: "step", slider: "Step", from: 1.0, to: 2000.0, value: |(_, step)| *step as f64 };

const CONTROLS: &[Control] = &[
    Control { name: "sigma", slider: "σ", from: 0.05, to: 0.4, value: sigma },
    Control { name: "weight mean", slider: "Weight mean μ", from: -0.05, to: 0.05, value: mean },
    Control { name: "bias", slider: "Bias", from: -0.2, to: 0.2, value: |(experiment, _)| experiment.bias },
    Control { name: "width", slider: "Units per layer", from: 50.0, to: 150.0, value: |(of, _)| of.widths[0] as f64 },
    Control { name: "depth", slider: "Hidden layers", from: 3.0, to: 10.0, value: |(of, _)| of.widths.len() as f64 },
];

/// Those on whose sliders keys are pressed.
const PRESSED: [&str; 2] = ["sigma", "depth"];

fn sigma((experiment, _): &LookedAt) -> f64 {
    match experiment.initializer {
        Initializer::RandomNormal { sigma, .. } => sigma,
        _ => f64::NAN,
    }
}

fn mean((experiment, _): &LookedAt) -> f64 {
    match experiment.initializer {
        Initializer::RandomNormal { mean, .. } => mean,
        _ => f64::NAN,
    }
}

/// When each input was sent, and how a frame knows that it has seen it.
enum Inputs {
    Moves(Vec<(Instant, f32)>),
    Keys(Vec<Instant>),
}

/// Fake mouse and keys.
struct Hand {
    connection: RustConnection,
    root: xproto::Window,
    window: xproto::Window,
    damage: damage::Damage,
    told: Shared,
    ctx: egui::Context,
}

impl Hand {
    fn new(ctx: egui::Context, told: Shared) -> Self {
        let (connection, screen) = x11rb::connect(None).unwrap();
        let root = connection.setup().roots[screen].root;
        connection.damage_query_version(1, 1).unwrap().reply().unwrap();
        Self { connection, root, window: root, damage: 0, told, ctx }
    }

    fn measure_all(mut self) {
        self.wait_for("a window", |told| told.settled);
        self.find_window();
        let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
        let is_wanted = |name: &str| wanted.iter().all(|word| name.contains(word.as_str()));
        println!(
            "{:<22} {:>7} {:>7} {:>7}   {:>7} {:>7}   {:>6} {:>7}",
            "ms", "median", "95 %", "worst", "exact", "frame", "worst", "a second"
        );
        for activation in [Activation::Relu, Activation::Tanh, Activation::Sigmoid, Activation::Gelu] {
            for control in CONTROLS {
                let name = format!("{}/{}", activation.name(), control.name);
                if is_wanted(&name) {
                    self.start_from(activation);
                    self.drag(&name, control);
                }
            }
            for control in CONTROLS.iter().filter(|control| PRESSED.contains(&control.name)) {
                let name = format!("{}/{}, keys", activation.name(), control.name);
                if is_wanted(&name) {
                    self.start_from(activation);
                    self.press(&name, control);
                }
            }
        }
        if is_wanted("race/step") {
            self.race();
            self.drag("race/step", &STEP);
        }
        self.told.lock().unwrap().done = true;
        self.ctx.request_repaint();
    }

    /// The program's window, from now on with news of every picture that reaches it.
    fn find_window(&mut self) {
        let children = self.connection.query_tree(self.root).unwrap().reply().unwrap().children;
        let is_it = |window: &xproto::Window| {
            let name = self.connection.get_property(
                false,
                *window,
                xproto::AtomEnum::WM_NAME,
                xproto::AtomEnum::STRING,
                0,
                64,
            );
            name.unwrap().reply().is_ok_and(|name| name.value == b"initscope")
        };
        self.window = children.into_iter().find(is_it).unwrap();
        self.connection.set_input_focus(xproto::InputFocus::PARENT, self.window, x11rb::CURRENT_TIME).unwrap();
        self.damage = self.connection.generate_id().unwrap();
        let level = damage::ReportLevel::NON_EMPTY;
        self.connection.damage_create(self.damage, self.window, level).unwrap();
        self.connection.flush().unwrap();
    }

    /// Notes which frames have reached the display.
    fn watch(&self, until: Instant) {
        loop {
            while let Some(event) = self.connection.poll_for_event().unwrap() {
                if matches!(event, x11rb::protocol::Event::DamageNotify(_)) {
                    let now = Instant::now();
                    self.connection.damage_subtract(self.damage, x11rb::NONE, x11rb::NONE).unwrap();
                    self.connection.flush().unwrap();
                    let mut told = self.told.lock().unwrap();
                    for frame in told.frames.iter_mut().rev().take_while(|frame| frame.arrived.is_none()) {
                        frame.arrived = Some(now);
                    }
                }
            }
            if Instant::now() >= until {
                return;
            }
            std::thread::sleep(Duration::from_micros(200));
        }
    }

    fn rest(&self, time: Duration) {
        self.watch(Instant::now() + time);
    }

    fn wait_for(&self, what: &str, is_there: impl Fn(&Told) -> bool) {
        let since = Instant::now();
        while !is_there(&self.told.lock().unwrap()) {
            assert!(since.elapsed() < Duration::from_secs(60), "no {what}");
            self.rest(Duration::from_millis(5));
        }
    }

    fn now(&self) -> LookedAt {
        self.told.lock().unwrap().now.clone().unwrap()
    }

    fn settle(&self) {
        self.rest(Duration::from_millis(300));
        self.wait_for("rest", |told| told.settled);
    }

    /// Waits for the exact picture; what is measured at leisure waits until nothing is held.
    fn hold_still(&self) {
        self.rest(Duration::from_millis(300));
        self.wait_for("exact picture", |told| {
            told.frames.last().is_some_and(|frame| frame.painted == Some((frame.asked.clone(), true)))
        });
    }

    /// 5 x 100 of this activation, at rest.
    fn start_from(&self, activation: Activation) {
        let mut experiment = Experiment { activation, ..Experiment::article() };
        experiment.inputs.images = IMAGES;
        self.told.lock().unwrap().set = Some(experiment);
        self.ctx.request_repaint();
        self.move_to(640.0, 400.0);
        self.settle();
    }

    fn fake(&self, kind: u8, detail: u8, at: (f32, f32)) -> Instant {
        let (x, y) = (at.0.round() as i16, at.1.round() as i16);
        self.connection.xtest_fake_input(kind, detail, 0, self.root, x, y, 0).unwrap();
        self.connection.flush().unwrap();
        Instant::now()
    }

    fn move_to(&self, x: f32, y: f32) -> Instant {
        self.fake(xproto::MOTION_NOTIFY_EVENT, 0, (x, y))
    }

    /// A race of the layers in sight, trained to its end.
    fn race(&self) {
        self.told.lock().unwrap().scene = Some(Scene::parse(RACE, Path::new("race.toml")).unwrap());
        self.ctx.request_repaint();
        self.move_to(640.0, 400.0);
        self.settle();
        let [shift, space] = [0xffe1, 0x20].map(|symbol| self.code_of(symbol));
        for (kind, code) in [
            (xproto::KEY_PRESS_EVENT, shift),
            (xproto::KEY_PRESS_EVENT, space),
            (xproto::KEY_RELEASE_EVENT, space),
            (xproto::KEY_RELEASE_EVENT, shift),
        ] {
            self.fake(kind, code, (0.0, 0.0));
            self.rest(Duration::from_millis(20));
        }
        self.wait_for("end of the race", |told| {
            told.settled && told.now.as_ref().is_some_and(|(_, step)| *step == 2000)
        });
    }

    fn slider(&self, control: &Control) -> egui::Rect {
        let find = || self.told.lock().unwrap().sliders.get(control.slider).copied();
        // It stands under the view, and does not scroll.
        if let Some(rect) = find().filter(|_| control.slider == STEP.slider) {
            return rect;
        }
        for _ in 0..20 {
            if let Some(rect) = find()
                && rect.bottom() < 740.0
                && rect.top() > 60.0
            {
                return rect;
            }
            let down = find().is_none_or(|rect| rect.top() > 60.0);
            self.move_to(150.0, 500.0);
            let wheel = if down { 5 } else { 4 };
            self.fake(xproto::BUTTON_PRESS_EVENT, wheel, (0.0, 0.0));
            self.fake(xproto::BUTTON_RELEASE_EVENT, wheel, (0.0, 0.0));
            self.rest(Duration::from_millis(300));
        }
        let known: Vec<_> = self.told.lock().unwrap().sliders.keys().cloned().collect();
        panic!("no slider {} among {known:?}", control.slider)
    }

    /// Where the pointer must be for a value: between two places that enclose it, the slider being held.
    fn place_of(&self, wanted: f64, control: &Control, rect: egui::Rect) -> f32 {
        let (mut low, mut high) = (rect.left(), rect.right());
        while high - low > 1.0 {
            let middle = f32::midpoint(low, high).round();
            self.move_to(middle, rect.center().y);
            self.rest(Duration::from_millis(120));
            if (control.value)(&self.now()) < wanted { low = middle } else { high = middle }
        }
        high
    }

    /// Holds a slider by the pointer.
    fn hold(&self, control: &Control) -> egui::Rect {
        let rect = self.slider(control);
        self.move_to(rect.center().x, rect.center().y);
        self.rest(Duration::from_millis(100));
        self.fake(xproto::BUTTON_PRESS_EVENT, 1, (0.0, 0.0));
        self.rest(Duration::from_millis(100));
        rect
    }

    fn drag(&self, name: &str, control: &Control) {
        let rect = self.hold(control);
        let from = self.place_of(control.from, control, rect);
        let to = self.place_of(control.to, control, rect);
        self.move_to(from, rect.center().y);
        self.hold_still();
        self.told.lock().unwrap().frames.clear();
        let (began, moves) = (Instant::now(), MOVES_A_SECOND * DRAG.as_secs() as u32);
        let mut sent = Vec::new();
        for step in 1..=moves {
            self.watch(began + DRAG * step / moves);
            let x = (from + (to - from) * step as f32 / moves as f32).round();
            if sent.last().is_none_or(|(_, last)| *last != x) {
                sent.push((self.move_to(x, rect.center().y), x));
            }
        }
        let drag = began.elapsed();
        self.hold_still();
        self.fake(xproto::BUTTON_RELEASE_EVENT, 1, (0.0, 0.0));
        self.report(name, &Inputs::Moves(sent), Some((began, drag)));
        self.settle();
    }

    /// Arrow keys on a slider: up for a while from where its drag begins, and down again.
    fn press(&self, name: &str, control: &Control) {
        let rect = self.hold(control);
        self.move_to(self.place_of(control.from, control, rect), rect.center().y);
        self.fake(xproto::BUTTON_RELEASE_EVENT, 1, (0.0, 0.0));
        self.settle();
        let codes = [0xff52, 0xff54].map(|symbol| self.code_of(symbol));
        self.told.lock().unwrap().frames.clear();
        self.told.lock().unwrap().keys = 0;
        let mut sent = Vec::new();
        for key in 0..KEYS {
            let code = codes[(key / KEYS_ONE_WAY) as usize % 2];
            sent.push(self.fake(xproto::KEY_PRESS_EVENT, code, (0.0, 0.0)));
            self.fake(xproto::KEY_RELEASE_EVENT, code, (0.0, 0.0));
            self.rest(BETWEEN_KEYS);
        }
        self.settle();
        self.report(name, &Inputs::Keys(sent), None);
    }

    /// The code of a key, by its symbol.
    fn code_of(&self, symbol: u32) -> u8 {
        let setup = self.connection.setup();
        let count = setup.max_keycode - setup.min_keycode + 1;
        let mapping = self.connection.get_keyboard_mapping(setup.min_keycode, count).unwrap().reply().unwrap();
        let each = usize::from(mapping.keysyms_per_keycode);
        let at = mapping.keysyms.chunks(each).position(|of_key| of_key.contains(&symbol)).unwrap();
        setup.min_keycode + at as u8
    }

    fn report(&self, name: &str, inputs: &Inputs, dragged: Option<(Instant, Duration)>) {
        let told = self.told.lock().unwrap();
        let frames = &told.frames;
        // The experiments in their order: each frame's, by its number.
        let mut asked: Vec<(usize, &LookedAt)> = Vec::new();
        for (at, frame) in frames.iter().enumerate() {
            if asked.last().is_none_or(|(_, last)| **last != frame.asked) {
                asked.push((at, &frame.asked));
            }
        }
        let number =
            |what: &LookedAt, frame: usize| asked.iter().rposition(|(at, asked)| *at <= frame && *asked == what);
        let painted: Vec<Option<(usize, bool)>> = frames
            .iter()
            .enumerate()
            .map(|(at, frame)| {
                let (what, exact) = frame.painted.as_ref()?;
                Some((number(what, at)?, *exact))
            })
            .collect();
        let arrived = |at: usize| frames[at].arrived.unwrap_or(frames[at].ended);
        let mut first = Vec::new();
        let mut seen = |sent: Instant, frame: usize| {
            let asked = number(&frames[frame].asked, frame).unwrap();
            if frame > 0 && frames[frame - 1].asked == frames[frame].asked {
                return;
            }
            let answer = (frame..frames.len()).find(|at| painted[*at].is_some_and(|(number, _)| number >= asked));
            first.push(answer.map_or(f64::INFINITY, |answer| ms(arrived(answer).duration_since(sent))));
        };
        match inputs {
            Inputs::Moves(sent) => {
                let mut next = 0;
                for (at, frame) in frames.iter().enumerate() {
                    let Some(pointer) = frame.pointer else { continue };
                    let Some(newest) = sent.iter().position(|(_, x)| *x == pointer.x) else { continue };
                    while next <= newest {
                        seen(sent[next].0, at);
                        next += 1;
                    }
                }
            }
            Inputs::Keys(sent) => {
                for (number, sent) in sent.iter().enumerate() {
                    if let Some(at) = frames.iter().position(|frame| frame.keys > number as u32) {
                        seen(*sent, at);
                    }
                }
            }
        }
        let last = asked.len().saturating_sub(1);
        let exact = (0..frames.len()).find(|at| painted[*at] == Some((last, true)));
        let last_sent = match inputs {
            Inputs::Moves(sent) => sent.last().map(|(sent, _)| *sent),
            Inputs::Keys(sent) => sent.last().copied(),
        };
        let exact = exact
            .zip(last_sent)
            .map_or(f64::INFINITY, |(at, sent)| arrived(at).checked_duration_since(sent).map_or(0.0, ms));
        let mut own: Vec<f64> = frames.iter().map(|frame| ms(frame.ended.duration_since(frame.began))).collect();
        own.sort_by(f64::total_cmp);
        first.sort_by(f64::total_cmp);
        let at = |share: f64| first.get(((first.len() as f64 * share) as usize).min(first.len().max(1) - 1)).copied();
        let [median, most, worst] = [0.5, 0.95, 1.0].map(|share| at(share).unwrap_or(f64::NAN));
        let pictures = dragged.map_or(String::new(), |(began, drag)| {
            let mut pictures: Vec<_> = (0..frames.len())
                .filter(|at| (began..began + drag).contains(&arrived(*at)))
                .filter_map(|at| painted[at].map(|(number, _)| number))
                .collect();
            pictures.dedup();
            format!("{:.0}", pictures.len() as f64 / drag.as_secs_f64())
        });
        println!(
            "{name:<22} {median:7.1} {most:7.1} {worst:7.1}   {exact:7.1} {:7.2}   {:6.2} {pictures:>7}   ({} inputs, {} frames)",
            own[own.len() / 2],
            own[own.len() - 1],
            first.len(),
            frames.len()
        );
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
