use egui::{Grid, RichText, Ui};

use crate::app::theme::{self, colors};
use crate::engine::LayerMeasurement;
use crate::experiment::Activation;
use crate::figure::{Bend, Figure, FiveNumbers, MassMark, PlotShape, Quantity, ValueAxis};
use crate::number;
use crate::stats::LEVELS;
use crate::theory::LayerPrediction;

/// Whether something asked for stands over the window: hovers that were open before would stay over it.
pub fn is_behind(ctx: &egui::Context) -> bool {
    ctx.memory(|memory| memory.top_modal_layer().is_some())
}

/// One sentence on a layer, for those who cannot see it: what is drawn, from where to where.
pub fn summary(figure: &Figure, index: usize) -> String {
    let values = figure.view.quantity.name();
    let range = match figure.shown(index).finite_range {
        Some((low, high)) => format!("{values} from {} to {}", number::value(low), number::value(high)),
        None => format!("no finite {values}"),
    };
    let five = if figure.view.shape == PlotShape::Box { five_numbers(figure, index) } else { None };
    let five = five.map_or_else(String::new, |(median, first, third, _)| {
        format!(", median {median}, half of them from {first} to {third}")
    });
    let measurement = &figure.measurement;
    let so_far = if measurement.is_exact() || !figure.view.quantity.depends_on_images() {
        String::new()
    } else {
        format!(" (so far, {} images)", number::count(measurement.images as u64))
    };
    format!("layer {}: {range}, mean {}{five}{so_far}", index + 1, number::value(figure.shown(index).mean))
}

/// Median and quartiles of a layer's box as they are written, and whether they are exact.
fn five_numbers(figure: &Figure, index: usize) -> Option<(String, String, String, bool)> {
    let FiveNumbers { median, first, third, is_exact, .. } =
        FiveNumbers::of(figure.shown(index), figure.axes().axis(index).bend)?;
    let [median, first, third] = [median, first, third].map(number::value);
    Some((median, first, third, is_exact))
}

/// All numbers of a layer, and what lies above the value under the pointer.
pub fn layer_ui(
    ui: &mut Ui,
    figure: &Figure,
    index: usize,
    (axis, value): (&ValueAxis, Option<f64>),
    (below, above): (f64, f64),
) {
    let quiet = colors(ui.visuals()).quiet;
    let layer = &figure.measurement.layers[index];
    let (output, values) = (figure.shown(index), figure.view.quantity.name());
    ui.label(RichText::new(format!("Layer {}", layer.layer)).font(theme::semibold(13.0)));
    let [units, each, inputs] =
        [layer.units as u64, output.count / layer.units as u64, layer.fan_in as u64].map(number::count);
    let shape = if figure.view.quantity == Quantity::Weights {
        format!("{units} units × {inputs} inputs")
    } else {
        format!("{units} units × {each} images, {inputs} inputs each")
    };
    ui.label(RichText::new(format!("{} {values}: {shape}", number::count(output.count))).color(quiet));
    let finite_ones = if output.non_finite() > 0 { "the finite ones" } else { "them" };
    if let Some(value) = value.filter(|_| output.finite_range.is_some()) {
        let finite = (output.count - output.non_finite()) as f64;
        let share = number::percent(figure.above(index, axis.bend, value) / finite);
        let text = if axis.bend == Bend::LogSize {
            format!("{share} of {finite_ones} are greater in size than {}", number::value(value))
        } else {
            format!("{share} of {finite_ones} lie above {}", number::value(value))
        };
        ui.label(RichText::new(text).color(quiet));
    }
    Grid::new("numbers").num_columns(4).spacing([14.0, 2.0]).show(ui, |ui| {
        let mut row = |pairs: [(String, String); 2]| {
            for (name, value) in pairs {
                ui.label(RichText::new(name).color(quiet));
                ui.label(value);
            }
            ui.end_row();
        };
        let named = |name: &str, value: f64| (name.to_owned(), number::value(value));
        row([named("mean", output.mean), named("std", output.std)]);
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
    if let Some(gradient) = layer.gradient.as_ref() {
        let norms = format!(
            "||∂L/∂z|| = {}, ||∂L/∂W|| = {}",
            number::significant(gradient.l2),
            number::significant(gradient.weight_l2)
        );
        ui.label(norms);
    }
    if let Some(theory) = layer.theory {
        ui.label(RichText::new(expected(theory)).color(quiet));
    }
    let saturation = figure.measurement.experiment().activation.saturation();
    if let Some((saturated, saturation)) = layer.saturated_fraction.zip(saturation) {
        ui.label(format!("{} of the outputs are saturated: {}.", number::percent(saturated), saturation.words()));
    }
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
    if let Some(note) = figure.axis_note(axis) {
        ui.label(RichText::new(note).color(quiet));
    }
    let made = match figure.view.shape {
        PlotShape::Violin | PlotShape::Ridgeline => figure.bandwidth(index, axis) + " ",
        PlotShape::Histogram => String::new(),
        PlotShape::Box => match FiveNumbers::of(output, axis.bend) {
            Some(FiveNumbers { is_exact: false, .. }) => "Read from the bins, to within about one bin. ".to_owned(),
            _ => "Exact quantiles. ".to_owned(),
        },
    };
    ui.label(RichText::new(made + &figure.width_note()).small().color(quiet));
}

/// What mean-field theory expects of a layer.
fn expected(theory: LayerPrediction) -> String {
    let LayerPrediction { pre_activation_std, output_mean, output_std, gradient_l2 } = theory;
    let [z, mean, std] = [pre_activation_std, output_mean, output_std].map(number::significant);
    let gradient = gradient_l2.map_or_else(String::new, |l2| format!(", ||∂L/∂z|| {}", number::significant(l2)));
    format!("Theory: std of z {z}; mean of h {mean}, std {std}{gradient}.")
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
    let activation = measurement.experiment().activation;
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
