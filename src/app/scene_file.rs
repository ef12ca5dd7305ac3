use std::path::{Path, PathBuf};

use egui::{Context, Id, Key, Modifiers, Popup};

use super::App;
use super::commands::{Errand, SLOTS};
use super::dialog::{Dialog, typed_path};
use super::given::FileNetwork;
use super::theme::{self, colors};
use super::views::view;
use crate::figure::{Arrange, Panels, Scene, SheetSettings, Shown, ViewName};
use crate::lesson::Opened;
use crate::subject::Subject;
use crate::training::{TrainingPlan, TrainingSettings};

/// The choice of a scene file: a field for its path, and a dialog of the system.
#[derive(Default)]
pub struct SceneFile {
    /// What the field is for, while it is there.
    pub errand: Option<Errand>,
    /// What stands in the field.
    pub text: String,
    /// The field has just appeared, and is to be typed in.
    pub is_new: bool,
    /// A file that is there already and may be written over, as was said.
    replaceable: Option<PathBuf>,
    /// The dialog that fills the field in.
    pub dialog: Dialog,
    /// Files that were opened or saved, the last first.
    pub recent: Vec<PathBuf>,
    /// What the dialog was opened for.
    asked_for: Errand,
    /// What had the focus before the field was there.
    place: Option<Id>,
}

/// How files of networks are called.
const NETWORKS: &[&str] = &["pt", "pth", "safetensors", "keras", "h5", "onnx", "npz"];
/// Files that are remembered.
const RECENT: usize = 8;

impl SceneFile {
    /// A file was opened or saved.
    pub fn note(&mut self, path: &Path) {
        self.recent.retain(|recent| recent != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT);
    }

    /// A file could not be opened.
    pub fn forget(&mut self, path: &Path) {
        self.recent.retain(|recent| recent != path || path.exists());
    }

    /// Shows the field.
    pub fn ask(&mut self, errand: Errand) {
        self.errand = Some(errand);
        self.is_new = true;
        self.replaceable = None;
        if errand == Errand::Save && self.text.trim().is_empty() {
            self.text = usual_path().to_string_lossy().into_owned();
        }
    }

    /// The field is to be there; what has the focus gets it back afterwards.
    pub fn note_place(&mut self, ctx: &Context) {
        self.place = ctx.memory(egui::Memory::focused);
    }

    /// The field is there no more.
    pub fn close(&mut self, ctx: &Context) {
        self.errand = None;
        if let Some(place) = self.place.take() {
            ctx.memory_mut(|memory| memory.request_focus(place));
        }
    }

    /// Puts a path that was of no use into the field, to be mended there.
    pub fn mend(&mut self, path: &Path) {
        self.text = path.to_string_lossy().into_owned();
        self.is_new = true;
    }

    /// The path in the field; `None` if it is empty.
    pub fn typed(&self) -> Option<PathBuf> {
        typed_path(&self.text)
    }

    /// Whether a file is there already that the next click writes over.
    pub fn replaces(&self) -> bool {
        self.errand == Some(Errand::Save) && self.replaceable.is_some() && self.replaceable == self.typed()
    }

    /// Opens the system's dialog.
    ///
    /// # Errors
    /// A sentence, if the system gives no thread.
    pub fn browse(&mut self, ctx: &Context, errand: Errand) -> Result<(), String> {
        self.asked_for = errand;
        let path = self.typed().unwrap_or_else(usual_path);
        self.dialog.open(ctx, move || {
            let mut dialog = match errand {
                Errand::Open => rfd::FileDialog::new()
                    .add_filter(
                        "Scenes, lessons, and figures that carry a scene",
                        &["toml", "svg", "pdf", "png", "gif"],
                    )
                    .add_filter("Networks", NETWORKS)
                    .add_filter("All files", &["*"]),
                Errand::Network => {
                    rfd::FileDialog::new().add_filter("Networks", NETWORKS).add_filter("All files", &["*"])
                }
                Errand::Save => rfd::FileDialog::new().add_filter("Scenes", &["toml"]),
            };
            if let Some(folder) = path.parent().filter(|folder| folder.is_dir()) {
                dialog = dialog.set_directory(folder);
            }
            match errand {
                Errand::Open => dialog.set_title("Open a scene or a network").pick_file(),
                Errand::Network => dialog.set_title("Open a network").pick_file(),
                Errand::Save => {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    dialog.set_title("Save the scene").set_file_name(name).save_file()
                }
            }
        })
    }
}

/// Where a first scene goes.
fn usual_path() -> PathBuf {
    let user = directories::UserDirs::new();
    let folder = user.as_ref().map(|user| user.document_dir().unwrap_or(user.home_dir()));
    folder.unwrap_or(Path::new("/")).join("scene.initscope.toml")
}

impl App {
    /// Takes what was chosen in the system's dialog, which has asked by itself whether a file may be written over.
    pub(super) fn take_scene_path(&mut self, ctx: &Context) {
        let path = match self.scene_file.dialog.chosen() {
            None => return,
            Some(Ok(path)) => path,
            Some(Err(sentence)) => {
                self.notice = Some(sentence);
                return;
            }
        };
        self.scene_file.errand = Some(self.scene_file.asked_for);
        self.scene_file.replaceable = Some(path.clone());
        self.scene_file.mend(&path);
        self.do_scene_errand(ctx, &path);
    }

    /// Escape closes the field wherever the focus is, if nothing stands over it; returns whether it did.
    pub(super) fn closes_scene_file(&mut self, ctx: &Context) -> bool {
        let is_behind = self.in_front().is_some() || Popup::is_any_open(ctx);
        let is_there = self.scene_file.errand.is_some() && !is_behind;
        let closes = is_there && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if closes {
            self.scene_file.close(ctx);
        }
        closes
    }

    /// Opens or saves the file of this path; returns whether that is done. If not, it was said why, and all is as before.
    pub(super) fn do_scene_errand(&mut self, ctx: &Context, path: &Path) -> bool {
        let done = match self.scene_file.errand {
            None => return false,
            Some(Errand::Open | Errand::Network) => return self.open_file(ctx, path),
            Some(Errand::Save) if path.is_file() && !self.scene_file.replaces() => {
                self.scene_file.replaceable = Some(path.to_owned());
                return false;
            }
            Some(Errand::Save) => self.scene().write(path),
        };
        self.notice = done.err().map(|error| error.to_string());
        if self.notice.is_none() {
            self.scene_file.note(path);
            self.scene_file.errand = None;
        }
        self.notice.is_none()
    }

    /// Shows what a scene file, a figure or a lesson holds; returns whether that is done. If not, it was said why, and all is as before.
    pub(super) fn open_scene(&mut self, ctx: &Context, path: &Path) -> bool {
        match Opened::read(path) {
            // Its files are read first.
            Ok(Opened::Scene(scene)) if !scene.networks.is_empty() => {
                self.close_lesson();
                self.open_scene_from(*scene, Some(path.to_owned()), false);
                true
            }
            Ok(opened) => {
                match opened {
                    Opened::Scene(scene) => {
                        self.close_lesson();
                        self.set_scene(*scene);
                    }
                    Opened::Lesson(lesson, source) => self.open_lesson(ctx, *lesson, source),
                }
                self.scene_file.note(path);
                self.scene_file.errand = None;
                self.notice = None;
                true
            }
            Err(error) => {
                self.scene_file.forget(path);
                self.notice = Some(error.to_string());
                false
            }
        }
    }

    /// Opens the scenes and data that were dropped onto the window; says that they will be, while they are over it.
    pub(super) fn take_dropped_files(&mut self, ui: &egui::Ui) {
        let (hovering, dropped) =
            ui.input(|input| (!input.raw.hovered_files.is_empty(), input.raw.dropped_files.clone()));
        if hovering {
            let layer = egui::LayerId::new(egui::Order::Foreground, Id::unique("drop"));
            let painter = ui.ctx().layer_painter(layer);
            let rect = ui.content_rect();
            let colors = colors(ui.visuals());
            painter.rect_filled(rect, 0.0, colors.paper.gamma_multiply(0.85));
            let text = "Drop a network, a scene, a lesson, a figure that carries one, or data of your own, to open it";
            painter.text(rect.center(), egui::Align2::CENTER_CENTER, text, theme::semibold(18.0), colors.text);
        }
        for path in dropped.iter().map(|file| file.path().to_owned()).filter(|path| !path.as_os_str().is_empty()) {
            self.open_file(ui, &path);
        }
    }

    /// What the window shows, as a file holds it: the cases if there are several, before them the experiment if it is none of
    /// them, and how it is looked at.
    pub fn scene(&self) -> Scene {
        let (shown, training) = (Some(self.shown), self.plan_to_keep());
        if self.comparison.is_on() {
            let slots = self.slots();
            let networks = self.networks_of(&slots);
            let experiments = slots.iter().map(|subject| subject.experiment().clone()).collect();
            let figure = SheetSettings { arrange: Some(self.shown.arrange), ..SheetSettings::default() };
            return Scene { shown, figure: Some(figure), training, networks, ..Scene::of(experiments) };
        }
        let mut experiments = if self.cases.len() > 1 { self.cases.clone() } else { Vec::new() };
        if !experiments.contains(&self.experiment) {
            experiments.insert(0, self.experiment.clone());
        }
        let subjects: Vec<_> = experiments.iter().map(|experiment| self.untrained_of(experiment)).collect();
        Scene { shown, training, networks: self.networks_of(&subjects), ..Scene::of(experiments) }
    }

    /// How networks are trained, where that is not as it is by default.
    pub(super) fn plan_to_keep(&self) -> Option<TrainingSettings> {
        (self.plan != TrainingPlan::default()).then(|| self.plan.settings())
    }

    /// Shows the first of a scene's experiments, offers the others, and looks at them as it says.
    pub fn set_scene(&mut self, scene: Scene) {
        self.set_scene_of_files(scene, &[]);
    }

    /// The same with the files that were read for it.
    pub(super) fn set_scene_of_files(&mut self, scene: Scene, files: &[FileNetwork]) {
        self.data_reading.expect(scene.data.clone());
        self.first_start.end();
        let subjects = self.subjects_of(&scene, files);
        if let Some(first) = subjects.first() {
            self.axis.forget_for(first.experiment().clone());
        }
        self.lay_out_subjects(scene, &subjects, !files.is_empty());
        self.note_scene();
        self.redraw();
    }

    /// Sets what a scene has, on the axis that is there.
    pub(super) fn lay_out_scene(&mut self, scene: Scene) {
        let subjects = self.subjects_of(&scene, &[]);
        self.lay_out_subjects(scene, &subjects, false);
    }

    fn lay_out_subjects(&mut self, scene: Scene, subjects: &[Subject], has_files: bool) {
        // Cases have all the same weights, or all have draws.
        let are_mixed = has_files && scene.networks.iter().any(|network| !network.experiments.is_empty());
        let arrange = scene.figure.as_ref().and_then(|figure| figure.arrange);
        // A preset of several cases is looked at so, and is no figure yet.
        let is_compared = scene.shown.is_some_and(|shown| shown.view == ViewName::Compare);
        let arrange = arrange.or_else(|| is_compared.then_some(Arrange::SideBySide));
        // What is trained is trained side by side.
        let is_together = arrange.is_some() || scene.training.is_some() || are_mixed;
        let compared = if is_together { subjects.to_vec() } else { Vec::new() };
        self.comparison.set(&[], 0);
        // Whoever reads a scene has checked it.
        let plan = scene.training.as_ref().map(TrainingPlan::read);
        self.plan = plan.and_then(Result::ok).unwrap_or_default();
        let experiments = subjects.iter().map(|subject| subject.experiment().clone()).collect();
        self.set_cases(if are_mixed { Vec::new() } else { experiments });
        if let Some(first) = subjects.first().filter(|first| !first.is_drawn() || are_mixed) {
            self.take_subject(first);
        }
        if (2..=SLOTS).contains(&compared.len()) {
            self.shown.arrange = if arrange == Some(Arrange::Ghost) { Arrange::Ghost } else { Arrange::SideBySide };
            self.compare(compared);
        }
        if let Some(shown) = scene.shown {
            let mut shown = shown;
            // A figure is opened to see what it shows, and not how somebody else's window stood.
            if scene.figure.as_ref().is_some_and(|figure| figure.show.is_some()) {
                let Panels { controls, details, .. } = self.shown.panels;
                shown.panels = Panels { controls, details, ..shown.panels };
            }
            self.look_as(shown);
        }
        if let Some(figure) = scene.figure {
            self.show_as_in(figure);
        }
        self.shown.layers = scene.view.unwrap_or(self.shown.layers);
    }

    /// Looks at what is set in another way.
    pub(super) fn look_as(&mut self, shown: Shown) {
        let view = if view(shown.view).is_in_centre() { shown.view } else { ViewName::default() };
        let before = self.shown.view;
        self.shown = Shown { view: before, ..shown };
        self.show_in_centre(view);
    }
}
