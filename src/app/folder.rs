use std::path::PathBuf;

use super::dialog::{Dialog, typed_path};
use crate::experiment::Inputs;
use crate::image_set::LabelColumn;

/// The choice of data of the user's own: a field for their path, and dialogs of the system.
#[derive(Default)]
pub struct FolderChoice {
    /// Whether the field is there.
    pub is_open: bool,
    /// What stands in the field.
    pub text: String,
    /// The column of labels that is asked for of a table whose path is typed, if one is.
    pub label_column: Option<LabelColumn>,
    /// The dialog that fills it in.
    pub dialog: Dialog,
    /// What stands in the field was asked for, and is not there yet.
    pub asked: bool,
    /// It could not be had.
    pub failed: bool,
}

impl FolderChoice {
    /// Shows the field if these are images of the user's own.
    pub fn show(&mut self, inputs: &Inputs) {
        let path = inputs.data.path();
        self.is_open = path.is_some();
        if let Some(path) = path {
            self.text = path.to_string_lossy().into_owned();
            self.label_column.clone_from(&inputs.label_column);
        }
    }

    /// The path in the field; `None` if it is empty.
    pub fn typed(&self) -> Option<PathBuf> {
        typed_path(&self.text)
    }

    /// Opens the system's dialog, for a folder or a file.
    ///
    /// # Errors
    /// A sentence, if the system gives no thread.
    pub fn browse(&mut self, ctx: &egui::Context, of_folders: bool) -> Result<(), String> {
        self.dialog.open(ctx, move || {
            if of_folders {
                return rfd::FileDialog::new()
                    .set_title("A folder of IDX files, or of pictures by class")
                    .pick_folder();
            }
            let dialog = rfd::FileDialog::new().set_title("An IDX, .npz or .csv file");
            dialog
                .add_filter("Images with labels", &["npz", "npy", "csv", "tsv", "txt", "gz"])
                .add_filter("All files", &["*"])
                .pick_file()
        })
    }
}
