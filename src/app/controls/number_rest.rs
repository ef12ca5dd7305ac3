//! A number that was typed and entered keeps the focus and rests: keys move it by steps, Enter types anew, and letters mean what they
//! mean in the window.

use egui::{Button, Context, Id, Response, RichText, Sense, TextWrapMode, Ui, WidgetInfo};

use super::key_steps::KeySteps;
use super::select_again::select_again;

/// Whether somebody types: a number that rests has the focus, and is not typed.
pub fn is_typing(ctx: &Context) -> bool {
    let rests = ctx.memory(egui::Memory::focused).is_some_and(|focused| rests(ctx, focused));
    ctx.text_edit_focused() && !rests
}

/// Whether a number has the focus and rests; one that has lost it rests no more.
pub fn rests(ctx: &Context, id: Id) -> bool {
    let has_focus = ctx.memory(|memory| memory.has_focus(id));
    if !has_focus {
        wake(ctx, id);
    }
    has_focus && ctx.data(|data| data.get_temp::<bool>(key(id))).unwrap_or_default()
}

/// Lets a number rest that was entered.
pub fn rest(field: &Response) {
    field.request_focus();
    field.ctx.data_mut(|data| data.insert_temp(key(field.id), true));
}

fn wake(ctx: &Context, id: Id) {
    ctx.data_mut(|data| data.remove::<bool>(key(id)));
}

fn key(id: Id) -> Id {
    id.with("rests")
}

/// Shows a number that rests, as it is shown where nobody types; `around` stands before and after it.
pub fn resting_ui(ui: &mut Ui, shown: &str, around: (&str, &str), steps: &KeySteps, value: &mut f64) -> Response {
    let text = format!("{}{shown}{}", around.0, around.1);
    let text = RichText::new(&text).text_style(ui.style().drag_value_text_style.clone());
    let quiet = ui.visuals().widgets.inactive;
    let button = Button::new(text)
        .fill(quiet.weak_bg_fill)
        .stroke(quiet.bg_stroke)
        .wrap_mode(TextWrapMode::Extend)
        .sense(Sense::click_and_drag())
        .gap(0.0)
        .min_size(ui.spacing().interact_size);
    let mut field = ui.add(button);
    if field.is_pointer_button_down_on() {
        wake(ui, field.id);
        field.surrender_focus();
    } else if field.clicked() {
        wake(ui, field.id);
        select_again(&field, shown);
    } else if let Some(there) = steps.moved(ui, &field, *value) {
        *value = there;
        field.mark_changed();
    }
    field.widget_info(|| WidgetInfo::drag_value(ui.is_enabled(), *value));
    ui.accesskit_node_builder(field.id, |node| {
        node.clear_label();
        node.set_value(shown);
    });
    field
}
