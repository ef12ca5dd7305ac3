use std::io::Cursor;

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
    let reader = png::Decoder::new(Cursor::new(bytes)).read_info().ok()?;
    let chunk = reader.info().utf8_text.iter().find(|chunk| chunk.keyword == SCENE_KEYWORD)?;
    chunk.get_text().ok()
}

fn in_gif(bytes: &[u8]) -> Option<String> {
    let begins = bytes.windows(2).enumerate().filter(|(_, pair)| *pair == [0x21, 0xfe]);
    begins.filter_map(|(begin, _)| between(&comment(&bytes[begin + 2..])?)).next()
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

fn in_pdf(bytes: &[u8]) -> Option<String> {
    between(bytes)
}

/// What stands between the marks of a scene.
fn between(bytes: &[u8]) -> Option<String> {
    let from = find(bytes, SCENE_BEGIN.as_bytes())? + SCENE_BEGIN.len();
    let to = from + find(&bytes[from..], SCENE_END.as_bytes())?;
    String::from_utf8(bytes[from..to].to_vec()).ok()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn in_svg(text: &str) -> Option<String> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut found: Option<String> = None;
    loop {
        match reader.read_event().ok()? {
            quick_xml::events::Event::Start(start) => {
                let of_scene = start.attributes().flatten().any(|attribute| {
                    attribute.key.as_ref().starts_with(b"xmlns")
                        && attribute.value.as_ref() == SCENE_NAMESPACE.as_bytes()
                });
                if of_scene || start.local_name().as_ref() == b"scene" {
                    found = Some(String::new());
                }
            }
            quick_xml::events::Event::Text(text) => {
                if let Some(found) = &mut found {
                    *found += &text.decode().ok()?;
                }
            }
            quick_xml::events::Event::CData(text) => {
                if let Some(found) = &mut found {
                    *found += &text.decode().ok()?;
                }
            }
            quick_xml::events::Event::GeneralRef(reference) => {
                if let Some(found) = &mut found {
                    found.push(match reference.resolve_char_ref().ok()? {
                        Some(character) => character,
                        None => match &reference[..] {
                            b"amp" => '&',
                            b"lt" => '<',
                            b"gt" => '>',
                            b"quot" => '"',
                            b"apos" => '\'',
                            _ => return None,
                        },
                    });
                }
            }
            quick_xml::events::Event::End(_) if found.is_some() => return found,
            quick_xml::events::Event::Eof => return None,
            _ => {}
        }
    }
}
