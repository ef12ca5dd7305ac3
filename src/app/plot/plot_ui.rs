use std::sync::Arc;

use egui::{Align2, CentralPanel, Color32, Frame, Pos2, Rect, RichText, Sense, Shape, Stroke, Ui, pos2, vec2};
use egui_plot::{AxisHints, GridMark, Plot, PlotTransform};

use super::charts::{self, Chart};
use super::marks::{Marks, mean_mark};
use super::mass::Mass;
use super::numbers::{self, Table};
use super::pictures::Ground;
use super::tooltip::{self, is_behind};
use crate::app::App;
use crate::app::centre::{AROUND, GUTTER};
use crate::app::headline::headline_ui;
use crate::app::seeds::SEEDS_WIDTH;
use crate::app::theme::{self, colors};
use crate::app::what_you_see;
use crate::engine::Seeds;
use crate::figure::ViewName;
use crate::figure::{AxisMap, Figure, MassMark, Room, Side, Tick};
use crate::number;

impl App {
    pub(in crate::app) fn plot_ui(&mut self, ui: &mut Ui) {
        let fill = colors(ui.visuals()).paper;
        CentralPanel::default().frame(Frame::new().fill(fill).inner_margin(AROUND)).show(ui, |ui| {
            let headline = self.centre_tabs_ui(ui);
            let Some(figure) = self.figure.clone() else {
                ui.centered_and_justified(|ui| ui.label(self.no_picture_yet()));
                return;
            };
            if ui.available_width() < 120.0 || ui.available_height() < 60.0 {
                return;
            }
            let words = self.words_place(ui, headline.bottom());
            // While something is dragged the axis holds still.
            let held = ui.dragged_id().is_some();
            let (axes, moving) = self.axis.frame(&figure, (held, self.shown.locked), ui.input(|input| input.time));
            if moving {
                ui.request_repaint();
            }
            let numbers_height = numbers::height(&figure);
            let seeds = self.seeds();
            let others = seeds.as_deref();
            let spare = (ui.available_height() - numbers_height - 160.0).max(0.0);
            let room = if self.shown.panels.norms { (spare / charts::HEIGHT) as usize } else { 0 };
            let shown = Chart::ALL.into_iter().take(room);
            // Gradients of large networks come a moment later: their place is kept.
            let charts: Vec<_> = shown.map(|what| (what, what.of(&figure.measurement, others))).collect();
            let charts_height = charts.len() as f32 * charts::HEIGHT;
            let below = numbers_height + charts_height;
            let note_height = if ui.available_height() > below + 240.0 { 20.0 } else { 0.0 };
            let height = (ui.available_height() - below - note_height - 8.0).max(40.0);
            let chosen = self.shown.panels.activation.then(|| self.chosen_layer(&figure));
            let behind = ui.painter().add(Shape::Noop);
            let transform = layers_ui(ui, &figure, &axes, height);
            headline_ui(ui, &figure.headline, headline);
            let columns = Columns::new(&figure, &transform, others);
            if let Some(words) = words {
                self.what_you_see_ui(ui, words.with_min_x(headline.left()));
            }
            if let Some(chosen) = chosen {
                let band = columns.band(chosen, numbers_height);
                ui.painter().set(behind, Shape::rect_filled(band, 4.0, colors(ui.visuals()).panel));
            }
            let frame = *transform.frame();
            let ground = Ground::new(ui, &figure, seeds.as_ref(), frame);
            let marks =
                (self.pictures.marks).of((ground.clone(), axes.clone()), || Marks::of(ui, &figure, &axes, &transform));
            ui.painter_at(frame).add(Shape::mesh(Arc::clone(&marks.mesh)));
            let said = columns.edges_ui(ui, &marks.outside);
            columns.nothing_ui(ui);
            columns.own_axes_ui(ui, &axes, &said);
            let numbers_top = frame.bottom() + 6.0;
            let clicked = columns.interact_ui(ui, &axes, &marks.outside, (numbers_top + numbers_height, chosen));
            if let Some(layer) = clicked {
                if ui.input(|input| input.modifiers.shift) {
                    self.shown.layer = Some(layer);
                    self.show_in_centre(ViewName::Units);
                } else {
                    self.choose_layer(layer);
                }
            }
            let named = if words.is_some() { self.named_layers() } else { Vec::new() };
            let table = (self.pictures.table)
                .of((ground.clone(), ui.max_rect(), named.clone()), || Table::of(ui, &columns, numbers_top, &named));
            table.ui(ui, &figure);
            for (index, (what, chart)) in charts.iter().enumerate() {
                let Some(chart) = chart else { continue };
                let top = numbers_top + numbers_height + index as f32 * charts::HEIGHT;
                let strip = charts::strip(frame, top);
                let points = self.pictures.charts[index]
                    .of((ground.clone(), strip), || charts::points(ui, &columns, chart, strip));
                charts::chart_ui(ui, *what, &columns, chart, strip, &points);
            }
            if note_height > 0.0 {
                let at = pos2(transform.frame().left(), ui.max_rect().bottom());
                let galley = ui.painter().layout(
                    figure.width_note(),
                    theme::regular(11.5),
                    colors(ui.visuals()).quiet,
                    transform.frame().width() - if charts.is_empty() { 0.0 } else { SEEDS_WIDTH + 8.0 },
                );
                // In a narrow plot it would stand over the numbers; the tooltips say it too.
                if galley.rows.len() == 1 {
                    ui.painter().galley(at - vec2(0.0, galley.size().y), galley, Color32::PLACEHOLDER);
                }
                if !charts.is_empty() {
                    let bottom = ui.max_rect().bottom();
                    let line = Rect::from_x_y_ranges(frame.x_range(), bottom - 16.0..=bottom + 2.0);
                    self.seeds_button_ui(ui, line);
                }
            }
        });
    }
}

impl App {
    /// The place for what is said in words, under the headline, if there is room.
    fn words_place(&self, ui: &mut Ui, top: f32) -> Option<Rect> {
        let width = ui.available_width() - GUTTER;
        let height = what_you_see::height(width);
        let room = self.shown.panels.words && width > 320.0 && ui.available_height() > height + 360.0;
        room.then(|| {
            let place = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover()).0;
            place.with_min_y(top)
        })
    }
}

/// The plot with its axis and its grid, still without shapes; returns where its values are on the screen.
fn layers_ui(ui: &mut Ui, figure: &Figure, axes: &AxisMap, height: f32) -> PlotTransform {
    let colors = *colors(ui.visuals());
    let layers = figure.columns.len();
    let room = Room::upright(height.into(), theme::TICK_LINE, 56.0);
    let ticks: Arc<Vec<(f64, Tick)>> = Arc::new(match axes.shared_axis() {
        Some(axis) => axis.ticks(&room).into_iter().map(|tick| (axis.height(tick.at), tick)).collect(),
        None => Vec::new(),
    });
    let marks = Arc::clone(&ticks);
    let tick_label = move |mark: GridMark, _: &std::ops::RangeInclusive<f64>| {
        let near = ticks.iter().find(|(height, _)| (height - mark.value).abs() < 1e-9);
        near.map_or_else(String::new, |(_, tick)| tick.label.clone())
    };
    // Upright, as much of it as there is room for.
    let [all, most] = figure.axis_labels(axes);
    let labels = [all, most, figure.view.quantity.symbol().to_owned()];
    let length =
        |label: &String| ui.painter().layout_no_wrap(label.clone(), theme::regular(12.0), colors.quiet).size().x;
    let label = labels.into_iter().find(|label| length(label) < height).unwrap_or_default();
    let axis = AxisHints::new_y()
        .label(RichText::new(label).font(theme::regular(12.0)).color(colors.quiet))
        .formatter(tick_label)
        .tick_label_color(colors.quiet)
        .tick_label_font(theme::regular(12.0))
        .min_thickness(GUTTER)
        // Those that have room were chosen before.
        .label_spacing(0.0..=1.0);
    let plot = Plot::new("layers")
        .height(height)
        .width(ui.available_width())
        .custom_y_axes(vec![axis])
        .show_axes([false, true])
        .show_grid([false, true])
        .grid_color(colors.grid)
        .grid_fade(0.0)
        .y_grid_spacer(move |_| marks.iter().map(|(value, _)| GridMark { value: *value, step_size: 1.0 }).collect())
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .set_margin_fraction(vec2(0.0, 0.0))
        .sense(Sense::hover());
    let response = plot.show(ui, |plot| {
        plot.set_plot_bounds_x(0.5..=layers as f64 + 0.5);
        plot.set_plot_bounds_y(0.0..=1.0);
    });
    response.transform
}

/// Where the layers stand on the screen.
pub(super) struct Columns<'a> {
    /// What is drawn.
    pub figure: &'a Figure,
    /// From the plot's coordinates to the screen's.
    pub transform: &'a PlotTransform,
    /// Width of a column in points.
    pub width: f32,
    /// What other seeds make of the layers, if that is shown.
    pub seeds: Option<&'a Seeds>,
}

impl<'a> Columns<'a> {
    fn new(figure: &'a Figure, transform: &'a PlotTransform, seeds: Option<&'a Seeds>) -> Self {
        Self { figure, transform, width: transform.dpos_dvalue_x() as f32, seeds }
    }

    /// The middle of a column, from 0.
    pub fn x(&self, index: usize) -> f32 {
        self.transform.position_from_point_x((index + 1) as f64)
    }

    /// The columns that have a text if every `stride`-th has: always the last, which matters most.
    pub fn shown(&self, stride: usize) -> impl Iterator<Item = usize> {
        let layers = self.figure.columns.len();
        ((layers - 1) % stride..layers).step_by(stride)
    }

    /// Every how many columns there is room for a text of this width.
    pub fn stride(&self, text: f32) -> usize {
        ((text + 8.0) / self.width).ceil().max(1.0) as usize
    }

    /// How much of a layer lies beyond the axis, at the edge it left by. Where columns are narrow, the most of their neighbours
    /// is said for them. Returns where it is said.
    fn edges_ui(&self, ui: &Ui, outside: &[(f64, f64)]) -> Vec<Rect> {
        let mut said = Vec::new();
        let colors = colors(ui.visuals());
        let frame = self.transform.frame();
        let stride = self.stride(58.0);
        let count = |index: usize| self.figure.shown(index).count as f64;
        let shares: Vec<_> = (outside.iter().enumerate())
            .map(|(index, (below, above))| (below / count(index), above / count(index)))
            .collect();
        for (group, shares) in shares.chunks(stride).enumerate() {
            let first = group * stride;
            let x = (self.x(first) + self.x(first + shares.len() - 1)) / 2.0;
            let (below, above) =
                shares.iter().fold((0.0_f64, 0.0_f64), |most, share| (most.0.max(share.0), most.1.max(share.1)));
            let least = 0.5 / count(first);
            let edges =
                [(above, "↑", frame.top(), Align2::CENTER_TOP), (below, "↓", frame.bottom(), Align2::CENTER_BOTTOM)];
            for (share, arrow, y, align) in edges {
                // Bins that the edge cuts are shared out: less than one value is none.
                if share >= least {
                    let text = format!("{arrow} {}", number::percent(share));
                    let galley = ui.painter().layout_no_wrap(text, theme::semibold(12.0), colors.text);
                    let rect = align.anchor_size(pos2(x, y), galley.size());
                    let ground = rect.expand2(vec2(4.0, 1.0));
                    ui.painter().rect_filled(ground, 3.0, colors.paper.gamma_multiply(0.9));
                    ui.painter().galley(rect.min, galley, colors.text);
                    said.push(ground);
                }
            }
        }
        said
    }

    /// Says in place of a shape that a layer has no finite outputs.
    fn nothing_ui(&self, ui: &Ui) {
        let alarm = colors(ui.visuals()).alarm;
        for index in self.shown(self.stride(30.0)) {
            let output = self.figure.shown(index);
            if output.finite_range.is_none() {
                let text = if output.nan > 0 { "NaN" } else { "∞" };
                let middle = pos2(self.x(index), self.transform.frame().center().y);
                ui.painter().text(middle, Align2::CENTER_CENTER, text, theme::semibold(13.0), alarm);
            }
        }
    }

    /// Where every layer has its own axis: its ends, beside what is said at the edges.
    fn own_axes_ui(&self, ui: &Ui, axes: &AxisMap, said: &[Rect]) {
        if axes.shared_axis().is_some() {
            return;
        }
        let colors = colors(ui.visuals());
        let frame = self.transform.frame();
        let stride = self.stride(58.0);
        for index in self.shown(stride) {
            let axis = axes.axis(index);
            for end in axis.ends_of(self.figure.shown(index)).unwrap_or_default() {
                let align = match end.side {
                    Side::Above => Align2::LEFT_BOTTOM,
                    Side::Across if frame.height() < 4.0 * theme::TICK_LINE as f32 => continue,
                    Side::Across => Align2::LEFT_CENTER,
                    Side::Below => Align2::LEFT_TOP,
                };
                let y = self.transform.position_from_point_y(axis.height(end.at)).clamp(frame.top(), frame.bottom());
                let left = self.x(index) - self.width * 0.47;
                ui.painter().hline(left..=left + 6.0, y, Stroke::new(1.0, colors.quiet));
                let galley = ui.painter().layout_no_wrap(end.label, theme::regular(11.5), colors.quiet);
                let place = align.anchor_size(pos2(left + 9.0, y), galley.size());
                ui.painter().galley(beside(place, said, frame.center().y).min, galley, colors.quiet);
            }
        }
    }

    /// The whole of a column, down to the last of its numbers.
    fn band(&self, index: usize, numbers: f32) -> Rect {
        let frame = self.transform.frame();
        let across = self.x(index) - self.width / 2.0..=self.x(index) + self.width / 2.0;
        Rect::from_x_y_ranges(across, frame.top()..=frame.bottom() + 6.0 + numbers)
    }

    /// Hover, clicks and accessibility of every layer; what is said depends on what the pointer is at. Returns the layer that
    /// was clicked.
    fn interact_ui(
        &self,
        ui: &Ui,
        axes: &AxisMap,
        outside: &[(f64, f64)],
        (bottom, chosen): (f32, Option<usize>),
    ) -> Option<usize> {
        let mut clicked = None;
        let frame = *self.transform.frame();
        for (index, layer) in self.figure.measurement.layers.iter().enumerate() {
            let reach = vec2(self.width / 2.0, 0.0);
            let top = pos2(self.x(index), frame.top());
            let rect = Rect::from_min_max(top - reach, pos2(top.x, bottom) + reach);
            let response = ui.interact(rect, ui.scope_id().with(("layer", index)), Sense::click());
            let summary = || tooltip::summary(self.figure, index);
            let is_chosen = chosen == Some(index);
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Image, true, is_chosen, summary()));
            if response.clicked() {
                clicked = Some(index);
            }
            if response.has_focus() {
                let accent = colors(ui.visuals()).accent;
                ui.painter().rect_stroke(rect, 4.0, (1.5, accent), egui::StrokeKind::Inside);
            }
            let Some(pointer) = ui.pointer_hover_pos().filter(|_| !is_behind(ui)) else { continue };
            response.on_hover_ui_at_pointer(|ui| {
                if let Some(mark) = self.mass_at(pointer, index, axes) {
                    ui.label(tooltip::mass(self.figure, index, mark, axes.axis(index).bend));
                } else if self.is_at_mean(pointer, index, axes) {
                    ui.label(format!(
                        "Mean of layer {}: {}",
                        layer.layer,
                        number::value(self.figure.shown(index).mean)
                    ));
                } else if pointer.y > bottom - numbers::states_height(self.figure) {
                    ui.label(tooltip::states(self.figure, index));
                    if let Some(bands) = self.seeds.and_then(|seeds| seeds.layers.get(index)) {
                        let written = |units: f64| number::plain(units);
                        let activation = self.figure.measurement.experiment().activation;
                        if activation.can_be_dead() {
                            ui.label(format!("Dead:{}", self.seeds_text(bands.dead, written)));
                            ui.label(format!("Always on:{}", self.seeds_text(bands.always_on, written)));
                        }
                        if activation.can_be_never_positive() {
                            ui.label(format!("Never positive:{}", self.seeds_text(bands.never_positive, written)));
                        }
                    }
                } else {
                    let y = self.transform.value_from_position(pointer).y;
                    let value = frame.contains(pointer).then(|| axes.axis(index).value(y));
                    tooltip::layer_ui(ui, self.figure, index, (&axes.axis(index), value), outside[index]);
                }
            });
        }
        clicked
    }

    /// The bar of exact values, or nearly so, under the pointer.
    fn mass_at(&self, pointer: Pos2, index: usize, axes: &AxisMap) -> Option<MassMark> {
        let columns = self.figure.columns_on(axes);
        columns.into_iter().nth(index)?.masses.into_iter().find(|mark| {
            let y = axes.axis(index).height(mark.mass.at);
            let mass = Mass::new(y, *mark, self.figure.view.shape);
            mass.rect((index + 1) as f64, self.transform).expand(3.0).contains(pointer)
        })
    }

    /// Whether the pointer is at the mark of a layer's mean.
    fn is_at_mean(&self, pointer: Pos2, index: usize, axes: &AxisMap) -> bool {
        let Some(mean) = self.figure.columns[index].mean else { return false };
        let y = self.transform.position_from_point_y(axes.axis(index).height(mean));
        let (from, to) = mean_mark((index + 1) as f64, self.figure.view.shape, self.transform);
        let x = self.transform.position_from_point_x(from)..=self.transform.position_from_point_x(to);
        x.contains(&pointer.x) && (pointer.y - y).abs() < 5.0
    }
}

/// A place for a text, moved away from the edge where something else is said already.
fn beside(place: Rect, said: &[Rect], middle: f32) -> Rect {
    match said.iter().find(|other| other.intersects(place)) {
        None => place,
        Some(other) if other.center().y > middle => place.translate(vec2(0.0, other.top() - place.bottom())),
        Some(other) => place.translate(vec2(0.0, other.bottom() - place.top())),
    }
}
