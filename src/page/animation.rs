use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;

use super::pdf::{SCENE_BEGIN, SCENE_END};
use super::png::SCENE_KEYWORD;
use super::{AnimationFormat, PageError, Raster};

/// Pictures one after the other, for ever.
pub enum Animation<W: Write> {
    /// Up to 256 colours a picture.
    Gif {
        /// Takes the pictures.
        encoder: Box<gif::Encoder<W>>,
        /// How long each is shown.
        pace: Pace,
    },
    /// All colours; a PNG whose first picture every program shows.
    Apng {
        /// Takes the pictures.
        writer: Box<png::Writer<W>>,
        /// Pictures a second.
        per_second: f64,
    },
}

/// Delays in whole hundredths of a second, which is all that a GIF knows, for a rate that may lie between them.
pub struct Pace {
    per_second: f64,
    /// Pictures so far.
    pictures: f64,
    /// Hundredths that they are shown for.
    shown: u32,
}

impl Pace {
    fn new(per_second: f64) -> Self {
        Self { per_second, pictures: 0.0, shown: 0 }
    }

    /// The next picture's, which is held for so many pictures' time: what is rounded off one picture is made up for by a later one, so that a film is never off by more
    /// than half a hundredth. Less than two hundredths, which programs take for ten, is not written.
    fn next(&mut self, held: f64) -> u16 {
        self.pictures += held;
        let end = (100.0 * self.pictures / self.per_second).round();
        let delay = (end - f64::from(self.shown)).clamp(2.0, f64::from(u16::MAX)) as u16;
        self.shown += u32::from(delay);
        delay
    }
}

/// Bytes of a block of a GIF.
const BLOCK: usize = 255;
/// Colours of a picture of a GIF.
const COLORS: usize = 256;
/// Those of them that are the most frequent, where there are more.
const FREQUENT: usize = 128;

impl<W: Write> Animation<W> {
    /// Begins one of so many pictures of this size, so many of them a second (0.1 to 50); it carries `scene`.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn begin(
        target: W,
        format: AnimationFormat,
        (width, height): (u32, u32),
        (frames, per_second): (u32, f64),
        scene: &str,
    ) -> Result<Self, PageError> {
        match format {
            AnimationFormat::Gif => {
                let side = |pixels: u32| u16::try_from(pixels).map_err(|_| size(width, height));
                let mut encoder = gif::Encoder::new(target, side(width)?, side(height)?, &[])?;
                encoder.set_repeat(gif::Repeat::Infinite)?;
                let comment = format!("{SCENE_BEGIN}{scene}{SCENE_END}").into_bytes();
                let blocks: Vec<&[u8]> = comment.chunks(BLOCK).collect();
                encoder.write_raw_extension(gif::Extension::Comment.into(), &blocks)?;
                Ok(Self::Gif { encoder: Box::new(encoder), pace: Pace::new(per_second) })
            }
            AnimationFormat::Apng => {
                let mut encoder = png::Encoder::new(target, width, height);
                encoder.set_color(png::ColorType::Rgba);
                encoder.set_depth(png::BitDepth::Eight);
                encoder.add_itxt_chunk(SCENE_KEYWORD.to_owned(), scene.to_owned())?;
                encoder.set_animated(frames, 0)?;
                Ok(Self::Apng { writer: Box::new(encoder.write_header()?), per_second })
            }
        }
    }

    /// The next picture, of the same size as all.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add(&mut self, picture: &Raster) -> Result<(), PageError> {
        self.hold(picture, 1.0)
    }

    /// The next picture, held for the time of so many.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn hold(&mut self, picture: &Raster, pictures: f64) -> Result<(), PageError> {
        match self {
            Self::Gif { encoder, pace } => {
                let (palette, indices, transparent) = indexed(&picture.rgba);
                let side = |pixels: u32| u16::try_from(pixels).map_err(|_| size(picture.width, picture.height));
                encoder.write_frame(&gif::Frame {
                    delay: pace.next(pictures),
                    dispose: gif::DisposalMethod::Background,
                    transparent,
                    width: side(picture.width)?,
                    height: side(picture.height)?,
                    palette: Some(palette),
                    buffer: Cow::Owned(indices),
                    ..gif::Frame::default()
                })?;
            }
            Self::Apng { writer, per_second } => {
                // A fraction: 1 / 24 needs no rounding.
                let whole = u16::MAX.into();
                let delay = |pictures: f64| (1000.0 * pictures).round().clamp(1.0, whole) as u16;
                writer.set_frame_delay(delay(pictures), (1000.0 * *per_second).round().clamp(1.0, whole) as u16)?;
                writer.write_image_data(&picture.rgba)?;
            }
        }
        Ok(())
    }

    /// Ends it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(self) -> Result<(), PageError> {
        match self {
            Self::Gif { encoder, .. } => {
                let mut target = encoder.into_inner()?;
                target.flush().map_err(PageError::Unwritten)
            }
            Self::Apng { writer, .. } => Ok(writer.finish()?),
        }
    }
}

fn size(width: u32, height: u32) -> PageError {
    PageError::Size { width: width.into(), height: height.into() }
}

/// A palette, for every pixel the place of the colour nearest to it, and the one that is nothing. Of too many colours the most
/// frequent are kept, so that flat areas keep their very colour, and of the rest, again and again, the one that is farthest from
/// all that are kept.
fn indexed(rgba: &[u8]) -> (Vec<u8>, Vec<u8>, Option<u8>) {
    let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
    let mut is_transparent = false;
    for pixel in rgba.chunks_exact(4) {
        if pixel[3] < 128 {
            is_transparent = true;
        } else {
            *counts.entry([pixel[0], pixel[1], pixel[2]]).or_default() += 1;
        }
    }
    let mut colors: Vec<_> = counts.into_iter().collect();
    colors.sort_by_key(|&(color, count)| (std::cmp::Reverse(count), color));
    let room = if is_transparent { COLORS - 1 } else { COLORS };
    let frequent = if colors.len() > room { FREQUENT } else { colors.len() };
    let mut palette: Vec<[u8; 3]> = colors[..frequent].iter().map(|(color, _)| *color).collect();
    // For every colour, the nearest one that is kept, and how far away it is.
    let mut nearest: Vec<(u32, usize)> = colors
        .iter()
        .map(|(color, _)| {
            let distances = palette.iter().map(|kept| distance(*color, *kept)).zip(0..);
            distances.min().unwrap_or((u32::MAX, 0))
        })
        .collect();
    while palette.len() < room.min(colors.len()) {
        let farthest = nearest.iter().enumerate().max_by_key(|(at, near)| (near.0, std::cmp::Reverse(*at)));
        let Some((at, _)) = farthest else { break };
        let (kept, place) = (colors[at].0, palette.len());
        palette.push(kept);
        for ((color, _), near) in colors.iter().zip(&mut nearest) {
            *near = (*near).min((distance(*color, kept), place));
        }
    }
    let places: HashMap<_, _> = colors.iter().zip(&nearest).map(|((color, _), near)| (*color, near.1 as u8)).collect();
    let nothing = is_transparent.then_some(palette.len() as u8);
    if is_transparent {
        palette.push([0; 3]);
    }
    let index = |pixel: &[u8]| match nothing {
        Some(nothing) if pixel[3] < 128 => nothing,
        _ => places.get(&[pixel[0], pixel[1], pixel[2]]).copied().unwrap_or(0),
    };
    let indices = rgba.chunks_exact(4).map(index).collect();
    (palette.into_flattened(), indices, nothing)
}

/// The square of how far two colours are apart.
fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}
