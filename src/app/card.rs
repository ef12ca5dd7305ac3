//! Cards: what is said of what the pointer is at in a picture. They stand beside it, so that it is seen; they can be switched off.

use egui::{AreaState, Context, Id, PopupAnchor, Rangef, Rect, RectAlign, Response, Tooltip, Ui, vec2};

use super::theme;

/// Width of a card, and what is left between it and what it is about.
const WIDTH: f32 = 236.0;
const GAP: f32 = 8.0;

/// Says for a frame whether there are any.
pub fn allow(ctx: &Context, are_shown: bool) {
    ctx.data_mut(|data| data.insert_temp(key(), are_shown));
}

fn key() -> Id {
    Id::unique("cards")
}

/// Shows one beside a part of a picture, at the pointer's height but no higher or lower than `within`, as far as there is room.
pub fn card_ui(picture: &Response, part: Rect, within: Rangef, contents: impl FnOnce(&mut Ui)) {
    let ctx = &picture.ctx;
    let are_shown = ctx.data(|data| data.get_temp(key())).unwrap_or(true);
    let mut tooltip = Tooltip::for_enabled(picture);
    let Some(pointer) = ctx.pointer_hover_pos().filter(|_| are_shown && tooltip.popup.is_open()) else { return };
    // As high as it was in the last frame.
    let area = AreaState::load(ctx, Tooltip::next_tooltip_id(ctx, picture.id));
    let height = area.and_then(|area| area.size).map_or(0.0, |size| size.y);
    let top = (pointer.y - height / 2.0).min(within.max - height).max(within.min);
    let beside = Rect::from_x_y_ranges(part.x_range(), top..=top + height);
    let popup = tooltip.popup.anchor(PopupAnchor::ParentRect(beside)).gap(GAP).width(WIDTH);
    tooltip.popup = popup.align(RectAlign::RIGHT_START).align_alternatives(&[RectAlign::LEFT_START]);
    tooltip.show(|ui| {
        let style = ui.style_mut();
        style.text_styles.insert(egui::TextStyle::Body, theme::regular(12.0));
        style.spacing.item_spacing = vec2(6.0, 3.0);
        contents(ui);
    });
}
