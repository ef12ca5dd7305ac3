//! A typed text that cannot be used.

use egui::{Key, Response, Ui};

use super::select_again::select_again;
use crate::app::notice;

/// Says why the text of a field is not used. After Enter it stays, selected, to be mended; where it is left so for something else,
/// that is the next thing done, and it is not said again. Returns whether it stays.
pub fn refuse(ui: &Ui, field: &Response, text: &str, sentence: String) -> bool {
    let id = field.id.with("refused");
    let is_entered = ui.input(|input| input.key_pressed(Key::Enter));
    let said: Option<String> = ui.data_mut(|data| data.remove_temp(id));
    if is_entered || said.as_deref() != Some(text) {
        notice::say(ui, sentence);
    }
    if is_entered {
        select_again(field, text);
        ui.data_mut(|data| data.insert_temp(id, text.to_owned()));
    }
    is_entered
}
