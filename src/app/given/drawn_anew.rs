use std::sync::Arc;

use super::file_network::FileNetwork;
use crate::app::App;
use crate::app::commands::SLOTS;
use crate::experiment::{Draws, Experiment, Generator, Initializer};
use crate::figure::Arrange;
use crate::subject::Subject;

impl App {
    /// What the same shape is drawn from, for comparison, from now on.
    pub(in crate::app) fn draw_anew_from(&mut self, name: &str) {
        let initializer = self.remembered.of(name);
        if let (Some(file), Some(initializer)) = (&mut self.given.now, initializer) {
            file.initializer = initializer;
        }
    }

    /// Shows the same shape drawn anew: as an outline behind all, or beside them.
    pub(in crate::app) fn show_drawn_anew(&mut self, arrange: Arrange) {
        let subject = match self.drawn_anew() {
            Ok(subject) => subject,
            Err(sentence) => {
                self.notice = Some(sentence);
                return;
            }
        };
        let mut all = self.slots();
        all.retain(|slot| *slot != subject);
        if all.len() >= SLOTS {
            self.notice = Some(format!("{SLOTS} networks are side by side already: drop one of them"));
            return;
        }
        match arrange {
            // The first one is the outline.
            Arrange::Ghost => all.insert(0, subject),
            Arrange::SideBySide | Arrange::Stacked => all.push(subject),
        }
        self.compare(all);
        self.shown.arrange = arrange;
    }

    /// Draws the same shape in place of the file's weights.
    pub(in crate::app) fn draw_instead(&mut self) {
        match self.drawn_anew() {
            Ok(subject) => self.take_subject(&subject),
            Err(sentence) => self.notice = Some(sentence),
        }
    }

    /// The present file's shape, drawn from its initializer and the seed.
    fn drawn_anew(&mut self) -> Result<Subject, String> {
        let present = self.untrained();
        let Some(file) = self.given.now.clone() else { return Ok(present) };
        if let Some(said) = file.said_of_drawn_anew() {
            self.tell(said);
        }
        let FileNetwork { network, initializer, .. } = &file;
        let experiment = drawn_from(*initializer, present.experiment());
        if network.is_like_drawn() {
            return Ok(Subject::from(experiment));
        }
        let anew = network.drawn_anew(*initializer, experiment.seed).map_err(|error| error.to_string())?;
        let anew = FileNetwork { network: Arc::new(anew), ..file.clone() };
        let subject = anew.network.subject(present.experiment()).map_err(|error| error.to_string())?;
        self.given.note(&anew);
        Ok(subject)
    }
}

/// An experiment whose weights come from this initializer, as frameworks draw them.
fn drawn_from(initializer: Initializer, experiment: &Experiment) -> Experiment {
    let (bias, bias_std) = (0.0, 0.0);
    let (draws, generator) = (Draws::Independent, Generator::Native);
    Experiment { initializer, bias, bias_std, draws, generator, ..experiment.clone() }
}
