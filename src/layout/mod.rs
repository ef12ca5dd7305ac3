//! Figures on pages: title, panels, numbers, legend and caption find their places for a size, and texts never overlap.

mod canvas;
mod frame;
mod layers;
mod lines;
mod look;
mod marks;
mod panel;
mod table;
mod words;

use canvas::Canvas;
use look::Look;

use crate::figure::{Arrange, Figure, Published, Sheet};
use crate::page::{Fonts, Page};

/// What is measured and to be laid out.
#[derive(Clone, Debug)]
pub enum Content {
    /// The layers of one experiment, or of several.
    Layers(Vec<Figure>),
    /// The same as seaborn draws them.
    Published(Vec<Published>),
}

impl Content {
    /// Lays it out on a page.
    pub fn page(&self, sheet: &Sheet, fonts: &Fonts) -> Page {
        let size = sheet.size.unwrap_or_else(|| self.natural_size(sheet));
        let look = Look::of(sheet, size);
        let mut canvas = Canvas::new(size, fonts, &look);
        match self {
            Self::Layers(figures) => layers::draw(&mut canvas, figures, sheet),
            Self::Published(figures) => layers::draw_published(&mut canvas, figures, sheet),
        }
        let title = self.title();
        Page { size, background: look.background, items: canvas.items, description: title.clone(), title }
    }

    /// Its size where none is asked for, in px.
    fn natural_size(&self, sheet: &Sheet) -> (f64, f64) {
        match self {
            Self::Layers(figures) => {
                let behind = usize::from(sheet.arrange == Some(Arrange::Ghost) && figures.len() > 1);
                panels_size(figures.len() - behind, sheet)
            }
            Self::Published(figures) => panels_size(figures.len(), sheet),
        }
    }

    /// What it shows, in a line.
    fn title(&self) -> String {
        match self {
            Self::Layers(figures) => {
                figures.iter().map(|figure| figure.headline.to_string()).collect::<Vec<_>>().join("; ")
            }
            Self::Published(figures) => {
                figures.iter().map(|figure| figure.headline.to_string()).collect::<Vec<_>>().join("; ")
            }
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
