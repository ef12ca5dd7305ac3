use std::io::{self, BufWriter, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::fails_once::FailsOnce;
use super::inventory::Inventory;
use super::spill::Spill;
use crate::whole_file::WholeFile;

/// Puts the arrays together: what `numpy.savez` writes, an uncompressed zip archive of a .npy file for each.
pub(super) fn assemble(arrays: &Inventory, spill: Spill, file: WholeFile) -> io::Result<()> {
    let mut archive = ZipWriter::new(BufWriter::with_capacity(1 << 20, FailsOnce::new(file)));
    spill.read(|array, bytes, values| {
        // Above 4 GiB, sizes need more room.
        let large = bytes >= u64::from(u32::MAX);
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(large);
        archive.start_file(format!("{}.npy", arrays.0[array].name), options)?;
        io::copy(values, &mut archive)?;
        Ok(())
    })?;
    let mut written = archive.finish()?;
    written.flush()?;
    written.into_inner().map_err(io::IntoInnerError::into_error)?.into_inner().finish()
}
