use super::{PageError, Raster};

/// The keyword of the scene's chunk.
pub(super) const SCENE_KEYWORD: &str = "initscope scene";
/// Pixels of a metre at 96 to the inch.
const PER_METRE: f64 = 96.0 / 0.0254;

/// A PNG of so many pixels for every px; `scene` is kept in its text.
pub(super) fn write(raster: &Raster, scale: f64, title: &str, scene: Option<&str>) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, raster.width, raster.height);
    let is_opaque = raster.rgba.chunks_exact(4).all(|pixel| pixel[3] == 255);
    encoder.set_color(if is_opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    let density = (PER_METRE * scale).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: density, yppu: density, unit: png::Unit::Meter }));
    encoder.add_itxt_chunk("Title".to_owned(), title.to_owned())?;
    if let Some(scene) = scene {
        encoder.add_itxt_chunk(SCENE_KEYWORD.to_owned(), scene.to_owned())?;
    }
    let mut writer = encoder.write_header()?;
    if is_opaque {
        let rgb: Vec<u8> = raster.rgba.chunks_exact(4).flat_map(|pixel| pixel[..3].iter().copied()).collect();
        writer.write_image_data(&rgb)?;
    } else {
        writer.write_image_data(&raster.rgba)?;
    }
    writer.finish()?;
    Ok(bytes)
}

/// A PNG of pixels alone.
pub(super) fn plain(width: usize, height: usize, rgba: &[u8]) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgba)?;
    writer.finish()?;
    Ok(bytes)
}
