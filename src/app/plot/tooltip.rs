use egui::{Grid, RichText, Ui};

use crate::app::theme::{self, colors};
use crate::engine::LayerMeasurement;
use crate::experiment::Activation;
use crate::figure::{Bend, Figure, FiveNumbers, MassMark, PlotShape, Row, ValueAxis};
use crate::number;
use crate::stats::LEVELS;

/// Whether something asked for stands over the window: hovers that were open before would stay over it.
pub fn is_behind(ctx: &egui::Context) -> bool {
    ctx.memory(|memory| memory.top_modal_layer().is_some())
}

/// One sentence on a layer, for those who cannot see it: what is drawn, from where to where, and what stands under it.
pub fn summary(figure: &Figure, index: usize) -> String {
    let values = figure.view.quantity.name();
    if figure.lacks().is_some() {
        return format!("layer {}: no {values}{}", index + 1, beside(figure, index));
    }
    let range = match figure.shown(index).finite_range {
        Some((low, high)) => format!("{values} from {} to {}", number::value(low), number::value(high)),
        None => format!("no finite {values}"),
    };
    let five = if figure.view.shape == PlotShape::Box { five_numbers(figure, index) } else { None };
    let five = five.map_or_else(String::new, |(median, first, third, _)| {
        format!(", median {median}, half of them from {first} to {third}")
    });
    let measurement = &figure.measurement;
    let shown = figure.shown(index);
    let [mean, std] = [shown.mean, shown.std].map(number::value);
    let beside = beside(figure, index);
    let so_far = if measurement.is_exact() || !figure.view.quantity.depends_on_images() {
        String::new()
    } else {
        format!(" (so far, {} images)", number::count(measurement.images as u64))
    };
    format!("layer {}: {range}, mean {mean}, std {std}{five}{beside}{so_far}", index + 1)
}

/// What else stands under a layer: how much of it is exactly zero, and how many units are dead or never positive.
fn beside(figure: &Figure, index: usize) -> String {
    let layer = &figure.measurement.layers[index];
    let of_units =
        |units: usize| format!("{} of {} units", number::count(units as u64), number::count(layer.units as u64));
    let said = |row: Row| match row {
        Row::Zeros => Some(format!("{} exactly zero", number::percent(layer.output.zero_fraction))),
        Row::Saturated => Some(format!("{} saturated", number::percent(layer.saturated_fraction?))),
        Row::States if layer.has_states() => Some(format!("{} dead", of_units(layer.states.dead))),
        Row::NeverPositive if layer.has_states() => {
            Some(format!("{} never positive", of_units(layer.states.never_positive)))
        }
        _ => None,
    };
    Row::all(figure).into_iter().filter_map(said).map(|said| format!(", {said}")).collect()
}

/// Median and quartiles of a layer's box as they are written, and whether they are exact.
fn five_numbers(figure: &Figure, index: usize) -> Option<(String, String, String, bool)> {
    let FiveNumbers { median, first, third, is_exact, .. } =
        FiveNumbers::of(figure.shown(index), figure.axes().axis(index).bend)?;
    let [median, first, third] = [median, first, third].map(number::value);
    Some((median, first, third, is_exact))
}

/// The numbers of a layer that do not stand under it, and what lies above the value under the pointer.
pub fn layer_ui(
    ui: &mut Ui,
    figure: &Figure,
    index: usize,
    (axis, value): (&ValueAxis, Option<f64>),
    (below, above): (f64, f64),
) {
    let quiet = colors(ui.visuals()).quiet;
    let layer = &figure.measurement.layers[index];
    if let Some(why) = figure.lacks() {
        ui.label(why);
        return;
    }
    let (output, values) = (figure.shown(index), figure.view.quantity.name());
    let title = format!("Layer {}: {} {values}", layer.layer, number::count(output.count));
    ui.label(RichText::new(title).font(theme::semibold(12.0)));
    let finite_ones = if output.non_finite() > 0 { "the finite ones" } else { "them" };
    if let Some(value) = value.filter(|_| output.finite_range.is_some()) {
        let finite = (output.count - output.non_finite()) as f64;
        let share = number::percent(figure.above(index, axis.bend, value) / finite);
        let text = if axis.bend == Bend::LogSize {
            format!("{share} of {finite_ones} are greater in size than {}", number::value(value))
        } else {
            format!("{share} of {finite_ones} lie above {}", number::value(value))
        };
        ui.label(text);
    }
    Grid::new("numbers").num_columns(4).spacing([10.0, 1.0]).min_row_height(15.0).show(ui, |ui| {
        let mut row = |pairs: [(String, String); 2]| {
            for (name, value) in pairs {
                ui.label(RichText::new(name).color(quiet));
                ui.label(value);
            }
            ui.end_row();
        };
        let named = |name: &str, value: f64| (name.to_owned(), number::value(value));
        let so_far = |name: &str| {
            if figure.measurement.is_exact() || !figure.view.quantity.depends_on_images() {
                name.to_owned()
            } else {
                format!("{name} so far")
            }
        };
        row([named(&so_far("least"), output.min), named(&so_far("greatest"), output.max)]);
        let quantile = |index: usize| {
            let value = output.quantiles.map_or_else(|| "…".to_owned(), |quantiles| number::value(quantiles[index]));
            (format!("{} %", number::plain(LEVELS[index] * 100.0)), value)
        };
        for (low, high) in [(0, 6), (1, 5), (2, 4)] {
            row([quantile(low), quantile(high)]);
        }
        row([("median".to_owned(), quantile(3).1), ("σ of W".to_owned(), number::value(layer.weights.std()))]);
    });
    if output.non_finite() > 0 {
        let text = format!(
            "{} NaN and {} infinite {values}, not drawn.",
            number::count(output.nan),
            number::count(output.infinite)
        );
        ui.label(RichText::new(text).color(colors(ui.visuals()).alarm));
    }
    if below + above >= 0.5 {
        let [below, above] = [below, above].map(|count| number::count(count.round() as u64));
        ui.label(format!("About {below} {values} below the axis, {above} above it."));
    }
    if figure.is_narrow(index, axis) {
        let share = number::percent(output.density.spread_share());
        ui.label(
            RichText::new(format!("Only {share} of {finite_ones} are spread over more than single values."))
                .color(quiet),
        );
    }
}

/// How a layer's shape is made, in sentences: what the name of the row of layers says.
pub fn made(figure: &Figure) -> String {
    let axes = figure.axes();
    let axis = axes.axis(0);
    let note = figure.axis_note(&axis).map_or_else(String::new, |note| format!(" {note}"));
    let made = match figure.view.shape {
        PlotShape::Violin | PlotShape::Ridgeline => {
            format!(" In layer 1: {}", figure.bandwidth(0, &axis))
        }
        PlotShape::Histogram => String::new(),
        PlotShape::Box => match FiveNumbers::of(figure.shown(0), axis.bend) {
            Some(FiveNumbers { is_exact: false, .. }) => " Read from the bins, to within about one bin.".to_owned(),
            _ => " Exact quantiles.".to_owned(),
        },
    };
    format!("{}{note}{made}", figure.width_note())
}

/// What a bar of exact values says.
pub fn mass(figure: &Figure, index: usize, MassMark { mass, range, .. }: MassMark, bend: Bend) -> String {
    if let Some((from, to)) = range {
        return format!(
            "{} of layer {}'s {} lie from {} to {}: too close to one another for a shape on this axis. The bar is as \
             long as their share.",
            number::percent(mass.share),
            index + 1,
            figure.view.quantity.name(),
            number::value(from),
            number::value(to)
        );
    }
    let finite = if figure.shown(index).non_finite() > 0 { "finite " } else { "" };
    format!(
        "{} of layer {}'s {finite}{} are exactly {}{}. They are not part of the smooth shape: the bar is as long as \
         their share.",
        number::percent(mass.share),
        index + 1,
        figure.view.quantity.name(),
        if bend == Bend::LogSize && mass.at != 0.0 { "±" } else { "" },
        number::value(mass.at)
    )
}

/// What the bar of unit states says.
pub fn states(figure: &Figure, index: usize) -> String {
    let (measurement, layer) = (&figure.measurement, &figure.measurement.layers[index]);
    let activation = measurement.subject.activation(index);
    let states = layer.states;
    let [dead, mixed, on, units, never] =
        [states.dead, states.mixed, states.always_on, layer.units, states.never_positive]
            .map(|units| number::count(units as u64));
    let start = format!(
        "The {units} units of layer {} on {} {} images: ",
        layer.layer,
        if measurement.is_exact() { "these" } else { "the first" },
        number::count(measurement.images as u64)
    );
    if !activation.can_be_dead() {
        let name = activation.name();
        return format!("{start}{never} never positive (violet). None can be dead: the slope of {name} is nowhere 0.");
    }
    let what = if activation == Activation::Relu { "never fire" } else { "with a slope of 0 on every one" };
    let never =
        if states.never_positive > 0 { format!(", {never} of these never positive (violet)") } else { String::new() };
    format!(
        "{start}{dead} {what} (dead, red), {mixed} neither dead nor always on (mixed, grey){never}, {on} positive on every one \
         (always on, yellow)."
    ) + &theory_of_states(layer)
}

/// What theory expects of them, if it covers them.
fn theory_of_states(layer: &LayerMeasurement) -> String {
    let Some(theory) = layer.theory_of_states else { return String::new() };
    let [dead, on] =
        [theory.dead, theory.always_on].map(|share| number::plain((share * layer.units as f64 * 10.0).round() / 10.0));
    format!(" Mean-field theory, the thin marks: {dead} dead, {on} always on.")
}
