use egui::{Context, Id, LayerId};

/// Where the focus was before a dialog was opened.
#[derive(Clone, Copy)]
struct DialogPlace {
    dialog: LayerId,
    focused: Option<Id>,
    /// The frame in which it was shown last.
    shown: u64,
}

/// Takes note that a dialog is shown, before what it contains is.
pub fn note_dialog(ctx: &Context, dialog: LayerId) {
    let shown = ctx.cumulative_pass_nr();
    let focused = ctx.memory(egui::Memory::focused);
    ctx.data_mut(|data| {
        let before = data.get_temp::<DialogPlace>(key()).filter(|place| place.dialog == dialog);
        let focused = before.map_or(focused, |place| place.focused);
        data.insert_temp(key(), DialogPlace { dialog, focused, shown });
    });
}

/// After a dialog is closed the focus goes back to where it was, unless it went elsewhere meanwhile.
pub fn give_back(ctx: &Context) {
    let Some(place) = ctx.data(|data| data.get_temp::<DialogPlace>(key())) else { return };
    if place.shown == ctx.cumulative_pass_nr() {
        return;
    }
    ctx.data_mut(|data| data.remove::<DialogPlace>(key()));
    let focused = ctx.memory(egui::Memory::focused);
    let was_in_it = |id| ctx.read_response(id).is_none_or(|response| response.layer_id == place.dialog);
    if let Some(before) = place.focused
        && focused.is_none_or(was_in_it)
    {
        ctx.memory_mut(|memory| memory.request_focus(before));
    }
}

fn key() -> Id {
    Id::unique("place before a dialog")
}
