//! What the step that is shown lights: a ring around controls and tabs, while the others are without colour.

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
}

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

/// A ring around a control, if it is lit.
pub fn ring_ui(ui: &Ui, label: &str, control: Rect) {
    if now(ui).labels.contains(&label) {
        ring(ui, control.expand2(egui::vec2(5.0, 3.0)));
    }
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
}

impl App {
    /// Makes known what is lit now.
    pub(super) fn light_lesson(&self, ctx: &Context) {
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
    use super::label_of;
    use crate::lesson::LIT_KEYS;

    #[test]
    fn whatever_can_be_lit_has_a_control() {
        let without: Vec<_> = LIT_KEYS.into_iter().filter(|key| label_of(key).is_none()).collect();
        assert!(without.is_empty(), "{without:?}");
    }
}
