//! Whether things move by themselves on the way to where they belong. Where the system, or the user, wants less of that, axes are at
//! once where they lead, lists and messages do not fade, and what is played goes a step at a time.

use egui::style::ScrollAnimation;
use egui::{Context, Id, Style};

use super::motion_of_system::wants_less;

/// What is known of it.
#[derive(Clone, Copy, Default, PartialEq)]
struct Motion {
    /// What the user chose, if anything.
    chosen: Option<bool>,
    /// Whether the system asks for less.
    is_less: bool,
}

fn key() -> Id {
    Id::unique("motion")
}

fn now(ctx: &Context) -> Motion {
    ctx.data(|data| data.get_temp(key())).unwrap_or_default()
}

/// Whether things move.
pub fn is_on(ctx: &Context) -> bool {
    let now = now(ctx);
    now.chosen.unwrap_or(!now.is_less)
}

/// What the user chose; `None` is what the system says.
pub fn chosen(ctx: &Context) -> Option<bool> {
    now(ctx).chosen
}

/// Takes the user's choice.
pub fn choose(ctx: &Context, chosen: Option<bool>) {
    set(ctx, Motion { chosen, ..now(ctx) });
}

/// Asks the system, on a thread of its own.
pub fn follow_system(ctx: &Context) {
    let ctx = ctx.clone();
    let asks = move || {
        let is_less = wants_less();
        set(&ctx, Motion { is_less, ..now(&ctx) });
        ctx.request_repaint();
    };
    // Where there is no thread to be had, things move as usual.
    drop(std::thread::Builder::new().name("motion".to_owned()).spawn(asks));
}

fn set(ctx: &Context, motion: Motion) {
    ctx.data_mut(|data| data.insert_temp(key(), motion));
    let moves = is_on(ctx);
    let usual = Style::default();
    ctx.all_styles_mut(|style| {
        style.animation_time = if moves { usual.animation_time } else { 0.0 };
        style.scroll_animation = if moves { usual.scroll_animation } else { ScrollAnimation::none() };
    });
}
