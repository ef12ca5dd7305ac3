use egui::{Checkbox, ComboBox, Grid, Ui};

use super::Export;
use super::name_ui::name_ui;
use crate::app::controls::number_field::NumberField;
use crate::app::controls::row::field_ui;
use crate::app::lists::{entry_ui, keep_place};
use crate::figure::{Theme, ViewName};
use crate::number;
use crate::page::{FileKind, PageFormat, Texts};
use crate::views::class;

/// Sizes that have a name: as files have it, and as people do.
const SIZES: [(&str, &str); 4] = [
    ("16:9", "Slide 16:9, 1280 × 720"),
    ("4:3", "Slide 4:3, 960 × 720"),
    ("half", "Half a slide, 600 × 560"),
    ("column", "Column, 85 mm"),
];

pub(super) const THEMES: [(Theme, &str); 4] =
    [(Theme::Light, "Light"), (Theme::Dark, "Dark"), (Theme::Print, "Print"), (Theme::HighContrast, "High contrast")];

/// As wide as the lists.
const FIELD: f32 = 190.0;

impl Export {
    /// All that can be chosen of the figure.
    ///
    /// # Errors
    /// A sentence, if the system opens no dialog.
    pub(super) fn options_ui(&mut self, ui: &mut Ui, (layers, norms): (usize, bool)) -> Result<(), String> {
        let mut refused = None;
        Grid::new("export options").num_columns(2).spacing([12.0, 7.0]).min_col_width(64.0).show(ui, |ui| {
            let views: Vec<_> = ViewName::all().iter().map(|&name| (name, class(name).label())).collect();
            choice_ui(ui, "View", "The view that the figure shows.", &views, &mut self.view);
            let mut kind = self.kind;
            let kinds = FileKind::ALL.map(|kind| (kind, kind.name()));
            let hover = "SVG and PDF are lines and areas, sharp at any size; PNG is pixels; CSV and JSON are the numbers that are \
                         drawn.";
            choice_ui(ui, "File", hover, &kinds, &mut kind);
            if kind != self.kind {
                self.set_kind(kind);
            }
            if self.has_values() {
                self.values_ui(ui, layers);
            }
            self.size_ui(ui);
            let mut theme = self.settings.theme.unwrap_or_default();
            choice_ui(ui, "Colours", "For a light or a dark deck, for paper, or with the most contrast.", &THEMES, &mut theme);
            self.settings.theme = Some(theme);
            self.colors_ui(ui);
            name_ui(ui, "Text size", "In px; automatic is the same on all slides, and follows from any other size.");
            ui.horizontal(|ui| {
                let mut automatic = self.settings.font_size.is_none();
                ui.checkbox(&mut automatic, "automatic");
                self.settings.font_size = match self.settings.font_size {
                    _ if automatic => None,
                    None => Some(16.0),
                    Some(mut size) => {
                        let (name, range, written, around) = ("Text size", 4.0..=200.0, number::plain, ("", " px"));
                        number_ui(ui, NumberField { name, range, whole: false, speed: 0.2, written, around }, &mut size);
                        Some(size)
                    }
                };
            });
            ui.end_row();
            let about = "An installed font, or a .ttf or .otf file of your own; without one, Inter.";
            refused = self.font.ui(ui, ("Font", about, "Inter")).err().or(refused.take());
            let about = "The face of the title and of the layers' names; by default the bold one of the font, if it has one.";
            refused = self.font_bold.ui(ui, ("Bold face", about, "As the font has it")).err().or(refused.take());
            if let FileKind::Film(_) = self.kind {
                self.film_options_ui(ui);
            }
            if self.kind.has_pixels() {
                name_ui(ui, "Pixels", "For each px of the size: 1280 × 720 px at 2 make 2560 × 1440 pixels.");
                pixels_ui(ui, &mut self.zoom);
                ui.end_row();
            }
            if self.kind == FileKind::Page(PageFormat::Svg) {
                let texts =
                    [(Texts::Outlined, "as outlines"), (Texts::Text, "as text"), (Texts::Paths, "as plain paths")];
                let hover = "Outlines look the same in every program; text can be edited and searched, and brings its \
                     font. Plain paths make larger files, for programs that do not show the words of outlines.";
                choice_ui(ui, "Words", hover, &texts, &mut self.texts);
            }
            let about = "A title of your own, in place of the network, its activation and weights.";
            own_text_ui(ui, ("Own title", about), &mut self.settings.title_text);
            let about = "A caption of your own, in place of the line that says what was measured.";
            own_text_ui(ui, ("Own caption", about), &mut self.settings.caption_text);
        });
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            let settings = &mut self.settings;
            let parts = [
                ("Title", "The network, its activation and weights.", &mut settings.title, true),
                ("Numbers", "Mean, std and unit states under every layer.", &mut settings.numbers, true),
                ("Means", "The marks of the means.", &mut settings.marks, true),
                ("Legend", "What widths and colours mean.", &mut settings.legend, true),
                ("Caption", "The line that says what was measured.", &mut settings.caption, true),
                ("Transparent", "Leave out the background.", &mut settings.transparent, false),
            ];
            for (name, hover, part, default) in parts {
                let mut is = part.unwrap_or(default);
                ui.add(Checkbox::new(&mut is, name)).on_hover_text(hover);
                *part = Some(is);
            }
            if self.view == ViewName::Layers {
                // As in the window, unless somebody says otherwise.
                let mut is = self.settings.norms.unwrap_or(norms);
                let hover = "The norm of the gradient and the std of the outputs of every layer, in charts below them.";
                ui.add(Checkbox::new(&mut is, "Norms")).on_hover_text(hover);
                self.settings.norms = Some(is).filter(|is| *is != norms);
            }
        });
        refused.map_or(Ok(()), Err)
    }

    /// What a table has: what is drawn, or all values of a layer.
    fn values_ui(&mut self, ui: &mut Ui, layers: usize) {
        let name = |layer: usize| format!("All values of layer {}", layer + 1);
        let names: Vec<_> = (0..layers).map(name).collect();
        let mut all = vec![(None, "As drawn")];
        all.extend(names.iter().enumerate().map(|(layer, name)| (Some(layer), name.as_str())));
        let hover =
            "The numbers that are drawn, or every value of one layer: a line for every image, a column for every unit.";
        self.values = self.values.filter(|layer| *layer < layers);
        choice_ui(ui, "Numbers", hover, &all, &mut self.values);
    }

    fn size_ui(&mut self, ui: &mut Ui) {
        name_ui(ui, "Size", "In px, 96 to the inch, or as 160x90mm.");
        let current = self.settings.size.clone().unwrap_or_default();
        let named = SIZES.iter().find(|(size, _)| *size == current);
        let shown = named.map_or("Other", |(_, name)| name);
        let list = ComboBox::from_id_salt("export size").width(190.0).selected_text(shown);
        let response = list.show_ui(ui, |ui| {
            for (size, name) in SIZES {
                if entry_ui(ui, current == size, name).clicked() {
                    self.settings.size = Some(size.to_owned());
                    ui.close();
                }
            }
            if entry_ui(ui, named.is_none(), "Other").clicked() {
                if self.size.trim().is_empty() {
                    self.size = "1600x900".to_owned();
                }
                self.settings.size = Some(self.size.clone());
                ui.close();
            }
        });
        keep_place(&response.response);
        response.response.accessible_name("Size");
        ui.end_row();
        if named.is_none() {
            ui.label("");
            let field = field_ui(ui, &mut self.size, "1600x900 or 160x90mm");
            field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Width x height"));
            if field.changed() {
                self.settings.size = Some(self.size.clone());
            }
            ui.end_row();
        }
    }
}

/// A line of the user's own.
fn own_text_ui(ui: &mut Ui, (name, about): (&str, &str), chosen: &mut Option<String>) {
    name_ui(ui, name, about);
    let mut text = chosen.clone().unwrap_or_default();
    let field = ui.scope(|ui| {
        ui.set_max_width(FIELD);
        field_ui(ui, &mut text, "as measured")
    });
    let field = field.inner;
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    if field.changed() {
        *chosen = Some(text).filter(|text| !text.trim().is_empty());
    }
    field.on_hover_text(about);
    ui.end_row();
}

/// A number under its name.
pub(super) fn number_ui(ui: &mut Ui, field: NumberField<'_>, value: &mut f64) {
    let name = field.name.to_owned();
    let response = field.ui(ui, value);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, &name));
}

/// Pixels for every px.
pub(super) fn pixels_ui(ui: &mut Ui, zoom: &mut f64) {
    let (name, range, written, around) = ("Pixels per px", 0.25..=8.0, number::plain, ("× ", ""));
    number_ui(ui, NumberField { name, range, whole: false, speed: 0.02, written, around }, zoom);
}

/// One of several, in a row of its own.
pub(super) fn choice_ui<T: Copy + PartialEq>(ui: &mut Ui, name: &str, hover: &str, all: &[(T, &str)], chosen: &mut T) {
    name_ui(ui, name, hover);
    let text = all.iter().find(|(one, _)| one == chosen).map_or("", |(_, name)| name);
    let list = ComboBox::from_id_salt(("export", name)).width(190.0).selected_text(text);
    let shown = list.show_ui(ui, |ui| {
        for (one, label) in all {
            if entry_ui(ui, one == chosen, label).clicked() {
                *chosen = *one;
                ui.close();
            }
        }
    });
    keep_place(&shown.response);
    shown.response.accessible_name(name).on_hover_text(hover);
    ui.end_row();
}
