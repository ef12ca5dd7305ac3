use std::io::{self, BufWriter, Read as _, Write};
use std::path::Path;

use super::inventory::{Array, ArrayContent, Inventory};
use super::spill::Spill;
use super::{ArraysError, LIMIT, push};
use crate::engine::Measurer;
use crate::figure::Quantity;
use crate::subject::ToSubject;
use crate::whole_file::{WholeFile, folder};

/// Every value of a layer, as a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerValues {
    /// The hidden layer, from 0.
    pub layer: usize,
    /// Which of its values.
    pub quantity: Quantity,
}

/// Bytes that a value takes in a table: about.
const BYTES: u64 = 12;

impl LayerValues {
    /// Writes the table as CSV, whole or not at all: a line for every image with its label (of weights: for every input), a
    /// column for every unit. Images, inputs and units are counted from 0, as NumPy does. Memory does not grow with the images.
    ///
    /// Returns how many lines and how many units there are.
    ///
    /// # Errors
    /// If the layer does not exist, it would be too large, the images cannot be read, or the file cannot be written.
    pub fn write(self, subject: &impl ToSubject, path: &Path, large: bool) -> Result<(usize, usize), ArraysError> {
        let subject = subject.to_subject();
        let experiment = subject.experiment();
        if self.layer >= experiment.widths.len() {
            return Err(ArraysError::NoLayer { layer: self.layer + 1, layers: experiment.widths.len() });
        }
        if let (Quantity::Gradients, Some(why)) = (self.quantity, subject.no_loss()) {
            return Err(ArraysError::NoLoss(why));
        }
        let kernel = experiment.linear_layers() + self.layer;
        let content = match self.quantity {
            Quantity::Outputs => ArrayContent::Outputs(kernel),
            Quantity::PreActivations => ArrayContent::PreActivations(kernel),
            Quantity::Gradients => ArrayContent::Gradients(kernel),
            Quantity::Weights => ArrayContent::Kernel(kernel),
            Quantity::Updates => return Err(ArraysError::Updates),
        };
        let of_images = self.quantity.depends_on_images();
        let is_needed = |array: &Array| array.content == content || of_images && array.content == ArrayContent::Labels;
        let arrays = Inventory(Inventory::of(&subject).0.into_iter().filter(is_needed).collect());
        let Some(table) = arrays.0.iter().find(|array| array.content == content) else { return Ok((0, 0)) };
        let (rows, units) = (table.rows, table.columns.unwrap_or(1));
        let bytes = (rows * units) as u64 * BYTES;
        if bytes > LIMIT && !large {
            return Err(ArraysError::TooLarge { bytes });
        }
        let unwritable = |error| ArraysError::Unwritable { error, bytes, path: path.to_owned() };
        // Before the long work, so that what is wrong with the path is said at once.
        let file = WholeFile::create(path).map_err(unwritable)?;
        let (network, source) = Measurer::new()?.network_and_source(&subject)?;
        let spill = Spill::create(folder(path), &arrays).map_err(unwritable)?;
        if of_images {
            push::images(&network, &source, experiment.inputs.images, &spill).map_err(unwritable)?;
        } else {
            push::weights(&network, &spill).map_err(unwritable)?;
        }
        write_table(&arrays, spill, units, file).map_err(unwritable)?;
        Ok((rows, units))
    }
}

/// Labels come before what they are of.
fn write_table(arrays: &Inventory, spill: Spill, units: usize, file: WholeFile) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, file);
    let mut labels = Vec::new();
    spill.read(|array, bytes, values| {
        let array = &arrays.0[array];
        let header = bytes - array.bytes();
        io::copy(&mut values.take(header), &mut io::sink())?;
        if array.content == ArrayContent::Labels {
            values.read_to_end(&mut labels)?;
            return Ok(());
        }
        out.write_all(if labels.is_empty() { b"input" } else { b"image,label" })?;
        for unit in 0..units {
            write!(out, ",unit_{unit}")?;
        }
        writeln!(out)?;
        let mut row = vec![0; 4 * units];
        for index in 0..array.rows {
            values.read_exact(&mut row)?;
            write!(out, "{index}")?;
            if let Some(label) = labels.get(index) {
                write!(out, ",{label}")?;
            }
            for value in row.as_chunks::<4>().0 {
                write!(out, ",{}", f32::from_ne_bytes(*value))?;
            }
            writeln!(out)?;
        }
        Ok(())
    })?;
    out.flush()?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.finish()
}
