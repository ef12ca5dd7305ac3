use std::ops::RangeInclusive;

use egui::{RichText, Ui};

use super::heading_ui;
use super::hover_beside::HoverBeside as _;
use super::initializer::formula_ui;
use super::refused::refuse;
use super::row::{self, SliderRow};
use super::wanted;
use crate::app::App;
use crate::app::given::{FileNetwork, refused_ui};
use crate::app::lesson::lit;
use crate::app::theme::{self, colors};
use crate::experiment::{Activation, AtZero, LAYERS, WIDTHS, width};
use crate::number;
use crate::sweep::SweptSetting;

impl App {
    /// The activation by its name alone.
    pub(in crate::app) fn activation_choice_ui(&mut self, ui: &mut Ui) {
        let named = self.named_activations();
        let why = named.as_ref().map(|(why, _)| &why[..]);
        let are_several = named.as_ref().is_some_and(|(_, are_several)| *are_several);
        refused_ui(ui, why, |ui| activation_choice_ui(ui, &mut self.experiment.activation, are_several));
    }

    pub(super) fn network_ui(&mut self, ui: &mut Ui) {
        heading_ui(ui, "Network");
        self.file_ui(ui);
        let why = self.given.now().map(FileNetwork::weights_sentence);
        refused_ui(ui, why.as_deref(), |ui| self.shape_ui(ui));
        let named = self.named_activations();
        let why = named.as_ref().map(|(why, _)| &why[..]);
        let are_several = named.as_ref().is_some_and(|(_, are_several)| *are_several);
        refused_ui(ui, why, |ui| match are_several {
            true => activation_choice_ui(ui, &mut self.experiment.activation, true),
            false => activation_ui(ui, &mut self.experiment.activation),
        });
    }

    /// The activations that the present file names, if it does, in a sentence, and whether they differ.
    fn named_activations(&self) -> Option<(String, bool)> {
        let file = self.given.now().filter(|file| file.names_activation())?;
        let (label, subject) = (file.label(), self.untrained());
        let mut all: Vec<_> =
            (0..self.experiment.widths.len()).map(|layer| subject.activation(layer).to_string()).collect();
        all.dedup();
        let (activation, are_several) = if all.len() > 1 { ("activations", true) } else { ("activation", false) };
        Some((format!("{label} names the {activation}: {}.", all.join(" → ")), are_several))
    }

    /// Depth and widths.
    fn shape_ui(&mut self, ui: &mut Ui) {
        let details = self.shown.panels.details;
        let play = self.play_button(ui, SweptSetting::Depth);
        let mut asked = None;
        let widths = &mut self.experiment.widths;
        let (mut layers, mut width) = (widths.len(), widths[0]);
        let hover = "Layers with an activation between the inputs and the 10 outputs, each h = φ(h W + b). Adding layers keeps \
                     the existing ones.";
        row::whole_ui_with(ui, ("Hidden layers", hover), &LAYERS, true, &mut layers, |ui| {
            asked = play.and_then(|play| play.ui(ui));
        });
        if layers != widths.len() {
            let last = widths[widths.len() - 1];
            widths.resize(layers, last);
        }
        let uniform = widths.iter().all(|&other| other == width);
        let shown = width;
        let hover = if uniform {
            "Units of every hidden layer."
        } else {
            "Units of the first layer; changing this sets all layers."
        };
        // Layers of a file may be wider than any that is drawn.
        let range = *WIDTHS.start()..=width.max(*WIDTHS.end());
        row::whole_ui(ui, "Units per layer", hover, &range, true, &mut width);
        if width != shown {
            widths.fill(width);
        }
        if details || !uniform {
            widths_ui(ui, widths);
        }
        if details || self.experiment.linear_first {
            let checkbox = ui.checkbox(&mut self.experiment.linear_first, "Linear first layer").hover_beside(
                ui,
                "A layer of the first width, without activation, before the hidden layers: layer 0, as in the \
                 article's network. It is not drawn.",
            );
            wanted::focus("Linear first layer", &checkbox);
            lit::ring_ui(ui, "Linear first layer", checkbox.rect);
        }
        if let Some(action) = asked {
            self.act(ui, action);
        }
    }
}

/// The width of each layer, as text.
fn widths_ui(ui: &mut Ui, widths: &mut Vec<usize>) {
    let hover = "Units of each hidden layer, for example 128, 64, 32. Press Enter to use them.";
    let label =
        ui.label(RichText::new("Units of each layer").color(colors(ui.visuals()).quiet)).hover_beside(ui, hover);
    let written = widths.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    let id = label.id.with("text");
    // While somebody types it is theirs.
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| written.clone());
    let field = row::field_ui(ui, &mut text, "128, 64, 32").labelled_by(label.id).hover_beside(ui, hover);
    wanted::focus_text("Units of each layer", &field, &text);
    lit::ring_ui(ui, "Units of each layer", field.rect);
    if field.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(id));
        if text != written {
            match read_widths(&text) {
                Ok(read) => *widths = read,
                Err(sentence) => {
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

/// `128, 64, 32`
fn read_widths(text: &str) -> Result<Vec<usize>, String> {
    let refused = || {
        format!(
            "“{text}” cannot be used: write {} to {} whole numbers from {} to {}, as in 128, 64, 32",
            LAYERS.start(),
            LAYERS.end(),
            WIDTHS.start(),
            WIDTHS.end()
        )
    };
    let parts = text.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let widths: Option<Vec<usize>> =
        parts.map(|part| width(part).ok().filter(|width| WIDTHS.contains(width))).collect();
    widths.filter(|widths| LAYERS.contains(&widths.len())).ok_or_else(refused)
}

/// What the sliders of parameters reach; more can be typed.
const SLOPES: RangeInclusive<f64> = 0.0..=1.0;
const ALPHAS: RangeInclusive<f64> = 0.1..=10.0;
/// Parameters are used with f32.
const LARGEST: f64 = f32::MAX as f64;
/// The least alpha that can be typed for celu, which divides by it.
const LEAST: f64 = 1e-6;

/// The activation, and its parameter if it has one.
fn activation_ui(ui: &mut Ui, activation: &mut Activation) {
    activation_choice_ui(ui, activation, false);
    let chosen = *activation;
    match activation {
        Activation::LeakyRelu { slope } => {
            formula_ui(ui, chosen.formula(), chosen.convention());
            slope_ui(ui, slope);
        }
        Activation::Elu { alpha } => {
            formula_ui(ui, chosen.formula(), chosen.convention());
            alpha_ui(ui, "How deep the negative side goes. 1 in Keras and PyTorch; 0 is relu.", 0.0, alpha);
        }
        Activation::Celu { alpha } => {
            formula_ui(ui, chosen.formula(), chosen.convention());
            alpha_ui(ui, "How deep and how wide the negative side is. 1 in Keras and PyTorch.", LEAST, alpha);
        }
        Activation::Selu { at_zero } => {
            formula_ui(ui, chosen.formula(), chosen.convention());
            let hover = "From which side the derivative at 0 is taken, where the two differ.";
            chips_ui(
                ui,
                at_zero,
                &[
                    ("PyTorch", "φ′(0) = 1.7581, from below, as torch.nn.SELU", AtZero::Below),
                    ("TensorFlow", "φ′(0) = 1.0507, from above, as tf.nn.selu", AtZero::Above),
                ],
                Some(("φ′(0) as in", hover)),
            );
        }
        _ => {}
    }
}

/// The list of all activations; where layers have several, none is the one.
fn activation_choice_ui(ui: &mut Ui, activation: &mut Activation, are_several: bool) {
    let chosen = *activation;
    let about = Activation::ALL.map(|choice| format!("{}\n{}", choice.formula(), choice.convention()));
    let choices: Vec<_> =
        Activation::ALL.iter().zip(&about).map(|(choice, about)| (choice.name(), choice.name(), &about[..])).collect();
    let hover = format!(
        "The nonlinearity φ of every hidden layer. {}: {}\n{}\n{}\n{}",
        chosen.name(),
        chosen.formula(),
        chosen.convention(),
        chosen.keras(),
        chosen.pytorch()
    );
    if let Some(picked) = row::choice_ui(
        ui,
        "Activation",
        &hover,
        (chosen.name(), if are_several { "several" } else { chosen.name() }),
        &choices,
    ) && picked != chosen.name()
    {
        *activation = Activation::ALL.into_iter().find(|activation| activation.name() == picked).unwrap_or(chosen);
    }
}

/// Values that frameworks have, one click away.
fn chips_ui<T: PartialEq + Copy>(ui: &mut Ui, value: &mut T, chips: &[(&str, &str, T)], label: Option<(&str, &str)>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding = egui::vec2(5.0, 1.0);
        if let Some((label, hover)) = label {
            let quiet = colors(ui.visuals()).quiet;
            ui.label(RichText::new(label).font(theme::regular(11.5)).color(quiet)).hover_beside(ui, hover);
        }
        for &(name, hover, chip) in chips {
            let name = RichText::new(name).font(theme::regular(11.5));
            if ui.selectable_label(*value == chip, name).hover_beside(ui, hover).clicked() {
                *value = chip;
            }
        }
    });
}

fn slope_ui(ui: &mut Ui, slope: &mut f64) {
    let row = SliderRow {
        label: "slope",
        hover: "Slope below zero: 0.01 in PyTorch, 0.2 in Keras's function, 0.3 in Keras's layer.",
        range: SLOPES,
        typed: 0.0..=LARGEST,
        logarithmic: false,
        whole: false,
        stop: None,
        written: number::plain,
    };
    row.ui(ui, slope);
    let chips = [
        ("PyTorch", "0.01, as torch.nn.LeakyReLU", 0.01),
        ("Keras", "0.2, as keras.activations.leaky_relu", 0.2),
        ("Keras layer", "0.3, as keras.layers.LeakyReLU", 0.3),
    ];
    chips_ui(ui, slope, &chips, None);
}

fn alpha_ui(ui: &mut Ui, hover: &str, least: f64, alpha: &mut f64) {
    let row = SliderRow {
        label: "alpha",
        hover,
        range: ALPHAS,
        typed: least..=LARGEST,
        logarithmic: true,
        whole: false,
        stop: Some((1.0, 0.02)),
        written: number::plain,
    };
    row.ui(ui, alpha);
}
