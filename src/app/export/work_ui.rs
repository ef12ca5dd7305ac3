use egui::{ProgressBar, Ui};

use super::work::{Measured, Parts, Work};
use crate::lesson::LessonFile;

impl Work {
    /// How far what is made in parts is, with what stops it.
    pub(super) fn progress_ui(&self, ui: &mut Ui, stop: &str) {
        let Some(parts) = self.parts() else { return };
        ui.horizontal(|ui| {
            ui.add(ProgressBar::new(parts.done as f32 / parts.all as f32).desired_width(180.0));
            ui.label(parts.said());
            if ui.button("Stop").on_hover_text(stop).clicked() {
                self.stop();
            }
        });
    }
}

impl Parts {
    /// What is being done.
    fn said(self) -> String {
        let Self { done, all, measured } = self;
        match measured {
            Measured::Pictures if done < all / 2 => format!("Measuring picture {} of {}", done + 1, all / 2),
            Measured::Pictures => format!("Writing picture {} of {}", (done + 1 - all / 2).min(all / 2), all / 2),
            Measured::Steps(_) if done < all => format!("Step {} of {all}", done + 1),
            Measured::Steps(LessonFile::Film(_)) => "Writing the film …".to_owned(),
            Measured::Steps(LessonFile::Pages(_)) => "Writing the pages …".to_owned(),
        }
    }
}
