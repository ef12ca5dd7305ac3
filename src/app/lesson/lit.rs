//! What the step that is shown lights: a ring around controls and tabs, while all others, of whatever kind, step back behind a veil of
//! the panel's colour.

use egui::style::ScrollAnimation;
use egui::{Context, Id, Rect, Stroke, StrokeKind, Ui};

use crate::app::App;
use crate::app::commands::{Action, SETTINGS};
use crate::app::theme::colors;
use crate::figure::ViewName;
use crate::lesson::Lit;

/// What is lit in this frame: labels of controls, and views.
#[derive(Clone, Default, PartialEq)]
struct LitNow {
    labels: Vec<&'static str>,
    views: Vec<ViewName>,
    /// Where that was drawn.
    rings: Vec<Rect>,
}

/// How much of the panel's colour lies over what steps back: its words keep a contrast of 3:1.
const VEIL: f32 = 0.3;
/// So many frames bring what is lit into sight.
const FRAMES: u64 = 3;

fn key() -> Id {
    Id::unique("lit by the lesson")
}

fn now(ctx: &Context) -> LitNow {
    ctx.data(|data| data.get_temp(key())).unwrap_or_default()
}

/// The label of the control that a key of a setting has.
pub fn label_of(key: &str) -> Option<&'static str> {
    SETTINGS.iter().find(|setting| setting.keys.contains(&key)).map(|setting| setting.label)
}

/// Whether it is a control of training, which is closed by itself.
pub fn is_of_training(lit: Lit) -> bool {
    match lit {
        Lit::Setting(key) => SETTINGS.iter().any(|setting| setting.is_of_training && setting.keys.contains(&key)),
        Lit::View(_) => false,
    }
}

/// Whether other controls are lit than this one, so that it is to be without colour.
pub fn steps_back(ctx: &Context, label: &str) -> bool {
    let now = now(ctx);
    !now.labels.is_empty() && !now.labels.contains(&label)
}

/// A ring around a control, if it is lit; a step that begins brings the first of them into sight.
pub fn ring_ui(ui: &Ui, label: &str, control: Rect) {
    if now(ui).labels.contains(&label) {
        ring(ui, control.expand2(egui::vec2(5.0, 3.0)));
        let last: Option<u64> = ui.data(|data| data.get_temp(to_see()));
        let is_first = now(ui).labels.first() == Some(&label);
        if is_first && last.is_some_and(|last| ui.cumulative_frame_nr() <= last) {
            ui.scroll_to_rect_animation(control.expand(12.0), None, ScrollAnimation::none());
        }
    }
}

/// Brings what the next frames light into sight: it may be there only after some.
pub fn show_lit(ctx: &Context) {
    let last = ctx.cumulative_frame_nr() + FRAMES;
    ctx.data_mut(|data| data.insert_temp(to_see(), last));
    ctx.request_repaint();
}

fn to_see() -> Id {
    Id::unique("lit, to be seen")
}

/// A ring around a tab, if its view is lit.
pub fn ring_of_action_ui(ui: &Ui, action: Action, button: Rect) {
    if let Action::View(view) = action
        && now(ui).views.contains(&view)
    {
        ring(ui, button.expand(1.0));
    }
}

fn ring(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(2.0, colors(ui.visuals()).accent);
    ui.painter().rect_stroke(rect, 6.0, stroke, StrokeKind::Inside);
    ui.data_mut(|data| data.get_temp_mut_or_default::<LitNow>(key()).rings.push(rect));
}

/// Lets step back whatever was drawn in this place and is not lit, while something is.
pub fn veil_ui(ui: &Ui, place: Rect) {
    let now = now(ui);
    if now.labels.is_empty() && now.views.is_empty() {
        return;
    }
    let veil = colors(ui.visuals()).panel.gamma_multiply(VEIL);
    for part in around(place, &now.rings) {
        ui.painter().rect_filled(part, 0.0, veil);
    }
}

/// A place without these rectangles.
fn around(place: Rect, holes: &[Rect]) -> Vec<Rect> {
    holes.iter().fold(vec![place], |parts, hole| {
        let without = |part: Rect| {
            let hole = part.intersect(*hole);
            if !hole.is_positive() {
                return vec![part];
            }
            let middle = part.with_min_y(hole.top()).with_max_y(hole.bottom());
            let beside = [
                part.with_max_y(hole.top()),
                part.with_min_y(hole.bottom()),
                middle.with_max_x(hole.left()),
                middle.with_min_x(hole.right()),
            ];
            beside.into_iter().filter(Rect::is_positive).collect()
        };
        parts.into_iter().flat_map(without).collect()
    })
}

impl App {
    /// Makes known what is lit now.
    pub(in crate::app) fn light_lesson(&self, ctx: &Context) {
        let mut lit = LitNow::default();
        for one in self.lesson.shown().into_iter().flat_map(|open| &open.step().lit) {
            match one {
                Lit::Setting(key) => lit.labels.extend(label_of(key)),
                Lit::View(view) => lit.views.push(*view),
            }
        }
        ctx.data_mut(|data| data.insert_temp(key(), lit));
    }
}

#[cfg(test)]
mod tests {
    use egui::{Rect, pos2};

    use super::{around, label_of};
    use crate::lesson::LIT_KEYS;

    #[test]
    fn a_veil_lies_over_everything_once_but_what_is_lit() {
        let place = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 80.0));
        let lit = [
            Rect::from_min_max(pos2(10.0, 10.0), pos2(90.0, 20.0)),
            Rect::from_min_max(pos2(-5.0, 40.0), pos2(120.0, 50.0)),
        ];
        let parts = around(place, &lit);
        for x in 0..100 {
            for y in 0..80 {
                let at = pos2(x as f32 + 0.5, y as f32 + 0.5);
                let covers = parts.iter().filter(|part| part.contains(at)).count();
                assert_eq!(covers, usize::from(!lit.iter().any(|lit| lit.contains(at))), "{at}");
            }
        }
    }

    #[test]
    fn whatever_can_be_lit_has_a_control() {
        let without: Vec<_> = LIT_KEYS.into_iter().filter(|key| label_of(key).is_none()).collect();
        assert!(without.is_empty(), "{without:?}");
    }
}
