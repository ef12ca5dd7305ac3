use std::path::PathBuf;

use serde::{Deserialize, Deserializer};

use super::session::Session;
use super::theme::ThemeChoice;
use crate::engine::landscape::Plane;
use crate::experiment::Settings;
use crate::figure::{Arrange, Mapped, Panels, SceneData, SceneNetwork, Shown, View, ViewName};
use crate::lesson::LessonAt;
use crate::training::TrainingSettings;

/// A session as a file has it: in version 1 each part of what is shown was a key of its own.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ReadSession {
    version: u32,
    experiment: Settings,
    cases: Vec<Settings>,
    pinned: Vec<Settings>,
    place: usize,
    networks: Vec<SceneNetwork>,
    guessed: bool,
    training: TrainingSettings,
    shown: Option<Shown>,
    lesson: Option<LessonAt>,
    recent: Vec<PathBuf>,
    recent_data: Vec<PathBuf>,
    data: Vec<SceneData>,
    theme: ThemeChoice,
    cards: bool,
    motion: Option<bool>,
    begun: bool,
    zoom: f32,
    window: [f32; 2],
    arrange: Option<Arrange>,
    view: Option<View>,
    centre: Option<ViewName>,
    plane: Option<Plane>,
    mapped: Option<Mapped>,
    sorted: Option<bool>,
    axis_locked: Option<bool>,
    controls: Option<bool>,
    details: Option<bool>,
    norms: Option<bool>,
    theory: Option<bool>,
    words: Option<bool>,
    activation: Option<bool>,
}

impl Default for ReadSession {
    fn default() -> Self {
        Self {
            version: Session::default().version,
            experiment: Session::default().experiment,
            cases: Vec::new(),
            pinned: Vec::new(),
            place: 0,
            networks: Vec::new(),
            guessed: false,
            training: TrainingSettings::default(),
            shown: None,
            lesson: None,
            recent: Vec::new(),
            recent_data: Vec::new(),
            data: Vec::new(),
            theme: ThemeChoice::default(),
            cards: true,
            motion: None,
            // Who has a session has begun, unless it says otherwise.
            begun: true,
            zoom: Session::default().zoom,
            window: Session::default().window,
            arrange: None,
            view: None,
            centre: None,
            plane: None,
            mapped: None,
            sorted: None,
            axis_locked: None,
            controls: None,
            details: None,
            norms: None,
            theory: None,
            words: None,
            activation: None,
        }
    }
}

impl From<ReadSession> for Session {
    fn from(read: ReadSession) -> Self {
        let base = read.shown.unwrap_or_default();
        let panels = Panels {
            controls: read.controls.unwrap_or(base.panels.controls),
            details: read.details.unwrap_or(base.panels.details),
            norms: read.norms.unwrap_or(base.panels.norms),
            theory: read.theory.unwrap_or(base.panels.theory),
            words: read.words.unwrap_or(base.panels.words),
            activation: read.activation.unwrap_or(base.panels.activation),
            ..base.panels
        };
        let shown = Shown {
            view: read.centre.unwrap_or(base.view),
            plane: read.plane.unwrap_or(base.plane),
            mapped: read.mapped.unwrap_or(base.mapped),
            sorted: read.sorted.unwrap_or(base.sorted),
            arrange: read.arrange.unwrap_or(base.arrange),
            locked: read.axis_locked.unwrap_or(base.locked),
            layers: read.view.unwrap_or(base.layers),
            panels,
            ..base
        };
        let ReadSession {
            version,
            experiment,
            cases,
            pinned,
            place,
            mut networks,
            guessed,
            training,
            lesson,
            recent,
            recent_data,
            data,
            theme,
            cards,
            motion,
            begun,
            zoom,
            window,
            ..
        } = read;
        // Sessions of older programs say it of the present network alone.
        let is_guess = |network: &SceneNetwork| guessed && network.is_of(place);
        networks.iter_mut().for_each(|network| network.activation_guessed |= is_guess(network));
        Self {
            version,
            experiment,
            cases,
            pinned,
            place,
            networks,
            training,
            shown,
            lesson,
            recent,
            recent_data,
            data,
            theme,
            cards,
            motion,
            begun,
            zoom,
            window,
        }
    }
}

impl<'de> Deserialize<'de> for Session {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ReadSession::deserialize(deserializer).map(Self::from)
    }
}
