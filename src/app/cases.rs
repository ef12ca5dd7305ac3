use super::App;
use crate::experiment::{Experiment, Preset};

impl App {
    /// Offers experiments whose weights are drawn, and shows the first; of a preset's, the one that shows what it says.
    pub fn set_cases(&mut self, cases: Vec<Experiment>) {
        self.return_to_file(None);
        let first = Preset::of(&cases).map_or(0, |preset| preset.first);
        if let Some(first) = cases.get(first) {
            self.set_experiment(first.clone());
        }
        self.cases = cases;
    }

    /// The experiments to choose from.
    pub fn cases(&self) -> &[Experiment] {
        &self.cases
    }
}
