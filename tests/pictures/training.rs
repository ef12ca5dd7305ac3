//! Figures of a training, pinned.

use std::sync::{Arc, OnceLock};

use image::RgbaImage;
use initscope::engine::race::{RaceFound, RaceNumber, RaceWish};
use initscope::engine::{Entrant, Measurer};
use initscope::experiment::{Experiment, Initializer};
use initscope::figure::training::{LayerQuantity, TrainingChart, TrainingLook};
use initscope::figure::{Sheet, Theme, ViewName};
use initscope::layout::{Content as _, TrainingContent};
use initscope::page::{Fonts, raster};
use initscope::training::TrainingSettings;

use crate::assert_looks_as_expected;

/// Three small networks, one of which hardly learns and one of which stops being finite.
fn race() -> Arc<RaceFound> {
    static RACE: OnceLock<Arc<RaceFound>> = OnceLock::new();
    let train = || {
        let settings = TrainingSettings {
            learning_rate: Some(vec![0.05]),
            batch: Some(20),
            epochs: Some(4),
            train_images: Some(1200),
            ..TrainingSettings::default()
        };
        let training = settings.apply().unwrap();
        let entrant = |sigma: f64| {
            let initializer = Initializer::RandomNormal { mean: 0.0, sigma };
            let mut experiment = Experiment { initializer, widths: vec![40; 5], ..Experiment::article() };
            experiment.inputs.images = 300;
            Entrant::drawn(experiment, training)
        };
        let wish = RaceWish {
            entrants: [0.1, 0.22, 0.6].map(entrant).into(),
            target: u64::MAX,
            stop_at_loss: None,
            number: RaceNumber::default(),
        };
        Arc::new(RaceFound::train_all(&wish, &[], &mut Measurer::with_threads(2).unwrap(), &|| true).unwrap())
    };
    Arc::clone(RACE.get_or_init(train))
}

fn picture(look: TrainingLook, theme: Theme) -> RgbaImage {
    let sheet = Sheet { show: ViewName::Training, training: look, theme, ..Sheet::default() };
    let fonts = Fonts::bundled();
    let page = TrainingContent::new(race(), look).page(&sheet, &fonts);
    let raster = raster(&page, &fonts, 1.0).unwrap();
    RgbaImage::from_raw(raster.width, raster.height, raster.rgba).unwrap()
}

#[test]
fn the_curves_of_a_race() {
    for (theme, name) in [(Theme::Light, "training_curves_light"), (Theme::Dark, "training_curves_dark")] {
        assert_looks_as_expected(&picture(TrainingLook::default(), theme), name);
    }
}

#[test]
fn maps_of_the_layers_of_a_race() {
    let look = TrainingLook {
        chart: TrainingChart::Maps,
        layer_quantity: LayerQuantity::UpdateRatio,
        ..TrainingLook::default()
    };
    for (theme, name) in [(Theme::Light, "training_maps_light"), (Theme::Dark, "training_maps_dark")] {
        assert_looks_as_expected(&picture(look, theme), name);
    }
}
