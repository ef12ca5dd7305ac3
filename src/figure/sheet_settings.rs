use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::sheet_size::size;
use super::{Arrange, Mapped, Palette, Sheet, SheetError, Shown, Theme, ViewName};
use crate::engine::landscape::Plane;
use crate::experiment::{Preset, real, whole};
use crate::page::Texts;

/// What a file shows of the experiments and how: the flags of `render`, and with underscores the keys of a scene's `[figure]`.
/// Whatever is absent is as in [`Sheet::default`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, clap::Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Figure")]
pub struct SheetSettings {
    /// View to show
    #[arg(long, value_name = "VIEW", value_enum, ignore_case = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<ViewName>,
    /// Layer to show, counted from 1, in a view of one layer
    #[arg(long, value_name = "N", value_parser = whole)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<usize>,
    /// What the landscape varies beside sigma
    #[arg(long, value_name = "biases|depth", value_enum, ignore_case = true, hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plane: Option<Plane>,
    /// Quantity that the landscape shows
    #[arg(
        long,
        value_name = "output_std|gradient_ratio|dead_share",
        value_enum,
        ignore_case = true,
        hide_possible_values = true
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mapped: Option<Mapped>,
    /// Sort units by how often they fire
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sorted: Option<bool>,
    /// Arrangement of several experiments: side by side, stacked, or the first as outlines behind the others
    #[arg(
        long,
        value_name = "side_by_side|stacked|ghost",
        value_enum,
        ignore_case = true,
        hide_possible_values = true
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrange: Option<Arrange>,
    /// Give every panel its own axis
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_axes: Option<bool>,
    /// Draw as seaborn does: every 20th value, densities two bandwidths beyond the values, every panel on its own axis
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_published: Option<bool>,
    /// Width x height in px (96 per inch) or mm, or a named size: `1280x720`, `160x90mm`, `16:9`, `4:3`, `half`,
    /// `column`
    #[arg(long, value_name = "SIZE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// Colours: for the screen, for a dark deck, for paper, or with the most contrast
    #[arg(
        long,
        value_name = "light|dark|print|high_contrast",
        value_enum,
        ignore_case = true,
        hide_possible_values = true
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// Colours of the layers: Okabe and Ito's, a ramp by depth, or greys
    #[arg(long, value_name = "okabe_ito|viridis|grey", value_enum, ignore_case = true, hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub palette: Option<Palette>,
    /// Size of the text in px; by default it follows from the figure's size
    #[arg(long, value_name = "X", value_parser = real)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font_size: Option<f64>,
    /// Leave out the background
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transparent: Option<bool>,
    /// Show the title
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<bool>,
    /// Show the line that says what was measured
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<bool>,
    /// Show the numbers below each layer
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<bool>,
    /// Mark the means
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marks: Option<bool>,
    /// Show what the colours mean
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legend: Option<bool>,
    /// In a file: a font of the user's, its path relative to the scene. The command line has a flag of its own, as for
    /// the next two.
    #[arg(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font: Option<PathBuf>,
    /// Texts of an SVG.
    #[arg(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Texts>,
    /// Pixels for every px.
    #[arg(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zoom: Option<f64>,
}

impl SheetSettings {
    /// How a preset's own figure is made: those of the article have neither numbers nor marks, and axes of their own.
    pub fn of_preset(preset: &Preset) -> Self {
        if !preset.name.starts_with("article_") && !preset.name.starts_with("intoli_") {
            return Self::default();
        }
        let no = Some(false);
        let title = if preset.experiments.len() > 1 { no } else { None };
        Self { free_axes: Some(true), title, numbers: no, marks: no, legend: no, ..Self::default() }
    }

    /// What of a view a figure shows.
    pub fn of_shown(shown: &Shown) -> Self {
        let view = shown.view;
        let of_units = view.is_of_units();
        let of_landscape = view == ViewName::Landscape;
        Self {
            show: Some(view),
            layer: shown.layer.map(|layer| layer + 1).filter(|_| view.has_layer()),
            sorted: of_units.then_some(shown.sorted),
            plane: of_landscape.then_some(shown.plane),
            mapped: of_landscape.then_some(shown.mapped),
            arrange: (view == ViewName::Compare).then_some(shown.arrange),
            ..Self::default()
        }
    }

    /// The sheet these settings describe.
    ///
    /// # Errors
    /// If a size is none, or out of its range.
    pub fn sheet(&self) -> Result<Sheet, SheetError> {
        let default = Sheet::default();
        if let Some(size) = self.font_size.filter(|size| !(4.0..=200.0).contains(size)) {
            return Err(SheetError::FontSize(size));
        }
        if let Some(zoom) = self.zoom.filter(|zoom| !(0.05..=32.0).contains(zoom)) {
            return Err(SheetError::Zoom(zoom));
        }
        Ok(Sheet {
            show: self.show.unwrap_or(default.show),
            layer: self.layer.unwrap_or(1).checked_sub(1).ok_or(SheetError::Layer)?,
            plane: self.plane.unwrap_or(default.plane),
            mapped: self.mapped.unwrap_or(default.mapped),
            sorted: self.sorted.unwrap_or(default.sorted),
            arrange: self.arrange,
            free_axes: self.free_axes.unwrap_or(default.free_axes),
            as_published: self.as_published.unwrap_or(default.as_published),
            size: self.size.as_deref().map(size).transpose()?,
            theme: self.theme.unwrap_or(default.theme),
            palette: self.palette.unwrap_or(default.palette),
            font_size: self.font_size,
            transparent: self.transparent.unwrap_or(default.transparent),
            title: self.title.unwrap_or(default.title),
            caption: self.caption.unwrap_or(default.caption),
            numbers: self.numbers.unwrap_or(default.numbers),
            marks: self.marks.unwrap_or(default.marks),
            legend: self.legend.unwrap_or(default.legend),
            letters: default.letters,
        })
    }

    /// These, and where one is absent that of `base`.
    pub fn over(self, base: Self) -> Self {
        Self {
            show: self.show.or(base.show),
            layer: self.layer.or(base.layer),
            plane: self.plane.or(base.plane),
            mapped: self.mapped.or(base.mapped),
            sorted: self.sorted.or(base.sorted),
            arrange: self.arrange.or(base.arrange),
            free_axes: self.free_axes.or(base.free_axes),
            as_published: self.as_published.or(base.as_published),
            size: self.size.or(base.size),
            theme: self.theme.or(base.theme),
            palette: self.palette.or(base.palette),
            font_size: self.font_size.or(base.font_size),
            transparent: self.transparent.or(base.transparent),
            title: self.title.or(base.title),
            caption: self.caption.or(base.caption),
            numbers: self.numbers.or(base.numbers),
            marks: self.marks.or(base.marks),
            legend: self.legend.or(base.legend),
            font: self.font.or(base.font),
            text: self.text.or(base.text),
            zoom: self.zoom.or(base.zoom),
        }
    }

    /// With a font of the user's, from the root on, so that it is found from everywhere; the program's own is not named.
    #[must_use]
    pub fn with_font(self, font: Option<&Path>) -> Self {
        let font = match font {
            None => self.font,
            Some(font) => {
                Some(std::path::absolute(font).unwrap_or_else(|_| font.to_owned())).filter(|_| !Self::is_bundled(font))
            }
        };
        Self { font, ..self }
    }

    /// Whether the program's own font is meant, and no file.
    pub fn is_bundled(font: &Path) -> bool {
        font.as_os_str().eq_ignore_ascii_case("inter")
    }
}
