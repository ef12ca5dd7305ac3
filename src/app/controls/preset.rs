use egui::{Button, RichText, Role, Ui, WidgetInfo, vec2};

use super::hover_beside::HoverBeside as _;
use super::wanted;
use crate::app::App;
use crate::app::commands::Action;
use crate::app::lesson::lit;
use crate::app::theme::{self, colors};
use crate::experiment::{Experiment, Meaning, Preset};
use crate::figure::Headline;
use crate::number;

/// What the control says where no preset is chosen.
const NONE: &str = "Choose an experiment";

impl App {
    /// Experiments with a name, and the chosen one's cases.
    pub(super) fn preset_ui(&mut self, ui: &mut Ui) {
        let chosen = Preset::of(self.cases());
        let is_case = self.cases().contains(self.experiment());
        ui.horizontal(|ui| {
            let quiet = colors(ui.visuals()).quiet;
            ui.label(RichText::new("Preset").color(quiet));
            if chosen.is_some() && !is_case {
                let changed = RichText::new("changed").font(theme::regular(11.5)).color(quiet);
                ui.label(changed).hover_beside(ui, "The settings differ from those of the preset.");
            }
            self.scene_buttons_ui(ui);
        });
        self.preset_button_ui(ui, chosen.as_ref());
        self.cases_ui(ui);
        self.scene_file_ui(ui);
    }

    /// What is chosen, as a list shows it; it opens the grid.
    fn preset_button_ui(&mut self, ui: &mut Ui, chosen: Option<&Preset>) {
        let title = chosen.map_or(NONE, |preset| preset.title);
        let button = Button::new(title).right_text("…").truncate().min_size(vec2(ui.available_width(), 0.0));
        let button = ui.add(button);
        button.widget_info(|| WidgetInfo {
            current_text_value: Some(title.to_owned()),
            ..WidgetInfo::labeled(Role::ComboBox, true, "Preset")
        });
        wanted::focus("Preset", &button);
        lit::ring_ui(ui, "Preset", button.rect);
        let about = chosen.map_or(
            "Experiments with a name: the article's figures, and what goes wrong in deep networks.",
            |preset| preset.summary,
        );
        let key = Action::Presets.key(ui).unwrap_or_default();
        if button.hover_beside(ui, format!("{about} Key: {key}")).clicked() {
            self.act(ui, Action::Presets);
        }
    }

    /// The experiments that belong together, one click away from one another.
    fn cases_ui(&mut self, ui: &mut Ui) {
        if self.cases().len() < 2 {
            return;
        }
        let (label, names) = names(self.cases());
        let mut picked = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.spacing_mut().button_padding = vec2(6.0, 1.0);
            ui.label(RichText::new(label).font(theme::regular(11.5)).color(colors(ui.visuals()).quiet));
            for (case, name) in self.cases().iter().zip(&names) {
                let is_shown = case == self.experiment();
                let text = RichText::new(name).font(theme::regular(11.5));
                let keys = [Action::CaseBefore, Action::CaseAfter].map(|action| action.key(ui).unwrap_or_default());
                let hover = format!("{} Keys: {} and {}", Headline::of(&case.into()), keys[0], keys[1]);
                if ui.selectable_label(is_shown, text).hover_beside(ui, hover).clicked() {
                    picked = Some(case.clone());
                }
            }
        });
        if let Some(case) = picked {
            self.go_to_case(case);
        }
    }

    /// Shows the case this far from the shown one; from none of them, the first.
    pub(in crate::app) fn step_to_case(&mut self, by: isize) {
        if let Some(case) = self.case_at(by).cloned() {
            self.go_to_case(case);
        }
    }

    /// Shows the first of several cases.
    pub(in crate::app) fn go_to_first_case(&mut self) {
        if let [first, _, ..] = self.cases() {
            self.go_to_case(first.clone());
        }
    }

    /// Whether there is a case this far from the shown one.
    pub(in crate::app) fn has_case(&self, by: isize) -> bool {
        self.case_at(by).is_some()
    }

    /// The case this far from the shown one; from none of several, the first.
    pub(in crate::app) fn case_at(&self, by: isize) -> Option<&Experiment> {
        let cases = self.cases();
        let shown = cases.iter().position(|case| case == self.experiment());
        let next = shown.map_or(Some(0), |shown| shown.checked_add_signed(by))?;
        cases.get(next).filter(|_| cases.len() > 1)
    }
}

/// What tells the cases apart: their sigmas, their biases, or just their numbers.
fn names(cases: &[Experiment]) -> (&'static str, Vec<String>) {
    let sigmas: Option<Vec<f64>> = cases.iter().map(|case| case.initializer.number(Meaning::Sigma)).collect();
    let biases: Vec<f64> = cases.iter().map(|case| case.bias).collect();
    let differ = |numbers: &[f64]| numbers.windows(2).all(|pair| pair[0] != pair[1]);
    match sigmas {
        Some(sigmas) if differ(&sigmas) => ("σ", sigmas.into_iter().map(number::sigma).collect()),
        _ if differ(&biases) => ("Bias", biases.into_iter().map(number::plain).collect()),
        _ => ("Case", (1..=cases.len()).map(|number| number.to_string()).collect()),
    }
}
