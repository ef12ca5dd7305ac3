use std::ops::RangeInclusive;

use egui::{RichText, Ui};

use super::hover_beside::HoverBeside as _;
use crate::app::theme::{self, colors};
use crate::engine::Measurement;
use crate::experiment::Experiment;
use crate::number;

/// Standard deviations of the weights: which layers have which, in the order of the layers; those that the images decide are not
/// known before they are measured, and have their place.
pub struct Sigmas(Vec<(String, Option<f64>)>);

/// So many are said where there is little room.
const SHOWN: usize = 7;

impl Sigmas {
    /// Sigmas of an experiment's kernels, runs of equal ones together; where the images decide, as they were measured.
    pub fn of(experiment: &Experiment, measured: Option<&Measurement>) -> Self {
        if !experiment.initializer.looks_at_data() {
            let known = by_law(experiment).into_iter();
            return Self(known.map(|(layers, sigma)| (layers, Some(sigma))).collect());
        }
        let measured = measured.filter(|measurement| measurement.subject == experiment.into());
        let sigma = |layer: usize| Some(measured?.layers.get(layer)?.weights.std());
        Self((0..experiment.widths.len()).map(|layer| (format!("layer {}", layer + 1), sigma(layer))).collect())
    }

    /// In a sentence.
    pub fn sentence(&self) -> String {
        if self.0.iter().any(|(_, sigma)| sigma.is_none()) {
            return "σ of the weights: decided by the images, layer by layer.".to_owned();
        }
        let (shown, more) = self.0.split_at(self.0.len().min(SHOWN));
        let shown: Vec<_> = shown.iter().map(|(layers, sigma)| format!("{} ({layers})", written(*sigma))).collect();
        let more = if more.is_empty() { "." } else { ", …" };
        format!("σ of the weights: {}{more}", shown.join(", "))
    }

    /// As lines; those there is no room for are said on hover.
    pub fn ui(&self, ui: &mut Ui) {
        let quiet = colors(ui.visuals()).quiet;
        let text = |text: String| RichText::new(text).font(theme::regular(11.5)).color(quiet);
        let (shown, more) = self.0.split_at(self.0.len().min(SHOWN));
        let grid = egui::Grid::new("sigmas").num_columns(2).min_row_height(0.0).spacing([12.0, 2.0]);
        let grid = grid.show(ui, |ui| {
            for (layers, sigma) in shown {
                ui.label(text(layers.clone()));
                ui.label(text(format!("σ = {}", written(*sigma))));
                ui.end_row();
            }
            if let (Some((first, _)), Some((last, _))) = (more.first(), more.last()) {
                ui.label(text(format!("{first} … {last}")));
                ui.label(text("on hover".to_owned()));
            }
        });
        let more: Vec<_> = more.iter().map(|(layers, sigma)| format!("{layers}: {}", written(*sigma))).collect();
        let hover = format!("The standard deviation of the weights of each layer.\n{}", more.join(", "));
        grid.response.hover_beside(ui, hover.trim_end());
    }
}

fn written(sigma: Option<f64>) -> String {
    sigma.map_or_else(|| "…".to_owned(), number::value)
}

fn by_law(experiment: &Experiment) -> Vec<(String, f64)> {
    let mut shapes = experiment.kernel_shapes();
    // Layer 0 has a line of its own.
    let linear: Vec<_> = shapes.drain(..experiment.linear_layers()).collect();
    let output = shapes.len() - 1;
    let mut runs: Vec<(RangeInclusive<usize>, f64)> = Vec::new();
    for (index, &(fan_in, fan_out)) in shapes.iter().enumerate() {
        let sigma = experiment.initializer.sigma(fan_in, fan_out);
        match runs.last_mut() {
            Some((run, same)) if *same == sigma => *run = *run.start()..=index,
            _ => runs.push((index..=index, sigma)),
        }
    }
    let name = |run: RangeInclusive<usize>| {
        let (first, last) = (run.start() + 1, (*run.end()).min(output - 1) + 1);
        let hidden = match last.checked_sub(first) {
            None => String::new(),
            Some(0) => format!("layer {first}"),
            Some(_) => format!("layers {first}–{last}"),
        };
        let end = if *run.end() < output { "" } else { "output" };
        [hidden.as_str(), end].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let linear = linear
        .into_iter()
        .map(|(fan_in, fan_out)| ("linear layer 0".to_owned(), experiment.initializer.sigma(fan_in, fan_out)));
    linear.chain(runs.into_iter().map(|(run, sigma)| (name(run), sigma))).collect()
}
