use std::sync::Arc;

use egui::accesskit::Live;
use egui::text::{LayoutJob, TextFormat};
use egui::{Label, Rect, Ui, UiBuilder};

use super::App;
use super::remedies;
use super::theme::{self, colors};
use crate::engine::Measurement;
use crate::figure::{Axes, AxisRange, Quantity, Scale};
use crate::insight::{Seen, named_layers, only_scaled, what_you_see};

/// What is said of the newest measurement, and what that needs to remember.
#[derive(Default)]
pub struct WhatYouSee {
    /// The newest measurement of all images.
    settled: Option<Arc<Measurement>>,
    /// The one before the last change. As long as a drag only scales the weights, that is where it began.
    before: Option<Arc<Measurement>>,
    /// The next other experiment is a change by itself.
    anew: bool,
    said: Option<Said>,
}

/// The sentences, and what of.
struct Said {
    measurement: Arc<Measurement>,
    axis: Option<Quantity>,
    sentences: Vec<String>,
}

const FONT: f32 = 13.0;
const LINE: f32 = 18.0;
/// Under the lines.
const UNDER: f32 = 6.0;
/// Characters of a sentence, and of two, that there is room for, and about how wide one is.
const LONGEST: f32 = 180.0;
const LONGEST_TWO: f32 = 300.0;
const CHARACTER: f32 = 6.35;
/// Where there is less room, nothing is said.
const NARROWEST: f32 = 200.0;

impl WhatYouSee {
    /// Takes note of what was measured.
    pub fn note(&mut self, measurement: &Arc<Measurement>) {
        if !measurement.is_exact() {
            return;
        }
        if let Some(last) = self.settled.take().filter(|last| last.subject != measurement.subject) {
            let begun = self.before.take().filter(|before| {
                !self.anew
                    && only_scaled(&before.subject, &measurement.subject)
                    && only_scaled(&before.subject, &last.subject)
            });
            self.before = Some(begun.unwrap_or(last));
            self.anew = false;
        }
        self.settled = Some(Arc::clone(measurement));
        self.said = None;
    }

    /// The next change is not part of the last.
    pub fn change_anew(&mut self) {
        self.anew = true;
    }

    /// The sentences on a measurement.
    fn of(&mut self, measurement: &Arc<Measurement>, axis: Option<Quantity>) -> &Said {
        let said = self.said.take().filter(|said| Arc::ptr_eq(&said.measurement, measurement) && said.axis == axis);
        let said = said.unwrap_or_else(|| {
            let sentences = what_you_see(&Seen { measurement, before: self.before.as_deref(), axis });
            Said { measurement: Arc::clone(measurement), axis, sentences }
        });
        self.said.insert(said)
    }
}

/// Sentences after what introduces them.
pub fn words(ui: &Ui, sentences: &str) -> LayoutJob {
    let colors = colors(ui.visuals());
    let format = |font, color| TextFormat { line_height: Some(LINE), ..TextFormat::simple(font, color) };
    let mut job = LayoutJob::default();
    job.append("What you see: ", 0.0, format(theme::semibold(FONT), colors.text));
    job.append(sentences, 0.0, format(theme::regular(FONT), colors.text));
    job
}

/// How high the place for sentences may be, whatever they are: for one of them, and for all of two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordsHeight {
    /// For one.
    pub least: f32,
    /// For two.
    pub most: f32,
}

impl WordsHeight {
    /// Of a place of this width, with `air` under it.
    pub fn of(width: f32, air: f32) -> Self {
        // A few letters in a line are no sentence.
        let height = |characters: f32| match width {
            ..=NARROWEST => f32::INFINITY,
            _ => (characters * CHARACTER / width).ceil() * LINE + UNDER + air,
        };
        Self { least: height(LONGEST), most: height(LONGEST_TWO) }
    }

    /// In so much room as many whole lines as there are, or the least.
    pub fn within(self, room: f32) -> f32 {
        let lines = ((self.most - room.min(self.most)) / LINE).ceil();
        (self.most - lines * LINE).max(self.least)
    }
}

impl App {
    /// What is said of the figure.
    fn said(&mut self) -> Option<&Said> {
        let figure = self.figure.as_ref()?;
        let view = figure.view;
        let hides = view.axes == Axes::Shared && view.scale == Scale::Linear && view.range == AxisRange::All;
        let axis = (hides && !self.shown.locked).then_some(view.quantity);
        Some(self.what_you_see.of(&figure.measurement, axis))
    }

    /// What is said of the figure, as text.
    pub(super) fn said_in_words(&mut self) -> Option<String> {
        self.said().map(|said| said.sentences.join(" ")).filter(|text| !text.is_empty())
    }

    /// What of it there is room for in a place: all of it, or the sentence that matters more.
    fn said_in(&mut self, ui: &Ui, place: Rect) -> Option<String> {
        let sentences = &self.said()?.sentences;
        let mut forms = (1..=sentences.len()).rev().map(|count| sentences[..count].join(" "));
        let fits = |text: &String| {
            let mut job = words(ui, text);
            job.wrap.max_width = place.width();
            ui.painter().layout_job(job).size().y <= place.height()
        };
        forms.find(fits).or_else(|| sentences.first().cloned())
    }

    /// The layers that are named in what is said at a place, from 0.
    pub(super) fn named_layers(&mut self, ui: &Ui, place: Rect) -> Vec<usize> {
        let said = self.said_in(ui, place).unwrap_or_default();
        named_layers(&said).into_iter().map(|layer| layer.saturating_sub(1)).collect()
    }

    /// What there is to see, in words, at a place of its own, and where there is room what helps under it.
    pub(super) fn what_you_see_ui(&mut self, ui: &mut Ui, place: Rect, has_helps: bool) {
        let Some(said) = self.said_in(ui, place) else { return };
        let whole = self.said_in_words().filter(|whole| *whole != said);
        let job = words(ui, &said);
        let said = ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
            let said = ui.add(Label::new(job).wrap());
            // Screen readers say it when it changes.
            ui.accesskit_node_builder(said.id, |node| node.set_live(Live::Polite));
            said.on_hover_ui(|ui| {
                if let Some(whole) = whole {
                    ui.label(whole);
                }
                ui.label(
                    "What matters most in this measurement, from its numbers: the sentences that initscope stats \
                     prints, and what the last change did and what the axis hides. Gradients are measured for this \
                     when nothing moves.",
                );
            })
        });
        if !has_helps {
            return;
        }
        let top = said.inner.rect.bottom() + 2.0;
        self.remedies_ui(ui, place.with_min_y(top).with_max_y(top + remedies::HEIGHT));
    }
}
