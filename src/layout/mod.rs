//! Figures on pages: title, panels, numbers, legend and caption find their places for a size, and texts never overlap.

mod activation;
mod canvas;
mod data;
mod firing;
mod frame;
mod landscape;
mod layers;
mod lines;
mod look;
mod marks;
mod panel;
mod table;
mod units;
mod words;

use std::sync::Arc;

use canvas::Canvas;
pub use data::{Data, Entry};
use look::Look;

use crate::engine::units::LayerUnits;
use crate::figure::{Arrange, Figure, Headline, Landscape, Published, Sheet};
use crate::page::{Fonts, Page, Rect};
use crate::subject::Subject;

/// What is measured and to be laid out.
#[derive(Clone, Debug)]
pub enum Content {
    /// The layers of one experiment, or of several.
    Layers(Vec<Figure>),
    /// The same as seaborn draws them.
    Published(Vec<Published>),
    /// A layer's units.
    Units(Arc<LayerUnits>),
    /// Images x units of a layer.
    Firing(Arc<LayerUnits>),
    /// The activation over the pre-activations of a layer, from 0.
    Activation(Figure, usize),
    /// Networks around a subject.
    Landscape(Landscape, Subject),
}

impl Content {
    /// Lays it out on a page.
    pub fn page(&self, sheet: &Sheet, fonts: &Fonts) -> Page {
        self.page_with_plots(sheet, fonts).0
    }

    /// The same, with which of the figures have a plot on it, counted from 0, and where that is.
    pub fn page_with_plots(&self, sheet: &Sheet, fonts: &Fonts) -> (Page, Vec<(usize, Rect)>) {
        let size = sheet.size.unwrap_or_else(|| self.natural_size(sheet));
        let look = Look::of(sheet, size);
        let mut canvas = Canvas::new(size, fonts, &look);
        match self {
            Self::Layers(figures) => layers::draw(&mut canvas, figures, sheet),
            Self::Published(figures) => layers::draw_published(&mut canvas, figures, sheet),
            Self::Units(layer) => units::draw(&mut canvas, layer, sheet),
            Self::Firing(layer) => firing::draw(&mut canvas, layer, sheet),
            Self::Activation(figure, layer) => activation::draw(&mut canvas, figure, *layer, sheet),
            Self::Landscape(landscape, subject) => landscape::draw(&mut canvas, landscape, subject, sheet),
        }
        let title = self.title();
        let page = Page { size, background: look.background, items: canvas.items, description: title.clone(), title };
        (page, canvas.plots)
    }

    /// Its size where none is asked for, in px.
    fn natural_size(&self, sheet: &Sheet) -> (f64, f64) {
        match self {
            Self::Layers(figures) => {
                let behind = usize::from(sheet.arrange == Some(Arrange::Ghost) && figures.len() > 1);
                panels_size(figures.len() - behind, sheet)
            }
            Self::Published(figures) => panels_size(figures.len(), sheet),
            Self::Units(_) | Self::Firing(_) => (960.0, 600.0),
            Self::Activation(..) => (640.0, 640.0),
            Self::Landscape(..) => (820.0, 640.0),
        }
    }

    /// What it shows, in a line.
    fn title(&self) -> String {
        let joined = |headlines: Vec<String>| headlines.join("; ");
        match self {
            Self::Layers(figures) => joined(figures.iter().map(|figure| figure.headline.to_string()).collect()),
            Self::Published(figures) => joined(figures.iter().map(|figure| figure.headline.to_string()).collect()),
            Self::Units(layer) => format!("Units of layer {}: {}", layer.layer + 1, Headline::of(&layer.subject)),
            Self::Firing(layer) => {
                format!("Images × units of layer {}: {}", layer.layer + 1, Headline::of(&layer.subject))
            }
            Self::Activation(figure, layer) => {
                let activation = figure.measurement.experiment().activation;
                format!("{activation} over layer {}: {}", layer + 1, figure.headline)
            }
            Self::Landscape(landscape, _) => landscape.headline.to_string(),
        }
    }
}

/// So large are so many panels of layers.
fn panels_size(panels: usize, sheet: &Sheet) -> (f64, f64) {
    let below = if sheet.numbers { 0.0 } else { 140.0 };
    match (panels, sheet.arrange) {
        (1, _) => (960.0, 600.0 - below),
        (_, Some(Arrange::Stacked)) => (960.0, (400.0 - 0.6 * below) * panels as f64 + 40.0),
        _ => ((420 * panels.min(4)) as f64 + 60.0, (580.0 - below) * panels.div_ceil(4) as f64),
    }
}
