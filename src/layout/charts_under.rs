use super::canvas::{Canvas, plain};
use super::chart_strip::ChartStrip;
use super::lines::Span;
use super::look::Look;
use crate::figure::{Figure, LogChart};
use crate::page::{Anchor, Rect, Text};

/// The norm of the gradient and the std of the outputs across the layers, under panels of layers that stand in a row.
pub(super) struct ChartsUnder([Vec<LogChart>; 2]);

const NAMES: [&str; 2] = ["||∂L/∂z||", "std of h"];
/// Height of a chart and air over it, in heights of the text.
const CHART: f64 = 3.5;
const AIR: f64 = 1.3;
/// So much of the air is under a chart, where the last label of its axis reaches.
const UNDER: f64 = 0.5;
/// Ticks of a chart, at most.
const TICKS: usize = 4;

impl ChartsUnder {
    /// Each on one axis for all panels; `None` if one has no gradients.
    pub fn of(figures: &[&Figure]) -> Option<Self> {
        let gradients = figures.iter().map(|figure| LogChart::gradients(&figure.measurement, None));
        let stds = figures.iter().map(|figure| LogChart::output_stds(&figure.measurement, None));
        let charts = [gradients.collect::<Option<Vec<_>>>()?, stds.collect()];
        Some(Self(charts.map(LogChart::together)))
    }

    /// Height of both, with what is over them.
    pub fn height(look: &Look) -> f64 {
        NAMES.len() as f64 * (CHART + AIR) * look.size
    }

    /// What is said of them in the legend.
    pub fn legend(&self, look: &Look) -> Span {
        let has_theory = self.0.iter().flatten().any(|chart| chart.theory.iter().flatten().next().is_some());
        let theory = if has_theory { ", dashed: mean-field theory" } else { "" };
        Span::plain(format!(" Below: L2 norm of the gradient ∂L/∂z, and std of the outputs h{theory}."), look.quiet)
    }

    /// Draws them from a height on, each under its panel's plot, with their names at the left edge.
    pub fn draw(&self, canvas: &mut Canvas<'_>, plots: &[Rect], (left, top): (f64, f64), with_numbers: bool) {
        let size = canvas.look.size;
        for (row, (charts, name)) in self.0.iter().zip(NAMES).enumerate() {
            let top = top + row as f64 * (CHART + AIR) * size + (AIR - UNDER) * size;
            for (column, (chart, plot)) in charts.iter().zip(plots).enumerate() {
                let rect = Rect::between((plot.x, plot.right()), (top, top + CHART * size));
                ChartStrip { rect, chart }.draw(canvas, TICKS, column == 0, with_numbers);
                if column == 0 {
                    let at = (left + 0.6 * size, rect.center().1);
                    let text = plain(name, at, Anchor::Middle, size, canvas.look.quiet);
                    canvas.text_at_middle(Text { upright: true, ..text });
                }
            }
        }
    }
}
