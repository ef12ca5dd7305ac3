use super::super::App;
use super::FileNetwork;
use crate::experiment::Settings;
use crate::figure::SceneNetwork;
use crate::subject::Subject;

impl App {
    /// The files whose weights subjects have, as scenes and sessions name them.
    pub(in crate::app) fn networks_of(&self, subjects: &[Subject]) -> Vec<SceneNetwork> {
        let mut networks: Vec<SceneNetwork> = Vec::new();
        for (index, subject) in subjects.iter().enumerate() {
            let Some(file) = self.given.file_of(subject) else { continue };
            let own = named(file);
            match networks.iter_mut().find(|known| SceneNetwork { experiments: Vec::new(), ..(*known).clone() } == own)
            {
                Some(known) => known.experiments.push(index + 1),
                None => networks.push(SceneNetwork { experiments: vec![index + 1], ..own }),
            }
        }
        if let [one] = &mut networks[..]
            && one.experiments.len() == subjects.len()
        {
            one.experiments.clear();
        }
        networks
    }

    /// A subject's settings as a session keeps them: what a file decides stands there.
    pub(in crate::app) fn settings_of(&self, subject: &Subject) -> Settings {
        let settings = Settings::from(subject.experiment());
        if self.given.file_of(subject).is_some() { settings.beside_network() } else { settings }
    }

    /// Whether the activation of the present file is only guessed.
    pub fn is_activation_guessed(&self) -> bool {
        self.given.now().is_some_and(|file| file.is_guess)
    }
}

/// A file as a scene names it.
fn named(file: &FileNetwork) -> SceneNetwork {
    let opened = file.network.opened();
    let drawn = opened.anew;
    SceneNetwork {
        file: std::path::absolute(&opened.path).unwrap_or_else(|_| opened.path.clone()),
        digest: Some(opened.file.digest.clone()),
        drawn: drawn.map(|(initializer, _)| initializer.to_string()),
        seed: drawn.map(|(_, seed)| seed),
        transposed_kernels: opened.transposed_kernels,
        activation_guessed: file.is_guess,
        experiments: Vec::new(),
    }
}
