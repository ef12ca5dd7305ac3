use super::dialog::{Dialog, typed_path};
use crate::experiment::{Data, Inputs, Split};

/// The choice of a folder: a field for its path, and a dialog of the system.
#[derive(Default)]
pub struct FolderChoice {
    /// The split of the folder that is to be shown, while the field is there.
    pub open: Option<Split>,
    /// What stands in the field.
    pub text: String,
    /// The dialog that fills it in.
    pub dialog: Dialog,
    /// What stands in the field was asked for, and is not there yet.
    pub asked: bool,
    /// It could not be had.
    pub failed: bool,
}

impl FolderChoice {
    /// Shows the field if these are a folder's images.
    pub fn show(&mut self, inputs: &Inputs) {
        self.open = None;
        if let Data::Folder(folder) = &inputs.data {
            self.open = Some(inputs.split);
            self.text = folder.to_string_lossy().into_owned();
        }
    }

    /// The folder in the field; `None` if it is empty.
    pub fn typed(&self) -> Option<Data> {
        typed_path(&self.text).map(Data::Folder)
    }

    /// Opens the system's dialog.
    ///
    /// # Errors
    /// A sentence, if the system gives no thread.
    pub fn browse(&mut self, ctx: &egui::Context) -> Result<(), String> {
        self.dialog.open(ctx, || rfd::FileDialog::new().set_title("A folder with the four IDX files").pick_folder())
    }
}
