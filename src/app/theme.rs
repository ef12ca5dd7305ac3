//! Colours, type and spacing of the window, in one place.

use std::sync::Arc;

use egui::{Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle, Theme, Visuals};
use serde::{Deserialize, Serialize};

use crate::figure::palette::{self, Background, Rgb};

/// Width of the controls, in points.
pub const CONTROLS_WIDTH: f32 = 240.0;
/// Space between the controls' edge and what stands in them.
pub const MARGIN: i8 = 16;

/// Height of a line of text beside an axis.
pub const TICK_LINE: f64 = 15.0;

/// How much is left of what cannot be used now: its words say why, and are still read.
const DISABLED: f32 = 0.7;

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// What the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl ThemeChoice {
    /// What egui calls it.
    pub fn preference(self) -> egui::ThemePreference {
        match self {
            Self::System => egui::ThemePreference::System,
            Self::Light => egui::ThemePreference::Light,
            Self::Dark => egui::ThemePreference::Dark,
        }
    }
}

/// The window's own colours; those of layers and units are the figure's.
#[derive(Clone, Copy)]
pub struct Colors {
    /// Behind the plot.
    pub paper: Color32,
    /// Behind controls and bars.
    pub panel: Color32,
    /// Lines between panels, and around buttons.
    pub line: Color32,
    /// Lines of the plot's grid.
    pub grid: Color32,
    /// What is read first.
    pub text: Color32,
    /// What is read second.
    pub quiet: Color32,
    /// What is chosen, and what can be dragged.
    pub accent: Color32,
    /// On the accent.
    pub on_accent: Color32,
    /// The rail of a slider.
    pub rail: Color32,
    /// What went wrong.
    pub alarm: Color32,
}

const LIGHT: Colors = Colors {
    paper: Color32::from_rgb(255, 255, 255),
    panel: Color32::from_rgb(245, 247, 249),
    line: Color32::from_rgb(217, 222, 229),
    grid: Color32::from_rgb(234, 237, 241),
    text: Color32::from_rgb(26, 30, 36),
    quiet: Color32::from_rgb(88, 97, 110),
    accent: Color32::from_rgb(0, 106, 168),
    on_accent: Color32::WHITE,
    rail: Color32::from_rgb(217, 222, 229),
    alarm: Color32::from_rgb(178, 40, 32),
};

const DARK: Colors = Colors {
    paper: Color32::from_rgb(22, 24, 29),
    panel: Color32::from_rgb(29, 32, 39),
    line: Color32::from_rgb(56, 61, 72),
    grid: Color32::from_rgb(42, 46, 54),
    text: Color32::from_rgb(234, 236, 240),
    quiet: Color32::from_rgb(158, 167, 181),
    accent: Color32::from_rgb(86, 166, 232),
    on_accent: Color32::from_rgb(12, 20, 30),
    rail: Color32::from_rgb(62, 68, 80),
    alarm: Color32::from_rgb(244, 122, 112),
};

/// The colours in force.
pub fn colors(visuals: &Visuals) -> &'static Colors {
    if visuals.dark_mode { &DARK } else { &LIGHT }
}

/// What figures stand on.
pub fn background(visuals: &Visuals) -> Background {
    if visuals.dark_mode { Background::Dark } else { Background::Light }
}

/// A figure's colour on the screen.
pub fn color([red, green, blue]: Rgb) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// The colour of a word about something of a figure's colour, wherever in the window it stands.
pub fn word(rgb: Rgb, visuals: &Visuals) -> Color32 {
    // Of the grounds it stands on, this one is nearer to it.
    let [red, green, blue, _] = colors(visuals).panel.to_array();
    color(palette::readable(rgb, [red, green, blue]))
}

/// The heavier face, for what is read first.
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("semibold".into()))
}

/// The ordinary face.
pub fn regular(size: f32) -> FontId {
    FontId::proportional(size)
}

/// Sets up type, colours and spacing of both themes.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    for (theme, colors) in [(Theme::Light, LIGHT), (Theme::Dark, DARK)] {
        ctx.style_mut_of(theme, |style| {
            style.visuals = visuals(theme, &colors);
            style.visuals.disabled_alpha = DISABLED;
            style.text_styles = [
                (TextStyle::Heading, semibold(14.0)),
                (TextStyle::Body, regular(13.0)),
                (TextStyle::Button, regular(13.0)),
                (TextStyle::Small, regular(11.5)),
                (TextStyle::Monospace, FontId::monospace(12.0)),
            ]
            .into();
            style.spacing.item_spacing = egui::vec2(8.0, 5.0);
            style.spacing.button_padding = egui::vec2(10.0, 4.0);
            style.spacing.interact_size = egui::vec2(28.0, 20.0);
            style.spacing.slider_rail_height = 4.0;
            style.spacing.tooltip_width = 340.0;
            style.spacing.menu_margin = egui::Margin::same(6);
            style.interaction.tooltip_delay = 0.3;
            style.interaction.selectable_labels = false;
        });
    }
}

fn visuals(theme: Theme, colors: &Colors) -> Visuals {
    let mut visuals = theme.default_visuals();
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(colors.quiet);
    visuals.panel_fill = colors.paper;
    visuals.window_fill = colors.panel;
    visuals.window_stroke = Stroke::new(1.0, colors.line);
    visuals.extreme_bg_color = colors.paper;
    visuals.selection.bg_fill = colors.accent;
    visuals.selection.stroke = Stroke::new(1.0, colors.on_accent);
    visuals.warn_fg_color = colors.alarm;
    visuals.error_fg_color = colors.alarm;
    visuals.slider_trailing_fill = true;
    visuals.handle_shape = egui::style::HandleShape::Circle;
    // A blinking cursor repaints the window for ever.
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke.color = colors.accent;
    let widgets = &mut visuals.widgets;
    for state in [
        &mut widgets.noninteractive,
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
        &mut widgets.open,
    ] {
        state.corner_radius = CornerRadius::same(5);
        state.expansion = 0.0;
        state.bg_stroke = Stroke::new(1.0, colors.line);
        state.fg_stroke = Stroke::new(1.0, colors.text);
        state.weak_bg_fill = colors.paper;
        state.bg_fill = colors.rail;
    }
    widgets.noninteractive.bg_fill = colors.panel;
    widgets.hovered.bg_stroke = Stroke::new(1.0, colors.quiet);
    widgets.hovered.bg_fill = colors.accent;
    widgets.active.bg_stroke = Stroke::new(1.0, colors.accent);
    widgets.active.bg_fill = colors.accent;
    visuals
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let faces: [(&str, &'static [u8]); 2] = [
        ("inter", include_bytes!("../../assets/fonts/Inter-Regular.ttf")),
        ("inter-semibold", include_bytes!("../../assets/fonts/Inter-SemiBold.ttf")),
    ];
    for (name, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (family, face) in [(FontFamily::Proportional, "inter"), (FontFamily::Name("semibold".into()), "inter-semibold")]
    {
        let names = std::iter::once(face.to_owned()).chain(fallbacks.iter().cloned()).collect();
        fonts.families.insert(family, names);
    }
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast as the Web Content Accessibility Guidelines 2.2 define them.
    fn luminance(color: Color32) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    }

    fn contrast(one: Color32, other: Color32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn text_stands_out_from_what_it_stands_on_in_both_themes() {
        assert!((contrast(Color32::WHITE, Color32::BLACK) - 21.0).abs() < 1e-9);
        for (name, colors) in [("light", LIGHT), ("dark", DARK)] {
            for ground in [colors.paper, colors.panel] {
                for text in [colors.text, colors.quiet, colors.accent, colors.alarm] {
                    let found = contrast(text, ground);
                    assert!(found >= 4.5, "{name}: {text:?} on {ground:?}: {found:.2}");
                }
            }
            let found = contrast(colors.on_accent, colors.accent);
            assert!(found >= 4.5, "{name}: on the accent: {found:.2}");
        }
    }
}
