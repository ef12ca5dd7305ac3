//! A race of the present experiment and the pinned ones: how it goes on (`going`), which racers there are (`racers`), and the step
//! that all views show them at (`looks`), with what is set of that in a strip under every view (`strip`).

mod going;
mod looks;
mod racers;
mod rate;
mod strip;

use std::time::Instant;

use going::Going;
use looks::Look;

use super::commands::Pace;
use super::time_left::TimeLeft;

/// How the race stands that the window shows.
#[derive(Default)]
pub struct RaceState {
    going: Going,
    pace: Pace,
    /// When the pace was last set, by the window's clock, and from which step it counts.
    since: (f64, u64),
    /// The step that is looked at; nothing for the newest, whichever that is.
    looked_at: Option<u64>,
    /// What the racers are at that step.
    looks: Vec<Look>,
    /// What the rate is to be multiplied by from where the race comes to stand.
    rate_change: Option<f64>,
    /// What began anew since the race was begun, in a sentence.
    begun_anew: Option<String>,
    time_left: TimeLeft,
    /// The request that the time left is counted from.
    started: Option<(u64, Instant)>,
}
