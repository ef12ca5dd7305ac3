use std::io::Write as _;
use std::path::PathBuf;

use super::Error;
use super::training_flags::LookedAt;
use super::written::written;
use crate::arrays::{self, LayerValues, WrittenArrays};
use crate::figure::Quantity;
use crate::number;

/// A network's arrays, or the values of one of its layers, to be written into a file.
#[derive(Debug)]
pub struct Export {
    looked_at: LookedAt,
    out: PathBuf,
    force: bool,
    /// If that is all.
    values: Option<LayerValues>,
}

impl Export {
    /// # Errors
    /// If there is more than one experiment, the file's name ends neither in .npz nor in .csv, or there is no such layer.
    pub(super) fn new(
        looked_at: LookedAt,
        out: PathBuf,
        force: bool,
        (layer, quantity): (Option<usize>, Option<Quantity>),
    ) -> Result<Self, Error> {
        let ends_in = |ending: &str| out.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(ending));
        let values = match (ends_in("npz"), ends_in("csv"), layer) {
            (true, ..) if layer.is_some() || quantity.is_some() => {
                let advice =
                    "all arrays are written to a .npz file: leave out --layer and --quantity, or name a .csv file";
                return Err(Error::Usage(format!("{advice}: {}", out.display())));
            }
            (true, ..) => None,
            (_, true, None) => {
                let advice =
                    "a .csv file has the values of one layer: give --layer, or name a .npz file for all arrays";
                return Err(Error::Usage(format!("{advice}: {}", out.display())));
            }
            (_, true, Some(layer)) => {
                let none = || Error::Usage("--layer 0 does not exist: layers are counted from 1".to_owned());
                let layer = layer.checked_sub(1).ok_or_else(none)?;
                Some(LayerValues { layer, quantity: quantity.unwrap_or_default() })
            }
            _ => {
                return Err(Error::Usage(format!(
                    "--out must name a file that ends in .npz or .csv: {}",
                    out.display()
                )));
            }
        };
        let several = looked_at.len();
        if several != 1 {
            return Err(Error::Usage(format!(
                "there are {several} experiments, but a file holds one: give only one, for example with a single \
                 --sigma"
            )));
        }
        let layers = looked_at.experiment().widths.len();
        if let Some(LayerValues { layer, .. }) = values.filter(|values| values.layer >= layers) {
            return Err(Error::Usage(format!(
                "--layer {} does not exist in this network: use 1 to {layers}",
                layer + 1
            )));
        }
        Ok(Self { looked_at, out, force, values })
    }

    /// Writes the file, and on standard output what is in it.
    ///
    /// # Errors
    /// If it would be too large, the images cannot be read, a training does not get to where it is looked at, or the file cannot be
    /// written.
    pub fn run(&self) -> Result<(), Error> {
        if self.values.is_none() {
            arrays::check_size(&self.looked_at.before_training()[0], self.force).map_err(Error::failed)?;
        }
        let subjects = self.looked_at.subjects(0)?;
        if let Some(values) = self.values {
            let (rows, units) = values.write(&subjects[0], &self.out, self.force).map_err(Error::failed)?;
            let of = if values.quantity.depends_on_images() { "images" } else { "inputs" };
            let line = format!("{rows} {of}, {units} units: {}\n", self.out.display());
            return written(std::io::stdout().lock().write_all(line.as_bytes()));
        }
        let WrittenArrays { arrays, bytes } =
            arrays::write(&subjects[0], &self.out, self.force).map_err(Error::failed)?;
        let mebibytes = number::plain(bytes as f64 / f64::from(1 << 20));
        let mut line = format!("{arrays} arrays, {mebibytes} MiB: {}\n", self.out.display());
        let functions = subjects[0].weights().numbers().and_then(|weights| weights.functions());
        if functions.is_some_and(|functions| functions.norms.iter().any(Option::is_some)) {
            line += "Its layer normalisations are not among them: read as a network, the file is another one.\n";
        }
        written(std::io::stdout().lock().write_all(line.as_bytes()))
    }
}
