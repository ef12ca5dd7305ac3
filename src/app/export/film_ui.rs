use std::path::PathBuf;

use egui::{ComboBox, Ui};

use super::Export;
use super::work::FilmOrder;
use crate::app::App;
use crate::app::controls::number_field::NumberField;
use crate::app::export::name_ui::name_ui;
use crate::app::export::options::number_ui;
use crate::app::lists::{entry_ui, keep_place};
use crate::figure::ViewName;
use crate::number;
use crate::page::FilmFormat;
use crate::sweep::{FRAMES, Film, SweptSetting};

/// A sweep's ends are f32's.
const LARGEST: f64 = f32::MAX as f64;

impl Export {
    /// What moves in a film, from where to where.
    pub(super) fn film_options_ui(&mut self, ui: &mut Ui) {
        name_ui(ui, "Moves", "The setting that moves from one value to the other; the axis stands still.");
        let setting = self.sweep.setting;
        let list = ComboBox::from_id_salt("sweep").width(190.0).selected_text(setting.name());
        let shown = list.show_ui(ui, |ui| {
            for other in SweptSetting::ALL {
                if entry_ui(ui, other == setting, other.name()).clicked() {
                    self.sweep.setting = other;
                    (self.sweep.from, self.sweep.to) = match other {
                        SweptSetting::Sigma => (0.05, 0.3),
                        SweptSetting::Depth | SweptSetting::Seed => (1.0, 20.0),
                        SweptSetting::Bias => (-1.0, 1.0),
                    };
                    ui.close();
                }
            }
        });
        keep_place(&shown.response);
        shown.response.accessible_name("Moves");
        ui.end_row();
        let whole = matches!(self.sweep.setting, SweptSetting::Depth | SweptSetting::Seed);
        name_ui(ui, "From, to", "The first and the last value.");
        ui.horizontal(|ui| {
            for (end, name) in [(&mut self.sweep.from, "From"), (&mut self.sweep.to, "To")] {
                let (speed, range) = (if whole { 1.0 } else { 0.002 }, -LARGEST..=LARGEST);
                number_ui(ui, NumberField { name, range, whole, speed, written: number::plain, around: ("", "") }, end);
            }
        });
        ui.end_row();
        name_ui(ui, "Pictures", "The number of pictures, and how many per second.");
        ui.horizontal(|ui| {
            let range = *FRAMES.start() as f64..=*FRAMES.end() as f64;
            let written = |frames: f64| number::count(frames as u64);
            let field = NumberField { name: "Pictures", range, whole: true, speed: 1.0, written, around: ("", "") };
            let mut frames = self.sweep.frames as f64;
            number_ui(ui, field, &mut frames);
            self.sweep.frames = frames as usize;
            let name = "Pictures a second";
            let (range, written, around) = (0.1..=50.0, number::plain, ("", " a second"));
            number_ui(ui, NumberField { name, range, whole: false, speed: 0.1, written, around }, &mut self.fps);
        });
        ui.end_row();
    }
}

impl App {
    /// All that makes a film of the layers.
    pub(super) fn film_order(&self, path: PathBuf, format: FilmFormat) -> Result<FilmOrder, String> {
        if self.export.view != ViewName::Layers {
            return Err("a film shows layers: choose the view Layers".to_owned());
        }
        let settings = self.export_settings();
        settings.sheet().map_err(|error| error.to_string())?;
        self.export.sweep.experiments(&self.subject()).map_err(|error| error.to_string())?;
        let film = Film {
            sweep: self.export.sweep.clone(),
            base: self.subject(),
            view: self.shown.layers,
            settings,
            zoom: self.export.zoom,
            fps: self.export.fps,
            jobs: 0,
        };
        Ok(FilmOrder { film, format, fonts: self.export.fonts(), path })
    }
}
