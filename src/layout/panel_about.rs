use serde::Serialize;

use super::words;
use crate::experiment::Settings;
use crate::figure::Headline;
use crate::subject::Subject;

/// What a panel shows, for those who read its numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PanelAbout {
    /// Its number, from 1.
    panel: usize,
    /// What distinguishes it; of a single one, what its weights are drawn from.
    pub title: String,
    /// What the weights of every layer are drawn with.
    pub sigmas: Vec<Option<f64>>,
    /// All that is set.
    experiment: Settings,
}

/// All panels of these subjects.
pub(super) fn panels(subjects: &[Subject]) -> Vec<PanelAbout> {
    let all: Vec<_> = subjects.iter().collect();
    let about = |(index, subject): (usize, &Subject)| {
        let titles = if all.len() > 1 { words::panel_titles(&all, index) } else { Vec::new() };
        PanelAbout {
            panel: index + 1,
            title: titles.into_iter().last().unwrap_or_else(|| Headline::of(subject).law),
            sigmas: sigmas(subject),
            experiment: Settings::from(subject.experiment()),
        }
    };
    subjects.iter().enumerate().map(about).collect()
}

/// Standard deviations of the laws of the hidden layers; none where the images decide, or no law.
fn sigmas(subject: &Subject) -> Vec<Option<f64>> {
    let experiment = subject.experiment();
    let Some(drawn) = subject.drawn().ok().filter(|_| !subject.looks_at_data()) else {
        return vec![None; experiment.widths.len()];
    };
    let shapes = drawn.kernel_shapes();
    let hidden = shapes.iter().skip(drawn.linear_layers()).take(drawn.widths.len());
    hidden.map(|&(fan_in, fan_out)| Some(drawn.initializer.sigma(fan_in, fan_out))).collect()
}
