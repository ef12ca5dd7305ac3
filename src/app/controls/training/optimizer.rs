use egui::Ui;

use super::TrainingControls;
use super::rows::{LARGEST, number_row};
use crate::app::controls::hover_beside::HoverBeside as _;
use crate::app::controls::initializer::formula_ui;
use crate::app::controls::{row, wanted};
use crate::experiment::{NetworkFramework as Framework, Range};
use crate::training::{Optimizer, OptimizerValue};

impl TrainingControls<'_> {
    /// Whose computation it is, which optimizer, and its parameters.
    pub(super) fn optimizer_ui(&mut self, ui: &mut Ui) {
        let framework = self.training.framework;
        let about = "Whose formulas these are. Defaults, epsilon and decay stand where the framework has them.";
        let choices = [Framework::Keras, Framework::PyTorch].map(|framework| (framework, framework.name(), about));
        if let Some(picked) = row::choice_ui(ui, "Framework", about, (framework, framework.name()), &choices) {
            *self.training = self.training.in_framework(picked);
        }
        let framework = self.training.framework;
        let chosen = self.training.optimizer;
        let all = Optimizer::all(framework);
        let said = |optimizer: Optimizer| format!("{}\n{}", formula(optimizer, framework), optimizer.difference());
        let groups = [("", all.iter().map(|optimizer| (optimizer.name(), optimizer.name())).collect::<Vec<_>>())];
        let of = |name: &str| all.into_iter().find(|optimizer| optimizer.name() == name);
        let hover = || format!("What makes updates of gradients.\n{}", said(chosen));
        let about = |name| of(name).map_or_else(String::new, said);
        let picked = row::grouped_choice_ui(ui, "Optimizer", hover, (chosen.name(), chosen.name()), &groups, about);
        if let Some(optimizer) = picked.and_then(of).filter(|picked| picked.name() != chosen.name()) {
            *self.training = self.training.with_optimizer(optimizer);
        }
        let optimizer = self.training.optimizer;
        formula_ui(ui, &formula(optimizer, framework), optimizer.difference());
        self.parameters_of_optimizer_ui(ui);
    }

    fn parameters_of_optimizer_ui(&mut self, ui: &mut Ui) {
        let has_momentum = !matches!(self.training.optimizer, Optimizer::Sgd { momentum: 0.0, .. });
        for parameter in self.training.optimizer.parameters() {
            match parameter.value {
                OptimizerValue::Number(number, range) => {
                    let typed = match range {
                        Range::BelowOne => 0.0..=1.0_f64.next_down(),
                        Range::Positive => f64::from(f32::MIN_POSITIVE)..=LARGEST,
                        Range::Share => 0.0..=1.0,
                        Range::NotNegative | Range::Finite => 0.0..=LARGEST,
                    };
                    number_row(ui, (parameter.name, about(parameter.name)), typed, false, number);
                }
                // It looks ahead by momentum.
                OptimizerValue::Flag(flag) if has_momentum => {
                    let checkbox = ui.checkbox(flag, parameter.name).hover_beside(ui, about(parameter.name));
                    wanted::focus(parameter.name, &checkbox);
                }
                OptimizerValue::Flag(flag) => *flag = false,
            }
        }
    }
}

/// What a step does, in letters that the window's font has.
fn formula(optimizer: Optimizer, framework: Framework) -> String {
    optimizer.formula(framework).replace('ᵗ', "^t")
}

/// What a parameter is.
fn about(name: &str) -> &'static str {
    match name {
        "momentum" => "The share of its velocity that is kept in a step; 0 for none.",
        "nesterov" => "The gradient counts where momentum will lead to.",
        "rho" => "The share of the running mean of squares that is kept in a step.",
        "beta_1" => "The share of the mean of gradients that is kept in a step.",
        "beta_2" => "The share of the mean of squares that is kept in a step.",
        "initial_accumulator_value" => "What the sum of squares begins at.",
        "epsilon" => "What keeps a division finite. The formula says where it stands.",
        _ => "",
    }
}
