use super::Error;
use super::arguments::ExperimentFlags;
use crate::experiment::{Experiment, Preset, SettingError};
use crate::figure::Scene;

impl ExperimentFlags {
    /// The preset, the scene or the article's case, changed by the flags.
    ///
    /// # Errors
    /// If the flags make no experiment, or the scene cannot be read.
    pub fn scene(&self) -> Result<Scene, Error> {
        let usage = |error: SettingError| Error::Usage(error.to_string());
        let base = match (&self.preset, &self.scene) {
            (Some(name), _) => Scene {
                experiments: Preset::named(name).map_err(usage)?.experiments,
                shown: None,
                view: None,
                figure: None,
            },
            (None, Some(path)) if path.as_os_str() == "-" => {
                Scene::read_from(std::io::stdin().lock()).map_err(Error::failed)?
            }
            (None, Some(path)) => Scene::read(path).map_err(Error::failed)?,
            (None, None) => Scene { experiments: vec![Experiment::article()], shown: None, view: None, figure: None },
        };
        let experiments = self.settings.apply_all(&base.experiments).map_err(usage)?;
        Ok(Scene { experiments, ..base })
    }
}
