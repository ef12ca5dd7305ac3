use super::Error;
use super::arguments::ExperimentFlags;
use super::network_flag::GivenNetworks;
use super::training_flags::entrants;
use crate::experiment::NetworkFramework;
use crate::figure::training::racer_names;
use crate::figure::{Scene, differences};
use crate::training::TrainingSettings;

/// A program for every network; where a scene or flags have settings of a training, one that trains it too: what `train` makes of the
/// same settings.
///
/// # Errors
/// If a setting is wrong, or names another framework.
pub(super) fn text(scene: &Scene, framework: NetworkFramework, flags: TrainingSettings) -> Result<String, Error> {
    let name = framework.name().to_lowercase();
    if let Some(other) = flags.framework.as_deref().filter(|other| !other.eq_ignore_ascii_case(&name)) {
        return Err(Error::Usage(format!(
            "--framework {other} does not go with `code {name}`, which trains as {} does: leave it out",
            framework.name()
        )));
    }
    if flags == TrainingSettings::default() && scene.training.is_none() {
        let codes = scene.experiments.iter().map(|experiment| experiment.network_code(framework));
        return Ok(joined(&differences(&scene.subjects().iter().collect::<Vec<_>>()), codes));
    }
    let settings = flags.over(scene.training.clone().unwrap_or_default());
    let entrants = entrants(&scene.subjects(), &settings)?;
    let codes = entrants.iter().map(|entrant| entrant.training.code(&entrant.experiment, framework));
    Ok(joined(&racer_names(&entrants.iter().collect::<Vec<_>>()), codes))
}

/// Programs under one another; several say before each which it is, in what tells it from the others.
fn joined(names: &[String], codes: impl Iterator<Item = String>) -> String {
    let several = names.len();
    let numbered = (1..).zip(names).zip(codes);
    let named = numbered.map(|((number, name), code)| match several {
        1 => code,
        _ => format!("# Experiment {number} of {several}: {name}\n{code}"),
    });
    named.collect::<Vec<_>>().join("\n")
}

/// The networks of the file that is named, if one is. A program says nothing of images: where the usual ones do not fit the file, draws
/// do.
///
/// # Errors
/// If the file gives no network.
pub(super) fn given(asked: &mut ExperimentFlags) -> Result<Option<GivenNetworks>, Error> {
    let given = asked.given(&asked.scene()?);
    if given.is_ok() || asked.network.is_none() || asked.settings.data.is_some() {
        return given;
    }
    asked.settings.data = Some("gaussian".into());
    asked.scene().and_then(|scene| asked.given(&scene)).or(given)
}

/// A program for every network of a file that sets up its layers and loads its weights, from the arrays that `export` writes of the file.
///
/// # Errors
/// If flags of a training are given, or the network has what no such program can say.
pub(super) fn of_files(
    given: &GivenNetworks,
    framework: NetworkFramework,
    flags: &TrainingSettings,
) -> Result<String, Error> {
    if *flags != TrainingSettings::default() {
        let sentence = "code of a training begins with weights that are drawn, and these are a file's: leave out the flags of a training";
        return Err(Error::Usage(sentence.to_owned()));
    }
    let mut codes = Vec::new();
    for (index, subject) in given.subjects.iter().enumerate() {
        codes.push(match given.files.iter().find(|(_, network)| network.is_of(index)) {
            Some((opened, _)) => opened.loading_code(subject, framework).map_err(Error::failed)?,
            None => subject.experiment().network_code(framework),
        });
    }
    Ok(codes.join("\n"))
}
