use egui::{Context, Event, Id, Key, LayerId, Modifiers, RawInput, Rect, Response};

/// What is open to choose from, in the order in which it is read: keys lead through it, and to what is typed.
#[derive(Clone)]
struct OpenList {
    layer: LayerId,
    entries: Vec<ListEntry>,
    /// The frame in which it was shown last.
    shown: u64,
    /// What was typed, and when, by the window's clock.
    typed: String,
    typed_at: f64,
}

#[derive(Clone)]
struct ListEntry {
    id: Id,
    rect: Rect,
    /// What is typed to come here, in small letters; nothing where letters have another meaning.
    label: String,
}

/// What a page is, in points.
const PAGE: f32 = 300.0;
/// Seconds after which what is typed begins anew.
const PAUSE: f64 = 1.0;

/// Takes note of something that can be chosen; with a label, what is typed leads there.
pub fn note_entry(entry: &Response, label: Option<&str>) {
    if !entry.enabled() {
        return;
    }
    let (ctx, layer) = (&entry.ctx, entry.layer_id);
    let now = ctx.cumulative_pass_nr();
    let noted = ListEntry { id: entry.id, rect: entry.rect, label: label.map(str::to_lowercase).unwrap_or_default() };
    ctx.data_mut(|data| {
        let new = || OpenList { layer, entries: Vec::new(), shown: now, typed: String::new(), typed_at: 0.0 };
        let list = data.get_temp_mut_or_insert_with(key(), new);
        if list.layer != layer || now - list.shown > 1 {
            *list = new();
        } else if list.shown != now {
            (list.shown, list.entries) = (now, Vec::new());
        }
        list.entries.push(noted);
    });
}

/// Before a frame: what keys say of an open list leads to one of its entries, and means nothing else.
pub fn lead(ctx: &Context, input: &mut RawInput) {
    let Some(mut list) = ctx.data(|data| data.get_temp::<OpenList>(key())) else { return };
    // Since it was closed, nobody has taken note of it.
    if ctx.cumulative_pass_nr() - list.shown > 1 {
        return ctx.data_mut(|data| data.remove::<OpenList>(key()));
    }
    let focused = ctx.memory(egui::Memory::focused);
    let mut at = focused.and_then(|id| list.entries.iter().position(|entry| entry.id == id));
    // Its button, or nothing, may have the focus, but no field within it.
    let is_button = |id: Id| id.with("popup") == list.layer.id;
    if at.is_none() && !focused.is_none_or(is_button) {
        return;
    }
    let now = input.time.unwrap_or_else(|| ctx.input(|input| input.time));
    let by_letters = list.entries.iter().any(|entry| !entry.label.is_empty());
    let before = at;
    input.events.retain(|event| match event {
        Event::Key { key, pressed, modifiers: Modifiers::NONE, .. } if list.step(*key, at).is_some() => {
            if *pressed {
                at = list.step(*key, at);
            }
            false
        }
        Event::Text(text) if by_letters && text.trim() == text => {
            at = list.type_on(text, now, at).or(at);
            false
        }
        // What it types is read above.
        Event::Key { key, modifiers, .. } => {
            !by_letters || is_way(*key) || !(modifiers.is_none() || *modifiers == Modifiers::SHIFT)
        }
        _ => true,
    });
    if let Some(entry) = at.filter(|_| at != before).and_then(|at| list.entries.get(at)) {
        ctx.memory_mut(|memory| memory.request_focus(entry.id));
    }
    ctx.data_mut(|data| data.insert_temp(key(), list));
}

/// Whether a key leads on in the window, and types nothing.
fn is_way(key: Key) -> bool {
    let arrows = matches!(key, Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight);
    arrows || matches!(key, Key::Tab | Key::Enter | Key::Escape | Key::Space) || (Key::F1..=Key::F35).contains(&key)
}

impl OpenList {
    /// Where a key leads that goes to an end, or a page on.
    fn step(&self, key: Key, at: Option<usize>) -> Option<usize> {
        let last = self.entries.len().checked_sub(1)?;
        match key {
            Key::Home => Some(0),
            Key::End => Some(last),
            Key::PageUp | Key::PageDown => {
                let at = at.unwrap_or(0);
                let here = self.entries[at].rect;
                // In a grid, in the same column.
                let is_under = |entry: &ListEntry| (entry.rect.left() - here.left()).abs() < 1.0;
                let far = |entry: &ListEntry| (entry.rect.top() - here.top()).abs() >= PAGE;
                let column = |at: &usize| is_under(&self.entries[*at]);
                if key == Key::PageDown {
                    let mut after = (at..=last).filter(column);
                    after.clone().find(|at| far(&self.entries[*at])).or_else(|| after.next_back())
                } else {
                    let mut before = (0..=at).rev().filter(column);
                    before.clone().find(|at| far(&self.entries[*at])).or_else(|| before.next_back())
                }
            }
            _ => None,
        }
    }

    /// Where what is typed by now leads: to what begins so, or else to what contains it. The same letter again leads to the next.
    fn type_on(&mut self, text: &str, now: f64, at: Option<usize>) -> Option<usize> {
        if now - self.typed_at > PAUSE {
            self.typed.clear();
        }
        self.typed += &text.to_lowercase();
        self.typed_at = now;
        let first = self.typed.chars().next()?;
        let is_same = self.typed.chars().all(|letter| letter == first);
        let wanted = if is_same { first.to_string() } else { self.typed.clone() };
        let (count, from) = (self.entries.len(), at.map_or(0, |at| at + usize::from(is_same)));
        let in_order = (0..count).map(|step| (from + step) % count);
        let label = |at: &usize| self.entries[*at].label.as_str();
        in_order.clone().find(|at| label(at).starts_with(&wanted)).or_else(|| {
            let mut in_order = in_order;
            in_order.find(|at| label(at).contains(&wanted))
        })
    }
}

fn key() -> Id {
    Id::unique("open list")
}
