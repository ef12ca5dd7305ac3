use super::drawn::Drawn;
use super::{Export, FileKind, What};
use crate::app::App;
use crate::app::centre::Centre;
use crate::app::dialog::typed_path;
use crate::figure::{Quantity, Scene, SheetSettings, Show};
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
    pub(super) fn drawn(&self, what: What) -> Result<Drawn, &'static str> {
        let figure = self.figure.clone().ok_or("nothing is measured yet");
        match what {
            What::Layers => Ok(Drawn::Layers(figure?)),
            What::Compare => {
                let known: Vec<_> = self.known_of_compared().into_iter().map(|(_, measurement)| measurement).collect();
                if known.is_empty() { Err("nothing is measured yet") } else { Ok(Drawn::Compare(known, self.view)) }
            }
            What::Units => {
                self.units_as_drawn().map(Drawn::Units).ok_or("open the units first: nothing is known of them yet")
            }
            What::Firing => {
                let units = self.units_as_drawn().ok_or("open the units first: nothing is known of them yet")?;
                let has_matrix = units.matrix.is_some();
                let none = "open images × units first: nothing is known of them yet";
                has_matrix.then_some(Drawn::Firing(units)).ok_or(none)
            }
            What::Activation => {
                let figure = figure?;
                let layer = self.chosen_layer(&figure);
                let z = Quantity::PreActivations.of(&figure.measurement.layers[layer]);
                z.ok_or("open the activation first: the pre-activations are not measured yet")?;
                Ok(Drawn::Activation(figure, layer))
            }
            What::Landscape => {
                let survey = self.survey().ok_or("open the landscape first: no network of it is measured yet")?;
                Ok(Drawn::Landscape(survey, self.landscape.mapped, Box::new(self.subject())))
            }
        }
    }

    /// The scene that such a figure carries: of what it was drawn from, whatever is set by now.
    pub(super) fn scene_of(&self, drawn: &Drawn, settings: &SheetSettings) -> Scene {
        let view = drawn.view().unwrap_or(self.view);
        Scene { experiments: drawn.experiments(), view: Some(view), figure: Some(settings.clone()) }
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
