use std::io::Write as _;
use std::path::PathBuf;

use super::Error;
use super::training_flags::LookedAt;
use super::written::written;
use crate::arrays::{self, WrittenArrays};
use crate::number;

/// A network's arrays, to be written into a file.
#[derive(Debug)]
pub struct Export {
    looked_at: LookedAt,
    out: PathBuf,
    force: bool,
}

impl Export {
    /// # Errors
    /// If there is more than one experiment, or the file's name does not end in .npz.
    pub(super) fn new(looked_at: LookedAt, out: PathBuf, force: bool) -> Result<Self, Error> {
        if !out.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("npz")) {
            return Err(Error::Usage(format!("--out must name a file that ends in .npz: {}", out.display())));
        }
        let several = looked_at.len();
        if several != 1 {
            return Err(Error::Usage(format!(
                "there are {several} experiments, but a file holds one: give only one, for example with a single \
                 --sigma"
            )));
        }
        Ok(Self { looked_at, out, force })
    }

    /// Writes the file, and on standard output what is in it.
    ///
    /// # Errors
    /// If it would be too large, the images cannot be read, a training does not get to where it is looked at, or the file cannot be
    /// written.
    pub fn run(&self) -> Result<(), Error> {
        arrays::check_size(self.looked_at.experiment(), self.force).map_err(Error::failed)?;
        let subjects = self.looked_at.subjects(0)?;
        let WrittenArrays { arrays, bytes } =
            arrays::write(&subjects[0], &self.out, self.force).map_err(Error::failed)?;
        let mebibytes = number::plain(bytes as f64 / f64::from(1 << 20));
        let line = format!("{arrays} arrays, {mebibytes} MiB: {}\n", self.out.display());
        written(std::io::stdout().lock().write_all(line.as_bytes()))
    }
}
