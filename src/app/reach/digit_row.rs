use egui::{Event, Key, RawInput};

/// Keys of the row of digits, as a keyboard has them whatever is printed there.
const DIGITS: [Key; 10] =
    [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// What German, French and other keyboards have on that row with AltGr, which is no modifier that could be asked for.
const WITH_ALT_GR: [Key; 6] =
    [Key::OpenBracket, Key::CloseBracket, Key::OpenCurlyBracket, Key::CloseCurlyBracket, Key::Backslash, Key::Pipe];

/// Lets a key of the row of digits mean its digit without Shift, too, where that is a sign, as on French keyboards. What is typed into a
/// field is no key, and stays as it is.
pub fn read(input: &mut RawInput) {
    for event in &mut input.events {
        if let Event::Key { key, physical_key: Some(physical), modifiers, .. } = event
            && DIGITS.contains(physical)
            && !DIGITS.contains(key)
            && !WITH_ALT_GR.contains(key)
            && !modifiers.any()
        {
            *key = *physical;
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::Modifiers;

    use super::*;

    fn read_as(key: Key, physical: Key, modifiers: Modifiers) -> Key {
        let event = Event::Key { key, physical_key: Some(physical), pressed: true, repeat: false, modifiers };
        let mut input = RawInput { events: vec![event], ..RawInput::default() };
        read(&mut input);
        match input.events[..] {
            [Event::Key { key, .. }] => key,
            _ => physical,
        }
    }

    #[test]
    fn digits_need_no_shift_on_a_french_keyboard() {
        // Where 4 is printed over an apostrophe, and 6 over a hyphen.
        assert_eq!(read_as(Key::Quote, Key::Num4, Modifiers::NONE), Key::Num4);
        assert_eq!(read_as(Key::Minus, Key::Num6, Modifiers::NONE), Key::Num6);
        // On a German one Shift and 0 is the equals sign.
        assert_eq!(read_as(Key::Equals, Key::Num0, Modifiers::SHIFT), Key::Equals);
        // With AltGr 8 is a bracket there, and on a French one 5.
        assert_eq!(read_as(Key::OpenBracket, Key::Num8, Modifiers::NONE), Key::OpenBracket);
        assert_eq!(read_as(Key::OpenBracket, Key::Num5, Modifiers::NONE), Key::OpenBracket);
        assert_eq!(read_as(Key::Minus, Key::Minus, Modifiers::NONE), Key::Minus);
    }
}
