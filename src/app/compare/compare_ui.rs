use std::sync::Arc;

use egui::{CentralPanel, Color32, ColorImage, Frame, Pos2, Rect, Sense, StrokeKind, TextureOptions, Ui, pos2, vec2};

use super::{Look, Picture, letter};
use crate::app::App;
use crate::app::action::Action;
use crate::app::centre::AROUND;
use crate::app::headline::headline_ui;
use crate::app::plot::{is_behind, summary};
use crate::app::theme::colors;
use crate::engine::Measurement;
use crate::figure::{Arrange, Figure, Headline, Sheet, Theme};
use crate::layout::Content;
use crate::page::raster;

/// Size of the text, as in the rest of the window.
const TEXT: f64 = 13.0;

impl App {
    /// All that is compared, drawn as a file would have it.
    pub(in crate::app) fn compare_ui(&mut self, ui: &mut Ui) {
        let fill = colors(ui.visuals()).paper;
        CentralPanel::default().frame(Frame::new().fill(fill).inner_margin(AROUND)).show(ui, |ui| {
            let headline = self.centre_tabs_ui(ui);
            let headlines: Vec<_> = self.compared().iter().map(Headline::of).collect();
            headline_ui(ui, &Headline::common(&headlines), headline);
            self.slots_ui(ui);
            let area = ui.available_rect_before_wrap();
            if area.width() < 120.0 || area.height() < 80.0 {
                return;
            }
            let known = self.known_of_compared();
            let present: Option<usize> = known.iter().position(|(place, _)| *place == self.comparison.place());
            if known.is_empty() {
                ui.centered_and_justified(|ui| ui.label(self.no_picture_yet()));
                return;
            }
            let look = Look {
                view: self.view,
                arrange: self.comparison.arrange,
                is_dark: ui.visuals().dark_mode,
                size: area.size(),
                pixels_per_point: ui.pixels_per_point(),
                present: present.unwrap_or(usize::MAX),
            };
            self.draw_comparison(ui, &known, look);
            let Some(picture) = &self.comparison.picture else { return };
            let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
            ui.painter().image(picture.texture.id(), area, whole, Color32::WHITE);
            if let Some(action) = panels_ui(ui, picture, &known, (area, self.comparison.place())) {
                self.act(ui, action);
            }
        });
    }

    /// What is measured of all that is compared, with its place; what lacks what is to be shown comes later.
    pub(in crate::app) fn known_of_compared(&self) -> Vec<(usize, Arc<Measurement>)> {
        let has = |measurement: &&Arc<Measurement>| {
            measurement.layers.iter().all(|layer| self.view.quantity.of(layer).is_some())
        };
        let present = self.newest.as_ref().filter(has).or(self.figure.as_ref().map(|figure| &figure.measurement));
        let others = self.comparison.others.iter().map(|pinned| pinned.measurement.as_ref().filter(has));
        let mut all: Vec<_> = others.collect();
        all.insert(self.comparison.place(), present.filter(has));
        all.into_iter().enumerate().filter_map(|(place, known)| Some((place, Arc::clone(known?)))).collect()
    }

    /// Draws it anew, if it looks otherwise than in the last frame.
    fn draw_comparison(&mut self, ui: &Ui, known: &[(usize, Arc<Measurement>)], look: Look) {
        let is_same = |picture: &Picture| {
            picture.look == look
                && picture.figures.len() == known.len()
                && picture.figures.iter().zip(known).all(|(drawn, (_, known))| Arc::ptr_eq(drawn, known))
        };
        if self.comparison.picture.as_ref().is_some_and(is_same) {
            return;
        }
        let measurements: Vec<_> = known.iter().map(|(_, measurement)| Arc::clone(measurement)).collect();
        let Some(figures) = Figure::together(&measurements, look.view) else { return };
        let sheet = Sheet {
            size: Some((look.size.x.into(), look.size.y.into())),
            theme: if look.is_dark { Theme::Dark } else { Theme::Light },
            font_size: Some(TEXT),
            arrange: Some(if look.arrange == Arrange::Ghost && known.len() > 1 {
                Arrange::Ghost
            } else {
                Arrange::SideBySide
            }),
            title: false,
            caption: false,
            letters: if self.comparison.is_on() {
                known.iter().map(|(place, _)| letter(*place)).collect()
            } else {
                Vec::new()
            },
            ..Sheet::default()
        };
        let content = Content::Layers(figures);
        let (page, plots) = content.page_with_plots(&sheet, &self.comparison.fonts);
        // A window of no size has no picture.
        let Ok(raster) = raster(&page, &self.comparison.fonts, look.pixels_per_point.into()) else { return };
        let size = [raster.width as usize, raster.height as usize];
        let image = ColorImage::from_rgba_unmultiplied(size, &raster.rgba);
        let texture = ui.load_texture("comparison", image, TextureOptions::LINEAR);
        let plots = plots.iter().map(|plot| {
            Rect::from_min_size(pos2(plot.x as f32, plot.y as f32), vec2(plot.width as f32, plot.height as f32))
        });
        let Content::Layers(shown) = content else { return };
        self.comparison.picture = Some(Picture { figures: measurements, look, texture, shown, plots: plots.collect() });
    }
}

/// Hover, clicks and accessibility of every panel; the present one has a frame. Returns what was clicked.
fn panels_ui(
    ui: &Ui,
    picture: &Picture,
    known: &[(usize, Arc<Measurement>)],
    (area, present): (Rect, usize),
) -> Option<Action> {
    // Behind the others, the first has no panel.
    let behind = picture.shown.len() - picture.plots.len();
    let mut clicked = None;
    for ((figure, plot), (place, _)) in picture.shown[behind..].iter().zip(&picture.plots).zip(&known[behind..]) {
        let plot = plot.translate(area.min.to_vec2());
        let response = ui.interact(plot, ui.scope_id().with(("panel", *place)), Sense::click());
        let told = || {
            let layers = (0..figure.columns.len()).map(|layer| summary(figure, layer));
            format!("Panel {}: {}", letter(*place), layers.collect::<Vec<_>>().join("; "))
        };
        let is_present = *place == present;
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Image, true, is_present, told()));
        if is_present && picture.plots.len() > 1 {
            let accent = colors(ui.visuals()).accent;
            ui.painter().rect_stroke(plot.expand(3.0), 4.0, (1.5, accent), StrokeKind::Outside);
        }
        if response.clicked() {
            clicked = Some(Action::Slot(*place));
        }
        let Some(pointer) = ui.pointer_hover_pos().filter(|pointer| plot.contains(*pointer) && !is_behind(ui)) else {
            continue;
        };
        let layer = ((pointer.x - plot.left()) / plot.width() * figure.columns.len() as f32) as usize;
        response.on_hover_text_at_pointer(format!(
            "{}: {}",
            letter(*place),
            summary(figure, layer.min(figure.columns.len() - 1))
        ));
    }
    clicked
}
