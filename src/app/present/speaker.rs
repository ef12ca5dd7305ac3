//! The speaker's window, for the screen that the room does not see: the time, what is shown, what there is to see in it, and what
//! comes next.

use std::time::Duration;

use egui::{CentralPanel, Frame, Label, RichText, ScrollArea, Ui, ViewportBuilder, ViewportClass, ViewportId};

use crate::app::App;
use crate::app::commands::keys::{Binding, Keys};
use crate::app::commands::{Action, Presentation};
use crate::app::theme::{self, colors};
use crate::figure::Headline;
use crate::figure::training::letter;

/// Its first size, in points at zoom 1.
const SIZE: [f32; 2] = [760.0, 520.0];
/// The clock goes on so often.
const SECOND: Duration = Duration::from_secs(1);

/// What the window says.
struct Notes {
    now: String,
    since: String,
    /// Names, and what is to be said under them.
    parts: Vec<(&'static str, String)>,
    keys: String,
    /// How large its text is: the room's zoom is not the speaker's.
    scale: f32,
}

impl App {
    /// Shows it, where it is wanted.
    pub(in crate::app) fn speaker_ui(&mut self, ctx: &egui::Context) {
        let Some(notes) = self.notes(ctx) else { return };
        let zoom = ctx.zoom_factor();
        // Whatever window has the keys, they mean the same.
        let keys = Keys::installed(ctx).in_order(self.shown.view, true).into_iter();
        let keys: Vec<_> = keys.filter(|binding| self.is_key_meant(ctx, binding)).collect();
        let builder = ViewportBuilder::default()
            .with_title("initscope: notes for the speaker")
            .with_inner_size(SIZE.map(|side| side / zoom));
        let (closed, asked) = ctx.show_viewport_immediate(ViewportId::from_hash_of("speaker"), builder, |ui, class| {
            if class == ViewportClass::EmbeddedWindow {
                notes.ui(ui);
            } else {
                let frame = Frame::new().fill(colors(ui.visuals()).paper).inner_margin(12);
                CentralPanel::default().frame(frame).show(ui, |ui| notes.ui(ui));
            }
            let pressed =
                |key: &Binding| ui.input_mut(|input| input.consume_shortcut(&key.shortcut)).then_some(key.action);
            let asked: Vec<_> = keys.iter().filter_map(pressed).collect();
            (ui.input(|input| input.viewport().close_requested()), asked)
        });
        if closed {
            self.act(ctx, Action::Present(Presentation::Notes));
        }
        for action in asked {
            self.act(ctx, action);
        }
        ctx.request_repaint_after(SECOND);
    }

    fn notes(&mut self, ctx: &egui::Context) -> Option<Notes> {
        let given = self.presenting.0.as_ref().filter(|given| given.notes)?;
        let seconds = given.since.elapsed().as_secs();
        let scale = given.before.zoom / ctx.zoom_factor();
        let all = self.compared();
        let now: Vec<_> = match &all[..] {
            [only] => vec![Headline::of(only).to_string()],
            _ => all.iter().enumerate().map(|(at, one)| format!("{}  {}", letter(at), Headline::of(one))).collect(),
        };
        let mut parts = vec![("Now", now.join("\n"))];
        if let Some(said) = self.said_in_words() {
            // Of several, it is said of the present one.
            let whose = if all.len() > 1 { format!("{}  ", letter(self.comparison.place())) } else { String::new() };
            parts.push(("What you see", whose + &said));
        }
        if self.has_lesson() {
            parts = self.notes_of_lesson().into_iter().chain(parts).collect();
        } else if let Some(next) = self.case_at(1) {
            parts.push(("Next", Headline::of(&next.into()).to_string()));
        }
        let keys = [
            (Presentation::Before, "back"),
            (Presentation::Next, "next"),
            (Presentation::Black, "black"),
            (Presentation::Spotlight, "spotlight"),
            (Presentation::Highlight, "highlight a layer"),
            (Presentation::Leave, "end"),
        ];
        let key = |action| Action::Present(action).key(ctx).unwrap_or_default();
        Some(Notes {
            now: chrono::Local::now().format("%H:%M").to_string(),
            since: format!("{}:{:02}", seconds / 60, seconds % 60),
            parts,
            keys: keys.map(|(action, name)| format!("{} {name}", key(action))).join(" · "),
            scale,
        })
    }
}

impl Notes {
    fn ui(&self, ui: &mut Ui) {
        let colors = *colors(ui.visuals());
        let size = |points: f32| theme::regular(points * self.scale);
        let quiet = |text: &str| RichText::new(text).font(size(13.0)).color(colors.quiet);
        ui.spacing_mut().item_spacing *= self.scale;
        ui.horizontal(|ui| {
            ui.label(RichText::new(&self.now).font(theme::semibold(24.0 * self.scale)));
            ui.label(quiet(&format!("{} since the beginning", self.since)));
        });
        ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
            for (name, text) in &self.parts {
                ui.add_space(6.0 * self.scale);
                ui.label(quiet(name));
                ui.add(Label::new(RichText::new(text).font(size(16.0))).wrap());
            }
            ui.add_space(10.0 * self.scale);
            ui.add(Label::new(quiet(&self.keys)).wrap());
        });
    }
}
