use super::App;
use super::commands::SigmaStep;
use crate::experiment::{Experiment, Initializer, Meaning, Parameter, Value};

/// Sigma, or the gain where there is none.
fn nudged(initializer: &mut Initializer) -> Option<Parameter<'_>> {
    let rank = |parameter: &Parameter<'_>| match parameter.meaning {
        Meaning::Sigma => Some(0),
        Meaning::Gain => Some(1),
        Meaning::Mean | Meaning::Own => None,
    };
    let ranked = initializer.parameters().into_iter().filter_map(|parameter| Some((rank(&parameter)?, parameter)));
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, parameter)| parameter)
}

/// Makes the step, if the value stays one that the initializer may have.
fn nudge(experiment: &mut Experiment, step: SigmaStep) {
    let Some(Parameter { value: Value::Number(number, range), .. }) = nudged(&mut experiment.initializer) else {
        return;
    };
    let next = step.from(*number);
    if range.contains(next) {
        *number = next;
    }
}

impl App {
    /// Whether the initializer has a sigma or a gain.
    pub(super) fn can_nudge(&self) -> bool {
        self.given.now().is_none() && nudged(&mut self.experiment.initializer.clone()).is_some()
    }

    /// Moves sigma, or the gain, by a step.
    pub(super) fn nudge(&mut self, step: SigmaStep) {
        nudge(&mut self.experiment, step);
        self.remembered.note(&self.experiment);
    }
}
