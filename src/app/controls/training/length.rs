use egui::Ui;

use super::TrainingControls;
use super::rows::whole_row;
use crate::app::controls::row;
use crate::training::Length;

/// How many can be typed.
const MOST_EPOCHS: u64 = 1_000_000;
const MOST_STEPS: u64 = 1_000_000_000;

impl TrainingControls<'_> {
    /// Images of a step, and how many steps.
    pub(super) fn length_ui(&mut self, ui: &mut Ui) {
        let images = self.training.images.min(self.available).max(1) as u64;
        let hover = "Images of a step. 32 in Keras's fit, 1 in PyTorch's DataLoader, unless one says otherwise.";
        let batch = whole_row(ui, ("Batch", hover), 1..=images.min(1024), images, self.training.batch as u64);
        self.training.batch = batch as usize;
        let each = self.training.steps_per_epoch(images as usize).max(1);
        let name = |length: Length| match length {
            Length::Epochs(_) => "Epochs",
            Length::Steps(_) => "Steps",
        };
        let about = |length: Length| match length {
            Length::Epochs(_) => "Times that all training images are seen.",
            Length::Steps(_) => "Updates of the weights.",
        };
        let chosen = self.training.length;
        let (epochs, steps) = match chosen {
            Length::Epochs(epochs) => (chosen, Length::Steps(epochs * each)),
            Length::Steps(steps) => (Length::Epochs(steps.div_ceil(each).max(1)), chosen),
        };
        let choices = [epochs, steps].map(|choice| (choice, name(choice), about(choice)));
        let picked = row::choice_ui(
            ui,
            "Length in",
            "How it is said how long the training takes.",
            (chosen, name(chosen)),
            &choices,
        );
        self.training.length = match picked.unwrap_or(chosen) {
            Length::Epochs(epochs) => {
                let hover = format!("{} One epoch is {each} steps.", about(Length::Epochs(epochs)));
                Length::Epochs(whole_row(ui, ("Epochs", &hover), 1..=100, MOST_EPOCHS, epochs))
            }
            Length::Steps(steps) => {
                let hover = format!("{} One epoch is {each} steps.", about(Length::Steps(steps)));
                Length::Steps(whole_row(ui, ("Steps", &hover), 1..=100_000, MOST_STEPS, steps.max(1)))
            }
        };
    }
}
