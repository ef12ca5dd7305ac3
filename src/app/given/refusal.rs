use super::super::App;
use crate::app::commands::Action;

/// Keys of what a file decides.
const DRAWN: [&str; 11] =
    ["layers", "width", "widths", "linear_first", "init", "sigma", "gain", "bias", "bias_std", "draws", "generator"];

impl App {
    /// Why an action has no use while the weights are a file's, in a sentence.
    pub(in crate::app) fn refusal(&self, action: Action) -> Option<String> {
        let file = self.given.now()?;
        let is_of_pixels = self.experiment.inputs.data.has_pixels();
        let why = match action {
            Action::Nudge(_) | Action::Initialize(_) => "no initializer draws them",
            Action::Copy(_) | Action::CopyNetwork(_) => "there is no line of code that draws them",
            Action::Reseed if is_of_pixels => "no seed draws them",
            Action::Seeds if !self.shown.seeds => "no other seed draws them",
            Action::Play(_) => "they do not move",
            Action::Setting(setting) if setting.keys.iter().any(|key| DRAWN.contains(key)) => "the file decides it",
            Action::Setting(setting) if is_of_pixels && setting.keys.contains(&"seed") => "no seed draws them",
            Action::Setting(setting) if file.names_activation() && setting.keys.contains(&"activation") => {
                "it names the activation, too"
            }
            Action::Activate(activation) if file.names_activation() => {
                let label = file.label();
                let named = self.experiment.activation;
                return (activation != named)
                    .then(|| format!("the file names its activation, which stays as it is there: {label}"));
            }
            _ => return None,
        };
        Some(format!("the weights are those of {}: {why}", file.label()))
    }
}
