use egui::{Label, RichText, Ui};

use super::about_initializer::about_initializer;
use super::hover_beside::HoverBeside as _;
use super::row::{self, SliderRow, choice_ui};
use super::sigma_slider::sigma_ui;
use super::sigmas::Sigmas;
use super::{heading_ui, sigma_marks};
use crate::app::App;
use crate::app::given::{FileNetwork, dashes_ui};
use crate::app::theme::{self, colors};
use crate::experiment::{Experiment, Generator, Initializer, Meaning, Origin, Range, Value};
use crate::number;
use crate::sweep::SweptSetting;

/// Every initializer with the parameters it had last, for when it is chosen again.
#[derive(Clone, Copy)]
pub struct Remembered {
    initializers: [Initializer; Initializer::ALL.len()],
    /// Constant and standard deviation of the biases, while an initializer sets them.
    biases: (f64, f64),
}

impl Default for Remembered {
    fn default() -> Self {
        let mut remembered = Self { initializers: Initializer::ALL, biases: (0.0, 0.0) };
        remembered.note(&Experiment::article());
        remembered
    }
}

impl Remembered {
    /// Notes an experiment's initializer and biases.
    pub fn note(&mut self, experiment: &Experiment) {
        let present = experiment.initializer;
        if let Some(known) = self.initializers.iter_mut().find(|known| known.name() == present.name()) {
            *known = present;
        }
        if !present.sets_biases() {
            self.biases = (experiment.bias, experiment.bias_std);
        }
    }

    /// The initializer of this name, with the parameters it had last.
    pub fn of(&self, name: &str) -> Option<Initializer> {
        self.initializers.iter().find(|known| known.name() == name).copied()
    }

    /// Changes the experiment's initializer to the one of this name, and what depends on it.
    pub fn choose(&self, name: &str, experiment: &mut Experiment) {
        let Some(chosen) = self.of(name) else { return };
        experiment.initializer = chosen;
        (experiment.bias, experiment.bias_std) = if chosen.sets_biases() { (0.0, 0.0) } else { self.biases };
        if !matches!(chosen, Initializer::RandomNormal { .. }) {
            experiment.generator = Generator::Native;
        }
    }
}

const GAINS: std::ops::RangeInclusive<f64> = 0.1..=10.0;
const BIASES: std::ops::RangeInclusive<f64> = -1.0..=1.0;
const MEANS: std::ops::RangeInclusive<f64> = -0.1..=0.1;
/// Weights are f32.
const LARGEST: f64 = f32::MAX as f64;

impl App {
    /// The initializer by its name alone.
    pub(in crate::app) fn initializer_list_ui(&mut self, ui: &mut Ui) {
        if let Some(picked) = self.initializer_choice_ui(ui) {
            self.remembered.choose(picked, &mut self.experiment);
        }
    }

    /// The bias of every unit.
    pub(in crate::app) fn bias_alone_ui(&mut self, ui: &mut Ui) {
        let play = self.play_button(ui, SweptSetting::Bias);
        let mut asked = None;
        bias_ui(ui, &mut self.experiment.bias, |ui| asked = play.and_then(|play| play.ui(ui)));
        if let Some(action) = asked {
            self.act(ui, action);
        }
    }

    /// What moves the size of the weights: sigma with its marks, or where there is none the gain.
    pub(in crate::app) fn size_of_weights_ui(&mut self, ui: &mut Ui) {
        let (before, shape) = (self.experiment.initializer, self.shape_between_hidden_layers());
        let mut play = self.play_button(ui, SweptSetting::Sigma);
        let mut asked = None;
        let mut parameters = self.experiment.initializer.parameters();
        parameters.sort_by_key(|parameter| parameter.meaning != Meaning::Sigma);
        for parameter in parameters {
            let mut beside = |ui: &mut Ui| asked = play.take().and_then(|play| play.ui(ui));
            match (parameter.meaning, parameter.value) {
                (Meaning::Sigma, Value::Number(sigma, _)) => sigma_with_marks_ui(ui, (before, shape), sigma, beside),
                (Meaning::Gain, Value::Number(gain, _)) => gain_ui(ui, gain, &mut beside),
                _ => continue,
            }
            break;
        }
        self.remembered.note(&self.experiment);
        if let Some(action) = asked {
            self.act(ui, action);
        }
    }

    pub(super) fn initializer_ui(&mut self, ui: &mut Ui) {
        heading_ui(ui, "Initializer");
        let why = self.given.now().map(FileNetwork::weights_sentence);
        if let Some(why) = &why {
            let quiet = colors(ui.visuals()).quiet;
            ui.add(Label::new(RichText::new(why).font(theme::regular(11.5)).color(quiet)).wrap());
            dashes_ui(ui, why, &["Weights", "σ", "Bias"]);
            return;
        }
        self.law_ui(ui);
    }

    /// What weights and biases are drawn from.
    fn law_ui(&mut self, ui: &mut Ui) {
        self.initializer_list_ui(ui);
        let chosen = self.experiment.initializer;
        formula_ui(ui, chosen.formula(), &about_initializer(&self.experiment, self.measured()));
        self.parameters_ui(ui);
        if !matches!(chosen, Initializer::RandomNormal { .. }) {
            Sigmas::of(&self.experiment, self.measured()).ui(ui);
        }
        if !chosen.sets_biases() {
            self.bias_alone_ui(ui);
            if self.shown.panels.details || self.experiment.bias_std != 0.0 {
                bias_std_ui(ui, &mut self.experiment.bias_std);
            }
        }
        self.remembered.note(&self.experiment);
    }

    /// The initializers under headings that say whose they are; returns the name of the one that was just picked.
    fn initializer_choice_ui(&self, ui: &mut Ui) -> Option<&'static str> {
        let chosen = self.experiment.initializer.name();
        let groups = Origin::ALL.map(|origin| {
            let of_it = Initializer::ALL.into_iter().filter(|initializer| initializer.origin() == origin);
            (origin.name(), of_it.map(|initializer| (initializer.name(), initializer.name())).collect::<Vec<_>>())
        });
        let hover = || {
            format!(
                "The distribution the weights are drawn from.\n{}",
                about_initializer(&self.experiment, self.measured())
            )
        };
        // What there would be if it were picked.
        let about = |name| {
            let mut experiment = self.experiment.clone();
            self.remembered.choose(name, &mut experiment);
            about_initializer(&experiment, self.measured())
        };
        row::grouped_choice_ui(ui, "Weights", hover, (chosen, chosen), &groups, about)
    }

    /// Inputs and outputs of a kernel, from the second layer on those between hidden units; a single layer has only the images.
    fn shape_between_hidden_layers(&self) -> (usize, usize) {
        let hidden = &self.experiment.kernel_shapes()[self.experiment.linear_layers()..];
        if hidden.len() > 2 { hidden[1] } else { hidden[0] }
    }

    /// The chosen initializer's parameters: sliders for those that are moved to see what happens, else typed numbers.
    fn parameters_ui(&mut self, ui: &mut Ui) {
        let (before, shape) = (self.experiment.initializer, self.shape_between_hidden_layers());
        let mut play = self.play_button(ui, SweptSetting::Sigma);
        let mut asked = None;
        let mut parameters = self.experiment.initializer.parameters();
        // What is moved most stands first.
        parameters.sort_by_key(|parameter| parameter.meaning != Meaning::Sigma);
        for parameter in parameters {
            match (parameter.meaning, parameter.value) {
                (Meaning::Sigma, Value::Number(sigma, _)) => {
                    let play = play.take();
                    let beside = |ui: &mut Ui| asked = play.and_then(|play| play.ui(ui));
                    sigma_with_marks_ui(ui, (before, shape), sigma, beside);
                }
                (Meaning::Mean, Value::Number(mean, _)) => mean_ui(ui, mean),
                (Meaning::Gain, Value::Number(gain, _)) => {
                    // Only where there is no sigma, which stands before it.
                    let play = play.take();
                    gain_ui(ui, gain, |ui| asked = asked.or(play.and_then(|play| play.ui(ui))));
                }
                (_, Value::Number(number, Range::Share)) => share_ui(ui, parameter.name, number),
                (_, Value::Number(number, range)) => {
                    let smallest = if range == Range::NotNegative { 0.0 } else { -LARGEST };
                    let (hover, about) = ("A parameter of the initializer: ", about_parameter(parameter.name));
                    row::number_ui(ui, parameter.name, &format!("{hover}{about}"), smallest..=LARGEST, number);
                }
                (_, Value::Choice(mut choice)) => {
                    let chosen = choice.chosen();
                    let choices: Vec<_> =
                        choice.names().into_iter().map(|name| (name, name, about_choice(name))).collect();
                    let hover = about_parameter(parameter.name);
                    if let Some(picked) = choice_ui(ui, parameter.name, hover, (chosen, chosen), &choices) {
                        choice.choose(picked);
                    }
                }
            }
        }
        // Limits in the wrong order are not taken.
        if self.experiment.initializer.check().is_err() {
            self.experiment.initializer = before;
        }
        if let Some(action) = asked {
            self.act(ui, action);
        }
    }
}

/// Sigma of an initializer, over marks where other initializers have theirs for kernels of this shape.
fn sigma_with_marks_ui(
    ui: &mut Ui,
    (initializer, shape): (Initializer, (usize, usize)),
    sigma: &mut f64,
    beside: impl FnOnce(&mut Ui),
) {
    let marks = "The marks are the σ of glorot_normal and he_normal for the hidden layers.";
    let hover = match initializer {
        Initializer::RandomNormal { .. } => format!("Standard deviation of the weights. {marks}"),
        Initializer::TruncatedNormal { .. } => {
            format!("Standard deviation before the cut; 0.8796 of it remains. {marks}")
        }
        Initializer::TruncNormal { .. } => "Standard deviation before the cut.".to_owned(),
        _ => "Standard deviation of the weights that are not 0.".to_owned(),
    };
    let is_marked = matches!(initializer, Initializer::RandomNormal { .. } | Initializer::TruncatedNormal { .. });
    let slider = sigma_ui(ui, &hover, sigma, beside);
    if is_marked && let Some(clicked) = sigma_marks::marks_ui(ui, &slider, shape) {
        *sigma = clicked;
    }
}

fn mean_ui(ui: &mut Ui, mean: &mut f64) {
    let row = SliderRow {
        label: "Weight mean μ",
        hover: "Mean of the weights. Zero in every common initializer.",
        range: MEANS,
        typed: -LARGEST..=LARGEST,
        logarithmic: false,
        whole: false,
        stop: Some((0.0, 0.002)),
        written: number::plain,
    };
    row.ui(ui, mean);
}

fn gain_ui(ui: &mut Ui, gain: &mut f64, beside: impl FnOnce(&mut Ui)) {
    let row = SliderRow {
        label: "Gain on σ",
        hover: "A factor on every weight. With 1, weights are as the framework draws them.",
        range: GAINS,
        typed: 0.0..=LARGEST,
        logarithmic: true,
        whole: false,
        stop: Some((1.0, 0.02)),
        written: number::plain,
    };
    row.ui_with(ui, gain, 0.0, beside);
}

fn share_ui(ui: &mut Ui, label: &str, share: &mut f64) {
    let row = SliderRow {
        label,
        hover: about_parameter(label),
        range: 0.0..=1.0,
        typed: 0.0..=1.0,
        logarithmic: false,
        whole: false,
        stop: None,
        written: number::plain,
    };
    row.ui(ui, share);
}

fn bias_ui(ui: &mut Ui, bias: &mut f64, beside: impl FnOnce(&mut Ui)) {
    let row = SliderRow {
        label: "Bias",
        hover: "The same bias for every unit, added before φ. Zero in Keras. A bias below zero lets relu units die.",
        range: BIASES,
        typed: -LARGEST..=LARGEST,
        logarithmic: false,
        whole: false,
        stop: Some((0.0, 0.01)),
        written: number::plain,
    };
    row.ui_with(ui, bias, 0.0, beside);
}

fn bias_std_ui(ui: &mut Ui, std: &mut f64) {
    let row = SliderRow {
        label: "Spread of the biases",
        hover: "Standard deviation of the biases: each is drawn from N(bias, spread²). With 0, all are the same.",
        range: 0.0..=1.0,
        typed: 0.0..=LARGEST,
        logarithmic: false,
        whole: false,
        stop: Some((0.0, 0.005)),
        written: number::plain,
    };
    row.ui(ui, std);
}

fn about_parameter(name: &str) -> &'static str {
    match name {
        "minval" | "a" => "the lower limit; for kaiming, the slope of the leaky relu that its gain is for.",
        "maxval" | "b" => "the upper limit.",
        "value" => "the value of every weight.",
        "scale" => "the numerator of the variance scale / n.",
        "mode" => "What n counts in the variance: inputs, outputs, or the mean of both.",
        "distribution" => "The shape of the distribution; the variance stays the same.",
        "nonlinearity" => "What the gain is for, as torch.nn.init.calculate_gain has it.",
        "sparsity" => "The share of zeros among every input's outgoing weights, rounded up.",
        _ => "",
    }
}

fn about_choice(name: &str) -> &'static str {
    match name {
        "fan_in" => "Inputs of the layer: keeps the size of what goes forward",
        "fan_out" => "Outputs of the layer: keeps the size of the gradients",
        "fan_avg" => "The mean of inputs and outputs",
        "truncated_normal" => "Cut at two raw standard deviations, widened so that the variance is right",
        "untruncated_normal" => "A normal distribution, not cut",
        "uniform" => "Between ±sqrt(3 scale / n)",
        "linear" | "sigmoid" => "Gain 1",
        "tanh" => "Gain 5/3",
        "relu" => "Gain sqrt(2)",
        "leaky_relu" => "Gain sqrt(2 / (1 + a²))",
        "selu" => "Gain 3/4",
        _ => "",
    }
}

pub(super) fn formula_ui(ui: &mut Ui, formula: &str, hover: &str) {
    let text = RichText::new(formula).font(theme::regular(11.5)).color(colors(ui.visuals()).quiet);
    ui.label(text).hover_beside(ui, hover);
}
