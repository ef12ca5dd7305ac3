use super::canvas::Canvas;
use super::data::{ColumnAbout, Entry, MARKS, mark};
use super::frame::{self, Around};
use super::layers::Panels;
use super::lines::Span;
use super::panel::Panel;
use super::{Content, as_same, panels_size, words};
use crate::figure::{Column, EVERY, PlotShape, Published, Shape, Sheet};
use crate::subject::Subject;

/// The layers of experiments as seaborn draws them, each on its own axis.
#[derive(Debug)]
pub struct PublishedContent(pub Vec<Published>);

impl Content for PublishedContent {
    fn title(&self) -> String {
        let headlines: Vec<_> = self.0.iter().map(|figure| figure.headline.to_string()).collect();
        headlines.join("; ")
    }

    fn natural_size(&self, sheet: &Sheet) -> (f64, f64) {
        panels_size(self.0.len(), sheet)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, sheet: &Sheet) {
        draw(canvas, &self.0, sheet);
    }

    fn rows(&self) -> Vec<Vec<Entry>> {
        self.0.iter().enumerate().flat_map(of_published).collect()
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &MARKS
    }

    fn has_panels(&self) -> bool {
        true
    }

    fn subjects(&self) -> Vec<Subject> {
        self.0.iter().map(|figure| figure.subject.clone()).collect()
    }

    fn is_same(&self, other: &dyn Content) -> bool {
        as_same::<Self>(other).is_some_and(|other| self.0 == other.0)
    }
}

/// The same as seaborn draws them, every panel on its own axis.
fn draw(canvas: &mut Canvas<'_>, figures: &[Published], sheet: &Sheet) {
    let look = canvas.look;
    let subjects: Vec<_> = figures.iter().map(|figure| &figure.subject).collect();
    let headlines: Vec<_> = figures.iter().map(|figure| figure.headline.clone()).collect();
    let images: Vec<_> = subjects.iter().map(|subject| subject.experiment().inputs.images).collect();
    let note = format!(
        "As seaborn draws it: every {EVERY}th value, Scott's bandwidth, two bandwidths beyond the values, widths by count, every \
         panel on its own axis."
    );
    let around = Around {
        title: words::title(look, &headlines),
        legend: vec![Span::plain(note, look.quiet)],
        caption: words::caption(look, "Outputs of every hidden layer", &subjects, &images),
    };
    let body = frame::draw(canvas, sheet, &around);
    let empty = Column { extent: None, masses: Vec::new(), mean: None };
    let panels = figures
        .iter()
        .map(|figure| Panel {
            shapes: figure.shapes(),
            columns: vec![empty.clone(); figure.layers.len()],
            axes: figure.axes(),
            kind: PlotShape::Violin,
            with_mean: false,
            ghosts: Vec::new(),
            figure: None,
        })
        .collect();
    let title = |index| if figures.len() > 1 { words::panel_titles(&subjects, index) } else { Vec::new() };
    let titles = (0..figures.len()).map(title).collect();
    Panels { panels, titles, axis: words::neuron_outputs(&subjects).into(), is_free: true, behind: 0 }
        .draw(canvas, body, sheet);
}

fn of_published((panel, figure): (usize, &Published)) -> Vec<Vec<Entry>> {
    let mut rows = Vec::new();
    for (layer, (smear, shape)) in figure.layers.iter().zip(figure.shapes()).enumerate() {
        let Shape::Violin(points) = shape else { continue };
        let densities = smear.density.iter().enumerate().zip(points);
        rows.extend(densities.map(|((point, &density), (_, width))| {
            mark(panel, layer, "density", [smear.value(point), f64::NAN, density, width])
        }));
    }
    rows
}
