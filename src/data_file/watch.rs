use std::cell::Cell;
use std::io::{self, Read};

/// Who watches a reader: told what share of the files is read, and asked whether to go on.
pub struct ReadWatch<'a> {
    tell: &'a dyn Fn(f64) -> bool,
    done: Cell<u64>,
    total: Cell<u64>,
}

impl<'a> ReadWatch<'a> {
    /// `tell` gets the share of the bytes that are read, 0 to 1, and returns whether to go on.
    pub fn new(tell: &'a dyn Fn(f64) -> bool) -> Self {
        Self { tell, done: Cell::new(0), total: Cell::new(0) }
    }

    /// So many bytes more are to be read.
    pub(super) fn expect(&self, bytes: u64) {
        self.total.set(self.total.get() + bytes);
    }

    /// So many of them are.
    ///
    /// # Errors
    /// If it is to stop.
    pub(super) fn add(&self, bytes: u64) -> io::Result<()> {
        self.done.set(self.done.get() + bytes);
        let share = self.done.get() as f64 / self.total.get().max(1) as f64;
        if (self.tell)(share.min(1.0)) { Ok(()) } else { Err(io::Error::other(Stopped)) }
    }

    /// A reader whose bytes are counted.
    pub(super) fn count<R: Read>(&'a self, reader: R) -> Watched<'a, R> {
        Watched { reader, watch: self }
    }
}

/// That somebody stopped it.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
pub(super) struct Stopped;

/// A reader whose bytes are counted.
pub(super) struct Watched<'a, R> {
    reader: R,
    watch: &'a ReadWatch<'a>,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(into)?;
        self.watch.add(count as u64)?;
        Ok(count)
    }
}
