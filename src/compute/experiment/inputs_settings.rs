use super::home_path::at_home;
use super::setting_values::{find, within};
use super::{Data, INPUT_DIMS, InputScale, Inputs, SettingError, Settings, Split};
use crate::image_set::LabelColumn;

impl Settings {
    /// What is set of the images, over those of `base`.
    ///
    /// # Errors
    /// If it cannot be, or does not apply.
    pub(super) fn inputs(&self, base: &Inputs) -> Result<Inputs, SettingError> {
        let data = match &self.data {
            None => base.data.clone(),
            Some(name) if name.as_os_str().is_empty() => return Err(SettingError::Empty { flag: "--data" }),
            Some(name) if Data::word(name, "".as_ref()) == Some("mnist") => Data::Mnist,
            Some(name) if Data::word(name, "".as_ref()).is_some() => Data::Gaussian { dim: base.dim() },
            Some(folder) => {
                let folder = at_home(folder);
                Data::Folder(std::path::absolute(&folder).unwrap_or(folder))
            }
        };
        let label_column = match &self.label_column {
            // It was said of other data.
            None if self.data.is_some() => None,
            None => base.label_column.clone(),
            Some(text) => Some(LabelColumn::read(text).ok_or(SettingError::Empty { flag: "--label-column" })?),
        };
        let data = match data {
            // Read with another column, it is another set.
            Data::Set(set) if set.label_column() != label_column.as_ref() => Data::Folder(set.path().to_owned()),
            data => data,
        };
        if self.label_column.is_some() && data.path().is_none() {
            let to = if data == Data::Mnist { "--data mnist" } else { "--data gaussian" };
            let hint = "it is for a table of your own, name that with --data";
            return Err(SettingError::DoesNotApply { flag: "--label-column", to, hint });
        }
        let label_column = label_column.filter(|_| data.path().is_some());
        let data = match (data, self.input_dim) {
            (data, None) => data,
            (Data::Gaussian { .. }, Some(dim)) => Data::Gaussian { dim: within("--input-dim", dim, &INPUT_DIMS)? },
            (_, Some(_)) => {
                let (to, hint) = ("images", "it is for --data gaussian");
                return Err(SettingError::DoesNotApply { flag: "--input-dim", to, hint });
            }
        };
        let of_pixels = [
            ("--split", self.split.is_some()),
            ("--input-scale", self.input_scale.is_some()),
            ("--transposed-images", self.transposed_images == Some(true)),
        ];
        if let Some((flag, _)) = of_pixels.into_iter().find(|(_, is_given)| *is_given && !data.has_pixels()) {
            let (to, hint) = ("--data gaussian", "leave it out, or choose images");
            return Err(SettingError::DoesNotApply { flag, to, hint });
        }
        let split = match (&self.split, &data) {
            // What has just been named is shown whole, if it comes so.
            (None, Data::Folder(_)) if self.data.is_some() => Split::Whole,
            (None, Data::Mnist) if base.split == Split::Whole => Split::Test,
            (None, _) => base.split,
            (Some(name), _) => find("--split", name, &Split::ALL, Split::name)?,
        };
        if split == Split::Whole && data == Data::Mnist {
            let (flag, hint) = ("--split whole", "its training and test images come apart, choose one of them");
            return Err(SettingError::DoesNotApply { flag, to: "--data mnist", hint });
        }
        let scale = match &self.input_scale {
            None if data.has_pixels() => base.scale,
            None => InputScale::Unit,
            Some(name) => find("--input-scale", name, &InputScale::ALL, InputScale::name)?,
        };
        let transposed = data.has_pixels() && self.transposed_images.unwrap_or(base.transposed);
        let inputs = Inputs { data, split, images: base.images, scale, transposed, label_column };
        // How many a file or a folder has is known when it is read.
        let available = if matches!(inputs.data, Data::Folder(_)) { usize::MAX } else { inputs.available() };
        let images = match self.images {
            None => base.images.min(available),
            Some(images) => within("--images", images, &(1..=available))?,
        };
        Ok(Inputs { images, ..inputs })
    }
}
