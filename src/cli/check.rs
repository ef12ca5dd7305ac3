use std::io::Write as _;

use serde::Serialize;

use super::Error;
use super::arguments::ExperimentFlags;
use super::network_flag::GivenNetworks;
use super::progress::ProgressLine;
use super::stats::Format;
use super::written::written;
use crate::engine::Measurer;
use crate::figure::Headline;
use crate::opened_network::OpenedNetwork;
use crate::subject::Subject;
use crate::verdict::{Evidence, Finding, verdict};

/// A network of a file, to be judged.
#[derive(Debug)]
pub struct Check {
    opened: OpenedNetwork,
    subject: Subject,
    /// Whether its activation is only a guess of the scene.
    is_guess: bool,
    is_json: bool,
    jobs: usize,
}

/// A verdict with the keys it is published under.
#[derive(Serialize)]
struct CheckReport<'a> {
    file: String,
    network: String,
    images: usize,
    activations: Vec<String>,
    notes: Vec<String>,
    findings: &'a [Finding],
}

impl Check {
    /// # Errors
    /// If the file gives no network, or the flags make none of it.
    pub(super) fn new(asked: &ExperimentFlags, format: Format, jobs: usize) -> Result<Self, Error> {
        let is_json = match format {
            Format::Json => true,
            Format::Table => false,
            Format::Csv => {
                let sentence = "--format csv has no place for sentences: use --format table or --format json";
                return Err(Error::Usage(sentence.to_owned()));
            }
        };
        let Some(GivenNetworks { mut files, mut subjects }) = asked.given(&asked.scene()?)? else {
            return Err(Error::Usage("no file is named: give the file of a network".to_owned()));
        };
        let several = subjects.len();
        match (files.pop(), subjects.pop(), several) {
            (Some((opened, network)), Some(subject), 1) => {
                Ok(Self { opened, subject, is_guess: network.activation_guessed, is_json, jobs })
            }
            _ => Err(Error::Usage(format!("there are {several} experiments, but a verdict is on one: give only one"))),
        }
    }

    /// Writes the verdict to standard output.
    ///
    /// # Errors
    /// If the images cannot be read, or something was found.
    pub fn run(&self) -> Result<(), Error> {
        let progress = ProgressLine::new();
        let mut measurer = Measurer::with_threads(self.jobs).map_err(Error::failed)?;
        progress.say("measuring", 0, 1);
        let measurement = measurer.measure_all(&self.subject, Evidence::NEEDS).map_err(Error::failed)?;
        let ranges = measurer.z_ranges(&self.subject).map_err(Error::failed)?;
        drop(progress);
        let Some(weights) = self.subject.weights().numbers() else { return Ok(()) };
        let initializers: Vec<_> = self.opened.file.layers.iter().map(|layer| layer.initializer.clone()).collect();
        let evidence = Evidence { measurement: &measurement, weights, ranges: &ranges, initializers: &initializers };
        let findings = verdict(&evidence);
        let no_loss = self.subject.no_loss().map(|why| why.to_string());
        let guess = self.is_guess.then(|| {
            let activation = self.subject.experiment().activation;
            format!("The file names no activation. All of this holds if it is {activation}, as the scene guesses.")
        });
        let notes: Vec<_> = self.opened.file.notes.iter().cloned().chain(guess).chain(no_loss).collect();
        let text = if self.is_json {
            let layers = measurement.layers.len();
            let report = CheckReport {
                file: self.opened.path.to_string_lossy().into_owned(),
                network: self.opened.words(),
                images: measurement.images,
                activations: (0..layers).map(|layer| self.subject.activation(layer).to_string()).collect(),
                notes,
                findings: &findings,
            };
            serde_json::to_string_pretty(&report).map_err(Error::failed)? + "\n"
        } else {
            self.text(&notes, &findings)
        };
        let mut output = std::io::stdout().lock();
        written(output.write_all(text.as_bytes()).and_then(|()| output.flush()))?;
        if findings.is_empty() { Ok(()) } else { Err(Error::Found) }
    }

    fn text(&self, notes: &[String], findings: &[Finding]) -> String {
        let mut text = format!("{}\n{}\n", Headline::of(&self.subject), self.opened.words());
        notes.iter().for_each(|note| text += &format!("{note}\n"));
        if findings.is_empty() {
            return text + "\nNothing was found.\n";
        }
        for Finding { layer, rule, severity, sentence, remedy, .. } in findings {
            text += &format!("\nlayer {layer}, {}: {rule}\n  {sentence}\n  {remedy}\n", severity.name());
        }
        text
    }
}
