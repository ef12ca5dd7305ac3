use egui::{Layout, Ui, UiBuilder};

/// Shows something at the right end of a line, in the order in which it is read. A layout from the right would begin with the
/// last, and so would Tab and screen readers.
pub fn at_right_ui<R>(ui: &mut Ui, salt: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let id = ui.scope_id().with(("at right", salt));
    // How wide it is is known from the frame before.
    let known = ui.data(|data| data.get_temp::<f32>(id));
    let align = ui.layout().cross_align;
    let room = ui.available_rect_before_wrap();
    let place = room.with_min_x(room.right() - known.unwrap_or_default());
    let mut builder = UiBuilder::new().id_salt(salt).max_rect(place).layout(Layout::left_to_right(align));
    if known.is_none() {
        builder = builder.sizing_pass().invisible();
    }
    let shown = ui.scope_builder(builder, contents);
    let width = shown.response.rect.width();
    if known.is_none_or(|known| (known - width).abs() > 0.25) {
        ui.data_mut(|data| data.insert_temp(id, width));
        ui.request_discard("what stands at the right has another width");
    }
    shown.inner
}
