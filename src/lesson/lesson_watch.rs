/// Who is told how far the pages or the film of a lesson are, and may stop them.
pub struct LessonWatch<'a> {
    /// Told which of how many steps is being made, from 0.
    pub say: &'a dyn Fn(usize, usize),
    /// Says whether to go on; asked at every step of a training, too.
    pub goes_on: &'a (dyn Fn() -> bool + Sync),
}

impl Default for LessonWatch<'_> {
    /// Nobody.
    fn default() -> Self {
        Self { say: &|_, _| (), goes_on: &|| true }
    }
}
