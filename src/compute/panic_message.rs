//! What a caught panic says.

use std::any::Any;

/// The first line of what a caught panic says: an assertion's other lines are its values.
pub fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.and_then(|text| text.lines().next()).unwrap_or("no reason given")
}
