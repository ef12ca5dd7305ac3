use std::io::{IsTerminal as _, Write as _};

/// How far a command is: one line on standard error, rewritten, where that is a terminal; nothing in a pipe.
pub(super) struct ProgressLine {
    is_seen: bool,
}

impl ProgressLine {
    /// Where it is seen.
    pub fn new() -> Self {
        Self { is_seen: std::io::stderr().is_terminal() }
    }

    /// What is being done: of `total` things the one at `index`, from 0.
    pub fn say(&self, what: &str, index: usize, total: usize) {
        if self.is_seen {
            let count = if total > 1 { format!(", {} of {total}", index + 1) } else { String::new() };
            // That nobody sees it is no reason to stop.
            let _ = write!(std::io::stderr(), "\r\x1b[K{what}{count} …");
            let _ = std::io::stderr().flush();
        }
    }
}

impl Drop for ProgressLine {
    /// What comes next begins on an empty line.
    fn drop(&mut self) {
        if self.is_seen {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
            let _ = std::io::stderr().flush();
        }
    }
}
