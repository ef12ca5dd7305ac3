//! Pages as files: SVG, PDF and PNG that show the same, carry a scene, and do not depend on when or where they are made.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use base64::Engine as _;
use initscope::engine::{Measurer, Quantities};
use initscope::experiment::Experiment;
use initscope::figure::{Figure, Sheet, View};
use initscope::layout::Content;
use initscope::page::{Carried, Fonts, Format, Page, Texts, Weight, Writing, raster, scene_in};
use proptest::prelude::*;
use resvg::tiny_skia::{Pixmap, Transform};
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};

fn five_violins() -> Page {
    let mut experiment = Experiment::article();
    experiment.inputs.images = 200;
    let measurement = Measurer::new().unwrap().measure_all(&experiment, Quantities::ALL).unwrap();
    let content = Content::Layers(vec![Figure::new(Arc::new(measurement), View::default()).unwrap()]);
    content.page(&Sheet { size: Some((960.0, 600.0)), ..Sheet::default() }, &Fonts::bundled())
}

fn written(page: &Page, format: Format, texts: Texts, scene: Option<&str>) -> Vec<u8> {
    page.write(&Fonts::bundled(), Writing { format, scale: 1.0, texts }, scene).unwrap()
}

const FORMATS: [Format; 3] = [Format::Svg, Format::Pdf, Format::Png];

#[test]
fn the_same_page_gives_the_same_bytes_without_a_date() {
    let page = five_violins();
    for format in FORMATS {
        let bytes = written(&page, format, Texts::Outlined, Some("version = 1"));
        assert_eq!(bytes, written(&page, format, Texts::Outlined, Some("version = 1")));
        let dated = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
        assert!(!dated(b"CreationDate") && !dated(b"ModDate") && !dated(b"CreateDate"), "{format:?}");
    }
}

#[test]
fn an_svg_of_five_violins_is_small_and_its_words_are_outlines() {
    let svg = String::from_utf8(written(&five_violins(), Format::Svg, Texts::Outlined, None)).unwrap();
    assert!(svg.len() < 150_000, "{} bytes", svg.len());
    assert!(!svg.contains("<text"));
}

/// resvg's picture of the SVG and ours of the page; they share no code but the one that fills paths.
#[test]
fn an_svg_looks_as_the_png_does() {
    let page = five_violins();
    let svg = written(&page, Format::Svg, Texts::Outlined, None);
    let tree = resvg::usvg::Tree::from_data(&svg, &resvg::usvg::Options::default()).unwrap();
    let mut theirs = Pixmap::new(960, 600).unwrap();
    resvg::render(&tree, Transform::default(), &mut theirs.as_mut());
    let ours = raster(&page, &Fonts::bundled(), 1.0).unwrap();
    let off = |(one, other): (&[u8], &[u8])| one.iter().zip(other).any(|(one, other)| one.abs_diff(*other) > 48);
    let different = theirs.data().chunks_exact(4).zip(ours.rgba.chunks_exact(4)).filter(|pair| off(*pair)).count();
    assert!(different < 60, "{different} of {} pixels differ", 960 * 600);
}

#[test]
fn text_as_text_brings_a_font_of_the_very_glyphs() {
    let page = five_violins();
    let svg = String::from_utf8(written(&page, Format::Svg, Texts::Text, None)).unwrap();
    let fonts: Vec<_> = svg.split("base64,").skip(1).map(|rest| &rest[..rest.find(')').unwrap()]).collect();
    assert_eq!(fonts.len(), 2, "one for each weight");
    let bundled = Fonts::bundled();
    for (font, weight) in fonts.into_iter().zip([Weight::Regular, Weight::SemiBold]) {
        let bytes = base64::engine::general_purpose::STANDARD.decode(font).unwrap();
        assert!(bytes.len() < 40_000, "{} bytes", bytes.len());
        let font = skrifa::FontRef::new(&bytes).unwrap();
        let per_em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        for character in "layer 1".chars() {
            let glyph = font.charmap().map(character).unwrap();
            let advance = font.glyph_metrics(Size::unscaled(), LocationRef::default()).advance_width(glyph).unwrap();
            let expected = bundled.width(&character.to_string(), per_em, weight);
            assert!((f64::from(advance) - expected).abs() < 1.0, "{character}: {advance} {expected}");
        }
    }
}

#[test]
fn every_kind_of_file_carries_the_scene_whatever_is_in_it() {
    let page = five_violins();
    let scene = "version = 1 # ]]> & <b> \"σ\" 日本 'x' \\ --\n[[experiments]]\n\tseed = 1\n";
    for format in FORMATS {
        for texts in [Texts::Outlined, Texts::Text] {
            let bytes = written(&page, format, texts, Some(scene));
            assert_eq!(scene_in(&bytes), Some(Carried::Scene(scene.to_owned())), "{format:?}");
            let without = scene_in(&written(&page, format, texts, None));
            assert!(matches!(without, Some(Carried::None(_))), "{format:?}: {without:?}");
        }
    }
    assert_eq!(scene_in(b"version = 1\n"), None, "a scene file is no figure");
}

#[test]
fn a_pdf_has_its_words_as_text() {
    let bytes = written(&five_violins(), Format::Pdf, Texts::Outlined, None);
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    assert!(bytes.starts_with(b"%PDF-") && has(b"/ToUnicode") && has(b"Inter-Regular") && has(b"Inter-SemiBold"));
}

#[test]
fn a_png_has_as_many_pixels_as_are_asked_for_and_nothing_behind_a_transparent_page() {
    let page = Page { background: None, ..five_violins() };
    let fonts = Fonts::bundled();
    let writing = Writing { format: Format::Png, scale: 1.5, texts: Texts::Outlined };
    let picture = image::load_from_memory(&page.write(&fonts, writing, None).unwrap()).unwrap().to_rgba8();
    assert_eq!(picture.dimensions(), (1440, 900));
    assert_eq!(picture.get_pixel(0, 0).0[3], 0);
    assert!(picture.pixels().any(|pixel| pixel.0[3] == 255));
    let huge = Writing { scale: 1000.0, ..writing };
    let error = page.write(&fonts, huge, None).unwrap_err().to_string();
    assert!(error.starts_with("a picture of 960000 × 600000 pixels cannot be made"), "{error}");
}

proptest! {
    #[test]
    fn broken_files_are_no_reason_to_panic(cut in 0..4000_usize, flip in 0..4000_usize, kind in 0..3_usize) {
        let page = Page { size: (20.0, 20.0), background: None, items: Vec::new(), title: "t".to_owned(), description: String::new() };
        let mut bytes = written(&page, FORMATS[kind], Texts::Outlined, Some("version = 1"));
        let at = flip % bytes.len();
        bytes[at] ^= 0x5a;
        bytes.truncate(cut);
        let _ = scene_in(&bytes);
    }
}
