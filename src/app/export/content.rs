use std::sync::Arc;

use super::{Export, FileKind, What};
use crate::app::App;
use crate::app::centre::Centre;
use crate::app::dialog::typed_path;
use crate::figure::{Figure, Landscape, Quantity, Scene, SheetSettings, Show, View};
use crate::layout::Content;
use crate::page::Texts;

impl App {
    /// The view in the centre.
    pub(super) fn what_is_shown(&self) -> What {
        match self.centre {
            Centre::Layers => What::Layers,
            Centre::Compare => What::Compare,
            Centre::Units => What::Units,
            Centre::Firing => What::Firing,
            Centre::Landscape => What::Landscape,
        }
    }

    /// What is known of a view, as the window draws it.
    ///
    /// # Errors
    /// A sentence, where there is nothing to draw yet.
    pub(super) fn content(&self, what: What) -> Result<Content, &'static str> {
        let figure = self.figure.as_ref().ok_or("nothing is measured yet");
        match what {
            What::Layers => Ok(Content::Layers(vec![Figure::clone(figure?)])),
            What::Compare => {
                let known: Vec<_> = self.known_of_compared().into_iter().map(|(_, measurement)| measurement).collect();
                let figures = Figure::together(&known, self.view);
                Ok(Content::Layers(figures.filter(|figures| !figures.is_empty()).ok_or("nothing is measured yet")?))
            }
            What::Units | What::Firing => {
                let units = self.units_as_drawn().ok_or("open the units first: nothing is known of them yet")?;
                if what == What::Units {
                    return Ok(Content::Units(units));
                }
                let has_matrix = units.matrix.is_some();
                let none = "open images × units first: nothing is known of them yet";
                has_matrix.then_some(Content::Firing(units)).ok_or(none)
            }
            What::Activation => {
                let figure = figure?;
                let layer = self.chosen_layer(figure);
                let z = Quantity::PreActivations.of(&figure.measurement.layers[layer]);
                z.ok_or("open the activation first: the pre-activations are not measured yet")?;
                Ok(Content::Activation(Figure::clone(figure), layer))
            }
            What::Landscape => {
                let survey = self.survey().ok_or("open the landscape first: no network of it is measured yet")?;
                let landscape = Landscape::new(survey, self.landscape.mapped);
                Ok(Content::Landscape(landscape, self.experiment.clone()))
            }
        }
    }

    /// Addresses of what such a figure is drawn from.
    pub(super) fn drawn_from(&self, what: What) -> Vec<usize> {
        let address = |figure: &Arc<Figure>| Arc::as_ptr(figure) as usize;
        match what {
            What::Layers | What::Activation => self.figure.iter().map(address).collect(),
            What::Compare => self.known_of_compared().iter().map(|(_, known)| Arc::as_ptr(known) as usize).collect(),
            What::Units | What::Firing => {
                self.units_as_drawn().iter().map(|units| Arc::as_ptr(units) as usize).collect()
            }
            What::Landscape => self.survey().iter().map(|survey| Arc::as_ptr(survey) as usize).collect(),
        }
    }

    /// The scene that such a figure carries.
    pub(super) fn scene_of(&self, what: What, settings: &SheetSettings) -> Scene {
        let experiments = if what == What::Compare { self.compared() } else { vec![self.experiment.clone()] };
        let view: View = self.figure.as_ref().map_or(self.view, |figure| figure.view);
        Scene { experiments, view: Some(view), figure: Some(settings.clone()) }
    }

    /// What a scene says of its figure: the view it shows, and how another is made.
    pub(in crate::app) fn show_as_in(&mut self, figure: SheetSettings) {
        let centre = match figure.show {
            Some(Show::Landscape) => Some(Centre::Landscape),
            Some(Show::Units) => Some(Centre::Units),
            Some(Show::Firing) => Some(Centre::Firing),
            Some(Show::Activation) => {
                self.panels.activation = true;
                Some(Centre::Layers)
            }
            Some(Show::Layers) if !self.comparison.is_on() => Some(Centre::Layers),
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
        let Export { what, kind, .. } = self.export;
        let is_own = !SheetSettings::is_bundled(self.export.font.trim().as_ref());
        let layer = self.figure.as_ref().map(|figure| self.chosen_layer(figure) + 1);
        let of_layer = matches!(what, What::Units | What::Firing | What::Activation);
        let of_units = matches!(what, What::Units | What::Firing);
        SheetSettings {
            show: Some(what.show()),
            layer: layer.filter(|_| of_layer),
            sorted: of_units.then_some(self.units.sorted),
            plane: (what == What::Landscape).then_some(self.landscape.plane),
            mapped: (what == What::Landscape).then_some(self.landscape.mapped),
            arrange: (what == What::Compare).then_some(self.comparison.arrange),
            // What files of this kind are made with, and only that.
            font: typed_path(&self.export.font).filter(|_| is_own && kind.has_page()),
            text: Some(self.export.texts).filter(|texts| kind == FileKind::Svg && *texts != Texts::default()),
            zoom: Some(self.export.zoom).filter(|_| kind == FileKind::Png || kind.film().is_some()),
            ..self.export.settings.clone()
        }
    }
}
