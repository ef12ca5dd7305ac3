//! Where what went wrong is said: in the line that the status bar has anyway, as far as there is room, so that nothing over it moves.

use egui::{Align, Color32, Label, Layout, RichText, TextStyle, Ui};

use super::App;
use super::commands::Action;
use super::sentence::sentence;
use super::steady::steady_ui;
use super::theme::colors;

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NoticeLine {
    /// There is nothing to say.
    None,
    /// In the status bar's line.
    BesideImages,
    /// There, where only one of both has room.
    InPlaceOfImages,
    /// Over it, in as many lines as it takes.
    Own,
}

/// Between what stands in the status bar.
pub const GAP: f32 = 20.0;
/// Room for the button that dismisses it, or that stops what is under way.
const BUTTON: f32 = 70.0;

impl App {
    /// Where it has room, in a line with what else is said there; of images there is that, and perhaps a button.
    pub(super) fn notice_line(
        &self,
        ui: &Ui,
        said: &[Option<String>],
        (images, has_button): (&str, bool),
    ) -> NoticeLine {
        let Some(notice) = &self.notice else { return NoticeLine::None };
        let font = TextStyle::Body.resolve(ui.style());
        let width = |text: &str| {
            ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x + GAP
        };
        let said: f32 = said.iter().flatten().map(|said| width(said)).sum();
        let needed = said + width(&sentence(notice)) + BUTTON;
        let with_images = needed + width(images) + if has_button { BUTTON + GAP } else { 0.0 };
        if with_images <= ui.available_width() {
            NoticeLine::BesideImages
        } else if !has_button && needed <= ui.available_width() {
            NoticeLine::InPlaceOfImages
        } else {
            NoticeLine::Own
        }
    }

    /// What went wrong, until it is dismissed or something else is set, in a line with other things.
    pub(super) fn notice_ui(&mut self, ui: &mut Ui) {
        let Some(text) = self.notice_text(ui) else { return };
        let dismiss = steady_ui(ui, "notice", |ui| {
            let dismiss = |ui: &mut Ui| {
                ui.label(text);
                dismiss_ui(ui)
            };
            ui.horizontal(dismiss).inner
        });
        self.dismiss_if(ui, dismiss);
    }

    /// The same in lines of its own.
    pub(super) fn wrapped_notice_ui(&mut self, ui: &mut Ui) {
        let Some(text) = self.notice_text(ui) else { return };
        let dismiss = steady_ui(ui, "notice", |ui| {
            let line = |ui: &mut Ui| {
                let dismiss = dismiss_ui(ui);
                ui.with_layout(Layout::left_to_right(Align::TOP), |ui| ui.add(Label::new(text).wrap()));
                dismiss
            };
            ui.with_layout(Layout::right_to_left(Align::TOP), line).inner
        });
        self.dismiss_if(ui, dismiss);
    }

    fn notice_text(&self, ui: &Ui) -> Option<RichText> {
        let notice = self.notice.as_ref()?;
        Some(RichText::new(sentence(notice)).color(self.notice_color(colors(ui.visuals()))))
    }

    fn dismiss_if(&mut self, ui: &Ui, is_clicked: bool) {
        if is_clicked {
            self.act(ui, Action::Dismiss);
        }
    }
}

fn dismiss_ui(ui: &mut Ui) -> bool {
    let key = Action::Dismiss.key(ui).unwrap_or_default();
    ui.small_button("Dismiss").on_hover_text(format!("Dismiss this message. Key: {key}")).clicked()
}
