use super::{Arrange, Axes, AxisRange, Panels, PlotShape, Quantity, Scale, Shown, View, ViewName};
use crate::experiment::Preset;

impl Shown {
    /// This, looking at a preset so that it shows what it says: several cases side by side. What stands beside that stays as it is.
    #[must_use]
    pub fn at_preset(self, preset: &Preset) -> Self {
        let view = if preset.experiments.len() > 1 { ViewName::Compare } else { ViewName::Layers };
        let layers = View { scale: scale_of_all(preset), ..View::of_preset(preset) };
        let panels = Panels { norms: needs_norms(preset), ..self.panels };
        let arrange = Arrange::SideBySide;
        Self { view, layer: None, unit: None, arrange, locked: false, seeds: false, layers, panels, ..self }
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
