use egui::{Align2, Button, ComboBox, Margin, RichText, TextEdit, Ui, vec2};

use super::Export;
use super::name_ui::name_ui;
use super::picker_ui::picker_ui;
use crate::app::lists::{entry_ui, keep_place};
use crate::app::theme;
use crate::figure::palette::{Rgb, own};
use crate::figure::{Palette, Sheet, color, color_text};
use crate::layout::Look;

const PALETTES: [(Palette, &str); 3] =
    [(Palette::OkabeIto, "Okabe-Ito"), (Palette::Viridis, "Viridis"), (Palette::Grey, "Greys")];

/// What the list of palettes calls colours that are none of theirs.
const OWN: &str = "Own colours";
/// What own colours begin with: those of a palette for so many layers.
const FIRST: usize = 5;
/// Room for `#rrggbb`.
const HEX: f32 = 66.0;

impl Export {
    /// Colours of the user's own: of the ground, of the text, of the layers.
    pub(super) fn colors_ui(&mut self, ui: &mut Ui) {
        let look = self.look();
        let hover = "Ground and text in colours of your own, written as #rrggbb; empty for those of the theme.";
        name_ui(ui, "Ground, text", hover);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 3.0;
            color_ui(ui, "Ground colour", look.paper.rgb, &mut self.settings.background);
            ui.add_space(2.0);
            color_ui(ui, "Text colour", look.text.rgb, &mut self.settings.text_color);
        });
        ui.end_row();
        name_ui(ui, "Layers", "The colours of the layers.");
        let palette = self.settings.palette.unwrap_or_default();
        let named = PALETTES.iter().find(|(one, _)| *one == palette).map_or("", |(_, name)| name);
        let shown = if self.settings.layer_colors.is_some() { OWN } else { named };
        let list = ComboBox::from_id_salt(("export", "Layers")).width(190.0).selected_text(shown);
        let response = list.show_ui(ui, |ui| {
            for (one, name) in PALETTES {
                if entry_ui(ui, shown == name, name).clicked() {
                    self.settings.palette = Some(one);
                    self.settings.layer_colors = None;
                    ui.close();
                }
            }
            if entry_ui(ui, shown == OWN, OWN).clicked() {
                let first = (0..FIRST).map(|layer| color_text(look.layer(layer, FIRST).rgb));
                self.settings.layer_colors.get_or_insert(first.collect::<Vec<_>>().join(", "));
                ui.close();
            }
        });
        keep_place(&response.response);
        response.response.accessible_name("Layers");
        ui.end_row();
        if let Some(text) = &mut self.settings.layer_colors {
            ui.label("");
            ui.vertical(|ui| layers_ui(ui, text));
            ui.end_row();
        }
    }

    /// The look that the theme gives, and what goes over it as far as it can be read.
    pub(super) fn look(&self) -> Look {
        let sheet = self.settings.sheet().unwrap_or_else(|_| Sheet {
            theme: self.settings.theme.unwrap_or_default(),
            palette: self.settings.palette.unwrap_or_default(),
            ..Sheet::default()
        });
        Look::of(&sheet, (1280.0, 720.0))
    }
}

/// A colour that is typed or picked, or left to the theme.
fn color_ui(ui: &mut Ui, name: &str, usual: Rgb, chosen: &mut Option<String>) {
    let mut text = chosen.clone().unwrap_or_default();
    let font = theme::regular(11.5);
    let hint = RichText::new(color_text(usual)).font(font.clone());
    // As high as the colour beside it.
    let size = vec2(HEX, ui.spacing().interact_size.y);
    let field = TextEdit::singleline(&mut text).hint_text(hint).font(font).margin(Margin::symmetric(1, 2));
    let field = ui.add(field.desired_width(HEX).min_size(size).align(Align2::LEFT_CENTER));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    if field.changed() {
        *chosen = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    let mut rgb = chosen.as_deref().and_then(color).unwrap_or(usual);
    if picker_ui(ui, name, &mut rgb) {
        *chosen = Some(color_text(rgb));
    }
}

/// A list of colours, each of which can be picked.
fn layers_ui(ui: &mut Ui, text: &mut String) {
    let field = ui.add(TextEdit::singleline(text).hint_text("#0072b2, #d55e00").desired_width(190.0));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Layer colours"));
    let words = text.split([',', ';', ' ']).filter(|word| !word.is_empty());
    let colors: Option<Vec<Rgb>> = words.map(color).collect();
    // One that is being typed is none yet.
    let Some(mut colors) = colors.filter(|colors| !colors.is_empty()) else { return };
    let mut is_changed = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        for (layer, color) in colors.iter_mut().enumerate() {
            is_changed |= picker_ui(ui, &format!("Colour of layer {}", layer + 1), color);
        }
        let more = ui.add(Button::new("+").small()).on_hover_text("Add a colour.");
        more.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Add a colour"));
        if more.clicked() {
            colors.push(own(colors.len(), 2 * colors.len(), &colors));
            is_changed = true;
        }
        let fewer = ui.add_enabled(colors.len() > 1, Button::new("−").small()).on_hover_text("Remove the last colour.");
        fewer.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Remove the last colour"));
        if fewer.clicked() {
            colors.pop();
            is_changed = true;
        }
    });
    if is_changed {
        *text = colors.into_iter().map(color_text).collect::<Vec<_>>().join(", ");
    }
}
