//! Words on pages are read: 4.5:1 (WCAG 2.2, 1.4.3) with what lies under them, in every theme and palette, in figures of all kinds and
//! in handouts.

use std::collections::BTreeSet;
use std::sync::Arc;

use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Experiment, Preset};
use initscope::figure::{Figure, OwnColors, Palette, Sheet, Theme, View};
use initscope::layout::{Content as _, LayersContent};
use initscope::lesson::{Handout, HandoutPage, Lesson, LessonWatch};
use initscope::page::{Color, Fonts, Item, Page, Segment};

fn luminance(color: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = color.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn over(top: Color, ground: [u8; 3]) -> [u8; 3] {
    let part = |at: usize| top.alpha * f64::from(top.rgb[at]) + (1.0 - top.alpha) * f64::from(ground[at]);
    [0, 1, 2].map(|at| part(at).round() as u8)
}

/// Whether an area holds a point: its corners alone are looked at, by the even-odd rule.
fn holds(path: &[Segment], (x, y): (f64, f64)) -> bool {
    let corner = |segment: &Segment| match *segment {
        Segment::Move(x, y) | Segment::Line(x, y) | Segment::Cubic([_, _, (x, y)]) => Some((x, y)),
        Segment::Close => None,
    };
    let corners: Vec<_> = path.iter().filter_map(corner).collect();
    let pairs = corners.iter().zip(corners.iter().cycle().skip(1));
    let crossed = pairs.filter(|(a, b)| (a.1 > y) != (b.1 > y) && x < a.0 + (b.0 - a.0) * (y - a.1) / (b.1 - a.1));
    crossed.count() % 2 == 1
}

/// What a point stands on.
fn ground(page: &Page, below: &[Item], at: (f64, f64)) -> [u8; 3] {
    let paper = page.background.map_or([255; 3], |color| color.rgb);
    below.iter().fold(paper, |ground, item| match item {
        Item::Fill(path, color) if holds(&path.0, at) => over(*color, ground),
        Item::Picture(picture) => {
            let rect = picture.rect;
            let (x, y) = ((at.0 - rect.x) / rect.width, (at.1 - rect.y) / rect.height);
            if !(0.0..1.0).contains(&x) || !(0.0..1.0).contains(&y) {
                return ground;
            }
            let rows = picture.rgba.len() / picture.columns;
            let pixel = (y * rows as f64) as usize * picture.columns + (x * picture.columns as f64) as usize;
            let [red, green, blue, alpha] = picture.rgba[pixel];
            over(Color { rgb: [red, green, blue], alpha: f64::from(alpha) / 255.0 }, ground)
        }
        _ => ground,
    })
}

/// Words of a page that cannot be read.
fn faint(page: &Page, fonts: &Fonts, place: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut words = 0;
    for (index, item) in page.items.iter().enumerate() {
        let Item::Text(text) = item else { continue };
        if !text.text.chars().any(char::is_alphanumeric) {
            continue;
        }
        words += 1;
        let ground = ground(page, &page.items[..index], text.bounds(fonts).center());
        let contrast = contrast(over(text.color, ground), ground);
        if contrast < 4.5 {
            found.insert(format!("{place}: {:?} {:?} on {ground:?}: {contrast:.2}", text.text, text.color));
        }
    }
    assert!(words > 2, "{place}: {words} words");
    found
}

#[test]
fn words_of_figures_are_read_in_every_theme_palette_and_colour() {
    let mut measurer = Measurer::new().unwrap();
    let mut few = Preset::named("dying_relu_bias").unwrap().experiments.pop().unwrap();
    few.inputs.images = 60;
    let deep = Experiment { widths: vec![20; 9], ..few.clone() };
    let fonts = Fonts::bundled();
    let mut found = BTreeSet::new();
    for experiment in [few, deep] {
        let measurement = Arc::new(measurer.measure_all(&experiment, Quantities::ALL).unwrap());
        for theme in [Theme::Light, Theme::Dark, Theme::Print, Theme::HighContrast] {
            for palette in [Palette::OkabeIto, Palette::Viridis, Palette::Grey] {
                let sheet = Sheet { theme, palette, numbers: true, caption: true, ..Sheet::default() };
                let figures = Figure::together(&[Arc::clone(&measurement)], View::default()).unwrap();
                let page = LayersContent::of(figures).page(&sheet, &fonts);
                found.extend(faint(&page, &fonts, &format!("{theme:?} {palette:?}")));
            }
        }
        let own =
            OwnColors { background: Some([250, 240, 200]), text: None, layers: vec![[255, 220, 0], [0, 200, 255]] };
        let sheet = Sheet { colors: own, ..Sheet::default() };
        let figures = Figure::together(&[Arc::clone(&measurement)], View::default()).unwrap();
        found.extend(faint(&LayersContent::of(figures).page(&sheet, &fonts), &fonts, "own colours"));
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Steps that show one view after the other.
const VIEWS: &str = "version = 2\n[lesson]\ntitle = 'Views'\n[[experiments]]\nimages = 60\nlayers = 3\nwidth = 20\n\
    [[steps]]\ntitle = 'Units'\ntext = 'Some `code`.'\n[steps.shown]\nview = 'units'\n\
    [[steps]]\ntitle = 'Firing'\n[steps.shown]\nview = 'firing'\n\
    [[steps]]\ntitle = 'Activation'\n[steps.shown]\nview = 'activation'\n\
    [[steps]]\ntitle = 'Norms'\n[steps.shown]\nview = 'norms'\n\
    [[steps]]\ntitle = 'Compare'\nquestion = 'Which?'\nanswers = ['A', 'B']\nright = 1\nwhy = 'It is.'\n\
    [[steps.experiments]]\nsigma = 0.1\n[[steps.experiments]]\nsigma = 0.2\n\
    [[steps]]\ntitle = 'Race'\n[steps.training]\nsteps = 4\ntrain_images = 40\nbatch = 10\n[steps.shown]\nview = 'training'\n";

#[test]
fn words_of_handouts_are_read_in_every_theme_and_view() {
    let fonts = Fonts::bundled();
    let lesson = Lesson::parse(VIEWS, std::path::Path::new("")).unwrap();
    let mut found = BTreeSet::new();
    for theme in [Theme::Light, Theme::Dark, Theme::Print, Theme::HighContrast] {
        let mut set = HandoutPage::default();
        set.sheet.theme = theme;
        let handout = Handout::of(&lesson, &set, &fonts, &LessonWatch::default()).unwrap();
        for (index, page) in handout.pages.iter().enumerate() {
            found.extend(faint(page, &fonts, &format!("{theme:?}, page {}", index + 1)));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
