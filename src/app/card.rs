//! Cards: what is said of what the pointer is at in a picture. They stand beside it, so that it is seen; they can be switched off.

use egui::{AreaState, Context, Id, PopupAnchor, Rangef, Rect, RectAlign, Response, Tooltip, Ui, vec2};

use super::theme;

/// Width of a card, with what is around it, and what is left between it and what it is about.
const WIDTH: f32 = 236.0;
const BROADEST: f32 = WIDTH + 16.0;
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
    card_at(picture, (part.x_range(), RectAlign::RIGHT_START), within, contents);
}

/// The same beside one of several that stand side by side, each as broad as `pitch`: not over what the pointer goes on to.
pub fn card_between_ui(picture: &Response, (part, pitch): (Rect, f32), within: Rangef, contents: impl FnOnce(&mut Ui)) {
    if !picture.contains_pointer() {
        return;
    }
    let Some(pointer) = picture.ctx.pointer_hover_pos() else { return };
    // Where it came in decides, so that the card stands still while the pointer stays.
    let seen = picture.ctx.cumulative_pass_nr();
    let entered = Entered { of: picture.id, left: part.left(), from_left: pointer.x < part.center().x, seen };
    let entered = picture.ctx.data_mut(|data| {
        let before = data.get_temp_mut_or_insert_with(key().with("entered"), || entered);
        let is_there = (before.of, before.left) == (entered.of, entered.left) && seen - before.seen <= 1;
        *before = if is_there { Entered { seen, ..*before } } else { entered };
        *before
    });
    let beside = side(part.x_range(), pitch, entered.from_left, picture.ctx.content_rect().x_range());
    card_at(picture, beside, within, contents);
}

/// From which side the pointer came to a part of a picture.
#[derive(Clone, Copy)]
struct Entered {
    of: Id,
    left: f32,
    from_left: bool,
    /// The frame in which it was there last.
    seen: u64,
}

/// What a card stands beside, from where to where, and on which side: where the pointer came from, or else beyond the neighbour on
/// the other side, or beside that.
fn side(part: Rangef, pitch: f32, from_left: bool, window: Rangef) -> (Rangef, RectAlign) {
    let room = BROADEST + GAP;
    let fits_left = |part: Rangef| part.min - room >= window.min;
    let fits_right = |part: Rangef| part.max + room <= window.max;
    let (left, right) = (RectAlign::LEFT_START, RectAlign::RIGHT_START);
    let beyond_left = Rangef::new(part.min - pitch, part.max);
    let beyond_right = Rangef::new(part.min, part.max + pitch);
    match from_left {
        true if fits_left(part) => (part, left),
        true if fits_right(beyond_right) => (beyond_right, right),
        true => (part, right),
        false if fits_right(part) => (part, right),
        false if fits_left(beyond_left) => (beyond_left, left),
        false => (part, left),
    }
}

fn card_at(picture: &Response, (beside, align): (Rangef, RectAlign), within: Rangef, contents: impl FnOnce(&mut Ui)) {
    let ctx = &picture.ctx;
    let are_shown = ctx.data(|data| data.get_temp(key())).unwrap_or(true);
    let mut tooltip = Tooltip::for_enabled(picture);
    let Some(pointer) = ctx.pointer_hover_pos().filter(|_| are_shown && tooltip.popup.is_open()) else { return };
    // As high as it was in the last frame.
    let area = AreaState::load(ctx, Tooltip::next_tooltip_id(ctx, picture.id));
    let height = area.and_then(|area| area.size).map_or(0.0, |size| size.y);
    let top = (pointer.y - height / 2.0).min(within.max - height).max(within.min);
    let beside = Rect::from_x_y_ranges(beside, top..=top + height);
    let popup = tooltip.popup.anchor(PopupAnchor::ParentRect(beside)).gap(GAP).width(WIDTH);
    tooltip.popup = popup.align(align).align_alternatives(&[RectAlign::LEFT_START, RectAlign::RIGHT_START]);
    tooltip.show(|ui| {
        let style = ui.style_mut();
        style.text_styles.insert(egui::TextStyle::Body, theme::regular(12.0));
        style.spacing.item_spacing = vec2(6.0, 3.0);
        contents(ui);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Rangef = Rangef { min: 0.0, max: 1280.0 };

    /// Five columns between the controls and the window's edge, as broad as their pitch.
    fn column(number: u8) -> Rangef {
        let left = 330.0 + 185.0 * (f32::from(number) - 1.0);
        Rangef::new(left, left + 185.0)
    }

    #[test]
    fn what_the_pointer_goes_on_to_is_never_covered_where_there_is_a_column_more() {
        for number in 1..=5_u8 {
            for from_left in [true, false] {
                let (beside, align) = side(column(number), 185.0, from_left, WINDOW);
                let card = if align == RectAlign::LEFT_START {
                    Rangef::new(beside.min - GAP - BROADEST, beside.min - GAP)
                } else {
                    Rangef::new(beside.max + GAP, beside.max + GAP + BROADEST)
                };
                assert!(WINDOW.contains(card.min) && WINDOW.contains(card.max), "{number}: {card:?}");
                let next = if from_left { number.saturating_add(1) } else { number - 1 };
                for kept in [number, next].into_iter().filter(|kept| (1..=5).contains(kept)) {
                    let over = card.intersection(column(kept)).span();
                    assert!(over <= 0.0, "{number}, from left {from_left}: {card:?} covers {kept}");
                }
            }
        }
    }

    #[test]
    fn a_narrow_window_has_it_beside_all_the_same() {
        let (beside, align) = side(Rangef::new(100.0, 200.0), 100.0, true, Rangef::new(0.0, 320.0));
        assert_eq!((beside, align), (Rangef::new(100.0, 200.0), RectAlign::RIGHT_START));
    }
}
