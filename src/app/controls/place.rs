use egui::ScrollArea;

/// How far the controls are scrolled. The view of a training scrolls to what is set of that; the others come back to where they
/// were, so that σ is in reach again.
#[derive(Default)]
pub struct ControlsPlace {
    /// In the last frame, in points.
    offset: f32,
    /// Before the view of a training was opened, while that is in sight.
    before: Option<f32>,
}

impl ControlsPlace {
    /// Where the controls are drawn, beside the view of a training or another.
    pub fn area(&mut self, is_of_training: bool) -> ScrollArea {
        let area = ScrollArea::vertical().auto_shrink(false);
        if is_of_training {
            self.before.get_or_insert(self.offset);
            return area;
        }
        match self.before.take() {
            Some(before) => area.vertical_scroll_offset(before),
            None => area,
        }
    }

    /// Takes note of how far they are scrolled now.
    pub fn note(&mut self, offset: f32) {
        self.offset = offset;
    }
}
