use egui::{Context, Id, Ui};

use super::Export;
use super::content::training_to;
use crate::app::commands::Action;
use crate::app::confirmation::confirm;
use crate::app::controls::row::steady_button;
use crate::app::views::view;
use crate::app::{App, briefly, theme};
use crate::figure::{Scene, SheetSettings, Shown, ViewName};
use crate::page::FileKind;

impl App {
    /// A button that copies the command line that makes the same file.
    pub(super) fn copy_command_ui(&mut self, ui: &mut Ui) {
        let label = if briefly::is_said(ui, copied()) { "Copied" } else { "Copy command" };
        let button = steady_button(ui, label, &["Copied", "Copy command"], theme::regular(13.0));
        let hover = "Copy the command line that makes this very file without a window, to be pasted into a shell.";
        let key = Action::CopyCommand.key(ui).unwrap_or_default();
        let button = ui.add(button);
        if button.on_hover_text(format!("{hover} Key: {key}")).clicked() {
            self.act(ui, Action::CopyCommand);
        }
    }

    /// Copies the command line that makes the file of what stands in the centre, or of what the dialog shows, while it is open.
    pub(in crate::app) fn copy_command(&mut self, ctx: &Context) {
        if !self.export.open {
            self.export.view = self.shown.view;
        }
        if let Err(sentence) = self.copied_command(ctx) {
            self.refuse_figure(sentence);
        }
    }

    fn copied_command(&self, ctx: &Context) -> Result<(), String> {
        ctx.copy_text(self.export_command()?);
        briefly::begin(ctx, copied());
        confirm(ctx, "Copied the command");
        Ok(())
    }

    /// The command line that makes the file that is set.
    fn export_command(&self) -> Result<String, String> {
        let Export { kind, view: what, values, .. } = &self.export;
        let name = format!("initscope.{}", kind.ending());
        let out = self.export.typed().map_or(name, |path| path.to_string_lossy().into_owned());
        let out = ("--out", out);
        if let Some(layer) = values.filter(|_| self.export.has_values()) {
            let training = training_to(&[self.subject()]);
            let film = self.scene_of_film(SheetSettings::default());
            let scene = Scene { shown: None, figure: None, training, ..film };
            let quantity = flag_word(&self.shown.layers.quantity);
            let more = [("--layer", (layer + 1).to_string()), ("--quantity", quantity), out];
            let more: Vec<_> = self.activation_flag().into_iter().chain(more).collect();
            return Ok(scene.command("export", &more));
        }
        let settings = self.export_settings();
        settings.sheet().map_err(|error| error.to_string())?;
        if let FileKind::Film(_) = kind {
            let sweep = &self.export.sweep;
            let mut more = vec![
                ("--sweep", flag_word(&sweep.setting)),
                ("--from", sweep.from.to_string()),
                ("--to", sweep.to.to_string()),
                ("--frames", sweep.frames.to_string()),
                ("--fps", self.export.fps.to_string()),
            ];
            // A folder has no ending, but for this.
            let is_folder = kind.ending().is_empty() && !out.1.ends_with('/');
            more.push((out.0, if is_folder { out.1 + "/" } else { out.1 }));
            return Ok(self.scene_of_film(settings).command("animate", &more));
        }
        let content = view(*what).content(self)?;
        let mut more = vec![out];
        if kind.check(more[0].1.as_ref()).is_err() {
            more.push(("--format", kind.ending().to_owned()));
        }
        let more: Vec<_> = self.activation_flag().into_iter().chain(more).collect();
        Ok(self.scene_of(&*content, &settings).command("render", &more))
    }

    /// What is set and nothing else, looked at as the layers are.
    fn scene_of_film(&self, settings: SheetSettings) -> Scene {
        let shown = Shown { view: ViewName::Layers, ..self.shown };
        let experiments = vec![self.experiment.clone()];
        let networks = self.networks_of(&[self.untrained()]);
        Scene { shown: Some(shown), figure: Some(settings), networks, ..Scene::of(experiments) }
    }

    /// The flag that a network needs whose file names no activation.
    fn activation_flag(&self) -> Option<(&'static str, String)> {
        let file = self.given.now().filter(|file| !file.names_activation() && !self.comparison.is_on());
        file.map(|_| ("--activation", self.experiment.activation.to_string()))
    }
}

/// A word as flags have it.
fn flag_word(word: &impl clap::ValueEnum) -> String {
    word.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

/// That the command is on the clipboard.
fn copied() -> Id {
    Id::unique("command copied")
}
