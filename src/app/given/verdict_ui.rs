use std::sync::Arc;

use egui::{Context, Frame, Label, Margin, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo};

use super::judge::{JudgeWish, Judgement};
use crate::app::App;
use crate::app::theme::{self, colors};
use crate::engine::{Measurement, Stoppable as _};
use crate::experiment::Activation;
use crate::figure::Headline;
use crate::subject::{Subject, Weights};
use crate::verdict::{Evidence, Finding, Severity};

impl App {
    /// Whether there is a place for a verdict: on a network of a file.
    pub(in crate::app) fn has_verdict(&self) -> bool {
        self.shown.panels.verdict && self.given.now().is_some()
    }

    /// Asks for the verdict on what is looked at, while that is in sight, nothing moves, and it is measured.
    pub(in crate::app) fn want_verdict(&mut self, ctx: &Context) {
        let subject = self.untrained();
        let file = self.given.now().filter(|_| self.shown.panels.verdict && !subject.is_drawn());
        let is_at_rest = ctx.dragged_id().is_none() && self.is_answered() && self.subject() == subject;
        let Some(file) = file else { return self.jobs.judge.give_up() };
        if !is_at_rest || self.jobs.judge.known().is_some_and(|known| known.subject == subject) {
            return;
        }
        let initializers: Vec<_> =
            file.network.opened().file.layers.iter().map(|layer| layer.initializer.clone()).collect();
        let enough =
            |known: &&Arc<Measurement>| known.subject == subject && known.is_exact() && known.has(Evidence::NEEDS);
        let measured = self.newest.as_ref().filter(enough).cloned();
        self.jobs.judge.want(JudgeWish { subject, measured, initializers: initializers.into() });
    }

    /// Whether the verdict that is to be in sight is there.
    pub fn is_judged(&self) -> bool {
        !self.has_verdict() || self.judgement().is_some()
    }

    /// The verdict on what is looked at, once it is known.
    fn judgement(&self) -> Option<Arc<Judgement>> {
        let subject = self.untrained();
        self.jobs.judge.known().filter(|known| known.subject == subject).cloned()
    }

    /// What is wrong with the file's network, the worst first, each with what would help; a click shows its layer.
    pub(in crate::app) fn verdict_ui(&mut self, ui: &mut Ui) {
        let quiet = colors(ui.visuals()).quiet;
        let small = |text: String| Label::new(RichText::new(text).font(theme::regular(12.0)).color(quiet)).wrap();
        ui.label(RichText::new("Verdict").font(theme::semibold(14.0)));
        let Some(judgement) = self.judgement() else {
            let failed = self.jobs.judge.failure().map(ToString::to_string);
            let going = if self.jobs.judge.is_open() {
                "Judging the network …"
            } else {
                "The network is judged once it is measured."
            };
            ui.add(small(failed.unwrap_or_else(|| going.to_owned())));
            return;
        };
        let Judgement { subject, findings } = &*judgement;
        let guessed = self.is_activation_guessed().then(|| subject.experiment().activation);
        ui.add(small(summary(subject, findings, guessed)));
        ui.add_space(6.0);
        let mut clicked = None;
        for finding in findings {
            let layers = subject.experiment().widths.len();
            let layer = finding.layer.checked_sub(1).filter(|layer| *layer < layers);
            let is_chosen = layer.is_some() && self.shown.layer == layer;
            if finding_ui(ui, finding, layer.is_none(), is_chosen) {
                clicked = layer;
            }
            ui.add_space(6.0);
        }
        if let Some(layer) = clicked {
            self.shown.layer = Some(layer);
            ui.request_repaint();
        }
        if matches!(self.subject().weights(), Weights::Trained(_)) {
            ui.add(small("This is on the file’s weights, before any step of a training.".to_owned()));
        }
    }
}

/// `1 broken, 2 harm, on 300 MNIST test images, if the activation is relu, as guessed.`
fn summary(subject: &Subject, findings: &[Finding], guessed: Option<Activation>) -> String {
    let images = Headline::of(subject).images;
    let images = images.trim_start_matches(" on ");
    let guess =
        guessed.map_or_else(String::new, |activation| format!(", if the activation is {activation}, as guessed"));
    if findings.is_empty() {
        return format!("Nothing was found, on {images}{guess}.");
    }
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let said = |(severity, plural): (Severity, &str)| match count(severity) {
        0 => None,
        1 => Some(format!("1 {}", words(severity).to_lowercase())),
        several => Some(format!("{several} {plural}")),
    };
    let all = [(Severity::Broken, "broken"), (Severity::Harm, "harmful"), (Severity::Note, "worth knowing")];
    let said: Vec<_> = all.into_iter().filter_map(said).collect();
    format!("{}, on {images}{guess}.", said.join(", "))
}

/// How bad something is, in words.
fn words(severity: Severity) -> &'static str {
    match severity {
        Severity::Broken => "Broken",
        Severity::Harm => "Harmful",
        Severity::Note => "Worth knowing",
    }
}

/// A finding as a card; returns whether it was clicked.
fn finding_ui(ui: &mut Ui, finding: &Finding, is_of_output: bool, is_chosen: bool) -> bool {
    let colors = *colors(ui.visuals());
    let color = match finding.severity {
        Severity::Broken => colors.alarm,
        Severity::Harm => colors.text,
        Severity::Note => colors.quiet,
    };
    let place = if is_of_output { "Output layer".to_owned() } else { format!("Layer {}", finding.layer) };
    let stroke = Stroke::new(1.0, if is_chosen { colors.accent } else { colors.line });
    let frame = Frame::new().stroke(stroke).corner_radius(4.0).inner_margin(Margin::symmetric(8, 6)).fill(colors.paper);
    let sense = if is_of_output { Sense::hover() } else { Sense::CLICK };
    let shown = ui.scope_builder(UiBuilder::new().sense(sense), |ui| {
        frame.show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 3.0;
            let text = |text: &str, font, color| {
                Label::new(RichText::new(text).font(font).color(color)).wrap().selectable(false)
            };
            ui.add(text(&format!("{place} · {}", words(finding.severity)), theme::semibold(12.0), color));
            ui.add(text(&finding.sentence, theme::regular(12.5), colors.text));
            ui.add(text(&finding.remedy, theme::regular(12.0), colors.quiet));
        });
    });
    let name = format!("{place}, {}: {} {}", words(finding.severity).to_lowercase(), finding.sentence, finding.remedy);
    let role = if is_of_output { Role::Label } else { Role::Button };
    shown.response.widget_info(|| WidgetInfo::selected(role, true, is_chosen, &name));
    let response = if is_of_output {
        shown.response
    } else {
        shown.response.on_hover_text(format!("Show layer {}.", finding.layer))
    };
    response.clicked()
}
