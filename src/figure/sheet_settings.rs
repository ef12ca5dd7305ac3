use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::own_colors::{color_of, colors_of};
use super::preset_look::{needs_norms, training_look};
use super::sheet_size::{size, slide_text};
use super::training::{self, CurveScale, LayerQuantity, TimeUnit, TrainedValue, TrainingChart, TrainingLook};
use super::{Arrange, Mapped, OwnColors, Palette, Sheet, SheetError, Shown, Theme, ViewName};
use crate::engine::TRAINED_SEEDS;
use crate::engine::landscape::{Plane, TrainedPlane};
use crate::experiment::{Preset, real, several_names, whole};
use crate::page::{FontName, FontNames, Texts};

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
    /// What to draw of trainings: losses and accuracies as curves, something of the layers as maps or lines, or a table
    #[arg(long, value_name = "curves|maps|lines|table", value_enum, ignore_case = true, hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chart: Option<TrainingChart>,
    /// What of the layers the maps and lines of a training show: `update_ratio`, `weight_gradient_l2`, `gradient_l2`,
    /// `distance`, `dead_units`, `always_on_units`, `revived_units`, `saturated_fraction` or `output_std`
    #[arg(long, value_name = "NAME", value_enum, ignore_case = true, hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer_quantity: Option<LayerQuantity>,
    /// What the time of a training is counted in; seconds are those of a network's own thread
    #[arg(long, value_name = "steps|epochs|seconds", value_enum, ignore_case = true, hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeUnit>,
    /// Scale of the axis of time
    #[arg(long, value_name = "linear|log", value_enum, ignore_case = true, hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_scale: Option<CurveScale>,
    /// Scale of the axes of losses and accuracies; a logarithmic one of accuracies is one of what they lack to 100 %
    #[arg(long, value_name = "linear|log", value_enum, ignore_case = true, hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_scale: Option<CurveScale>,
    /// What the landscape of trained networks varies beside sigma: 10 to 100 hidden layers, or the learning rate of the present network
    #[arg(long, value_name = "depth|rate", value_enum, ignore_case = true, hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trained_plane: Option<TrainedPlane>,
    /// Quantity that the landscape of trained networks shows: the accuracy on the test images, or the mean loss
    #[arg(long, value_name = "accuracy|loss", value_enum, ignore_case = true, hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trained_value: Option<TrainedValue>,
    /// Number of seeds that every network is trained with, 2 to 20: curves become bands with their medians, and the table has means
    #[arg(long, value_name = "N", value_parser = whole)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seeds: Option<usize>,
    /// Network whose layers maps and lines show, by its letter; all of them by default
    #[arg(long, value_name = "A|B|...", value_parser = racer_name)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub racer: Option<String>,
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
    /// Colour of the background, as #rrggbb, in place of the theme's; text and grid follow it
    #[arg(long, value_name = "#RRGGBB")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<String>,
    /// Colour of the text, as #rrggbb, in place of the theme's
    #[arg(long, value_name = "#RRGGBB")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_color: Option<String>,
    /// Colours of the layers, from the first; if there are fewer colours than layers, they are blended
    #[arg(long, value_name = "#RRGGBB,...")]
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "several_names")]
    pub layer_colors: Option<String>,
    /// Size of the text in px; by default it is the same on all named slides, and follows from any other size
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
    /// Title of your own, in place of the network, its activation and weights
    #[arg(long, value_name = "TEXT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_text: Option<String>,
    /// Show the line that says what was measured
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<bool>,
    /// Caption of your own, in place of the line that says what was measured
    #[arg(long, value_name = "TEXT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption_text: Option<String>,
    /// Show the numbers below each layer
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<bool>,
    /// Show the norm of the gradient and the std of the outputs in charts below the layers
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norms: Option<bool>,
    /// Draw the layers before their training as outlines behind what they have become, with --steps
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_start: Option<bool>,
    /// Mark the means
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marks: Option<bool>,
    /// Show what the colours mean
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legend: Option<bool>,
    /// In a file: a font of the user's, its name or its path relative to the scene. The command line has a flag of its own,
    /// as for the next three.
    #[arg(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font: Option<PathBuf>,
    /// Its bold face, if it is not the one that belongs to it.
    #[arg(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font_bold: Option<PathBuf>,
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
        if let Some(look) = training_look(preset) {
            let (chart, layer_quantity) = (Some(look.chart), Some(look.layer_quantity));
            return Self { show: Some(ViewName::Training), chart, layer_quantity, ..Self::default() };
        }
        if !preset.name.starts_with("article_") && !preset.name.starts_with("intoli_") {
            return Self { norms: needs_norms(preset).then_some(true), ..Self::default() };
        }
        let no = Some(false);
        let title = if preset.experiments.len() > 1 { no } else { None };
        Self { free_axes: Some(true), title, numbers: no, marks: no, legend: no, ..Self::default() }
    }

    /// How a training is drawn, where these say so.
    ///
    /// # Errors
    /// If there is no network of that letter.
    pub fn training_look(&self) -> Result<TrainingLook, SheetError> {
        let default = TrainingLook::default();
        Ok(TrainingLook {
            chart: self.chart.unwrap_or(default.chart),
            layer_quantity: self.layer_quantity.unwrap_or(default.layer_quantity),
            time: self.time.unwrap_or(default.time),
            time_scale: self.time_scale.unwrap_or(default.time_scale),
            loss_scale: self.loss_scale.unwrap_or(default.loss_scale),
            trained_plane: self.trained_plane.unwrap_or(default.trained_plane),
            trained_value: self.trained_value.unwrap_or(default.trained_value),
            seeds: match self.seeds {
                Some(seeds) if !(1..=*TRAINED_SEEDS.end()).contains(&seeds) => return Err(SheetError::Seeds(seeds)),
                seeds => seeds.filter(|seeds| *seeds > 1),
            },
            racer: self.racer.as_deref().map(training::place).transpose().map_err(SheetError::Racer)?,
        })
    }

    /// What of a view a figure shows.
    pub fn of_shown(shown: &Shown) -> Self {
        let view = shown.view;
        let of_units = view.is_of_units();
        let of_landscape = view == ViewName::Landscape;
        let of_training = Some(shown.training).filter(|_| view == ViewName::Training);
        let of_trained = Some(shown.training).filter(|_| view == ViewName::TrainingLandscape);
        Self {
            show: Some(view),
            layer: shown.layer.map(|layer| layer + 1).filter(|_| view.has_layer()),
            sorted: of_units.then_some(shown.sorted),
            plane: of_landscape.then_some(shown.plane),
            mapped: of_landscape.then_some(shown.mapped),
            arrange: (view == ViewName::Compare).then_some(shown.arrange),
            chart: of_training.map(|look| look.chart),
            layer_quantity: of_training.map(|look| look.layer_quantity),
            time: of_training.map(|look| look.time),
            time_scale: of_training.map(|look| look.time_scale),
            loss_scale: of_training.map(|look| look.loss_scale),
            trained_plane: of_trained.map(|look| look.trained_plane),
            trained_value: of_trained.map(|look| look.trained_value),
            seeds: of_training.and_then(|look| look.several_seeds()),
            racer: of_training.and_then(|look| look.racer).map(|racer| training::letter(racer).to_string()),
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
        let color = |flag, given: &Option<String>| given.as_deref().map(|text| color_of(flag, text)).transpose();
        let colors = OwnColors {
            background: color("--background", &self.background)?,
            text: color("--text-color", &self.text_color)?,
            layers: match &self.layer_colors {
                Some(text) => colors_of("--layer-colors", text)?,
                None => Vec::new(),
            },
        };
        let own = |text: &Option<String>| {
            let words = text.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            Some(words).filter(|words| !words.is_empty())
        };
        Ok(Sheet {
            only: None,
            show: self.show.unwrap_or(default.show),
            layer: self.layer.unwrap_or(1).checked_sub(1).ok_or(SheetError::Layer)?,
            plane: self.plane.unwrap_or(default.plane),
            mapped: self.mapped.unwrap_or(default.mapped),
            sorted: self.sorted.unwrap_or(default.sorted),
            training: self.training_look()?,
            arrange: self.arrange,
            free_axes: self.free_axes.unwrap_or(default.free_axes),
            as_published: self.as_published.unwrap_or(default.as_published),
            size: self.size.as_deref().map(size).transpose()?,
            theme: self.theme.unwrap_or(default.theme),
            palette: self.palette.unwrap_or(default.palette),
            colors,
            font_size: self.font_size.or(self.size.as_deref().and_then(slide_text)),
            transparent: self.transparent.unwrap_or(default.transparent),
            title: self.title.unwrap_or(default.title),
            title_text: own(&self.title_text),
            caption: self.caption.unwrap_or(default.caption),
            caption_text: own(&self.caption_text),
            numbers: self.numbers.unwrap_or(default.numbers),
            norms: self.norms.unwrap_or(default.norms),
            with_start: self.with_start.unwrap_or(default.with_start),
            marks: self.marks.unwrap_or(default.marks),
            legend: self.legend.unwrap_or(default.legend),
            letters: default.letters,
            first_rows: default.first_rows,
            named_layers: default.named_layers,
            keeps_accuracies: default.keeps_accuracies,
            least_plot: default.least_plot,
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
            chart: self.chart.or(base.chart),
            layer_quantity: self.layer_quantity.or(base.layer_quantity),
            time: self.time.or(base.time),
            time_scale: self.time_scale.or(base.time_scale),
            loss_scale: self.loss_scale.or(base.loss_scale),
            trained_plane: self.trained_plane.or(base.trained_plane),
            trained_value: self.trained_value.or(base.trained_value),
            seeds: self.seeds.or(base.seeds),
            racer: self.racer.or(base.racer),
            arrange: self.arrange.or(base.arrange),
            free_axes: self.free_axes.or(base.free_axes),
            as_published: self.as_published.or(base.as_published),
            size: self.size.or(base.size),
            theme: self.theme.or(base.theme),
            palette: self.palette.or(base.palette),
            background: self.background.or(base.background),
            text_color: self.text_color.or(base.text_color),
            layer_colors: self.layer_colors.or(base.layer_colors),
            font_size: self.font_size.or(base.font_size),
            transparent: self.transparent.or(base.transparent),
            title: self.title.or(base.title),
            title_text: self.title_text.or(base.title_text),
            caption: self.caption.or(base.caption),
            caption_text: self.caption_text.or(base.caption_text),
            numbers: self.numbers.or(base.numbers),
            norms: self.norms.or(base.norms),
            with_start: self.with_start.or(base.with_start),
            marks: self.marks.or(base.marks),
            legend: self.legend.or(base.legend),
            font: self.font.or(base.font),
            font_bold: self.font_bold.or(base.font_bold),
            text: self.text.or(base.text),
            zoom: self.zoom.or(base.zoom),
        }
    }

    /// With fonts of the user's, files from the root on, so that they are found from everywhere; the program's own is not named.
    #[must_use]
    pub fn with_fonts(self, font: Option<&Path>, bold: Option<&Path>) -> Self {
        // Another font has another bold face.
        let before = if font.is_some() { None } else { self.font_bold };
        let kept = |given: &Path| FontName::of(given).to_path();
        Self { font: font.map_or(self.font, kept), font_bold: bold.map_or(before, kept), ..self }
    }

    /// The fonts it names.
    pub fn fonts(&self) -> FontNames {
        let name = |path: &Option<PathBuf>| path.as_deref().map_or(FontName::Bundled, FontName::of);
        FontNames { font: name(&self.font), bold: name(&self.font_bold) }
    }
}

/// A racer's letter.
fn racer_name(word: &str) -> Result<String, String> {
    training::place(word).map(|place| training::letter(place).to_string())
}
