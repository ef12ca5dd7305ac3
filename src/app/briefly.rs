//! For a moment a button says that it did something.

use std::time::{Duration, Instant};

use egui::{Context, Id, Ui};

const MOMENT: Duration = Duration::from_millis(1500);

/// From now on.
pub fn begin(ctx: &Context, id: Id) {
    ctx.data_mut(|data| data.insert_temp(id, Instant::now()));
}

/// Whether it is still to be said.
pub fn is_said(ui: &Ui, id: Id) -> bool {
    let since: Option<Instant> = ui.data(|data| data.get_temp(id));
    let left = since.and_then(|since| MOMENT.checked_sub(since.elapsed())).filter(|left| !left.is_zero());
    if let Some(left) = left {
        ui.request_repaint_after(left);
    }
    left.is_some()
}
