use std::sync::Arc;
use std::time::Duration;

use egui::{CentralPanel, Color32, Frame, Label, Rect, RichText, Sense, Shape, Ui, pos2, vec2};
use egui_plot::{AxisHints, GridMark, Plot, PlotTransform};

use super::charts::{self, Chart};
use super::columns::Columns;
use super::ghost;
use super::marks::Marks;
use super::numbers::{self, Table};
use super::pictures::Ground;
use super::room::{LINE, Room, WantedAround};
use crate::app::App;
use crate::app::centre::{AROUND, GUTTER};
use crate::app::commands::Action;
use crate::app::headline::headline_ui;
use crate::app::reach::motion;
use crate::app::remedies;
use crate::app::seeds::SEEDS_WIDTH;
use crate::app::theme::{self, colors};
use crate::app::too_narrow::layers_said;
use crate::app::what_you_see::WordsHeight;
use crate::engine::Stoppable as _;
use crate::figure::{AxisMap, Figure, Flattened, Quantity, Room as TickRoom, Row, Tick, ViewName};

/// Between two frames of an axis on its way while something is measured: where there is no graphics card, every frame takes the
/// processors from the engine.
const BETWEEN: Duration = Duration::from_millis(40);

/// The button of the seeds' band with its air.
const FOR_SEEDS: f32 = SEEDS_WIDTH + 8.0;
/// Size of the note on widths.
const NOTE_FONT: f32 = 11.5;

impl App {
    pub(in crate::app) fn plot_ui(&mut self, ui: &mut Ui) {
        let fill = ui.visuals().panel_fill;
        CentralPanel::default().frame(Frame::new().fill(fill).inner_margin(AROUND)).show(ui, |ui| {
            let headline = Self::headline_place(ui);
            let Some(figure) = self.figure.clone() else {
                ui.centered_and_justified(|ui| ui.label(self.no_picture_yet()));
                return;
            };
            if ui.available_width() < 120.0 || ui.available_height() < 60.0 {
                return;
            }
            let room = self.room_of_layers(ui, &figure, headline);
            let words = room.words.map(|height| {
                let place = Self::words_place(ui, (headline.bottom(), height), room.helps);
                place.with_min_x(headline.left())
            });
            // While something is dragged the axis holds still; while something is played it shows all of that.
            let of_play = self.axes_of_play(&figure);
            let held = ui.dragged_id().is_some() || self.played().is_some() && of_play.is_none();
            let now = ui.input(|input| input.time);
            let (axes, moving) = self.axis.frame((&figure, of_play), (held, self.shown.locked, motion::is_on(ui)), now);
            if moving && self.jobs.engine.is_open() {
                ui.request_repaint_after(BETWEEN);
            } else if moving {
                ui.request_repaint();
            }
            let numbers_height = numbers::height(&room.rows);
            let seeds = self.seeds();
            let others = seeds.as_deref();
            // Gradients of large networks come a moment later: their place is kept.
            let charts: Vec<_> = room.charts.iter().map(|what| (*what, what.of(&figure.measurement, others))).collect();
            let chosen = self.shown.panels.activation.then(|| self.chosen_layer(&figure));
            let behind = ui.painter().add(Shape::Noop);
            let transform = layers_ui(ui, &figure, &axes, room.plot);
            let beside = headline_ui(ui, &figure.headline, headline);
            if let Some(flattened) = Flattened::of(std::slice::from_ref(&*figure)) {
                self.too_narrow_ui(ui, &flattened, &layers_said(&flattened), beside);
            }
            let columns = Columns::new(&figure, &transform, others);
            if let Some(words) = words {
                self.what_you_see_ui(ui, words, room.helps);
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
            if let Some(start) = self.start() {
                let of = (Ground::new(ui, &start, None, frame), axes.clone());
                let outlines = self.pictures.start.of(of, || ghost::outlines(ui, &start, &axes, &transform));
                ui.painter_at(frame).add(Shape::mesh(Arc::clone(&outlines)));
            }
            let said = columns.edges_ui(ui, &marks.outside);
            columns.nothing_ui(ui);
            if let Some(why) = figure.lacks() {
                let text = if figure.view.quantity == Quantity::Updates {
                    let key = Action::Race.key(ui).unwrap_or_default();
                    format!("{why} Train ({key}) makes some.")
                } else {
                    why
                };
                let place = Rect::from_center_size(frame.center_top() + vec2(0.0, 24.0), vec2(frame.width(), 24.0));
                ui.put(place, Label::new(RichText::new(text).color(colors(ui.visuals()).quiet)));
            }
            columns.own_axes_ui(ui, &axes, &said);
            let numbers_top = frame.bottom() + 6.0;
            let ends = (numbers_top + numbers_height, numbers::states_height(&room.rows), chosen);
            let clicked = columns.interact_ui(ui, &axes, &marks.outside, ends);
            if let Some(layer) = clicked {
                if ui.input(|input| input.modifiers.shift) {
                    self.shown.layer = Some(layer);
                    self.show_in_centre(ViewName::Units);
                } else if self.shown.panels.activation && chosen == Some(layer) && !self.presenting.highlights() {
                    self.leave_chosen();
                } else {
                    self.choose_layer(layer);
                }
            }
            self.first_start_ui(ui, frame);
            let mut named = words.map_or_else(Vec::new, |words| self.named_layers(ui, words));
            named.extend(self.spoken().layers);
            let laid_out = (ground.clone(), ui.max_rect(), (room.rows.clone(), named.clone()));
            let table =
                (self.pictures.table).of(laid_out, || Table::of(ui, &columns, (numbers_top, &room.rows), &named));
            table.ui(ui, &figure);
            if self.presenting.highlights() {
                veil_ui(ui, &columns, self.chosen_layer(&figure), numbers_height);
            }
            for (index, (what, chart)) in charts.iter().enumerate() {
                let Some(chart) = chart else { continue };
                let top = numbers_top + numbers_height + index as f32 * room.chart;
                let strip = charts::strip(frame, top, room.chart);
                let points = self.pictures.charts[index]
                    .of((ground.clone(), strip), || charts::points(ui, &columns, chart, strip));
                charts::chart_ui(ui, *what, &columns, chart, strip, &points);
            }
            let charts_bottom = numbers_top + numbers_height + charts.len() as f32 * room.chart;
            self.lines_under_ui(ui, &room, &figure, (frame, charts_bottom));
        });
    }

    /// What there is room for.
    fn room_of_layers(&self, ui: &Ui, figure: &Figure, headline: Rect) -> Room {
        let panels = &self.shown.panels;
        let first = self.spoken().rows;
        let rows = Row::all_and(figure, &first).into_iter();
        let rows = rows.filter(|row| panels.numbers || *row == Row::Layer).collect();
        let width = ui.max_rect().right() - headline.left();
        let for_seeds = if panels.norms { FOR_SEEDS } else { 0.0 };
        let note = ui.painter().layout_no_wrap(figure.width_note(), theme::regular(NOTE_FONT), Color32::PLACEHOLDER);
        let wanted = WantedAround {
            rows,
            first,
            charts: if panels.norms { Chart::ALL.to_vec() } else { Vec::new() },
            words: panels.words.then(|| WordsHeight::of(width, ui.spacing().item_spacing.y)),
            note: note.size().x <= width - for_seeds,
            is_lacking: !self.no_room.beside.is_empty(),
            // A room is not told what it does not see.
            is_named: !self.presenting.is_on(),
        };
        let centre = ui.max_rect().height() + f32::from(AROUND.top) + f32::from(AROUND.bottom);
        Room::of(centre, ui.available_height(), &wanted)
    }

    /// Under everything: what the widths mean, the button of the seeds' band, and what there is no room for.
    fn lines_under_ui(&mut self, ui: &mut Ui, room: &Room, figure: &Figure, (frame, top): (Rect, f32)) {
        let end = ui.max_rect().bottom();
        let mut bottom = end;
        let has_charts = !room.charts.is_empty();
        let for_seeds = if has_charts { FOR_SEEDS } else { 0.0 };
        if room.line {
            let across = ui.max_rect().left()..=frame.right() - for_seeds;
            let line = Rect::from_x_y_ranges(across, bottom - LINE + 4.0..=bottom + 4.0);
            self.no_room_ui(ui, line, &room.lacking);
            bottom -= LINE;
        } else {
            let no_room = &mut self.no_room;
            no_room.unnamed.extend(no_room.beside.iter().chain(&room.lacking));
        }
        if room.note {
            let width = frame.width() - for_seeds;
            let quiet = colors(ui.visuals()).quiet;
            let galley = ui.painter().layout(figure.width_note(), theme::regular(NOTE_FONT), quiet, width);
            // In a narrow plot it would stand over the numbers; the tooltips say it too.
            if galley.rows.len() == 1 {
                let at = pos2(frame.left(), bottom - galley.size().y);
                ui.painter().galley(at, galley, Color32::PLACEHOLDER);
            }
        }
        if has_charts {
            // Where it has no line of its own, it stands over the last chart's corner.
            let middle = match (room.note, room.line) {
                (true, _) => bottom - 7.0,
                (false, true) => end - 5.0,
                (false, false) => top - room.chart + 9.0,
            };
            let line = Rect::from_x_y_ranges(frame.x_range(), middle - 9.0..=middle + 9.0);
            self.seeds_button_ui(ui, line);
        }
    }

    /// The place for what is said in words, under the headline; under it that of what helps is kept, too.
    fn words_place(ui: &mut Ui, (top, height): (f32, f32), has_helps: bool) -> Rect {
        let helps = if has_helps { remedies::HEIGHT } else { 0.0 };
        let height = height - ui.spacing().item_spacing.y + helps;
        let place = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover()).0;
        place.with_min_y(top).with_max_y(place.bottom() - helps)
    }
}

/// Lets all layers but one step back.
/// What lies over that which steps back behind a layer.
pub fn veil(ui: &Ui) -> Color32 {
    colors(ui.visuals()).paper.gamma_multiply(0.8)
}

fn veil_ui(ui: &Ui, columns: &Columns<'_>, chosen: usize, numbers_height: f32) {
    let veil = veil(ui);
    for layer in (0..columns.figure.columns.len()).filter(|layer| *layer != chosen) {
        ui.painter().rect_filled(columns.band(layer, numbers_height), 0.0, veil);
    }
}

/// The plot with its axis and its grid, still without shapes; returns where its values are on the screen.
fn layers_ui(ui: &mut Ui, figure: &Figure, axes: &AxisMap, height: f32) -> PlotTransform {
    let colors = *colors(ui.visuals());
    let layers = figure.columns.len();
    let room = TickRoom::upright(height.into(), theme::TICK_LINE, 56.0);
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
    let symbol = figure.view.quantity.symbol().to_owned();
    let labels: Vec<_> = figure.axis_labels(axes).into_iter().chain([symbol]).collect();
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
