//! Triangles become pixels on the CPU, the same on every machine, as a GPU would draw what egui tessellates.

use std::collections::HashMap;

use egui::epaint::{ClippedPrimitive, ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, FullOutput, Pos2, Rect, TextureFilter, TextureId, TextureOptions, TextureWrapMode, TexturesDelta};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

/// Draws a window for a test.
#[derive(Default)]
pub struct Rasteriser {
    textures: HashMap<TextureId, Texture>,
}

struct Texture {
    size: [usize; 2],
    pixels: Vec<Color32>,
    options: TextureOptions,
}

impl TestRenderer for Rasteriser {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            for change in images {
                let ImageData::Color(image) = change.image;
                match (change.pos, self.textures.get_mut(&id)) {
                    (Some([left, top]), Some(texture)) => {
                        for (row, pixels) in image.pixels.chunks(image.size[0]).enumerate() {
                            let start = (top + row) * texture.size[0] + left;
                            texture.pixels[start..start + pixels.len()].copy_from_slice(pixels);
                        }
                    }
                    _ => {
                        let pixels = image.pixels.clone();
                        self.textures.insert(id, Texture { size: image.size, pixels, options: change.options });
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &egui::Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let mut canvas = Canvas::new(size.x.round() as usize, size.y.round() as usize);
        for ClippedPrimitive { clip_rect, primitive } in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = primitive else { return Err("there are no callbacks".to_owned()) };
            let texture = self.textures.get(&mesh.texture_id).ok_or("a texture is missing")?;
            canvas.draw(&mesh, texture, clip_rect * scale, scale);
        }
        Ok(canvas.image())
    }
}

impl Texture {
    #[inline(always)]
    fn pixel(&self, x: i64, y: i64) -> [f32; 4] {
        let wrap = |at: i64, size: usize| match self.options.wrap_mode {
            TextureWrapMode::Repeat => at.rem_euclid(size as i64),
            TextureWrapMode::ClampToEdge | TextureWrapMode::MirroredRepeat => at.clamp(0, size as i64 - 1),
        };
        let [width, height] = self.size;
        let [red, green, blue, alpha] =
            self.pixels[wrap(y, height) as usize * width + wrap(x, width) as usize].to_array();
        [f32::from(red), f32::from(green), f32::from(blue), f32::from(alpha)]
    }

    fn sample(&self, uv: Pos2) -> [f32; 4] {
        let (x, y) = (uv.x * self.size[0] as f32, uv.y * self.size[1] as f32);
        if self.options.magnification == TextureFilter::Nearest {
            return self.pixel(x.floor() as i64, y.floor() as i64);
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_share, lower_share) = (x - left, y - top);
        let (left, top) = (left as i64, top as i64);
        let above = mix(self.pixel(left, top), self.pixel(left + 1, top), right_share);
        let below = mix(self.pixel(left, top + 1), self.pixel(left + 1, top + 1), right_share);
        mix(above, below, lower_share)
    }
}

#[inline(always)]
fn mix(one: [f32; 4], other: [f32; 4], share: f32) -> [f32; 4] {
    let between = |channel: usize| one[channel] + (other[channel] - one[channel]) * share;
    [between(0), between(1), between(2), between(3)]
}

/// Premultiplied colours, 0 to 255, blended as they are written (in gamma space), as egui's painters do.
struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<[f32; 4]>,
}

impl Canvas {
    fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![[0.0; 4]; width * height] }
    }

    fn image(&self) -> RgbaImage {
        let pixel = |x, y| Rgba(self.pixels[y as usize * self.width + x as usize].map(|value| value.round() as u8));
        RgbaImage::from_fn(self.width as u32, self.height as u32, pixel)
    }

    fn draw(&mut self, mesh: &Mesh, texture: &Texture, clip: Rect, scale: f32) {
        for corners in mesh.indices.chunks_exact(3) {
            let corners = [0, 1, 2].map(|corner| mesh.vertices[corners[corner] as usize]);
            self.triangle(
                corners.map(|vertex| Vertex { pos: (vertex.pos.to_vec2() * scale).to_pos2(), ..vertex }),
                texture,
                clip,
            );
        }
    }

    fn triangle(&mut self, mut corners: [Vertex; 3], texture: &Texture, clip: Rect) {
        let mut area = Side::of(corners[0].pos, corners[1].pos).weight(corners[2].pos);
        if area < 0.0 {
            corners.swap(1, 2);
            area = -area;
        }
        if area.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
            return;
        }
        let [a, b, c] = corners.map(|corner| corner.pos);
        let sides = [Side::of(b, c), Side::of(c, a), Side::of(a, b)];
        let paint = Paint::of(&corners, texture);
        let bounds = Rect::from_points(&[a, b, c]).intersect(clip);
        let columns = pixels_within(bounds.left(), bounds.right(), self.width);
        for y in pixels_within(bounds.top(), bounds.bottom(), self.height) {
            for x in columns.clone() {
                let at = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
                let weights = [sides[0].weight(at), sides[1].weight(at), sides[2].weight(at)];
                let is_within = sides[0].has(weights[0]) && sides[1].has(weights[1]) && sides[2].has(weights[2]);
                if is_within && clip.contains(at) {
                    let weights = [weights[0] / area, weights[1] / area, weights[2] / area];
                    blend(&mut self.pixels[y * self.width + x], paint.at(weights));
                }
            }
        }
    }
}

#[inline(always)]
fn blend(under: &mut [f32; 4], over: [f32; 4]) {
    let left = 1.0 - over[3] / 255.0;
    let sum = |channel: usize| (over[channel] + under[channel] * left).clamp(0.0, 255.0);
    *under = [sum(0), sum(1), sum(2), sum(3)];
}

/// A side of a triangle from one corner to the next, clockwise.
struct Side {
    from: Pos2,
    right: f32,
    down: f32,
    /// A pixel on a common side belongs to one of its triangles.
    has_its_line: bool,
}

impl Side {
    fn of(from: Pos2, to: Pos2) -> Self {
        let (right, down) = (to.x - from.x, to.y - from.y);
        Self { from, right, down, has_its_line: down < 0.0 || down == 0.0 && right > 0.0 }
    }

    /// Twice the area between the side and a point, positive within.
    #[inline(always)]
    fn weight(&self, at: Pos2) -> f32 {
        self.right * (at.y - self.from.y) - self.down * (at.x - self.from.x)
    }

    #[inline(always)]
    fn has(&self, weight: f32) -> bool {
        weight > 0.0 || weight == 0.0 && self.has_its_line
    }
}

/// What colour a triangle has where, given how near a point is to each corner. What is the same everywhere is found once.
struct Paint<'a> {
    corners: &'a [Vertex; 3],
    texture: &'a Texture,
    texel: Option<[f32; 4]>,
    colors: [[f32; 4]; 3],
    plain: Option<[f32; 4]>,
}

impl<'a> Paint<'a> {
    fn of(corners: &'a [Vertex; 3], texture: &'a Texture) -> Self {
        let [one, rest @ ..] = corners;
        let texel = rest.iter().all(|corner| corner.uv == one.uv).then(|| texture.sample(one.uv));
        let colors = corners.map(|corner| corner.color.to_array().map(|value| f32::from(value) / 255.0));
        let color = rest.iter().all(|corner| corner.color == one.color).then_some(colors[0]);
        let plain = texel.zip(color).map(|(texel, color)| times(texel, color));
        Self { corners, texture, texel, colors, plain }
    }

    #[inline(always)]
    fn at(&self, weights: [f32; 3]) -> [f32; 4] {
        self.plain.unwrap_or_else(|| self.mixed(weights))
    }

    fn mixed(&self, weights: [f32; 3]) -> [f32; 4] {
        let sum = |one: f32, two: f32, three: f32| one * weights[0] + two * weights[1] + three * weights[2];
        let [a, b, c] = self.corners;
        let texel = self.texel.unwrap_or_else(|| {
            self.texture.sample(Pos2::new(sum(a.uv.x, b.uv.x, c.uv.x), sum(a.uv.y, b.uv.y, c.uv.y)))
        });
        let color = |channel: usize| sum(self.colors[0][channel], self.colors[1][channel], self.colors[2][channel]);
        times(texel, [color(0), color(1), color(2), color(3)])
    }
}

#[inline(always)]
fn times(one: [f32; 4], other: [f32; 4]) -> [f32; 4] {
    [one[0] * other[0], one[1] * other[1], one[2] * other[2], one[3] * other[3]]
}

/// Pixels whose middle may lie between two edges.
fn pixels_within(low: f32, high: f32, most: usize) -> std::ops::Range<usize> {
    let first = (low - 0.5).ceil().max(0.0) as usize;
    let end = ((high + 0.5).floor().max(0.0) as usize).min(most);
    first..end.max(first)
}
