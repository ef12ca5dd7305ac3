use super::Export;
use crate::app::App;
use crate::app::dialog::typed_path;
use crate::figure::{Scene, SheetSettings, Show, ViewName};
use crate::layout::Content;
use crate::page::{FileKind, PageFormat, Texts};

impl App {
    /// The scene that such a figure carries: of what it was drawn from, whatever is set by now.
    pub(super) fn scene_of(&self, content: &dyn Content, settings: &SheetSettings) -> Scene {
        let view = content.view().unwrap_or(self.view);
        Scene {
            experiments: content.subjects().iter().map(|subject| subject.experiment().clone()).collect(),
            view: Some(view),
            figure: Some(settings.clone()),
        }
    }

    /// What a scene says of its figure: the view it shows, and how another is made.
    pub(in crate::app) fn show_as_in(&mut self, figure: SheetSettings) {
        let centre = match figure.show {
            Some(Show::Landscape) => Some(ViewName::Landscape),
            Some(Show::Units) => Some(ViewName::Units),
            Some(Show::Firing) => Some(ViewName::Firing),
            Some(Show::Activation) => {
                self.panels.activation = true;
                Some(ViewName::Layers)
            }
            Some(Show::Layers) if !self.comparison.is_on() => Some(ViewName::Layers),
            Some(Show::Layers) | None => None,
        };
        if let Some(centre) = centre {
            self.show_in_centre(centre);
        }
        self.layer = figure.layer.and_then(|layer| layer.checked_sub(1)).or(self.layer);
        self.landscape.plane = figure.plane.unwrap_or(self.landscape.plane);
        self.landscape.mapped = figure.mapped.unwrap_or(self.landscape.mapped);
        self.units.sorted = figure.sorted.unwrap_or(self.units.sorted);
        self.export.font = figure.font.as_ref().map_or_else(String::new, |font| font.to_string_lossy().into_owned());
        self.export.texts = figure.text.unwrap_or_default();
        self.export.zoom = figure.zoom.unwrap_or(self.export.zoom);
        self.export.settings = figure;
    }

    /// The settings of the figure, with what the window adds to them.
    pub(super) fn export_settings(&self) -> SheetSettings {
        let Export { view, kind, .. } = self.export;
        let is_own = !SheetSettings::is_bundled(self.export.font.trim().as_ref());
        let layer = self.figure.as_ref().map(|figure| self.chosen_layer(figure) + 1);
        let of_layer = view.is_of_one_layer() || view == ViewName::Activation;
        SheetSettings {
            show: Some(show_of(view)),
            layer: layer.filter(|_| of_layer),
            sorted: view.is_of_one_layer().then_some(self.units.sorted),
            plane: (view == ViewName::Landscape).then_some(self.landscape.plane),
            mapped: (view == ViewName::Landscape).then_some(self.landscape.mapped),
            arrange: (view == ViewName::Compare).then_some(self.comparison.arrange),
            // What files of this kind are made with, and only that.
            font: typed_path(&self.export.font).filter(|_| is_own && kind.is_drawn()),
            text: Some(self.export.texts)
                .filter(|texts| kind == FileKind::Page(PageFormat::Svg) && *texts != Texts::default()),
            zoom: Some(self.export.zoom).filter(|_| kind.has_pixels()),
            ..self.export.settings.clone()
        }
    }
}

/// A view as files have it, where several experiments are always side by side.
fn show_of(view: ViewName) -> Show {
    match view {
        ViewName::Layers | ViewName::Compare => Show::Layers,
        ViewName::Units => Show::Units,
        ViewName::Firing => Show::Firing,
        ViewName::Activation => Show::Activation,
        ViewName::Landscape => Show::Landscape,
    }
}
