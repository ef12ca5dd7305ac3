use egui::{Button, Rect, RichText, Ui, UiBuilder};

use super::picture::RacePicture;
use crate::app::App;
use crate::app::card::card_ui;
use crate::app::commands::Action;
use crate::app::theme::{self, colors};
use crate::figure::training::letter;
use crate::number;

/// Height of the line over the chart.
const LINE: f32 = 30.0;

impl App {
    /// What is set of the rates, with what takes those that were found; returns what is left to the chart.
    pub(super) fn rates_line_ui(&mut self, ui: &mut Ui, area: Rect) -> Rect {
        let line = area.with_max_y(area.top() + LINE);
        let said = match self.progress_of_rates() {
            Some(0) => "Trying learning rates …".to_owned(),
            Some(tried) => format!("Trying learning rates: {tried} so far …"),
            None if self.is_racing() => "Learning rates are tried once the race is paused or over.".to_owned(),
            None => self.said_of_rates(),
        };
        let can_take = self.can_take_rates();
        let key = Action::TakeRates.key(ui).unwrap_or_default();
        let clicked = ui.scope_builder(UiBuilder::new().max_rect(line), |ui| {
            ui.horizontal_centered(|ui| {
                ui.spacing_mut().button_padding.x = 8.0;
                let hover = format!("Train each network at the best rate that was found for it. Key: {key}");
                let button = Button::new(RichText::new("Take these rates").font(theme::regular(13.0)));
                let clicked = ui.add_enabled(can_take, button).on_hover_text(hover).clicked();
                ui.label(RichText::new(said).color(colors(ui.visuals()).quiet));
                clicked
            })
            .inner
        });
        if clicked.inner {
            self.act(ui, Action::TakeRates);
        }
        area.with_min_y(line.bottom())
    }

    /// The losses at the rate that is nearest to the pointer.
    pub(super) fn rate_at_pointer_ui(&self, ui: &Ui, plot: Rect, picture: &RacePicture) {
        let (Some(chart), Some(known)) = (&picture.rates, self.known_rates()) else { return };
        let Some(pointer) = ui.pointer_hover_pos().filter(|pointer| plot.contains(*pointer)) else { return };
        let place = f64::from((pointer.x - plot.left()) / plot.width());
        let far = |rate: f64| (chart.rates.height(rate) - place).abs();
        let tried = known.searches.iter().flat_map(|search| &search.tried).map(|tried| tried.rate);
        let Some(rate) = tried.min_by(|one, other| far(*one).total_cmp(&far(*other))) else { return };
        let x = plot.left() + chart.rates.height(rate) as f32 * plot.width();
        let part = Rect::from_x_y_ranges(x - 6.0..=x + 6.0, plot.y_range());
        let response = ui.interact(plot, ui.scope_id().with("rates"), egui::Sense::hover());
        ui.painter().vline(x, plot.y_range(), (1.0, colors(ui.visuals()).line));
        card_ui(&response, part, plot.y_range(), |ui| {
            ui.label(RichText::new(format!("Learning rate {}", number::plain(rate))).font(theme::semibold(12.0)));
            for (index, search) in known.searches.iter().enumerate() {
                let Some(tried) = search.tried.iter().find(|tried| tried.rate == rate) else { continue };
                let who = if known.searches.len() > 1 { format!("{}: ", letter(index)) } else { String::new() };
                let works = if search.works(tried) { ", works" } else { "" };
                let loss =
                    tried.loss.map_or_else(|| "not finite".to_owned(), |loss| format!("loss {}", number::value(loss)));
                ui.label(format!("{who}{loss}{works}"));
            }
        });
    }
}
