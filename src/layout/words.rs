use super::lines::Span;
use super::look::Look;
use crate::engine::LayerMeasurement;
use crate::experiment::{Activation, Experiment, Initializer};
use crate::figure::palette::Background;
use crate::figure::{Figure, Headline, PlotShape, Quantity, any_activation, differences, unusual};
use crate::number;
use crate::page::Color;
use crate::subject::{Subject, Weights};

/// The title of a figure: what its subjects have in common, as the window's headline says it.
pub(crate) fn title(look: &Look, headlines: &[Headline]) -> Vec<Span> {
    let Headline { network, law, images } = Headline::common(headlines);
    let spans = [Span::plain(network, look.text), Span::bold(law, look.text), Span::plain(images, look.quiet)];
    spans.into_iter().filter(|span| !span.text.is_empty()).collect()
}

/// What a panel shows, the longest first: the law of its weights, or all that names it.
pub(crate) fn panel_titles(subjects: &[&Subject], index: usize) -> Vec<String> {
    let subject = subjects[index];
    let experiment = subject.experiment();
    let same_but_weights = |other: &&Subject| {
        Experiment { initializer: experiment.initializer, ..other.experiment().clone() } == *experiment
    };
    let told = || differences(subjects).swap_remove(index);
    if subjects.iter().all(same_but_weights) {
        return weights_titles(subject, told);
    }
    let told = told();
    if told.is_empty() { vec![Headline::of(subject).law] } else { vec![told] }
}

/// `Weights drawn from N(μ = 0, σ = 0.10)`, and shorter ones; of trained ones the shortest is what tells them apart.
fn weights_titles(subject: &Subject, told: impl Fn() -> String) -> Vec<String> {
    match subject.weights() {
        Weights::Drawn => {}
        Weights::Given(weights) => {
            return vec![format!("Weights of {}", weights.label()), weights.label().to_owned()];
        }
        Weights::Trained(trained) => {
            let told = told();
            let short = if told.is_empty() { trained.words().to_owned() } else { told };
            return vec![Headline::of(subject).law, short];
        }
    }
    match subject.experiment().initializer {
        Initializer::RandomNormal { mean, sigma } => {
            // Two decimals at least, so that 0.1 stands beside 0.14.
            let plain = number::plain(sigma);
            let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let sigma = if plain.contains('×') || decimals >= 2 { plain } else { format!("{sigma:.2}") };
            let law = format!("N(μ = {}, σ = {sigma})", number::plain(mean));
            vec![format!("Weights drawn from {law}"), law, format!("σ = {sigma}")]
        }
        initializer => {
            let law = Headline::of(subject).law;
            vec![format!("Weights drawn by {law}"), law, initializer.name().to_owned()]
        }
    }
}

/// What the axis of the values stands for, the longest first.
pub(crate) fn axis_labels(figures: &[&Figure], is_free: bool) -> Vec<String> {
    let Some(figure) = figures.first() else { return Vec::new() };
    let mut labels = figure.axis_labels(figure.axes());
    if figures.len() > 1 {
        let whose = if is_free { "every panel on its own axis" } else { "one axis for all panels" };
        labels[0] = labels[0].replacen("one axis for all layers", whose, 1);
    }
    let symbol = figure.view.quantity.symbol();
    if figure.view.quantity != Quantity::Outputs {
        return labels.into_iter().chain([symbol.to_owned()]).collect();
    }
    let subjects: Vec<_> = figures.iter().map(|figure| &figure.measurement.subject).collect();
    let neurons = neuron_outputs(&subjects);
    // How it is to be read goes before whose it is.
    let [_, shorter] = &neurons;
    let shorter = labels[2].replacen(symbol, shorter, 1);
    let named = labels.map(|label| label.replacen(symbol, &neurons[0], 1));
    named.into_iter().chain([shorter]).chain(neurons).collect()
}

/// `relu neuron outputs`, and what is shorter.
pub(crate) fn neuron_outputs(subjects: &[&Subject]) -> [String; 2] {
    let activation = subjects.first().map(|subject| subject.experiment().activation);
    let is_same =
        subjects.iter().all(|other| Some(other.experiment().activation) == activation && other.has_one_activation());
    let name = activation.filter(|_| is_same).map_or_else(String::new, |activation| format!("{} ", activation.name()));
    [format!("{name}neuron outputs"), "outputs".to_owned()]
}

/// What widths and colours mean.
pub(crate) fn legend(look: &Look, figures: &[&Figure], with_mean: bool, with_numbers: bool) -> Vec<Span> {
    let Some(figure) = figures.first() else { return Vec::new() };
    // One of several figures may have more to say.
    let notes = figures.iter().map(|figure| figure.width_note());
    let mut text = notes.max_by_key(String::len).unwrap_or_default();
    if with_mean && figure.view.shape != PlotShape::Box && figure.columns.iter().any(|column| column.mean.is_some()) {
        text += if look.ground == Background::Dark { " Light line: mean." } else { " Dark line: mean." };
    }
    if let Some(note) = figure.axis_note(&figure.axes().axis(0)) {
        text = format!("{text} {note}");
    }
    let mut spans = vec![Span::plain(text, look.quiet)];
    if with_numbers {
        spans.extend(states_legend(look, figures));
    }
    spans
}

/// What the colours of units' states mean, where there are any to count.
fn states_legend(look: &Look, figures: &[&Figure]) -> Vec<Span> {
    let any = |of: fn(Activation) -> bool| figures.iter().any(|figure| any_activation(&figure.measurement.subject, of));
    let can_be_dead = any(Activation::can_be_dead);
    let layers = || figures.iter().flat_map(|figure| &figure.measurement.layers);
    let never_positive = any(|activation| !activation.can_be_dead() && !activation.is_positive())
        || layers().any(|layer| layer.states.never_positive > 0);
    let mut named = Vec::new();
    if can_be_dead {
        named.push((look.dead(), "dead"));
    }
    if never_positive {
        named.push((look.never_positive(), "never positive"));
    }
    if named.is_empty() {
        return Vec::new();
    }
    named.push((look.mixed(), if can_be_dead { "mixed" } else { "the others" }));
    if can_be_dead {
        named.push((look.always_on(), "always on"));
    }
    let last = named.len() - 1;
    let mut spans = vec![Span::plain(" Units:", look.quiet)];
    for (index, (color, name)) in named.into_iter().enumerate() {
        spans.extend(swatch(look, color, &format!("{name}{}", if index == last { "." } else { "," })));
    }
    let mut with_dead =
        figures.iter().filter(|figure| any_activation(&figure.measurement.subject, Activation::can_be_dead));
    let has_theory = |layer: &LayerMeasurement| layer.theory_of_states.is_some();
    if with_dead.any(|figure| figure.measurement.layers.iter().any(has_theory)) {
        spans.push(Span::plain(" Thin marks: theory.", look.quiet));
    }
    spans
}

/// A patch of a colour, and what it means.
pub(crate) fn swatch(look: &Look, color: Color, name: &str) -> [Span; 2] {
    // No break between the two.
    [Span::plain(" ■\u{a0}", color), Span::plain(name.replace(' ', "\u{a0}"), look.quiet)]
}

/// What was measured: network, activation, initializer, sigma, biases, seed, images; what differs one after the other.
pub(crate) fn caption(look: &Look, what: &str, subjects: &[&Subject], images: &[usize]) -> Vec<Span> {
    let parts = |of: &dyn Fn(&Subject) -> String| {
        let mut parts: Vec<String> = Vec::new();
        for part in subjects.iter().map(|subject| of(subject)) {
            if !parts.contains(&part) && !part.is_empty() {
                parts.push(part);
            }
        }
        parts.join(" | ")
    };
    let network = parts(&|subject| Headline::of(subject).network.trim_end_matches([',', ' ']).to_owned());
    let weights = parts(&weights);
    let sigmas = |subject: &Subject| match subject.drawn().map(|experiment| experiment.initializer) {
        Ok(Initializer::RandomNormal { mean, sigma }) => Some((mean, sigma)),
        _ => None,
    };
    let normals: Option<Vec<_>> = subjects.iter().map(|subject| sigmas(subject)).collect();
    let weights = match normals.as_deref() {
        Some([first, rest @ ..]) if rest.iter().all(|normal| normal.0 == first.0) => {
            let sigmas = parts(&|subject| sigmas(subject).map_or_else(String::new, |normal| number::sigma(normal.1)));
            format!("random_normal, μ = {}, σ = {}", number::plain(first.0), sigmas.replace(" | ", ", "))
        }
        _ => weights,
    };
    let biases = parts(&biases);
    let seeds = match parts(&seed) {
        seeds if seeds.is_empty() => seeds,
        seeds => format!("; seed {seeds}"),
    };
    let inputs = parts(&|subject| Headline::of(subject).images.trim_start_matches(" on ").to_owned());
    let mut text = format!("{what}: {network}. Weights {weights}; {biases}{seeds}. Inputs: {inputs}.");
    let known = subjects.iter().zip(images).find(|(subject, images)| subject.experiment().inputs.images != **images);
    if let Some((_, images)) = known {
        text += &format!(" Measured so far: {} images.", number::count(*images as u64));
    }
    vec![Span::plain(text, look.quiet)]
}

fn weights(subject: &Subject) -> String {
    let drawn = match subject.experiment().initializer {
        Initializer::RandomNormal { mean, sigma } => {
            format!("random_normal, μ = {}, σ = {}", number::plain(mean), number::sigma(sigma))
        }
        initializer => initializer.to_string(),
    };
    match subject.weights() {
        Weights::Drawn => drawn,
        Weights::Given(weights) => format!("of {}", weights.label()),
        Weights::Trained(trained) => {
            let before = trained.start().map_or(drawn, |weights| format!("of {}", weights.label()));
            format!("{before}, {}", trained.words())
        }
    }
}

/// What was drawn from it.
fn seed(subject: &Subject) -> String {
    let experiment = subject.experiment();
    let is_given = match subject.weights() {
        Weights::Drawn => false,
        Weights::Given(_) => true,
        Weights::Trained(trained) => trained.start().is_some(),
    };
    let decides = !is_given || !experiment.inputs.data.has_pixels();
    if decides { experiment.seed.to_string() } else { String::new() }
}

fn biases(subject: &Subject) -> String {
    let Ok(experiment) = subject.drawn() else {
        return if subject.has_biases() { "with their biases" } else { "biases 0" }.to_owned();
    };
    let (bias, std) = (experiment.bias, experiment.bias_std);
    let biases = match (bias != 0.0, std != 0.0) {
        _ if experiment.initializer.sets_biases() => "biases of the initializer".to_owned(),
        (_, true) => format!("biases N({}, {}²)", number::plain(bias), number::plain(std)),
        (true, false) => format!("biases {}", number::plain(bias)),
        (false, false) => "biases 0".to_owned(),
    };
    unusual(experiment).into_iter().fold(biases, |text, part| format!("{text}, {part}"))
}
