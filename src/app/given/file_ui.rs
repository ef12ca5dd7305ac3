use egui::{Align, Button, Label, Layout, Rect, Response, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::file_network::FileNetwork;
use crate::app::App;
use crate::app::commands::Action;
use crate::app::controls::hover_beside::HoverBeside as _;
use crate::app::controls::row;
use crate::app::theme::{self, colors};
use crate::experiment::{Initializer, Origin};
use crate::figure::Arrange;

const SMALL: f32 = 11.5;

impl App {
    /// What stands in place of a drawn network: the file, what it says, and its shape drawn anew for comparison.
    pub(in crate::app) fn file_ui(&mut self, ui: &mut Ui) {
        let Some(file) = self.given.now().cloned() else { return };
        let opened = file.network.opened();
        let path = opened.path.display().to_string();
        let name = RichText::new(file.label()).font(theme::semibold(13.0));
        let label = ui.add(Label::new(name).truncate().show_tooltip_when_elided(false)).hover_beside(ui, path);
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("File: {}", file.label())));
        let quiet = colors(ui.visuals()).quiet;
        let small = |text: &str| Label::new(RichText::new(text).font(theme::regular(SMALL)).color(quiet)).wrap();
        ui.add(small(&opened.words()));
        for note in &opened.file.notes {
            ui.add(small(note));
        }
        let subject = self.untrained();
        if let Some(why) = subject.no_loss() {
            ui.add(small(&why.to_string()));
        }
        if opened.file.squares > 0 && opened.anew.is_none() {
            let mut transposed = opened.transposed_kernels;
            let hover = "Rows and columns of its square kernels are exchanged: neither their shape nor, often, their name says which are \
                         the inputs.";
            if ui.checkbox(&mut transposed, "Transposed kernels").hover_beside(ui, hover).clicked() {
                self.turn_square_kernels();
            }
        }
        self.drawn_anew_ui(ui, &file);
        ui.add_space(4.0);
    }

    /// What the same shape is drawn from, and where it is shown.
    fn drawn_anew_ui(&mut self, ui: &mut Ui, file: &FileNetwork) {
        let groups = Origin::ALL.map(|origin| {
            let of_it = Initializer::ALL.into_iter().filter(|initializer| initializer.origin() == origin);
            (origin.name(), of_it.map(|initializer| (initializer.name(), initializer.name())).collect::<Vec<_>>())
        });
        let named = file.network.opened().file.named_initializers();
        let hover = || {
            let named = match &named[..] {
                [] => "The file does not name what drew it.".to_owned(),
                [(named, _)] => format!("The file names {named}."),
                _ => String::new(),
            };
            let said = file.said_of_drawn_anew().unwrap_or_default();
            format!("What the same shape is drawn from, for comparison. {named} {said}").trim_end().replace("  ", " ")
        };
        let chosen = (file.initializer.name(), file.initializer.name());
        let about = |name: &str| {
            let known = Initializer::ALL.into_iter().find(|initializer| initializer.name() == name);
            known.map_or_else(String::new, |initializer| initializer.formula().to_owned())
        };
        if let Some(picked) = row::grouped_choice_ui(ui, "Same shape drawn by", hover, chosen, &groups, about) {
            self.draw_anew_from(picked);
        }
        let offers = [
            (
                "Behind",
                "Show the same shape, freshly drawn, as an outline behind this network.",
                Action::DrawAnew(Arrange::Ghost),
            ),
            (
                "Beside",
                "Show the same shape, freshly drawn, beside this network.",
                Action::DrawAnew(Arrange::SideBySide),
            ),
            ("Instead", "Go on with the same shape, freshly drawn. Undo brings the file back.", Action::DrawInstead),
        ];
        let mut clicked = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.spacing_mut().button_padding = vec2(6.0, 1.0);
            for (text, hover, action) in offers {
                let button = ui.add(Button::new(RichText::new(text).font(theme::regular(12.0))));
                let name = format!("Drawn anew: {}", text.to_lowercase());
                button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                if button.hover_beside(ui, hover).clicked() {
                    clicked = Some(action);
                }
            }
        });
        if let Some(action) = clicked {
            self.act(ui, action);
        }
    }
}

/// Controls that may not apply now: where there is a reason, they are there all the same, and say it on hover.
pub fn refused_ui(ui: &mut Ui, why: Option<&str>, add: impl FnOnce(&mut Ui)) {
    let response: Response = ui.add_enabled_ui(why.is_none(), add).response;
    let Some(why) = why else { return };
    let place: Rect = response.rect;
    if !place.is_positive() {
        return;
    }
    let over = ui.interact(place, response.id.with("refused"), Sense::hover());
    over.widget_info(|| WidgetInfo::labeled(Role::Label, true, why));
    over.hover_beside(ui, why);
}

/// In place of controls of what a file decides and does not say: their names, each with a dash, and why on hover.
pub fn dashes_ui(ui: &mut Ui, why: &str, names: &[&str]) {
    let quiet = colors(ui.visuals()).quiet;
    refused_ui(ui, Some(why), |ui| {
        for name in names {
            ui.horizontal(|ui| {
                let label = ui.label(RichText::new(*name).color(quiet));
                label.widget_info(|| WidgetInfo::labeled(Role::Label, false, format!("{name}: not of this file")));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(RichText::new("–").color(quiet)));
            });
        }
    });
}
