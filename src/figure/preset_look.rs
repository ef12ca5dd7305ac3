use super::training::{CurveScale, LayerQuantity, TrainingChart, TrainingLook};
use super::{Arrange, Axes, AxisRange, Panels, PlotShape, Quantity, Scale, Shown, View, ViewName};
use crate::experiment::Preset;
use crate::training::TrainingSettings;

impl Shown {
    /// This, looking at a preset so that it shows what it says: several cases side by side. What stands beside that stays as it is.
    #[must_use]
    pub fn at_preset(self, preset: &Preset) -> Self {
        let training = training_look(preset);
        let view = match training {
            Some(_) => ViewName::Training,
            None if preset.experiments.len() > 1 => ViewName::Compare,
            None => ViewName::Layers,
        };
        let training = training.unwrap_or(self.training);
        let layers = View { scale: scale_of_all(preset), ..View::of_preset(preset) };
        let panels = Panels { norms: needs_norms(preset), ..self.panels };
        let arrange = Arrange::SideBySide;
        Self { view, layer: None, unit: None, arrange, locked: false, seeds: false, layers, panels, training, ..self }
    }
}

impl View {
    /// How a preset's layers are drawn. Gradients that vanish have no size that others would be seen beside, so that theirs need
    /// an axis of ratios.
    pub fn of_preset(preset: &Preset) -> Self {
        let (quantity, scale) = match preset.name {
            "vanishing_sigmoid" => (Quantity::Gradients, Scale::Log),
            _ => (Quantity::Outputs, Scale::Linear),
        };
        Self { quantity, shape: PlotShape::Violin, scale, axes: Axes::Shared, range: AxisRange::All }
    }
}

/// How a preset's training is looked at, if it has one.
pub(super) fn training_look(preset: &Preset) -> Option<TrainingLook> {
    TrainingSettings::of_preset(preset)?;
    let (chart, layer_quantity) = match preset.name {
        "dying_relu_rate" => (TrainingChart::Lines, LayerQuantity::DeadUnits),
        "adam_hides" => (TrainingChart::Lines, LayerQuantity::UpdateRatio),
        "deep_sigmoid" => (TrainingChart::Maps, LayerQuantity::Gradient),
        _ => (TrainingChart::Curves, LayerQuantity::default()),
    };
    // Losses that begin far above the others are beyond a linear axis.
    let loss_scale = if preset.name == "train_relu" { CurveScale::Log } else { CurveScale::Linear };
    Some(TrainingLook { chart, layer_quantity, loss_scale, ..TrainingLook::default() })
}

/// The scale on which all cases of a preset are seen on one axis: outputs that explode in one leave nothing of the others on a linear
/// one. A figure of the article has an axis for each.
fn scale_of_all(preset: &Preset) -> Scale {
    match preset.name {
        "article_relu" | "intoli_relu" => Scale::Symlog,
        _ => View::of_preset(preset).scale,
    }
}

/// Whether what a preset says is best seen in the sizes of gradients and outputs across the layers.
pub(super) fn needs_norms(preset: &Preset) -> bool {
    matches!(preset.name, "vanishing_sigmoid" | "selu_lecun")
}
