//! Dialogs over the window: one at a time, in the middle of it, with their lists above them.

use egui::{Frame, Id, LayerId, Modal, ModalResponse, Popup, Ui};

use super::reach::note_dialog;

/// Around what stands in a dialog.
const MARGIN: i8 = 16;

/// Shows a dialog; returns what it contains, and whether it is to be closed.
pub fn modal_ui<R>(ui: &Ui, id: Id, contents: impl FnOnce(&mut Ui) -> R) -> ModalResponse<R> {
    let frame = Frame::popup(ui.style()).inner_margin(MARGIN);
    let dialog = Modal::new(id).frame(frame);
    note_dialog(ui, dialog.area.layer());
    let shown = dialog.show(ui, contents);
    raise_popups(ui, shown.response.layer_id);
    shown
}

/// Closes all lists, as a dialog opens: those behind it would stay open there.
pub fn close_lists(ctx: &egui::Context) {
    Popup::close_all(ctx);
}

/// Dialogs and lists are of one order, and a press on a dialog brings it before all others of it: its lists are kept above it.
fn raise_popups(ctx: &egui::Context, dialog: LayerId) {
    ctx.memory_mut(|memory| {
        let areas = memory.areas_mut();
        let others = areas.visible_layer_ids().into_iter();
        for other in others.filter(|other| other.order == dialog.order && *other != dialog) {
            areas.set_sublayer(dialog, other);
        }
    });
}
