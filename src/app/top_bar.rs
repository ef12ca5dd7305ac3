use egui::scroll_area::ScrollBarVisibility;
use egui::{
    Align, Button, Color32, ComboBox, CornerRadius, Frame, Layout, Margin, Panel, RichText, ScrollArea, Stroke, Ui,
};

use super::App;
use super::action::Action;
use super::centre::Centre;
use super::theme::{self, ThemeChoice, colors};
use crate::figure::{Axes, AxisRange, PlotShape, Quantity, Scale};

/// Below this width the bar goes on in further lines.
const NARROW: f32 = 1240.0;
/// Below this width the window's title is name enough.
const ROOM_FOR_NAME: f32 = 1330.0;
/// Below this width there is no room for lines: it scrolls.
const TINY: f32 = 600.0;
/// A list taller than this scrolls.
const LIST_HEIGHT: f32 = 400.0;

impl App {
    pub(super) fn top_bar_ui(&mut self, ui: &mut Ui) {
        let colors = *colors(ui.visuals());
        let frame = Frame::new().fill(colors.panel).inner_margin(Margin::symmetric(theme::MARGIN, 8));
        let action = Panel::top("top bar").frame(frame).show(ui, |ui| {
            // So that all of it stands in one line of a window of 1280 points, with the longest names of lists.
            ui.spacing_mut().button_padding.x = 8.0;
            if ui.available_width() < TINY {
                let bar = ScrollArea::horizontal().scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
                let shown = bar.show(ui, |ui| ui.horizontal(|ui| self.narrow_ui(ui)).inner);
                return shown.inner;
            }
            if ui.available_width() < NARROW {
                let groups = ui.horizontal_wrapped(|ui| {
                    let undo = self.undo_ui(ui);
                    let quantity = undo.or(self.quantity_ui(ui));
                    let picture = self.picture_ui(ui);
                    let panels = self.panels_ui(ui);
                    let theme = self.theme_ui(ui);
                    quantity.or(picture).or(panels).or(theme).or(self.key_list_button_ui(ui))
                });
                return groups.inner;
            }
            ui.horizontal(|ui| {
                if ui.available_width() > ROOM_FOR_NAME {
                    ui.label(RichText::new("initscope").font(theme::semibold(15.0)));
                }
                let undo = self.undo_ui(ui);
                let quantity = undo.or(self.quantity_ui(ui));
                let picture = self.picture_ui(ui);
                let window = ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let keys = self.key_list_button_ui(ui);
                    keys.or(self.window_ui(ui))
                });
                quantity.or(picture).or(window.inner)
            })
            .inner
        });
        if let Some(action) = action.inner {
            self.act(ui, action);
        }
    }

    /// In a narrow window what hides the controls comes first.
    fn narrow_ui(&self, ui: &mut Ui) -> Option<Action> {
        let controls = self.panels_ui(ui);
        let quantity = self.quantity_ui(ui);
        let picture = self.picture_ui(ui);
        let undo = self.undo_ui(ui);
        controls.or(quantity).or(picture).or(undo).or(self.theme_ui(ui)).or(self.key_list_button_ui(ui))
    }

    /// What is open, and in which colours, from the right.
    fn window_ui(&self, ui: &mut Ui) -> Option<Action> {
        let theme = self.theme_ui(ui);
        theme.or(self.panels_ui(ui))
    }

    fn key_list_button_ui(&self, ui: &mut Ui) -> Option<Action> {
        let buttons = [
            ("Export", "The figure in the centre as a file, or on the clipboard.", Action::Export),
            ("?", "All keys, and what they do.", Action::Keys),
        ];
        let is_open = |action: &Action| match action {
            Action::Export => self.export.is_open(),
            _ => self.key_list.is_open(),
        };
        let open: Vec<_> = buttons.iter().map(|(.., action)| *action).filter(is_open).collect();
        segments_ui(ui, &buttons, &open)
    }

    /// What of a layer is drawn, or of a landscape's networks.
    fn quantity_ui(&self, ui: &mut Ui) -> Option<Action> {
        if self.centre == Centre::Landscape {
            return self.mapped_ui(ui);
        }
        if self.centre.is_of_one_layer() {
            return self.which_layer_ui(ui);
        }
        let outputs = "What the layers put out, h = φ(z).";
        let pre_activations = "What comes into the activation, z = h W + b.";
        let gradients = "How the loss changes with each pre-activation, ∂L/∂z, by a backward pass. L is the mean \
                         cross-entropy of the softmax output with the true labels.";
        let weights = "The kernel W of every hidden layer, as it was drawn.";
        segments_ui(
            ui,
            &[
                ("Outputs", outputs, Action::Quantity(Quantity::Outputs)),
                ("Pre-activations", pre_activations, Action::Quantity(Quantity::PreActivations)),
                ("Gradients", gradients, Action::Quantity(Quantity::Gradients)),
                ("Weights", weights, Action::Quantity(Quantity::Weights)),
            ],
            &[Action::Quantity(self.view.quantity)],
        )
    }

    /// How it is drawn, or over what.
    fn picture_ui(&self, ui: &mut Ui) -> Option<Action> {
        if self.centre == Centre::Landscape {
            return self.plane_ui(ui);
        }
        if self.centre.is_of_one_layer() {
            return self.order_ui(ui);
        }
        let kinds = [
            ("Violin", "The density of every layer's values, mirrored.", PlotShape::Violin),
            ("Histogram", "Every layer's values in up to 64 equal bins.", PlotShape::Histogram),
            (
                "Ridgeline",
                "The density on one side, of all layers at one scale: what is narrow is high.",
                PlotShape::Ridgeline,
            ),
            ("Box", "Quartiles and median, whiskers at the 1st and 99th percentile.", PlotShape::Box),
        ];
        let name = kinds.iter().find(|(.., kind)| *kind == self.view.shape).map_or("", |(name, ..)| name);
        let kinds = kinds.map(|(name, hover, kind)| (name, hover, Action::Show(kind)));
        let about = "The shape a layer's values are drawn as.";
        let kind = menu_ui(ui, ("Shape", name, about), &[&kinds], &[Action::Show(self.view.shape)]);
        kind.or(self.axis_ui(ui))
    }

    /// How the axis of the layers is.
    fn axis_ui(&self, ui: &mut Ui) -> Option<Action> {
        let bends = [
            ("Linear", "Equal differences are equally far apart.", Action::Scale(Scale::Linear)),
            (
                "Symlog",
                "Linear around zero as far as the smallest layer's std, logarithmic beyond: vanishing and exploding layers \
                 are seen together.",
                Action::Scale(Scale::Symlog),
            ),
            (
                "Log",
                "Logarithmic, where no value is negative; else of |value|. Exact zeros have no place and are counted.",
                Action::Scale(Scale::Log),
            ),
        ];
        let scales = [
            ("Shared axis", "All layers on one axis: what shrinks, shrinks.", Action::Axes(Axes::Shared)),
            ("Own axes", "Every layer fills the height: shapes compare, sizes do not.", Action::Axes(Axes::Own)),
        ];
        let ends = [
            (
                "Robust range",
                "From 0.5 % to 99.5 % of all values shown; what lies outside is counted at the edge.",
                Action::Robust,
            ),
            (
                "Lock axis",
                "Holds the axis where it is, whatever is measured. What leaves it is counted at the edge.",
                Action::LockAxis,
            ),
        ];
        let mut name = match self.view.scale {
            Scale::Linear => "Linear",
            Scale::Symlog => "Symlog",
            Scale::Log => "Log",
        }
        .to_owned();
        let mut chosen = vec![Action::Scale(self.view.scale), Action::Axes(self.view.axes)];
        name += if self.view.axes == Axes::Shared { ", shared" } else { ", own" };
        if self.view.range == AxisRange::Robust {
            name += ", robust";
            chosen.push(Action::Robust);
        }
        if self.axis.locked {
            name += ", locked";
            chosen.push(Action::LockAxis);
        }
        let about = "How the layers' values are laid out: on which axis, shared or not, and how much of them it shows.";
        menu_ui(ui, ("Axis", &name, about), &[&bends, &scales, &ends], &chosen)
    }

    fn theme_ui(&self, ui: &mut Ui) -> Option<Action> {
        segments_ui(
            ui,
            &[
                ("Auto", "Light or dark, as the system is.", Action::Theme(ThemeChoice::System)),
                ("Light", "Dark on light, for slides and bright rooms.", Action::Theme(ThemeChoice::Light)),
                ("Dark", "Light on dark.", Action::Theme(ThemeChoice::Dark)),
            ],
            &[Action::Theme(self.theme)],
        )
    }

    fn panels_ui(&self, ui: &mut Ui) -> Option<Action> {
        let panels = [
            ("Controls", "What can be set.", Action::Controls, self.panels.controls),
            (
                "Norms",
                "The size of every layer's gradient, ||∂L/∂z||, by a backward pass, and of its outputs.",
                Action::Norms,
                self.panels.norms,
            ),
            (
                "Activation",
                "The activation and its derivative over a layer's pre-activations, and what they do to the gradient.",
                Action::Activation,
                self.panels.activation,
            ),
            ("Theory", "What mean-field theory says of this network.", Action::Theory, self.panels.theory),
            ("Words", "What there is to see, in one or two sentences.", Action::Words, self.panels.words),
        ];
        // What is beside the layers comes with them; its place is kept, or the others would move from view to view.
        let of_layers = |action| matches!(action, Action::Norms | Action::Words);
        let is_seen = |action| self.centre == Centre::Layers || !of_layers(action);
        let open = panels.iter().filter(|&&(_, _, action, open)| open && is_seen(action));
        let open: Vec<_> = open.map(|(_, _, action, _)| *action).collect();
        segments_ui(ui, &panels.map(|(label, hover, action, _)| (label, hover, action)), &open)
    }
}

/// Lists opened by a button with its name, what is chosen of them, and what it is about; returns the one that was clicked.
fn menu_ui(
    ui: &mut Ui,
    (name, text, about): (&str, &str, &str),
    lists: &[&[(&str, &str, Action)]],
    chosen: &[Action],
) -> Option<Action> {
    let text_color = colors(ui.visuals()).text;
    let mut clicked = None;
    let list = ComboBox::from_id_salt(name)
        .width(0.0)
        .height(LIST_HEIGHT)
        .selected_text(RichText::new(text).color(text_color));
    let shown = list.show_ui(ui, |ui| {
        for (place, list) in lists.iter().enumerate() {
            if place > 0 {
                ui.separator();
            }
            for &(label, hover, action) in *list {
                let entry = ui.selectable_label(chosen.contains(&action), label);
                if entry.on_hover_text(with_key(ui, hover, action)).clicked() {
                    clicked = Some(action);
                    // A pointer closes it by itself, a screen reader does not.
                    ui.close();
                }
            }
        }
    });
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, format!("{name}: {text}")));
    shown.response.on_hover_text(about);
    clicked
}

/// What a hover text says of an action, with its key.
fn with_key(ui: &Ui, hover: &str, action: Action) -> String {
    action.key(ui).map_or_else(|| hover.to_owned(), |key| format!("{hover} Key: {key}"))
}

/// Buttons in one frame, the chosen ones filled; returns the one that was clicked.
pub(super) fn segments_ui(ui: &mut Ui, segments: &[(&str, &str, Action)], chosen: &[Action]) -> Option<Action> {
    let colors = *colors(ui.visuals());
    let mut segments = segments.to_vec();
    if ui.layout().prefer_right_to_left() {
        segments.reverse();
    }
    // A frame does not know beforehand how wide it will be.
    if ui.layout().main_wrap() && ui.available_size_before_wrap().x < width_of(ui, &segments) {
        ui.end_row();
    }
    let mut clicked = None;
    let frame = Frame::new().fill(colors.paper).stroke((1.0, colors.line)).corner_radius(CornerRadius::same(6));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (label, hover, action) in segments {
            let selected = chosen.contains(&action);
            let color = if selected { colors.on_accent } else { colors.quiet };
            let button = Button::new(RichText::new(label).color(color))
                .fill(if selected { colors.accent } else { Color32::TRANSPARENT })
                .stroke(Stroke::NONE)
                .corner_radius(CornerRadius::same(5))
                .selected(selected);
            let hover = with_key(ui, hover, action);
            if ui.add(button).on_hover_text(hover).clicked() {
                clicked = Some(action);
            }
        }
    });
    clicked
}

/// How wide buttons in one frame are.
fn width_of(ui: &Ui, segments: &[(&str, &str, Action)]) -> f32 {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let button = |(label, ..): &(&str, &str, Action)| {
        let text = ui.painter().layout_no_wrap((*label).to_owned(), font.clone(), Color32::PLACEHOLDER);
        text.size().x + 2.0 * ui.spacing().button_padding.x
    };
    segments.iter().map(button).sum::<f32>() + 2.0
}
