//! The window: what can be set on the left, what the layers do in the middle, what is known about it below.
//!
//! The way of the data is a ring, walked in one direction: a control changes the experiment, the whole experiment goes to
//! the engine, the newest measurement becomes a figure, and the figure is drawn.

mod act;
mod activation;
mod answers;
mod at_right;
mod axis_hold;
mod bar_group;
mod briefly;
mod card;
mod cases;
mod centre;
mod changed_files;
mod commands;
mod compare;
mod confirmation;
mod controls;
mod cut;
mod data_left;
mod data_reading;
mod dialog;
mod drawn;
mod export;
mod file_watch;
mod first_start;
mod fitting;
mod folder;
mod framework;
mod given;
mod headline;
mod history;
mod in_front;
mod is_on;
mod job_name;
mod jobs;
mod kept;
mod landscape;
mod legend_lines;
mod lesson;
mod lists;
mod modal;
mod no_room;
mod notice;
mod notice_line;
mod nudge;
mod open;
mod painting;
mod palette;
mod patience;
mod play;
mod play_axis;
mod plot;
mod present;
mod presets;
mod progress;
mod quantities;
mod race;
mod reach;
mod remedies;
mod scene_file;
mod seeds;
mod segments;
mod sentence;
mod session;
mod session_text;
mod settled;
mod side;
mod status_bar;
mod steady;
mod theme;
mod theory;
mod time_left;
mod too_narrow;
mod top_bar;
mod training;
mod undo_buttons;
mod units;
mod views;
mod what_you_see;

pub use open::{OpenError, open};
pub use session::{Session, SessionFile};

use std::sync::Arc;
use std::time::{Duration, Instant};

use answers::Answers;
use axis_hold::AxisHold;
use commands::{Action, Presentation};
use compare::Comparison;
use controls::{ControlsPlace, Remembered};
use data_reading::DataReading;
use export::Export;
use file_watch::FileWatch;
use first_start::FirstStart;
use folder::FolderChoice;
use given::GivenState;
use history::History;
use jobs::Jobs;
use kept::Kept;
use landscape::LandscapeState;
use lesson::LessonState;
use no_room::NoRoom;
use notice::Noticed;
use palette::Palette;
use play::Play;
use plot::Pictures;
use present::Presenting;
use presets::PresetGrid;
use race::RaceState;
use remedies::Remedies;
use scene_file::SceneFile;
use theme::ThemeChoice;
use time_left::TimeLeft;
use top_bar::Fit;
use training::TrainingPictures;
use units::UnitsState;
use what_you_see::WhatYouSee;

use crate::engine::{Failure, Measurement};
use crate::experiment::Experiment;
use crate::figure::{AxisMap, Figure, Shown, ViewName};
use crate::subject::Subject;
use crate::training::TrainingPlan;

/// For one frame more: a repaint without delay is made twice.
const AT_ONCE: Duration = Duration::from_nanos(1);

/// The window's state.
pub struct App {
    jobs: Jobs,
    /// What the controls say.
    experiment: Experiment,
    /// The file whose weights it has, in place of drawn ones.
    given: GivenState,
    /// The experiments to choose from, where there are several.
    cases: Vec<Experiment>,
    /// Parameters of the initializers that are not chosen.
    remembered: Remembered,
    /// How networks are trained.
    plan: TrainingPlan,
    race: RaceState,
    training: TrainingPictures,
    history: History,
    play: Play,
    presenting: Presenting,
    /// How the bar at the top makes use of its width.
    bar_fit: Kept<(f32, f32, ViewName, usize), Fit>,
    palette: Palette,
    presets: PresetGrid,
    /// How it is looked at.
    shown: Shown,
    axis: AxisHold,
    theme: ThemeChoice,
    comparison: Comparison,
    export: Export,
    landscape: LandscapeState,
    lesson: LessonState,
    units: UnitsState,
    folder: FolderChoice,
    data_reading: DataReading,
    file_watch: FileWatch,
    scene_file: SceneFile,
    answers: Answers,
    what_you_see: WhatYouSee,
    remedies: Remedies,
    /// How far the controls are scrolled.
    controls_place: ControlsPlace,
    time_left: TimeLeft,
    /// The newest measurement, whether it has what is to be shown or not.
    newest: Option<Arc<Measurement>>,
    /// The newest that has, as it is drawn.
    figure: Option<Arc<Figure>>,
    pictures: Pictures,
    /// Whether cards are shown at what the pointer is at in a picture.
    cards: bool,
    first_start: FirstStart,
    /// Whether somebody was typing when the last frame began.
    typing: bool,
    /// Whether a key left a field in this frame, with what was typed in it left out.
    left_field: bool,
    /// Actions that were asked for in this frame, and are done when it is over.
    asked_for: Vec<Action>,
    no_room: NoRoom,
    /// What went wrong, in one sentence.
    notice: Option<String>,
    noticed: Noticed,
    session: Option<SessionFile>,
}

impl App {
    /// The window of a session, which is kept in `file`, if there is one.
    ///
    /// # Errors
    /// If the system gives no threads.
    pub fn new(ctx: &egui::Context, session: &Session, file: Option<SessionFile>) -> Result<Self, Failure> {
        theme::install(ctx);
        reach::install(ctx);
        views::keys().install(ctx);
        ctx.set_theme(session.theme.preference());
        reach::motion::choose(ctx, session.motion);
        ctx.set_zoom_factor(session.zoom);
        let waker = ctx.clone();
        // What the session holds was an experiment when it was written; by hand it may have become something else.
        let article = Experiment::article();
        let experiment = session.experiment.apply(&article);
        let notice = experiment.as_ref().err().map(|error| format!("the last session holds no experiment: {error}"));
        let jobs = Jobs::start(move || waker.request_repaint_after(AT_ONCE))?;
        let mut app = Self {
            jobs,
            experiment: article.clone(),
            given: GivenState::default(),
            cases: Vec::new(),
            remembered: Remembered::default(),
            plan: TrainingPlan::read(&session.training).unwrap_or_default(),
            race: RaceState::default(),
            training: TrainingPictures::default(),
            history: History::default(),
            play: Play::default(),
            presenting: Presenting::default(),
            bar_fit: Kept::default(),
            palette: Palette::default(),
            presets: PresetGrid::default(),
            shown: session.shown,
            axis: AxisHold::default(),
            theme: session.theme,
            comparison: Comparison::default(),
            export: Export::default(),
            landscape: LandscapeState::default(),
            lesson: LessonState::default(),
            units: UnitsState::default(),
            folder: FolderChoice::default(),
            data_reading: DataReading::default(),
            file_watch: FileWatch::default(),
            scene_file: SceneFile::default(),
            answers: Answers::default(),
            what_you_see: WhatYouSee::default(),
            remedies: Remedies::default(),
            controls_place: ControlsPlace::default(),
            time_left: TimeLeft::default(),
            newest: None,
            figure: None,
            pictures: Pictures::default(),
            cards: session.cards,
            first_start: FirstStart::new(false, &article),
            typing: false,
            left_field: false,
            asked_for: Vec::new(),
            no_room: NoRoom::default(),
            notice,
            noticed: Noticed::default(),
            session: file,
        };
        if !views::view(app.shown.view).has_tab() {
            app.shown.view = ViewName::default();
        }
        app.set_experiment(experiment.unwrap_or(article));
        app.cases = session.cases.iter().filter_map(|case| case.apply(&Experiment::article()).ok()).collect();
        let pinned: Vec<_> = session
            .pinned
            .iter()
            .filter_map(|pinned| pinned.apply(&Experiment::article()).ok().map(Subject::from))
            .collect();
        app.comparison.set(&pinned, session.place);
        app.scene_file.recent.clone_from(&session.recent);
        app.data_reading.recent.clone_from(&session.recent_data);
        app.data_reading.expect(session.data.clone());
        if let Some(at) = session.lesson.clone() {
            app.restore_lesson(at);
        }
        app.first_start = FirstStart::new(!session.begun, &app.experiment);
        app.reopen_files_of(session);
        Ok(app)
    }

    /// Leaves paper to the window, which is cleared with it: a graphics card's clearing costs nothing, while pixels of the middle take
    /// a software rasteriser a third of a frame. Pictures without a window have no such ground.
    pub fn on_cleared_ground(self, ctx: &egui::Context) -> Self {
        ctx.all_styles_mut(|style| style.visuals.panel_fill = egui::Color32::TRANSPARENT);
        self
    }

    /// Shows an experiment.
    pub fn set_experiment(&mut self, experiment: Experiment) {
        self.remembered.note(&experiment);
        self.data_reading.drop_wish();
        self.folder.show(&experiment.inputs);
        self.experiment = experiment;
    }

    /// What the controls say.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// The axis on the screen.
    pub fn shown_axis(&self) -> Option<&AxisMap> {
        self.axis.shown()
    }

    /// Keeps the session for the next run, when it changed and then rested for a while.
    fn remember(&mut self, ctx: &egui::Context) {
        let session = Session::of(self, ctx);
        let Some(file) = &mut self.session else { return };
        match file.save_at_rest(session, Instant::now()) {
            Ok(None) => {}
            Ok(Some(later)) => ctx.request_repaint_after(later),
            // It is said once, and not over what is being said.
            Err(sentence) => self.notice = self.notice.take().or(Some(sentence)),
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, _ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.by_itself(Self::take_news);
        self.comparison.take_picture();
        self.training.take_picture();
        self.units.take_picture();
        self.export.take_preview();
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.notice = notice::said(ui).or(self.notice.take());
        card::allow(ui, self.cards && !self.presenting.is_switched_on(Presentation::Spotlight));
        self.take_scene_path(ui);
        self.shortcuts(ui);
        self.fit_room(ui);
        self.light_lesson(ui);
        if !self.presenting.is_on() {
            self.top_bar_ui(ui);
        }
        let status_bar = self.has_status_bar().then(|| status_bar::status_bar_place(ui));
        let lesson = self.lesson_place(ui);
        self.strip_ui(ui);
        self.controls_ui(ui);
        self.by_itself(|app| app.read_named_data(ui));
        self.keep_given();
        self.answer_at_once(ui);
        self.side_ui(ui);
        self.race_strip_ui(ui);
        self.answer_what_is_new(ui);
        self.centre_ui(ui);
        self.lesson_ui(ui, lesson);
        if let Some(place) = status_bar {
            self.status_bar_ui(ui, place);
        }
        self.palette_ui(ui);
        self.presets_ui(ui);
        self.lessons_ui(ui);
        self.weights_ui(ui);
        self.own_step_ui(ui);
        self.export_ui(ui);
        self.lesson_pages_ui(ui);
        self.cover_ui(ui);
        self.speaker_ui(ui);
        confirmation::confirmation_ui(ui);
        self.take_dropped_files(ui);
        self.do_what_was_asked_for(ui);
        self.by_itself(|app| app.read_named_data(ui));
        self.keep_given();
        self.watch_files(ui);
        self.by_itself(|app| app.play_on(ui));
        self.first_start.note(&self.experiment);
        self.by_itself(Self::note_goal);
        self.note_told();
        self.let_notice_go();
        self.keep_history(ui);
        self.want_what_is_shown(ui);
        self.ask(ui);
        self.answers.painted(Instant::now());
        self.remember(ui);
    }

    /// The paper that panels leave unpainted (see [`Self::on_cleared_ground`]).
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        theme::colors(visuals).paper.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let Some(file) = &mut self.session {
            file.save_now();
        }
    }
}
