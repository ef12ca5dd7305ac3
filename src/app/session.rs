use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::App;
use super::reach::motion;
use super::theme::ThemeChoice;
use crate::experiment::{Experiment, Settings};
use crate::figure::{SceneData, SceneNetwork, Shown};
use crate::lesson::LessonAt;
use crate::regular_file;
use crate::training::TrainingSettings;
use crate::whole_file::{self, WholeFile};

/// What is kept between runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Session {
    pub(super) version: u32,
    /// The experiment, as its settings.
    pub experiment: Settings,
    /// The experiments to choose from, where there were several.
    pub cases: Vec<Settings>,
    /// What it is compared with.
    pub pinned: Vec<Settings>,
    /// Where it stands among these.
    pub place: usize,
    /// The files whose weights these have, each with the numbers of their places, counted from 1.
    pub networks: Vec<SceneNetwork>,
    /// How networks are trained.
    pub training: TrainingSettings,
    /// How it is looked at.
    pub shown: Shown,
    /// The lesson that is open, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lesson: Option<LessonAt>,
    /// Scene files that were opened or saved, the last first.
    pub recent: Vec<PathBuf>,
    /// Data of the user's own that were shown, the last first.
    pub recent_data: Vec<PathBuf>,
    /// What data of the user's own were.
    pub data: Vec<SceneData>,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Whether cards are shown at what the pointer is at in a picture.
    pub cards: bool,
    /// Whether things move by themselves; `None` is what the system says.
    pub motion: Option<bool>,
    /// Whether something was ever changed.
    pub begun: bool,
    /// Size of everything in the window.
    pub zoom: f32,
    /// Size of the window in points.
    pub window: [f32; 2],
}

const VERSION: u32 = 2;
/// Versions that are read.
const READABLE: std::ops::RangeInclusive<u32> = 1..=VERSION;

impl Default for Session {
    fn default() -> Self {
        Self {
            version: VERSION,
            experiment: Settings::from(&Experiment::article()),
            cases: Vec::new(),
            pinned: Vec::new(),
            place: 0,
            networks: Vec::new(),
            training: TrainingSettings::default(),
            shown: Shown::default(),
            lesson: None,
            recent: Vec::new(),
            recent_data: Vec::new(),
            data: Vec::new(),
            theme: ThemeChoice::default(),
            cards: true,
            motion: None,
            begun: false,
            zoom: 1.0,
            window: [1280.0, 800.0],
        }
    }
}

impl Session {
    /// Notes a window's state.
    pub fn of(app: &App, ctx: &egui::Context) -> Self {
        // What a presentation makes of the window is not kept.
        let (zoom, window) = match app.presenting.before() {
            Some(before) => (before.zoom, before.window),
            None => (ctx.zoom_factor(), (ctx.content_rect().size() * ctx.zoom_factor()).into()),
        };
        Self {
            version: VERSION,
            experiment: app.settings_of(&app.untrained()),
            cases: app.cases().iter().map(Settings::from).collect(),
            pinned: app.comparison.pinned().iter().map(|subject| app.settings_of(subject)).collect(),
            place: app.comparison.place(),
            networks: app.networks_of(&app.slots()),
            training: app.plan_to_keep().unwrap_or_default(),
            shown: app.shown,
            lesson: app.lesson_at(),
            recent: app.scene_file.recent.clone(),
            recent_data: app.data_reading.recent.clone(),
            data: app.data_now(),
            theme: app.theme,
            cards: app.cards,
            motion: motion::chosen(ctx),
            begun: app.first_start.is_over(),
            zoom,
            window,
        }
    }

    /// With numbers that a window can have.
    fn sane(mut self) -> Self {
        let default = Self::default();
        self.zoom = if self.zoom.is_finite() { self.zoom.clamp(0.5, 4.0) } else { default.zoom };
        if !self.window.iter().all(|side| (200.0..=10_000.0).contains(side)) {
            self.window = default.window;
        }
        self
    }
}

/// The most bytes of a session (16 MiB).
const LARGEST: u64 = 16 << 20;

/// Where the session is kept: a file in the user's configuration folder.
pub struct SessionFile {
    path: PathBuf,
    /// What the file holds.
    saved: Option<Session>,
    /// What it is to hold, and since when.
    wanted: Option<(Session, Instant)>,
    failed: bool,
}

/// A session that does not change for so long is written.
const REST: Duration = Duration::from_millis(700);

impl SessionFile {
    /// The file of this user; `None` where there is no home.
    pub fn of_user() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "initscope")?;
        Some(Self::at(folders.config_dir().join("session.json")))
    }

    /// A file at this path.
    pub fn at(path: PathBuf) -> Self {
        Self { path, saved: None, wanted: None, failed: false }
    }

    /// The last session, or the default one and, if there was a file that cannot be read, a sentence about it. Such a
    /// file is kept beside the new one.
    pub fn load(&mut self) -> (Session, Option<String>) {
        let text = match regular_file::read_text(&self.path, LARGEST) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (Session::default(), None),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => return self.give_up("it is not text"),
            Err(error) => return self.give_up(&error.to_string()),
        };
        match serde_json::from_str::<Session>(&text) {
            Ok(session) if !READABLE.contains(&session.version) => {
                self.give_up("it comes from another version of initscope")
            }
            Ok(session) => {
                self.saved = Some(session.clone());
                (session.sane(), None)
            }
            Err(error) => {
                self.give_up(&format!("its text is wrong at line {}, column {}", error.line(), error.column()))
            }
        }
    }

    /// Writes the session, whole or not at all, if it differs from the file and has not changed for a while; returns how
    /// long that while still is.
    ///
    /// # Errors
    /// A sentence, the first time that the file cannot be written.
    pub(super) fn save_at_rest(&mut self, session: Session, now: Instant) -> Result<Option<Duration>, String> {
        if self.saved.as_ref() == Some(&session) {
            self.wanted = None;
            return Ok(None);
        }
        match &self.wanted {
            Some((wanted, since)) if *wanted == session => {
                let rested = now.saturating_duration_since(*since);
                if rested < REST {
                    return Ok(Some(REST - rested));
                }
                self.save_now().map_or(Ok(None), Err)
            }
            _ => {
                self.wanted = Some((session, now));
                Ok(Some(REST))
            }
        }
    }

    /// Writes what is still to be written; returns a sentence, the first time that this fails.
    pub(super) fn save_now(&mut self) -> Option<String> {
        let (session, _) = self.wanted.take()?;
        let written = self.write(&session);
        self.saved = Some(session);
        let error = written.err()?;
        let first = !std::mem::replace(&mut self.failed, true);
        first.then(|| {
            format!("this session will not be remembered ({error}): make the folder writable: {}", self.path.display())
        })
    }

    fn write(&self, session: &Session) -> std::io::Result<()> {
        std::fs::create_dir_all(whole_file::folder(&self.path))?;
        let mut file = WholeFile::create(&self.path)?;
        file.write_all(serde_json::to_string_pretty(session)?.as_bytes())?;
        file.finish()
    }

    fn give_up(&self, why: &str) -> (Session, Option<String>) {
        let kept = self.path.with_extension("json.unreadable");
        let kept = match std::fs::rename(&self.path, &kept) {
            Ok(()) => format!("it is kept as {}", kept.display()),
            Err(_) => format!("it is at {}", self.path.display()),
        };
        (Session::default(), Some(format!("the last session could not be read ({why}); {kept}")))
    }
}
