use egui::Ui;

use super::TrainingControls;
use super::rows::{number_row, whole_row};
use crate::app::controls::hover_beside::HoverBeside as _;
use crate::app::controls::wanted;
use crate::app::lesson::lit;
use crate::training::BatchOrder;

impl TrainingControls<'_> {
    /// What it is trained on, and in which order.
    pub(super) fn images_ui(&mut self, ui: &mut Ui) {
        let available = self.available.max(1) as u64;
        let hover =
            "The first so many images of the training split. The test images judge, whatever is shown to the layers.";
        let images = (self.training.images as u64).min(available);
        let set = whole_row(ui, ("Training images", hover), 1..=available, available, images);
        if set != images {
            // All there are is all there are of any data.
            self.training.images =
                if set == available { crate::experiment::Split::Train.images() } else { set as usize };
        }
        let mut shuffled = self.training.order != BatchOrder::AsTheyAre;
        let hover = "Another order of the images in every epoch, the same for all racers; else they come as they are.";
        let checkbox = ui.checkbox(&mut shuffled, "Shuffled").hover_beside(ui, hover);
        wanted::focus("Shuffled", &checkbox);
        lit::ring_ui(ui, "Shuffled", checkbox.rect);
        self.training.order = match (self.training.order, shuffled) {
            (BatchOrder::Shuffled(seed), true) => BatchOrder::Shuffled(seed),
            (BatchOrder::AsTheyAre, true) => BatchOrder::Shuffled(0),
            (_, false) => BatchOrder::AsTheyAre,
        };
        if let BatchOrder::Shuffled(seed) = &mut self.training.order
            && (self.details || *seed != 0)
        {
            let mut number = f64::from(*seed);
            let hover = "Seed of the order of the images.";
            number_row(ui, ("Order seed", hover), 0.0..=f64::from(u32::MAX), true, &mut number);
            *seed = number as u32;
        }
    }
}
