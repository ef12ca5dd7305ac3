//! A word over the window that something was done which is not seen otherwise, for a moment.

use std::time::{Duration, Instant};

use egui::{Align2, Area, Context, Frame, Id, LayerId, Order, RichText, Ui, vec2};

use super::theme::{self, colors};

const MOMENT: Duration = Duration::from_millis(2000);

/// Says it from now on, in place of what was said before.
pub fn confirm(ctx: &Context, text: &str) {
    ctx.data_mut(|data| data.insert_temp(key(), (text.to_owned(), Instant::now())));
    ctx.request_repaint();
}

/// Shows what is still to be said, over everything else and in nobody's way.
pub fn confirmation_ui(ui: &Ui) {
    let said: Option<(String, Instant)> = ui.data(|data| data.get_temp(key()));
    let Some((text, since)) = said else { return };
    let Some(left) = MOMENT.checked_sub(since.elapsed()).filter(|left| !left.is_zero()) else {
        ui.data_mut(|data| data.remove::<(String, Instant)>(key()));
        return;
    };
    ui.request_repaint_after(left);
    let colors = *colors(ui.visuals());
    let area = Area::new(layer().id).order(layer().order).interactable(false);
    area.anchor(Align2::CENTER_BOTTOM, vec2(0.0, -44.0)).show(ui, |ui| {
        Frame::new().fill(colors.text).corner_radius(6).inner_margin(egui::Margin::symmetric(12, 6)).show(ui, |ui| {
            ui.label(RichText::new(text).font(theme::semibold(13.0)).color(colors.paper));
        });
    });
}

/// Where it stands; no key closes it.
pub fn layer() -> LayerId {
    LayerId::new(Order::Tooltip, key())
}

fn key() -> Id {
    Id::unique("initscope confirmation")
}
