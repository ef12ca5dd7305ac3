use std::sync::Arc;

use egui::{Context, TextureHandle, Vec2};

use crate::app::painting::{Painter, texture_of};
use crate::engine::{Measurement, Request};
use crate::experiment::{Experiment, Inputs, Preset};
use crate::figure::{Figure, Quantity, Sheet, SheetSettings, Theme, View};
use crate::layout::Miniature;
use crate::page::Fonts;
use crate::subject::Subject;

/// Images that pictures are measured on, from the first.
pub const IMAGES: usize = 256;

/// A picture for each preset, in their order; none where not all is measured, or nothing can be drawn.
pub type Thumbnails = Vec<Option<TextureHandle>>;

/// All that decides how the pictures look.
#[derive(Clone)]
pub struct Pictured {
    /// What is measured of each preset's experiments; nothing until all of it is.
    of: Vec<Vec<Arc<Measurement>>>,
    is_dark: bool,
    /// In points.
    size: Vec2,
    /// Pixels for every point.
    scale: f32,
}

impl PartialEq for Pictured {
    fn eq(&self, other: &Self) -> bool {
        // Measurements of presets are measured once.
        let known = |this: &Self| this.of.iter().map(Vec::len).collect::<Vec<_>>();
        (self.is_dark, self.size, self.scale) == (other.is_dark, other.size, other.scale) && known(self) == known(other)
    }
}

impl Pictured {
    /// Pictures of all presets, as far as they are measured.
    pub fn new(measured: &[Arc<Measurement>], is_dark: bool, size: Vec2, scale: f32) -> Self {
        let found = |request: &Request| measured.iter().find(|known| known.subject == request.subject).cloned();
        let of = |preset: &Preset| requests(preset).iter().map(found).collect::<Option<_>>().unwrap_or_default();
        Self { of: Preset::all().iter().map(of).collect(), is_dark, size, scale }
    }
}

/// What is measured for a preset's picture.
pub fn requests(preset: &Preset) -> Vec<Request> {
    let quantities = View::of_preset(preset).quantities(false);
    let few = |experiment: &Experiment| {
        let images = IMAGES.min(experiment.inputs.images);
        Experiment { inputs: Inputs { images, ..experiment.inputs.clone() }, ..experiment.clone() }
    };
    let subjects = preset.experiments.iter().map(|experiment| Subject::from(few(experiment)));
    subjects.map(|subject| Request { subject, quantities, at_leisure: true }).collect()
}

/// What a preset's picture shows of every layer.
fn miniature(preset: &Preset) -> Miniature {
    match preset.name {
        "dying_relu_depth" | "dying_relu_bias" | "pytorch_default_relu" => Miniature::States,
        _ => Miniature::Shapes,
    }
}

/// What a preset's picture shows, in words.
pub fn about(preset: &Preset) -> String {
    let what = match (miniature(preset), View::of_preset(preset).quantity) {
        (Miniature::States, _) => {
            "A column for every layer: red for dead units, grey for mixed ones, yellow for those that are always on"
        }
        (Miniature::Shapes, Quantity::Gradients) => "The gradients of every layer, on a logarithmic axis",
        (Miniature::Shapes, _) => "The outputs of every layer",
    };
    let images = preset.experiments.first().map_or(0, |experiment| experiment.inputs.images.min(IMAGES));
    format!("{what}, measured on the first {images} images.")
}

/// Makes the pictures, each once for a look.
pub fn painter(ctx: Context) -> Painter<Pictured, Thumbnails> {
    let mut fonts = None;
    let mut made: Option<(Pictured, Thumbnails)> = None;
    Box::new(move |wanted| {
        let fonts = fonts.get_or_insert_with(Fonts::bundled);
        let is_like =
            |look: &Pictured| (look.is_dark, look.size, look.scale) == (wanted.is_dark, wanted.size, wanted.scale);
        let mut thumbnails = match made.take() {
            Some((look, thumbnails)) if is_like(&look) => thumbnails,
            _ => vec![None; wanted.of.len()],
        };
        for ((thumbnail, measured), preset) in thumbnails.iter_mut().zip(&wanted.of).zip(Preset::all()) {
            if thumbnail.is_none() && !measured.is_empty() {
                *thumbnail = paint(&ctx, fonts, (&preset, measured), wanted);
            }
        }
        made = Some((wanted.clone(), thumbnails.clone()));
        thumbnails
    })
}

fn paint(
    ctx: &Context,
    fonts: &Fonts,
    (preset, measured): (&Preset, &[Arc<Measurement>]),
    wanted: &Pictured,
) -> Option<TextureHandle> {
    let view = View::of_preset(preset);
    // As in the preset's own figure; but what is bounded is seen best between its limits.
    let is_bounded = |measurement: &Arc<Measurement>| measurement.experiment().activation.limits().bounded().is_some();
    let has_own_axes = SheetSettings::of_preset(preset).free_axes == Some(true) && !measured.iter().any(is_bounded);
    let figures: Vec<Figure> = if has_own_axes {
        measured.iter().map(|measurement| Figure::new(Arc::clone(measurement), view)).collect()
    } else {
        Figure::together(measured, view)
    }?;
    let sheet = Sheet { theme: if wanted.is_dark { Theme::Dark } else { Theme::Light }, ..Sheet::default() };
    let size = (wanted.size.x.into(), wanted.size.y.into());
    let page = miniature(preset).page(&figures, size, &sheet, fonts);
    texture_of(ctx, preset.name, (&page, fonts), wanted.scale.into()).ok()
}
