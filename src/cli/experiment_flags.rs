use super::Error;
use super::arguments::ExperimentFlags;
use super::progress::ProgressLine;
use crate::data_file::{ReadWatch, resolve};
use crate::experiment::{Data, Experiment, Preset, SettingError, Split, at_home, is_same_name};
use crate::figure::{Scene, SceneData, Shown, View};
use crate::training::TrainingSettings;

impl ExperimentFlags {
    /// The preset, the scene or the article's case, changed by the flags.
    ///
    /// # Errors
    /// If the flags make no experiment, or the scene cannot be read.
    pub fn scene(&self) -> Result<Scene, Error> {
        let mut scene = self.named_scene()?;
        self.read_data(&mut scene.experiments, &scene.data)?;
        Ok(scene)
    }

    /// The same, with data of the user's own that are only named.
    fn named_scene(&self) -> Result<Scene, Error> {
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
            (None, Some(path)) => Scene::read(&at_home(path)).map_err(Error::failed)?,
            (None, None) => Scene::of(vec![Experiment::article()]),
        };
        let experiments = self.settings.apply_all(&base.experiments).map_err(usage)?;
        Ok(Scene { experiments, ..base })
    }

    /// Reads the data of the user's own that experiments name.
    fn read_data(&self, experiments: &mut [Experiment], of_scene: &[SceneData]) -> Result<(), Error> {
        let progress = ProgressLine::new();
        let tell = |share: f64| {
            progress.say_share("reading the data", share);
            true
        };
        let wanted: Vec<_> = experiments.iter().map(|experiment| experiment.inputs.images).collect();
        for set in resolve(experiments, &ReadWatch::new(&tell)).map_err(Error::failed)? {
            // A table read with its labels in another column is another set.
            let is_new = self.settings.data.is_some() || self.settings.label_column.is_some();
            let mut known = of_scene.iter().filter(|data| data.file == set.path() && !is_new).peekable();
            if known.peek().is_some() && known.all(|data| data.digest != set.digest()) {
                let sentence = "these are other data than those that the scene was made with: name them with --data to look at \
                                them all the same";
                return Err(Error::Failed(format!("{sentence}: {}", set.path().display())));
            }
        }
        let is_divided =
            |experiment: &Experiment| matches!(&experiment.inputs.data, Data::Set(set) if set.is_divided());
        let is_whole = |name: &str| is_same_name(name, Split::Whole.name());
        if self.settings.split.as_deref().is_some_and(is_whole) && experiments.iter().any(is_divided) {
            let (flag, hint) = ("--split whole", "their training and test images come apart, choose one of them");
            return Err(Error::Usage(SettingError::DoesNotApply { flag, to: "these data", hint }.to_string()));
        }
        let given = self.settings.images.is_some();
        match experiments.iter().zip(wanted).find(|(experiment, wanted)| given && experiment.inputs.images < *wanted) {
            Some((experiment, wanted)) => {
                let allowed = format!("1 to {}", experiment.inputs.available());
                let error = SettingError::OutOfRange { flag: "--images", given: wanted.to_string(), allowed };
                Err(Error::Usage(error.to_string()))
            }
            None => Ok(()),
        }
    }

    /// The same for the window, in which a preset is looked at with what stands beside its layers. The window reads data of the user's own,
    /// and says what is wrong with them.
    ///
    /// # Errors
    /// If the flags make no experiment, or the scene cannot be read.
    pub fn scene_of_window(&self) -> Result<Scene, Error> {
        let scene = self.named_scene()?;
        let preset = self.preset.as_ref().and_then(|name| Preset::named(name).ok());
        let Some(preset) = preset else { return Ok(scene) };
        Ok(Scene { shown: Some(Shown::default().at_preset(&preset)), view: None, ..scene })
    }
}
