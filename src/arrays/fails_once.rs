use std::io::{self, Seek, SeekFrom, Write};

/// A writer that fails once: what is written after that goes nowhere, and only its place moves on. An archive that is given up
/// still writes its end, and where that fails, too, the library that makes it says so on standard error, beside the sentence of
/// whoever asked for it.
pub(super) struct FailsOnce<W> {
    to: W,
    place: u64,
    has_failed: bool,
}

impl<W> FailsOnce<W> {
    /// A writer of something that is at its beginning.
    pub(super) fn new(to: W) -> Self {
        Self { to, place: 0, has_failed: false }
    }

    /// What was written to.
    pub(super) fn into_inner(self) -> W {
        self.to
    }

    fn note<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        self.has_failed = done.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        done
    }
}

impl<W: Write> Write for FailsOnce<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = if self.has_failed {
            bytes.len()
        } else {
            let done = self.to.write(bytes);
            self.note(done)?
        };
        self.place += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.has_failed {
            return Ok(());
        }
        let done = self.to.flush();
        self.note(done)
    }
}

impl<W: Seek> Seek for FailsOnce<W> {
    fn seek(&mut self, place: SeekFrom) -> io::Result<u64> {
        self.place = match place {
            SeekFrom::Start(place) if self.has_failed => place,
            SeekFrom::Current(by) if self.has_failed => self.place.saturating_add_signed(by),
            SeekFrom::End(_) if self.has_failed => self.place,
            place => {
                let done = self.to.seek(place);
                self.note(done)?
            }
        };
        Ok(self.place)
    }
}
