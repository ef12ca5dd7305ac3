use super::Look;
use super::canvas::Canvas;
use super::marks::ColumnPlace;
use crate::engine::LayerMeasurement;
use crate::figure::{Figure, Sheet};
use crate::page::{Fonts, Page, Path, Rect};

/// What a figure in small shows of every layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Miniature {
    /// Its values, as they are drawn on their axis.
    Shapes,
    /// How many of its units are dead, from the bottom, how many mixed and how many always on.
    States,
}

/// Between panels, and around them.
const GAP: f64 = 8.0;
const AROUND: f64 = 6.0;
/// Size of the text that lengths follow; none is drawn.
const TEXT: f64 = 8.0;

impl Miniature {
    /// Lays out figures side by side, without axis, words and numbers, on a page of this size.
    pub fn page(self, figures: &[Figure], size: (f64, f64), sheet: &Sheet, fonts: &Fonts) -> Page {
        let sheet = Sheet { font_size: Some(TEXT), ..sheet.clone() };
        let look = Look::of(&sheet, size);
        let mut canvas = Canvas::new(size, fonts, &look);
        let panels = figures.len().max(1) as f64;
        let width = (size.0 - 2.0 * AROUND - (panels - 1.0) * GAP) / panels;
        for (index, figure) in figures.iter().enumerate() {
            let x = AROUND + index as f64 * (width + GAP);
            let plot = Rect { x, y: AROUND, width, height: size.1 - 2.0 * AROUND };
            match self {
                Self::Shapes => shapes(&mut canvas, figure, plot),
                Self::States => states(&mut canvas, figure, plot),
            }
        }
        let headlines: Vec<_> = figures.iter().map(|figure| figure.headline.to_string()).collect();
        let title = headlines.join("; ");
        Page { size, background: look.background, items: canvas.items, description: title.clone(), title }
    }
}

fn shapes(canvas: &mut Canvas<'_>, figure: &Figure, plot: Rect) {
    let axes = figure.axes();
    if let Some(axis) = axes.shared_axis() {
        let y = plot.bottom() - axis.height(0.0) * plot.height;
        if (plot.y..=plot.bottom()).contains(&y) {
            canvas.line((plot.x, y), (plot.right(), y), 1.0, canvas.look.grid);
        }
    }
    let layers = figure.columns.len();
    let width = plot.width / layers as f64;
    let place = |canvas: &Canvas<'_>, index: usize| ColumnPlace {
        plot,
        x: plot.x + (index as f64 + 0.5) * width,
        width,
        axis: axes.axis(index),
        kind: figure.view.shape,
        color: canvas.look.layer(index, layers),
    };
    for (index, shape) in figure.shapes(axes).iter().enumerate() {
        place(canvas, index).shape(canvas, shape);
    }
    for (index, column) in figure.columns_on(axes).iter().enumerate() {
        place(canvas, index).exact(canvas, column, false);
    }
}

fn states(canvas: &mut Canvas<'_>, figure: &Figure, plot: Rect) {
    let layers = &figure.measurement.layers;
    let width = plot.width / layers.len() as f64;
    let air = 0.15 * width;
    for (index, LayerMeasurement { units, states, .. }) in layers.iter().enumerate() {
        let left = plot.x + index as f64 * width;
        let look = canvas.look;
        let parts = [
            (states.dead, look.dead()),
            (states.never_positive, look.never_positive()),
            (states.mixed - states.never_positive, look.mixed()),
            (states.always_on, look.always_on()),
        ];
        let mut bottom = plot.bottom();
        for (count, color) in parts.into_iter().filter(|(count, _)| *count > 0) {
            let top = bottom - count as f64 / *units as f64 * plot.height;
            canvas.fill(Path::rect(Rect::between((left + air, left + width - air), (top, bottom))), color);
            bottom = top;
        }
    }
}
