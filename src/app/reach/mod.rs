//! What keys, pointers and screen readers meet everywhere in the window, done once for all of it: a ring around what has the
//! focus, the place that keys go on from, keys in open lists, what hovers and is gone at any key, and the name of the window.

mod dialog_place;
mod digit_row;
mod focus_ring;
mod key_place;
mod list_keys;
pub mod motion;
#[cfg(target_os = "linux")]
mod motion_of_portal;
mod motion_of_system;
mod pointer_rest;

pub use dialog_place::note_dialog;
pub use list_keys::note_entry;
pub use pointer_rest::let_escape_go_on;

use egui::{Context, FullOutput, Id, Plugin, RawInput, Role, Ui};

use key_place::KeyPlace;
use pointer_rest::PointerRest;

/// Looks at all input before the window does, and at all that was drawn after it.
#[derive(Default)]
struct Reach {
    pointer: PointerRest,
    place: KeyPlace,
}

/// Begins with it.
pub fn install(ctx: &Context) {
    ctx.add_plugin(Reach::default());
}

/// Whether keys, or a screen reader, did the last thing that was done, and not the pointer.
pub fn is_by_keys(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(by_keys())).unwrap_or_default()
}

fn by_keys() -> Id {
    Id::unique("by keys")
}

impl Plugin for Reach {
    fn debug_name(&self) -> &'static str {
        "initscope reach"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        digit_row::read(input);
        self.pointer.rest_at_keys(ctx, input);
        self.place.read(ctx, input);
        list_keys::lead(ctx, input);
        ctx.data_mut(|data| data.insert_temp(by_keys(), self.place.is_by_keys()));
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        dialog_place::give_back(ui);
        self.place.note(ui);
        let is_seen = self.place.is_by_keys() || ui.text_edit_focused();
        if let Some(focused) = ui.memory(egui::Memory::focused).filter(|_| is_seen) {
            focus_ring::paint(ui, focused);
        }
        // Screen readers call the window what its frame says.
        ui.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label("initscope"));
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        describe_lists(output);
    }
}

/// What is chosen of a list is its value, which the accessibility bus of Linux does not hand on where it is no number; its
/// description it does.
fn describe_lists(output: &mut FullOutput) {
    let Some(update) = output.platform_output.accesskit_update.as_mut().filter(|_| cfg!(target_os = "linux")) else {
        return;
    };
    for (_, node) in update.nodes.iter_mut().filter(|(_, node)| node.role() == Role::ComboBox) {
        if let Some(chosen) = node.value().map(str::to_owned) {
            node.set_description(chosen);
        }
    }
}
