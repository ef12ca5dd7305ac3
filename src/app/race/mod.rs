//! A race of the present experiment and the pinned ones: how it goes on (`going`), which racers there are (`racers`), and the step
//! that all views show them at (`looks`), from one kept step to the next (`kept_steps`), with what is set of that in a strip under
//! every view (`strip`); the same over other seeds (`repeats`), the race that is kept while a lesson has another
//! (`set_aside`), and the rates that suit the racers (`tuning`).

mod drawn;
mod ghost;
mod going;
mod kept_steps;
mod looks;
mod racers;
mod rate;
mod repeats;
mod said;
mod set_aside;
mod strip;
mod tuning;

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Instant;

use egui::Id;
use going::Going;
use looks::StepLook;
pub(super) use looks::{leading, nearest_kept};
use racers::KnownEntrants;
use set_aside::RaceAside;

use super::commands::RacePace;
use super::time_left::TimeLeft;
use crate::engine::race::RaceFound;
use crate::experiment::Experiment;
use crate::figure::Figure;

/// How the race stands that the window shows.
#[derive(Default)]
pub struct RaceState {
    going: Going,
    pace: RacePace,
    /// When the pace was last set, by the window's clock, and from which step it counts.
    since: (f64, u64),
    /// The step that is looked at; nothing for the newest, whichever that is.
    looked_at: Option<u64>,
    /// What the racers are at that step.
    looks: Vec<StepLook>,
    /// Who races, as far as it was put together.
    entrants: RefCell<Option<KnownEntrants>>,
    /// The slider of that step, once it was drawn, and how long that is.
    slider: Option<(Id, f32)>,
    /// Whether the start is drawn behind what became of it, and what is known of it.
    has_ghost: bool,
    start: Option<Arc<Figure>>,
    /// What is drawn of the race, what it was found in, and when.
    drawn: Option<(Arc<RaceFound>, Option<Arc<RaceFound>>, Instant)>,
    /// How many steps of other seeds were made when a request of them was looked at first.
    repeats_begun: Option<(u64, Instant, u64)>,
    /// The networks whose rates are looked for.
    of_rates: Option<Arc<RaceFound>>,
    /// What the rate is to be multiplied by from where the race comes to stand.
    rate_change: Option<f64>,
    /// What began anew since the race was begun, in a sentence.
    begun_anew: Option<String>,
    /// The experiment of the scene that was opened last.
    of_scene: Option<Experiment>,
    /// The controls of training are to be opened.
    controls_are_wanted: bool,
    /// Which race it is, of so many that there were, and whether it is a lesson's.
    number: u32,
    last_number: u32,
    is_of_lesson: bool,
    /// The one that is kept meanwhile.
    aside: Option<RaceAside>,
    time_left: TimeLeft,
    /// The request that the time left is counted from.
    started: Option<(u64, Instant)>,
}
