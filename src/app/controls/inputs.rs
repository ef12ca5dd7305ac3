use egui::{Button, Id, Key, Response, RichText, Ui};

use super::initializer::formula_ui;
use super::number_field::select_again;
use super::{heading_ui, row, wanted};
use crate::app::App;
use crate::app::given::refused_ui;
use crate::app::theme::colors;
use crate::dataset::Standard;
use crate::experiment::{Data, INPUT_DIMS, InputScale, Inputs, Split};

/// So many images are shown, if there are so many and nothing else is set.
const USUAL: usize = 10_000;

/// What can be chosen as data.
#[derive(Clone, Copy, PartialEq)]
enum Choice {
    Mnist(Split),
    Folder(Split),
    Gaussian,
}

impl App {
    pub(super) fn inputs_ui(&mut self, ui: &mut Ui) {
        heading_ui(ui, "Inputs");
        let inputs = &self.experiment.inputs;
        let chosen = match (self.folder.open, &inputs.data) {
            (Some(split), _) => Choice::Folder(split),
            (None, Data::Gaussian { .. }) => Choice::Gaussian,
            (None, Data::Mnist | Data::Folder(_)) => Choice::Mnist(inputs.split),
        };
        let mnist =
            "Handwritten digits, 28 × 28 pixels divided by 255, in their original order. They are inside the program.";
        let folder = "A folder with the four IDX files of an MNIST-like set, plain or .gz, for example Fashion-MNIST.";
        let gaussian =
            "Independent standard normal values, drawn from the seed, with labels of ten equally likely classes.";
        let choices = [
            (Choice::Mnist(Split::Test), "MNIST, test images", mnist),
            (Choice::Mnist(Split::Train), "MNIST, training images", mnist),
            (Choice::Folder(Split::Test), "A folder, test images", folder),
            (Choice::Folder(Split::Train), "A folder, training images", folder),
            (Choice::Gaussian, "Gaussian inputs", gaussian),
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
            Some(Choice::Gaussian) => {
                self.folder.open = None;
                let dim = self.experiment.inputs.dim();
                self.choose(Data::Gaussian { dim }, self.experiment.inputs.split);
            }
            None => {}
        }
        if let Some(split) = self.folder.open {
            self.folder_ui(ui, split);
        }
        let most = self.experiment.inputs.available();
        // So that what is moved most is in reach; a slider does not go while somebody moves it.
        let in_hand = Id::unique("images are in hand");
        let is_in_hand = ui.data(|data| data.get_temp(in_hand)).unwrap_or(false);
        if self.shown.panels.details || is_in_hand || self.experiment.inputs.images != most.min(USUAL) {
            let slider = row::whole_ui(
                ui,
                "Images",
                "How many images (or drawn inputs) the network is shown, counted from the first.",
                &(1..=most),
                true,
                &mut self.experiment.inputs.images,
            );
            let is_in_hand = slider.has_focus() || slider.is_pointer_button_down_on();
            ui.data_mut(|data| data.insert_temp(in_hand, is_in_hand));
        }
        if let Data::Gaussian { dim } = &mut self.experiment.inputs.data {
            let hover = "How many values an input has, each drawn from N(0, 1).";
            let why = self.given.now().map(|file| format!("{} takes as many.", file.label()));
            refused_ui(ui, why.as_deref(), |ui| {
                drop(row::whole_ui(ui, "Values per input", hover, &INPUT_DIMS, true, dim));
            });
            return;
        }
        if self.shown.panels.details || self.experiment.inputs.scale != InputScale::Unit {
            self.scale_ui(ui);
        }
        if self.shown.panels.details || self.experiment.inputs.transposed {
            let checkbox = ui.checkbox(&mut self.experiment.inputs.transposed, "Transposed images").on_hover_text(
                "Rows and columns are exchanged, as a network expects it that was trained column by column, in MATLAB for example.",
            );
            wanted::focus("Transposed images", &checkbox);
        }
    }

    /// What becomes of a pixel, with the numbers in it.
    fn scale_ui(&mut self, ui: &mut Ui) {
        let chosen = self.experiment.inputs.scale;
        let name = |scale| match scale {
            InputScale::Unit => "from 0 to 1",
            InputScale::Standardized => "standardized",
            InputScale::Centered => "from −0.5 to 0.5",
            InputScale::Bytes => "from 0 to 255",
        };
        let about = |scale| match scale {
            InputScale::Unit => "Pixel / 255, as in the article.",
            InputScale::Standardized => {
                "(pixel / 255 − mean) / std, with mean and std of all pixels of the training images, as in PyTorch's examples."
            }
            InputScale::Centered => "Pixel / 255 − 0.5.",
            InputScale::Bytes => "The pixel as it is stored, which makes large values.",
        };
        let choices = InputScale::ALL.map(|scale| (scale, name(scale), about(scale)));
        let picked = row::choice_ui(ui, "Pixels", about(chosen), (chosen, name(chosen)), &choices);
        self.experiment.inputs.scale = picked.unwrap_or(chosen);
        let measured = self.figure.as_ref().map(|figure| &figure.measurement);
        let standard = measured
            .filter(|measurement| measurement.experiment().inputs == self.experiment.inputs)
            .and_then(|measurement| measurement.standard);
        if self.experiment.inputs.scale == InputScale::Standardized {
            let (mean, std) = standard.map_or_else(
                || ("mean".to_owned(), "std".to_owned()),
                |Standard { mean, std }| (mean.to_string(), std.to_string()),
            );
            let formula = format!("x = (pixel / 255 − {mean}) / {std}");
            formula_ui(ui, &formula, "Mean and standard deviation of all pixels of the training images.");
        }
    }

    fn choose(&mut self, data: Data, split: Split) {
        let present = &self.experiment.inputs;
        let scale = if data.has_pixels() { present.scale } else { InputScale::Unit };
        let transposed = data.has_pixels() && present.transposed;
        let inputs = Inputs { data, split, images: present.images, scale, transposed };
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
        match self.folder.dialog.chosen() {
            Some(Ok(folder)) => {
                self.folder.text = folder.to_string_lossy().into_owned();
                self.choose_folder();
            }
            Some(Err(sentence)) => self.notice = Some(sentence),
            None => {}
        }
        let label = ui.label(RichText::new("Folder").color(quiet)).on_hover_text("Where the four IDX files are.");
        let field = row::field_ui(ui, &mut self.folder.text, "/path/to/folder");
        let field = field.labelled_by(label.id).on_hover_text(
            "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, plain or .gz. \
             Press Enter to use the folder.",
        );
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let typed = self.folder.typed();
        let inputs = &self.experiment.inputs;
        let is_shown = typed.as_ref() == Some(&inputs.data) && inputs.split == split;
        ui.horizontal(|ui| {
            let usable = ui.add_enabled(typed.is_some() && !is_shown, Button::new("Use"));
            let usable = usable.on_hover_text("Show the network the images of this folder.");
            let why_not =
                if typed.is_none() { "Type a path first." } else { "The images of this folder are already shown." };
            if usable.on_disabled_hover_text(why_not).clicked() || entered {
                self.choose_folder();
                (self.folder.asked, self.folder.failed) = (typed.is_some() && !is_shown, false);
                if self.folder.asked {
                    // Until it is known whether it is of use, what is typed is for the field.
                    field.request_focus();
                }
            }
            let browse = ui.add_enabled(!self.folder.dialog.is_open(), Button::new("Browse …"));
            let browse = browse.on_hover_text("Open the system's dialog. If none appears, type the path above.");
            if browse.on_disabled_hover_text("The system's dialog is already open.").clicked()
                && let Err(sentence) = self.folder.browse(ui)
            {
                self.notice = Some(sentence);
            }
        });
        self.answer_folder(&field);
        if !is_shown {
            ui.label(
                RichText::new("Not in use yet: the headline names the images that are shown.").small().color(quiet),
            );
        }
    }
    /// What was asked for is there, and the field is done; or it is not, and is to be mended.
    fn answer_folder(&mut self, field: &Response) {
        if !self.folder.asked {
            return;
        }
        let is_there = self.measured().is_some_and(|known| known.experiment().inputs == self.experiment.inputs);
        if std::mem::take(&mut self.folder.failed) {
            self.folder.asked = false;
            select_again(field, &self.folder.text);
        } else if is_there && self.folder.typed().as_ref() == Some(&self.experiment.inputs.data) {
            self.folder.asked = false;
            field.surrender_focus();
        }
    }
}
