use egui::{Checkbox, ComboBox, Grid, RichText, Ui};

use super::Export;
use crate::app::controls::number_field::NumberField;
use crate::app::controls::row::field_ui;
use crate::app::lists::{entry_ui, keep_place};
use crate::app::theme::{self, colors};
use crate::figure::{Palette, Theme, ViewName};
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

const THEMES: [(Theme, &str); 4] =
    [(Theme::Light, "Light"), (Theme::Dark, "Dark"), (Theme::Print, "Print"), (Theme::HighContrast, "High contrast")];

const PALETTES: [(Palette, &str); 3] =
    [(Palette::OkabeIto, "Okabe-Ito"), (Palette::Viridis, "Viridis"), (Palette::Grey, "Greys")];

impl Export {
    /// All that can be chosen of the figure.
    pub(super) fn options_ui(&mut self, ui: &mut Ui) {
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
            self.size_ui(ui);
            let mut theme = self.settings.theme.unwrap_or_default();
            choice_ui(ui, "Colours", "For a light or a dark deck, for paper, or with the most contrast.", &THEMES, &mut theme);
            self.settings.theme = Some(theme);
            let mut palette = self.settings.palette.unwrap_or_default();
            choice_ui(ui, "Layers", "The colours of the layers.", &PALETTES, &mut palette);
            self.settings.palette = Some(palette);
            name_ui(ui, "Text size", "In px; automatic follows from the figure's size.");
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
            name_ui(ui, "Font", "A .ttf or .otf file of your own; without one, Inter.");
            let field = field_ui(ui, &mut self.font, "Inter");
            field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Font file"));
            ui.end_row();
            if let FileKind::Film(_) = self.kind {
                self.film_options_ui(ui);
            }
            if self.kind.has_pixels() {
                name_ui(ui, "Pixels", "For each px of the size: 1280 × 720 px at 2 make 2560 × 1440 pixels.");
                let name = "Pixels per px";
                let (range, written, around) = (0.25..=8.0, number::plain, ("× ", ""));
                number_ui(ui, NumberField { name, range, whole: false, speed: 0.02, written, around }, &mut self.zoom);
                ui.end_row();
            }
            if self.kind == FileKind::Page(PageFormat::Svg) {
                let texts =
                    [(Texts::Outlined, "as outlines"), (Texts::Text, "as text"), (Texts::Paths, "as plain paths")];
                let hover = "Outlines look the same in every program; text can be edited and searched, and brings its \
                     font. Plain paths make larger files, for programs that do not show the words of outlines.";
                choice_ui(ui, "Words", hover, &texts, &mut self.texts);
            }
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
        });
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

pub(super) fn name_ui(ui: &mut Ui, name: &str, hover: &str) {
    let quiet = colors(ui.visuals()).quiet;
    ui.label(RichText::new(name).font(theme::regular(13.0)).color(quiet)).on_hover_text(hover);
}

/// A number under its name.
pub(super) fn number_ui(ui: &mut Ui, field: NumberField<'_>, value: &mut f64) {
    let name = field.name.to_owned();
    let response = field.ui(ui, value);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, &name));
}

/// One of several, in a row of its own.
fn choice_ui<T: Copy + PartialEq>(ui: &mut Ui, name: &str, hover: &str, all: &[(T, &str)], chosen: &mut T) {
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
