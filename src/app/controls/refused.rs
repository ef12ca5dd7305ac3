//! A typed text that cannot be used.

use egui::{Key, Response, Ui};

use super::select_again::select_again;
use crate::app::notice;

/// A text that was refused, and in which frame its field was left with it.
#[derive(Clone)]
struct Refused {
    text: String,
    left: Option<u64>,
}

/// Says why the text of a field is not used. After Enter it stays, selected, to be mended; where it is left so for something else,
/// that is the next thing done, and it is not said again. Returns whether it stays.
pub fn refuse(ui: &Ui, field: &Response, text: &str, sentence: String) -> bool {
    let (id, frame) = (field.id.with("refused"), ui.ctx().cumulative_frame_nr());
    let is_entered = ui.input(|input| input.key_pressed(Key::Enter));
    let before: Option<Refused> = ui.data(|data| data.get_temp(id)).filter(|before: &Refused| before.text == text);
    // A field that is left reports its text in that frame and once more in the next.
    let left = before.map(|before| before.left.unwrap_or(frame)).filter(|left| frame <= left + 1);
    if is_entered || left.is_none() {
        notice::say(ui, sentence);
    }
    if is_entered {
        select_again(field, text);
    }
    let left = if is_entered { None } else { Some(left.unwrap_or(frame)) };
    ui.data_mut(|data| data.insert_temp(id, Refused { text: text.to_owned(), left }));
    is_entered
}
