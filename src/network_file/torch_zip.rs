//! PyTorch's files since 1.6: a zip archive with a pickle and storages.

use std::borrow::Cow;

use super::archive::Archive;
use super::element::Endian;
use super::error::Flaw;
use super::pickle;
use super::torch_module::{self, TorchSteps};
use super::torch_tensor::Storages;

/// The folder in the archive, if it is one of PyTorch.
pub(super) fn folder(names: &[String]) -> Option<String> {
    let pickle = names.iter().find(|name| *name == "data.pkl" || name.ends_with("/data.pkl"))?;
    Some(pickle.trim_end_matches("data.pkl").to_owned())
}

/// The network's steps, what is to be said of them, and how it ends if that is known.
///
/// # Errors
/// If it is damaged, or holds no network.
pub(super) fn steps(archive: &mut Archive<'_>, folder: &str) -> Result<TorchSteps, Flaw> {
    if archive.has(&format!("{folder}constants.pkl")) {
        return Err(Flaw(
            "this is a TorchScript program, which only PyTorch can run: save the network's state_dict instead"
                .to_owned(),
        ));
    }
    let bytes = archive.bytes(&format!("{folder}data.pkl"))?;
    let order = format!("{folder}byteorder");
    let endian =
        if archive.has(&order) && archive.bytes(&order)?.starts_with(b"big") { Endian::Big } else { Endian::Little };
    let (pickled, _) = pickle::read(&bytes)?;
    let mut storages = ZipStorages { archive, folder, endian, last: None };
    torch_module::steps(&pickled, &mut storages)
}

struct ZipStorages<'a, 'b> {
    archive: &'a mut Archive<'b>,
    folder: &'a str,
    endian: Endian,
    /// Kernel and bias may share one.
    last: Option<(String, Vec<u8>)>,
}

impl Storages for ZipStorages<'_, '_> {
    fn bytes(&mut self, key: &str) -> Result<Cow<'_, [u8]>, Flaw> {
        if self.last.as_ref().is_none_or(|(last, _)| last != key) {
            self.last = None;
            let bytes = self.archive.bytes(&format!("{}data/{key}", self.folder))?;
            self.last = Some((key.to_owned(), bytes));
        }
        Ok(Cow::Borrowed(self.last.as_ref().map_or(&[][..], |(_, bytes)| bytes)))
    }

    fn endian(&self) -> Endian {
        self.endian
    }
}
