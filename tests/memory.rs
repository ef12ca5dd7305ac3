//! What stays in memory when the window is at rest: what is drawn, and what the next step of a slider needs; nothing that was
//! measured and will not be asked for again.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(unsafe_code, reason = "an allocator that counts can be had in no other way")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use egui::Key;
use egui_kittest::Harness;
use initscope::app::{App, Session};
use initscope::data_file::{DataFileError, ReadWatch, read};
use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Experiment, Inputs};
use initscope::image_set::SetPart;
use initscope::network_file::NetworkFile;

mod hostile_networks;

use hostile_networks::{Hostile, hostile};

struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

fn took(size: usize) {
    MOST.fetch_max(LIVE.fetch_add(size, Ordering::Relaxed) + size, Ordering::Relaxed);
}

// SAFETY: it does what the system's allocator does, and counts.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        took(size);
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const MIB: usize = 1 << 20;

/// A screen nobody looks at: the usual one keeps all pictures that were ever made until somebody does.
struct Blind;

impl egui_kittest::TestRenderer for Blind {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        delta.clear();
    }

    fn render(&mut self, _ctx: &egui::Context, _output: &egui::FullOutput) -> Result<image::RgbaImage, String> {
        Err("nobody looks".to_owned())
    }
}

fn settle(harness: &mut Harness<'static, App>, is_so: impl Fn(&App) -> bool) {
    let start = Instant::now();
    harness.step();
    while !(is_so(harness.state()) && harness.state().is_settled()) {
        assert!(start.elapsed() < Duration::from_secs(60), "it takes too long");
        std::thread::sleep(Duration::from_millis(2));
        harness.step();
    }
    // Threads put away what they worked with.
    std::thread::sleep(Duration::from_millis(100));
    harness.run_steps(3);
}

fn live() -> usize {
    LIVE.load(Ordering::Relaxed)
}

/// One test after the other: they count the memory of all threads.
#[test]
fn memory_at_rest() {
    a_measurer_at_rest_keeps_the_images_and_no_more();
    of_what_is_compared_only_what_is_drawn_is_kept();
    a_file_that_lies_takes_little_more_than_its_length();
    rows_of_a_table_take_what_their_numbers_take(50_000);
}

/// The same of 1,000,000 rows, with what is said meanwhile, and Stop: `cargo test --test memory -- --ignored`.
#[test]
#[ignore = "it takes a minute without optimisation"]
fn a_million_rows_take_what_their_numbers_take() {
    rows_of_a_table_take_what_their_numbers_take(1_000_000);
}

/// Rows are read one after the other: beside the numbers there is what grows in steps of two, and a beginning by which the table is judged.
fn rows_of_a_table_take_what_their_numbers_take(rows: usize) {
    const COLUMNS: usize = 12;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    for row in 0..rows {
        for column in 0..COLUMNS {
            write!(file, "{}.{:06},", row % 10, (row * 7919 + column * 104_729) % 1_000_000).unwrap();
        }
        writeln!(file, "class {}", row % 7).unwrap();
    }
    drop(file.into_inner().unwrap());
    let shares = std::cell::RefCell::new(Vec::new());
    let tell = |share: f64| {
        shares.borrow_mut().push(share);
        true
    };
    let before = live();
    MOST.store(before, Ordering::Relaxed);
    let set = read(&path, &ReadWatch::new(&tell)).unwrap();
    let (taken, numbers) = (MOST.load(Ordering::Relaxed) - before, rows * COLUMNS * 4);
    assert_eq!((set.len(SetPart::Whole), set.dim(), set.classes().len()), (rows, COLUMNS, 7));
    assert!(taken < 3 * numbers + 4 * MIB, "{} KiB for {} KiB of numbers", taken >> 10, numbers >> 10);
    assert!(shares.borrow().len() > 20 && shares.borrow().is_sorted());
    let stop = |share: f64| share < 0.5;
    assert!(matches!(read(&path, &ReadWatch::new(&stop)), Err(DataFileError::Stopped)));
}

/// However much it promises: 256 MiB above the file, and no time to speak of.
fn a_file_that_lies_takes_little_more_than_its_length() {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/networks");
    let kept = ["hostile_cycle.h5", "hostile_unwritten.h5", "hostile_bomb.h5", "hostile_link.h5"];
    let mut paths: Vec<_> = kept.iter().map(|name| (fixtures.join(name), "")).collect();
    for Hostile { name, bytes, says } in hostile() {
        paths.push((folder.path().join(name), says));
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    for (path, says) in paths {
        let (before, begun) = (live(), Instant::now());
        MOST.store(before, Ordering::Relaxed);
        let refused = NetworkFile::read(&path).map(|_| ()).unwrap_err().to_string();
        assert!(refused.contains(says), "{refused}");
        let (taken, length) = (MOST.load(Ordering::Relaxed) - before, path.metadata().unwrap().len() as usize);
        assert!(taken < length + 256 * MIB, "{}: {} MiB", path.display(), taken / MIB);
        assert!(begun.elapsed() < Duration::from_secs(30), "{}", path.display());
    }
}

fn a_measurer_at_rest_keeps_the_images_and_no_more() {
    let experiment = |images: usize, layers: usize, width: usize| Experiment {
        inputs: Inputs { images, ..Experiment::article().inputs },
        widths: vec![width; layers],
        ..Experiment::article()
    };
    let quantities = Quantities { pre_activations: true, quantiles: true, ..Quantities::GLANCE };
    let mut measurer = Measurer::with_threads(1).unwrap();
    measurer.measure_all(&experiment(1, 1, 1), quantities).unwrap();
    measurer.rest();
    let before = live();
    measurer.measure_all(&experiment(4000, 3, 300), quantities).unwrap();
    // Outputs and pre-activations of all layers, f32.
    let values = 2 * 4000 * 3 * 300 * 4;
    assert!(live() > before + values, "{} MiB are kept while they may be asked for", (live() - before) / MIB);
    measurer.rest();
    assert!(live() < before + 2 * MIB, "{} MiB at rest", live().saturating_sub(before) / MIB);
}

fn of_what_is_compared_only_what_is_drawn_is_kept() {
    let text = r#"{"version": 1, "experiment": {"images": 4000, "layers": 3, "width": 300}}"#;
    let session: Session = serde_json::from_str(text).unwrap();
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([1000.0, 700.0]).renderer(Blind).build_eframe(build);
    // What may help is tried beside, and is kept.
    settle(&mut harness, App::is_help_known);
    let alone = live();
    for _ in 0..2 {
        for key in [Key::F6, Key::R] {
            harness.key_press(key);
            harness.run_steps(2);
        }
    }
    settle(&mut harness, App::is_comparison_settled);
    // Other quantities of all of them are measured anew.
    harness.key_press(Key::Z);
    settle(&mut harness, App::is_comparison_settled);
    harness.key_press(Key::O);
    settle(&mut harness, App::is_comparison_settled);
    // Outputs and pre-activations of the present one, 27 MiB, and what is measured of the others; what the companion worked with
    // would be 7 MiB more. It lets go of that once it has answered.
    let begun = Instant::now();
    while live() >= alone + 32 * MIB {
        assert!(begun.elapsed() < Duration::from_secs(30), "{} MiB more", live().saturating_sub(alone) / MIB);
        std::thread::sleep(Duration::from_millis(10));
    }
}
