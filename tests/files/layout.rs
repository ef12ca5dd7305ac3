//! Figures on pages: whatever the size and the number of layers, texts keep off one another and stay on the page, and what
//! matters is there.

use std::sync::Arc;

use initscope::engine::landscape::{self, Plane, Survey, Terrain};
use initscope::engine::units::{LayerUnits, Size, Wanted};
use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Activation, Experiment, Initializer};
use initscope::figure::{
    Arrange, Axes, AxisRange, Figure, Mapped, OwnColors, PlotShape, Quantity, Scale, Sheet, SheetSettings, Theme, View,
};
use initscope::layout::{
    ActivationContent, Content, FiringContent, LandscapeContent, LayersContent, NormsContent, PageWithPlots,
    UnitsContent,
};
use initscope::page::{Fonts, Item, Page, Rect, Segment, Weight};

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
                (PlotShape::Violin, Axes::Shared, Scale::Linear, AxisRange::All),
                (PlotShape::Ridgeline, Axes::Shared, Scale::Symlog, AxisRange::Robust),
                (PlotShape::Box, Axes::Own, Scale::Linear, AxisRange::Robust),
            ] {
                let view = View { quantity: Quantity::Outputs, shape: kind, axes: scale, scale: axis, range: reach };
                let content = LayersContent::of(vec![Figure::new(Arc::clone(&measurement), view).unwrap()]);
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
        let content = LayersContent::of(figures);
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
    let wanted = Wanted { subject: relu.into(), layer: 1, sorted: false, unit: None, matrix };
    let units = Arc::new(LayerUnits::measure_all(&wanted, 0).unwrap());
    let tanh = experiment(4, Activation::Tanh, 0.3);
    let terrain = Terrain::of(&tanh, Plane::Biases).unwrap();
    let survey = Survey::measure_all(landscape::Wanted { terrain, gradients: false }, 0).unwrap();
    let activation = Figure::new(measured(&tanh), View::default()).unwrap();
    let contents: [Box<dyn Content>; 4] = [
        Box::new(UnitsContent(Arc::clone(&units))),
        Box::new(FiringContent(units)),
        Box::new(ActivationContent(Arc::new(activation), 2)),
        Box::new(LandscapeContent::new(Arc::new(survey), Mapped::OutputStd, tanh)),
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
    let content = LayersContent::of(vec![Figure::new(Arc::clone(&measurement), View::default()).unwrap()]);
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

/// Sigmoid, tanh and relu have different rows of their own: side by side they have the same, and equally high plots.
#[test]
fn panels_side_by_side_have_the_same_rows_and_plots() {
    let fonts = Fonts::bundled();
    let activations = [Activation::Sigmoid, Activation::Tanh, Activation::Relu, Activation::HardTanh];
    let measurements = activations.map(|activation| measured(&experiment(5, activation, 0.5)));
    for count in [2, 3, 4] {
        let figures = Figure::together(&measurements[..count], View::default()).unwrap();
        let content = LayersContent::of(figures);
        for (arrange, size) in [
            (Some(Arrange::SideBySide), (1600.0, 700.0)),
            (Some(Arrange::SideBySide), (1000.0, 420.0)),
            (Some(Arrange::Ghost), (1600.0, 700.0)),
        ] {
            let sheet = Sheet { size: Some(size), arrange, ..Sheet::default() };
            let PageWithPlots { page, plots, .. } = content.page_with_plots(&sheet, &fonts);
            let plots: Vec<Rect> = plots.into_iter().map(|(_, plot)| plot).collect();
            let what = format!("{count} panels, {arrange:?}, {size:?}");
            for plot in &plots {
                let near = |one: f64, other: f64| (one - other).abs() < 1e-6;
                let first = plots[0];
                let alike = near(plot.y, first.y) && near(plot.height, first.height) && near(plot.width, first.width);
                assert!(alike, "{what}: {plot:?}, {first:?}");
            }
            let texts = texts(&page.items, &fonts);
            // Where the names of the rows stand, every panel has a number or a dash under its last layer.
            let names = ["layer", "mean", "theory", "std", "exactly 0", "saturated", "dead", "never > 0"];
            let is_name = |bounds: &Rect| bounds.right() < plots[0].x && bounds.y > plots[0].bottom() - 1.0;
            let rows = texts.iter().filter(|(text, bounds)| is_name(bounds) && names.contains(&&**text));
            let rows: Vec<_> = rows.collect();
            assert!(rows.len() >= 2, "{what}: {rows:?}");
            for (name, row) in &rows {
                for plot in &plots {
                    let last = plot.right() - 0.1 * plot.width;
                    let is_there = |bounds: &Rect| {
                        (bounds.center().1 - row.center().1).abs() < 2.0 && bounds.x < last && last < bounds.right()
                    };
                    assert!(texts.iter().any(|(_, bounds)| is_there(bounds)), "{what}: {name} at {plot:?}");
                }
            }
        }
    }
}

/// Whatever the width: numbers of different rows stand under the same layers, among them the last and the one with the most dead.
#[test]
fn all_rows_have_numbers_under_the_same_layers() {
    let fonts = Fonts::bundled();
    for layers in [7, 30] {
        let measurement = measured(&Experiment { bias: -0.02, ..experiment(layers, Activation::Relu, 0.3) });
        let dead = |layer: usize| measurement.layers[layer].states.dead;
        let worst = (0..layers).max_by_key(|&layer| dead(layer)).unwrap();
        assert!(dead(worst) > 0);
        let content = LayersContent::of(vec![Figure::new(Arc::clone(&measurement), View::default()).unwrap()]);
        for width in [420.0, 640.0, 960.0, 1280.0] {
            let sheet = Sheet { size: Some((width, 800.0)), ..Sheet::default() };
            let PageWithPlots { page, plots, .. } = content.page_with_plots(&sheet, &fonts);
            let texts = texts(&page.items, &fonts);
            let plot = plots[0].1;
            let rows =
                texts.iter().filter(|(name, _)| ["layer", "mean", "std", "exactly 0", "dead"].contains(&&**name));
            let middles = |row: &Rect| -> Vec<i64> {
                let same = |bounds: &Rect| {
                    (bounds.center().1 - row.center().1).abs() < 3.0 && bounds.center().0 > plot.x && bounds != row
                };
                texts
                    .iter()
                    .filter(|(_, bounds)| same(bounds))
                    .map(|(_, bounds)| bounds.center().0.round() as i64)
                    .collect()
            };
            let rows: Vec<_> = rows.map(|(name, bounds)| (name, middles(bounds))).collect();
            let (_, first) = &rows[0];
            assert!(rows.len() >= 4 && !first.is_empty(), "{width}: {rows:?}");
            for (name, found) in &rows {
                let near =
                    found.len() == first.len() && found.iter().zip(first).all(|(one, other)| (one - other).abs() <= 12);
                assert!(near, "{layers} layers, {width} px, {name}: {found:?}, not {first:?}");
            }
            for layer in [worst, layers - 1] {
                let name = (layer + 1).to_string();
                let is_it = |(text, bounds): &(String, Rect)| {
                    (*text == name || *text == format!("layer {name}"))
                        && bounds.y > plot.bottom()
                        && bounds.x > plot.x - 12.0
                };
                assert!(texts.iter().any(is_it), "{layers} layers, {width} px: layer {name} is skipped");
            }
        }
    }
}

#[test]
fn the_line_of_the_mean_is_named_as_it_looks() {
    let fonts = Fonts::bundled();
    let content =
        LayersContent::of(vec![Figure::new(measured(&experiment(2, Activation::Relu, 0.5)), View::default()).unwrap()]);
    for (theme, name, other) in
        [(Theme::Dark, "Light line: mean", "Dark line"), (Theme::Light, "Dark line: mean", "Light line")]
    {
        let sheet = Sheet { theme, ..Sheet::default() };
        let all =
            texts(&content.page(&sheet, &fonts).items, &fonts).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        let all = all.join(" ");
        assert!(all.contains(name) && !all.contains(other), "{all}");
    }
}

/// Log axes of their own have no place for a relu's zeros: how many that are stands at the bottom, and the end of the axis over it.
#[test]
fn ends_of_own_axes_stand_beside_what_lies_beyond() {
    let fonts = Fonts::bundled();
    let measurement = measured(&experiment(4, Activation::Relu, 0.5));
    let view = View {
        quantity: Quantity::Outputs,
        shape: PlotShape::Box,
        axes: Axes::Own,
        scale: Scale::Log,
        range: AxisRange::All,
    };
    let figure = Figure::new(measurement, view).unwrap();
    let beyond = figure.outside(figure.axes()).iter().filter(|(below, _)| *below > 1.0).count();
    let content = LayersContent::of(vec![figure]);
    let sheet = Sheet { size: Some((1280.0, 720.0)), ..Sheet::default() };
    let PageWithPlots { page, plots, .. } = content.page_with_plots(&sheet, &fonts);
    let texts = texts(&page.items, &fonts);
    let said = texts.iter().filter(|(text, _)| text.starts_with('↓')).count();
    assert_eq!((beyond, said), (4, 4));
    let low = |bounds: &Rect| {
        let inside = bounds.bottom() <= plots[0].1.bottom() + 1.0 && bounds.y > plots[0].1.center().1;
        inside && bounds.x > plots[0].1.x
    };
    let labels = texts.iter().filter(|(text, bounds)| low(bounds) && !text.starts_with('↓')).count();
    assert!(labels >= 4, "each of the four axes has its lower end: {texts:?}");
}

#[test]
fn what_is_not_wanted_is_not_there() {
    let fonts = Fonts::bundled();
    let content =
        LayersContent::of(vec![Figure::new(measured(&experiment(2, Activation::Relu, 0.5)), View::default()).unwrap()]);
    let bare = Sheet { title: false, caption: false, legend: false, numbers: false, ..Sheet::default() };
    let texts = texts(&content.page(&bare, &fonts).items, &fonts);
    let words: Vec<_> = texts.iter().map(|(text, _)| text.as_str()).filter(|text| text.contains(' ')).collect();
    assert_eq!(words, ["relu neuron outputs, one axis for all layers", "layer 1", "layer 2"]);
}

/// A number as an axis writes it.
fn is_number(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_digit() || "−.×⁻⁰¹²³⁴⁵⁶⁷⁸⁹".contains(letter))
}

/// Labels left of a plot, beside it: what they say, and how high their middle is.
fn beside(texts: &[(String, Rect)], plot: Rect) -> Vec<(&str, f64)> {
    let is_beside = |(text, bounds): &&(String, Rect)| {
        let middle = bounds.center().1;
        is_number(text) && bounds.right() <= plot.x && middle >= plot.y - 1.0 && middle <= plot.bottom() + 1.0
    };
    texts.iter().filter(is_beside).map(|(text, bounds)| (text.as_str(), bounds.center().1)).collect()
}

/// Where lines go across a plot.
fn lines_across(items: &[Item], plot: Rect) -> Vec<f64> {
    let line = |item: &Item| match item {
        Item::Stroke(path, _) => match path.0[..] {
            [Segment::Move(left, y), Segment::Line(right, end)]
                if y == end && (left - plot.x).abs() < 0.01 && (right - plot.right()).abs() < 0.01 =>
            {
                Some(y)
            }
            _ => None,
        },
        _ => None,
    };
    items.iter().filter_map(line).collect()
}

/// A column of a paper, half a slide, and smaller still.
const SMALL: [(f64, f64); 4] = [(321.0, 260.0), (600.0, 560.0), (200.0, 160.0), (640.0, 120.0)];

#[test]
fn every_line_of_an_axis_is_labelled_and_two_are_there_in_the_smallest_figures() {
    let fonts = Fonts::bundled();
    for (activation, sigma) in [(Activation::Tanh, 0.3), (Activation::Relu, 0.5), (Activation::Linear, 40.0)] {
        let measurement = measured(&experiment(5, activation, sigma));
        for quantity in [Quantity::Outputs, Quantity::PreActivations, Quantity::Gradients, Quantity::Weights] {
            for axis in [Scale::Linear, Scale::Symlog, Scale::Log] {
                let view = View { quantity, scale: axis, ..View::default() };
                let content = LayersContent::of(vec![Figure::new(Arc::clone(&measurement), view).unwrap()]);
                for (size, numbers) in
                    SMALL.into_iter().chain([(1280.0, 720.0)]).flat_map(|size| [(size, true), (size, false)])
                {
                    let sheet = Sheet { size: Some(size), numbers, ..Sheet::default() };
                    let what = format!("{activation}, {quantity:?}, {axis:?}, {size:?}, numbers {numbers}");
                    let PageWithPlots { page, plots, .. } = content.page_with_plots(&sheet, &fonts);
                    assert_readable(&page, &fonts, &what);
                    let (texts, plot) = (texts(&page.items, &fonts), plots[0].1);
                    let labels = beside(&texts, plot);
                    assert!(labels.len() >= 2, "{what}: {labels:?}");
                    for y in lines_across(&page.items, plot) {
                        let is_labelled = labels.iter().any(|(_, middle)| (middle - y).abs() < 0.25 * LINE);
                        assert!(is_labelled, "{what}: a line at {y} has no label among {labels:?}");
                    }
                }
            }
        }
    }
}

/// About the height of the smallest text.
const LINE: f64 = 8.0;

#[test]
fn layers_on_axes_of_their_own_have_both_ends_even_where_they_are_one() {
    let fonts = Fonts::bundled();
    // Biases alone decide: every layer has one value.
    let constant = Experiment { bias: 0.5, initializer: Initializer::Zeros, ..experiment(3, Activation::Linear, 1.0) };
    for (experiment, ends) in [(experiment(3, Activation::Tanh, 0.5), 2), (constant, 3)] {
        let view = View { axes: Axes::Own, ..View::default() };
        let content = LayersContent::of(vec![Figure::new(measured(&experiment), view).unwrap()]);
        for size in [(321.0, 260.0), (600.0, 560.0), (1280.0, 720.0)] {
            let sheet = Sheet { size: Some(size), ..Sheet::default() };
            let PageWithPlots { page, plots, .. } = content.page_with_plots(&sheet, &fonts);
            let texts = texts(&page.items, &fonts);
            let plot = plots[0].1;
            let last = Rect { x: plot.x + plot.width * 2.0 / 3.0, width: plot.width / 3.0, ..plot };
            let within = |(text, bounds): &&(String, Rect)| {
                let (x, y) = bounds.center();
                is_number(text) && last.x <= x && x <= last.right() && last.y - LINE <= y && y <= last.bottom() + LINE
            };
            let labels: Vec<_> = texts.iter().filter(within).map(|(text, _)| text).collect();
            assert!(labels.len() >= ends, "{:?}, {size:?}: {labels:?}", experiment.activation);
        }
    }
}

#[test]
fn cells_of_units_fill_the_figure() {
    let fonts = Fonts::bundled();
    for width in [12, 100, 300] {
        let experiment = Experiment { widths: vec![width], ..experiment(1, Activation::Relu, 0.3) };
        let wanted = Wanted { subject: experiment.into(), layer: 0, sorted: false, unit: None, matrix: None };
        let content = UnitsContent(Arc::new(LayerUnits::measure_all(&wanted, 0).unwrap()));
        for size in [(1920.0, 1080.0), (1280.0, 720.0), (600.0, 560.0)] {
            let sheet = Sheet { size: Some(size), legend: false, caption: false, title: false, ..Sheet::default() };
            let page = content.page(&sheet, &fonts);
            let area = |item: &Item| match item {
                Item::Fill(path, _) => match path.0[..] {
                    [Segment::Move(x, y), _, Segment::Line(right, bottom), ..] => {
                        (right - x).abs() * (bottom - y).abs()
                    }
                    _ => 0.0,
                },
                _ => 0.0,
            };
            let share = page.items.iter().map(area).sum::<f64>() / (size.0 * size.1);
            assert!(share > 0.75, "{width} units cover {share} of {size:?}");
        }
    }
}

#[test]
fn the_axes_of_the_other_views_have_two_labels() {
    let fonts = Fonts::bundled();
    let tanh = experiment(4, Activation::Tanh, 0.3);
    let relu = experiment(3, Activation::Relu, 0.5);
    for network in [&tanh, &relu] {
        for layer in 0..network.widths.len() {
            let content = ActivationContent(Arc::new(Figure::new(measured(network), View::default()).unwrap()), layer);
            for size in [(321.0, 260.0), (600.0, 560.0), (640.0, 640.0)] {
                let texts = texts(&content.page(&Sheet { size: Some(size), ..Sheet::default() }, &fonts).items, &fonts);
                let lowest =
                    texts.iter().filter(|(text, _)| is_number(text)).map(|(_, bounds)| bounds.y).fold(0.0, f64::max);
                let across =
                    texts.iter().filter(|(text, bounds)| is_number(text) && (bounds.y - lowest).abs() < 1.0).count();
                assert!(across >= 2, "{}, layer {layer}, {size:?}: {texts:?}", network.activation);
            }
        }
    }
    for plane in [Plane::Biases, Plane::Depth] {
        let terrain = Terrain::of(&tanh, plane).unwrap();
        let survey = Arc::new(Survey::measure_all(landscape::Wanted { terrain, gradients: false }, 0).unwrap());
        let landscape = initscope::figure::Landscape::new(survey, Mapped::OutputStd);
        for length in [40.0, 60.0, 100.0, 300.0, 1500.0] {
            let room = || initscope::figure::Room::upright(length, 14.5, 44.0);
            let scale = landscape.scale.unwrap().ticks(Mapped::OutputStd, &room());
            for ticks in [landscape.x_ticks(&room()), landscape.y_ticks(&room()), scale] {
                assert!(ticks.len() >= 2, "{plane:?}, {length} px: {ticks:?}");
            }
        }
    }
}

/// Whoever reads a page back knows which figure is where: behind the others, the first has no plot.
#[test]
fn every_plot_is_that_of_its_figure() {
    let fonts = Fonts::bundled();
    let measurements: Vec<_> =
        [1, 3, 2].into_iter().map(|layers| measured(&experiment(layers, Activation::Relu, 0.1))).collect();
    let figures = Figure::together(&measurements, View::default()).unwrap();
    for (arrange, expected) in [(Arrange::SideBySide, vec![0, 1, 2]), (Arrange::Ghost, vec![1, 2])] {
        let sheet = Sheet { size: Some((1200.0, 600.0)), arrange: Some(arrange), ..Sheet::default() };
        let PageWithPlots { plots, .. } = LayersContent::of(figures.clone()).page_with_plots(&sheet, &fonts);
        assert_eq!(plots.iter().map(|(figure, _)| *figure).collect::<Vec<_>>(), expected, "{arrange:?}");
        assert!(plots.windows(2).all(|pair| pair[0].1.right() < pair[1].1.x), "{arrange:?}: from left to right");
    }
}

/// A sheet of a named size.
fn sheet_of(size: &str) -> Sheet {
    SheetSettings { size: Some(size.to_owned()), ..SheetSettings::default() }.sheet().unwrap()
}

#[test]
fn all_slides_of_a_deck_have_text_of_one_size() {
    let fonts = Fonts::bundled();
    let content =
        LayersContent::of(vec![Figure::new(measured(&experiment(5, Activation::Relu, 0.3)), View::default()).unwrap()]);
    let size = |name: &str, text: &str| {
        let page = content.page(&sheet_of(name), &fonts);
        let is_it = |item: &&Item| matches!(item, Item::Text(found) if found.text == text);
        match page.items.iter().find(is_it) {
            Some(Item::Text(text)) => text.size,
            _ => panic!("{name} has no '{text}'"),
        }
    };
    for text in ["layer 1", "mean", "std"] {
        let wide = size("16:9", text);
        assert!((wide - 1280.0 / 70.0).abs() < 1.5, "{wide}");
        assert_eq!([size("4:3", text), size("half", text)], [wide, wide], "{text}");
    }
    // What the user sets goes before it, and a column of a paper is no slide.
    let set = SheetSettings { size: Some("half".to_owned()), font_size: Some(11.0), ..SheetSettings::default() };
    assert_eq!((set.sheet().unwrap().font_size, sheet_of("column").font_size), (Some(11.0), None));
}

#[test]
fn three_panels_stand_in_one_row_where_there_is_room() {
    let fonts = Fonts::bundled();
    let rows = |layers: usize, size: &str, numbers: bool| {
        let measurements: Vec<_> =
            [0.1, 0.2, 0.3].map(|sigma| measured(&experiment(layers, Activation::Relu, sigma))).to_vec();
        let figures = Figure::together(&measurements, View::default()).unwrap();
        let sheet = Sheet { numbers, ..sheet_of(size) };
        let PageWithPlots { page, plots, .. } = LayersContent::of(figures).page_with_plots(&sheet, &fonts);
        assert_readable(&page, &fonts, size);
        assert_eq!(plots.len(), 3);
        let mut tops: Vec<_> = plots.iter().map(|(_, plot)| plot.y as i64).collect();
        tops.dedup();
        tops.len()
    };
    for size in ["16:9", "4:3", "1280x720", "1600x900"] {
        assert_eq!(rows(5, size, true), 1, "{size}");
        assert_eq!(rows(5, size, false), 1, "{size} without numbers");
    }
    // Beside one another they would be too narrow to be read.
    assert!(rows(5, "half", true) > 1);
    assert!(rows(5, "400x900", false) > 1);
}

#[test]
fn norms_are_readable_at_any_size() {
    let fonts = Fonts::bundled();
    for (layers, panels) in [(1, 1), (5, 1), (5, 3), (40, 2), (100, 1)] {
        let measurements =
            (0..panels).map(|panel| measured(&experiment(layers, Activation::Tanh, [0.1, 0.5, 3.0][panel])));
        let content = NormsContent::new(measurements.collect(), None).unwrap();
        for size in SIZES {
            let page = content.page(&Sheet { size: Some(size), ..Sheet::default() }, &fonts);
            let texts = assert_readable(&page, &fonts, &format!("{layers} layers, {panels} panels, {size:?}"));
            let is_slide = size == (1280.0, 720.0);
            assert!(!is_slide || texts.iter().any(|text| text == "||∂L/∂z||"), "{texts:?}");
        }
    }
    let plain =
        Measurer::new().unwrap().measure_all(&experiment(2, Activation::Tanh, 0.1), Quantities::OUTPUTS).unwrap();
    assert!(NormsContent::new(vec![Arc::new(plain)], None).is_none(), "without gradients there are none");
}

/// Who sets a dark ground need not set the rest: text and grid follow it.
#[test]
fn text_can_be_read_on_a_ground_of_ones_own() {
    let fonts = Fonts::bundled();
    let content =
        LayersContent::of(vec![Figure::new(measured(&experiment(2, Activation::Relu, 0.5)), View::default()).unwrap()]);
    let linear = |channel: u8| (f64::from(channel) / 255.0).powf(2.2);
    let light = |[red, green, blue]: [u8; 3]| 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    for (theme, background) in
        [(Theme::Light, [10, 20, 60]), (Theme::Dark, [250, 240, 220]), (Theme::Print, [70, 0, 0])]
    {
        let colors = OwnColors { background: Some(background), ..OwnColors::default() };
        let page = content.page(&Sheet { theme, colors, ..Sheet::default() }, &fonts);
        assert_eq!(page.background.unwrap().rgb, background);
        let title =
            page.items.iter().find_map(|item| if let Item::Text(text) = item { Some(text.color.rgb) } else { None });
        let (one, other) = (light(background) + 0.05, light(title.unwrap()) + 0.05);
        assert!((one / other).max(other / one) > 7.0, "{theme:?}");
    }
}

#[test]
fn numbers_come_closer_before_layers_are_left_without_theirs() {
    let fonts = Fonts::bundled();
    let measurements = [0.1, 0.14, 0.28].map(|sigma| measured(&experiment(5, Activation::Relu, sigma)));
    for (quantity, width) in [(Quantity::Outputs, 720.0), (Quantity::Gradients, 900.0)] {
        let figures = Figure::together(&measurements, View { quantity, ..View::default() }).unwrap();
        let sheet = Sheet {
            size: Some((width, 500.0)),
            font_size: Some(13.0),
            arrange: Some(Arrange::SideBySide),
            title: false,
            caption: false,
            ..Sheet::default()
        };
        let page = LayersContent::of(figures).page(&sheet, &fonts);
        assert_readable(&page, &fonts, "three panels");
        for name in ["1", "2", "3", "4", "5"] {
            let is_name = |item: &&Item| matches!(item, Item::Text(text) if text.weight == Weight::SemiBold && text.text.trim_start_matches("layer ") == name);
            assert_eq!(page.items.iter().filter(is_name).count(), 3, "{quantity:?}: layer {name}");
        }
    }
}
