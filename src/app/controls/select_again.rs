use egui::Response;
use egui::text::CCursorRange;

/// Gives a field that was left with a text that is of no use the focus again, and selects that text: what is typed next
/// replaces it, and means nothing else.
pub fn select_again(field: &Response, text: &str) {
    field.request_focus();
    if let Some(mut state) = egui::text_edit::TextEditState::load(&field.ctx, field.id) {
        state.cursor.set_char_range(Some(CCursorRange::select_all_str(text)));
        state.store(&field.ctx, field.id);
    }
}
