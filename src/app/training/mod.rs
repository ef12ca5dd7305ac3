//! Networks that are trained side by side, in the centre: a figure of the race, over which lies the step that is looked at.

mod look;
mod picture;
mod race_words;
mod rates_ui;
mod said;
mod training_ui;

pub use look::training_look;

use super::painting::Painting;
use picture::{PaintedRace, RacePicture};
use race_words::RaceWords;

/// What is drawn of a race, and what is said of it.
pub struct TrainingPictures(Painting<PaintedRace, Result<RacePicture, String>>, RaceWords);

impl Default for TrainingPictures {
    fn default() -> Self {
        Self(Painting::new("initscope-training", picture::painter), RaceWords::default())
    }
}

impl TrainingPictures {
    /// Takes the picture that was made since the last frame.
    pub fn take_picture(&mut self) {
        self.0.take();
    }

    /// Asks for the picture that was wanted in the frame that is over.
    pub fn ask(&mut self, ctx: &egui::Context) {
        self.0.ask(ctx);
    }

    /// Whether a newer picture is still being made.
    pub fn is_painting(&self) -> bool {
        self.0.is_under_way()
    }
}
