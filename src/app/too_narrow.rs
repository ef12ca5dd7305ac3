//! Layers that a shared linear axis makes flat: a quiet line beside the headline, with what shows them a click away.

use egui::{Align, Button, Color32, Layout, Rect, RichText, Role, Ui, UiBuilder, WidgetInfo, vec2};

use super::App;
use super::commands::Action;
use super::headline::MIDDLE;
use super::steady::steady_ui;
use super::theme::{self, colors};
use crate::figure::training::letter;
use crate::figure::{Axes, Flattened, Scale};
use crate::insight::layers_in_words;

const FONT: f32 = 12.0;
/// From the headline, and between what stands in the line.
const APART: f32 = 18.0;
const GAP: f32 = 4.0;
const PADDING: f32 = 6.0;

/// Layers of one network, in words that begin a sentence.
pub(super) fn layers_said(flattened: &Flattened) -> String {
    let layers: Vec<_> = flattened.layers.iter().map(|(_, layer)| layer + 1).collect();
    let name = layers_in_words(&layers);
    let is = if layers.len() == 1 { "is" } else { "are" };
    let (first, rest) = name.split_at(1);
    format!("{}{rest} {is}", first.to_uppercase())
}

/// Layers of several, which have these places.
pub(super) fn panels_said(flattened: &Flattened, places: &[usize]) -> String {
    let mut letters: Vec<_> = flattened.layers.iter().filter_map(|(figure, _)| places.get(*figure).copied()).collect();
    letters.dedup();
    let letters: Vec<_> = letters.into_iter().map(|place| letter(place).to_string()).collect();
    format!("Layers of {} are", letters.join(", "))
}

impl App {
    /// Says which layers the axis makes flat, as far as there is room, and offers what shows them.
    pub(super) fn too_narrow_ui(&mut self, ui: &mut Ui, flattened: &Flattened, said: &str, room: Rect) {
        // What was locked is held for a reason.
        if self.shown.locked {
            return;
        }
        let log = ("Log", "A logarithmic axis shows small values beside large ones.", Action::Scale(Scale::Log));
        let own = ("Own axes", "An axis for each layer shows its shape.", Action::Axes(Axes::Own));
        let offers: Vec<_> =
            [flattened.log.then_some(log), flattened.own.then_some(own)].into_iter().flatten().collect();
        let width = |text: &str| {
            let font = theme::regular(FONT);
            ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
        };
        let buttons: f32 = offers.iter().map(|(name, ..)| width(name) + 2.0 * PADDING + GAP).sum();
        let forms = [format!("{said} too narrow to see on this axis:"), "Too narrow to see:".to_owned()];
        let left = room.width() - APART - buttons;
        let Some((form, long)) = forms.iter().map(|form| (form, width(form))).find(|(_, long)| *long <= left) else {
            return;
        };
        let place =
            Rect::from_min_size(room.right_top() + vec2(-long - buttons, MIDDLE - 11.0), vec2(long + buttons, 22.0));
        let mut clicked = None;
        let line = |ui: &mut Ui| {
            let at = UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center));
            ui.scope_builder(at, |ui| {
                ui.spacing_mut().item_spacing.x = GAP;
                ui.spacing_mut().button_padding = vec2(PADDING, 1.0);
                let quiet = colors(ui.visuals()).quiet;
                ui.label(RichText::new(form).font(theme::regular(FONT)).color(quiet));
                for (name, about, action) in offers {
                    let button = ui.add(Button::new(RichText::new(name).font(theme::regular(FONT))).small());
                    let label = format!("{name}, to see what is too narrow");
                    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
                    let key = action.key(ui).map_or_else(String::new, |key| format!(" Key: {key}"));
                    if button.on_hover_text(format!("{about}{key}")).clicked() {
                        clicked = Some(action);
                    }
                }
            });
        };
        steady_ui(ui, "too narrow", line);
        if let Some(action) = clicked {
            self.act(ui, action);
        }
    }
}
