/// Who is told how far the pages or the film of a lesson are, and may stop them.
pub struct LessonWatch<'a> {
    /// Told which of how many steps is being measured, from 0, and their number when all are and they are written.
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
