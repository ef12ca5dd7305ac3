use std::sync::Arc;

use crate::engine::SeedRuns;
use crate::trainer::EpochFigures;

/// What sentences on networks that were trained side by side are about.
#[derive(Clone, Debug)]
pub struct RacersSeen<'a> {
    /// What tells each from the others, and what was found of it at the start and after every epoch.
    pub racers: Vec<(String, &'a [Arc<EpochFigures>])>,
}

/// The same of one that was trained with several seeds.
#[derive(Clone, Debug)]
pub struct SeedsSeen<'a> {
    /// What tells it from the others.
    pub name: String,
    /// What was found.
    pub runs: &'a SeedRuns,
}
