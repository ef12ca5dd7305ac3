use egui::{Align, Layout, Margin, Rect, Sense, Ui, UiBuilder, vec2};
use serde::{Deserialize, Serialize};

use super::App;
use super::action::Action;
use super::plot::plot_ui::GUTTER;
use super::top_bar::segments_ui;

/// What stands in the centre of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Centre {
    /// The layers of the experiment's network.
    #[default]
    Layers,
    /// Networks around it, a cell each.
    Landscape,
    /// The units of one layer, a cell each.
    Units,
    /// Images x units of one layer.
    Firing,
    /// Several experiments' layers.
    Compare,
}

impl Centre {
    /// Whether it shows one layer: the chosen one.
    pub fn is_of_one_layer(self) -> bool {
        matches!(self, Self::Units | Self::Firing)
    }
}

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
        match self.centre {
            Centre::Layers => self.plot_ui(ui),
            Centre::Landscape => self.landscape_ui(ui),
            Centre::Units => self.units_ui(ui),
            Centre::Firing => self.firing_ui(ui),
            Centre::Compare => self.compare_ui(ui),
        }
    }

    /// Shows layers in the centre: those of all that is compared, if these are there.
    pub(super) fn show_layers(&mut self) {
        if self.centre != Centre::Compare {
            self.show_in_centre(Centre::Layers);
        }
    }

    /// Shows this in the centre; returns whether something else was there.
    pub(super) fn show_in_centre(&mut self, centre: Centre) -> bool {
        let is_new = self.centre != centre;
        if is_new && centre == Centre::Landscape {
            self.landscape.opened();
        }
        if is_new && centre.is_of_one_layer() {
            self.units.opened();
        } else if is_new && self.centre.is_of_one_layer() {
            self.leave_units();
        }
        self.centre = centre;
        is_new
    }

    /// The tabs at the right of the centre's first line; returns where the headline is: in line with the left edge of what is
    /// under it, beside the tabs or in a line of its own, as the window's size has it.
    pub(super) fn centre_tabs_ui(&mut self, ui: &mut Ui) -> Rect {
        let line = ui.allocate_exact_size(vec2(ui.available_width(), HEADLINE), Sense::hover()).0;
        let tabs = [
            ("Layers", "What every hidden layer of this network does.", Action::Centre(Centre::Layers)),
            (
                "Landscape",
                "What becomes of the last layer if σ and the biases, or the depth, were others: a map of networks.",
                Action::Centre(Centre::Landscape),
            ),
            (
                "Units",
                "Every unit of the chosen layer: how often it fires, and why. A click on a layer with Shift opens it here.",
                Action::Centre(Centre::Units),
            ),
            (
                "Images × units",
                "Which images every unit of the chosen layer fires for: dead, never positive and always-on units are stripes.",
                Action::Centre(Centre::Firing),
            ),
            (
                "Compare",
                "The layers of up to four experiments side by side on the same axes: pin one, and go on.",
                Action::Centre(Centre::Compare),
            ),
        ];
        // A little higher than its line, so that its text stands on that of the headline.
        let room = line.translate(vec2(0.0, -5.0));
        let right = UiBuilder::new().max_rect(room).layout(Layout::right_to_left(Align::Min));
        let shown = ui.scope_builder(right, |ui| {
            let chosen = Action::Centre(self.centre);
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
