//! The few controls of a presentation, in a strip under the picture: the cases, the activation, the initializer, and what moves
//! its weights.

use egui::{Align, Button, Frame, Layout, Margin, Panel, RichText, Ui, vec2};

use crate::app::App;
use crate::app::commands::{Action, Presentation};
use crate::app::theme::{self, colors};
use crate::experiment::Preset;

/// Widths of lists, and between what stands side by side.
const LIST: f32 = 116.0;
const GAP: f32 = 16.0;
/// The slider is not wider than this.
const SLIDER: f32 = 420.0;
/// Room for the case's place and its two buttons.
const CASES: f32 = 104.0;

/// Something in the strip.
#[derive(Clone, Copy, PartialEq)]
enum StripPart {
    Cases,
    Activation,
    Weights,
    /// Sigma, or the gain.
    Size,
    Bias,
}

impl StripPart {
    const ALL: [Self; 5] = [Self::Cases, Self::Activation, Self::Weights, Self::Size, Self::Bias];

    /// Keys of what it sets.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Cases => &[],
            Self::Activation => &["activation"],
            Self::Weights => &["init"],
            Self::Size => &["sigma", "gain"],
            Self::Bias => &["bias"],
        }
    }

    fn is_slider(self) -> bool {
        matches!(self, Self::Size | Self::Bias)
    }
}

impl App {
    /// The strip, where not all controls are shown.
    pub(in crate::app) fn strip_ui(&mut self, ui: &mut Ui) {
        if !self.presenting.is_on() || self.presenting.has_controls() {
            return;
        }
        let parts = self.strip_parts();
        if parts.is_empty() {
            return;
        }
        let fill = colors(ui.visuals()).panel;
        let frame = Frame::new().fill(fill).inner_margin(Margin { left: theme::MARGIN, right: 8, top: 6, bottom: 4 });
        let panel = Panel::bottom("presented controls").frame(frame).resizable(false);
        panel.show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = GAP;
                let sliders = parts.iter().filter(|part| part.is_slider()).count();
                for part in parts {
                    let width = match part {
                        StripPart::Cases => {
                            self.presented_case_ui(ui);
                            continue;
                        }
                        StripPart::Activation => LIST,
                        StripPart::Weights => LIST + 24.0,
                        StripPart::Size if sliders == 2 => (ui.available_width() - GAP) / 2.0,
                        StripPart::Size | StripPart::Bias => ui.available_width(),
                    };
                    if part.is_slider() && width < LIST {
                        continue;
                    }
                    let width = if part.is_slider() { width.min(SLIDER) } else { width };
                    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                        ui.set_width(width);
                        ui.spacing_mut().item_spacing.x = 8.0;
                        match part {
                            StripPart::Cases => {}
                            StripPart::Activation => self.activation_choice_ui(ui),
                            StripPart::Weights => self.initializer_list_ui(ui),
                            StripPart::Size => self.size_of_weights_ui(ui),
                            StripPart::Bias => self.bias_alone_ui(ui),
                        }
                    });
                }
            });
        });
    }

    /// What stands in the strip: with a lesson, what its step lights.
    fn strip_parts(&self) -> Vec<StripPart> {
        let is_lit = |part: StripPart| part.keys().iter().any(|key| self.lights(key));
        let is_usual = |part: StripPart| match part {
            StripPart::Cases => self.cases.len() > 1,
            StripPart::Activation => true,
            // The weights of a file are not drawn from anything.
            StripPart::Weights | StripPart::Size => self.given.now().is_none(),
            StripPart::Bias => false,
        };
        let is_there = |part: &StripPart| if self.has_lesson() { is_lit(*part) } else { is_usual(*part) };
        StripPart::ALL.into_iter().filter(is_there).collect()
    }

    /// Which case it is of how many, between buttons to its neighbours.
    fn presented_case_ui(&mut self, ui: &mut Ui) {
        let shown = self.cases.iter().position(|case| *case == self.experiment);
        let said = match shown {
            Some(shown) => format!("{} of {}", shown + 1, self.cases.len()),
            None => format!("– of {}", self.cases.len()),
        };
        let title = Preset::of(&self.cases).map_or("Cases", |preset| preset.title);
        let mut asked = None;
        ui.allocate_ui_with_layout(vec2(CASES, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(CASES);
            let quiet = colors(ui.visuals()).quiet;
            ui.add(egui::Label::new(RichText::new(title).color(quiet)).truncate());
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                for (sign, action, by) in [("‹", Presentation::Before, -1), ("›", Presentation::Next, 1)] {
                    if by > 0 {
                        ui.label(RichText::new(&said).font(theme::semibold(13.0)));
                    }
                    let action = Action::Present(action);
                    let name = if by > 0 { "Next" } else { "Back" };
                    let button = ui.add_enabled(self.has_case(by), Button::new(sign).min_size(vec2(24.0, 0.0)));
                    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, self.has_case(by), name));
                    let key = action.key(ui).unwrap_or_default();
                    if button.on_hover_text(format!("{name}. Key: {key}")).clicked() {
                        asked = Some(action);
                    }
                }
            });
        });
        if let Some(action) = asked {
            self.act(ui, action);
        }
    }
}
