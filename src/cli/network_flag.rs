use std::path::Path;

use super::Error;
use super::arguments::ExperimentFlags;
use crate::experiment::{Activation, Experiment, SettingError, Settings, at_home};
use crate::figure::{Scene, SceneNetwork};
use crate::network_file::NetworkFile;
use crate::opened_network::{NotLookedAt, OpenedNetwork};
use crate::subject::Subject;

/// The weights of a file have no use for these.
const REFUSED: &str = "the weights are those of the file, leave it out";

/// Without a file there is nothing to transpose.
const TRANSPOSED: &str = "--transposed-kernels is for the network of a file: name that with --network, or leave it out";

/// Networks of files, and of draws beside them: a subject for each experiment.
#[derive(Debug)]
pub(super) struct GivenNetworks {
    /// The files, each as a scene keeps it.
    pub files: Vec<(OpenedNetwork, SceneNetwork)>,
    pub subjects: Vec<Subject>,
}

impl ExperimentFlags {
    /// The networks of the file that is named, by the flag or the scene, if one is, on the images of the experiments.
    ///
    /// # Errors
    /// If a flag does not apply to weights of a file, the file gives no network, its activation is not known, or it is no longer the
    /// file that the scene was made with.
    pub fn given(&self, scene: &Scene) -> Result<Option<GivenNetworks>, Error> {
        let says_activation = self.settings.activation.is_some();
        if let Some(path) = self.network.as_deref().map(at_home) {
            refuse_what_is_drawn(&self.settings, "--network", REFUSED)?;
            let opened = OpenedNetwork::read_with(&path, self.transposed_kernels).map_err(Error::failed)?;
            let says_pixels = self.settings.input_scale.is_some() || self.scene.is_some();
            let own = |experiment: &Experiment| match says_pixels {
                true => experiment.clone(),
                false => opened.with_own_pixels(experiment),
            };
            // A scene says the activation for a file that names none.
            let is_said = says_activation || self.scene.is_some() && opened.lacks_activation();
            let subject = |experiment| subject(&opened, &own(experiment), is_said);
            let subjects = scene.experiments.iter().map(subject).collect::<Result<_, _>>()?;
            let network = named(&opened, &SceneNetwork::of(&opened.path));
            return Ok(Some(GivenNetworks { files: vec![(opened, network)], subjects }));
        }
        if scene.networks.is_empty() {
            return match self.transposed_kernels {
                true => Err(Error::Usage(TRANSPOSED.to_owned())),
                false => Ok(None),
            };
        }
        refuse_what_is_drawn(&self.settings, "--network", REFUSED)?;
        let file = |network: &SceneNetwork| {
            // What is said is no guess any more.
            let activation_guessed = network.activation_guessed && !says_activation;
            of_scene(&SceneNetwork { activation_guessed, ..network.clone() }, self.transposed_kernels)
        };
        let files: Vec<_> = scene.networks.iter().map(file).collect::<Result<_, _>>()?;
        let subject = |(index, experiment)| match scene.network_of(index).map(|place| &files[place].0) {
            // A scene says the activation that was looked at, where the file names none.
            Some(opened) => subject(opened, experiment, says_activation || opened.lacks_activation()),
            None => Ok(Subject::from(experiment)),
        };
        let subjects = scene.experiments.iter().enumerate().map(subject).collect::<Result<_, _>>()?;
        Ok(Some(GivenNetworks { files, subjects }))
    }

    /// Refuses a file's network where only drawn ones will do.
    ///
    /// # Errors
    /// If one is named.
    pub fn refuse_network(&self, scene: Option<&Scene>, why: &str) -> Result<(), Error> {
        if self.network.is_some() {
            return Err(Error::Usage(format!("--network does not apply here: {why}")));
        }
        match scene.and_then(|scene| scene.networks.first()) {
            Some(_) => Err(Error::Usage(format!("the scene's [network] does not apply here: {why}"))),
            None => Ok(()),
        }
    }
}

impl ExperimentFlags {
    /// Takes a file that is named alone: a network, or else a scene.
    ///
    /// # Errors
    /// If it is a network, and another one is named.
    pub fn take_file(&mut self, file: &Path) -> Result<(), Error> {
        let file = at_home(file);
        if !NetworkFile::is_meant(&file) {
            self.scene = Some(file);
        } else if self.network.replace(file).is_some() {
            return Err(Error::Usage("two networks are named: leave one of them out".to_owned()));
        }
        Ok(())
    }

    /// What the window is to show, and whether the activation of a network that names none is to be guessed. The window reads the file.
    ///
    /// # Errors
    /// If the flags make no experiment, the scene cannot be read, or a flag does not apply to weights of a file.
    pub fn window(&self) -> Result<(Scene, bool), Error> {
        let scene = self.scene_of_window()?;
        let Some(file) = self.network.as_deref().map(at_home) else {
            return match self.transposed_kernels {
                true => Err(Error::Usage(TRANSPOSED.to_owned())),
                false => Ok((scene, false)),
            };
        };
        refuse_what_is_drawn(&self.settings, "--network", REFUSED)?;
        let network = SceneNetwork { transposed_kernels: self.transposed_kernels, ..SceneNetwork::of(&file) };
        Ok((Scene { networks: vec![network], ..scene }, self.settings.activation.is_none()))
    }
}

impl GivenNetworks {
    /// The files, as a scene keeps them.
    pub fn of_scene(&self) -> Vec<SceneNetwork> {
        self.files.iter().map(|(_, network)| network.clone()).collect()
    }
}

/// A file that was read, as a scene keeps it that says the rest.
fn named(opened: &OpenedNetwork, network: &SceneNetwork) -> SceneNetwork {
    SceneNetwork {
        file: std::path::absolute(&opened.path).unwrap_or_else(|_| opened.path.clone()),
        digest: Some(opened.file.digest.clone()),
        drawn: opened.anew.map(|(initializer, _)| initializer.to_string()),
        seed: opened.anew.map(|(_, seed)| seed),
        transposed_kernels: opened.transposed_kernels,
        ..network.clone()
    }
}

/// A file of a scene, if it is still the one that the scene was made with.
fn of_scene(network: &SceneNetwork, transposed: bool) -> Result<(OpenedNetwork, SceneNetwork), Error> {
    let transposed = transposed || network.transposed_kernels;
    let opened = OpenedNetwork::read_with(&network.file, transposed).map_err(Error::failed)?;
    if network.digest.as_ref().is_some_and(|digest| *digest != opened.file.digest) {
        let sentence = "this is another network than the one that the scene was made with: name the file with --network to look at \
                        it all the same";
        return Err(Error::Failed(format!("{sentence}: {}", network.file.display())));
    }
    let opened = match network.drawn_anew().map_err(Error::failed)? {
        Some((initializer, seed)) => opened.drawn_anew(initializer, seed).map_err(Error::failed)?,
        None => opened,
    };
    let network = named(&opened, network);
    Ok((opened, network))
}

/// The network on an experiment's images; with the experiment's activation, if that was said.
///
/// # Errors
/// If it does not fit them, or its activation is not known.
fn subject(opened: &OpenedNetwork, experiment: &Experiment, says_activation: bool) -> Result<Subject, Error> {
    let asked: Option<Activation> = says_activation.then_some(experiment.activation);
    opened.subject(experiment, asked).map_err(|error| match error {
        NotLookedAt::Conflict { .. } => Error::Usage(error.to_string()),
        error => Error::failed(error),
    })
}

/// Refuses settings of what is drawn.
///
/// # Errors
/// If one is given.
pub(super) fn refuse_what_is_drawn(settings: &Settings, to: &'static str, hint: &'static str) -> Result<(), Error> {
    let Settings {
        init,
        layers,
        width,
        widths,
        linear_first,
        sigma,
        weight_mean,
        gain,
        bias,
        bias_std,
        draws,
        generator,
        ..
    } = settings;
    let refused = [
        ("--init", init.is_some()),
        ("--layers", layers.is_some()),
        ("--width", width.is_some()),
        ("--widths", widths.is_some()),
        ("--linear-first", linear_first.is_some()),
        ("--sigma", sigma.is_some()),
        ("--weight-mean", weight_mean.is_some()),
        ("--gain", gain.is_some()),
        ("--bias", bias.is_some()),
        ("--bias-std", bias_std.is_some()),
        ("--draws", draws.is_some()),
        ("--generator", generator.is_some()),
    ];
    match refused.into_iter().find(|(_, is_given)| *is_given) {
        Some((flag, _)) => Err(Error::Usage(SettingError::DoesNotApply { flag, to, hint }.to_string())),
        None => Ok(()),
    }
}
