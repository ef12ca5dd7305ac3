use std::sync::Arc;

use crate::engine::{Measurement, Request};
use crate::experiment::{Experiment, Inputs};
use crate::figure::{AxisMap, View};
use crate::network::BLOCK;
use crate::subject::Subject;
use crate::sweep::Around;

/// The axis of what is played, as a film has it: it shows every step. The ends are measured first, at leisure and on few images, so
/// that it stands soon; it grows where a step reaches further, and never shrinks.
pub struct PlayAxis {
    view: View,
    steps: Vec<Experiment>,
    /// Those that are not measured yet, in the order in which they are wanted.
    waiting: Vec<Experiment>,
    /// Those that reach furthest.
    furthest: Vec<Arc<Measurement>>,
    axes: Option<AxisMap>,
}

/// Images that steps are measured on beforehand, from the first.
const FEW: usize = 8 * BLOCK;

impl PlayAxis {
    /// Of steps around an experiment, looked at like this; nothing of them is known yet.
    pub fn new(around: &Around, view: View) -> Self {
        let steps: Vec<_> = around.steps.iter().map(|(_, experiment)| experiment.clone()).collect();
        let waiting = far_to_near(steps.len()).into_iter().map(|at| steps[at].clone()).collect();
        Self { view, steps, waiting, furthest: Vec::new(), axes: None }
    }

    /// How it is looked at.
    pub fn view(&self) -> View {
        self.view
    }

    /// Takes note of what was measured, if it is a step and has what is shown.
    pub fn note(&mut self, measurement: &Arc<Measurement>) {
        let Ok(measured) = measurement.subject.drawn() else { return };
        let is_measured = |step: &Experiment| step == measured || few(step) == *measured;
        let Some(step) = self.steps.iter().find(|step| is_measured(step)) else { return };
        let others = self.furthest.iter().filter(|known| known.subject != measurement.subject);
        let all: Vec<_> = others.chain([measurement]).map(Arc::clone).collect();
        let axes = AxisMap::of(all.iter().map(|measurement| &**measurement), self.view);
        if axes.is_none() {
            return;
        }
        if measurement.is_exact() {
            self.waiting.retain(|waiting| waiting != step);
        }
        if axes != self.axes {
            (self.axes, self.furthest) = (axes, all);
        }
    }

    /// What cannot be measured is not asked for again: the axis grows with what is seen.
    pub fn give_up(&mut self) {
        self.waiting.clear();
    }

    /// Whether it shows both ends.
    pub fn has_ends(&self) -> bool {
        let ends = [self.steps.first(), self.steps.last()];
        !ends.into_iter().flatten().any(|end| self.waiting.contains(end))
    }

    /// What is to be measured next.
    pub fn next(&self) -> Option<Request> {
        let subject = Subject::from(few(self.waiting.first()?));
        Some(Request { subject, quantities: self.view.quantities(false), at_leisure: true })
    }

    /// The steps that decide how far it reaches.
    pub fn furthest(&self) -> &[Arc<Measurement>] {
        &self.furthest
    }

    /// The axis by now.
    pub fn axes(&self) -> Option<&AxisMap> {
        self.axes.as_ref()
    }
}

/// The same on few images.
fn few(step: &Experiment) -> Experiment {
    let images = FEW.min(step.inputs.images);
    Experiment { inputs: Inputs { images, ..step.inputs.clone() }, ..step.clone() }
}

/// Numbers below a count: the ends, the middle, and what lies between, ever nearer to one another.
fn far_to_near(count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = count.checked_sub(1).into_iter().collect();
    let mut stride = count.next_power_of_two();
    order.push(0);
    while stride > 1 {
        order.extend((stride / 2..count).step_by(stride).filter(|at| at + 1 < count));
        stride /= 2;
    }
    order.dedup();
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Measurer;
    use crate::figure::{Axes, Figure};
    use crate::sweep::{SweptSetting, around};

    #[test]
    fn the_ends_come_first_and_everything_once() {
        for count in 2..50 {
            let order = far_to_near(count);
            assert_eq!(order[..2], [count - 1, 0]);
            let mut all = order.clone();
            all.sort_unstable();
            assert_eq!(all, (0..count).collect::<Vec<_>>(), "{count}: {order:?}");
        }
    }

    #[test]
    fn it_becomes_the_axis_of_a_film_of_the_same_steps_and_never_shrinks() {
        let mut small = Experiment { widths: vec![10; 3], ..Experiment::article() };
        small.inputs.images = 20;
        let mut measurer = Measurer::new().unwrap_or_else(|error| panic!("{error}"));
        for (setting, axes) in [(SweptSetting::Sigma, Axes::Shared), (SweptSetting::Depth, Axes::Own)] {
            let view = View { axes, ..View::default() };
            let around = around(setting, &small).unwrap_or_else(|| panic!("{setting:?} can be moved"));
            let mut axis = PlayAxis::new(&around, view);
            let mut reach = f64::NEG_INFINITY;
            let mut seen = 0;
            while let Some(request) = axis.next() {
                let no_step = measurer.measure_all(&Experiment::article(), request.quantities);
                let step = measurer.measure_all(request.subject.experiment(), request.quantities);
                for measured in [no_step, step] {
                    axis.note(&Arc::new(measured.unwrap_or_else(|error| panic!("{error}"))));
                }
                let high = axis.axes().map_or(f64::NAN, |axes| axes.axis(0).high());
                assert!(high >= reach, "{setting:?}: {high} after {reach}");
                (reach, seen) = (high, seen + 1);
            }
            assert_eq!(seen, around.steps.len(), "every step is measured once");
            let all: Vec<_> = (around.steps.iter())
                .map(|(_, step)| measurer.measure_all(step, view.quantities(false)).map(Arc::new))
                .collect::<Result<_, _>>()
                .unwrap_or_else(|error| panic!("{error}"));
            let film = Figure::together(&all, view).and_then(|film| film.first().map(|first| first.axes().clone()));
            assert_eq!(axis.axes(), film.as_ref(), "{setting:?}");
        }
    }
}
