//! Pages as files: SVG, PDF and PNG that show the same, carry a scene, and do not depend on when or where they are made.

use std::sync::Arc;

use base64::Engine as _;
use initscope::engine::{Measurer, Quantities};
use initscope::experiment::Experiment;
use initscope::figure::{Figure, Sheet, View};
use initscope::layout::{Content as _, LayersContent};
use initscope::page::{
    Anchor, Animation, AnimationFormat, Carried, Color, Fonts, Item, Page, PageFormat, Path, Picture, Raster, Rect,
    Segment, Stroke, Text, Texts, Weight, Writing, raster, scene_in,
};
use proptest::prelude::*;
use resvg::tiny_skia::{Pixmap, Transform};
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};

fn five_violins() -> Page {
    let mut experiment = Experiment::article();
    experiment.inputs.images = 200;
    let measurement = Measurer::new().unwrap().measure_all(&experiment, Quantities::ALL).unwrap();
    let content = LayersContent::of(vec![Figure::new(Arc::new(measurement), View::default()).unwrap()]);
    content.page(&Sheet { size: Some((960.0, 600.0)), ..Sheet::default() }, &Fonts::bundled())
}

fn written(page: &Page, format: PageFormat, texts: Texts, scene: Option<&str>) -> Vec<u8> {
    page.write(&Fonts::bundled(), Writing { format, scale: 1.0, texts }, scene).unwrap()
}

const FORMATS: [PageFormat; 3] = [PageFormat::Svg, PageFormat::Pdf, PageFormat::Png];

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
    let svg = String::from_utf8(written(&five_violins(), PageFormat::Svg, Texts::Outlined, None)).unwrap();
    assert!(svg.len() < 150_000, "{} bytes", svg.len());
    assert!(!svg.contains("<text"));
}

/// resvg's picture of the SVG and ours of the page; they share no code but the one that fills paths.
#[test]
fn an_svg_looks_as_the_png_does() {
    let page = five_violins();
    let ours = raster(&page, &Fonts::bundled(), 1.0).unwrap();
    for texts in [Texts::Outlined, Texts::Paths] {
        let svg = written(&page, PageFormat::Svg, texts, None);
        let tree = resvg::usvg::Tree::from_data(&svg, &resvg::usvg::Options::default()).unwrap();
        let mut theirs = Pixmap::new(960, 600).unwrap();
        resvg::render(&tree, Transform::default(), &mut theirs.as_mut());
        let off = |(one, other): (&[u8], &[u8])| one.iter().zip(other).any(|(one, other)| one.abs_diff(*other) > 48);
        let different = theirs.data().chunks_exact(4).zip(ours.rgba.chunks_exact(4)).filter(|pair| off(*pair)).count();
        assert!(different < 60, "{different} of {} pixels differ {texts:?}", 960 * 600);
    }
}

/// Importers that know areas and lines alone, as those of some decks and drawing programs.
#[test]
fn plain_paths_need_nothing_that_is_drawn_elsewhere() {
    let svg = String::from_utf8(written(&five_violins(), PageFormat::Svg, Texts::Paths, None)).unwrap();
    for element in ["<use", "<text", "<style", "<symbol", "href=\"#"] {
        assert!(!svg.contains(element), "{element}");
    }
    assert!(svg.contains("aria-label=\"layer 1\""), "and says what they spell");
    assert!(svg.len() < 450_000, "{} bytes", svg.len());
}

/// Each word of a line has its place after the one before, whatever font a program takes: parts of a line are one text, and of
/// those that begin at places of their own there is room between two for a font that is wider by a tenth.
#[test]
fn text_as_text_does_not_overlap_in_a_wider_font() {
    let svg = String::from_utf8(written(&five_violins(), PageFormat::Svg, Texts::Text, None)).unwrap();
    let tree = texts_of(&svg);
    assert!(tree.iter().any(|text| text.parts > 1), "the legend has swatches");
    // The fonts that are named for want of Inter are narrower: DejaVu Sans is wider by a tenth, and its condensed face is not.
    assert!(
        svg.contains(
            "Inter,\"Helvetica Neue\",Helvetica,Arial,\"Liberation Sans\",\"DejaVu Sans Condensed\",sans-serif"
        )
    );
    for (index, text) in tree.iter().enumerate() {
        for other in &tree[..index] {
            let apart = if text.from < other.from { other.from - text.to } else { text.from - other.to };
            let wider = 0.1 * f64::max(text.to - text.from, other.to - other.from);
            assert!(
                text.y != other.y || text.upright || other.upright || apart > wider,
                "{} | {}",
                other.words,
                text.words
            );
        }
    }
}

/// A text of an SVG, where it stands.
struct Placed {
    y: String,
    from: f64,
    to: f64,
    upright: bool,
    parts: usize,
    words: String,
}

fn texts_of(svg: &str) -> Vec<Placed> {
    let mut placed = Vec::new();
    for text in svg.split("<text ").skip(1) {
        let (head, body) = text.split_once('>').unwrap();
        let attribute = |name: &str| {
            let (_, rest) =
                format!(" {head}").split_once(&format!(" {name}=\"")).map(|(a, b)| (a.to_owned(), b.to_owned()))?;
            Some(rest[..rest.find('"').unwrap()].to_owned())
        };
        let number = |name: &str| attribute(name).unwrap().parse::<f64>().unwrap();
        let (x, length) = (number("x"), number("textLength"));
        let from = match attribute("text-anchor").as_deref() {
            Some("middle") => x - 0.5 * length,
            Some("end") => x - length,
            _ => x,
        };
        let body = &body[..body.find("</text>").unwrap()];
        placed.push(Placed {
            y: attribute("y").unwrap(),
            from,
            to: from + length,
            upright: attribute("transform").is_some(),
            parts: body.matches("<tspan").count().max(1),
            words: body.to_owned(),
        });
    }
    placed
}

#[test]
fn text_as_text_brings_a_font_of_the_very_glyphs() {
    let page = five_violins();
    let svg = String::from_utf8(written(&page, PageFormat::Svg, Texts::Text, None)).unwrap();
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
    let odd = "\u{0}\u{1b}\r\n\u{fffe} # initscope scene ends\n";
    for format in FORMATS {
        assert_eq!(scene_in(&written(&page, format, Texts::Outlined, Some(odd))), Some(Carried::Scene(odd.to_owned())));
        for texts in [Texts::Outlined, Texts::Text, Texts::Paths] {
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
    let bytes = written(&five_violins(), PageFormat::Pdf, Texts::Outlined, None);
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    assert!(bytes.starts_with(b"%PDF-") && has(b"/ToUnicode") && has(b"Inter-Regular") && has(b"Inter-SemiBold"));
}

#[test]
fn a_png_has_as_many_pixels_as_are_asked_for_and_nothing_behind_a_transparent_page() {
    let page = Page { background: None, ..five_violins() };
    let fonts = Fonts::bundled();
    let writing = Writing { format: PageFormat::Png, scale: 1.5, texts: Texts::Outlined };
    let picture = image::load_from_memory(&page.write(&fonts, writing, None).unwrap()).unwrap().to_rgba8();
    assert_eq!(picture.dimensions(), (1440, 900));
    assert_eq!(picture.get_pixel(0, 0).0[3], 0);
    assert!(picture.pixels().any(|pixel| pixel.0[3] == 255));
    let huge = Writing { scale: 1000.0, ..writing };
    let error = page.write(&fonts, huge, None).unwrap_err().to_string();
    assert!(error.starts_with("a picture of 960000 × 600000 pixels cannot be made"), "{error}");
}

/// A small page that says `title`.
fn blank(title: &str) -> Page {
    Page {
        size: (20.0, 20.0),
        background: None,
        items: Vec::new(),
        title: title.to_owned(),
        description: String::new(),
    }
}

/// Edits as other programs make them.
fn replaced(svg: &[u8], edits: &[(&str, &str)]) -> Vec<u8> {
    let mut text = String::from_utf8(svg.to_vec()).unwrap();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text.into_bytes()
}

#[test]
fn an_svg_is_read_wherever_the_namespace_of_the_scene_is_declared() {
    let svg = written(&blank("A title"), PageFormat::Svg, Texts::Outlined, Some("version = 1\n"));
    let moved = [
        (" xmlns=\"urn:initscope:scene\"", ""),
        ("<scene", "<ns0:scene"),
        ("</scene>", "</ns0:scene>"),
        ("<svg ", "<svg xmlns:ns0=\"urn:initscope:scene\" "),
    ];
    assert_eq!(scene_in(&replaced(&svg, &moved)), Some(Carried::Scene("version = 1\n".to_owned())));
    let foreign = replaced(&svg, &[("urn:initscope:scene", "urn:another:program")]);
    assert_eq!(scene_in(&foreign), Some(Carried::None("SVG")), "the scene of another program is none of ours");
}

#[test]
fn a_pdf_is_read_after_another_program_packed_its_attachment() {
    let scene = "version = 1 # σ\n";
    let pdf = written(&blank("A title"), PageFormat::Pdf, Texts::Outlined, Some(scene));
    let find = |word: &[u8]| pdf.windows(word.len()).position(|window| window == word).unwrap();
    let (from, end) = (find(b"# initscope scene begins\n"), b"# initscope scene ends\n");
    let to = find(end) + end.len();
    let mut packed = flate2::write::ZlibEncoder::new(pdf[..from].to_vec(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, &pdf[from..to]).unwrap();
    let mut packed = packed.finish().unwrap();
    packed.extend_from_slice(&pdf[to..]);
    assert_eq!(scene_in(&packed), Some(Carried::Scene(scene.to_owned())));
}

#[test]
fn a_png_is_read_where_another_program_put_the_text_behind_the_pixels() {
    let png = written(&blank("A title"), PageFormat::Png, Texts::Outlined, Some("version = 1\n"));
    // Chunks: length, kind, data, checksum.
    let (mut at, mut chunks) = (8, Vec::new());
    while at < png.len() {
        let length = u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as usize;
        chunks.push(&png[at..at + length + 12]);
        at += length + 12;
    }
    let (texts, others): (Vec<_>, Vec<_>) = chunks.into_iter().partition(|chunk| &chunk[4..8] == b"iTXt");
    let (end, others) = others.split_last().unwrap();
    let moved = [&[&png[..8]], others, &texts, &[*end]].concat().concat();
    assert_ne!(moved, png);
    assert_eq!(scene_in(&moved), Some(Carried::Scene("version = 1\n".to_owned())));
}

/// Any number, the ordinary ones most often.
fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -1e3..1e3, 1 => any::<f64>(), 1 => Just(f64::NAN), 1 => Just(f64::INFINITY), 1 => Just(0.0)]
}

fn any_item() -> impl Strategy<Value = Item> {
    let color = || (any::<[u8; 3]>(), any_number()).prop_map(|(rgb, alpha)| Color { rgb, alpha });
    let point = || (any_number(), any_number());
    let path = || {
        let segment = prop_oneof![
            point().prop_map(|(x, y)| Segment::Move(x, y)),
            point().prop_map(|(x, y)| Segment::Line(x, y)),
            [point(), point(), point()].prop_map(Segment::Cubic),
            Just(Segment::Close),
        ];
        prop::collection::vec(segment, 0..6).prop_map(Path)
    };
    let rect = move || (point(), point()).prop_map(|((x, y), (width, height))| Rect { x, y, width, height });
    let stroke = (any_number(), color(), prop::option::of(point()));
    let anchor = prop_oneof![Just(Anchor::Start), Just(Anchor::Middle), Just(Anchor::End)];
    let item = prop_oneof![
        (path(), color()).prop_map(|(path, color)| Item::Fill(path, color)),
        (path(), stroke).prop_map(|(path, (width, color, dash))| Item::Stroke(path, Stroke { width, color, dash })),
        (".{0,6}", point(), anchor, any_number(), color(), any::<bool>()).prop_map(
            |(text, at, anchor, size, color, upright)| {
                Item::Text(Text { text, at, anchor, size, weight: Weight::Regular, color, upright })
            }
        ),
        (rect(), 0..4_usize, prop::collection::vec(any::<[u8; 4]>(), 0..9))
            .prop_map(|(rect, columns, rgba)| Item::Picture(Picture { rect, columns, rgba })),
    ];
    item.prop_recursive(2, 6, 3, move |inner| {
        (rect(), prop::collection::vec(inner, 0..3)).prop_map(|(rect, items)| Item::Clip(rect, items))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_page_is_a_reason_to_panic_and_every_svg_is_sound(
        items in prop::collection::vec(any_item(), 0..5), title in any::<String>(), size in (any_number(), any_number())
    ) {
        for size in [(60.0, 40.0), size] {
            let page = Page { size, items: items.clone(), ..blank(&title) };
            for texts in [Texts::Outlined, Texts::Text, Texts::Paths] {
                let writing = Writing { format: PageFormat::Svg, scale: 1.0, texts };
                let Ok(svg) = page.write(&Fonts::bundled(), writing, None) else {
                    prop_assert!(!(size.0 > 0.0 && size.1 > 0.0 && size.0 + size.1 < 1e9), "{:?}", size);
                    continue;
                };
                let svg = String::from_utf8(svg).unwrap();
                let mut reader = quick_xml::Reader::from_str(&svg);
                while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
            }
            for format in [PageFormat::Pdf, PageFormat::Png] {
                let _ = page.write(&Fonts::bundled(), Writing { format, scale: 1.0, texts: Texts::Outlined }, None);
            }
        }
    }

    #[test]
    fn any_text_survives_in_every_kind_of_file(
        characters in prop::collection::vec(prop_oneof![any::<char>(), proptest::char::range('\u{0}', '\u{9f}'), Just('\u{fffe}')], 0..60)
    ) {
        let scene: String = characters.into_iter().collect();
        for format in FORMATS {
            let bytes = written(&blank("t"), format, Texts::Outlined, Some(&scene));
            prop_assert_eq!(scene_in(&bytes), Some(Carried::Scene(scene.clone())), "{:?}", format);
        }
        let mut gif = Vec::new();
        let mut animation = Animation::begin(&mut gif, AnimationFormat::Gif, (1, 1), (1, 10.0), &scene).unwrap();
        animation.add(&Raster { width: 1, height: 1, rgba: vec![255; 4] }).unwrap();
        animation.finish().unwrap();
        prop_assert_eq!(scene_in(&gif), Some(Carried::Scene(scene)));
    }

    #[test]
    fn bytes_that_only_begin_like_a_figure_are_no_reason_to_panic(
        begin in 0..5_usize, rest in prop::collection::vec(any::<u8>(), 0..600)
    ) {
        let begins: [&[u8]; 5] =
            [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\nstream\nx", b"GIF89a\x21\xfe", b"<svg xmlns:a=\"urn:initscope:scene\"><a:scene>", b""];
        let _ = scene_in(&[begins[begin], &rest].concat());
    }

    #[test]
    fn broken_files_are_no_reason_to_panic(cut in 0..4000_usize, flip in 0..4000_usize, kind in 0..3_usize) {
        let mut bytes = written(&blank("t"), FORMATS[kind], Texts::Outlined, Some("version = 1"));
        let at = flip % bytes.len();
        bytes[at] ^= 0x5a;
        bytes.truncate(cut);
        let _ = scene_in(&bytes);
    }
}
