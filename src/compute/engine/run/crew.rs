use rayon::ThreadPool;

use crate::engine::progress::Progress;
use crate::network::Interrupted;

/// Who works, and whether to go on.
#[derive(Clone, Copy)]
pub struct Crew<'a> {
    pub pool: &'a ThreadPool,
    pub interrupted: &'a (dyn Fn() -> bool + Sync),
    pub progress: &'a Progress,
}

impl Crew<'_> {
    /// Whether to.
    pub fn go_on(&self) -> Result<(), Interrupted> {
        if (self.interrupted)() { Err(Interrupted) } else { Ok(()) }
    }
}
