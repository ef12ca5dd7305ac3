//! Figures on pages: title, panels, numbers, legend and caption find their places for a size, and texts never overlap.

mod activation;
pub(crate) mod canvas;
mod chart_strip;
mod charts_under;
pub(crate) mod data;
mod file;
mod firing;
pub(crate) mod frame;
mod landscape;
mod layers;
mod layers_rows;
pub(crate) mod lines;
mod look;
mod marks;
mod miniature;
mod norms;
mod panel;
mod panel_about;
mod published;
mod table;
mod training;
mod units;
pub(crate) mod words;

use std::any::Any;
use std::fmt::Debug;

pub use activation::ActivationContent;
pub use canvas::Canvas;
pub(crate) use data::OF_PANELS;
pub use data::{ColumnAbout, Data, Entry};
pub use file::{FileError, FileOptions};
pub use firing::FiringContent;
pub use landscape::LandscapeContent;
pub use layers::LayersContent;
pub(crate) use look::{Look, text_size};
pub use miniature::Miniature;
pub use norms::NormsContent;
pub use panel_about::PanelAbout;
pub use published::PublishedContent;
pub use training::TrainingContent;
pub use units::UnitsContent;

use crate::figure::{Arrange, Row, Sheet, View};
use crate::page::{Fonts, Page, Rect};
use crate::subject::Subject;

/// What is measured and to be laid out: the same for the window, for every kind of file, and for the numbers of what is drawn.
/// It costs little until it is drawn.
pub trait Content: Any + Debug + Send + Sync {
    /// What it shows, in a line.
    fn title(&self) -> String;

    /// Its size where none is asked for, in px.
    fn natural_size(&self, sheet: &Sheet) -> (f64, f64);

    /// Draws it.
    fn draw(&self, canvas: &mut Canvas<'_>, sheet: &Sheet);

    /// All marks that are drawn, as rows of numbers.
    fn rows(&self) -> Vec<Vec<Entry>>;

    /// What the columns of the rows are.
    fn columns(&self) -> &'static [ColumnAbout];

    /// Whether there is a panel for each of its subjects, and the first two columns are panel and layer.
    fn has_panels(&self) -> bool {
        false
    }

    /// What it was measured of.
    fn subjects(&self) -> Vec<Subject>;

    /// How layers are drawn, if it is of layers.
    fn view(&self) -> Option<View> {
        None
    }

    /// Whether another is drawn from the very same.
    fn is_same(&self, other: &dyn Content) -> bool;

    /// Lays it out on a page.
    fn page(&self, sheet: &Sheet, fonts: &Fonts) -> Page {
        self.page_with_plots(sheet, fonts).page
    }

    /// The same, with which of the figures have a plot on it, counted from 0, and where that is.
    fn page_with_plots(&self, sheet: &Sheet, fonts: &Fonts) -> PageWithPlots {
        let size = sheet.size.unwrap_or_else(|| self.natural_size(sheet));
        let look = Look::of(sheet, size);
        let mut canvas = Canvas::new(size, fonts, &look);
        self.draw(&mut canvas, sheet);
        let description = self.title();
        let title = sheet.title_text.clone().filter(|_| sheet.title).unwrap_or_else(|| description.clone());
        let page = Page { size, background: look.background, items: canvas.items, description, title };
        let Canvas { plots, left_out, columns_left_out, .. } = canvas;
        PageWithPlots { page, plots, left_out, columns_left_out }
    }

    /// Exactly what is drawn, as numbers.
    fn data(&self) -> Data {
        let columns = self.columns().to_vec();
        let data = Data { title: self.title(), about: columns.clone(), columns, panels: Vec::new(), rows: self.rows() };
        if self.has_panels() { data.with_panels(panel_about::panels(&self.subjects())) } else { data }
    }
}

/// A page, and where what stands on it.
#[derive(Debug)]
pub struct PageWithPlots {
    /// The page.
    pub page: Page,
    /// Which figures' layers have a plot, counted from 0, and where it is.
    pub plots: Vec<(usize, Rect)>,
    /// Rows of numbers that there is no room for.
    pub left_out: Vec<Row>,
    /// Columns of a table that there is no room for, by their heads.
    pub columns_left_out: Vec<&'static str>,
}

/// Another content as one of this kind, if it is.
pub(crate) fn as_same<T: Content>(other: &dyn Content) -> Option<&T> {
    (other as &dyn Any).downcast_ref()
}

/// Size of so many panels of layers, in px.
fn panels_size(panels: usize, sheet: &Sheet) -> (f64, f64) {
    let below = if sheet.numbers { 0.0 } else { 140.0 };
    match (panels, sheet.arrange) {
        (1, _) => (960.0, 600.0 - below),
        (_, Some(Arrange::Stacked)) => (960.0, (400.0 - 0.6 * below) * panels as f64 + 40.0),
        _ => ((420 * panels.min(4)) as f64 + 60.0, (580.0 - below) * panels.div_ceil(4) as f64),
    }
}
