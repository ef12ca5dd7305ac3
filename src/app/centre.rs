use egui::{Align, Layout, Margin, Rect, Sense, Ui, UiBuilder, vec2};

use super::App;
use super::commands::Action;
use super::segments::segments_ui;
use super::views::view;
use crate::figure::ViewName;
use crate::views::class;

/// Space left of a plot, for the names of the rows of numbers.
pub const GUTTER: f32 = 84.0;
/// Around what stands in the centre, so that tabs and headline are at the same place in all views.
pub const AROUND: Margin = Margin { left: 8, right: 20, top: 14, bottom: 8 };
/// Height of the line with the headline and the tabs.
const HEADLINE: f32 = 28.0;
/// Air between the two.
const AIR: f32 = 12.0;
/// A headline that has less room beside the tabs has a line of its own, where that is not too much of the height.
const ROOM_BESIDE: f32 = 400.0;
const ROOM_UNDER: f32 = 480.0;

impl App {
    pub(super) fn centre_ui(&mut self, ui: &mut Ui) {
        view(self.shown.view).ui(self, ui);
    }

    /// Shows layers in the centre: those of all that is compared, if these are there.
    pub(super) fn show_layers(&mut self) {
        if self.shown.view != ViewName::Compare {
            self.show_in_centre(ViewName::Layers);
        }
    }

    /// Shows this in the centre; returns whether something else was there.
    pub(super) fn show_in_centre(&mut self, centre: ViewName) -> bool {
        let is_new = self.shown.view != centre;
        if is_new {
            view(centre).open(self);
        }
        self.shown.view = centre;
        is_new
    }

    /// The tabs at the right of the centre's first line; returns where the headline is: in line with the left edge of what is
    /// under it, beside the tabs or in a line of its own, as the window's size has it.
    pub(super) fn centre_tabs_ui(&mut self, ui: &mut Ui) -> Rect {
        let line = ui.allocate_exact_size(vec2(ui.available_width(), HEADLINE), Sense::hover()).0;
        let names = ViewName::all().iter().filter(|name| view(**name).has_tab());
        let tabs: Vec<_> = names.map(|&name| (class(name).label(), class(name).about(), Action::View(name))).collect();
        // A little higher than its line, so that its text stands on that of the headline.
        let room = line.translate(vec2(0.0, -5.0));
        let right = UiBuilder::new().max_rect(room).layout(Layout::right_to_left(Align::Min));
        let shown = ui.scope_builder(right, |ui| {
            let chosen = Action::View(self.shown.view);
            let clicked = segments_ui(ui, &tabs, &[chosen]);
            (clicked, ui.min_rect().left())
        });
        let (clicked, left) = shown.inner;
        if let Some(action) = clicked {
            self.act(ui, action);
        }
        let beside = line.with_min_x(line.left() + GUTTER).with_max_x((left - AIR).max(line.left() + GUTTER));
        if beside.width() >= ROOM_BESIDE || ui.available_height() < ROOM_UNDER {
            return beside;
        }
        let under = ui.allocate_exact_size(vec2(ui.available_width(), HEADLINE), Sense::hover()).0;
        under.with_min_x(under.left() + GUTTER)
    }
}
