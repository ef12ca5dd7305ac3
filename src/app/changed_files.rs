use std::sync::Arc;

use egui::{Label, RichText, Ui};

use super::App;
use super::data_reading::USUAL_IMAGES;
use super::file_watch::{WatchedFile, WatchedKind};
use super::steady::steady_ui;
use super::theme::colors;
use crate::data_file::SetWish;
use crate::experiment::{Data, Experiment, Inputs, folder_name};
use crate::image_set::ImageSet;
use crate::subject::Subject;

/// What is done about a file that changed.
enum Answer {
    Read,
    Leave,
}

impl App {
    /// Watches the files whose images and networks are looked at.
    pub(super) fn watch_files(&mut self, ctx: &egui::Context) {
        let mut files: Vec<WatchedFile> = Vec::new();
        let mut add = |file: WatchedFile| {
            if !files.contains(&file) {
                files.push(file);
            }
        };
        let pinned = self.comparison.pinned();
        let of_pinned = pinned.iter().map(Subject::experiment);
        for experiment in std::iter::once(&self.experiment).chain(&self.cases).chain(of_pinned) {
            if let Data::Set(set) = &experiment.inputs.data {
                add(WatchedFile { kind: WatchedKind::Data(SetWish::of(set)), digest: set.digest().to_owned() });
            }
        }
        let of_pinned = pinned.iter().filter_map(|subject| self.given.file_of(subject));
        for file in self.given.now().into_iter().chain(of_pinned) {
            let opened = file.network.opened();
            if opened.anew.is_none() {
                let kind = WatchedKind::Network(opened.path.clone());
                add(WatchedFile { kind, digest: opened.file.digest.clone() });
            }
        }
        self.file_watch.watch(files, ctx);
    }

    /// Offers to read a file again that changed while it was looked at.
    pub(super) fn changed_files_ui(&mut self, ui: &mut Ui) {
        let Some(file) = self.file_watch.changed().first().cloned() else { return };
        let quiet = colors(ui.visuals()).quiet;
        let name = folder_name(file.path(), 1);
        let mut answer = None;
        let line = |ui: &mut Ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                let text = RichText::new(format!("{name} has changed: read it again?")).color(quiet);
                let hover = format!("{} has changed: read it again?", file.path().display());
                ui.add(Label::new(text).truncate().show_tooltip_when_elided(false)).on_hover_text(hover);
                if ui.small_button("Read again").on_hover_text("Look at what it holds now.").clicked() {
                    answer = Some(Answer::Read);
                }
                let hover = "Go on with what was read before, and say so when it changes once more.";
                if ui.small_button("Leave it").on_hover_text(hover).clicked() {
                    answer = Some(Answer::Leave);
                }
            })
        };
        steady_ui(ui, "changed files", line);
        let Some(answer) = answer else { return };
        self.file_watch.let_go(&file);
        match (answer, file.kind) {
            (Answer::Leave, _) => {}
            (Answer::Read, WatchedKind::Network(path)) => self.open_network_again(&path),
            (Answer::Read, WatchedKind::Data(asked)) => self.read_data_again(asked),
        }
    }

    /// Reads data again that are looked at; as many of their images are shown as before, or all, if it was all.
    pub(super) fn read_data_again(&mut self, asked: SetWish) {
        self.notice = None;
        let inputs = &self.experiment.inputs;
        if let Data::Set(set) = &inputs.data
            && SetWish::of(set) == asked
        {
            let images = if inputs.images == inputs.available() { USUAL_IMAGES } else { inputs.images };
            self.experiment.inputs = Inputs { data: Data::Folder(asked.path.clone()), images, ..inputs.clone() };
        }
        self.data_reading.read_again(asked);
    }

    /// What was read anew stands in place of what was read there before, beside the present experiment, too.
    pub(super) fn replace_data(&mut self, set: &Arc<ImageSet>) {
        let newer = |experiment: &Experiment| match &experiment.inputs.data {
            Data::Set(old) if SetWish::of(old) == SetWish::of(set) && old != set => {
                let inputs = experiment.inputs.of_set(Arc::clone(set)).ok()?;
                Some(Experiment { inputs, ..experiment.clone() })
            }
            _ => None,
        };
        for case in &mut self.cases {
            *case = newer(case).unwrap_or_else(|| case.clone());
        }
        let subject = |subject: &Subject| {
            let experiment = newer(subject.experiment())?;
            match self.given.file_of(subject) {
                Some(file) => file.network.subject(&experiment).ok(),
                None => Some(Subject::from(experiment)),
            }
        };
        let pinned = self.comparison.pinned();
        let replaced: Vec<_> = pinned.iter().map(|one| subject(one).unwrap_or_else(|| one.clone())).collect();
        if replaced != pinned {
            let place = self.comparison.place();
            self.comparison.set(&replaced, place);
        }
    }
}
