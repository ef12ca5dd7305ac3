use std::io::Read as _;
use std::path::Path;

use super::archive::Archive;
use super::assembly::{Assembly, assemble};
use super::error::{Flaw, NetworkFileError};
use super::free_memory::free_memory;
use super::named_step::ROWS;
use super::step::NetworkStep;
use super::{Ending, NetworkFile, hdf5, keras_archive, keras_h5, npz, onnx, safetensors, torch_legacy, torch_zip};
use crate::digest::digest;
use crate::number;
use crate::regular_file;

/// Files that are larger than this are not read (8 GiB).
const LARGEST: u64 = 8 << 30;
/// What reading takes at most, in lengths of the file: its bytes, its arrays, and the kernels made of them.
const COPIES: u64 = 3;

/// The steps of a network, what is to be said of them, whether activations are named, and the format.
struct FoundSteps {
    steps: Vec<NetworkStep>,
    notes: Vec<String>,
    names_activations: bool,
    format: &'static str,
    linear_first: bool,
}

impl NetworkFile {
    /// Reads a file of any kind that is known, whatever its name.
    ///
    /// # Errors
    /// If it cannot be read, or is no file of a network.
    pub fn read(path: &Path) -> Result<Self, NetworkFileError> {
        Self::read_with(path, false)
    }

    /// The same, with rows and columns of all square kernels exchanged, if that is asked for.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_with(path: &Path, transposed_kernels: bool) -> Result<Self, NetworkFileError> {
        let unreadable = |error| NetworkFileError::Unreadable { error, path: path.to_owned() };
        let file = regular_file::open(path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        let unfit = |Flaw(problem): Flaw| NetworkFileError::Unfit { problem, path: path.to_owned() };
        if metadata.len() > LARGEST {
            return Err(unfit(Flaw("the file is larger than 8 GiB, which is more than can be looked at".to_owned())));
        }
        if let Some(free) = free_memory().filter(|&free| metadata.len().saturating_mul(COPIES) > free) {
            let [needed, free] = [metadata.len() * COPIES, free].map(|bytes| number::count(bytes >> 20));
            return Err(unfit(Flaw(format!(
                "reading it takes about {needed} MB of memory, but only {free} MB are free: close other programs, or use a smaller \
                 network"
            ))));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
        file.take(LARGEST).read_to_end(&mut bytes).map_err(unreadable)?;
        let digest = digest(&bytes);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let Some(mut found) = steps(bytes, folder).map_err(unfit)? else {
            return Err(NetworkFileError::Unknown { path: path.to_owned() });
        };
        let squares = turn_squares(&mut found, transposed_kernels);
        let is_orientation_guessed = squares > 0 && found.notes.iter().any(|note| note.starts_with(ROWS));
        let Assembly { layers, ending, foreign, others, folded, scales_pixels, notes, .. } =
            assemble(found.steps, found.names_activations).map_err(unfit)?;
        let notes = found.notes.into_iter().chain(notes).collect();
        let ending = ending.unwrap_or(Ending::Unsaid);
        Ok(Self {
            format: found.format,
            linear_first: found.linear_first,
            layers,
            ending,
            foreign,
            others,
            folded,
            scales_pixels,
            notes,
            squares,
            is_orientation_guessed,
            digest,
        })
    }
}

/// Counts square kernels, and turns them if that is asked for: what is folded into them follows.
fn turn_squares(found: &mut FoundSteps, is_asked: bool) -> usize {
    let mut squares = 0;
    for step in &mut found.steps {
        let NetworkStep::Dense(dense) = step else { continue };
        if dense.kernel.nrows() == dense.kernel.ncols() {
            squares += 1;
            if is_asked {
                dense.kernel = dense.kernel.t().as_standard_layout().into_owned();
            }
        }
    }
    if is_asked && squares > 0 {
        let is_guess = found.notes.iter().any(|note| note.starts_with(ROWS));
        let note = "Rows and columns of square kernels were exchanged.".to_owned();
        found.notes = vec![note];
        if is_guess {
            found.notes.push(format!("{ROWS} square kernels are units: neither shapes nor names say it."));
        }
    }
    squares
}

/// What the file's content says it is; `None` if that is nothing known.
fn steps(bytes: Vec<u8>, folder: &Path) -> Result<Option<FoundSteps>, Flaw> {
    let found = |found, format| Some(of(found, format));
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return of_archive(&bytes);
    }
    if hdf5::is_one(&bytes) {
        return keras_h5::steps(bytes).map(|steps| found(steps, "Keras (.h5)"));
    }
    if torch_legacy::is_one(&bytes) {
        let (steps, notes, ending) = torch_legacy::steps(&bytes)?;
        return Ok(found((steps, notes, ending.is_some()), "PyTorch (before 1.6)"));
    }
    if safetensors::is_one(&bytes) {
        let (steps, notes) = safetensors::steps(&bytes)?;
        return Ok(found((steps, notes, false), "safetensors"));
    }
    if torch_legacy::is_other_pickle(&bytes) {
        return Err(Flaw(
            "this is a pickle, which only Python can read by executing it: save the network with torch.save, numpy.savez or \
             safetensors"
                .to_owned(),
        ));
    }
    if onnx::is_one(&bytes) {
        let (steps, notes) = onnx::steps(&bytes, folder)?;
        return Ok(found((steps, notes, true), "ONNX"));
    }
    Ok(None)
}

fn of((steps, notes, names_activations): (Vec<NetworkStep>, Vec<String>, bool), format: &'static str) -> FoundSteps {
    FoundSteps { steps, notes, names_activations, format, linear_first: false }
}

fn of_archive(bytes: &[u8]) -> Result<Option<FoundSteps>, Flaw> {
    let found = |found, format| Some(of(found, format));
    let mut archive = Archive::new(bytes)?;
    let names = archive.names();
    if keras_archive::is_one(&archive) {
        let steps = keras_archive::steps(&mut archive)?;
        return Ok(found((steps, Vec::new(), true), "Keras 3 (.keras)"));
    }
    if let Some(folder) = torch_zip::folder(&names) {
        let (steps, notes, ending) = torch_zip::steps(&mut archive, &folder)?;
        return Ok(found((steps, notes, ending.is_some()), "PyTorch"));
    }
    if names.iter().any(|name| name.ends_with(".npy")) {
        let (steps, notes) = npz::steps(&mut archive)?;
        let linear_first = npz::is_linear_first(&archive);
        return Ok(Some(FoundSteps { linear_first, ..of((steps, notes, false), "NumPy (.npz)") }));
    }
    Ok(None)
}
