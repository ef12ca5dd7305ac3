use egui::Context;

use super::App;
use super::commands::Action;
use super::confirmation::confirm;
use crate::experiment::{Data, folder_name};

impl App {
    /// What the user's own data are called, where they are shown.
    pub(super) fn own_data(&self) -> Option<String> {
        self.experiment.inputs.data.path().map(|path| folder_name(path, 1))
    }

    /// Says, for a moment, that what was done shows other data than the user's own, which were there before.
    pub(super) fn say_what_data_are_left(&self, ctx: &Context, before: Option<String>) {
        let Some(before) = before.filter(|_| self.own_data().is_none()) else { return };
        let key = Action::Undo.key(ctx).unwrap_or_default();
        let now = match self.experiment.inputs.data {
            Data::Gaussian { .. } => "Gaussian inputs",
            Data::Mnist | Data::Folder(_) | Data::Set(_) => "MNIST",
        };
        confirm(ctx, &format!("This shows {now}; {key} brings back {before}"));
    }
}
