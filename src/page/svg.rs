use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::svg_numbers::{PER_PX, number, path_data};
use super::text_start::start_of;
use super::web_font::web_font;
use super::{
    Anchor, Color, Face, Fonts, Glyph, Item, Page, PageError, Path, Picture, Rect, Segment, Text, Texts, Weight, png,
};

/// Units of an em in which outlines of glyphs are written.
const EM: f64 = 1000.0;
/// Pictures are at least so many pixels wide and high, so that they stay sharp in programs that smooth them.
const SHARP: usize = 480;

/// For programs that do not take the font in the file: after the same one, fonts that are no wider, so that every text has the
/// room it was given.
const FALLBACKS: &str =
    "Inter,\"Helvetica Neue\",Helvetica,Arial,\"Liberation Sans\",\"DejaVu Sans Condensed\",sans-serif";

/// An SVG; `scene` is kept in its metadata.
pub(super) fn write(page: &Page, fonts: &Fonts, texts: Texts, scene: Option<&str>) -> Result<Vec<u8>, PageError> {
    let mut writer =
        Writer { fonts, texts, body: String::new(), glyphs: BTreeMap::new(), used: BTreeMap::new(), clips: Vec::new() };
    if let Some(background) = page.background {
        let whole = Rect { x: 0.0, y: 0.0, width: page.size.0, height: page.size.1 };
        writer.fill(&Path::rect(whole), background);
    }
    writer.items(&page.items)?;
    let (width, height) = (number(page.size.0), number(page.size.1));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n",
        escaped(&page.title)
    );
    if !page.description.is_empty() {
        let _ = writeln!(svg, "<desc>{}</desc>", escaped(&page.description));
    }
    if let Some(scene) = scene {
        let (encoding, scene) = if scene.chars().all(is_of_xml) {
            ("", escaped(scene))
        } else {
            (" encoding=\"base64\"", STANDARD.encode(scene))
        };
        let _ = writeln!(svg, "<metadata><scene xmlns=\"{SCENE_NAMESPACE}\"{encoding}>{scene}</scene></metadata>");
    }
    svg += &writer.definitions()?;
    svg += &writer.body;
    svg += "</svg>\n";
    Ok(svg.into_bytes())
}

/// The namespace of the scene in the metadata.
pub(super) const SCENE_NAMESPACE: &str = "urn:initscope:scene";

struct Writer<'a> {
    fonts: &'a Fonts,
    texts: Texts,
    body: String,
    /// Outlines that are used, with their names.
    glyphs: BTreeMap<(Face, u32), usize>,
    /// Characters that are used.
    used: BTreeMap<Face, BTreeMap<char, u32>>,
    clips: Vec<Rect>,
}

impl Writer<'_> {
    fn items(&mut self, items: &[Item]) -> Result<(), PageError> {
        let mut items = items.iter().filter(|item| item.is_drawn()).peekable();
        while let Some(item) = items.next() {
            match item {
                Item::Fill(path, color) => self.fill(path, *color),
                Item::Stroke(path, stroke) => {
                    let dash = stroke.dash.map_or_else(String::new, |(dash, gap)| {
                        format!(" stroke-dasharray=\"{} {}\"", number(dash), number(gap))
                    });
                    let _ = writeln!(
                        self.body,
                        "<path d=\"{}\" fill=\"none\" stroke=\"{}\"{} stroke-width=\"{}\" stroke-linejoin=\"round\"{dash}/>",
                        path_data(path, PER_PX),
                        hex(stroke.color),
                        opacity("stroke", stroke.color),
                        number(stroke.width)
                    );
                }
                Item::Text(text) => match self.texts {
                    Texts::Outlined => self.outlined(text),
                    Texts::Paths => self.path_of(text),
                    Texts::Text => {
                        let mut line = vec![text];
                        while let Some(Item::Text(next)) =
                            items.next_if(|next| matches!(next, Item::Text(next) if self.goes_on(&line, next)))
                        {
                            line.push(next);
                        }
                        self.text(&line);
                    }
                },
                Item::Picture(picture) => self.picture(picture)?,
                Item::Clip(rect, items) => {
                    self.clips.push(*rect);
                    let _ = writeln!(self.body, "<g clip-path=\"url(#c{})\">", self.clips.len());
                    self.items(items)?;
                    self.body += "</g>\n";
                }
            }
        }
        Ok(())
    }

    fn fill(&mut self, path: &Path, color: Color) {
        let data = path_data(path, PER_PX);
        let _ = writeln!(self.body, "<path d=\"{data}\" fill=\"{}\"{}/>", hex(color), opacity("fill", color));
    }

    /// Every glyph once, and used wherever it stands.
    fn outlined(&mut self, text: &Text) {
        let glyphs = self.fonts.glyphs(&text.text, text.size, text.weight);
        let start = start_of(text, width_of(&glyphs));
        let scale = text.size / EM;
        let turn = if text.upright { " rotate(-90)" } else { "" };
        let _ = write!(
            self.body,
            "<g fill=\"{}\"{} transform=\"translate({} {}){turn} scale({scale:.8})\" aria-label=\"{}\">",
            hex(text.color),
            opacity("fill", text.color),
            number(text.at.0),
            number(text.at.1),
            escaped(&text.text)
        );
        for glyph in glyphs.iter().filter(|glyph| !glyph.character.is_whitespace()) {
            let next = self.glyphs.len();
            let name = *self.glyphs.entry((glyph.face, glyph.id)).or_insert(next);
            let x = ((start + glyph.x) / scale).round();
            let _ = write!(self.body, "<use xlink:href=\"#g{name}\" x=\"{x}\"/>");
        }
        self.body += "</g>\n";
    }

    /// All glyphs as one area.
    fn path_of(&mut self, text: &Text) {
        let glyphs = self.fonts.glyphs(&text.text, text.size, text.weight);
        let start = start_of(text, width_of(&glyphs));
        let (x, y) = text.at;
        let mut segments = Vec::new();
        for glyph in &glyphs {
            let place = |(along, down): (f64, f64)| {
                let along = start + glyph.x + along;
                if text.upright { (x + down, y - along) } else { (x + along, y + down) }
            };
            let outline = self.fonts.outline(glyph.face, glyph.id, text.size);
            segments.extend(outline.0.into_iter().map(|segment| match segment {
                Segment::Move(x, y) => {
                    let (x, y) = place((x, y));
                    Segment::Move(x, y)
                }
                Segment::Line(x, y) => {
                    let (x, y) = place((x, y));
                    Segment::Line(x, y)
                }
                Segment::Cubic(points) => Segment::Cubic(points.map(place)),
                Segment::Close => Segment::Close,
            }));
        }
        let _ = writeln!(
            self.body,
            "<path aria-label=\"{}\" d=\"{}\" fill=\"{}\"{}/>",
            escaped(&text.text),
            path_data(&Path(segments), PER_PX),
            hex(text.color),
            opacity("fill", text.color)
        );
    }

    /// Whether a text is the next part of a line: it begins where the last part ends.
    fn goes_on(&self, line: &[&Text], next: &Text) -> bool {
        let Some(last) = line.last() else { return false };
        let alike = |text: &Text| text.anchor == Anchor::Start && !text.upright;
        let end = last.at.0 + self.fonts.width(&last.text, last.size, last.weight);
        alike(last) && alike(next) && (last.size, last.at.1) == (next.size, next.at.1) && (next.at.0 - end).abs() < 1e-3
    }

    /// The parts of a line, as one text: programs that take another font, and do not keep to the widths of this one, still put
    /// each part after the one before.
    fn text(&mut self, line: &[&Text]) {
        let mut length = 0.0;
        for text in line {
            let glyphs = self.fonts.glyphs(&text.text, text.size, text.weight);
            length += width_of(&glyphs);
            for glyph in glyphs {
                self.used.entry(glyph.face).or_default().insert(glyph.character, glyph.id);
            }
        }
        let Some(first) = line.first() else { return };
        let anchor = match first.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let look = |text: &Text| {
            let weight = if text.weight == Weight::SemiBold { " font-weight=\"600\"" } else { "" };
            format!("{weight} fill=\"{}\"{}", hex(text.color), opacity("fill", text.color))
        };
        let (x, y) = (number(first.at.0), number(first.at.1));
        let turn = if first.upright { format!(" transform=\"rotate(-90 {x} {y})\"") } else { String::new() };
        let (own, words) = match line {
            [text] => (look(text), escaped(&text.text)),
            parts => {
                let part = |text: &&Text| format!("<tspan{}>{}</tspan>", look(text), escaped(&text.text));
                (String::new(), parts.iter().map(part).collect())
            }
        };
        let _ = writeln!(
            self.body,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"{own}{anchor}{turn} textLength=\"{}\" \
             lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{words}</text>",
            number(first.size),
            number(length),
        );
    }

    fn picture(&mut self, picture: &Picture) -> Result<(), PageError> {
        let Some(rows) = picture.rows() else { return Ok(()) };
        let times = |pixels: usize| SHARP.div_ceil(pixels.max(1)).max(1);
        let (across, down) = (times(picture.columns), times(rows));
        let mut rgba = Vec::with_capacity(picture.rgba.len() * 4 * across * down);
        for row in picture.rgba.chunks_exact(picture.columns) {
            for _ in 0..down {
                for pixel in row {
                    for _ in 0..across {
                        rgba.extend_from_slice(pixel);
                    }
                }
            }
        }
        let bytes = png::plain(picture.columns * across, rows * down, &rgba)?;
        let Rect { x, y, width, height } = picture.rect;
        let _ = writeln!(
            self.body,
            "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\" \
             style=\"image-rendering:pixelated\" xlink:href=\"data:image/png;base64,{}\"/>",
            number(x),
            number(y),
            number(width),
            number(height),
            STANDARD.encode(bytes)
        );
        Ok(())
    }

    /// What the body refers to.
    fn definitions(&self) -> Result<String, PageError> {
        let mut text = String::new();
        for (at, rect) in self.clips.iter().enumerate() {
            let data = path_data(&Path::rect(*rect), PER_PX);
            let _ = writeln!(text, "<clipPath id=\"c{}\"><path d=\"{data}\"/></clipPath>", at + 1);
        }
        for (&(face, id), name) in &self.glyphs {
            let outline = self.fonts.outline(face, id, EM);
            let _ = writeln!(text, "<path id=\"g{name}\" d=\"{}\"/>", path_data(&outline, 1.0));
        }
        if !text.is_empty() {
            text = format!("<defs>\n{text}</defs>\n");
        }
        if self.used.is_empty() {
            return Ok(text);
        }
        let mut faces = String::new();
        let mut families = Vec::new();
        for (&face, characters) in &self.used {
            let (family, weight) = match face {
                Face::Own if self.fonts.has_own_bold() => ("Own", "400"),
                Face::Own => ("Own", "400 600"),
                Face::OwnBold => ("Own", "600"),
                Face::Regular => ("Inter", "400"),
                Face::SemiBold => ("Inter", "600"),
            };
            let family = format!("initscope {family}");
            let font = STANDARD.encode(web_font(self.fonts.bytes(face), characters)?);
            let _ = writeln!(
                faces,
                "@font-face{{font-family:\"{family}\";font-weight:{weight};src:url(data:font/ttf;base64,{font}) format(\"truetype\")}}"
            );
            if !families.contains(&family) {
                families.push(family);
            }
        }
        families.sort_by_key(|family| !family.ends_with("Own"));
        // Programs that read no fonts from files take the one that is installed.
        if self.used.keys().any(|face| face.is_own()) {
            families.splice(1..1, self.fonts.own_families().iter().cloned());
        }
        let families: Vec<_> = families.iter().map(|family| format!("\"{family}\"")).collect();
        let families = families.join(",");
        let _ =
            writeln!(faces, "text{{font-family:{families},{FALLBACKS};font-kerning:none;font-variant-ligatures:none}}");
        Ok(format!("{text}<style>\n{faces}</style>\n"))
    }
}

/// How wide a line of glyphs is.
fn width_of(glyphs: &[Glyph]) -> f64 {
    glyphs.last().map_or(0.0, |glyph| glyph.x + glyph.advance)
}

fn hex(color: Color) -> String {
    let [red, green, blue] = color.rgb;
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn opacity(of: &str, color: Color) -> String {
    if color.alpha >= 1.0 { String::new() } else { format!(" {of}-opacity=\"{}\"", number(color.alpha)) }
}

/// Whether XML can have it.
fn is_of_xml(character: char) -> bool {
    !matches!(character, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Text as it may stand in an element or an attribute. Characters that XML does not have are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\r' => escaped += "&#13;",
            '\n' | '\t' => escaped.push(character),
            _ if is_of_xml(character) => escaped.push(character),
            _ => {}
        }
    }
    escaped
}
