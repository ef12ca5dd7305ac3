use egui::{CentralPanel, Frame, Label, Rect, Sense, StrokeKind, Ui, UiBuilder, vec2};

use super::picture::{Compared, LINE, Panel, Picture};
use crate::app::App;
use crate::app::card::card_between_ui;
use crate::app::centre::AROUND;
use crate::app::commands::Action;
use crate::app::headline::headline_ui;
use crate::app::no_room::no_room_for_ui;
use crate::app::painting::texture_ui;
use crate::app::plot::is_behind;
use crate::app::plot::plot_ui::veil;
use crate::app::sentence::sentence;
use crate::app::theme::colors;
use crate::app::too_narrow::panels_said;
use crate::figure::training::letter;
use crate::figure::{Arrange, Headline};

/// In a lower picture the plots have the room of the legend.
const ROOM_FOR_LEGEND: f32 = 380.0;
/// So much of the centre's height is left to each plot, as far as there are numbers to give way.
const PLOT: f32 = 0.5;
/// The same where a lesson is presented, whose numbers are to be seen from the last row.
const PLOT_OF_LESSON: f32 = 0.4;

impl App {
    /// All that is compared, drawn as a file would have it.
    pub(in crate::app) fn compare_ui(&mut self, ui: &mut Ui) {
        let fill = ui.visuals().panel_fill;
        CentralPanel::default().frame(Frame::new().fill(fill).inner_margin(AROUND)).show(ui, |ui| {
            let centre = ui.max_rect().height() + f32::from(AROUND.top) + f32::from(AROUND.bottom);
            let headline = Self::headline_place(ui);
            let headlines: Vec<_> = self.compared().iter().map(Headline::of).collect();
            let beside = headline_ui(ui, &Headline::common(&headlines), headline);
            self.slots_ui(ui);
            let area = ui.available_rect_before_wrap();
            if area.width() < 120.0 || area.height() < 80.0 {
                return;
            }
            let has_legend = area.height() >= ROOM_FOR_LEGEND;
            if !has_legend {
                self.no_room.unnamed.push("the legend");
            }
            let panels = self.known_of_compared();
            let painted = if panels.is_empty() {
                // Until something has what is to be shown, what was shown before stays.
                self.comparison.painting.shown().cloned()
            } else {
                let most = ui.input(|input| input.max_texture_side) as f32 / area.size().max_elem();
                let compared = Compared {
                    panels,
                    played: self.play.furthest().to_vec(),
                    present: self.comparison.place(),
                    has_letters: self.comparison.is_on(),
                    view: self.shown.layers,
                    numbers: self.shown.panels.numbers,
                    spoken: self.spoken(),
                    legend: has_legend,
                    least_plot: if self.is_lesson_presented() { PLOT_OF_LESSON } else { PLOT } * centre,
                    arrange: self.shown.arrange,
                    is_dark: ui.visuals().dark_mode,
                    text: self.picture_text(),
                    size: area.size(),
                    scale: ui.pixels_per_point().min(most),
                };
                self.comparison.painting.of(compared)
            };
            let (painted, picture) = match self.comparison.painting.seen(painted.as_deref()) {
                Some(Ok(seen)) => seen,
                Some(Err(why)) => {
                    ui.centered_and_justified(|ui| ui.add(Label::new(sentence(&why)).wrap()));
                    return;
                }
                None => {
                    ui.centered_and_justified(|ui| ui.label(self.no_picture_yet()));
                    return;
                }
            };
            texture_ui(ui, &picture.texture, area);
            self.no_room.unnamed.extend(&picture.left_out);
            let behind = usize::from(painted.of.arrange == Arrange::Ghost && painted.of.panels.len() > 1);
            let is_shown = |place: usize| picture.panels.iter().any(|panel| panel.place == place);
            let others = painted.of.panels.iter().skip(behind).map(|(place, _)| *place);
            let others: Vec<_> =
                others.filter(|place| !is_shown(*place)).map(|place| letter(place).to_string()).collect();
            if !others.is_empty() {
                let line = Rect::from_min_max(area.left_bottom() - vec2(0.0, LINE), area.max);
                let others: Vec<_> = others.iter().map(String::as_str).collect();
                ui.scope_builder(UiBuilder::new().max_rect(line), |ui| no_room_for_ui(ui, &others, 13.0));
            }
            // One of before has the place of the next.
            let stretch = area.size() / painted.of.size;
            let placed =
                |plot: Rect| Rect::from_min_size(area.min + plot.min.to_vec2() * stretch, plot.size() * stretch);
            if let Some(chosen) = self.highlighted_layer() {
                for panel in &picture.panels {
                    step_back(ui, placed(panel.plot), panel.figure.columns.len(), chosen);
                }
            }
            let action = self.compared_panels_ui(ui, picture, placed);
            let flattened = picture.flattened.as_ref().map(|flattened| {
                let places: Vec<_> = picture.panels.iter().map(|panel| panel.place).collect();
                (flattened.clone(), panels_said(flattened, &places))
            });
            if let Some((flattened, said)) = flattened {
                self.too_narrow_ui(ui, &flattened, &said, beside);
            }
            if let Some(action) = action {
                self.act(ui, action);
            }
        });
    }

    /// Hover, clicks and accessibility of every panel; the present one has a frame. Returns what was clicked.
    fn compared_panels_ui(&self, ui: &Ui, picture: &Picture, placed: impl Fn(Rect) -> Rect) -> Option<Action> {
        let mut clicked = None;
        for panel in &picture.panels {
            let plot = placed(panel.plot);
            let slot = self.slot_of(panel);
            let is_present = slot == Some(self.comparison.place());
            let response = ui.interact(plot, ui.scope_id().with(("panel", panel.place)), Sense::click());
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Image, true, is_present, &panel.told));
            if is_present && picture.panels.len() > 1 {
                let accent = colors(ui.visuals()).accent;
                ui.painter().rect_stroke(plot.expand(3.0), 4.0, (1.5, accent), StrokeKind::Outside);
            }
            if response.clicked() {
                clicked = slot.map(Action::Slot);
            }
            let Some(pointer) = ui.pointer_hover_pos().filter(|pointer| plot.contains(*pointer) && !is_behind(ui))
            else {
                continue;
            };
            let layers = panel.figure.columns.len();
            let layer = ((pointer.x - plot.left()) / plot.width() * layers as f32) as usize;
            let layer = layer.min(layers - 1);
            let width = plot.width() / layers as f32;
            let column = Rect::from_min_size(plot.min + vec2(width * layer as f32, 0.0), vec2(width, plot.height()));
            card_between_ui(&response, (column, width), plot.y_range(), |ui| drop(ui.label(panel.layer(layer))));
        }
        clicked
    }

    /// Where what a panel shows stands by now: at its place if it is still there, else wherever it is. What is no longer set
    /// anywhere was set at its place.
    fn slot_of(&self, panel: &Panel) -> Option<usize> {
        let all = self.compared();
        let is_there = |subject| subject == panel.subject();
        if all.get(panel.place).is_some_and(is_there) {
            return Some(panel.place);
        }
        all.iter().position(is_there).or_else(|| (panel.place < all.len()).then_some(panel.place))
    }
}

/// Lets all columns of a plot step back but one, with the names under them.
fn step_back(ui: &Ui, plot: Rect, layers: usize, chosen: usize) {
    let width = plot.width() / layers as f32;
    for layer in (0..layers).filter(|layer| *layer != chosen) {
        let column = Rect::from_min_size(plot.min + vec2(width * layer as f32, 0.0), vec2(width, plot.height() + LINE));
        ui.painter().rect_filled(column, 0.0, veil(ui));
    }
}
