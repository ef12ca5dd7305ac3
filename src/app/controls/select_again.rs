use egui::Response;
use egui::text::CCursorRange;
use egui::text_edit::TextEditState;

/// Gives a field of text the focus, again if it was left with a text that is of no use, and selects that text: what is typed next
/// replaces it, and means nothing else.
pub fn select_again(field: &Response, text: &str) {
    field.request_focus();
    let mut state = TextEditState::load(&field.ctx, field.id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::select_all_str(text)));
    state.store(&field.ctx, field.id);
}
