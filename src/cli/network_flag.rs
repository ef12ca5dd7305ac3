use super::Error;
use super::arguments::ExperimentFlags;
use crate::experiment::{Activation, Experiment, SettingError, Settings};
use crate::figure::{Scene, SceneNetwork};
use crate::opened_network::{NotLookedAt, OpenedNetwork};
use crate::subject::Subject;

/// The weights of a file have no use for these.
const REFUSED: &str = "the weights are those of the file, leave it out";

/// Networks of a file, one for each experiment.
#[derive(Debug)]
pub(super) struct GivenNetworks {
    pub opened: OpenedNetwork,
    pub subjects: Vec<Subject>,
}

impl ExperimentFlags {
    /// The networks of the file that is named, by the flag or the scene, if one is, on the images of the experiments.
    ///
    /// # Errors
    /// If a flag does not apply to weights of a file, the file gives no network, its activation is not known, or it is no longer the
    /// file that the scene was made with.
    pub fn given(&self, scene: &Scene) -> Result<Option<GivenNetworks>, Error> {
        let of_scene = scene.network.as_ref().filter(|_| self.network.is_none());
        let Some(path) = self.network.as_ref().or(of_scene.map(|network| &network.file)) else { return Ok(None) };
        refuse_what_is_drawn(&self.settings, "--network", REFUSED)?;
        let opened = OpenedNetwork::read(path).map_err(Error::failed)?;
        if of_scene.is_some_and(|network| network.digest != opened.file.digest) {
            let sentence = "this is another network than the one that the scene was made with: name the file with --network to look \
                            at it all the same";
            return Err(Error::Failed(format!("{sentence}: {}", path.display())));
        }
        // A scene says the activation that was looked at, where the file names none.
        let says_activation = self.settings.activation.is_some() || of_scene.is_some() && opened.lacks_activation();
        let subjects = subjects(&opened, &scene.experiments, says_activation)?;
        Ok(Some(GivenNetworks { opened, subjects }))
    }

    /// Refuses a file's network where only drawn ones will do.
    ///
    /// # Errors
    /// If one is named.
    pub fn refuse_network(&self, scene: Option<&Scene>, why: &str) -> Result<(), Error> {
        if self.network.is_some() {
            return Err(Error::Usage(format!("--network does not apply here: {why}")));
        }
        match scene.and_then(|scene| scene.network.as_ref()) {
            Some(_) => Err(Error::Usage(format!("the scene's [network] does not apply here: {why}"))),
            None => Ok(()),
        }
    }
}

impl GivenNetworks {
    /// The file, as a scene keeps it.
    pub fn of_scene(&self) -> SceneNetwork {
        let path = &self.opened.path;
        let file = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        SceneNetwork { file, digest: self.opened.file.digest.clone() }
    }
}

/// The network on each experiment's images; with the experiment's activation, if that was said.
///
/// # Errors
/// If it does not fit them, or its activation is not known.
pub(super) fn subjects(
    opened: &OpenedNetwork,
    experiments: &[Experiment],
    says_activation: bool,
) -> Result<Vec<Subject>, Error> {
    let subject = |experiment: &Experiment| {
        let asked: Option<Activation> = says_activation.then_some(experiment.activation);
        opened.subject(experiment, asked).map_err(|error| match error {
            NotLookedAt::Conflict { .. } => Error::Usage(error.to_string()),
            error => Error::failed(error),
        })
    };
    experiments.iter().map(subject).collect()
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
