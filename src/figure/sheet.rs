use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Mapped, Shown, ViewName};
use crate::engine::landscape::Plane;
use crate::experiment::{Preset, real, whole};
use crate::number;
use crate::page::Texts;

/// What a file shows of the experiments and how: the flags of `render`, and with underscores the keys of a scene's `[figure]`.
/// Whatever is absent is as in [`Sheet::default`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, clap::Args)]
#[serde(default, deny_unknown_fields)]
#[command(next_help_heading = "Figure")]
pub struct SheetSettings {
    /// View: the layers, networks around the experiment, a layer's units, images x units, experiments side by side, or
    /// a layer's activation
    #[arg(
        long,
        value_name = "layers|landscape|units|firing|compare|activation",
        value_enum,
        ignore_case = true,
        hide_possible_values = true
    )]
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

/// What a file shows, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Which view.
    pub show: ViewName,
    /// The layer, from 0, of a view of one layer.
    pub layer: usize,
    /// What the landscape goes over.
    pub plane: Plane,
    /// What of its networks it shows.
    pub mapped: Mapped,
    /// Units by how often they fire.
    pub sorted: bool,
    /// How several experiments stand; `None` where it follows from their number and the size.
    pub arrange: Option<Arrange>,
    /// Every panel on an axis of its own.
    pub free_axes: bool,
    /// As seaborn draws it.
    pub as_published: bool,
    /// Width and height in px; `None` follows from what is shown.
    pub size: Option<(f64, f64)>,
    /// Colours.
    pub theme: Theme,
    /// Colours of the layers.
    pub palette: Palette,
    /// Size of the text in px; `None` follows from the figure's size.
    pub font_size: Option<f64>,
    /// Nothing stands behind it.
    pub transparent: bool,
    /// Whether it has a title.
    pub title: bool,
    /// A line that says what was measured.
    pub caption: bool,
    /// The numbers under each layer.
    pub numbers: bool,
    /// The marks of the means.
    pub marks: bool,
    /// What the colours mean.
    pub legend: bool,
    /// Letters of the panels, where they have any; a file's have none.
    pub letters: Vec<char>,
}

/// How several experiments stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Arrange {
    /// A panel each, from left to right.
    #[default]
    SideBySide,
    /// A panel each, from top to bottom.
    Stacked,
    /// The first as outlines behind the others.
    Ghost,
}

/// The colours of a figure's ground, text and lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Theme {
    /// As the window in daylight.
    #[default]
    Light,
    /// As the window at night.
    Dark,
    /// White paper, black text.
    Print,
    /// Black and white, and strong colours.
    HighContrast,
}

/// The colours of layers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Palette {
    /// Okabe and Ito 2008.
    #[default]
    OkabeIto,
    /// A ramp by depth, after Viridis.
    Viridis,
    /// Greys by depth.
    Grey,
}

/// Why there is no such figure; each a sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SheetError {
    /// A text that is no size.
    #[error("--size '{0}' is not a size: write it as 1280x720, 160x90mm, 16:9, 4:3, half or column")]
    Size(String),
    /// One that no page has.
    #[error("--size '{0}' is out of range: use 100 to 8000 px (26 to 2117 mm) on either side")]
    SizeRange(String),
    /// Text that nobody could read, or that fills the page.
    #[error("--font-size {0} is out of range: use 4 to 200")]
    FontSize(f64),
    /// Pixels for every px that no picture has.
    #[error("--zoom {0} is out of range: use 0.05 to 32")]
    Zoom(f64),
    /// Layers are counted from 1.
    #[error("--layer 0 does not exist: layers are counted from 1")]
    Layer,
}

/// Sizes with a name, in px: a slide of 13 1/3 x 7 1/2 inch, one of 10 x 7 1/2, half of the first, a column of 85 mm.
const NAMED: [(&str, (f64, f64)); 4] =
    [("16:9", (1280.0, 720.0)), ("4:3", (960.0, 720.0)), ("half", (600.0, 560.0)), ("column", (321.0, 260.0))];

const PX_PER_MM: f64 = 96.0 / 25.4;

impl Default for Sheet {
    fn default() -> Self {
        Self {
            show: ViewName::Layers,
            layer: 0,
            plane: Plane::default(),
            mapped: Mapped::default(),
            sorted: false,
            arrange: None,
            free_axes: false,
            as_published: false,
            size: None,
            theme: Theme::default(),
            palette: Palette::default(),
            font_size: None,
            transparent: false,
            title: true,
            caption: true,
            numbers: true,
            marks: true,
            legend: true,
            letters: Vec::new(),
        }
    }
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
        let of_units = view.is_of_one_layer();
        let of_layer = of_units || view == ViewName::Activation;
        let of_landscape = view == ViewName::Landscape;
        Self {
            show: Some(view),
            layer: shown.layer.map(|layer| layer + 1).filter(|_| of_layer),
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

/// A size in px, from its name or as width x height.
fn size(text: &str) -> Result<(f64, f64), SheetError> {
    let lower = text.trim().to_ascii_lowercase();
    if let Some(&(_, size)) = NAMED.iter().find(|(name, _)| *name == lower) {
        return Ok(size);
    }
    let (numbers, unit) = match (lower.strip_suffix("mm"), lower.strip_suffix("px")) {
        (Some(numbers), _) => (numbers, PX_PER_MM),
        (None, numbers) => (numbers.unwrap_or(&lower), 1.0),
    };
    let parsed = numbers.split_once(['x', '×']).and_then(|(width, height)| {
        // To a thousandth of a px, so that round lengths stay round.
        let px = |number: &str| Some((number::read(number)? * unit * 1e3).round() / 1e3);
        Some((px(width)?, px(height)?))
    });
    let (width, height) = parsed.ok_or_else(|| SheetError::Size(text.to_owned()))?;
    let range = 100.0..=8000.0;
    if range.contains(&width) && range.contains(&height) {
        return Ok((width, height));
    }
    Err(SheetError::SizeRange(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_px_mm_or_names() {
        assert_eq!(size("1280x720"), Ok((1280.0, 720.0)));
        assert_eq!(size(" 1000 × 500 px"), Ok((1000.0, 500.0)));
        assert_eq!(size("254x127mm"), Ok((960.0, 480.0)));
        assert_eq!(size("16:9"), Ok((1280.0, 720.0)));
        assert_eq!(size("big"), Err(SheetError::Size("big".to_owned())));
        assert_eq!(size("99x720"), Err(SheetError::SizeRange("99x720".to_owned())));
        assert_eq!(size("NaNx720"), Err(SheetError::Size("NaNx720".to_owned())));
        assert_eq!(size("25,4x12.7mm"), Err(SheetError::SizeRange("25,4x12.7mm".to_owned())));
    }
}
