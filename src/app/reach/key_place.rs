use egui::accesskit::{Action, ActionRequest, TreeId};
use egui::{Context, Event, Id, Key, Modifiers, RawInput};

/// Where Tab goes on from: what had the focus last, or was clicked, even where the focus is gone.
#[derive(Default)]
pub struct KeyPlace {
    place: Option<Id>,
    /// What had the focus in the last frame.
    focused: Option<Id>,
    is_by_keys: bool,
}

impl KeyPlace {
    /// Whether the last thing was done by keys, or a screen reader.
    pub fn is_by_keys(&self) -> bool {
        self.is_by_keys
    }

    /// Before a frame: Tab goes on from the place, and what keys reach is scrolled to.
    pub fn read(&mut self, ctx: &Context, input: &mut RawInput) {
        let mut tabs = false;
        for event in &input.events {
            match event {
                Event::PointerButton { pressed: true, .. } => (self.is_by_keys, self.place) = (false, None),
                Event::Key { key, pressed: true, modifiers, .. } => {
                    self.is_by_keys = true;
                    tabs |= *key == Key::Tab && (modifiers.is_none() || *modifiers == Modifiers::SHIFT);
                }
                Event::AccessKitActionRequest(_) => self.is_by_keys = true,
                _ => {}
            }
        }
        let focused = ctx.memory(egui::Memory::focused);
        if let Some(place) = self.place.filter(|place| tabs && focused.is_none() && is_reached(ctx, *place)) {
            ctx.memory_mut(|memory| memory.request_focus(place));
        }
        if let Some(focused) = focused.filter(|id| self.is_by_keys && self.focused != Some(*id)) {
            input.events.extend(scroll_to(ctx, focused));
        }
        self.focused = focused;
    }

    /// After a frame: what has the focus is the place.
    pub fn note(&mut self, ctx: &Context) {
        let focused = ctx.memory(egui::Memory::focused);
        let clicked = ctx.interaction_snapshot(|snapshot| snapshot.clicked).filter(|clicked| is_reached(ctx, *clicked));
        self.place = focused.or(clicked).or(self.place);
        if focused != self.focused {
            // It may have to be scrolled to.
            ctx.request_repaint();
        }
    }
}

/// Whether Tab can be at it, and go on from there.
fn is_reached(ctx: &Context, id: Id) -> bool {
    ctx.read_response(id).is_some_and(|response| {
        let is_above = ctx.memory(|memory| memory.is_above_modal_layer(response.layer_id));
        response.enabled() && response.sense.is_focusable() && is_above
    })
}

/// Brings into sight what is not wholly there.
fn scroll_to(ctx: &Context, focused: Id) -> Option<Event> {
    let response = ctx.read_response(focused)?;
    let is_cut = !response.interact_rect.expand(0.5).contains_rect(response.rect);
    let request = ActionRequest {
        action: Action::ScrollIntoView,
        target_tree: TreeId::ROOT,
        target_node: focused.accesskit_id(),
        data: None,
    };
    is_cut.then_some(Event::AccessKitActionRequest(request))
}
