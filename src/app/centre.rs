use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, vec2};
use serde::{Deserialize, Serialize};

use super::App;
use super::action::Action;
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

/// Height of the line with the headline and the tabs.
const HEADLINE: f32 = 28.0;
/// Air between the two.
const AIR: f32 = 12.0;

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

    /// The tabs at the right of the centre's first line; returns what they leave of it.
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
                "Which images every unit of the chosen layer fires for: dead and always-on units are stripes.",
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
        line.with_max_x((left - AIR).max(line.left()))
    }
}
