use std::sync::Arc;

use super::canvas::{Canvas, plain};
use super::data::{ColumnAbout, Entry, column, whole};
use super::{Content, as_same, frame, units};
use crate::engine::units::{LayerUnits, Matrix};
use crate::figure::{Headline, Sheet, images_words, palette, short_classes, stripe};
use crate::page::{Anchor, Picture, Rect, Text};
use crate::subject::Subject;

/// Images x units of a layer.
#[derive(Debug)]
pub struct FiringContent(pub Arc<LayerUnits>);

impl FiringContent {
    /// What the columns of its numbers are.
    pub const COLUMNS: [ColumnAbout; 3] = [
        column("row", "A row of the picture, counted from 0: some images in a row, sorted by class."),
        column("column", "A column of the picture, counted from 0: a unit, or some beside one another."),
        column("share_that_fires", "The share of these images for which these units' outputs are positive."),
    ];
}

impl Content for FiringContent {
    fn title(&self) -> String {
        format!("Images × units of layer {}: {}", self.0.layer + 1, Headline::of(&self.0.subject))
    }

    fn natural_size(&self, _sheet: &Sheet) -> (f64, f64) {
        (960.0, 600.0)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, sheet: &Sheet) {
        draw(canvas, &self.0, sheet);
    }

    fn rows(&self) -> Vec<Vec<Entry>> {
        of_matrix(&self.0)
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &Self::COLUMNS
    }

    fn subjects(&self) -> Vec<Subject> {
        vec![self.0.subject.clone()]
    }

    fn is_same(&self, other: &dyn Content) -> bool {
        as_same::<Self>(other).is_some_and(|other| Arc::ptr_eq(&self.0, &other.0))
    }
}

/// Images x units of a layer.
fn draw(canvas: &mut Canvas<'_>, layer: &LayerUnits, sheet: &Sheet) {
    let look = canvas.look;
    let around = units::around(look, layer, "Images × units");
    let body = frame::draw(canvas, sheet, &around);
    let Some(matrix) = &layer.matrix else { return };
    let inputs = &layer.subject.experiment().inputs;
    let names = short_classes(inputs).into_iter().map(|name| name.chars().count());
    let letters = names.max().filter(|_| inputs.has_labels()).unwrap_or(1);
    // Names of classes, and that of the axis.
    let left = (2.4 + 0.58 * letters as f64).max(3.2) * look.size;
    let (below, strip) = (1.9 * look.size, look.px(5.0));
    let plot = Rect::between((body.x + left, body.right()), (body.y + strip + look.px(2.0), body.bottom() - below));
    if plot.width < 10.0 || plot.height < 10.0 {
        return;
    }
    let columns = matrix.size.columns;
    let stripes: Vec<_> = (0..columns).map(|column| stripe(layer, matrix, column, look.ground)).collect();
    let opaque = |[red, green, blue]: palette::Rgb| [red, green, blue, 255];
    let ramp: Vec<_> = (0..=255_u8).map(|share| opaque(palette::rate(f64::from(share) / 255.0))).collect();
    let dots = matrix.shares.chunks_exact(columns).flat_map(|row| {
        row.iter().zip(&stripes).map(|(&share, stripe)| stripe.map_or(ramp[usize::from(share)], opaque))
    });
    canvas.picture(Picture { rect: plot, columns, rgba: dots.collect() });
    // Dead and always-on units are told once more: among many columns one is narrow.
    let over = Rect { y: body.y, height: strip, ..plot };
    let told = stripes.iter().map(|stripe| stripe.map_or([0; 4], opaque)).collect();
    canvas.picture(Picture { rect: over, columns, rgba: told });
    axes(canvas, layer, matrix, plot, body.x);
}

/// Classes at the left, units below.
fn axes(canvas: &mut Canvas<'_>, layer: &LayerUnits, matrix: &Matrix, plot: Rect, left: f64) {
    let look = canvas.look;
    let size = 0.92 * look.size;
    let mut from = 0;
    let inputs = &layer.subject.experiment().inputs;
    let names = short_classes(inputs);
    for (class, &count) in matrix.classes.iter().enumerate().filter(|(_, count)| **count > 0 && inputs.has_labels()) {
        let y = |images: usize| plot.y + plot.height * images as f64 / layer.images.max(1) as f64;
        if from > 0 {
            canvas.line((plot.x - look.px(7.0), y(from)), (plot.x, y(from)), look.px(0.9), look.grid);
        }
        let at = (plot.x - look.px(8.0), 0.5 * (y(from) + y(from + count)));
        canvas.text_at_middle(plain(names.get(class).map_or("", String::as_str), at, Anchor::End, size, look.quiet));
        from += count;
    }
    let at = (left + 0.6 * look.size, plot.center().1);
    let name = plain(images_words(inputs), at, Anchor::Middle, size, look.quiet);
    canvas.text_at_middle(Text { upright: true, ..name });
    let y = plot.bottom() + look.size;
    let name = if layer.sorted { "units, by how often they fire" } else { "units" };
    canvas.text_at_middle(plain(name, (plot.center().0, y), Anchor::Middle, size, look.quiet));
    // Sorted units have no index that goes up.
    if !layer.sorted {
        canvas.text_at_middle(plain("0", (plot.x, y), Anchor::Start, size, look.quiet));
        let last = (layer.units() - 1).to_string();
        canvas.text_at_middle(plain(last, (plot.right(), y), Anchor::End, size, look.quiet));
    }
}

fn of_matrix(layer: &LayerUnits) -> Vec<Vec<Entry>> {
    let Some(matrix) = &layer.matrix else { return Vec::new() };
    let columns = matrix.size.columns;
    let row = |(at, &share): (usize, &u8)| {
        vec![whole(at / columns), whole(at % columns), Entry::Number(f64::from(share) / 255.0)]
    };
    matrix.shares.iter().enumerate().map(row).collect()
}
