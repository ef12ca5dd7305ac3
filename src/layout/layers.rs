use std::sync::{Arc, OnceLock};

use super::canvas::{Canvas, plain};
use super::charts_under::ChartsUnder;
use super::data::{ColumnAbout, Entry, MARKS};
use super::frame::{self, Around};
use super::layers_rows::of_figure;
use super::lines::{Lines, Span};
use super::panel::{LOWEST, Panel, TICK};
use super::table::{Labels, Rows, Table};
use super::{Content, as_same, panels_size, words};
use crate::engine::Measurement;
use crate::figure::{Arrange, Figure, Row, Sheet, View};
use crate::page::{Anchor, Rect, Text, Weight};
use crate::subject::Subject;

/// The layers of one experiment, or of several in panels.
#[derive(Debug)]
pub struct LayersContent {
    measurements: Vec<Arc<Measurement>>,
    view: View,
    /// What the only one was before its training, drawn as outlines behind it.
    start: Option<Arc<Measurement>>,
    /// Made when they are drawn; the start first.
    figures: OnceLock<Vec<Figure>>,
}

impl LayersContent {
    /// What the columns of its numbers are.
    pub const COLUMNS: [ColumnAbout; 7] = MARKS;

    /// Layers on the same axes; what lacks what is to be shown is not among them.
    pub fn new(measurements: Vec<Arc<Measurement>>, view: View) -> Self {
        let shows = |measurement: &Arc<Measurement>| view.quantity.is_in(measurement);
        let measurements = measurements.into_iter().filter(shows).collect();
        Self { measurements, view, start: None, figures: OnceLock::new() }
    }

    /// With what the only network was before its training, as outlines behind what it has become.
    #[must_use]
    pub fn over(self, start: Option<Arc<Measurement>>) -> Self {
        Self { start, figures: OnceLock::new(), ..self }
    }

    /// Layers as these figures have them, on whatever axes.
    pub fn of(figures: Vec<Figure>) -> Self {
        let measurements = figures.iter().map(|figure| Arc::clone(&figure.measurement)).collect();
        let view = figures.first().map_or_else(View::default, |figure| figure.view);
        Self { measurements, view, start: None, figures: figures.into() }
    }

    /// The figures that are drawn.
    pub fn figures(&self) -> &[Figure] {
        let all = || self.start.iter().chain(&self.measurements).cloned().collect::<Vec<_>>();
        self.figures.get_or_init(|| Figure::together(&all(), self.view).unwrap_or_default())
    }

    /// Those that have panels.
    fn shown(&self) -> &[Figure] {
        self.figures().get(usize::from(self.start.is_some())..).unwrap_or_default()
    }
}

impl Content for LayersContent {
    fn title(&self) -> String {
        let headlines: Vec<_> = self.shown().iter().map(|figure| figure.headline.to_string()).collect();
        headlines.join("; ")
    }

    fn natural_size(&self, sheet: &Sheet) -> (f64, f64) {
        let panels = self.shown().len();
        let behind = usize::from(sheet.arrange == Some(Arrange::Ghost) && panels > 1);
        let (width, height) = panels_size(panels - behind, sheet);
        (width, if sheet.norms { 1.3 * height } else { height })
    }

    fn draw(&self, canvas: &mut Canvas<'_>, sheet: &Sheet) {
        let figures = (self.figures(), self.start.is_some());
        draw(canvas, figures, sheet, sheet.numbers);
        // Where units have no room, their colours mean nothing.
        if sheet.numbers && canvas.left_out.contains(&Row::Units) {
            canvas.clear();
            draw(canvas, figures, sheet, false);
        }
    }

    fn rows(&self) -> Vec<Vec<Entry>> {
        self.shown().iter().enumerate().flat_map(of_figure).collect()
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &MARKS
    }

    fn has_panels(&self) -> bool {
        true
    }

    fn subjects(&self) -> Vec<Subject> {
        self.measurements.iter().map(|measurement| measurement.subject.clone()).collect()
    }

    fn view(&self) -> Option<View> {
        Some(self.view)
    }

    fn is_same(&self, other: &dyn Content) -> bool {
        as_same::<Self>(other).is_some_and(|other| {
            let mut pairs = self.measurements.iter().zip(&other.measurements);
            self.view == other.view
                && self.measurements.len() == other.measurements.len()
                && pairs.all(|(one, other)| Arc::ptr_eq(one, other))
                && self.start.as_ref().map(Arc::as_ptr) == other.start.as_ref().map(Arc::as_ptr)
        })
    }
}

/// Draws panels of layers.
fn draw(canvas: &mut Canvas<'_>, (figures, has_start): (&[Figure], bool), sheet: &Sheet, names_states: bool) {
    let look = canvas.look;
    let all: Vec<_> = figures.iter().collect();
    let Some((first, rest)) = all.split_first() else { return };
    let is_ghost = (has_start || sheet.arrange == Some(Arrange::Ghost)) && !rest.is_empty();
    // Behind the others, the first has no panel of its own.
    let shown = if is_ghost { rest.to_vec() } else { all.clone() };
    // The start is the same network.
    let told = if has_start { &shown } else { &all };
    let subjects: Vec<_> = told.iter().map(|figure| &figure.measurement.subject).collect();
    let headlines: Vec<_> = told.iter().map(|figure| figure.headline.clone()).collect();
    let images: Vec<_> = told.iter().map(|figure| figure.measurement.images).collect();
    let quantity = first.view.quantity.name();
    let what = format!("{}{} of every hidden layer", quantity[..1].to_uppercase(), &quantity[1..]);
    let mut legend = words::legend(look, &shown, sheet.marks, names_states);
    if is_ghost {
        let of =
            if has_start { "before the training".to_owned() } else { panel_titles(&subjects, 0, sheet).swap_remove(0) };
        let outline = format!(" Outlines: {of}.");
        legend.push(Span::plain(outline, look.quiet));
    }
    let caption = words::caption(look, &what, &subjects, &images);
    let charts = if sheet.norms { ChartsUnder::of(&shown) } else { None };
    // Layers have half of what there is, at least.
    let has_room = frame::BODY * canvas.size.1 >= 2.0 * ChartsUnder::height(look);
    let charts = charts.filter(|_| has_room && sheet.arrange != Some(Arrange::Stacked) && shown.len() <= ROW);
    legend.extend(charts.iter().map(|charts| charts.legend(look)));
    let body = frame::draw(canvas, sheet, &Around { title: words::title(look, &headlines), legend, caption });
    let is_free = shown.iter().any(|figure| figure.axes() != first.axes());
    let panels: Vec<_> = shown
        .iter()
        .map(|figure| Panel {
            shapes: figure.shapes(figure.axes()),
            columns: figure.columns_on(figure.axes()),
            axes: figure.axes(),
            kind: figure.view.shape,
            with_mean: sheet.marks,
            ghosts: if is_ghost { first.shapes(figure.axes()) } else { Vec::new() },
            figure: Some(figure),
        })
        .collect();
    let titles: Vec<_> = (0..shown.len())
        .map(|index| {
            if subjects.len() > 1 { panel_titles(&subjects, index + usize::from(is_ghost), sheet) } else { Vec::new() }
        })
        .collect();
    let axis = words::axis_labels(&shown, is_free);
    let behind = usize::from(is_ghost);
    let panels = Panels { panels, titles, axis, is_free, behind };
    let Some(charts) = charts else { return panels.draw(canvas, body, sheet) };
    let over = Rect { height: body.height - ChartsUnder::height(look), ..body };
    panels.draw(canvas, over, &Sheet { arrange: Some(Arrange::SideBySide), ..sheet.clone() });
    let plots: Vec<_> = canvas.plots.iter().map(|(_, plot)| *plot).collect();
    charts.draw(canvas, &plots, (body.x, over.bottom()), sheet.numbers);
}

/// Panels with their titles, beside or under one another.
pub(super) struct Panels<'a> {
    pub panels: Vec<Panel<'a>>,
    /// What each shows, the longest first; none, if nothing distinguishes it.
    pub titles: Vec<Vec<String>>,
    /// What the axis stands for, the longest first.
    pub axis: Vec<String>,
    /// Every panel has an axis of its own.
    pub is_free: bool,
    /// Figures that are drawn behind them, and have no panel: the first ones.
    pub behind: usize,
}

/// What panels have in common.
struct Common {
    /// The title of each.
    titles: Vec<Option<Lines>>,
    /// What stands over every plot: titles, as high as the highest.
    above: f64,
    /// The rows of numbers, if they are wanted.
    rows: Option<Rows>,
}

/// So wide is a panel that is neither too wide nor too narrow, by its height.
const ASPECT: f64 = 1.25;
/// Number of panels that stand in one row where there is room.
const ROW: usize = 3;
/// Width of a column of numbers in short form, of one without numbers, and of what stands left of a panel, in heights of the text.
const NUMBER: f64 = 2.3;
const SHAPE: f64 = 1.6;
const GUTTER: f64 = 2.0;
/// So much of a panel is left to its plot.
const PLOT: f64 = 0.5;

impl Panels<'_> {
    /// Within a rectangle.
    pub fn draw(&self, canvas: &mut Canvas<'_>, body: Rect, sheet: &Sheet) {
        let count = self.panels.len();
        if count == 0 {
            return;
        }
        let rows = match sheet.arrange {
            Some(Arrange::SideBySide) => 1,
            Some(Arrange::Stacked) => count,
            Some(Arrange::Ghost) | None if self.has_room_in_a_row(canvas, body, sheet) => 1,
            Some(Arrange::Ghost) | None => rows_for(count, body),
        };
        let columns = count.div_ceil(rows);
        let look = canvas.look;
        let gap = (look.px(18.0), look.px(10.0));
        let gutter = self.gutter(canvas, body.height / rows as f64, sheet);
        // The first panel of a row has the labels of all, or each has its own.
        let gutters = if self.is_free { columns } else { 1 };
        let spare = body.width - gutters as f64 * gutter - (columns - 1) as f64 * gap.0;
        let width = (spare / columns as f64).max(1.0);
        let height = (body.height - (rows - 1) as f64 * gap.1) / rows as f64;
        let common = self.common(canvas, (width, height), rows, sheet);
        canvas.left_out.extend(common.rows.iter().flat_map(Rows::left_out));
        for index in 0..count {
            let (row, column) = (index / columns, index % columns);
            let labels = if self.is_free || column == 0 { Labels::Shown } else { Labels::OfNeighbour };
            let before = if self.is_free { column + 1 } else { 1 };
            let left = body.x + before as f64 * gutter + column as f64 * (width + gap.0);
            let top = body.y + row as f64 * (height + gap.1);
            let place = Rect { x: left, y: top, width, height };
            self.panel(canvas, index, place, (gutter, labels), &common);
        }
    }

    /// Whether so few panels that people look along them have room beside one another: for the numbers of all layers, or, where
    /// there are none, for shapes that are not too narrow.
    fn has_room_in_a_row(&self, canvas: &Canvas<'_>, body: Rect, sheet: &Sheet) -> bool {
        let (count, size) = (self.panels.len(), canvas.look.size);
        let layers = self.panels.iter().map(|panel| panel.columns.len()).max().unwrap_or(1);
        let column = if self.figures(sheet).is_some() { NUMBER } else { SHAPE };
        let width = body.width / count as f64;
        count <= ROW && width >= 0.4 * body.height && width >= GUTTER * size + layers as f64 * column * size
    }

    /// What all panels of this size, in so many rows, have in common, so that their plots are alike.
    fn common(&self, canvas: &Canvas<'_>, (width, height): (f64, f64), rows: usize, sheet: &Sheet) -> Common {
        let look = canvas.look;
        let titles = fitting(canvas, &self.titles, width);
        let highest = titles.iter().flatten().map(Lines::height).reduce(f64::max);
        let above = highest.map_or(0.5 * look.size, |height| height + look.px(7.0));
        let layers = self.panels.iter().map(|panel| panel.columns.len()).max().unwrap_or(1);
        // The plots under one another have it together.
        let plot = (sheet.least_plot.unwrap_or_default() / rows as f64).max(PLOT * height);
        let most = height - plot - above;
        let rows = self.figures(sheet).map(|figures| Rows::of(canvas, &figures, (width / layers as f64, most), sheet));
        Common { titles, above, rows }
    }

    /// What the panels are of, if numbers of it are wanted.
    fn figures(&self, sheet: &Sheet) -> Option<Vec<&Figure>> {
        self.panels.iter().map(|panel| panel.figure.filter(|_| sheet.numbers)).collect()
    }

    /// Left of a plot: what the axis stands for, and the names of ticks and rows.
    fn gutter(&self, canvas: &Canvas<'_>, height: f64, sheet: &Sheet) -> f64 {
        let look = canvas.look;
        // How high the plot will be depends on titles and rows: all the ticks it may have find room.
        let heights = (0..).map(|step| PLOT * height + f64::from(step) * look.px(23.0));
        let heights = heights.take_while(|plot| *plot < height).chain([height]);
        let ticks = heights.flat_map(|plot| self.panels.iter().flat_map(move |panel| panel.ticks(canvas, plot)));
        let ticks = ticks.map(|(_, label)| canvas.width(&label, TICK * look.size, Weight::Regular)).fold(0.0, f64::max);
        let layers = self.panels.iter().map(|panel| panel.columns.len()).max().unwrap_or(1);
        let names = match self.figures(sheet) {
            Some(figures) => Rows::of(canvas, &figures, (0.0, f64::INFINITY), sheet).names_width(canvas),
            None => Table::of_names(canvas, layers, 0.0).names_width(canvas),
        };
        let axis = if self.axis.is_empty() { 0.0 } else { 1.7 * look.size };
        (ticks + axis + look.px(8.0)).max(names + look.px(11.0))
    }

    fn panel(
        &self,
        canvas: &mut Canvas<'_>,
        index: usize,
        place: Rect,
        (gutter, labels): (f64, Labels),
        common: &Common,
    ) {
        let (look, panel) = (canvas.look, &self.panels[index]);
        let column = place.width / panel.columns.len() as f64;
        let table = match panel.figure.zip(common.rows.as_ref()) {
            Some((figure, rows)) => Table::of(canvas, figure, rows),
            None => Table::of_names(canvas, panel.columns.len(), column),
        };
        let bottom = place.bottom() - table.height(canvas);
        let plot = Rect::between((place.x, place.right()), (place.y + common.above, bottom));
        if plot.height < LOWEST * look.size {
            return;
        }
        canvas.plots.push((self.behind + index, plot));
        if let Some(title) = &common.titles[index] {
            title.draw(canvas, place.center().0, place.y, Anchor::Middle);
        }
        if labels == Labels::Shown {
            let room = plot.height;
            let axis = self.axis.iter().find(|label| canvas.width(label, look.size, Weight::Regular) <= room);
            if let Some(label) = axis {
                let at = (place.x - gutter + 0.6 * look.size, plot.center().1);
                let text = plain(label.clone(), at, Anchor::Middle, look.size, look.quiet);
                canvas.text_at_middle(Text { upright: true, ..text });
            }
        }
        panel.draw(canvas, plot, &table, labels);
    }
}

/// How many rows of panels fill a rectangle best.
fn rows_for(count: usize, body: Rect) -> usize {
    let off = |rows: usize| {
        let columns = count.div_ceil(rows);
        let aspect = (body.width / columns as f64) / (body.height / rows as f64);
        (aspect / ASPECT).ln().abs()
    };
    (1..=count).min_by(|one, other| off(*one).total_cmp(&off(*other))).unwrap_or(1)
}

/// Of each panel the longest title that has room in one line in all panels, or else the shortest, in two lines; all at one size.
fn fitting(canvas: &Canvas<'_>, titles: &[Vec<String>], width: f64) -> Vec<Option<Lines>> {
    let look = canvas.look;
    let forms = titles.iter().map(Vec::len).max().unwrap_or(0);
    let title = |of: &'_ Vec<String>, form: usize| of.get(form).or(of.last()).cloned();
    let fits = |title: String| canvas.width(&title, look.size, Weight::SemiBold) <= width;
    let form = (0..forms).find(|&form| titles.iter().filter_map(|of| title(of, form)).all(fits));
    let lines = |size: f64| -> Vec<Option<Lines>> {
        let of = titles.iter().map(|of| title(of, form.unwrap_or(forms)));
        of.map(|title| Some(Lines::of(canvas, &[Span::bold(title?, look.text)], size, width, 2))).collect()
    };
    let usual = lines(look.size);
    let least = usual.iter().flatten().map(Lines::size).reduce(f64::min);
    least.filter(|least| *least < look.size).map_or(usual, lines)
}

/// What a panel shows, the longest first, after its letter if it has one.
fn panel_titles(subjects: &[&Subject], index: usize, sheet: &Sheet) -> Vec<String> {
    let titles = words::panel_titles(subjects, index);
    match sheet.letters.get(index) {
        Some(letter) => titles.into_iter().map(|title| format!("{letter}  {title}")).collect(),
        None => titles,
    }
}
