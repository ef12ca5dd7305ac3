use std::sync::Arc;

use crate::engine::{Measurement, Request};
use crate::experiment::{Experiment, Inputs};
use crate::figure::{AxisMap, AxisRange, View};
use crate::network::BLOCK;
use crate::subject::Subject;
use crate::sweep::Around;

/// The axis of what is played, as a film has it: it shows every step. All of it is found beforehand, the ends first, and then it
/// stands: what reaches further after all is counted at its edges.
pub struct PlayAxis {
    view: View,
    steps: Vec<Experiment>,
    /// Those that are not measured yet, in the order in which they are wanted.
    waiting: Vec<Experiment>,
    /// Those that reach furthest.
    furthest: Vec<Arc<Measurement>>,
    axes: Option<AxisMap>,
    /// Whether it stays as it is from now on.
    stands: bool,
}

/// Images that steps are measured on at first, from the first; those that reach furthest then on all.
const FEW: usize = 8 * BLOCK;

impl PlayAxis {
    /// Of steps around an experiment, looked at like this; nothing of them is known yet.
    pub fn new(around: &Around, view: View) -> Self {
        let steps: Vec<_> = around.steps.iter().map(|(_, experiment)| experiment.clone()).collect();
        let waiting = far_to_near(steps.len()).into_iter().map(|at| steps[at].clone()).collect();
        Self { view, steps, waiting, furthest: Vec::new(), axes: None, stands: false }
    }

    /// How it is looked at.
    pub fn view(&self) -> View {
        self.view
    }

    /// Takes note of what was measured, if it is a step and has what is shown, and the axis does not stand yet.
    pub fn note(&mut self, measurement: &Arc<Measurement>) {
        let Ok(measured) = measurement.subject.drawn() else { return };
        let Some(step) = self.steps.iter().find(|step| *step == measured || few(step) == *measured) else { return };
        let is_step =
            |known: &Arc<Measurement>| known.subject.drawn().is_ok_and(|known| known == step || *known == few(step));
        if self.stands || self.axes_of(&[Arc::clone(measurement)]).is_none() {
            return;
        }
        if measurement.is_exact() {
            self.waiting.retain(|waiting| waiting != step);
        }
        let (same, others): (Vec<_>, Vec<_>) = self.furthest.iter().cloned().partition(is_step);
        // The same on fewer images is no longer of use.
        if same.iter().all(|known| known.images <= measurement.images) {
            let mut all: Vec<_> = others.into_iter().chain([Arc::clone(measurement)]).collect();
            let axes = self.axes_of(&all);
            // Quantiles are of all steps together.
            if self.is_robust() {
                (self.axes, self.furthest) = (axes, all);
            } else if axes != self.axes || !same.is_empty() {
                // Nor is what the axis does not need.
                for at in (0..all.len()).rev() {
                    let known = all.remove(at);
                    if self.axes_of(&all) != axes {
                        all.insert(at, known);
                    }
                }
                (self.axes, self.furthest) = (axes, all);
            }
        }
        self.stands = self.next().is_none();
    }

    fn axes_of(&self, all: &[Arc<Measurement>]) -> Option<AxisMap> {
        AxisMap::of(all.iter().map(|measurement| &**measurement), self.view)
    }

    fn is_robust(&self) -> bool {
        self.view.range == AxisRange::Robust
    }

    /// Lets it stand with what is known by now.
    pub fn stand(&mut self) {
        self.waiting.clear();
        self.stands = true;
    }

    /// Whether it stays as it is.
    pub fn stands(&self) -> bool {
        self.stands
    }

    /// Whether it shows both ends.
    pub fn has_ends(&self) -> bool {
        let ends = [self.steps.first(), self.steps.last()];
        !ends.into_iter().flatten().any(|end| self.waiting.contains(end))
    }

    /// What is to be measured next: the ends, then on all images what reaches furthest, then what lies between.
    pub fn next(&self) -> Option<Request> {
        if self.stands {
            return None;
        }
        let is_whole = |known: &&Experiment| self.steps.contains(*known);
        let known = || self.furthest.iter().filter_map(|known| known.subject.drawn().ok());
        let further = known().find(|known| !is_whole(known)).filter(|_| self.has_ends() && !self.is_robust());
        let whole = further.and_then(|few_of| self.steps.iter().find(|step| few(step) == *few_of)).cloned();
        let subject = Subject::from(whole.or_else(|| self.waiting.first().map(few))?);
        Some(Request { subject, quantities: self.view.quantities(false), at_leisure: true })
    }

    /// The steps that decide how far it reaches, once it stands.
    pub fn furthest(&self) -> &[Arc<Measurement>] {
        if self.stands { &self.furthest } else { &[] }
    }

    /// The axis, once it stands.
    pub fn axes(&self) -> Option<&AxisMap> {
        self.axes.as_ref().filter(|_| self.stands)
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

    /// Measures what an axis asks for until it stands; returns how many measurements that took.
    fn stood(axis: &mut PlayAxis, measurer: &mut Measurer) -> usize {
        let mut asked = 0;
        while let Some(request) = axis.next() {
            assert!(axis.axes().is_none(), "it is not there before it stands");
            let no_step = measurer.measure_all(&Experiment::article(), request.quantities);
            let step = measurer.measure_all(request.subject.experiment(), request.quantities);
            for measured in [no_step, step] {
                axis.note(&Arc::new(measured.unwrap_or_else(|error| panic!("{error}"))));
            }
            asked += 1;
        }
        assert!(axis.stands());
        asked
    }

    fn film(around: &Around, view: View, measurer: &mut Measurer) -> AxisMap {
        let all: Vec<_> = (around.steps.iter())
            .map(|(_, step)| measurer.measure_all(step, view.quantities(false)).map(Arc::new))
            .collect::<Result<_, _>>()
            .unwrap_or_else(|error| panic!("{error}"));
        let film = Figure::together(&all, view).and_then(|film| film.first().map(|first| first.axes().clone()));
        film.unwrap_or_else(|| panic!("there are pictures"))
    }

    #[test]
    fn it_is_the_axis_of_a_film_of_the_same_steps() {
        let mut small = Experiment { widths: vec![10; 3], ..Experiment::article() };
        let mut measurer = Measurer::new().unwrap_or_else(|error| panic!("{error}"));
        let robust = View { range: AxisRange::Robust, ..View::default() };
        let own = View { axes: Axes::Own, ..View::default() };
        for (setting, view, images) in [
            (SweptSetting::Sigma, View::default(), 20),
            (SweptSetting::Seed, robust, 20),
            (SweptSetting::Depth, own, 20),
            // Here what is found on few images is not all.
            (SweptSetting::Bias, View::default(), 2 * FEW),
        ] {
            small.inputs.images = images;
            let around = around(setting, &small).unwrap_or_else(|| panic!("{setting:?} can be moved"));
            let mut axis = PlayAxis::new(&around, view);
            let asked = stood(&mut axis, &mut measurer);
            let steps = around.steps.len();
            assert!(asked == steps || images > FEW && asked < steps + 4, "{setting:?}: {asked} of {steps}");
            assert_eq!(axis.axes(), Some(&film(&around, view, &mut measurer)), "{setting:?}");
        }
    }

    #[test]
    fn once_it_stands_nothing_moves_it() {
        let mut small = Experiment { widths: vec![10; 3], ..Experiment::article() };
        small.inputs.images = 20;
        let around = around(SweptSetting::Sigma, &small).unwrap_or_else(|| panic!("sigma can be moved"));
        let mut measurer = Measurer::new().unwrap_or_else(|error| panic!("{error}"));
        let mut axis = PlayAxis::new(&around, View::default());
        let mut note = |axis: &mut PlayAxis, at: usize| {
            let step = measurer.measure_all(&around.steps[at].1, View::default().quantities(false));
            axis.note(&Arc::new(step.unwrap_or_else(|error| panic!("{error}"))));
        };
        note(&mut axis, 0);
        axis.stand();
        let before = axis.axes().cloned();
        note(&mut axis, around.steps.len() - 1);
        assert!(before.is_some() && axis.axes() == before.as_ref());
        assert_eq!(axis.next().map(|request| request.subject), None);
    }
}
