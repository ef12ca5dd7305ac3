//! Words are read in both themes, whatever they stand on: 4.5:1 (WCAG 2.2, 1.4.3), and 3:1 where a control cannot be used now or
//! steps back behind those that a lesson lights. Every word that is painted is compared with what was painted under it.

use std::collections::BTreeSet;

use egui::epaint::{ClippedShape, Mesh, TextShape};
use egui::{Color32, Key, Modifiers, Pos2, Rgba, Shape, TextureId};
use egui_kittest::Harness;
use initscope::app::App;
use initscope::lesson::{BuiltIn, LessonSource};

use crate::harness::{choose_preset, opened, press, settle};

/// Size of the window in points.
const WINDOW: [f32; 2] = [1280.0, 800.0];

/// Relative luminance, as the guidelines define it.
fn luminance(color: Color32) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

fn contrast(one: Color32, other: Color32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A colour that was painted over another.
fn over(top: Color32, ground: Color32) -> Color32 {
    let left = 1.0 - f32::from(top.a()) / 255.0;
    let part = |top: u8, ground: u8| (f32::from(top) + left * f32::from(ground)).round().min(255.0) as u8;
    Color32::from_rgb(part(top.r(), ground.r()), part(top.g(), ground.g()), part(top.b(), ground.b()))
}

/// What a mesh without a picture paints at a point.
fn painted(mesh: &Mesh, at: Pos2) -> Option<Color32> {
    let inside = |corners: &&[u32]| {
        let [a, b, c] = [0, 1, 2].map(|corner| mesh.vertices[corners[corner] as usize].pos);
        let side = |from: Pos2, to: Pos2| (to - from).rot90().dot(at - from);
        let sides = [side(a, b), side(b, c), side(c, a)];
        sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0)
    };
    let corners = mesh.indices.chunks_exact(3).rfind(inside)?;
    let mixed = corners
        .iter()
        .fold(Rgba::TRANSPARENT, |sum, corner| sum + Rgba::from(mesh.vertices[*corner as usize].color) * (1.0 / 3.0));
    Some(mixed.into())
}

/// What a shape paints at a point; `Err` if that is a picture.
fn of_shape(shape: &Shape, at: Pos2) -> Result<Option<Color32>, ()> {
    match shape {
        Shape::Vec(shapes) => shapes.iter().rev().find_map(|shape| of_shape(shape, at).transpose()).transpose(),
        Shape::Rect(rect) if rect.rect.contains(at) && rect.blur_width == 0.0 => match &rect.brush {
            Some(brush) if brush.fill_texture_id != TextureId::default() => Err(()),
            _ => Ok(Some(rect.fill)),
        },
        Shape::Circle(circle) if circle.center.distance(at) < circle.radius => Ok(Some(circle.fill)),
        Shape::Mesh(mesh) if mesh.calc_bounds().contains(at) => {
            if mesh.texture_id == TextureId::default() {
                Ok(painted(mesh, at))
            } else {
                Err(())
            }
        }
        _ => Ok(None),
    }
}

/// What a point stands on, if that is no picture.
fn ground(below: &[ClippedShape], at: Pos2) -> Option<Color32> {
    let mut layers = Vec::new();
    for clipped in below.iter().rev().filter(|clipped| clipped.clip_rect.contains(at)) {
        if let Some(color) = of_shape(&clipped.shape, at).ok()?.filter(|color| color.a() > 0) {
            layers.push(color);
            if color.a() == 255 {
                break;
            }
        }
    }
    layers.into_iter().rev().reduce(|ground, top| over(top, ground))
}

/// Whether it is what lies behind a dialog, over all of the window: what is behind that is not read.
fn is_behind_all(shape: &Shape) -> bool {
    matches!(shape, Shape::Rect(rect) if rect.rect.width() >= WINDOW[0] && rect.rect.height() >= WINDOW[1])
}

/// What lies over a point; `None` if it is hidden.
fn cover(above: &[ClippedShape], at: Pos2) -> Option<Vec<Color32>> {
    let mut veils = Vec::new();
    for clipped in above.iter().filter(|clipped| clipped.clip_rect.contains(at)) {
        match of_shape(&clipped.shape, at).ok()? {
            Some(color) if color.a() == 255 || is_behind_all(&clipped.shape) => return None,
            Some(color) if color.a() > 0 => veils.push(color),
            Some(_) | None => {}
        }
    }
    Some(veils)
}

/// The texts of a shape.
fn texts<'a>(shape: &'a Shape, found: &mut Vec<&'a TextShape>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, found)),
        Shape::Text(text) => found.push(text),
        _ => {}
    }
}

/// Says which words cannot be read.
fn faint(harness: &Harness<'static, App>, place: &str) -> BTreeSet<String> {
    let shapes = &harness.output().shapes;
    let mut faint = BTreeSet::new();
    let mut compared = 0;
    for (index, clipped) in shapes.iter().enumerate() {
        let mut found = Vec::new();
        texts(&clipped.shape, &mut found);
        for text in found {
            for row in &text.galley.rows {
                let offset = text.pos + row.pos.to_vec2();
                let middle = row.row.visuals.mesh_bounds.center() + offset.to_vec2();
                let said = row.row.text();
                let is_mark = said.chars().all(|letter| !letter.is_alphanumeric());
                if is_mark || text.angle != 0.0 || !clipped.clip_rect.contains(middle) {
                    continue;
                }
                let Some(ground) = ground(&shapes[..index], middle) else { continue };
                let Some(veils) = cover(&shapes[index + 1..], middle) else { continue };
                let veiled = |color: Color32| veils.iter().fold(color, |color, veil| over(*veil, color));
                for vertex in &row.row.visuals.mesh.vertices[row.row.visuals.glyph_vertex_range.clone()] {
                    let own = if vertex.color == Color32::PLACEHOLDER { text.fallback_color } else { vertex.color };
                    let color = text.override_text_color.unwrap_or(own).gamma_multiply(text.opacity_factor);
                    let least = if color.a() == 255 && veils.is_empty() { 4.5 } else { 3.0 };
                    let contrast = contrast(veiled(over(color, ground)), veiled(ground));
                    compared += 1;
                    if contrast < least {
                        faint.insert(format!("{place}: {said:?} {color:?} on {ground:?}: {contrast:.2}"));
                    }
                }
            }
        }
    }
    assert!(compared > 300, "{place}: {compared} letters");
    faint
}

/// Walks through the window, and says what of it cannot be read.
fn faint_in(theme: Key) -> BTreeSet<String> {
    let mut harness = opened(WINDOW[0], WINDOW[1], 60);
    press(&mut harness, theme);
    settle(&mut harness);
    assert_eq!(harness.ctx.global_style().visuals.dark_mode, theme == Key::Num9);
    let mut faint_words = faint(&harness, "layers");
    let key = |harness: &mut Harness<'static, App>, keys: &[Key], modifiers: Modifiers| {
        for key in keys {
            harness.key_press_modifiers(modifiers, *key);
            harness.run_steps(4);
        }
    };
    // Whatever is looked at, with a message of something that went wrong.
    for view in [Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7] {
        key(&mut harness, &[view], Modifiers::NONE);
        faint_words.extend(faint(&harness, view.name()));
    }
    key(&mut harness, &[Key::Num1], Modifiers::NONE);
    choose_preset(&mut harness, "dying_relu_bias");
    key(&mut harness, &[Key::Num1], Modifiers::NONE);
    settle(&mut harness);
    faint_words.extend(faint(&harness, "dead units"));
    for (place, pressed) in [("presets", Key::K), ("palette", Key::P), ("export", Key::E), ("lessons", Key::L)] {
        key(&mut harness, &[pressed], Modifiers::COMMAND);
        harness.run_steps(20);
        faint_words.extend(faint(&harness, place));
        key(&mut harness, &[Key::Escape, Key::Escape], Modifiers::NONE);
    }
    let lesson = BuiltIn::named("article").unwrap().lesson().unwrap().clone();
    let ctx = harness.ctx.clone();
    let steps = lesson.steps.len();
    harness.state_mut().open_lesson(&ctx, lesson, LessonSource::BuiltIn("article".to_owned()));
    for step in 0..steps {
        harness.run_steps(4);
        faint_words.extend(faint(&harness, &format!("step {step}")));
        press(&mut harness, Key::PageDown);
    }
    faint_words
}

#[test]
fn every_word_is_read_in_the_light_theme() {
    let faint = faint_in(Key::Num8);
    assert!(faint.is_empty(), "{faint:#?}");
}

#[test]
fn every_word_is_read_in_the_dark_theme() {
    let faint = faint_in(Key::Num9);
    assert!(faint.is_empty(), "{faint:#?}");
}
