/// A newer experiment is waiting: the pass was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupted;
