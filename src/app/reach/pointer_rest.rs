use egui::{Context, Event, Id, Key, LayerId, Order, Pos2, RawInput};

use crate::app::confirmation;

/// What hovers at the pointer is gone at any key, until the pointer moves: it would stand over what the key changes, and say what
/// is no longer so.
#[derive(Default)]
pub struct PointerRest {
    /// Where the pointer was last.
    at: Option<Pos2>,
    /// A button is held down.
    is_down: bool,
    /// Nothing hovers, since a key was pressed.
    rests: bool,
}

impl PointerRest {
    /// Takes the pointer away at a key, and gives it back at whatever it does next. Escape closes what hovers, and nothing else,
    /// but in a presentation, where it does what it always does, too.
    pub fn rest_at_keys(&mut self, ctx: &Context, input: &mut RawInput) {
        // A list, or a field that is typed in, is nearer.
        let closes =
            !escape_goes_on(ctx) && is_hovering(ctx) && !egui::Popup::is_any_open(ctx) && !ctx.text_edit_focused();
        let mut events = Vec::with_capacity(input.events.len() + 1);
        for event in input.events.drain(..) {
            match &event {
                Event::PointerMoved(at) => (self.at, self.rests) = (Some(*at), false),
                Event::PointerButton { pos, pressed, .. } => {
                    (self.at, self.rests, self.is_down) = (Some(*pos), false, *pressed);
                }
                Event::PointerGone => (self.at, self.rests) = (None, false),
                // A wheel turns where the pointer is.
                Event::MouseWheel { .. } if self.rests => {
                    events.extend(self.at.map(Event::PointerMoved));
                    self.rests = false;
                }
                Event::Key { key, pressed: true, .. } if !self.is_down => {
                    if self.at.is_some() && !self.rests {
                        events.push(Event::PointerGone);
                        self.rests = true;
                    }
                    if *key == Key::Escape && closes {
                        continue;
                    }
                }
                _ => {}
            }
            events.push(event);
        }
        input.events = events;
    }
}

/// Says for a frame whether Escape does more than to close what hovers.
pub fn let_escape_go_on(ctx: &Context, goes_on: bool) {
    ctx.data_mut(|data| data.insert_temp(Id::unique("escape goes on"), goes_on));
}

fn escape_goes_on(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(Id::unique("escape goes on"))).unwrap_or_default()
}

/// Whether something hovers at the pointer.
fn is_hovering(ctx: &Context) -> bool {
    let hovers = |layer: &LayerId| layer.order == Order::Tooltip && *layer != confirmation::layer();
    ctx.memory(|memory| memory.areas().visible_layer_ids().iter().any(hovers))
}
