//! Figures on pages: whatever the size and the number of layers, texts keep off one another and stay on the page, and what
//! matters is there.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use initscope::engine::landscape::{self, Plane, Survey, Terrain};
use initscope::engine::units::{LayerUnits, Size, Wanted};
use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Activation, Experiment, Initializer};
use initscope::figure::{Arrange, Axis, Figure, Kind, Landscape, Mapped, Quantity, Reach, Scale, Sheet, Theme, View};
use initscope::layout::Content;
use initscope::page::{Fonts, Item, Page, Rect};

fn experiment(layers: usize, activation: Activation, sigma: f64) -> Experiment {
    let mut experiment = Experiment {
        widths: vec![12; layers],
        activation,
        initializer: Initializer::RandomNormal { mean: 0.0, sigma },
        ..Experiment::article()
    };
    experiment.inputs.images = 40;
    experiment
}

fn measured(experiment: &Experiment) -> Arc<Measurement> {
    Arc::new(Measurer::new().unwrap().measure_all(experiment, Quantities::ALL).unwrap())
}

fn texts(items: &[Item], fonts: &Fonts) -> Vec<(String, Rect)> {
    let text = |item: &Item| match item {
        Item::Text(text) => vec![(text.text.clone(), text.bounds(fonts))],
        Item::Clip(_, items) => texts(items, fonts),
        _ => Vec::new(),
    };
    items.iter().flat_map(text).collect()
}

fn assert_readable(page: &Page, fonts: &Fonts, what: &str) -> Vec<String> {
    let texts = texts(&page.items, fonts);
    for (index, (text, bounds)) in texts.iter().enumerate() {
        let (width, height) = page.size;
        let inside = bounds.x >= -0.01
            && bounds.y >= -0.01
            && bounds.right() <= width + 0.01
            && bounds.bottom() <= height + 0.01;
        assert!(inside, "{what}: '{text}' leaves the page: {bounds:?}");
        for (other, place) in &texts[..index] {
            let apart = bounds.right() <= place.x + 0.01
                || place.right() <= bounds.x + 0.01
                || bounds.bottom() <= place.y + 0.01
                || place.bottom() <= bounds.y + 0.01;
            assert!(apart, "{what}: '{text}' and '{other}' overlap: {bounds:?} {place:?}");
        }
    }
    texts.into_iter().map(|(text, _)| text).collect()
}

const SIZES: [(f64, f64); 9] = [
    (300.0, 300.0),
    (300.0, 1200.0),
    (640.0, 360.0),
    (960.0, 600.0),
    (1280.0, 720.0),
    (1920.0, 400.0),
    (1000.0, 3000.0),
    (4000.0, 300.0),
    (4000.0, 4000.0),
];

#[test]
fn texts_of_layers_keep_off_one_another_at_any_size() {
    let fonts = Fonts::bundled();
    for layers in [1, 2, 5, 17, 100] {
        for (activation, sigma) in [(Activation::Relu, 0.5), (Activation::Tanh, 3.0), (Activation::Relu, 1e30)] {
            let measurement = measured(&experiment(layers, activation, sigma));
            for (kind, scale, axis, reach) in [
                (Kind::Violin, Scale::Shared, Axis::Linear, Reach::All),
                (Kind::Ridgeline, Scale::Shared, Axis::Symlog, Reach::Robust),
                (Kind::Box, Scale::PerLayer, Axis::Linear, Reach::Robust),
            ] {
                let view = View { quantity: Quantity::Outputs, kind, scale, axis, reach };
                let content = Content::Layers(vec![Figure::new(Arc::clone(&measurement), view).unwrap()]);
                for size in SIZES {
                    let sheet = Sheet { size: Some(size), ..Sheet::default() };
                    let what = format!("{layers} layers, {activation}, {kind:?}, {scale:?}, {size:?}");
                    let texts = assert_readable(&content.page(&sheet, &fonts), &fonts, &what);
                    let last = |text: &&String| **text == layers.to_string() || **text == format!("layer {layers}");
                    assert!(texts.iter().any(|text| last(&text)), "{what}: the last layer has its name: {texts:?}");
                }
            }
        }
    }
}

#[test]
fn texts_of_panels_keep_off_one_another() {
    let fonts = Fonts::bundled();
    let measurements: Vec<_> =
        [0.1, 0.14, 0.28, 3.0].map(|sigma| measured(&experiment(5, Activation::Relu, sigma))).into();
    for count in [2, 3, 4] {
        let figures = Figure::together(&measurements[..count], View::default()).unwrap();
        let content = Content::Layers(figures);
        for size in SIZES {
            for arrange in [None, Some(Arrange::SideBySide), Some(Arrange::Stacked), Some(Arrange::Ghost)] {
                let sheet = Sheet { size: Some(size), arrange, ..Sheet::default() };
                let what = format!("{count} panels, {arrange:?}, {size:?}");
                assert_readable(&content.page(&sheet, &fonts), &fonts, &what);
            }
        }
    }
}

#[test]
fn texts_of_the_other_views_keep_off_one_another() {
    let fonts = Fonts::bundled();
    let relu = experiment(3, Activation::Relu, 0.3);
    let matrix = Some(Size { columns: 64, rows: 64 });
    let wanted = Wanted { experiment: relu, layer: 1, sorted: false, unit: None, matrix };
    let units = Arc::new(LayerUnits::measure_all(&wanted, 0).unwrap());
    let tanh = experiment(4, Activation::Tanh, 0.3);
    let terrain = Terrain::of(&tanh, Plane::Biases).unwrap();
    let survey = Survey::measure_all(landscape::Wanted { terrain, gradients: false }, 0).unwrap();
    let landscape = Landscape::new(Arc::new(survey), Mapped::OutputStd);
    let activation = Figure::new(measured(&tanh), View::default()).unwrap();
    let contents = [
        Content::Units(Arc::clone(&units)),
        Content::Firing(units),
        Content::Activation(activation, 2),
        Content::Landscape(landscape, tanh),
    ];
    for (index, content) in contents.iter().enumerate() {
        for size in SIZES {
            let sheet = Sheet { size: Some(size), theme: Theme::HighContrast, ..Sheet::default() };
            assert_readable(&content.page(&sheet, &fonts), &fonts, &format!("view {index}, {size:?}"));
        }
    }
}

#[test]
fn a_slide_of_five_layers_has_every_number_of_the_measurement() {
    let fonts = Fonts::bundled();
    let measurement = measured(&experiment(5, Activation::Relu, 0.5));
    let content = Content::Layers(vec![Figure::new(Arc::clone(&measurement), View::default()).unwrap()]);
    let sheet = Sheet { size: Some((1280.0, 720.0)), ..Sheet::default() };
    let texts = assert_readable(&content.page(&sheet, &fonts), &fonts, "slide");
    for layer in &measurement.layers {
        let (mean, std) = (initscope::number::value(layer.output.mean), initscope::number::value(layer.output.std));
        for expected in [format!("layer {}", layer.layer), mean, std] {
            assert!(texts.contains(&expected), "{expected} is missing: {texts:?}");
        }
    }
    let all = texts.join(" ");
    for part in ["784 → 12 × 5 → 10, relu", "σ = 0.500", "seed 10", "40 MNIST test images", "biases 0"] {
        assert!(all.contains(part), "the caption says {part}: {all}");
    }
}

#[test]
fn what_is_not_wanted_is_not_there() {
    let fonts = Fonts::bundled();
    let content =
        Content::Layers(vec![Figure::new(measured(&experiment(2, Activation::Relu, 0.5)), View::default()).unwrap()]);
    let bare = Sheet { title: false, caption: false, legend: false, numbers: false, ..Sheet::default() };
    let texts = texts(&content.page(&bare, &fonts).items, &fonts);
    let words: Vec<_> = texts.iter().map(|(text, _)| text.as_str()).filter(|text| text.contains(' ')).collect();
    assert_eq!(words, ["relu neuron outputs, one axis for all layers", "layer 1", "layer 2"]);
}
