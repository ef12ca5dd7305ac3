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
    fn pixel(&self, x: i64, y: i64) -> [f32; 4] {
        let wrap = |at: i64, size: usize| match self.options.wrap_mode {
            TextureWrapMode::Repeat => at.rem_euclid(size as i64),
            TextureWrapMode::ClampToEdge | TextureWrapMode::MirroredRepeat => at.clamp(0, size as i64 - 1),
        };
        let [width, height] = self.size;
        self.pixels[wrap(y, height) as usize * width + wrap(x, width) as usize].to_array().map(f32::from)
    }

    fn sample(&self, uv: Pos2) -> [f32; 4] {
        let (x, y) = (uv.x * self.size[0] as f32, uv.y * self.size[1] as f32);
        if self.options.magnification == TextureFilter::Nearest {
            return self.pixel(x.floor() as i64, y.floor() as i64);
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_share, lower_share) = (x - left, y - top);
        let [above, below] = [0, 1].map(|down| {
            let row = top as i64 + down;
            mix(self.pixel(left as i64, row), self.pixel(left as i64 + 1, row), right_share)
        });
        mix(above, below, lower_share)
    }
}

fn mix(one: [f32; 4], other: [f32; 4], share: f32) -> [f32; 4] {
    std::array::from_fn(|channel| one[channel] + (other[channel] - one[channel]) * share)
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
        let twice_the_area = |[a, b, c]: [Pos2; 3]| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        let mut area = twice_the_area(corners.map(|corner| corner.pos));
        if area < 0.0 {
            corners.swap(1, 2);
            area = -area;
        }
        if area.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
            return;
        }
        let [a, b, c] = corners.map(|corner| corner.pos);
        let bounds = Rect::from_points(&[a, b, c]).intersect(clip);
        let columns = pixels_within(bounds.left(), bounds.right(), self.width);
        for y in pixels_within(bounds.top(), bounds.bottom(), self.height) {
            for x in columns.clone() {
                let at = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
                if !clip.contains(at) {
                    continue;
                }
                let sides = [[b, c], [c, a], [a, b]];
                let weights = sides.map(|[from, to]| twice_the_area([from, to, at]));
                // A pixel on a common side belongs to one of its triangles.
                let inside = |(weight, [from, to]): (&f32, [Pos2; 2])| {
                    *weight > 0.0 || *weight == 0.0 && (to.y < from.y || to.y == from.y && to.x > from.x)
                };
                if weights.iter().zip(sides).all(inside) {
                    self.blend(y * self.width + x, shade(&corners, weights.map(|weight| weight / area), texture));
                }
            }
        }
    }

    fn blend(&mut self, at: usize, over: [f32; 4]) {
        let under = &mut self.pixels[at];
        *under =
            std::array::from_fn(|channel| (over[channel] + under[channel] * (1.0 - over[3] / 255.0)).clamp(0.0, 255.0));
    }
}

/// The colour of a point of a triangle, given how near it is to each corner.
fn shade(corners: &[Vertex; 3], weights: [f32; 3], texture: &Texture) -> [f32; 4] {
    let sum = |value: &dyn Fn(&Vertex) -> f32| -> f32 {
        corners.iter().zip(weights).map(|(corner, weight)| value(corner) * weight).sum()
    };
    let texel = texture.sample(Pos2::new(sum(&|corner| corner.uv.x), sum(&|corner| corner.uv.y)));
    std::array::from_fn(|channel| texel[channel] * sum(&|corner| f32::from(corner.color.to_array()[channel])) / 255.0)
}

/// Pixels whose middle may lie between two edges.
fn pixels_within(low: f32, high: f32, most: usize) -> std::ops::Range<usize> {
    let first = (low - 0.5).ceil().max(0.0) as usize;
    let end = ((high + 0.5).floor().max(0.0) as usize).min(most);
    first..end.max(first)
}
