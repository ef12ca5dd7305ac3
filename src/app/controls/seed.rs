use egui::{Align, Layout, RichText, Ui, vec2};

use super::hover_beside::HoverBeside as _;
use super::number_field::NumberField;
use super::{row, wanted};
use crate::app::App;
use crate::app::commands::Action;
use crate::app::given::{FileNetwork, dashes_ui};
use crate::app::lesson::lit;
use crate::app::theme::colors;
use crate::experiment::{Draws, Generator, Initializer};
use crate::sweep::SweptSetting;

/// Height of the line with the seed: its button's.
const ROW: f32 = 24.0;

impl App {
    pub(super) fn seed_ui(&mut self, ui: &mut Ui) {
        ui.add_space(1.0);
        let hover = "The same seed draws the same network, on every machine. Weights are drawn once and then scaled: \
                     moving σ keeps the network.";
        let draws_inputs = !self.experiment.inputs.data.has_pixels();
        let why = self.given.now().map(FileNetwork::weights_sentence);
        match &why {
            Some(why) if !draws_inputs => dashes_ui(ui, why, &["Seed"]),
            _ => self.seed_row_ui(ui, hover),
        }
        if why.is_none() {
            self.draws_ui(ui);
            // Under all that is moved.
            self.code_ui(ui);
        }
        self.start_over_ui(ui);
    }

    fn seed_row_ui(&mut self, ui: &mut Ui, hover: &str) {
        let play = self.play_button(ui, SweptSetting::Seed);
        let size = vec2(ui.available_width(), ROW);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            // Ten digits have room.
            ui.spacing_mut().item_spacing.x = 3.0;
            let label = ui.label(RichText::new("Seed").color(colors(ui.visuals()).quiet)).hover_beside(ui, hover);
            if let Some(action) = play.and_then(|play| play.ui(ui)) {
                self.act(ui, action);
            }
            let seed = ui
                .scope(|ui| {
                    row::bare(ui);
                    let field = NumberField {
                        name: "Seed",
                        range: 0.0..=f64::from(u32::MAX),
                        whole: true,
                        speed: 1.0,
                        written: |seed| format!("{seed:.0}"),
                        around: ("", ""),
                    };
                    let mut number = f64::from(self.experiment.seed);
                    let field = field.ui(ui, &mut number);
                    self.experiment.seed = number as u32;
                    field
                })
                .inner;
            let seed = seed.labelled_by(label.id);
            wanted::focus_text("Seed", &seed, &self.experiment.seed.to_string());
            lit::ring_ui(ui, "Seed", seed.rect);
            seed.hover_beside(ui, hover);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let key = Action::Reseed.key(ui).unwrap_or_default();
                ui.spacing_mut().button_padding.x = 5.0;
                if ui.button("Reseed").hover_beside(ui, format!("Draw another network. Key: {key}")).clicked() {
                    self.act(ui, Action::Reseed);
                }
            });
        });
    }

    fn start_over_ui(&mut self, ui: &mut Ui) {
        ui.add_space(5.0);
        let key = Action::StartOver.key(ui).unwrap_or_default();
        let hover = format!(
            "Return to the article's case: relu, N(0, 0.100²), five layers of 100, seed 10. Undo brings back what was \
             set. Key: {key}"
        );
        ui.horizontal(|ui| {
            if ui.button("Start over").hover_beside(ui, hover).clicked() {
                self.act(ui, Action::StartOver);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let label = if self.shown.panels.details { "Fewer settings" } else { "More settings" };
                let key = Action::Details.key(ui).unwrap_or_default();
                let hover = format!(
                    "The number of images, scaling of the pixels, a width per layer, a linear first layer, random biases, shared draws. Key: {key}"
                );
                if ui.button(label).hover_beside(ui, hover).clicked() {
                    self.act(ui, Action::Details);
                }
            });
        });
    }

    /// How kernels draw, and from which generator.
    fn draws_ui(&mut self, ui: &mut Ui) {
        let about = |draws| match draws {
            Draws::Independent => "Every kernel has draws of its own.",
            Draws::Shared => {
                "All kernels take the same numbers, as when one Keras initializer with a seed is given to all layers: kernels of \
                 equal shape are the same matrix."
            }
        };
        let chosen = self.experiment.draws;
        if self.shown.panels.details || chosen != Draws::default() {
            let choices = Draws::ALL.map(|draws| (draws, draws.name(), about(draws)));
            let picked = row::choice_ui(ui, "Draws of the layers", about(chosen), (chosen, chosen.name()), &choices);
            self.experiment.draws = picked.unwrap_or(chosen);
        }
        let name = |generator| match generator {
            Generator::Native => "initscope's own",
            Generator::Tensorflow1 => "TensorFlow 1",
        };
        let about = |generator| match generator {
            Generator::Native => "ChaCha8: the same numbers on every machine.",
            Generator::Tensorflow1 => {
                "Philox with the graph seed of Keras 2: exactly the numbers of figures made with it."
            }
        };
        // It draws normal numbers only.
        let usable = matches!(self.experiment.initializer, Initializer::RandomNormal { .. });
        let chosen = self.experiment.generator;
        if usable && (self.shown.panels.details || chosen != Generator::default()) {
            let choices = Generator::ALL.map(|generator| (generator, name(generator), about(generator)));
            let picked = row::choice_ui(ui, "Random numbers", about(chosen), (chosen, name(chosen)), &choices);
            self.experiment.generator = picked.unwrap_or(chosen);
        }
    }
}
