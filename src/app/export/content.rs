use super::Export;
use crate::app::App;
use crate::figure::training::place;
use crate::figure::{Scene, SheetSettings, Shown, ViewName};
use crate::layout::Content;
use crate::page::{FileKind, PageFormat, Texts};
use crate::subject::{Subject, Weights};
use crate::training::{Length, Training, TrainingPlan, TrainingSettings};

impl App {
    /// The scene that such a figure carries: of what it was drawn from, whatever is set by now.
    pub(super) fn scene_of(&self, content: &dyn Content, settings: &SheetSettings) -> Scene {
        let layers = content.view().unwrap_or(self.shown.layers);
        let subjects = content.subjects();
        let networks = self.networks_of(&subjects);
        let experiments = subjects.iter().map(|subject| subject.experiment().clone()).collect();
        let shown = Shown { view: self.export.view, layers, ..self.shown };
        let training = self.training_of(content);
        Scene { shown: Some(shown), figure: Some(settings.clone()), training, networks, ..Scene::of(experiments) }
    }

    /// How what is drawn was trained: a race as it is set, a network at a step for so many steps; nothing of what is drawn anew.
    fn training_of(&self, content: &dyn Content) -> Option<TrainingSettings> {
        match self.export.view {
            ViewName::Training => return Some(self.plan.settings()),
            // A landscape is of one experiment.
            ViewName::TrainingLandscape => return Some(TrainingPlan::from(self.own_training()).settings()),
            _ => {}
        }
        training_to(&content.subjects())
    }

    /// What a scene says of its figure: the view it shows, and how another is made.
    pub(in crate::app) fn show_as_in(&mut self, figure: SheetSettings) {
        match figure.show {
            Some(ViewName::Activation) => {
                self.shown.panels.activation = true;
                self.show_in_centre(ViewName::Layers);
            }
            Some(ViewName::Norms) => {
                self.shown.panels.norms = true;
                self.show_in_centre(ViewName::Layers);
            }
            // What is compared is layers in a file.
            Some(ViewName::Layers) if self.comparison.is_on() => {}
            Some(view) => {
                self.show_in_centre(view);
            }
            None => {}
        }
        self.shown.layer = figure.layer.and_then(|layer| layer.checked_sub(1)).or(self.shown.layer);
        self.shown.plane = figure.plane.unwrap_or(self.shown.plane);
        self.shown.mapped = figure.mapped.unwrap_or(self.shown.mapped);
        self.shown.sorted = figure.sorted.unwrap_or(self.shown.sorted);
        let look = &mut self.shown.training;
        look.chart = figure.chart.unwrap_or(look.chart);
        look.layer_quantity = figure.layer_quantity.unwrap_or(look.layer_quantity);
        look.time = figure.time.unwrap_or(look.time);
        look.time_scale = figure.time_scale.unwrap_or(look.time_scale);
        look.loss_scale = figure.loss_scale.unwrap_or(look.loss_scale);
        look.trained_plane = figure.trained_plane.unwrap_or(look.trained_plane);
        look.trained_value = figure.trained_value.unwrap_or(look.trained_value);
        look.seeds = figure.seeds.or(look.seeds);
        look.racer = figure.racer.as_deref().and_then(|word| place(word).ok()).or(look.racer);
        self.export.font.set(figure.font.as_deref());
        self.export.font_bold.set(figure.font_bold.as_deref());
        self.export.texts = figure.text.unwrap_or_default();
        self.export.zoom = figure.zoom.unwrap_or(self.export.zoom);
        self.shown.panels.norms |= figure.norms == Some(true);
        self.show_start(figure.with_start == Some(true));
        // From now on as in the window.
        self.export.settings = SheetSettings { norms: None, with_start: None, ..figure };
    }

    /// Whether the figure has charts of norms under its layers: as in the window, unless somebody says otherwise.
    pub(in crate::app) fn exports_norms(&self) -> bool {
        self.export.view == ViewName::Layers && self.export.settings.norms.unwrap_or(self.shown.panels.norms)
    }

    /// The settings of the figure, with what the window adds to them.
    pub(super) fn export_settings(&self) -> SheetSettings {
        let Export { view, kind, .. } = self.export;
        let fonts = self.export.fonts();
        let layer = self.figure.as_ref().map(|figure| self.chosen_layer(figure)).or(self.shown.layer);
        let of_view = SheetSettings::of_shown(&Shown { view, layer, ..self.shown });
        let settings = self.export.settings.clone();
        SheetSettings {
            show: of_view.show,
            layer: of_view.layer,
            sorted: of_view.sorted,
            plane: of_view.plane,
            mapped: of_view.mapped,
            arrange: of_view.arrange,
            norms: self.exports_norms().then_some(true),
            with_start: (view == ViewName::Layers && self.start().is_some()).then_some(true),
            chart: of_view.chart,
            layer_quantity: of_view.layer_quantity,
            time: of_view.time,
            time_scale: of_view.time_scale,
            loss_scale: of_view.loss_scale,
            trained_plane: of_view.trained_plane,
            trained_value: of_view.trained_value,
            seeds: of_view.seeds,
            racer: of_view.racer,
            // Whatever a scene says: panels in the window stand on one axis, and are not drawn as published.
            free_axes: None,
            as_published: None,
            // What files of this kind are made with, and only that.
            font: fonts.font.to_path().filter(|_| kind.is_drawn()),
            font_bold: fonts.bold.to_path().filter(|_| kind.is_drawn()),
            text: Some(self.export.texts)
                .filter(|texts| kind == FileKind::Page(PageFormat::Svg) && *texts != Texts::default()),
            zoom: Some(self.export.zoom).filter(|_| kind.has_pixels()),
            ..settings
        }
    }
}

/// What makes of drawn networks what these are: a training for so many steps; nothing of networks that are as they are drawn.
pub(super) fn training_to(subjects: &[Subject]) -> Option<TrainingSettings> {
    let trained = subjects.iter().find_map(|subject| match subject.weights() {
        Weights::Trained(weights) => Some(weights),
        Weights::Drawn | Weights::Given(_) => None,
    })?;
    let training = Training { length: Length::Steps(trained.step()), ..*trained.training() };
    Some(TrainingPlan::from(training).settings())
}
