use egui::{Button, RichText, Ui};

use super::rows::{LARGEST, number_row};
use crate::app::App;
use crate::app::commands::{Action, RateChange};
use crate::app::controls::hover_beside::HoverBeside as _;
use crate::app::controls::refused::refuse;
use crate::app::controls::row::{self, SliderRow};
use crate::app::controls::wanted;
use crate::app::lesson::lit;
use crate::app::theme::{self, colors};
use crate::number;
use crate::training::{Schedule, Training, TrainingPlan};

/// What the slider reaches.
const RATES: std::ops::RangeInclusive<f64> = 1e-5..=10.0;
/// Steps that can be typed.
const MOST_STEPS: u64 = 1_000_000_000;

impl App {
    /// The learning rate, several of them, and what becomes of it.
    pub(super) fn rates_ui(&mut self, ui: &mut Ui, training: &mut Training) {
        let several = self.plan.rates().len() > 1;
        if !several {
            let row = SliderRow {
                label: "Learning rate",
                hover: "How far a step goes: η in the formula. A new one begins the race again from its start.",
                range: RATES,
                typed: 0.0..=LARGEST,
                logarithmic: true,
                whole: false,
                stop: None,
                written: number::plain,
            };
            row.ui(ui, &mut training.learning_rate);
        }
        self.change_from_here_ui(ui);
        if several || self.shown.panels.details {
            let before = self.plan.clone();
            several_rates_ui(ui, &mut self.plan);
            if self.plan != before {
                training.learning_rate = self.plan.training().learning_rate;
            }
        }
        schedule_ui(ui, training, self.shown.panels.details);
    }

    /// Factors on the rate from the present step on, while there is a race that can go on so.
    fn change_from_here_ui(&mut self, ui: &mut Ui) {
        if !self.can_change_rate_from_here() {
            return;
        }
        let mut asked = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.spacing_mut().button_padding = egui::vec2(5.0, 1.0);
            let quiet = colors(ui.visuals()).quiet;
            let hover = "Goes on from the present step with another rate, as the schedule step. A velocity that Keras keeps \
                         still holds the old rate; PyTorch's follows at once.";
            ui.label(RichText::new("From here").font(theme::regular(11.5)).color(quiet)).hover_beside(ui, hover);
            for change in RateChange::ALL {
                let button = Button::new(RichText::new(change.label()).font(theme::regular(11.5)));
                let button = ui.add(button).hover_beside(ui, hover);
                let name = format!("Rate {} from here", change.label());
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if button.clicked() {
                    asked = Some(Action::Rate(change));
                }
            }
        });
        if let Some(action) = asked {
            self.act(ui, action);
        }
    }
}

/// All learning rates, as text.
fn several_rates_ui(ui: &mut Ui, plan: &mut TrainingPlan) {
    let name = "Learning rates";
    let hover = if plan.has_one_each() {
        "A learning rate for each experiment, in their order. Another number of them is one for all, or several racers of each."
    } else {
        "Several learning rates are several racers, for example 0.1, 0.01. Press Enter to use them."
    };
    let label = ui.label(RichText::new(name).color(colors(ui.visuals()).quiet)).hover_beside(ui, hover);
    let written = plan.rates().iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
    let id = label.id.with("text");
    // While somebody types it is theirs.
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| written.clone());
    let field = row::field_ui(ui, &mut text, "0.1, 0.01").labelled_by(label.id).hover_beside(ui, hover);
    wanted::focus_text(name, &field, &text);
    lit::ring_ui(ui, name, field.rect);
    if field.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(id));
        if text != written {
            match read_rates(&text) {
                Some(read) if plan.has_one_each() && read.len() == plan.rates().len() => plan.set_one_each(&read),
                Some(read) => plan.set_rates(&read),
                None => {
                    let sentence = format!(
                        "“{text}” cannot be used: write numbers of 0 or more, with commas between, as in 0.1, 0.01"
                    );
                    if refuse(ui, &field, &text, sentence) {
                        ui.data_mut(|data| data.insert_temp(id, text));
                    }
                }
            }
        }
    } else if field.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, text));
    }
}

/// `0.1, 0.01`
fn read_rates(text: &str) -> Option<Vec<f64>> {
    let parts = text.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let rates: Vec<f64> =
        parts.map(|part| part.parse().ok().filter(|rate| (0.0..=LARGEST).contains(rate))).collect::<Option<_>>()?;
    (!rates.is_empty()).then_some(rates)
}

/// What becomes of the rate as steps go by.
fn schedule_ui(ui: &mut Ui, training: &mut Training, details: bool) {
    let name = |schedule: Schedule| match schedule {
        Schedule::Constant => "constant",
        Schedule::Cosine => "cosine",
        Schedule::Step { .. } => "step",
    };
    let about = |schedule: Schedule| match schedule {
        Schedule::Constant => "The learning rate stays as it is.",
        Schedule::Cosine => {
            "The learning rate falls to 0 by half a cosine, from the end of the warm-up to the last step."
        }
        Schedule::Step { .. } => "The learning rate is multiplied by a factor once, after this step.",
    };
    let hover = "What becomes of the learning rate as steps go by.";
    let chosen = training.schedule;
    let step = match chosen {
        Schedule::Step { .. } => chosen,
        _ => Schedule::Step { at: 1000, factor: 0.1 },
    };
    let choices = [Schedule::Constant, Schedule::Cosine, step].map(|choice| (choice, name(choice), about(choice)));
    let picked = row::choice_ui(ui, "Schedule", hover, (chosen, name(chosen)), &choices);
    training.schedule = picked.unwrap_or(chosen);
    if let Schedule::Step { at, factor } = &mut training.schedule {
        let mut number = *at as f64;
        number_row(ui, ("after step", about(step)), 0.0..=MOST_STEPS as f64, true, &mut number);
        *at = number as u64;
        number_row(ui, ("factor", "What the rate is multiplied by from then on."), 0.0..=1e6, false, factor);
    }
    if details || training.warm_up > 0 {
        let hover = "Steps over which the rate rises to its value, in equal parts; 0 for none.";
        let mut number = training.warm_up as f64;
        number_row(ui, ("Warm-up steps", hover), 0.0..=MOST_STEPS as f64, true, &mut number);
        training.warm_up = number as u64;
    }
}
