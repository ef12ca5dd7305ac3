use egui::{Button, Id, Key, Response, RichText, Ui};

use super::hover_beside::HoverBeside as _;
use super::initializer::formula_ui;
use super::select_again::select_again;
use super::{heading_ui, row, wanted};
use crate::app::App;
use crate::app::data_reading::USUAL_IMAGES;
use crate::app::given::refused_ui;
use crate::app::theme::colors;
use crate::data_file::SetWish;
use crate::dataset::Standard;
use crate::experiment::{Data, INPUT_DIMS, InputScale, Inputs, Split, folder_name};
use crate::image_set::{ImageSet, SetPart, SetValues};
use crate::number;

/// What can be chosen as data.
#[derive(Clone, Copy, PartialEq)]
enum Choice {
    Mnist(Split),
    Own,
    Recent(usize),
    Gaussian,
}

impl App {
    pub(super) fn inputs_ui(&mut self, ui: &mut Ui) {
        heading_ui(ui, "Inputs");
        self.data_ui(ui);
        if self.folder.is_open {
            self.own_data_ui(ui);
        }
        self.set_ui(ui);
        let most = self.experiment.inputs.available();
        // So that what is moved most is in reach; a slider does not go while somebody moves it.
        let in_hand = Id::unique("images are in hand");
        let is_in_hand = ui.data(|data| data.get_temp(in_hand)).unwrap_or(false);
        if self.shown.panels.details || is_in_hand || self.experiment.inputs.images != most.min(USUAL_IMAGES) {
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
            let checkbox = ui.checkbox(&mut self.experiment.inputs.transposed, "Transposed images").hover_beside(ui, "Rows and columns are exchanged, as a network expects it that was trained column by column, in MATLAB for example.",
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
            InputScale::Bytes => "as they are",
        };
        let of_set = match &self.experiment.inputs.data {
            Data::Set(set) => Some((set.unit(), matches!(set.values(), SetValues::Bytes(_)))),
            _ => None,
        };
        let is_table = matches!(&self.experiment.inputs.data, Data::Set(set) if set.column_scales().is_some());
        let is_bytes = of_set.is_none_or(|(_, is_bytes)| is_bytes);
        let about = |scale| match scale {
            InputScale::Unit if is_table => {
                "Each value less the least one of its column, over the column's range, both of the training images."
            }
            InputScale::Standardized if is_table => {
                "(value − mean) / std, with mean and std of its column, both of the training images."
            }
            InputScale::Unit if !is_bytes => {
                "Each value less the least one, over the range, both of the training images."
            }
            InputScale::Unit => "Pixel / 255, as in the article.",
            InputScale::Standardized if !is_bytes => {
                "(value − mean) / std, with mean and std of all values of the training images."
            }
            InputScale::Standardized => {
                "(pixel / 255 − mean) / std, with mean and std of all pixels of the training images, as in PyTorch's examples."
            }
            InputScale::Centered if !is_bytes => "As from 0 to 1, and then less 0.5.",
            InputScale::Centered => "Pixel / 255 − 0.5.",
            InputScale::Bytes if !is_bytes => "The numbers that stand in the files.",
            InputScale::Bytes => "The pixel as it is stored, from 0 to 255, which makes large values.",
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
                |Standard { mean, std }| {
                    // As many digits as anybody types.
                    let seven = |number: f64| ((number * 1e7).round() / 1e7).to_string();
                    let said = |number: f64| if is_bytes { seven(number) } else { number::significant(number) };
                    (said(mean), said(std))
                },
            );
            let value = if is_bytes { "pixel / 255" } else { "value" };
            let formula = format!("x = ({value} − {mean}) / {std}");
            let hover = if is_table {
                "Mean and standard deviation of the value's column, over the training images."
            } else {
                "Mean and standard deviation of all pixels of the training images."
            };
            formula_ui(ui, &formula, hover);
        }
        if is_table && self.experiment.inputs.scale == InputScale::Unit {
            formula_ui(ui, "x = (value − least) / range", "Both of the value's column, over the training images.");
        } else if let (InputScale::Unit, Some(((least, range), false))) = (self.experiment.inputs.scale, of_set) {
            let [least, range] = [least, range].map(|number| number::significant(f64::from(number)));
            formula_ui(
                ui,
                &format!("x = (value − {least}) / {range}"),
                "The least value and the range of the training images.",
            );
        }
    }

    fn data_ui(&mut self, ui: &mut Ui) {
        let inputs = &self.experiment.inputs;
        let chosen = match (self.folder.is_open, &inputs.data) {
            (true, _) => Choice::Own,
            (false, Data::Gaussian { .. }) => Choice::Gaussian,
            (false, _) => Choice::Mnist(inputs.split),
        };
        let mnist =
            "Handwritten digits, 28 × 28 pixels divided by 255, in their original order. They are inside the program.";
        let own = "Images of your own: IDX files such as EMNIST or Fashion-MNIST, NumPy’s .npz, a table as .csv, or a folder with a \
                   folder of PNG or JPEG pictures for each class.";
        let gaussian =
            "Independent standard normal values, drawn from the seed, with labels of ten equally likely classes.";
        let recent: Vec<_> = self.data_reading.recent.iter().map(|path| folder_name(path, 2)).collect();
        let mut choices = vec![
            (Choice::Mnist(Split::Test), "MNIST, test images", mnist),
            (Choice::Mnist(Split::Train), "MNIST, training images", mnist),
            (Choice::Gaussian, "Gaussian inputs", gaussian),
            (Choice::Own, "Your own data", own),
        ];
        choices.extend(recent.iter().enumerate().map(|(at, name)| {
            (Choice::Recent(at), name.as_str(), "Data of your own that were shown before; they are read again.")
        }));
        let name = choices.iter().find(|(choice, ..)| *choice == chosen).map_or("", |(_, name, _)| *name);
        match row::choice_ui(ui, "Data", "What the network is shown.", (chosen, name), &choices) {
            Some(Choice::Mnist(split)) => {
                self.folder.is_open = false;
                self.choose(Data::Mnist, split);
            }
            Some(Choice::Own) => {
                self.folder.is_open = true;
                if let Some(path) = self.folder.typed() {
                    self.choose_path(path);
                }
            }
            Some(Choice::Recent(at)) => {
                if let Some(path) = self.data_reading.recent.get(at).cloned() {
                    self.choose_path(path);
                }
            }
            Some(Choice::Gaussian) => {
                self.folder.is_open = false;
                let dim = self.experiment.inputs.dim();
                self.choose(Data::Gaussian { dim }, Split::Test);
            }
            None => {}
        }
    }

    fn choose(&mut self, data: Data, split: Split) {
        let present = &self.experiment.inputs;
        let scale = if data.has_pixels() { present.scale } else { InputScale::Unit };
        // What is usual, where there were as many as a set of the user's own has.
        let images = if matches!(present.data, Data::Set(_)) { USUAL_IMAGES } else { present.images };
        let transposed = data.has_pixels() && present.transposed;
        let inputs = Inputs { data, split, images, scale, transposed, label_column: None };
        self.experiment.inputs = Inputs { images: inputs.images.min(inputs.available()), ..inputs };
    }

    /// Which images of a set of the user's own are shown, and what it is.
    fn set_ui(&mut self, ui: &mut Ui) {
        let Data::Set(set) = &self.experiment.inputs.data else { return };
        let set = std::sync::Arc::clone(set);
        let chosen = self.experiment.inputs.split;
        let about = |split| match (split, set.is_divided()) {
            (Split::Whole, _) => "All images there are, in their order.",
            (Split::Test, true) => "The images that the files call test images.",
            (Split::Train, true) => "The images that the files call training images.",
            (Split::Test, false) => "Every fifth image: those that judge a network that is trained on the others.",
            (Split::Train, false) => "All images but every fifth: those that a network is trained on.",
        };
        let name = |split| match split {
            Split::Whole => "all images",
            Split::Test => "test images",
            Split::Train => "training images",
        };
        let offered = Split::ALL.into_iter().filter(|split| *split != Split::Whole || !set.is_divided());
        let choices: Vec<_> = offered.map(|split| (split, name(split), about(split))).collect();
        if let Some(split) = row::choice_ui(ui, "Shown", about(chosen), (chosen, name(chosen)), &choices) {
            let inputs = Inputs { split, images: USUAL_IMAGES, ..self.experiment.inputs.clone() };
            self.experiment.inputs = Inputs { images: inputs.images.min(inputs.available()), ..inputs };
        }
        let quiet = colors(ui.visuals()).quiet;
        let label = ui.add(egui::Label::new(RichText::new(about_set(&set)).small().color(quiet)).wrap());
        if !set.notes().is_empty() {
            label.hover_beside(ui, set.notes().join("\n"));
        }
    }

    fn own_data_ui(&mut self, ui: &mut Ui) {
        let quiet = colors(ui.visuals()).quiet;
        match self.folder.dialog.chosen() {
            Some(Ok(path)) => self.choose_path(path),
            Some(Err(sentence)) => self.notice = Some(sentence),
            None => {}
        }
        let hover = "An IDX, .npz or .csv file, a folder of IDX files, or one that holds a folder of pictures for each class. Press Enter \
                     to use it.";
        let label = ui.label(RichText::new("Path").color(quiet)).hover_beside(ui, hover);
        let field = row::field_ui(ui, &mut self.folder.text, "/path/to/data");
        let field = field.labelled_by(label.id).hover_beside(ui, hover);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if field.changed() {
            // That was said of another table.
            self.folder.label_column = None;
        }
        let typed = self.folder.typed();
        let is_shown = typed.is_some() && typed.as_deref() == self.experiment.inputs.data.path();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let label = if is_shown { "Reload" } else { "Use" };
            let usable = ui.add_enabled(typed.is_some(), Button::new(label));
            let hover = if is_shown {
                "Read these files once more, if they have changed."
            } else {
                "Show the network these images."
            };
            let usable = usable.hover_beside(ui, hover).on_disabled_hover_text("Type a path first.");
            if usable.clicked() || entered {
                self.folder.failed = false;
                self.folder.asked = typed.is_some();
                if let Some(path) = &typed {
                    match &self.experiment.inputs.data {
                        Data::Set(set) if is_shown => self.read_data_again(SetWish::of(set)),
                        _ => self.choose_table(path.clone(), self.folder.label_column.clone()),
                    }
                    // Until it is known whether it is of use, what is typed is for the field.
                    field.request_focus();
                }
            }
            for (label, of_folders, hover) in [
                ("File …", false, "Choose a file in the system's dialog. If none appears, type the path above."),
                ("Folder …", true, "Choose a folder in the system's dialog. If none appears, type the path above."),
            ] {
                let browse = ui.add_enabled(!self.folder.dialog.is_open(), Button::new(label)).hover_beside(ui, hover);
                if browse.on_disabled_hover_text("The system's dialog is already open.").clicked()
                    && let Err(sentence) = self.folder.browse(ui, of_folders)
                {
                    self.notice = Some(sentence);
                }
            }
        });
        self.labels_ui(ui, typed.as_deref());
        self.answer_folder(&field);
        if !is_shown {
            let text = if self.data_reading.is_under_way() {
                "Being read; until then the network is shown what it was."
            } else {
                "Not in use yet: the headline names the images that are shown."
            };
            ui.label(RichText::new(text).small().color(quiet));
        }
    }

    /// What was asked for is there, and the field is done; or it is not, and is to be mended.
    fn answer_folder(&mut self, field: &Response) {
        if !self.folder.asked {
            return;
        }
        if std::mem::take(&mut self.folder.failed) {
            self.folder.asked = false;
            select_again(field, &self.folder.text);
        } else if !self.data_reading.is_under_way()
            && self.folder.typed().as_deref() == self.experiment.inputs.data.path()
            && matches!(self.experiment.inputs.data, Data::Set(_))
        {
            self.folder.asked = false;
            field.surrender_focus();
        }
    }
}

/// `IDX: 70,000 images of 28 × 28, 10 classes (T-shirt/top, Trouser, Pullover, …)`
fn about_set(set: &ImageSet) -> String {
    let count = |count: usize| number::count(count as u64);
    let lengths: Vec<_> = set.shape().iter().map(|&length| count(length)).collect();
    let of = match &lengths[..] {
        [values] => format!("{values} values"),
        _ => lengths.join(" × "),
    };
    let images = if set.is_divided() {
        format!("{} training and {} test images", count(set.len(SetPart::Train)), count(set.len(SetPart::Test)))
    } else {
        format!("{} images", count(set.len(SetPart::Whole)))
    };
    let names: Vec<_> = set.classes().iter().take(3).map(String::as_str).collect();
    let more = if set.classes().len() > names.len() { ", …" } else { "" };
    let classes = match set.classes().len() {
        0 => "no labels".to_owned(),
        classes => format!("{classes} classes ({}{more})", names.join(", ")),
    };
    format!("{}: {images} of {of}, {classes}.", set.format())
}
