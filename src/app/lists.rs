//! Lists that a button opens: they begin at what is chosen, and leave keys at the button.

use egui::style::ScrollAnimation;
use egui::{Align, Popup, Response, Ui};

use super::reach;

/// An entry of an open list. One that is chosen is in sight when the list is opened and, where keys opened it, has the focus.
pub fn entry_ui(ui: &mut Ui, is_chosen: bool, label: &str) -> Response {
    let entry = ui.selectable_label(is_chosen, label);
    reach::note_entry(&entry, Some(label));
    if is_chosen && begins(ui) {
        entry.scroll_to_me_animation(Some(Align::Center), ScrollAnimation::none());
        if reach::is_by_keys(ui) {
            entry.request_focus();
        }
        ui.request_repaint();
    }
    entry
}

/// After a list was shown: if it is closed while keys were in it, its button has the focus again.
pub fn keep_place(button: &Response) {
    let (ctx, list) = (&button.ctx, button.id.with("popup"));
    let is_open = Popup::is_id_open(ctx, list);
    let is_in_list = |focused| ctx.read_response(focused).is_some_and(|entry| entry.layer_id.id == list);
    let focused = ctx.memory(egui::Memory::focused);
    let is_here = is_open && focused.is_some_and(|focused| focused == button.id || is_in_list(focused));
    let key = list.with("has keys");
    let was_here = ctx.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<bool>(key), is_here));
    if was_here && !is_open {
        button.request_focus();
    }
}

/// Whether the list around has been there for no more than a frame, and this is the first of its entries to ask.
fn begins(ui: &Ui) -> bool {
    let now = ui.cumulative_pass_nr();
    let opened = ui.data_mut(|data| {
        let opened = data.get_temp_mut_or_insert_with(ui.layer_id().id.with("opened"), || Opened::at(now));
        if now - opened.seen > 1 {
            *opened = Opened::at(now);
        }
        let asks_again = opened.asked == Some(now);
        (opened.seen, opened.asked) = (now, Some(now));
        (!asks_again).then_some(opened.first)
    });
    opened.is_some_and(|first| now - first <= 1)
}

/// Since when a list is open.
#[derive(Clone, Copy)]
struct Opened {
    first: u64,
    seen: u64,
    /// The frame in which an entry asked last.
    asked: Option<u64>,
}

impl Opened {
    fn at(now: u64) -> Self {
        Self { first: now, seen: now, asked: None }
    }
}
