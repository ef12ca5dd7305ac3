use std::sync::Arc;

use super::canvas::{Canvas, plain};
use super::chart_strip::ChartStrip;
use super::data::{ColumnAbout, Entry, column, whole};
use super::frame::{self, Around};
use super::lines::{Lines, Span};
use super::{Content, as_same, words};
use crate::engine::{Measurement, Seeds};
use crate::figure::{Headline, LogChart, Sheet};
use crate::page::{Anchor, Rect, Text, Weight};
use crate::subject::Subject;

/// The norm of the gradient and the std of the outputs across the layers of one experiment, or of several in panels.
#[derive(Debug)]
pub struct NormsContent {
    measurements: Vec<Arc<Measurement>>,
    /// What other seeds make of the first.
    seeds: Option<Arc<Seeds>>,
}

/// Ticks of a chart, at most.
const TICKS: usize = 5;
/// Air between the charts, in heights of the text.
const GAP: f64 = 1.7;

impl NormsContent {
    /// What the columns of its numbers are.
    pub const COLUMNS: [ColumnAbout; 4] = [
        column("panel", "The panel, counted from 1."),
        column("layer", "The hidden layer, counted from 1."),
        column(
            "mark",
            "gradient_l2 (L2 norm of the gradient of the loss with respect to the pre-activations), weight_gradient_l2 (to the \
             weights), output_std (standard deviation of the outputs); with _theory what mean-field theory expects, with _least, \
             _median and _greatest what the seeds 1 to 20 make of it.",
        ),
        column("value", "The number."),
    ];

    /// Of measurements that all have gradients; `None` if one has none.
    pub fn new(measurements: Vec<Arc<Measurement>>, seeds: Option<Arc<Seeds>>) -> Option<Self> {
        let has_gradients =
            |measurement: &Arc<Measurement>| measurement.layers.iter().all(|layer| layer.gradient.is_some());
        let is_whole = !measurements.is_empty() && measurements.iter().all(has_gradients);
        is_whole.then_some(Self { measurements, seeds })
    }

    fn seeds_of(&self, measurement: &Measurement) -> Option<&Seeds> {
        self.seeds.as_deref().filter(|seeds| seeds.are_of(&measurement.subject))
    }

    /// Both charts of every panel, each on one axis for all panels.
    fn charts(&self) -> [Vec<LogChart>; 2] {
        let gradients = self.measurements.iter();
        let gradients =
            gradients.filter_map(|measurement| LogChart::gradients(measurement, self.seeds_of(measurement)));
        let stds = self.measurements.iter();
        let stds = stds.map(|measurement| LogChart::output_stds(measurement, self.seeds_of(measurement)));
        [LogChart::together(gradients.collect()), LogChart::together(stds.collect())]
    }
}

impl Content for NormsContent {
    fn title(&self) -> String {
        let headlines: Vec<_> = self.subjects().iter().map(|subject| Headline::of(subject).to_string()).collect();
        format!("Norms of the gradients: {}", headlines.join("; "))
    }

    fn natural_size(&self, _sheet: &Sheet) -> (f64, f64) {
        let panels = self.measurements.len();
        if panels == 1 { (960.0, 600.0) } else { ((420 * panels.min(4)) as f64 + 60.0, 600.0) }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, sheet: &Sheet) {
        let look = canvas.look;
        let subjects = self.subjects();
        let subjects: Vec<_> = subjects.iter().collect();
        let headlines: Vec<_> = subjects.iter().map(|subject| Headline::of(subject)).collect();
        let images: Vec<_> = self.measurements.iter().map(|measurement| measurement.images).collect();
        let charts = self.charts();
        let around = Around {
            title: words::title(look, &headlines),
            legend: vec![Span::plain(legend(&charts, self.seeds.as_deref()), look.quiet)],
            caption: words::caption(
                look,
                "L2 norm of the gradient ∂L/∂z, and standard deviation of the outputs h, of every hidden layer",
                &subjects,
                &images,
            ),
        };
        let body = frame::draw(canvas, sheet, &around);
        let small = 0.92 * look.size;
        let ticks = charts.iter().flatten().flat_map(|chart| chart.ticks(TICKS));
        let labels = ticks.map(|(_, label)| canvas.width(&label, small, Weight::Regular)).fold(0.0, f64::max);
        let gutter = labels + 1.7 * look.size + look.px(8.0);
        let count = self.measurements.len();
        let gap = look.px(18.0);
        let width = (body.width - gutter - (count - 1) as f64 * gap) / count as f64;
        let above = if count > 1 { 1.9 * look.size } else { 0.6 * look.size };
        let height = 0.5 * (body.height - above - (GAP + 1.9) * look.size);
        if width < 3.0 * look.size || height < 2.0 * look.size {
            return;
        }
        for panel in 0..count {
            let x = body.x + gutter + panel as f64 * (width + gap);
            if count > 1 {
                let titles = words::panel_titles(&subjects, panel);
                let fits = titles.iter().find(|title| canvas.width(title, look.size, Weight::SemiBold) <= width);
                if let Some(title) = fits.or(titles.last()) {
                    let spans = [Span::bold(title.clone(), look.text)];
                    let lines = Lines::of(canvas, &spans, look.size, width, 1);
                    lines.draw(canvas, x + 0.5 * width, body.y, Anchor::Middle);
                }
            }
            let mut top = body.y + above;
            for (charts, name) in charts.iter().zip(["||∂L/∂z||", "std of h"]) {
                let Some(chart) = charts.get(panel) else { continue };
                let strip = ChartStrip { rect: Rect::between((x, x + width), (top, top + height)), chart };
                strip.draw(canvas, TICKS, panel == 0, sheet.numbers);
                if panel == 0 {
                    let at = (body.x + 0.6 * look.size, strip.rect.center().1);
                    let text = plain(name, at, Anchor::Middle, look.size, look.quiet);
                    canvas.text_at_middle(Text { upright: true, ..text });
                }
                top += height + GAP * look.size;
            }
            if let Some(chart) = charts[1].get(panel) {
                let rect = Rect::between((x, x + width), (body.y, top - GAP * look.size));
                ChartStrip { rect, chart }.names(canvas);
            }
        }
    }

    fn rows(&self) -> Vec<Vec<Entry>> {
        let panels = self.measurements.iter().enumerate();
        panels.flat_map(|(panel, measurement)| of_measurement(panel, measurement, self.seeds_of(measurement))).collect()
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &Self::COLUMNS
    }

    fn has_panels(&self) -> bool {
        true
    }

    fn subjects(&self) -> Vec<Subject> {
        self.measurements.iter().map(|measurement| measurement.subject.clone()).collect()
    }

    fn is_same(&self, other: &dyn Content) -> bool {
        as_same::<Self>(other).is_some_and(|other| {
            let mut pairs = self.measurements.iter().zip(&other.measurements);
            let seeds = |content: &Self| content.seeds.as_ref().map(|seeds| Arc::as_ptr(seeds) as usize);
            self.measurements.len() == other.measurements.len()
                && pairs.all(|(one, other)| Arc::ptr_eq(one, other))
                && seeds(self) == seeds(other)
        })
    }
}

/// What is drawn how, as far as it is there.
fn legend(charts: &[Vec<LogChart>; 2], seeds: Option<&Seeds>) -> String {
    let all = || charts.iter().flatten();
    let mut legend = "Dots: measured, on logarithmic axes.".to_owned();
    if all().any(|chart| chart.theory.iter().flatten().count() > 0) {
        legend += " Dashed: mean-field theory.";
    }
    if let Some(seeds) = seeds.filter(|_| all().any(|chart| chart.bands.iter().flatten().count() > 0)) {
        legend += &format!(" Band: from the least to the greatest of {} seeds, with the median.", seeds.count);
    }
    legend
}

fn of_measurement(panel: usize, measurement: &Measurement, seeds: Option<&Seeds>) -> Vec<Vec<Entry>> {
    let mut rows = Vec::new();
    for (index, layer) in measurement.layers.iter().enumerate() {
        let gradient = layer.gradient.as_ref();
        let gradients = seeds.and_then(|seeds| seeds.gradient_l2(index, measurement.images));
        let stds = seeds.and_then(|seeds| Some(seeds.layers.get(index)?.output_std));
        let numbers = [
            ("gradient_l2", gradient.map(|gradient| gradient.l2)),
            ("gradient_l2_theory", layer.theory.and_then(|theory| theory.gradient_l2)),
            ("gradient_l2_least", gradients.map(|band| band.least)),
            ("gradient_l2_median", gradients.map(|band| band.median)),
            ("gradient_l2_greatest", gradients.map(|band| band.greatest)),
            ("weight_gradient_l2", gradient.map(|gradient| gradient.weight_l2)),
            ("output_std", Some(layer.output.std)),
            ("output_std_theory", layer.theory.map(|theory| theory.output_std)),
            ("output_std_least", stds.map(|band| band.least)),
            ("output_std_median", stds.map(|band| band.median)),
            ("output_std_greatest", stds.map(|band| band.greatest)),
        ];
        let row = |(name, number): (_, Option<f64>)| {
            Some(vec![whole(panel + 1), whole(index + 1), Entry::Word(name), Entry::Number(number?)])
        };
        rows.extend(numbers.into_iter().filter_map(row));
    }
    rows
}
