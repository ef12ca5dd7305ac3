use std::io::{Cursor, Read as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::events::{BytesRef, Event};
use quick_xml::name::{Namespace, ResolveResult::Bound};

use super::pdf::{SCENE_BEGIN, SCENE_END};
use super::png::SCENE_KEYWORD;
use super::svg::SCENE_NAMESPACE;

/// The scene that a figure carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// Its text.
    Scene(String),
    /// It is a figure, and carries none.
    None(&'static str),
}

/// The scene in the metadata of an SVG, a PDF, a PNG or a GIF; `None` if the bytes are none of these.
///
/// ```
/// use initscope::page::{Carried, scene_in};
///
/// assert_eq!(scene_in(b"version = 2"), None);
/// assert!(matches!(scene_in(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), Some(Carried::None(_))));
/// ```
pub fn scene_in(bytes: &[u8]) -> Option<Carried> {
    let carried = |kind: &'static str, scene: Option<String>| scene.map_or(Carried::None(kind), Carried::Scene);
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some(carried("PNG", in_png(bytes)));
    }
    if bytes.starts_with(b"%PDF-") {
        return Some(carried("PDF", in_pdf(bytes)));
    }
    if bytes.starts_with(b"GIF8") {
        return Some(carried("GIF", in_gif(bytes)));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let is_svg = start.starts_with("<svg") || start.starts_with('<') && start.contains("<svg");
    is_svg.then(|| carried("SVG", in_svg(text)))
}

fn in_png(bytes: &[u8]) -> Option<String> {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().ok()?;
    let scene = |info: &png::Info<'_>| {
        info.utf8_text.iter().find(|chunk| chunk.keyword == SCENE_KEYWORD).and_then(|chunk| chunk.get_text().ok())
    };
    scene(reader.info()).or_else(|| {
        // Other programs write texts behind the pixels.
        reader.finish().ok()?;
        scene(reader.info())
    })
}

fn in_gif(bytes: &[u8]) -> Option<String> {
    // What begins a comment, and how long its first block is.
    let is_ours = |at: usize| at.checked_sub(3).is_some_and(|from| bytes[from..].starts_with(&[0x21, 0xfe]));
    let at = places(bytes, SCENE_BEGIN.as_bytes()).find(|at| is_ours(*at))?;
    scene_of(&comment(&bytes[at - 1..])?)
}

/// A comment is blocks of up to 255 bytes.
fn comment(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    while let Some((&count, after)) = rest.split_first().filter(|(count, _)| **count > 0) {
        text.extend_from_slice(after.get(..count.into())?);
        rest = &after[count.into()..];
    }
    Some(text)
}

/// As it was written, or packed by another program that saved the file again.
fn in_pdf(bytes: &[u8]) -> Option<String> {
    let attached = || {
        let from = places(bytes, SCENE_BEGIN.as_bytes()).next()?;
        let ends = places(&bytes[from..], SCENE_END.as_bytes()).map(|end| from + end + SCENE_END.len());
        let mut ends = ends.filter(|end| bytes[*end..].trim_ascii_start().starts_with(b"endstream"));
        scene_of(&bytes[from..ends.next()?])
    };
    attached().or_else(|| places(bytes, STREAM).find_map(|at| unpacked(bytes[at + STREAM.len()..].trim_ascii_start())))
}

/// Stands before what a PDF has packed.
const STREAM: &[u8] = b"stream";

/// The scene that is packed here; what begins as no scene is not unpacked any further.
fn unpacked(packed: &[u8]) -> Option<String> {
    let mut stream = flate2::read::ZlibDecoder::new(packed);
    let mut text = vec![0; SCENE_BEGIN.len()];
    stream.read_exact(&mut text).ok()?;
    if text != SCENE_BEGIN.as_bytes() {
        return None;
    }
    stream.take(LONGEST).read_to_end(&mut text).ok()?;
    scene_of(&text)
}

/// Bytes of a scene that is packed, at most.
const LONGEST: u64 = 1 << 24;

/// What stands between the marks of a scene.
fn scene_of(text: &[u8]) -> Option<String> {
    let scene = text.strip_prefix(SCENE_BEGIN.as_bytes())?.strip_suffix(SCENE_END.as_bytes())?;
    String::from_utf8(scene.to_vec()).ok()
}

fn places<'a>(bytes: &'a [u8], wanted: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(wanted.len()).enumerate().filter(move |(_, window)| *window == wanted).map(|(at, _)| at)
}

/// Text of the element that is the scene in our namespace, whatever a program that saved the file again calls it.
fn in_svg(text: &str) -> Option<String> {
    let mut reader = quick_xml::NsReader::from_str(text);
    let mut found: Option<String> = None;
    let mut is_packed = false;
    loop {
        match reader.read_resolved_event().ok()? {
            (Bound(Namespace(namespace)), Event::Start(start))
                if namespace == SCENE_NAMESPACE.as_bytes() && start.local_name().as_ref() == b"scene" =>
            {
                is_packed = start.try_get_attribute("encoding").ok()?.is_some();
                found = Some(String::new());
            }
            (_, Event::Text(text)) => {
                if let Some(found) = &mut found {
                    *found += &text.decode().ok()?;
                }
            }
            (_, Event::CData(text)) => {
                if let Some(found) = &mut found {
                    *found += &text.decode().ok()?;
                }
            }
            (_, Event::GeneralRef(reference)) => {
                if let Some(found) = &mut found {
                    found.push(character(&reference)?);
                }
            }
            (_, Event::End(_)) if found.is_some() => break,
            (_, Event::Eof) => return None,
            _ => {}
        }
    }
    if !is_packed {
        return found;
    }
    let packed: String = found?.split_ascii_whitespace().collect();
    String::from_utf8(STANDARD.decode(packed).ok()?).ok()
}

/// What `&#…;` or `&…;` stands for.
fn character(reference: &BytesRef<'_>) -> Option<char> {
    if let Some(character) = reference.resolve_char_ref().ok()? {
        return Some(character);
    }
    match &reference[..] {
        b"amp" => Some('&'),
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        _ => None,
    }
}
