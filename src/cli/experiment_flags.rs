use super::Error;
use super::arguments::ExperimentFlags;
use crate::experiment::{Experiment, Preset, SettingError};
use crate::figure::{Scene, Shown, View};
use crate::training::TrainingSettings;

impl ExperimentFlags {
    /// The preset, the scene or the article's case, changed by the flags.
    ///
    /// # Errors
    /// If the flags make no experiment, or the scene cannot be read.
    pub fn scene(&self) -> Result<Scene, Error> {
        let usage = |error: SettingError| Error::Usage(error.to_string());
        let base = match (&self.preset, &self.scene) {
            (Some(name), _) => {
                let preset = Preset::named(name).map_err(usage)?;
                let view = Some(View::of_preset(&preset));
                let training = TrainingSettings::of_preset(&preset);
                Scene { view, training, ..Scene::of(preset.experiments) }
            }
            (None, Some(path)) if path.as_os_str() == "-" => {
                Scene::read_from(std::io::stdin().lock()).map_err(Error::failed)?
            }
            (None, Some(path)) => Scene::read(path).map_err(Error::failed)?,
            (None, None) => Scene::of(vec![Experiment::article()]),
        };
        let experiments = self.settings.apply_all(&base.experiments).map_err(usage)?;
        Ok(Scene { experiments, ..base })
    }

    /// The same for the window, in which a preset is looked at with what stands beside its layers.
    ///
    /// # Errors
    /// If the flags make no experiment, or the scene cannot be read.
    pub fn scene_of_window(&self) -> Result<Scene, Error> {
        let scene = self.scene()?;
        let preset = self.preset.as_ref().and_then(|name| Preset::named(name).ok());
        let Some(preset) = preset else { return Ok(scene) };
        Ok(Scene { shown: Some(Shown::default().at_preset(&preset)), view: None, ..scene })
    }
}
