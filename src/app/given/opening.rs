use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Context;

use super::file_network::FileNetwork;
use crate::app::{App, Session};
use crate::data_file::is_data;
use crate::experiment::Experiment;
use crate::figure::{Scene, SceneNetwork};
use crate::network_file::NetworkFile;
use crate::opened_network::{FilesWish, OpenedOne, WantedFile};
use crate::subject::Subject;

/// What is being read, and what for.
pub struct Opening {
    /// The number of the request.
    request: u64,
    since: Instant,
    purpose: OpenPurpose,
}

/// What files are read for.
enum OpenPurpose {
    /// To be looked at.
    Alone(PathBuf),
    /// To be looked at again, since it changed.
    Again(PathBuf),
    /// As a scene has them, of this file; whether activations are to be guessed.
    Scene(Box<Scene>, Option<PathBuf>, bool),
    /// As the last session had them: a subject for each place, and which of them is the present one.
    Session(Box<Scene>, usize),
}

/// A session waits for so long until its files are read, before it shows something else in their place.
const PATIENCE: Duration = Duration::from_millis(500);

impl App {
    /// Opens a file of any kind: data, a network, a scene, or a figure that carries one. Returns whether that is done, or being done.
    pub(in crate::app) fn open_file(&mut self, ctx: &Context, path: &Path) -> bool {
        if is_data(path) {
            self.choose_path(path.to_owned());
            return true;
        }
        if !NetworkFile::is_meant(path) {
            return self.open_scene(ctx, path);
        }
        let files = vec![wanted(path, false)];
        self.read_files(files, Some(self.experiment.clone()), OpenPurpose::Alone(path.to_owned()));
        true
    }

    /// Looks at what a file holds now, with all that is set.
    pub(in crate::app) fn open_network_again(&mut self, path: &Path) {
        let is_it = |file: &&FileNetwork| file.network.opened().path == *path;
        let transposed = self.given.now().filter(is_it).is_some_and(|file| file.network.opened().transposed_kernels);
        let files = vec![wanted(path, transposed)];
        self.read_files(files, Some(self.experiment.clone()), OpenPurpose::Again(path.to_owned()));
    }

    /// Reads the present file again with rows and columns of its square kernels exchanged, or as they are.
    pub(in crate::app) fn turn_square_kernels(&mut self) {
        let Some(file) = self.given.now() else { return };
        let opened = file.network.opened();
        let wanted = WantedFile { transposed_kernels: !opened.transposed_kernels, ..file.wanted_again() };
        let purpose = OpenPurpose::Alone(opened.path.clone());
        self.read_files(vec![wanted], Some(self.experiment.clone()), purpose);
    }

    /// Guesses the activation of a file anew, on the images that are shown now.
    pub(super) fn guess_again(&mut self, wanted: WantedFile) {
        let purpose = OpenPurpose::Alone(wanted.path.clone());
        self.read_files(vec![wanted], Some(self.experiment.clone()), purpose);
    }

    /// Shows a scene once its networks are read. Where it names the file of a network with no activation, that is guessed anew if
    /// `guesses` says so, and else as the scene has it, be it a guess or not.
    pub fn open_scene_of(&mut self, scene: Scene, guesses: bool) {
        self.open_scene_from(scene, None, guesses);
    }

    /// The same of a scene that was read from a file.
    pub(in crate::app) fn open_scene_from(&mut self, scene: Scene, path: Option<PathBuf>, guesses: bool) {
        if scene.networks.is_empty() {
            self.set_scene(scene);
            return;
        }
        let is_guessed = guesses || has_guesses(&scene.networks);
        let guessed_on = scene.experiments.first().filter(|_| is_guessed).cloned();
        let files = files_of(&scene.networks);
        self.read_files(files, guessed_on, OpenPurpose::Scene(Box::new(scene), path, guesses));
    }

    /// Opens the files again that the last session had.
    pub(in crate::app) fn reopen_files_of(&mut self, session: &Session) {
        if session.networks.is_empty() {
            return;
        }
        let mut experiments: Vec<_> = self.comparison.pinned().iter().map(|one| one.experiment().clone()).collect();
        let place = session.place.min(experiments.len());
        experiments.insert(place, self.experiment.clone());
        let guessed_on = has_guesses(&session.networks).then(|| self.experiment.clone());
        let scene = Scene { networks: session.networks.clone(), ..Scene::of(experiments) };
        let files = files_of(&scene.networks);
        self.read_files(files, guessed_on, OpenPurpose::Session(Box::new(scene), place));
        // What stood there would be another network.
        if let Some(request) = self.jobs.opener.number() {
            self.jobs.opener.worker().wait_for(request, PATIENCE);
            self.take_opened();
        }
    }

    fn read_files(&mut self, files: Vec<WantedFile>, guessed_on: Option<Experiment>, purpose: OpenPurpose) {
        let experiments = match &purpose {
            OpenPurpose::Alone(_) | OpenPurpose::Again(_) => Vec::new(),
            OpenPurpose::Scene(scene, ..) | OpenPurpose::Session(scene, ..) => scene.experiments.clone(),
        };
        let request = self.jobs.opener.ask(FilesWish { files, guessed_on, experiments });
        self.given.opening = Some(Opening { request, since: Instant::now(), purpose });
        self.notice = None;
    }

    /// Whether a file is being read.
    pub fn is_opening(&self) -> bool {
        self.given.opening.is_some()
    }

    /// Whether one has been read for so long; looks again when that is so.
    pub(in crate::app) fn is_opening_for(&self, long: Duration, ctx: &Context) -> bool {
        let Some(opening) = &self.given.opening else { return false };
        let age = opening.since.elapsed();
        if age < long {
            ctx.request_repaint_after(long - age);
        }
        age >= long
    }

    /// Gives up what is being read; returns whether anything was.
    pub(in crate::app) fn stop_opening(&mut self) -> bool {
        self.jobs.opener.give_up();
        self.given.opening.take().is_some()
    }

    /// Takes what was read. What could not be is said, and all is as before.
    pub(in crate::app) fn take_opened(&mut self) {
        let Some(news) = self.jobs.opener.take() else { return };
        let Some(opening) = self.given.opening.take_if(|opening| opening.request == news.request) else { return };
        let (networks, experiments) = match news.found.as_deref().map(|found| &found.0) {
            Some(Ok(found)) => found.clone(),
            Some(Err(problem)) => {
                self.given.show_weights(problem.clone());
                return self.say_not_opened(problem.sentence.clone(), &opening.purpose);
            }
            None => {
                let why = self.jobs.opener.failure().map(ToString::to_string);
                return self.say_not_opened(why.unwrap_or_default(), &opening.purpose);
            }
        };
        self.forget_unused_files();
        match opening.purpose {
            OpenPurpose::Alone(path) => {
                if let Some(file) = networks.into_iter().next().map(|one| file_of(one, true)) {
                    self.show_file(&file);
                    self.scene_file.note(&path);
                    self.scene_file.errand = None;
                }
            }
            OpenPurpose::Again(path) => {
                if let Some(file) = networks.into_iter().next().map(|one| file_of(one, true)) {
                    self.show_file_again(&file, &path);
                }
            }
            OpenPurpose::Scene(scene, path, guesses) => {
                let files = of(networks, &scene.networks, guesses);
                let mut scene = Scene { experiments, ..*scene };
                if guesses {
                    for index in 0..scene.experiments.len() {
                        let file = scene.network_of(index).and_then(|place| files.get(place));
                        if let Some(file) = file {
                            scene.experiments[index] = file.suited(&scene.experiments[index]);
                        }
                    }
                }
                self.set_scene_of_files(scene, &files);
                if let Some(path) = path {
                    self.scene_file.note(&path);
                }
                self.scene_file.errand = None;
            }
            OpenPurpose::Session(scene, place) => {
                let files = of(networks, &scene.networks, false);
                let scene = Scene { experiments, ..*scene };
                let mut subjects = self.subjects_of(&scene, &files);
                let present = subjects.remove(place);
                self.comparison.set(&subjects, place);
                self.take_subject(&present);
            }
        }
    }

    /// Says why, and leaves the path to be mended where it was typed.
    fn say_not_opened(&mut self, sentence: String, purpose: &OpenPurpose) {
        self.notice = Some(sentence);
        let path = match purpose {
            OpenPurpose::Alone(path) => Some(path),
            OpenPurpose::Scene(_, path, _) => path.as_ref(),
            OpenPurpose::Again(_) | OpenPurpose::Session(..) => None,
        };
        if let Some(path) = path {
            self.scene_file.forget(path);
            if self.scene_file.errand.is_some() {
                self.scene_file.mend(path);
            }
        }
    }

    /// Looks at a file's network, as guessed where that has to be.
    fn show_file(&mut self, file: &FileNetwork) {
        let before = self.experiment.clone();
        let subject = match file.network.subject(&file.suited(&before)) {
            Ok(subject) => subject,
            Err(problem) => {
                self.notice = Some(format!("{problem}: {}", file.network.opened().path.display()));
                return;
            }
        };
        self.stop_playing();
        self.first_start.end();
        self.part_cases();
        self.cases = Vec::new();
        if before.inputs.data != subject.experiment().inputs.data {
            self.tell(file.said_of_other_inputs(subject.experiment()));
        }
        self.axis.forget_for(subject.experiment().clone());
        self.given.note(file);
        self.take_subject(&subject);
    }

    /// Looks at what a file holds now in place of what it held, beside the present one, too. An activation that somebody chose stays.
    fn show_file_again(&mut self, file: &FileNetwork, path: &Path) {
        let is_old = |old: &FileNetwork| {
            old.network.opened().path == *path && old.network.opened().anew.is_none() && old.network != file.network
        };
        let pinned = self.comparison.pinned();
        let newer = |subject: &Subject| {
            self.given.file_of(subject).filter(|old| is_old(old))?;
            file.network.subject(subject.experiment()).ok()
        };
        let replaced: Vec<_> = pinned.iter().map(|one| newer(one).unwrap_or_else(|| one.clone())).collect();
        if replaced != pinned {
            let place = self.comparison.place();
            self.comparison.set(&replaced, place);
        }
        self.given.note(file);
        match self.given.now().filter(|now| is_old(now)).map(|now| now.is_guess) {
            Some(false) => {
                let kept = FileNetwork { is_guess: false, ..file.clone() };
                match kept.network.subject(&self.experiment) {
                    Ok(subject) => {
                        self.given.note(&kept);
                        self.take_subject(&subject);
                    }
                    // It has other inputs by now.
                    Err(_) => self.show_file(&kept),
                }
            }
            Some(true) => self.show_file(file),
            None => {}
        }
    }

    /// What a scene looks at, with the files that were read for it.
    pub(in crate::app) fn subjects_of(&mut self, scene: &Scene, files: &[FileNetwork]) -> Vec<Subject> {
        files.iter().for_each(|file| self.given.note(file));
        let subject = |(index, experiment): (usize, &Experiment)| {
            let file = scene.network_of(index).and_then(|place| files.get(place));
            let given = file.and_then(|file| file.network.subject(&file.network.suited(experiment)).ok());
            given.unwrap_or_else(|| Subject::from(experiment))
        };
        scene.experiments.iter().enumerate().map(subject).collect()
    }

    /// Forgets files that nobody can come back to.
    fn forget_unused_files(&mut self) {
        let pinned = self.comparison.pinned().to_vec();
        let known = std::mem::take(&mut self.given.known);
        let is_used =
            |file: &FileNetwork| Arc::strong_count(&file.network) > 1 || pinned.iter().any(|subject| file.has(subject));
        self.given.known = known.into_iter().filter(is_used).collect();
    }
}

/// A file by itself, whatever it holds.
fn wanted(path: &Path, transposed_kernels: bool) -> WantedFile {
    WantedFile { path: path.to_owned(), digest: None, anew: None, transposed_kernels }
}

/// Files as a scene names them.
fn files_of(networks: &[SceneNetwork]) -> Vec<WantedFile> {
    let file = |network: &SceneNetwork| WantedFile {
        path: network.file.clone(),
        digest: network.digest.clone(),
        // Whoever reads a scene has checked it.
        anew: network.drawn_anew().ok().flatten(),
        transposed_kernels: network.transposed_kernels,
    };
    networks.iter().map(file).collect()
}

/// Whether the activation of any is a guess.
fn has_guesses(networks: &[SceneNetwork]) -> bool {
    networks.iter().any(|network| network.activation_guessed)
}

/// Files that were read, as a scene names them, whose activations are guesses where it says so, or all are.
fn of(opened: Vec<OpenedOne>, networks: &[SceneNetwork], are_guesses: bool) -> Vec<FileNetwork> {
    let is_guess = |network: &SceneNetwork| are_guesses || network.activation_guessed;
    opened.into_iter().zip(networks).map(|(one, network)| file_of(one, is_guess(network))).collect()
}

fn file_of((network, guesses): OpenedOne, is_guess: bool) -> FileNetwork {
    FileNetwork::new(network, guesses, is_guess)
}
