use egui::{Button, Key, RichText, TextEdit, Ui};

use super::{heading_ui, row};
use crate::app::App;
use crate::app::theme::colors;
use crate::experiment::{Data, Inputs, Split};

/// What can be chosen as data.
#[derive(Clone, Copy, PartialEq)]
enum Choice {
    Mnist(Split),
    Folder(Split),
}

impl App {
    pub(super) fn inputs_ui(&mut self, ui: &mut Ui) {
        heading_ui(ui, "Inputs");
        let chosen = self.folder.open.map_or(Choice::Mnist(self.experiment.inputs.split), Choice::Folder);
        let mnist =
            "Handwritten digits, 28 × 28 pixels divided by 255, in their original order. They are inside the program.";
        let folder = "A folder with the four IDX files of an MNIST-like set, plain or .gz, for example Fashion-MNIST.";
        let choices = [
            (Choice::Mnist(Split::Test), "MNIST, test images", mnist),
            (Choice::Mnist(Split::Train), "MNIST, training images", mnist),
            (Choice::Folder(Split::Test), "A folder, test images", folder),
            (Choice::Folder(Split::Train), "A folder, training images", folder),
        ];
        let name = choices.iter().find(|(choice, ..)| *choice == chosen).map_or("", |(_, name, _)| *name);
        match row::choice_ui(ui, "Data", "What the network is shown.", (chosen, name), &choices) {
            Some(Choice::Mnist(split)) => {
                self.folder.open = None;
                self.choose(Data::Mnist, split);
            }
            Some(Choice::Folder(split)) => {
                self.folder.open = Some(split);
                self.choose_folder();
            }
            None => {}
        }
        if let Some(split) = self.folder.open {
            self.folder_ui(ui, split);
        }
        let most = self.experiment.inputs.available();
        row::whole_ui(
            ui,
            "Images",
            "How many images the network is shown, from the first.",
            &(1..=most),
            true,
            &mut self.experiment.inputs.images,
        );
    }

    fn choose(&mut self, data: Data, split: Split) {
        let inputs = Inputs { data, split, ..self.experiment.inputs.clone() };
        self.experiment.inputs = Inputs { images: inputs.images.min(inputs.available()), ..inputs };
    }

    /// Takes the folder in the field, if there is one.
    fn choose_folder(&mut self) {
        if let (Some(data), Some(split)) = (self.folder.typed(), self.folder.open) {
            self.choose(data, split);
        }
    }

    fn folder_ui(&mut self, ui: &mut Ui, split: Split) {
        let quiet = colors(ui.visuals()).quiet;
        if let Some(folder) = self.folder.chosen() {
            self.folder.text = folder.to_string_lossy().into_owned();
            self.choose_folder();
        }
        let label = ui.label(RichText::new("Folder").color(quiet)).on_hover_text("Where the four IDX files are.");
        let field =
            TextEdit::singleline(&mut self.folder.text).hint_text("/path/to/folder").desired_width(f32::INFINITY);
        let field = ui.add(field).labelled_by(label.id).on_hover_text(
            "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, plain or .gz. \
             Press Enter to use the folder.",
        );
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let typed = self.folder.typed();
        let inputs = &self.experiment.inputs;
        let is_shown = typed.as_ref() == Some(&inputs.data) && inputs.split == split;
        ui.horizontal(|ui| {
            let usable = ui.add_enabled(typed.is_some() && !is_shown, Button::new("Use"));
            let usable = usable.on_hover_text("Shows the network the images of this folder.");
            let why_not = if typed.is_none() { "Type a path first." } else { "The images of this folder are shown." };
            if usable.on_disabled_hover_text(why_not).clicked() || entered {
                self.choose_folder();
            }
            let browse = ui.add_enabled(!self.folder.is_browsing(), Button::new("Browse …"));
            let browse = browse.on_hover_text("Opens the system's dialog. If none appears, type the path above.");
            if browse.on_disabled_hover_text("The system's dialog is open.").clicked()
                && let Err(sentence) = self.folder.browse(ui)
            {
                self.notice = Some(sentence);
            }
        });
        if !is_shown {
            ui.label(RichText::new("Not used yet: the images are those of the headline.").small().color(quiet));
        }
    }
}
