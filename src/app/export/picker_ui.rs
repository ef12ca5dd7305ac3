use egui::ecolor::{hsv_from_rgb, rgb_from_hsv};
use egui::{Button, Id, Popup, PopupCloseBehavior, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::controls::row::whole_ui;
use crate::app::lists::keep_place;
use crate::app::theme;
use crate::figure::palette::Rgb;

/// Size of a patch of a colour.
const PATCH: egui::Vec2 = vec2(22.0, 18.0);
/// Width of what it opens, and height of the strips of colours in that.
const WIDTH: f32 = 190.0;
const STRIP: f32 = 8.0;
/// Colours of a strip.
const STEPS: usize = 36;

/// A part of a colour: its name, what it is, and how far it goes.
type Part = (&'static str, &'static str, usize);

const PARTS: [Part; 3] = [
    ("Hue", "The place on the circle of colours, in degrees: 0 is red, 120 green, 240 blue.", 360),
    ("Saturation", "How far the colour is from grey, in percent.", 100),
    ("Brightness", "How far it is from black, in percent.", 100),
];

/// A patch of a colour that opens what changes it; returns whether it was changed.
pub fn picker_ui(ui: &mut Ui, name: &str, rgb: &mut Rgb) -> bool {
    let before = *rgb;
    let button = ui.push_id(name, |ui| ui.add(Button::new("").fill(theme::color(*rgb)).min_size(PATCH))).inner;
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Pick: {name}")));
    let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).width(WIDTH);
    popup.show(|ui| {
        ui.set_width(WIDTH);
        parts_ui(ui, button.id.with("picked"), rgb);
    });
    keep_place(&button);
    button.on_hover_text("Pick a colour.");
    *rgb != before
}

/// A strip and a slider for each part of a colour.
fn parts_ui(ui: &mut Ui, picked: Id, rgb: &mut Rgb) {
    // What grey and black do not say of themselves is what was set last.
    let kept = ui.data(|data| data.get_temp::<[usize; 3]>(picked)).filter(|kept| rgb_of(*kept) == *rgb);
    let before = kept.unwrap_or_else(|| parts_of(*rgb));
    let mut parts = before;
    for (at, (name, about, most)) in PARTS.into_iter().enumerate() {
        let of = parts;
        strip_ui(ui, |share| {
            let mut there = of;
            there[at] = (share * most as f32).round() as usize;
            rgb_of(there)
        });
        whole_ui(ui, name, about, &(0..=most), false, &mut parts[at]);
        if at + 1 < PARTS.len() {
            ui.add_space(4.0);
        }
    }
    if parts != before {
        *rgb = rgb_of(parts);
    }
    ui.data_mut(|data| data.insert_temp(picked, parts));
}

fn parts_of(rgb: Rgb) -> [usize; 3] {
    let (hue, saturation, brightness) = hsv_from_rgb(rgb.map(|part| f32::from(part) / 255.0));
    let parts = [hue, saturation, brightness].into_iter().zip(PARTS);
    let mut whole = [0; 3];
    for (whole, (part, (.., most))) in whole.iter_mut().zip(parts) {
        *whole = (part * most as f32).round() as usize;
    }
    whole
}

fn rgb_of([hue, saturation, brightness]: [usize; 3]) -> Rgb {
    let parts = (hue as f32 / 360.0, saturation as f32 / 100.0, brightness as f32 / 100.0);
    rgb_from_hsv(parts).map(|part| (part * 255.0).round() as u8)
}

/// The colours that a slider leads to.
fn strip_ui(ui: &mut Ui, color: impl Fn(f32) -> Rgb) {
    let rect = ui.allocate_exact_size(vec2(ui.available_width(), STRIP), Sense::empty()).0;
    let width = rect.width() / STEPS as f32;
    for step in 0..STEPS {
        let left = rect.left() + width * step as f32;
        let place = egui::Rect::from_min_max(pos2(left, rect.top()), pos2(left + width + 0.5, rect.bottom()));
        ui.painter().rect_filled(place, 0.0, theme::color(color((step as f32 + 0.5) / STEPS as f32)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lead_back_to_a_colour_and_mean_what_they_say() {
        assert_eq!(rgb_of([0, 100, 100]), [255, 0, 0]);
        assert_eq!(rgb_of([120, 100, 100]), [0, 255, 0]);
        assert_eq!(rgb_of([240, 100, 100]), [0, 0, 255]);
        assert_eq!(rgb_of([77, 0, 100]), [255, 255, 255]);
        assert_eq!(parts_of([255, 255, 255])[1..], [0, 100]);
        for rgb in [[0, 114, 178], [213, 94, 0], [120, 120, 120]] {
            let back = rgb_of(parts_of(rgb));
            assert!(rgb.iter().zip(back).all(|(one, other)| one.abs_diff(other) <= 3), "{rgb:?} {back:?}");
        }
    }
}
